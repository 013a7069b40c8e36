//! The civil day.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::CalendarError;
use crate::year_month::{Quarter, YearMonth};

/// A day of the Gregorian calendar between the years 1 and 9999, written `2027-03-01`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(civil::Date);

impl Date {
    /// The day with this year, month (1–12) and day (1–31).
    ///
    /// # Errors
    /// [`CalendarError::NoSuchDay`].
    pub fn new(year: i32, month: i32, day: i32) -> Result<Self, CalendarError> {
        let refuse = CalendarError::NoSuchDay { year, month, day };
        let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
        let (Ok(y), Ok(m), Ok(d)) = parts else { return Err(refuse) };
        civil::Date::new(y, m, d).ok().and_then(Self::in_range).ok_or(refuse)
    }

    fn in_range(date: civil::Date) -> Option<Self> {
        (1..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// The first day of a month.
    pub(crate) fn first_of(month: YearMonth) -> Self {
        Self(month.civil_first())
    }

    /// Year.
    #[must_use]
    pub fn year(&self) -> i32 {
        i32::from(self.0.year())
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(&self) -> i32 {
        i32::from(self.0.month())
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub fn day(&self) -> i32 {
        i32::from(self.0.day())
    }

    /// The month the day is in.
    #[must_use]
    pub fn year_month(&self) -> YearMonth {
        YearMonth::of_civil(self.0)
    }

    /// The calendar quarter the day is in.
    #[must_use]
    pub fn quarter(&self) -> Quarter {
        self.year_month().quarter()
    }

    /// Whether the year has a 29 February.
    #[must_use]
    pub fn in_leap_year(&self) -> bool {
        self.0.in_leap_year()
    }

    /// The first day of the month.
    #[must_use]
    pub fn month_start(&self) -> Self {
        Self(self.0.first_of_month())
    }

    /// The last day of the month.
    #[must_use]
    pub fn month_end(&self) -> Self {
        Self(self.0.last_of_month())
    }

    /// Whether this is the last day of its month.
    #[must_use]
    pub fn is_month_end(&self) -> bool {
        *self == self.month_end()
    }

    /// Days from this day to another: negative when the other is earlier.
    #[must_use]
    pub fn days_until(&self, other: Self) -> i64 {
        other.serial() - self.serial()
    }

    /// Days since 1970-01-01.
    fn serial(&self) -> i64 {
        days_from_civil(i64::from(self.0.year()), i64::from(self.0.month()), i64::from(self.0.day()))
    }

    /// The day some days later, or earlier when negative.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn add_days(&self, days: i64) -> Result<Self, CalendarError> {
        let span = jiff::Span::new().try_days(days).map_err(|_| CalendarError::OutOfRange)?;
        self.0.checked_add(span).ok().and_then(Self::in_range).ok_or(CalendarError::OutOfRange)
    }

    /// The same day some months later, or earlier when negative; clamped to the last day of a shorter month.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn add_months(&self, months: i32) -> Result<Self, CalendarError> {
        let month = self.year_month().add_months(months)?;
        Self::new(month.year(), month.month(), self.day().min(month.days()))
    }

    /// The same day some years later, or earlier when negative; 29 February becomes 28 February.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn add_years(&self, years: i32) -> Result<Self, CalendarError> {
        self.add_months(years.checked_mul(12).ok_or(CalendarError::OutOfRange)?)
    }

    /// The day after; the very last representable day stays where it is.
    pub(crate) fn next_or_same(&self) -> Self {
        self.add_days(1).unwrap_or(*self)
    }

    /// The day as `jiff` knows it.
    #[must_use]
    pub const fn to_civil(&self) -> civil::Date {
        self.0
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar: Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", `days_from_civil`, <https://howardhinnant.github.io/date_algorithms.html>. It replaces a generic
/// span computation in the innermost loop of interest and dated returns.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl TryFrom<civil::Date> for Date {
    type Error = CalendarError;

    fn try_from(date: civil::Date) -> Result<Self, Self::Error> {
        Self::in_range(date).ok_or(CalendarError::OutOfRange)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The digits of a text made of groups of fixed lengths with dashes between, or nothing.
pub(crate) fn dashed_numbers<const N: usize>(text: &str, lengths: [usize; N]) -> Option<[i32; N]> {
    let mut numbers = [0; N];
    let mut groups = text.split('-');
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let group = groups.next()?;
        if group.len() != length || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = group.parse().ok()?;
    }
    groups.next().is_none().then_some(numbers)
}

impl FromStr for Date {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || CalendarError::NotADate(text.to_owned());
        let [year, month, day] = dashed_numbers(text, [4, 2, 2]).ok_or_else(refuse)?;
        Self::new(year, month, day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date",
            "description": "A day, for example \"2027-03-01\".",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        })
    }
}
