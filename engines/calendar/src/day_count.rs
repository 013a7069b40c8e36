//! Day-count fractions under their ISDA names.
//!
//! Formulas: 2006 ISDA Definitions, section 4.16. The first day of an interest period counts, the last does not.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;

/// How many years lie between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum DayCount {
    /// Actual days over 365, leap years or not: section 4.16(d), "Actual/365 (Fixed)".
    #[serde(rename = "ACT/365F", alias = "act_365f")]
    Act365F,
    /// Actual days over 360: section 4.16(e), "Actual/360".
    #[serde(rename = "ACT/360", alias = "act_360")]
    Act360,
    /// Months of 30 days, years of 360: section 4.16(f), "30/360" or "Bond Basis". A first day of 31 becomes 30;
    /// a last day of 31 becomes 30 only when the first day is 30 or 31. February is not adjusted.
    #[serde(rename = "30/360", alias = "thirty_360")]
    Thirty360,
    /// Days in leap years over 366 plus the other days over 365: section 4.16(b), "Actual/Actual (ISDA)".
    #[serde(rename = "ACT/ACT", alias = "act_act")]
    ActAct,
}

impl DayCount {
    /// The ISDA name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Act365F => "ACT/365F",
            Self::Act360 => "ACT/360",
            Self::Thirty360 => "30/360",
            Self::ActAct => "ACT/ACT",
        }
    }

    /// Days from `start` to `end` as this convention counts them; negative when `end` is earlier.
    #[must_use]
    pub fn days(self, start: Date, end: Date) -> i64 {
        match self {
            Self::Act365F | Self::Act360 | Self::ActAct => start.days_until(end),
            Self::Thirty360 if end < start => -thirty_360_days(end, start),
            Self::Thirty360 => thirty_360_days(start, end),
        }
    }

    /// The fraction of a year as an exact ratio (numerator, denominator); negative when `end` is earlier.
    #[must_use]
    pub fn year_ratio(self, start: Date, end: Date) -> (i64, i64) {
        match self {
            Self::Act365F => (self.days(start, end), 365),
            Self::Act360 | Self::Thirty360 => (self.days(start, end), 360),
            Self::ActAct if end < start => {
                let (numerator, denominator) = act_act(end, start);
                (-numerator, denominator)
            }
            Self::ActAct => act_act(start, end),
        }
    }

    /// The fraction of a year, to the 28 digits of a decimal; negative when `end` is earlier.
    #[must_use]
    pub fn year_fraction(self, start: Date, end: Date) -> Decimal {
        let (numerator, denominator) = self.year_ratio(start, end);
        Decimal::from(numerator) / Decimal::from(denominator)
    }
}

impl std::fmt::Display for DayCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

fn thirty_360_days(start: Date, end: Date) -> i64 {
    let first = start.day().min(30);
    let last = if end.day() == 31 && first == 30 { 30 } else { end.day() };
    i64::from(360 * (end.year() - start.year()) + 30 * (end.month() - start.month()) + (last - first))
}

/// `leap / 366 + common / 365` over the common denominator 133,590.
fn act_act(start: Date, end: Date) -> (i64, i64) {
    let leap = leap_days_before(end) - leap_days_before(start);
    let common = start.days_until(end) - leap;
    (leap * 365 + common * 366, 365 * 366)
}

/// Days that lie in leap years, from the beginning of year 1 up to but not including `date`.
fn leap_days_before(date: Date) -> i64 {
    let full_years = i64::from(date.year()) - 1;
    let leap_years = full_years / 4 - full_years / 100 + full_years / 400;
    let this_year = if date.in_leap_year() {
        Date::new(date.year(), 1, 1).map_or(0, |new_year| new_year.days_until(date))
    } else {
        0
    };
    leap_years * 366 + this_year
}
