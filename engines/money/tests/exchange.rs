//! Exchange: which rate, of which day, in which direction.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_money::fx::{FxError, FxRate, FxTable};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;

type Day = u32;

fn rate(base: Currency, quote: Currency, date: Day, rate: &str) -> FxRate<Day> {
    FxRate { base, quote, date, rate: rate.parse().unwrap(), source: None }
}

fn table() -> FxTable<Day> {
    FxTable::new(vec![
        rate(Currency::EUR, Currency::USD, 20, "1.10"),
        rate(Currency::EUR, Currency::USD, 10, "1.05"),
        rate(Currency::USD, Currency::EUR, 30, "0.95"),
        rate(Currency::USD, Currency::JPY, 10, "151.25"),
    ])
    .unwrap()
}

#[test]
fn the_latest_rate_on_or_before_the_day() {
    let amount = Money::new(10_000, Currency::EUR);
    for (day, date, minor) in [(10, 10, 10_500), (19, 10, 10_500), (20, 20, 11_000), (999, 20, 11_000)] {
        let conversion = table().convert(amount, Currency::USD, &day, Rounding::HalfUp).unwrap();
        assert_eq!(conversion.to, Money::new(minor, Currency::USD));
        assert_eq!(conversion.rate.map(|rate| rate.date), Some(date));
        assert!(!conversion.inverted);
    }
    assert_eq!(
        table().convert(amount, Currency::USD, &9, Rounding::HalfUp),
        Err(FxError::NoRate { from: Currency::EUR, to: Currency::USD, on: 9 })
    );
}

#[test]
fn the_opposite_direction_only_when_there_is_no_other() {
    let amount = Money::new(11_000, Currency::USD);
    let divided = table().convert(amount, Currency::EUR, &25, Rounding::HalfUp).unwrap();
    assert_eq!((divided.to.minor(), divided.inverted), (10_000, true));
    let direct = table().convert(amount, Currency::EUR, &30, Rounding::HalfUp).unwrap();
    assert_eq!((direct.to.minor(), direct.inverted), (10_450, false));
    let same = table().convert(amount, Currency::USD, &1, Rounding::HalfUp).unwrap();
    assert_eq!((same.to, same.rate), (amount, None));
    assert!(table().convert(amount, Currency::GBP, &25, Rounding::HalfUp).is_err());
    let euro = Money::new(1, Currency::EUR);
    assert!(table().convert(euro, Currency::JPY, &25, Rounding::HalfUp).is_err(), "rates are not chained");
}

#[test]
fn minor_digits_differ_between_currencies() {
    let dollars = Money::new(1000, Currency::USD);
    let yen = table().convert(dollars, Currency::JPY, &10, Rounding::HalfEven).unwrap();
    assert_eq!(yen.to, Money::new(1512, Currency::JPY), "1,512.5 is a tie");
    let back =
        table().convert(Money::new(15_125, Currency::JPY), Currency::USD, &10, Rounding::HalfUp).unwrap();
    assert_eq!(back.to, Money::new(10_000, Currency::USD));
}

#[test]
fn contradictions_are_refused() {
    let eur_usd = |date, value| rate(Currency::EUR, Currency::USD, date, value);
    assert!(matches!(FxTable::new(vec![eur_usd(1, "0")]), Err(FxError::NotPositive { .. })));
    assert!(matches!(FxTable::new(vec![eur_usd(1, "-1")]), Err(FxError::NotPositive { .. })));
    assert!(matches!(
        FxTable::new(vec![eur_usd(1, "1.1"), eur_usd(2, "1.2"), eur_usd(1, "1.1")]),
        Err(FxError::Duplicate { date: 1, .. })
    ));
    let same = rate(Currency::EUR, Currency::EUR, 1, "1");
    assert!(matches!(FxTable::new(vec![same]), Err(FxError::SameCurrency { .. })));
    assert!(
        serde_json::from_str::<FxTable<Day>>(r#"[{"base":"EUR","quote":"USD","date":1,"rate":"0"}]"#)
            .is_err()
    );
    let json = serde_json::to_string(&table()).unwrap();
    assert_eq!(serde_json::from_str::<FxTable<Day>>(&json).unwrap(), table());
}

proptest! {
    /// There and back through the same quotation loses at most half a minor unit each way.
    #[test]
    fn round_trip(minor in -1_000_000_000_000i64..1_000_000_000_000, mantissa in 1i64..1_000_000_000, scale in 0u32..=9) {
        let value = Decimal::new(mantissa, scale);
        let table = FxTable::new(vec![FxRate {
            base: Currency::GBP, quote: Currency::USD, date: 1u32, rate: value, source: None,
        }]).unwrap();
        let pounds = Money::new(minor, Currency::GBP);
        if let Ok(there) = table.convert(pounds, Currency::USD, &1, Rounding::HalfUp) {
            let back = table.convert(there.to, Currency::GBP, &1, Rounding::HalfUp).unwrap();
            let lost = Decimal::from((back.to.minor() - minor).abs());
            let half = Decimal::new(5, 1);
            prop_assert!(lost <= half + half / value);
        }
    }
}
