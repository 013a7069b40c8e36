//! Day counts and schedules against published examples.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_calendar::{
    Date, DayCount, Frequency, Period, StatementSchedule, StatementStage, dates_between, periods_between,
};
use rust_decimal::Decimal;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn recent_date() -> impl Strategy<Value = Date> {
    (0i64..80_000).prop_map(|days| day("1960-01-01").add_days(days).unwrap())
}

/// ISDA, "30/360 day count conventions" (worked sheet of the 2006 Definitions, column 4.16(f)): start, end, days.
#[test]
fn thirty_360_of_isda() {
    let table = [
        ("2007-01-15", "2007-01-30", 15),
        ("2007-01-15", "2007-02-15", 30),
        ("2007-01-15", "2007-07-15", 180),
        ("2007-09-30", "2008-03-31", 180),
        ("2007-09-30", "2007-10-31", 30),
        ("2007-09-30", "2008-09-30", 360),
        ("2007-01-15", "2007-01-31", 16),
        ("2007-01-31", "2007-02-28", 28),
        ("2007-02-28", "2007-03-31", 33),
        ("2006-08-31", "2007-02-28", 178),
        ("2007-02-28", "2007-08-31", 183),
        ("2007-02-14", "2007-02-28", 14),
        ("2007-02-26", "2008-02-29", 363),
        ("2008-02-29", "2009-02-28", 359),
        ("2008-02-29", "2008-03-30", 31),
        ("2008-02-29", "2008-03-31", 32),
        ("2007-02-28", "2007-03-05", 7),
        ("2007-10-31", "2007-11-28", 28),
        ("2007-08-31", "2008-02-29", 179),
        ("2008-02-29", "2008-08-31", 182),
        ("2008-08-31", "2009-02-28", 178),
        ("2009-02-28", "2009-08-31", 183),
    ];
    for (start, end, days) in table {
        assert_eq!(DayCount::Thirty360.days(day(start), day(end)), days, "{start} to {end}");
    }
}

/// ISDA, "EMU and Market Conventions: Recent Developments" (BS:9951.1, 1998): the Actual/Actual (ISDA) examples.
#[test]
fn actual_actual_of_isda() {
    let ratio = |days_common: i64, days_leap: i64| {
        Decimal::from(days_common) / Decimal::from(365) + Decimal::from(days_leap) / Decimal::from(366)
    };
    let table = [
        ("2003-11-01", "2004-05-01", ratio(61, 121)),
        ("1999-02-01", "1999-07-01", ratio(150, 0)),
        ("1999-07-01", "2000-07-01", ratio(184, 182)),
        ("2002-08-15", "2003-07-15", ratio(334, 0)),
        ("2003-07-15", "2004-01-15", ratio(170, 14)),
        ("1999-07-30", "2000-01-30", ratio(155, 29)),
        ("2000-01-30", "2000-06-30", ratio(0, 152)),
    ];
    for (start, end, expected) in table {
        let got = DayCount::ActAct.year_fraction(day(start), day(end));
        assert!((got - expected).abs() < Decimal::new(1, 26), "{start} to {end}: {got} against {expected}");
    }
    assert_eq!(DayCount::ActAct.year_fraction(day("1999-01-01"), day("2005-01-01")), Decimal::from(6));
}

#[test]
fn actual_over_a_fixed_year() {
    let (start, end) = (day("2008-02-01"), day("2009-05-31"));
    assert_eq!(DayCount::Act365F.year_ratio(start, end), (485, 365));
    assert_eq!(DayCount::Act360.year_ratio(start, end), (485, 360));
    assert_eq!(DayCount::Act365F.year_fraction(day("2027-01-01"), day("2028-01-01")), Decimal::ONE);
    assert_eq!(DayCount::Act365F.to_string(), "ACT/365F");
    for (name, count) in [
        ("\"ACT/365F\"", DayCount::Act365F),
        ("\"ACT/360\"", DayCount::Act360),
        ("\"30/360\"", DayCount::Thirty360),
        ("\"ACT/ACT\"", DayCount::ActAct),
    ] {
        assert_eq!(serde_json::to_string(&count).unwrap(), name);
        assert_eq!(serde_json::from_str::<DayCount>(name).unwrap(), count);
    }
}

#[test]
fn a_schedule_returns_to_its_day() {
    let dates = dates_between(day("2027-12-31"), day("2028-04-30"), Frequency::Month).unwrap();
    let expected = ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"];
    assert_eq!(dates, expected.map(day));
    assert!(dates_between(day("2028-01-02"), day("2028-01-01"), Frequency::Month).is_err());
    assert_eq!(dates_between(day("9999-12-01"), day("9999-12-31"), Frequency::Month).unwrap().len(), 1);
}

#[test]
fn statements_become_rarer() {
    let periods = StatementSchedule::default().periods(day("2028-02-10"), day("2035-01-15")).unwrap();
    let ends: Vec<String> = periods.iter().map(|period| period.end.to_string()).collect();
    let expected = [
        "2028-03-31",
        "2028-06-30",
        "2028-09-30",
        "2028-12-31",
        "2029-03-31",
        "2029-06-30",
        "2029-09-30",
        "2029-12-31",
        "2030-06-30",
        "2030-12-31",
        "2031-06-30",
        "2031-12-31",
        "2032-06-30",
        "2032-12-31",
        "2033-12-31",
        "2034-12-31",
        "2035-12-31",
    ];
    assert_eq!(ends, expected);
    assert_eq!(periods[0].start, day("2028-02-10"));

    let other = StatementSchedule {
        stages: vec![StatementStage { frequency: Frequency::Month, years: 1 }],
        then: Frequency::Quarter,
    };
    let periods = other.periods(day("2028-01-31"), day("2029-06-30")).unwrap();
    assert_eq!(periods.len(), 12 + 2);
    let yearly =
        StatementSchedule::constant(Frequency::Year).periods(day("2028-07-01"), day("2029-01-01")).unwrap();
    assert_eq!(yearly[0].end, day("2028-12-31"));
    assert!(yearly[1].contains(day("2029-01-01")));
}

fn tiles(periods: &[Period]) -> bool {
    periods.windows(2).all(|pair| pair[0].end.add_days(1) == Ok(pair[1].start))
}

proptest! {
    #[test]
    fn fractions_are_antisymmetric_and_ordered(a in recent_date(), b in recent_date()) {
        for count in [DayCount::Act365F, DayCount::Act360, DayCount::Thirty360, DayCount::ActAct] {
            let (top, bottom) = count.year_ratio(a, b);
            prop_assert_eq!(count.year_ratio(b, a), (-top, bottom));
            prop_assert!(bottom > 0 && (a > b || top >= 0));
            // No convention differs from the calendar by more than the six days of leap years and short months
            // plus the five days a year that a year of 360 days gains.
            let years = count.year_fraction(a, b).abs();
            let real = Decimal::from(a.days_until(b).abs()) / Decimal::new(36_525, 2);
            prop_assert!((years - real).abs() <= real * Decimal::new(15, 3) + Decimal::new(2, 2));
        }
    }

    /// Whole years are whole under ACT/ACT, and any stretch can be cut anywhere.
    #[test]
    fn actual_actual_adds_up(a in recent_date(), days in 0i64..20_000, cut in 0i64..20_000) {
        let end = a.add_days(days).unwrap();
        let middle = a.add_days(cut.min(days)).unwrap();
        let numerator = |x, y| DayCount::ActAct.year_ratio(x, y).0;
        prop_assert_eq!(numerator(a, middle) + numerator(middle, end), numerator(a, end));
        let new_year = Date::new(a.year(), 1, 1).unwrap();
        prop_assert_eq!(DayCount::ActAct.year_fraction(new_year, new_year.add_years(7).unwrap()), Decimal::from(7));
    }

    #[test]
    fn schedules_tile_time(first in recent_date(), days in 0i64..10_000) {
        let last = first.add_days(days).unwrap();
        for frequency in [Frequency::Month, Frequency::Quarter, Frequency::HalfYear, Frequency::Year] {
            let periods = periods_between(first, last, frequency).unwrap();
            prop_assert!(tiles(&periods));
            prop_assert_eq!(periods.iter().map(Period::days).sum::<i64>(), days + 1);
            let dates = dates_between(first, last, frequency).unwrap();
            prop_assert!(dates.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(dates[0], first);
        }
        let statements = StatementSchedule::default().periods(first, last).unwrap();
        prop_assert!(tiles(&statements));
        prop_assert_eq!(statements[0].start, first);
        prop_assert!(statements[statements.len() - 1].contains(last));
        prop_assert!(statements.iter().all(|period| period.end.is_month_end()));
    }
}
