//! Months and quarters of a year, and the axis that counts months from the start of pre-production.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::date::{Date, dashed_numbers};
use crate::error::CalendarError;
use crate::period::Period;

/// A month of a year, written `2027-03`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct YearMonth {
    year: i16,
    month: i8,
}

impl YearMonth {
    /// The month (1–12) of a year (1–9999).
    ///
    /// # Errors
    /// [`CalendarError::NoSuchDay`] naming its first day.
    pub fn new(year: i32, month: i32) -> Result<Self, CalendarError> {
        Date::new(year, month, 1).map(|date| date.year_month())
    }

    pub(crate) fn of_civil(date: civil::Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    pub(crate) fn civil_first(self) -> civil::Date {
        civil::date(self.year, self.month, 1)
    }

    /// Year.
    #[must_use]
    pub fn year(&self) -> i32 {
        i32::from(self.year)
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(&self) -> i32 {
        i32::from(self.month)
    }

    /// Number of days in the month.
    #[must_use]
    pub fn days(&self) -> i32 {
        i32::from(self.civil_first().days_in_month())
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(&self) -> Date {
        Date::first_of(*self)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.first_day().month_end()
    }

    /// The whole month.
    #[must_use]
    pub fn period(&self) -> Period {
        Period { start: self.first_day(), end: self.last_day() }
    }

    /// The calendar quarter the month is in.
    #[must_use]
    pub fn quarter(&self) -> Quarter {
        Quarter { year: self.year, quarter: (self.month - 1) / 3 + 1 }
    }

    /// The month some months later, or earlier when negative.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn add_months(&self, months: i32) -> Result<Self, CalendarError> {
        let serial = i64::from(self.serial()) + i64::from(months);
        let year = i32::try_from(serial.div_euclid(12)).map_err(|_| CalendarError::OutOfRange)?;
        let month = i32::try_from(serial.rem_euclid(12)).map_err(|_| CalendarError::OutOfRange)? + 1;
        Self::new(year, month).map_err(|_| CalendarError::OutOfRange)
    }

    /// Months from `earlier` to this month: negative when `earlier` is in fact later.
    #[must_use]
    pub fn months_since(&self, earlier: Self) -> i32 {
        self.serial() - earlier.serial()
    }

    /// The day with this number, or the last day of a shorter month.
    #[must_use]
    pub fn day_or_last(&self, day: i32) -> Date {
        Date::new(self.year(), self.month(), day.clamp(1, self.days())).unwrap_or_else(|_| self.first_day())
    }

    fn serial(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }
}

/// A calendar quarter, written `2027-Q1`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quarter {
    year: i16,
    quarter: i8,
}

impl Quarter {
    /// The quarter (1–4) of a year (1–9999).
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn new(year: i32, quarter: i32) -> Result<Self, CalendarError> {
        if !(1..=4).contains(&quarter) {
            return Err(CalendarError::OutOfRange);
        }
        YearMonth::new(year, quarter * 3).map(|month| month.quarter()).map_err(|_| CalendarError::OutOfRange)
    }

    /// Year.
    #[must_use]
    pub fn year(&self) -> i32 {
        i32::from(self.year)
    }

    /// Quarter of the year, 1 to 4.
    #[must_use]
    pub fn quarter(&self) -> i32 {
        i32::from(self.quarter)
    }

    /// Its first month.
    #[must_use]
    pub fn first_month(&self) -> YearMonth {
        YearMonth { year: self.year, month: self.quarter * 3 - 2 }
    }

    /// Its last month.
    #[must_use]
    pub fn last_month(&self) -> YearMonth {
        YearMonth { year: self.year, month: self.quarter * 3 }
    }

    /// The whole quarter.
    #[must_use]
    pub fn period(&self) -> Period {
        Period { start: self.first_month().first_day(), end: self.last_month().last_day() }
    }

    /// The quarter some quarters later, or earlier when negative.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn add_quarters(&self, quarters: i32) -> Result<Self, CalendarError> {
        let months = quarters.checked_mul(3).ok_or(CalendarError::OutOfRange)?;
        self.first_month().add_months(months).map(|month| month.quarter())
    }

    /// Quarters from `earlier` to this quarter: negative when `earlier` is in fact later.
    #[must_use]
    pub fn quarters_since(&self, earlier: Self) -> i32 {
        self.first_month().months_since(earlier.first_month()) / 3
    }
}

/// The deal's time axis: months counted from month 0, the start of pre-production.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct MonthAxis {
    /// Month 0.
    pub month_zero: YearMonth,
}

impl MonthAxis {
    /// The axis that starts in the month of this day.
    #[must_use]
    pub fn starting(start: Date) -> Self {
        Self { month_zero: start.year_month() }
    }

    /// The index of the month a day is in; negative before month 0.
    #[must_use]
    pub fn index_of(&self, date: Date) -> i32 {
        date.year_month().months_since(self.month_zero)
    }

    /// The month with this index.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn month(&self, index: i32) -> Result<YearMonth, CalendarError> {
        self.month_zero.add_months(index)
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.quarter)
    }
}

impl FromStr for YearMonth {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || CalendarError::NotAMonth(text.to_owned());
        let [year, month] = dashed_numbers(text, [4, 2]).ok_or_else(refuse)?;
        Self::new(year, month).map_err(|_| refuse())
    }
}

impl FromStr for Quarter {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || CalendarError::NotAQuarter(text.to_owned());
        let (year, quarter) = text.split_once("-Q").ok_or_else(refuse)?;
        let [year] = dashed_numbers(year, [4]).ok_or_else(refuse)?;
        let [quarter] = dashed_numbers(quarter, [1]).ok_or_else(refuse)?;
        Self::new(year, quarter).map_err(|_| refuse())
    }
}

macro_rules! written_as_string {
    ($type:ident, $name:literal, $pattern:literal, $description:literal) => {
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "description": $description, "pattern": $pattern })
            }
        }
    };
}

written_as_string!(YearMonth, "YearMonth", "^[0-9]{4}-(0[1-9]|1[0-2])$", "A month, for example \"2027-03\".");
written_as_string!(Quarter, "Quarter", "^[0-9]{4}-Q[1-4]$", "A calendar quarter, for example \"2027-Q1\".");
