//! The end of a statement period

use recoup_calendar::Date;
use recoup_money::Money;

use super::{Closing, Result, Run, Totals, earliest};
use crate::{
    error::WaterfallError,
    exact::{nearest_minor, saturate},
    posting::PeriodTotals,
};

impl Run<'_> {
    pub(super) fn close_before(&mut self, date: Date) -> Result<()> {
        while let Some(period) = self.schedule.get(self.periods.len()) {
            if date <= period.end {
                return Ok(());
            }
            let end = period.end;
            self.release_at_close(end)?;
            self.close_period()?;
        }
        Ok(())
    }

    /// Reserves that fall due before the period ends are released in it, though nothing else happens.
    pub(super) fn release_at_close(&mut self, end: Date) -> Result<()> {
        match earliest(&self.releases) {
            Some(index) if self.releases[index].date <= end => self.release_until(end),
            _ => Ok(()),
        }
    }

    pub(super) fn close_period(&mut self) -> Result<()> {
        let Some(period) = self.schedule.get(self.periods.len()) else { return Ok(()) };
        self.now.held = i128::from(self.held);
        self.now.refunds = self.refunds.open;
        let (opening, now) = (self.opening, self.now);
        let difference = opening.held - opening.refunds + now.receipts + now.contributions + now.refunds
            - now.paid
            - now.held
            - now.left_over;
        if difference != 0 {
            let tier = self.postings.last_tier().unwrap_or("").to_owned();
            let period = format!("{}–{}", period.start, period.end);
            return Err(WaterfallError::Conservation { period, tier, difference });
        }
        let money = |minor: i128| Money::new(saturate(minor), self.currency);
        self.periods.push(PeriodTotals {
            period: self.periods.len() as u32,
            start: period.start,
            end: period.end,
            opening_held: money(opening.held),
            receipts: money(now.receipts),
            contributions: money(now.contributions),
            paid: money(now.paid),
            held: money(now.held),
            left_over: money(now.left_over),
            refunds_open: money(now.refunds),
        });
        if self.tells {
            self.close_claims(period.end)?;
        }
        self.opening = Totals { held: now.held, refunds: now.refunds, ..Totals::default() };
        self.now = Totals::default();
        Ok(())
    }

    /// Limits that grow stand at the last day of the period.
    pub(super) fn close_claims(&mut self, end: Date) -> Result<()> {
        let mut limits = Vec::with_capacity(self.plan.nodes.len());
        let mut outstanding = Vec::with_capacity(self.plan.nodes.len());
        let as_they_stand = self.state.balances.clone();
        for balance in &mut self.state.balances {
            balance.accrue(end)?;
        }
        for node in 0..self.plan.nodes.len() as u32 {
            let index = self.plan.share(node).and_then(|share| share.limit);
            let target = index.and_then(|index| {
                let threshold = &self.plan.thresholds[index as usize];
                let target = self.state.target(self.state.goals[index as usize], None, 0)?;
                Some((target, target - self.state.have[threshold.counter as usize]))
            });
            let limit = target.map(|(target, _)| nearest_minor(target));
            outstanding.push(match (limit, target) {
                (Some(limit), _) if self.plan.table.row(node).alone => {
                    limit.saturating_sub(self.paid[node as usize]).max(0)
                }
                (_, Some((_, owed))) => nearest_minor(owed).max(0),
                (_, None) => 0,
            });
            limits.push(limit);
        }
        let interest = self.state.balances.iter().map(|balance| balance.interest).collect();
        self.state.balances = as_they_stand;
        self.closed.push(Closing {
            date: end,
            paid: self.paid.clone(),
            assigned: self.assigned_paid.clone(),
            holders: self.state.payees.clone(),
            former: self.former.clone(),
            limits,
            outstanding,
            interest,
        });
        Ok(())
    }
}
