//! Dates and periods that repeat, and when a collection account reports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::error::CalendarError;
use crate::period::{Frequency, Period};

/// The days `first`, `first` + 1 step, `first` + 2 steps, … up to and including `last`. Each is counted from
/// `first`, so a schedule that starts on the 31st returns to the 31st after every short month.
///
/// # Errors
/// [`CalendarError::Reversed`] when `last` is before `first`.
pub fn dates_between(first: Date, last: Date, frequency: Frequency) -> Result<Vec<Date>, CalendarError> {
    Period::new(first, last)?;
    let mut dates = Vec::new();
    for index in 0.. {
        match first.add_months(index * frequency.months()) {
            Ok(date) if date <= last => dates.push(date),
            _ => break,
        }
    }
    Ok(dates)
}

/// The calendar months, quarters, half-years or years from `first` to `last`, without gap or overlap; the first
/// and the last are cut to the days asked for.
///
/// # Errors
/// [`CalendarError::Reversed`] when `last` is before `first`.
pub fn periods_between(first: Date, last: Date, frequency: Frequency) -> Result<Vec<Period>, CalendarError> {
    Period::new(first, last)?;
    let mut periods = Vec::new();
    let mut start = first;
    loop {
        let end = Period::containing(start, frequency).end.min(last);
        periods.push(Period { start, end });
        if end >= last {
            return Ok(periods);
        }
        start = end.next_or_same();
    }
}

/// One stretch of a statement schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementStage {
    /// How often statements are made.
    pub frequency: Frequency,
    /// For how many years.
    pub years: u16,
}

/// When a collection account reports and pays: stages from the first statement on, then one frequency for good.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementSchedule {
    /// The stages, in order.
    pub stages: Vec<StatementStage>,
    /// The frequency after the last stage.
    pub then: Frequency,
}

impl Default for StatementSchedule {
    /// Quarterly for two years, half-yearly for three, yearly from then on.
    fn default() -> Self {
        Self {
            stages: vec![
                StatementStage { frequency: Frequency::Quarter, years: 2 },
                StatementStage { frequency: Frequency::HalfYear, years: 3 },
            ],
            then: Frequency::Year,
        }
    }
}

impl StatementSchedule {
    /// The same frequency from the first statement on.
    #[must_use]
    pub const fn constant(frequency: Frequency) -> Self {
        Self { stages: Vec::new(), then: frequency }
    }

    /// The frequency of the `index`-th statement, from 0.
    #[must_use]
    pub fn frequency_of(&self, index: usize) -> Frequency {
        let mut before = 0;
        for stage in &self.stages {
            before += usize::from(stage.years) * usize::try_from(stage.frequency.per_year()).unwrap_or(1);
            if index < before {
                return stage.frequency;
            }
        }
        self.then
    }

    /// The statement periods from the first day of exploitation to the one that contains `last`.
    ///
    /// The first runs from `first` to the end of its calendar month, quarter, half-year or year and counts as a
    /// whole one; each of the others has the full number of months, so that every statement ends on the last day
    /// of a month and, with the usual stages, of a calendar quarter.
    ///
    /// # Errors
    /// [`CalendarError::Reversed`] when `last` is before `first`; [`CalendarError::OutOfRange`].
    pub fn periods(&self, first: Date, last: Date) -> Result<Vec<Period>, CalendarError> {
        Period::new(first, last)?;
        let opening = Period { start: first, end: Period::containing(first, self.frequency_of(0)).end };
        let mut periods = vec![opening];
        let mut end = opening.end;
        while end < last {
            let start = end.add_days(1)?;
            end = start.year_month().add_months(self.frequency_of(periods.len()).months() - 1)?.last_day();
            periods.push(Period { start, end });
        }
        Ok(periods)
    }
}
