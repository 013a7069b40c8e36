//! Days, months and quarters as they are written, and how they nest.

use proptest::prelude::*;
use recoup_calendar::{CalendarError, Date, DayCount, Quarter, YearMonth};
use serde_json::{Value, json};

fn schema_of<T: schemars::JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}

#[test]
fn what_is_not_a_month_or_a_quarter_is_refused_with_how_to_write_it() {
    for text in ["", "2027", "2027-13", "2027-00", "27-03", "2027-3", "2027-03-01", "2027-Q1", "+027-03"] {
        let refused = text.parse::<YearMonth>().unwrap_err();
        assert_eq!(refused, CalendarError::NotAMonth(text.to_owned()));
        assert!(refused.to_string().ends_with("(write year and month as in 2027-03)"), "{refused}");
    }
    for text in ["", "2027", "2027-Q0", "2027-Q5", "2027-Q", "2027-1", "2027-q1", "2027-Q12", "0000-Q1"] {
        let refused = text.parse::<Quarter>().unwrap_err();
        assert_eq!(refused, CalendarError::NotAQuarter(text.to_owned()));
        assert!(refused.to_string().ends_with("(write it as in 2027-Q1)"), "{refused}");
    }
    assert!(serde_json::from_value::<YearMonth>(json!(202_703)).is_err(), "a month is never a number");
    assert!(serde_json::from_value::<Quarter>(json!("2027-Q9")).is_err());
    assert_eq!(Quarter::new(2027, 5), Err(CalendarError::OutOfRange));
    assert_eq!(Quarter::new(10_000, 1), Err(CalendarError::OutOfRange));
}

#[test]
fn the_schemas_say_how_it_is_written() {
    for (schema, good, bad) in
        [(schema_of::<YearMonth>(), "2027-12", "2027-13"), (schema_of::<Quarter>(), "2027-Q4", "2027-Q5")]
    {
        assert_eq!(schema["type"], "string");
        // The patterns hold one class or choice after the year; they are short enough to be read here.
        let pattern = schema["pattern"].as_str().unwrap();
        let digits = if good.contains('Q') { "^[0-9]{4}-Q[1-4]$" } else { "^[0-9]{4}-(0[1-9]|1[0-2])$" };
        assert_eq!(pattern, digits);
        assert!(schema["description"].as_str().unwrap().contains("2027"), "{schema}");
        assert!(good.parse::<YearMonth>().is_ok() != good.parse::<Quarter>().is_ok());
        assert!(bad.parse::<YearMonth>().is_err() && bad.parse::<Quarter>().is_err());
    }
}

/// ISDA's names, which contracts and the case formats use.
#[test]
fn day_counts_bear_the_names_of_the_contracts() {
    let names =
        [DayCount::Act365F, DayCount::Act360, DayCount::Thirty360, DayCount::ActAct].map(DayCount::name);
    assert_eq!(names, ["ACT/365F", "ACT/360", "30/360", "ACT/ACT"]);
}

#[test]
fn a_day_of_another_calendar_library_is_the_same_day_or_none() {
    let day: Date = "2028-02-29".parse().unwrap();
    assert_eq!(Date::try_from(day.to_civil()), Ok(day));
    assert_eq!(Date::try_from(jiff::civil::date(-1, 1, 1)), Err(CalendarError::OutOfRange));
    assert_eq!(format!("{day:?} {:?} {:?}", day.year_month(), day.quarter()), "2028-02-29 2028-02 2028-Q1");
}

proptest! {
    #[test]
    fn months_and_quarters_are_written_and_read_back(year in 1i32..=9999, month in 1i32..=12) {
        let month = YearMonth::new(year, month).unwrap();
        let quarter = month.quarter();
        prop_assert_eq!(month.to_string().parse::<YearMonth>(), Ok(month));
        prop_assert_eq!(quarter.to_string().parse::<Quarter>(), Ok(quarter));
        prop_assert_eq!(serde_json::from_value::<YearMonth>(json!(month)).unwrap(), month);
        prop_assert_eq!(serde_json::from_value::<Quarter>(json!(quarter)).unwrap(), quarter);
        prop_assert_eq!(Quarter::new(quarter.year(), quarter.quarter()), Ok(quarter));
    }

    /// A day lies in its month, the month in its quarter, and a quarter is its three months.
    #[test]
    fn day_month_and_quarter_nest(days in 0i64..3_000_000) {
        let day = "0001-01-01".parse::<Date>().unwrap().add_days(days).unwrap();
        let (month, quarter) = (day.year_month(), day.quarter());
        prop_assert_eq!(day.month_start(), month.first_day());
        prop_assert_eq!(day.month_end(), month.last_day());
        prop_assert!(month.period().contains(day) && quarter.period().contains(day));
        prop_assert_eq!(month.quarter(), quarter);
        prop_assert_eq!(quarter.first_month().add_months(2), Ok(quarter.last_month()));
        prop_assert_eq!((quarter.year(), quarter.quarter()), (day.year(), (day.month() + 2) / 3));
        let days: i64 = quarter.period().months().map(|month| i64::from(month.days())).sum();
        prop_assert_eq!(days, quarter.period().days());
    }
}
