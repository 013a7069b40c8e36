//! Amounts: every rounding edge, exactness beyond 96 bits, text form, refusals.

use proptest::prelude::*;
use recoup_money::{Currency, MAX_WIRE_MINOR, Money, MoneyError, Percent, Rate, Rounding};
use rust_decimal::Decimal;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn any_currency() -> impl Strategy<Value = Currency> {
    let all: Vec<Currency> = Currency::all().collect();
    (0..all.len()).prop_map(move |index| all[index])
}

fn any_rounding() -> impl Strategy<Value = Rounding> {
    (0..Rounding::ALL.len()).prop_map(|index| Rounding::ALL[index])
}

#[test]
fn every_mode_on_every_side_of_a_unit() {
    use Rounding::{Ceiling, Down, Floor, HalfEven, HalfUp, Up};
    // Tenths of a cent, then the cents each mode makes of them.
    let modes = [HalfUp, HalfEven, Down, Up, Floor, Ceiling];
    let table: [(i64, [i64; 6]); 16] = [
        (10, [1, 1, 1, 1, 1, 1]),
        (14, [1, 1, 1, 2, 1, 2]),
        (15, [2, 2, 1, 2, 1, 2]),
        (16, [2, 2, 1, 2, 1, 2]),
        (25, [3, 2, 2, 3, 2, 3]),
        (35, [4, 4, 3, 4, 3, 4]),
        (1, [0, 0, 0, 1, 0, 1]),
        (5, [1, 0, 0, 1, 0, 1]),
        (0, [0, 0, 0, 0, 0, 0]),
        (-1, [0, 0, 0, -1, -1, 0]),
        (-5, [-1, 0, 0, -1, -1, 0]),
        (-10, [-1, -1, -1, -1, -1, -1]),
        (-14, [-1, -1, -1, -2, -2, -1]),
        (-15, [-2, -2, -1, -2, -2, -1]),
        (-25, [-3, -2, -2, -3, -3, -2]),
        (-26, [-3, -3, -2, -3, -3, -2]),
    ];
    for (tenths, expected) in table {
        for (mode, cents) in modes.into_iter().zip(expected) {
            let by_decimal = usd(tenths).scale(Decimal::new(1, 1), mode).unwrap();
            let by_ratio = usd(tenths).scale_ratio(-1, -10, mode).unwrap();
            let by_divisor = usd(tenths).divide(Decimal::TEN, mode).unwrap();
            let from_decimal = Money::from_decimal(Decimal::new(tenths, 3), Currency::USD, mode).unwrap();
            for got in [by_decimal, by_ratio, by_divisor, from_decimal] {
                assert_eq!(got.minor(), cents, "{tenths} tenths, {mode:?}");
            }
            assert_eq!(
                mode.apply(Decimal::new(tenths, 1), 0),
                Decimal::from(cents),
                "{tenths} tenths, {mode:?}"
            );
        }
    }
}

#[test]
fn the_product_is_exact_before_it_is_rounded() {
    // 2^62 × 0.5000000000000000000000000001 needs 156 bits; a 96-bit product would lose the last digit that
    // decides the direction of an odd half.
    let factor: Decimal = "0.5000000000000000000000000001".parse().unwrap();
    assert_eq!(usd((1 << 62) + 1).scale(factor, Rounding::HalfEven).unwrap().minor(), (1 << 61) + 1);
    let below: Decimal = "0.4999999999999999999999999999".parse().unwrap();
    assert_eq!(usd(1).scale(below, Rounding::HalfUp).unwrap().minor(), 0);
    assert_eq!(usd(1).scale(Decimal::new(5, 1), Rounding::HalfUp).unwrap().minor(), 1);
}

#[test]
fn errors_instead_of_wrong_amounts() {
    let eur = Money::new(1, Currency::EUR);
    let mixed = MoneyError::CurrencyMismatch { left: Currency::USD, right: Currency::EUR };
    assert_eq!(usd(1).checked_add(eur), Err(mixed.clone()));
    assert_eq!(usd(1).checked_sub(eur), Err(mixed.clone()));
    assert_eq!(usd(1).checked_cmp(eur), Err(mixed.clone()));
    assert_eq!(usd(1).checked_min(eur), Err(mixed.clone()));
    assert_eq!(Money::sum(Currency::USD, [usd(1), eur]), Err(mixed));

    let overflow = MoneyError::Overflow { currency: Currency::USD };
    assert_eq!(usd(i64::MAX).checked_add(usd(1)), Err(overflow.clone()));
    assert_eq!(usd(i64::MIN).checked_sub(usd(1)), Err(overflow.clone()));
    assert_eq!(usd(i64::MIN).checked_neg(), Err(overflow.clone()));
    assert_eq!(usd(i64::MAX).scale(Decimal::TWO, Rounding::HalfUp), Err(overflow.clone()));
    assert_eq!(Money::from_major(i64::MAX, Currency::USD), Err(overflow.clone()));
    assert_eq!(Money::from_decimal(Decimal::MAX, Currency::USD, Rounding::Down), Err(overflow));
    assert_eq!(usd(1).scale_ratio(1, 0, Rounding::HalfUp), Err(MoneyError::ZeroDenominator));
    assert_eq!(usd(1).divide(Decimal::ZERO, Rounding::HalfUp), Err(MoneyError::ZeroDenominator));

    let sum = Money::sum(Currency::USD, [usd(i64::MAX), usd(1), usd(-1)]);
    assert_eq!(sum, Ok(usd(i64::MAX)), "only the result has to fit");
    assert_eq!(usd(i64::MIN).scale(Decimal::ONE, Rounding::HalfUp), Ok(usd(i64::MIN)));
}

#[test]
fn the_wire_carries_what_a_double_can() {
    assert!(usd(MAX_WIRE_MINOR).fits_wire() && usd(-MAX_WIRE_MINOR).fits_wire());
    assert!(!usd(MAX_WIRE_MINOR + 1).fits_wire() && !usd(i64::MIN).fits_wire());
}

#[test]
fn text_has_exactly_the_minor_digits() {
    let cases = [
        ("USD 900000.00", 90_000_000, Currency::USD),
        ("USD -0.05", -5, Currency::USD),
        ("JPY 1500", 1500, Currency::JPY),
        ("KWD 1.005", 1005, Currency::from_code("KWD").unwrap()),
        ("CLF 0.0001", 1, Currency::from_code("CLF").unwrap()),
        ("USD -92233720368547758.08", i64::MIN, Currency::USD),
    ];
    for (text, minor, currency) in cases {
        let money = Money::new(minor, currency);
        assert_eq!(money.to_string(), text);
        assert_eq!(text.parse(), Ok(money));
    }
    for bad in [
        "USD 1",
        "USD 1.0",
        "USD 1.000",
        "JPY 1.0",
        "JPY 1.",
        "usd 1.00",
        "USD  1.00",
        "USD1.00",
        "USD +1.00",
        "USD 1,000.00",
        "USD .50",
        "USD --1.00",
        "USD 1.0a",
        "",
        "ABC 1.00",
        "1.00 USD",
        "USD 1_0.00",
    ] {
        assert!(bad.parse::<Money>().is_err(), "{bad}");
        assert!(serde_json::from_value::<Money>(bad.into()).is_err(), "{bad}");
    }
    assert!("USD 92233720368547758.08".parse::<Money>().is_err(), "too large");
    assert!(serde_json::from_str::<Money>("900000").is_err(), "a number is no amount");
}

#[test]
fn the_schema_accepts_what_is_written() {
    let schema = serde_json::to_value(schemars::schema_for!(Money)).unwrap();
    assert_eq!(schema["type"], "string");
    assert_eq!(schema["pattern"], "^[A-Z]{3} -?[0-9]+(\\.[0-9]{2,4})?$");
}

proptest! {
    #[test]
    fn text_and_serde_round_trip(minor in any::<i64>(), currency in any_currency()) {
        let money = Money::new(minor, currency);
        prop_assert_eq!(money.to_string().parse::<Money>(), Ok(money));
        let json = serde_json::to_string(&money).unwrap();
        prop_assert_eq!(&json, &format!("\"{money}\""));
        prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
        prop_assert_eq!(Money::from_decimal(money.to_decimal(), currency, Rounding::Down), Ok(money));
    }

    #[test]
    fn rate_round_trip(mantissa in any::<i64>(), scale in 0u32..=28) {
        let rate = Rate(Decimal::new(mantissa, scale));
        let json = serde_json::to_string(&rate).unwrap();
        let back: Rate = serde_json::from_str(&json).unwrap();
        prop_assert_eq!((back, back.0.scale()), (rate, scale));
        let percent: Percent = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(percent.0, rate.0);
    }

    #[test]
    fn addition_and_subtraction_undo_each_other(a in any::<i64>(), b in any::<i64>()) {
        if let Ok(sum) = usd(a).checked_add(usd(b)) {
            prop_assert_eq!(sum.checked_sub(usd(b)), Ok(usd(a)));
            prop_assert_eq!(Money::sum(Currency::USD, [usd(a), usd(b)]), Ok(sum));
        }
    }

    /// Every mode gives a neighbour of the exact value, on the side its name says.
    #[test]
    fn scaling_is_rounding_of_the_exact_ratio(
        minor in -1_000_000_000_000i64..1_000_000_000_000,
        numerator in -1_000_000i64..1_000_000,
        denominator in 1i64..1_000_000,
        mode in any_rounding(),
    ) {
        let got = i128::from(usd(minor).scale_ratio(numerator, denominator, mode).unwrap().minor());
        let (top, bottom) = (i128::from(minor) * i128::from(numerator), i128::from(denominator));
        let error = got * bottom - top; // (got − exact) × denominator
        prop_assert!(error.abs() < bottom);
        let fits = match mode {
            Rounding::HalfUp | Rounding::HalfEven => 2 * error.abs() <= bottom,
            Rounding::Down => got.abs() * bottom <= top.abs(),
            Rounding::Up => got.abs() * bottom >= top.abs(),
            Rounding::Floor => error <= 0,
            Rounding::Ceiling => error >= 0,
        };
        prop_assert!(fits);
        if 2 * error.abs() == bottom {
            prop_assert!(mode != Rounding::HalfEven || got % 2 == 0);
            prop_assert!(mode != Rounding::HalfUp || got.abs() * bottom > top.abs());
        }
    }

    #[test]
    fn scaling_by_a_decimal_equals_scaling_by_its_ratio(
        minor in -1_000_000_000_000i64..1_000_000_000_000,
        mantissa in -1_000_000_000i64..1_000_000_000,
        scale in 0u32..=9,
        mode in any_rounding(),
    ) {
        prop_assert_eq!(
            usd(minor).scale(Decimal::new(mantissa, scale), mode),
            usd(minor).scale_ratio(mantissa, 10i64.pow(scale), mode)
        );
    }
}
