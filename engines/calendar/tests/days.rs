//! Dates, months, periods: tables and properties.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_calendar::{CalendarError, Date, Frequency, MonthAxis, Period, Quarter, YearMonth};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn any_date() -> impl Strategy<Value = Date> {
    (1i32..=9998, 1i32..=12, 1i32..=31).prop_filter_map("no such day", |(y, m, d)| Date::new(y, m, d).ok())
}

fn recent_date() -> impl Strategy<Value = Date> {
    (0i64..80_000).prop_map(|days| day("1960-01-01").add_days(days).unwrap())
}

fn any_frequency() -> impl Strategy<Value = Frequency> {
    prop_oneof![
        Just(Frequency::Month),
        Just(Frequency::Quarter),
        Just(Frequency::HalfYear),
        Just(Frequency::Year)
    ]
}

#[test]
fn months_clamp_to_the_end() {
    let table = [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-01-31", 2, "2027-03-31"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2027-05-15", -17, "2025-12-15"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2000-02-29", -1200, "1900-02-28"),
    ];
    for (from, months, to) in table {
        assert_eq!(day(from).add_months(months), Ok(day(to)), "{from} + {months}");
    }
    assert_eq!(day("2028-02-29").add_years(4), Ok(day("2032-02-29")));
    assert_eq!(day("9999-12-01").add_months(1), Err(CalendarError::OutOfRange));
    assert_eq!(day("0001-01-01").add_days(-1), Err(CalendarError::OutOfRange));
}

#[test]
fn what_is_not_a_date_is_refused() {
    for bad in [
        "2027-02-29",
        "2027-13-01",
        "2027-00-10",
        "2027-1-1",
        "27-01-01",
        "2027-01-01T00:00",
        "",
        "0000-01-01",
        "2027/01/01",
        "+2027-01-01",
        "2027-01-01-01",
        "1900-02-29",
        "２027-01-01",
    ] {
        assert!(bad.parse::<Date>().is_err(), "{bad}");
        assert!(serde_json::from_value::<Date>(bad.into()).is_err(), "{bad}");
    }
    for bad in ["2027-13", "2027-00", "2027", "2027-3", "0000-01"] {
        assert!(bad.parse::<YearMonth>().is_err(), "{bad}");
    }
    for bad in ["2027-Q0", "2027-Q5", "2027Q1", "2027-Q11"] {
        assert!(bad.parse::<Quarter>().is_err(), "{bad}");
    }
    assert!(serde_json::from_str::<Period>(r#"{"start":"2027-02-01","end":"2027-01-31"}"#).is_err());
}

#[test]
fn periods_of_the_calendar() {
    let table = [
        (Frequency::Month, "2028-02-01", "2028-02-29"),
        (Frequency::Quarter, "2028-01-01", "2028-03-31"),
        (Frequency::HalfYear, "2028-01-01", "2028-06-30"),
        (Frequency::Year, "2028-01-01", "2028-12-31"),
    ];
    for (frequency, start, end) in table {
        let period = Period::containing(day("2028-02-17"), frequency);
        assert_eq!((period.start, period.end), (day(start), day(end)));
    }
    let period = Period::new(day("2027-11-20"), day("2028-01-05")).unwrap();
    assert_eq!(period.days(), 47);
    let months: Vec<String> = period.months().map(|month| month.to_string()).collect();
    assert_eq!(months, ["2027-11", "2027-12", "2028-01"]);
    assert_eq!(day("2027-08-09").quarter().to_string(), "2027-Q3");
    let quarter: Quarter = "2027-Q4".parse().unwrap();
    assert_eq!(quarter.add_quarters(-3).unwrap().to_string(), "2027-Q1");
    assert_eq!(quarter.add_quarters(1).unwrap().period().start, day("2028-01-01"));
    assert_eq!(quarter.add_quarters(9).unwrap().quarters_since(quarter), 9);
    let axis = MonthAxis::starting(day("2027-05-31"));
    assert_eq!((axis.index_of(day("2027-05-01")), axis.index_of(day("2028-06-01"))), (0, 13));
    assert_eq!(axis.index_of(day("2026-12-31")), -5);
    assert_eq!(axis.month(-5).unwrap().to_string(), "2026-12");
    assert_eq!(axis.month_zero.day_or_last(31), day("2027-05-31"));
    assert_eq!(axis.month(1).unwrap().day_or_last(31), day("2027-06-30"));
}

proptest! {
    #[test]
    fn text_round_trips(date in any_date()) {
        prop_assert_eq!(date.to_string().parse(), Ok(date));
        let json = serde_json::to_string(&date).unwrap();
        prop_assert_eq!(serde_json::from_str::<Date>(&json).unwrap(), date);
        let month = date.year_month();
        prop_assert_eq!(month.to_string().parse(), Ok(month));
        let quarter = date.quarter();
        prop_assert_eq!(quarter.to_string().parse(), Ok(quarter));
        prop_assert!(month.period().contains(date) && quarter.period().contains(date));
    }

    /// The closed formula for days agrees with the calendar library.
    #[test]
    fn days_agree_with_the_library(a in any_date(), b in any_date()) {
        let span = a.to_civil().until((jiff::Unit::Day, b.to_civil())).unwrap();
        prop_assert_eq!(a.days_until(b), i64::from(span.get_days()));
        prop_assert_eq!(b.days_until(a), -a.days_until(b));
        prop_assert_eq!(a.add_days(a.days_until(b)), Ok(b));
    }

    #[test]
    fn months_agree_with_the_library(date in recent_date(), months in -600i32..600) {
        let expected = date.to_civil().checked_add(jiff::Span::new().months(months)).unwrap();
        prop_assert_eq!(date.add_months(months).unwrap().to_civil(), expected);
        prop_assert_eq!(date.year_month().add_months(months).unwrap().months_since(date.year_month()), months);
    }

    #[test]
    fn calendar_periods_tile_time(date in recent_date(), frequency in any_frequency()) {
        let period = Period::containing(date, frequency);
        prop_assert!(period.contains(date));
        let next = Period::containing(period.end.add_days(1).unwrap(), frequency);
        prop_assert_eq!(next.start, period.end.add_days(1).unwrap());
        prop_assert_eq!(period.months().count(), usize::try_from(frequency.months()).unwrap());
        prop_assert_eq!(period.intersection(&next), None);
    }
}
