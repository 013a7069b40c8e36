//! Laws that amounts and shares keep whatever their size.

use proptest::prelude::*;
use recoup_money::fx::FxTable;
use recoup_money::{Currency, Money, MoneyError, Percent, Rate, Rounding};
use rust_decimal::Decimal;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

#[test]
fn the_one_amount_without_an_opposite_is_refused() {
    let overflow = Err(MoneyError::Overflow { currency: Currency::USD });
    assert_eq!(usd(i64::MIN).checked_neg(), overflow);
    assert_eq!(usd(i64::MIN).checked_abs(), overflow);
    assert_eq!(usd(-7).checked_abs(), Ok(usd(7)));
    // 2^63 cents times 10^28 over 10^-28: more than the 256 bits of the exact product.
    let tiny = Decimal::from_i128_with_scale(1, 28);
    assert_eq!(usd(i64::MAX).divide(tiny, Rounding::HalfUp), overflow);
    assert_eq!(
        usd(1).checked_max(Money::new(1, Currency::EUR)).unwrap_err().to_string(),
        "USD and EUR cannot be combined without an exchange rate"
    );
}

#[test]
fn an_unknown_currency_is_an_amount_that_cannot_be_read() {
    let refused = "XXQ 1.00".parse::<Money>().unwrap_err();
    assert!(matches!(&refused, MoneyError::Parse { .. }), "{refused:?}");
    assert!(refused.to_string().contains("XXQ"), "{refused}");
    let refused = MoneyError::from("xyz".parse::<Currency>().unwrap_err());
    assert!(refused.to_string().starts_with("\"xyz\" is not an amount: "), "{refused}");
}

#[test]
fn a_share_is_written_in_one_way_and_read_back() {
    let eighth: Rate = Decimal::new(125, 3).into();
    assert_eq!((eighth.to_string(), eighth.value()), ("0.125".to_owned(), Decimal::new(125, 3)));
    let percent = eighth.to_percent().unwrap();
    assert_eq!((percent.to_string(), percent.value()), ("12.5".to_owned(), Decimal::new(125, 1)));
    assert_eq!(Percent::from(Decimal::new(125, 1)), percent);
    for (schema, example) in [(schema_of::<Rate>(), "0.125"), (schema_of::<Percent>(), "12.5")] {
        assert_eq!(schema["type"], "string");
        assert!(schema["description"].as_str().unwrap().contains(example), "{schema}");
    }
    assert_eq!(Rate(Decimal::MAX).to_percent(), None);
    assert_eq!(Rate(Decimal::MIN).complement(), None);
}

fn schema_of<T: schemars::JsonSchema>() -> serde_json::Value {
    schemars::schema_for!(T).to_value()
}

#[test]
fn an_empty_table_quotes_nothing() {
    let table: FxTable<u32> = FxTable::default();
    assert!(table.rates().is_empty());
    assert_eq!(format!("{:?}", usd(-5)), "USD -0.05");
}

proptest! {
    #[test]
    fn the_lesser_and_the_greater_are_the_two(a in any::<i64>(), b in any::<i64>()) {
        let (least, most) = (usd(a).checked_min(usd(b)).unwrap(), usd(a).checked_max(usd(b)).unwrap());
        prop_assert_eq!(Money::sum(Currency::USD, [least, most]), Money::sum(Currency::USD, [usd(a), usd(b)]));
        prop_assert!(least.checked_cmp(most).unwrap().is_le());
        prop_assert!(usd(a) == least || usd(a) == most);
    }

    /// p per cent of an amount is p hundredths of it, and what is left is the rest, to the cent.
    #[test]
    fn a_share_and_its_complement_make_the_whole(
        minor in -1_000_000_000_000i64..1_000_000_000_000,
        hundredths in 0i64..=10_000,
    ) {
        let percent = Percent(Decimal::new(hundredths, 2));
        let rate = percent.to_rate();
        prop_assert_eq!(rate.to_percent(), Some(Percent(percent.value().normalize())));
        for rounding in Rounding::ALL {
            prop_assert_eq!(percent.of(usd(minor), rounding), rate.of(usd(minor), rounding));
        }
        let part = percent.of(usd(minor), Rounding::Floor).unwrap();
        let rest = rate.complement().unwrap().of(usd(minor), Rounding::Ceiling).unwrap();
        prop_assert_eq!(part.checked_add(rest), Ok(usd(minor)));
    }
}
