//! Why a date, a period or a schedule cannot be had.

use thiserror::Error;

use crate::date::Date;

/// Why a date, a period or a schedule cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// The text is not a day such as `2027-03-01`.
    #[error("{0:?} is not a date (write year, month and day as in 2027-03-01)")]
    NotADate(String),
    /// The text is not a month such as `2027-03`.
    #[error("{0:?} is not a month (write year and month as in 2027-03)")]
    NotAMonth(String),
    /// The text is not a quarter such as `2027-Q1`.
    #[error("{0:?} is not a quarter (write it as in 2027-Q1)")]
    NotAQuarter(String),
    /// Year, month and day that do not name a day of the years 1 to 9999.
    #[error("there is no day {day} in month {month} of year {year}")]
    NoSuchDay {
        /// Year.
        year: i32,
        /// Month, from 1.
        month: i32,
        /// Day, from 1.
        day: i32,
    },
    /// The result lies outside the years 1 to 9999.
    #[error("the date lies outside the years 1 to 9999")]
    OutOfRange,
    /// An end before its start.
    #[error("the end {end} is before the start {start}")]
    Reversed {
        /// First day.
        start: Date,
        /// Last day.
        end: Date,
    },
}
