//! Payments as postings with their causes

use recoup_calendar::Date;

use super::{Release, Result, Run};
use crate::{
    exact::{from_minor, nearest_minor, share_of, whole_minor},
    flow::Inflow,
    plan::{Op, ShareOp},
    rows::{CauseRow, PostingRow},
};

impl Run<'_> {
    pub(super) fn post(&mut self, node: u32, amount: i64, inflow: &Inflow<'_>) -> Result<()> {
        let plan = self.plan;
        if node as usize == plan.nodes.len() {
            self.post_rest(amount);
            return Ok(());
        }
        let Op::Share(share) = &plan.nodes[node as usize].op else { return Ok(()) };
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
        if matches!(cause, CauseRow::LimitReached { .. }) {
            self.reached_on[node as usize] = Some(inflow.date);
        }
        let payee = self.state.payees[node as usize];
        let posting = PostingRow { receipt: 0, node: Some(node), payee, credited_to: None, amount, cause };
        self.post_with_assignments(node, share, posting);
        Ok(())
    }

    /// What is assigned is a part of all the claim has been paid, so its rounding does not drift.
    fn post_with_assignments(&mut self, node: u32, share: &ShareOp, posting: PostingRow) {
        if share.assigned.is_empty() {
            self.postings.pay(posting);
            return;
        }
        let total = from_minor(self.paid[node as usize]);
        let mut own = posting.amount;
        for (index, (party, part)) in share.assigned.iter().enumerate() {
            let entitled = whole_minor(share_of(total, *part));
            let paid = &mut self.assigned_paid[node as usize][index];
            let now = (entitled - *paid).clamp(0, own);
            *paid += now;
            own -= now;
            if now > 0 {
                self.postings.pay(PostingRow {
                    payee: Some(*party),
                    credited_to: posting.payee,
                    amount: now,
                    cause: CauseRow::Assigned { part: *part },
                    ..posting
                });
            }
        }
        if own > 0 {
            self.postings.pay(PostingRow { amount: own, ..posting });
        }
    }

    fn post_rest(&mut self, amount: i64) {
        let payee = self.plan.residual;
        if payee.is_some() {
            self.now.paid += i128::from(amount);
        } else {
            self.left_over += amount;
            self.now.left_over += i128::from(amount);
        }
        if self.tells {
            let cause = if payee.is_some() { CauseRow::Residual } else { CauseRow::LeftOver };
            self.postings.pay(PostingRow { receipt: 0, node: None, payee, credited_to: None, amount, cause });
        }
    }

    fn cause(&self, node: u32, share: &ShareOp, inflow: &Inflow<'_>, until: Date) -> CauseRow {
        let arrived = nearest_minor(self.state.arrived_now(node));
        let rate = self.state.rates[node as usize];
        if share.release.is_some() {
            return CauseRow::Held { arrived, rate, until };
        }
        if share.gross.is_some() {
            return CauseRow::GrossShare { gross: inflow.amount, rate, arrived };
        }
        let Some(limit) = self.limit(share) else {
            return CauseRow::Share { arrived, rate };
        };
        let had = self.counted(node, share) - self.dues.paid(node);
        let outstanding = (limit - had).max(0);
        let open = share.limit.is_some_and(|index| self.state.is_below(index));
        match (open, self.plan.table.row(node).pro_rata) {
            (false, _) => CauseRow::LimitReached { arrived, outstanding, limit },
            (true, true) => CauseRow::ProRata { arrived, outstanding },
            (true, false) => CauseRow::Recoupment { arrived, rate, outstanding },
        }
    }

    /// The limit of a claim as it stands, in whole minor units.
    fn limit(&self, share: &ShareOp) -> Option<i64> {
        share.limit.map(|index| nearest_minor(self.state.targets[index as usize]))
    }

    /// What counts against the limit: the claim's own payments, or a counter it shares with others.
    fn counted(&self, node: u32, share: &ShareOp) -> i64 {
        match share.limit.map(|index| self.plan.thresholds[index as usize].counter) {
            Some(counter) if !self.plan.table.row(node).alone => {
                nearest_minor(self.state.have[counter as usize])
            }
            _ => self.paid[node as usize],
        }
    }
}
