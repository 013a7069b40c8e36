//! Where a flow is cut, taken back, or kept

use super::{Inflow, State};
use crate::{
    error::WaterfallError,
    exact::{Exact, TOLERANCE, mul_div},
    plan::{AccountScope, PaysFor},
};

impl State<'_> {
    /// The amount that brings the first counter to its target, if one passed it.
    pub(super) fn first_cut(&mut self, slice: Exact) -> Option<Exact> {
        let plan = self.plan;
        let mut first: Option<Exact> = None;
        for node in &self.visited {
            for index in plan.table.watched(*node) {
                let counter = plan.table.mark(*index).counter as usize;
                let moved = self.delta[counter];
                if moved <= 0 {
                    continue;
                }
                let (have, target) = (self.have[counter], self.targets[*index as usize]);
                if have + TOLERANCE < target && have + moved > target + TOLERANCE {
                    let cut = mul_div(slice, target - have, moved);
                    if first.is_none_or(|least| cut < least) {
                        first = Some(cut);
                        self.last_cut = *node;
                        self.cut_by = *index;
                    }
                }
            }
        }
        first
    }

    /// Whether a counter came to a goal that decides about more than the tier that stops there.
    pub(super) fn switches(&self) -> bool {
        let table = &self.plan.table;
        self.visited.iter().any(|node| {
            let own = table.row(*node).stops_at;
            table.watched(*node).iter().any(|index| {
                let counter = table.mark(*index).counter as usize;
                let (moved, target) = (self.delta[counter], self.targets[*index as usize]);
                let below = moved > 0 && self.have[counter] + TOLERANCE < target;
                below && own != Some(*index) && self.have[counter] + moved + TOLERANCE >= target
            })
        })
    }

    /// Whether a counter that stands at a goal moves on, which switches what holds up to the goal. All
    /// that do are marked, and the flow has to be decided again.
    pub(super) fn moves_beyond(&mut self) -> bool {
        if self.passed.is_empty() {
            return false;
        }
        let plan = self.plan;
        let mut marked = false;
        for share in self.visited.iter().filter_map(|node| plan.share(*node)) {
            for index in share.watch.iter().map(|index| *index as usize) {
                let threshold = &plan.thresholds[index];
                if !threshold.beyond || self.passed[index] {
                    continue;
                }
                let counter = threshold.counter as usize;
                let at_goal = (self.have[counter] - self.targets[index]).abs() <= TOLERANCE;
                if at_goal && self.delta[counter] > 0 {
                    self.passed[index] = true;
                    marked = true;
                }
            }
        }
        marked
    }

    /// A goal that rose again has to be passed again.
    pub(super) fn forget_passed(&mut self) {
        for (index, passed) in self.passed.iter_mut().enumerate() {
            let counter = self.plan.thresholds[index].counter as usize;
            *passed &= self.have[counter] + TOLERANCE >= self.targets[index];
        }
    }

    pub(super) fn take_back(&mut self) {
        for counter in self.touched.drain(..) {
            self.delta[counter as usize] = 0;
        }
        self.shortfall_now.clear();
        self.contributed_now = 0;
    }

    /// What went in and was contributed came out.
    pub(super) fn check(
        &self,
        slice: Exact,
        passed: Exact,
        inflow: &Inflow<'_>,
    ) -> Result<(), WaterfallError> {
        let paid_out = self.visited.iter().filter(|node| self.plan.table.row(**node).pays_out);
        let paid: Exact = paid_out.map(|node| self.delta[(self.plan.layout.paid + node) as usize]).sum();
        let difference = slice + self.contributed_now - paid - passed;
        if difference == 0 {
            return Ok(());
        }
        let tier = self.visited.last().map_or(inflow.node, |node| *node);
        Err(WaterfallError::Conservation {
            period: inflow.date.to_string(),
            tier: self.plan.nodes[tier as usize].id.to_string(),
            difference,
        })
    }

    pub(super) fn keep(&mut self) {
        let plan = self.plan;
        for node in &self.visited {
            if !std::mem::replace(&mut self.has_come[*node as usize], true) {
                self.came.push(*node);
            }
            let paid = self.delta[(plan.layout.paid + node) as usize];
            let row = plan.table.row(*node);
            if row.pays_out {
                self.taken[*node as usize] += paid;
            }
            self.arrived[*node as usize] += self.delta[(plan.layout.reached + node) as usize];
            match row.pays {
                Some((account, PaysFor::Principal)) => self.balances[account as usize].pay_principal(paid),
                Some((account, PaysFor::Return)) => self.balances[account as usize].pay_return(paid),
                Some((_, PaysFor::Whole)) | None => {}
            }
        }
        for (index, row) in plan.accounts.iter().enumerate() {
            let counter = match row.scope {
                AccountScope::Claims | AccountScope::Hurdle => plan.layout.account + index as u32,
                AccountScope::Party(party) => plan.layout.party + party,
                AccountScope::Return => continue,
            };
            let paid = self.delta[counter as usize];
            if paid != 0 {
                self.balances[index].pay(paid);
            }
        }
        for (party, amount) in self.shortfall_now.drain(..) {
            self.shortfall[party as usize] += amount;
        }
        self.contributed += std::mem::take(&mut self.contributed_now);
        for counter in self.touched.drain(..) {
            self.have[counter as usize] += std::mem::take(&mut self.delta[counter as usize]);
        }
    }
}
