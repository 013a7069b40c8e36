//! The period that the next statement would have.

use recoup_calendar::{Date, Period};
use recoup_deal::Deal;
use recoup_deal::actuals::ReceivedStatement;

use crate::wire::NextPeriodDto;

/// After the last statement of each sender, and of all; the last whole quarter of the deal where there is none yet.
pub(super) fn next_periods(deal: &Deal) -> Vec<NextPeriodDto> {
    let mut senders: Vec<Option<&str>> = vec![None];
    for statement in &deal.actuals.statements {
        let sender = statement.sender.as_deref();
        if !senders.contains(&sender) {
            senders.push(sender);
        }
    }
    let of = |sender: Option<&str>| {
        let mine = |statement: &&ReceivedStatement| sender.is_none() || statement.sender.as_deref() == sender;
        let last = deal.actuals.statements.iter().filter(mine).max_by_key(|one| (one.to, one.from));
        let period = last.and_then(|last| after(last.from, last.to)).or_else(|| last_quarter(deal.as_of))?;
        Some(NextPeriodDto {
            sender: sender.map(str::to_owned),
            from: period.start.to_string(),
            to: period.end.to_string(),
        })
    };
    senders.into_iter().filter_map(of).collect()
}

/// As long as the one before: as many months where that were whole months, which then end with a month; else as many
/// days.
fn after(from: Date, to: Date) -> Option<Period> {
    let start = to.add_days(1).ok()?;
    let whole = from.day() == 1 && to.is_month_end();
    let months = start.year_month().months_since(from.year_month());
    let end = if whole && months > 0 {
        start.year_month().add_months(months - 1).ok()?.last_day()
    } else {
        start.add_days(from.days_until(to)).ok()?
    };
    Period::new(start, end).ok()
}

fn last_quarter(today: Date) -> Option<Period> {
    Some(today.quarter().add_quarters(-1).ok()?.period())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use super::*;

    #[test]
    fn the_next_period_is_as_long_as_the_last_and_ends_with_a_month() {
        let next = |from: &str, to: &str| {
            let period = after(from.parse().unwrap(), to.parse().unwrap()).unwrap();
            format!("{} {}", period.start, period.end)
        };
        assert_eq!(next("2029-01-01", "2029-03-31"), "2029-04-01 2029-06-30");
        assert_eq!(next("2029-07-01", "2029-12-31"), "2030-01-01 2030-06-30");
        assert_eq!(next("2029-02-01", "2029-02-28"), "2029-03-01 2029-03-31");
        assert_eq!(next("2028-01-01", "2028-12-31"), "2029-01-01 2029-12-31");
        assert_eq!(next("2029-01-10", "2029-01-19"), "2029-01-20 2029-01-29");
    }
}
