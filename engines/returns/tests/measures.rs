//! Present value, grid, multiple, payback and exposure of amounts of money.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_calendar::{Date, YearMonth};
use recoup_money::{Currency, Money, Rounding};
use recoup_returns::grid::{accumulation, place_on_quarters, quarterly_irr};
use recoup_returns::{
    NoRate, ReturnTerms, ReturnsError, payback, peak_exposure, present_value, present_value_dated, summarise,
    xnpv,
};
use rust_decimal::Decimal;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn flows(list: &[(&str, i64)]) -> Vec<(Date, Money)> {
    list.iter().map(|(date, minor)| (date.parse().unwrap(), usd(*minor))).collect()
}

fn rate(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn month(text: &str) -> YearMonth {
    text.parse().unwrap()
}

fn value(list: &[(&str, i64)], annual: &str, as_of: &str) -> i64 {
    present_value(&flows(list), Currency::USD, rate(annual), month(as_of), Rounding::HalfUp).unwrap().minor()
}

#[test]
fn present_values_by_hand() {
    // 110 in a year at 10 % is 100; at 21 %, 110 in half a year is 100 (1.21^½ = 1.1).
    assert_eq!(value(&[("2028-01-31", 11_000)], "0.10", "2027-01"), 10_000);
    assert_eq!(value(&[("2027-07-15", 11_000)], "0.21", "2027-01"), 10_000);
    assert_eq!(value(&[("2026-07-15", 10_000)], "0.21", "2027-01"), 11_000, "compounded forward");
    assert_eq!(value(&[("2027-07-15", 5), ("2039-01-01", 7)], "0", "2027-01"), 12);
    // A billion dollars over thirty years to the cent: 10^11 / 1.08^30 in 50-digit arithmetic is 9937733254.980….
    assert_eq!(value(&[("2057-01-31", 100_000_000_000)], "0.08", "2027-01"), 9_937_733_255);
    let dated = present_value_dated(
        &flows(&[("2028-01-01", 11_000)]),
        Currency::USD,
        rate("0.1"),
        "2027-01-01".parse().unwrap(),
        Rounding::Ceiling,
    );
    assert_eq!(dated.unwrap().minor(), 10_000, "exact results are not pushed over the edge");
    let impossible = present_value(&[], Currency::USD, rate("-1"), month("2027-01"), Rounding::HalfUp);
    assert!(matches!(impossible, Err(ReturnsError::DiscountRate { .. })));
    let mixed = [("2027-01-01".parse().unwrap(), Money::new(1, Currency::EUR))];
    assert!(present_value(&mixed, Currency::USD, rate("0"), month("2027-01"), Rounding::HalfUp).is_err());
    let far = flows(&[("2027-01-01", i64::MAX)]);
    let later = present_value(&far, Currency::USD, rate("1"), month("2090-01"), Rounding::HalfUp);
    assert!(matches!(later, Err(ReturnsError::TooLarge { .. })));
}

#[test]
fn months_are_put_on_their_quarter() {
    let placed = place_on_quarters(
        &flows(&[
            ("2027-01-15", -10_000),
            ("2027-02-10", -10_000),
            ("2027-03-31", -10_000),
            ("2027-12-31", 40_000),
        ]),
        rate("0.21"),
    )
    .unwrap();
    assert_eq!(placed.first().unwrap().to_string(), "2027-Q1");
    let amounts = placed.amounts();
    let expected = -100.0 * (1.21f64.powf(2.0 / 12.0) + 1.21f64.powf(1.0 / 12.0) + 1.0);
    assert_eq!(amounts.len(), 4);
    assert!((amounts[0] - expected).abs() < 1e-11 && amounts[1] == 0.0 && amounts[3] == 400.0);
    assert!((accumulation(rate("0.21"), 6).unwrap() - 1.1).abs() < 1e-15);

    let annual = placed.irr().roots[0].rate;
    assert!((annual - ((400.0 / -expected).powf(4.0 / 3.0) - 1.0)).abs() < 1e-12);
    let risk = quarterly_irr(&amounts).unwrap();
    assert!((risk.roots[0].rate - annual).abs() < 1e-14);
}

#[test]
fn one_party_from_drawdown_to_profit() {
    let list = flows(&[
        ("2027-01-10", -60_000),
        ("2027-06-10", -40_000),
        ("2028-06-30", 50_000),
        ("2029-06-30", 50_000),
        ("2030-06-30", 25_000),
    ]);
    let terms = ReturnTerms {
        currency: Currency::USD,
        npv_rate: rate("0.08"),
        as_of: month("2027-01"),
        rounding: Rounding::HalfUp,
    };
    let summary = summarise(&list, &terms).unwrap();
    assert_eq!(summary.turnover.invested, usd(100_000));
    assert_eq!(summary.turnover.received, usd(125_000));
    assert_eq!(summary.turnover.profit, usd(25_000));
    assert_eq!(summary.multiple, Some(rate("1.25")));
    let back = summary.payback.unwrap();
    assert_eq!((back.date.to_string().as_str(), back.months), ("2029-06-30", 29));
    assert_eq!(summary.peak_exposure, usd(100_000));
    let irr = summary.irr.rate().unwrap();
    let xirr = summary.xirr.rate().unwrap();
    assert!(
        (irr - xirr).abs() < 0.01 && (irr > 0.08) == summary.npv.is_positive(),
        "{irr} {xirr} {}",
        summary.npv
    );

    let lost = summarise(&list[..2], &terms).unwrap();
    assert_eq!(lost.irr.reason(), Some(NoRate::TotalLoss));
    assert_eq!((lost.multiple, lost.payback), (Some(Decimal::ZERO), None));
    let fee = summarise(&list[2..], &terms).unwrap();
    assert_eq!((fee.multiple, fee.payback, fee.irr.reason()), (None, None, Some(NoRate::NothingInvested)));
}

#[test]
fn payback_is_for_good() {
    let list = flows(&[("2027-01-01", -100), ("2027-03-01", 150), ("2027-04-01", -80), ("2027-09-01", 30)]);
    let back = payback(&list, Currency::USD).unwrap().unwrap();
    assert_eq!((back.date.to_string().as_str(), back.months), ("2027-09-01", 8));
    assert_eq!(peak_exposure(&list, Currency::USD).unwrap(), usd(100));
    let same_day = flows(&[("2027-01-01", -100), ("2027-01-01", 100)]);
    assert_eq!(payback(&same_day, Currency::USD).unwrap().unwrap().months, 0);
    assert_eq!(peak_exposure(&same_day, Currency::USD).unwrap(), usd(0));
}

fn any_flows() -> impl Strategy<Value = Vec<(Date, Money)>> {
    let start = Date::new(2026, 1, 1).unwrap();
    prop::collection::vec((0i64..6000, -1_000_000_000_000i64..1_000_000_000_000), 1..40)
        .prop_map(move |list| list.into_iter().map(|(d, a)| (start.add_days(d).unwrap(), usd(a))).collect())
}

proptest! {
    /// At the deal's own rate the grid has the same present value as the months.
    #[test]
    fn the_grid_keeps_the_present_value(list in any_flows(), hundredths in -50i64..100) {
        let annual = Decimal::new(hundredths, 2);
        let placed = place_on_quarters(&list, annual).unwrap();
        let first = placed.first().unwrap();
        let months = present_value(&list, Currency::USD, annual, first.last_month(), Rounding::HalfEven).unwrap();
        let quarter = f64::from(i32::try_from(hundredths).unwrap() + 100) / 100.0;
        let grid: f64 =
            (0i32..).zip(placed.amounts()).map(|(k, amount)| amount / quarter.powf(f64::from(k) / 4.0)).sum();
        let size: f64 =
            (0i32..).zip(placed.amounts()).map(|(k, amount)| (amount / quarter.powf(f64::from(k) / 4.0)).abs()).sum();
        prop_assert!((months.to_f64() - grid).abs() <= 0.006 + 1e-12 * size);
    }

    /// The exact present value agrees with the one in doubles, and is additive up to the rounding.
    #[test]
    fn exact_and_double_agree(list in any_flows(), hundredths in 0i64..100) {
        let annual = Decimal::new(hundredths, 2);
        let origin = list.iter().map(|(date, _)| *date).min().unwrap();
        let exact = present_value_dated(&list, Currency::USD, annual, origin, Rounding::HalfUp).unwrap();
        let doubles: Vec<(Date, f64)> = list.iter().map(|(date, amount)| (*date, amount.to_f64())).collect();
        let size: f64 = doubles.iter().map(|(_, amount)| amount.abs()).sum();
        let double = xnpv(hundredths as f64 / 100.0, &doubles).unwrap();
        prop_assert!((exact.to_f64() - double).abs() <= 0.006 + 1e-13 * size);
        if hundredths == 0 {
            prop_assert_eq!(exact, Money::sum(Currency::USD, list.iter().map(|(_, amount)| *amount)).unwrap());
        }
    }

    #[test]
    fn payback_and_exposure_follow_the_balance(list in any_flows()) {
        let balance = |until: Date| -> i64 {
            list.iter().filter(|(date, _)| *date <= until).map(|(_, amount)| amount.minor()).sum()
        };
        let lowest = list.iter().map(|(date, _)| balance(*date)).min().unwrap().min(0);
        prop_assert_eq!(peak_exposure(&list, Currency::USD).unwrap().minor(), -lowest);
        match payback(&list, Currency::USD).unwrap() {
            Some(back) => {
                prop_assert!(list.iter().all(|(date, _)| *date < back.date || balance(*date) >= 0));
            }
            None => {
                let last = list.iter().map(|(date, _)| *date).max().unwrap();
                prop_assert!(balance(last) < 0 || list.iter().all(|(_, amount)| !amount.is_negative()));
            }
        }
    }
}
