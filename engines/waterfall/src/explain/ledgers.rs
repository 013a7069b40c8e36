//! Balances that bear interest, told day by day and period by period
//!
//! What is told of a day or a period is what the rounded sums grow by, so that every column adds up.

use recoup_calendar::Period;
use recoup_explain::{NodeId, Operation};
use rust_decimal::Decimal;

use super::{
    balance::{Standing, less, sum, value},
    periods::month,
    scribe::Scribe,
};
use crate::statement::told_under;

/// Rounded sums of a balance as they were told last.
#[derive(Clone, Copy, Default)]
struct Told {
    exact: Standing,
    drawn: Option<NodeId>,
    interest: Option<NodeId>,
    capitalised: Option<NodeId>,
    principal: Option<NodeId>,
    interest_paid: Option<NodeId>,
}

impl Scribe<'_> {
    /// `recoupment.claims.<tier>.{drawn,interest,capitalised,interest_paid,principal_paid,balance}`, each of a period
    /// `[2030-03]` and of a day `[2030-03-31]`; of a day also what bore interest, and at which rate.
    pub(super) fn ledgers(&mut self, schedule: &[Period]) {
        for account in 0..self.plan.accounts.len() {
            let Some((claim, _)) = told_under(self.plan, account as u32) else { continue };
            let at = format!("recoupment.claims.{}", self.plan.nodes[claim as usize].id);
            let mut told = Told::default();
            for period in 0..self.periods.closes.len() as u32 {
                let now = self.periods.closes[period as usize].balances.get(account).copied();
                if let Some(now) = now {
                    told = self.told(&at, &month(schedule, period), told, now);
                }
            }
            self.days(account, &at);
        }
    }

    fn days(&mut self, account: usize, at: &str) {
        let (mut told, mut rate) = (Told::default(), None);
        for day in std::mem::take(&mut self.balances[account].days) {
            // What rounding left behind in a balance that is paid off earns nothing anybody could see.
            if !self.moves(told.exact, day.standing) {
                continue;
            }
            let on = day.on.to_string();
            if let Some((base, bearing_at)) = day.bearing {
                let base = self.whole_minor(base);
                self.book.name(base, format!("{at}.bearing[{on}]"));
                if rate != Some(bearing_at) {
                    self.book.figure(format!("{at}.interest_rate[{on}]"), Operation::Carry, &[bearing_at]);
                    rate = Some(bearing_at);
                }
            }
            told = self.told(at, &on, told, day.standing);
        }
    }

    /// Whether a balance moved by a thousandth of a minor unit, one way or another.
    fn moves(&self, before: Standing, now: Standing) -> bool {
        let least = Decimal::new(1, 3) / Decimal::from(self.currency.minor_per_major());
        let moved = |before: Option<NodeId>, now: Option<NodeId>| {
            before != now && (value(self.book, now) - value(self.book, before)).abs() >= least
        };
        moved(before.invested, now.invested)
            || moved(before.interest, now.interest)
            || moved(before.added, now.added)
            || moved(before.paid, now.paid)
    }

    /// Names what a balance grew by since it was told last, under a day or a month.
    fn told(&mut self, at: &str, when: &str, before: Told, exact: Standing) -> Told {
        if !self.moves(before.exact, exact) {
            return before;
        }
        let mut now = Told { exact, ..before };
        if exact.invested != before.exact.invested {
            now.drawn = self.growth(exact.invested, before.drawn, format!("{at}.drawn[{when}]"));
        }
        if exact.interest != before.exact.interest {
            now.interest = self.growth(exact.interest, before.interest, format!("{at}.interest[{when}]"));
        }
        if exact.added != before.exact.added {
            let address = format!("{at}.capitalised[{when}]");
            now.capitalised = self.growth(exact.added, before.capitalised, address);
        }
        if exact.paid != before.exact.paid {
            let address = format!("{at}.principal_paid[{when}]");
            now.principal = self.growth(exact.principal, before.principal, address);
            let paid = exact.paid.map(|paid| self.whole_minor(paid));
            let interest = less(self.book, paid, now.principal);
            now.interest_paid =
                self.step(interest, before.interest_paid, format!("{at}.interest_paid[{when}]"));
        }
        let owed = sum(self.book, exact.invested, exact.interest);
        if let Some(owed) = less(self.book, owed, exact.paid) {
            let owed = self.whole_minor(owed);
            self.book.name(owed, format!("{at}.balance[{when}]"));
        }
        now
    }

    /// Rounds a sum and names what it grew by.
    fn growth(&mut self, exact: Option<NodeId>, before: Option<NodeId>, address: String) -> Option<NodeId> {
        let whole = exact.map(|exact| self.whole_minor(exact));
        self.step(whole, before, address)
    }

    fn step(&mut self, whole: Option<NodeId>, before: Option<NodeId>, address: String) -> Option<NodeId> {
        let grown = less(self.book, whole, before)?;
        let nothing = self.book.value(grown).as_money().is_none_or(|grown| grown.is_zero());
        if !nothing {
            self.book.name(grown, address);
        }
        whole
    }
}
