//! Civil dates, periods, schedules and day counts: the one time axis of a deal.
//!
//! Financing is monthly (month 0 is the start of pre-production), exploitation quarterly unless the collection
//! account reports otherwise. Dates are civil days without a time or a zone, so the same deal gives the same
//! figures everywhere.
//!
//! Invariants:
//! * there is no "today": a date is always an argument;
//! * adding months clamps to the end of the month (31 January + 1 month is 28 or 29 February), and schedules step
//!   from their first date, so that clamping never drifts;
//! * a [`Period`] contains both its first and its last day;
//! * a year fraction is an exact ratio of integers before it is a decimal.
//!
//! ```
//! use recoup_calendar::{Date, DayCount, Frequency, Period, YearMonth};
//!
//! let close: Date = "2027-01-31".parse()?;
//! assert_eq!(close.add_months(1)?.to_string(), "2027-02-28");
//! assert_eq!(Period::containing(close, Frequency::Quarter).end.to_string(), "2027-03-31");
//! assert_eq!(DayCount::Act360.year_ratio(close, close.add_days(90)?), (90, 360));
//! assert_eq!("2027-03".parse::<YearMonth>()?.months_since(close.year_month()), 2);
//! # Ok::<(), recoup_calendar::CalendarError>(())
//! ```

#![deny(missing_docs)]

mod date;
mod day_count;
mod error;
mod growth;
mod period;
mod schedule;
mod year_month;

pub use date::Date;
pub use day_count::DayCount;
pub use error::CalendarError;
pub use period::{Frequency, Period};
pub use schedule::{StatementSchedule, StatementStage, dates_between, periods_between};
pub use year_month::{MonthAxis, Quarter, YearMonth};
