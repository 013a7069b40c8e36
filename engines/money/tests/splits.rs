//! Splits: the parts are the whole, to the cent, for any weights.

use proptest::prelude::*;
use recoup_money::{Currency, Money, MoneyError, apportion, apportion_by_integers};
use rust_decimal::Decimal;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn minors(parts: &[Money]) -> Vec<i64> {
    parts.iter().map(Money::minor).collect()
}

fn any_weight() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        1 => Just(Decimal::ZERO),
        4 => (0i64.., 0u32..=28).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale)),
        4 => (0i64..1000, 0u32..=3).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale)),
        1 => (0u32..=28).prop_map(|scale| { let mut w = Decimal::MAX; let _ = w.set_scale(scale); w }),
    ]
}

#[test]
fn published_splits() {
    // Fowler, Patterns of Enterprise Application Architecture, "Money": 5 cents by 70/30 and 100 cents in three.
    assert_eq!(minors(&apportion_by_integers(usd(5), &[7, 3]).unwrap()), [4, 1]);
    assert_eq!(minors(&apportion_by_integers(usd(100), &[1, 1, 1]).unwrap()), [34, 33, 33]);
    // Five state populations of the census of 1790, the figures Hamilton's method was proposed for; exact shares
    // 18.31, 13.80, 10.998, 10.26 and 9.63.
    let states = [630_560, 475_327, 378_787, 353_523, 331_589];
    assert_eq!(minors(&apportion_by_integers(usd(63), &states).unwrap()), [18, 14, 11, 10, 10]);
}

#[test]
fn ties_go_to_the_earlier_part_and_zero_gets_nothing() {
    let weights = [Decimal::ZERO, Decimal::ONE, Decimal::ONE, Decimal::ZERO, Decimal::ONE, Decimal::ONE];
    assert_eq!(minors(&apportion(usd(6), &weights).unwrap()), [0, 2, 2, 0, 1, 1]);
    assert_eq!(minors(&apportion(usd(-6), &weights).unwrap()), [0, -2, -2, 0, -1, -1]);
    assert_eq!(minors(&apportion(usd(0), &weights).unwrap()), [0; 6]);
    assert_eq!(minors(&apportion(usd(i64::MIN), &[Decimal::ONE]).unwrap()), [i64::MIN]);
}

#[test]
fn weights_that_say_nothing_are_refused() {
    assert_eq!(apportion(usd(1), &[]), Err(MoneyError::NoWeight));
    assert_eq!(apportion(usd(1), &[Decimal::ZERO, Decimal::ZERO]), Err(MoneyError::NoWeight));
    assert_eq!(apportion_by_integers(usd(1), &[0]), Err(MoneyError::NoWeight));
    let weight = Decimal::NEGATIVE_ONE;
    assert_eq!(
        apportion(usd(1), &[Decimal::ONE, weight]),
        Err(MoneyError::NegativeWeight { index: 1, weight })
    );
}

proptest! {
    #[test]
    fn parts_add_up_and_have_the_sign_of_the_whole(
        total in any::<i64>(),
        weights in prop::collection::vec(any_weight(), 1..40),
    ) {
        prop_assume!(weights.iter().any(|weight| !weight.is_zero()));
        let parts = apportion(usd(total), &weights).unwrap();
        prop_assert_eq!(parts.len(), weights.len());
        prop_assert_eq!(Money::sum(Currency::USD, parts.iter().copied()), Ok(usd(total)));
        for (part, weight) in parts.iter().zip(&weights) {
            prop_assert!(part.is_zero() || part.is_negative() == (total < 0));
            prop_assert!(!weight.is_zero() || part.is_zero());
        }
    }

    #[test]
    fn each_part_is_within_one_unit_of_its_exact_share(
        total in -1_000_000_000_000i64..1_000_000_000_000,
        weights in prop::collection::vec(0u64..1_000_000_000, 1..40),
    ) {
        let whole: u64 = weights.iter().sum();
        prop_assume!(whole > 0);
        let parts = apportion_by_integers(usd(total), &weights).unwrap();
        for (part, weight) in parts.iter().zip(&weights) {
            let error = i128::from(part.minor()) * i128::from(whole) - i128::from(total) * i128::from(*weight);
            prop_assert!(error.abs() < i128::from(whole));
        }
    }

    #[test]
    fn the_scale_of_the_weights_does_not_matter(
        total in any::<i64>(),
        weights in prop::collection::vec(0u32.., 1..20),
        scale in 0u32..=18,
    ) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let integers: Vec<u64> = weights.iter().map(|weight| u64::from(*weight)).collect();
        let decimals: Vec<Decimal> = weights.iter().map(|weight| Decimal::new(i64::from(*weight), scale)).collect();
        prop_assert_eq!(apportion(usd(total), &decimals), apportion_by_integers(usd(total), &integers));
    }

    /// A split and the split of the opposite amount are opposites.
    #[test]
    fn sign_symmetry(total in 0i64.., weights in prop::collection::vec(1u64..1000, 1..10)) {
        let plus = apportion_by_integers(usd(total), &weights).unwrap();
        let minus = apportion_by_integers(usd(-total), &weights).unwrap();
        for (a, b) in plus.iter().zip(&minus) {
            prop_assert_eq!(a.minor(), -b.minor());
        }
    }
}
