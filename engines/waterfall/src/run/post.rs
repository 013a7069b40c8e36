//! Payments as postings with their causes

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_money::Money;

use super::{Release, Result, Run};
use crate::{
    exact::{from_minor, nearest_minor, share_of, whole_minor},
    flow::Inflow,
    plan::{Op, ShareOp},
    posting::{Cause, Posting},
};

impl Run<'_> {
    pub(super) fn post(
        &mut self,
        node: u32,
        amount: i64,
        inflow: &Inflow<'_>,
        id: &Arc<str>,
        source: &Arc<str>,
    ) -> Result<()> {
        self.paid[node as usize] += amount;
        let plan = self.plan;
        let Some(row) = plan.nodes.get(node as usize) else {
            return self.post_rest(amount, inflow, id, source);
        };
        let Op::Share(share) = &row.op else { return Ok(()) };
        let mut until = inflow.date;
        if let Some(release) = share.release {
            until = inflow.date.add_months(release.months)?;
            self.releases.push(Release { date: until, node, to: release.to, amount });
            self.held += amount;
        } else {
            self.now.paid += i128::from(amount);
        }
        if !self.tells {
            return Ok(());
        }
        let cause = self.cause(node, share, inflow, until);
        if matches!(cause, Cause::LimitReached { .. }) {
            self.reached_on[node as usize] = Some(inflow.date);
        }
        let posting = Posting {
            date: inflow.date,
            period: self.periods.len() as u32,
            receipt: Arc::clone(id),
            source: Arc::clone(source),
            tier: Some(Arc::clone(&row.id)),
            payee: self.state.payees[node as usize].map(|party| Arc::clone(&plan.parties[party as usize])),
            credited_to: None,
            amount: Money::new(amount, self.currency),
            cause,
            clause: row.clause.clone(),
        };
        self.post_with_assignments(node, share, posting, amount);
        Ok(())
    }

    /// What is assigned is a part of all the claim has been paid, so its rounding does not drift.
    pub(super) fn post_with_assignments(
        &mut self,
        node: u32,
        share: &ShareOp,
        posting: Posting,
        amount: i64,
    ) {
        if share.assigned.is_empty() {
            self.postings.push(posting);
            return;
        }
        let total = from_minor(self.paid[node as usize]);
        let mut own = amount;
        for (index, (party, part)) in share.assigned.iter().enumerate() {
            let entitled = whole_minor(share_of(total, *part));
            let paid = &mut self.assigned_paid[node as usize][index];
            let now = (entitled - *paid).clamp(0, own);
            *paid += now;
            own -= now;
            if now > 0 {
                self.postings.push(Posting {
                    payee: Some(Arc::clone(&self.plan.parties[*party as usize])),
                    credited_to: posting.payee.clone(),
                    amount: Money::new(now, self.currency),
                    cause: Cause::Assigned { part: *part },
                    ..posting.clone()
                });
            }
        }
        if own > 0 {
            self.postings.push(Posting { amount: Money::new(own, self.currency), ..posting });
        }
    }

    pub(super) fn post_rest(
        &mut self,
        amount: i64,
        inflow: &Inflow<'_>,
        id: &Arc<str>,
        source: &Arc<str>,
    ) -> Result<()> {
        let residual = self.plan.residual;
        if residual.is_some() {
            self.now.paid += i128::from(amount);
        } else {
            self.left_over += amount;
            self.now.left_over += i128::from(amount);
        }
        if !self.tells {
            return Ok(());
        }
        self.postings.push(Posting {
            date: inflow.date,
            period: self.periods.len() as u32,
            receipt: Arc::clone(id),
            source: Arc::clone(source),
            tier: None,
            payee: residual.map(|party| Arc::clone(&self.plan.parties[party as usize])),
            credited_to: None,
            amount: Money::new(amount, self.currency),
            cause: if residual.is_some() { Cause::Residual } else { Cause::LeftOver },
            clause: None,
        });
        Ok(())
    }

    pub(super) fn cause(&self, node: u32, share: &ShareOp, inflow: &Inflow<'_>, until: Date) -> Cause {
        let money = |minor: i64| Money::new(minor, self.currency);
        let arrived = money(nearest_minor(self.state.arrived_now(node)));
        let rate = self.state.rates[node as usize];
        if share.release.is_some() {
            return Cause::Held { arrived, rate, until };
        }
        if share.gross.is_some() {
            return Cause::GrossShare { gross: money(inflow.amount), rate, arrived };
        }
        let Some(limit) = self.limit(share) else {
            return Cause::Share { arrived, rate };
        };
        let had = self.counted(node, share) - self.dues.paid(node);
        let outstanding = money((limit - had).max(0));
        let open = share.limit.is_some_and(|index| self.state.is_below(index));
        match (open, self.plan.table.row(node).pro_rata) {
            (false, _) => Cause::LimitReached { arrived, outstanding, limit: money(limit) },
            (true, true) => Cause::ProRata { arrived, outstanding },
            (true, false) => Cause::Recoupment { arrived, rate, outstanding },
        }
    }

    /// The limit of a claim as it stands, in whole minor units.
    pub(super) fn limit(&self, share: &ShareOp) -> Option<i64> {
        share.limit.map(|index| nearest_minor(self.state.targets[index as usize]))
    }

    /// What counts against the limit: the claim's own payments, or a counter it shares with others.
    pub(super) fn counted(&self, node: u32, share: &ShareOp) -> i64 {
        match share.limit.map(|index| self.plan.thresholds[index as usize].counter) {
            Some(counter) if !self.plan.table.row(node).alone => {
                nearest_minor(self.state.have[counter as usize])
            }
            _ => self.paid[node as usize],
        }
    }
}
