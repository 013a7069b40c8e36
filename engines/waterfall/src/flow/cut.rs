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
            table.foreign(table.row(*node)).iter().any(|index| {
                let counter = table.mark(*index).counter as usize;
                let (moved, target) = (self.delta[counter], self.targets[*index as usize]);
                let below = moved > 0 && self.have[counter] + TOLERANCE < target;
                below && self.have[counter] + moved + TOLERANCE >= target
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
        let layout = self.plan.layout;
        for node in self.visited.drain(..) {
            self.delta[(layout.paid + node) as usize] = 0;
            self.delta[(layout.reached + node) as usize] = 0;
        }
        for counter in self.touched.drain(..) {
            self.delta[counter as usize] = 0;
        }
        self.shortfall_now.clear();
        self.contributed_now = 0;
        self.bypass.take_back();
    }

    /// Keeps what flowed, if what went in and was contributed came out.
    pub(super) fn keep(
        &mut self,
        slice: Exact,
        passed: Exact,
        inflow: &Inflow<'_>,
    ) -> Result<(), WaterfallError> {
        let last = self.visited.last().map_or(inflow.node, |node| *node);
        let difference = slice + self.contributed_now - self.keep_shares() - passed;
        if difference != 0 {
            return Err(WaterfallError::Conservation {
                period: inflow.date.to_string(),
                tier: self.plan.nodes[last as usize].id.to_string(),
                difference,
            });
        }
        self.keep_balances();
        self.bypass.keep();
        for (party, amount) in self.shortfall_now.drain(..) {
            self.shortfall[party as usize] += amount;
        }
        self.contributed += std::mem::take(&mut self.contributed_now);
        for counter in self.touched.drain(..) {
            self.have[counter as usize] += std::mem::take(&mut self.delta[counter as usize]);
        }
        Ok(())
    }

    /// Keeps what came to each share and what it took, and tells how much of it is paid out.
    fn keep_shares(&mut self) -> Exact {
        let (table, layout) = (&self.plan.table, self.plan.layout);
        let mut paid_out = 0;
        for node in self.visited.drain(..) {
            if !std::mem::replace(&mut self.has_come[node as usize], true) {
                self.came.push(node);
            }
            let (at, reached) = ((layout.paid + node) as usize, (layout.reached + node) as usize);
            let arrived = std::mem::take(&mut self.delta[reached]);
            self.have[reached] += arrived;
            self.arrived[node as usize] += arrived;
            let paid = std::mem::take(&mut self.delta[at]);
            let row = table.row(node);
            if paid != 0 {
                self.have[at] += paid;
                if row.pays_out {
                    self.taken[node as usize] += paid;
                    paid_out += paid;
                }
            }
            match row.pays {
                Some((account, PaysFor::Principal)) => self.balances[account as usize].pay_principal(paid),
                Some((account, PaysFor::Return)) => self.balances[account as usize].pay_return(paid),
                Some((_, PaysFor::Whole)) | None => {}
            }
        }
        paid_out
    }

    pub(super) fn keep_balances(&mut self) {
        let layout = self.plan.layout;
        for (index, row) in self.plan.accounts.iter().enumerate() {
            let counter = match row.scope {
                AccountScope::Claims | AccountScope::Hurdle => layout.account + index as u32,
                AccountScope::Party(party) => layout.party + party,
                AccountScope::Return => continue,
            };
            let paid = self.delta[counter as usize];
            if paid != 0 {
                self.balances[index].pay(paid);
            }
        }
    }
}
