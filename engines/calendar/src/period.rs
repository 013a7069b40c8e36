//! Stretches of days, and how often things happen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::error::CalendarError;
use crate::year_month::YearMonth;

/// How often something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Monthly.
    Month,
    /// Quarterly.
    Quarter,
    /// Half-yearly.
    HalfYear,
    /// Yearly.
    Year,
}

impl Frequency {
    /// Months from one time to the next.
    #[must_use]
    pub const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }

    /// Times a year.
    #[must_use]
    pub const fn per_year(self) -> i32 {
        12 / self.months()
    }
}

/// A stretch of days from `start` to `end`; both days belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Ends", deny_unknown_fields)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

/// The two days as written, before their order is checked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ends {
    start: Date,
    end: Date,
}

impl TryFrom<Ends> for Period {
    type Error = CalendarError;

    fn try_from(ends: Ends) -> Result<Self, Self::Error> {
        Self::new(ends.start, ends.end)
    }
}

impl Period {
    /// The days from `start` to `end`, both included.
    ///
    /// # Errors
    /// [`CalendarError::Reversed`] when `end` is before `start`.
    pub fn new(start: Date, end: Date) -> Result<Self, CalendarError> {
        if end < start { Err(CalendarError::Reversed { start, end }) } else { Ok(Self { start, end }) }
    }

    /// The calendar month, quarter, half-year or year that a day is in.
    #[must_use]
    pub fn containing(date: Date, frequency: Frequency) -> Self {
        let month = date.year_month();
        let into = (month.month() - 1) % frequency.months();
        // Both months lie in the year of `date`, so neither step can leave the calendar.
        let first = month.add_months(-into).unwrap_or(month);
        let last = first.add_months(frequency.months() - 1).unwrap_or(month);
        Self { start: first.first_day(), end: last.last_day() }
    }

    /// Number of days, at least 1.
    #[must_use]
    pub fn days(&self) -> i64 {
        self.start.days_until(self.end) + 1
    }

    /// Whether a day belongs to it.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.start <= date && date <= self.end
    }

    /// The days that belong to both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end)).ok()
    }

    /// The months it touches, in order.
    pub fn months(&self) -> impl Iterator<Item = YearMonth> + use<> {
        let first = self.start.year_month();
        let count = self.end.year_month().months_since(first);
        (0..=count).filter_map(move |index| first.add_months(index).ok())
    }
}
