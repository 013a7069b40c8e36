//! A receipt that comes down in one go
//!
//! Most receipts switch nothing but tiers that stop by themselves: each takes what it misses and lets the rest by, which
//! is what it comes to however the receipt is cut. So all of it is let down once, and kept where no counter came to a
//! goal that decides about anything else. Where tiers stand in one line, money comes to each of them once: what came and
//! what was taken is noted in passing, and nothing is counted that nobody asks about. Anything else takes the way of
//! slices, and comes to the same.

use super::{Inflow, State};
use crate::{
    error::WaterfallError,
    exact::{DUST, Exact, TOLERANCE, from_minor},
    plan::{Op, PaysFor, ShareOp, SplitOp},
    scale::Divisor,
    table::Row,
};

/// What came to a tier or member, and what it took of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit {
    pub arrived: Exact,
    pub taken: Exact,
    pub node: u32,
    /// Whether more has to be done about it than to count it.
    more: bool,
}

impl Visit {
    pub(super) fn of(node: u32, arrived: Exact, taken: Exact) -> Self {
        Visit { arrived, taken, node, more: true }
    }
}

impl<'p> State<'p> {
    /// Lets a receipt down in one go and returns what reached the end; none where it has to be cut, with nothing moved.
    pub(super) fn run_down(&mut self, inflow: &Inflow<'_>) -> Result<Option<Exact>, WaterfallError> {
        let plan = self.plan;
        if !plan.table.one_line || self.trace.is_some() || self.contract_open.contains(&false) {
            return Ok(None);
        }
        let amount = from_minor(inflow.amount);
        self.pools_seen.fill(false);
        self.count_received(inflow, amount);
        self.paid_balances = false;
        let mut flow = amount;
        let mut at = Some(inflow.node);
        while let Some(node) = at.filter(|_| flow >= DUST) {
            let Some(node) = self.bypass.land(node, flow) else { break };
            let row = plan.table.row(node);
            let taken = if row.plain { self.plain(node, row, flow) } else { self.step(node, row, flow) };
            if taken == 0 {
                self.close_if_full(node);
            }
            self.cut |= taken > flow;
            if self.cut {
                self.forget();
                return Ok(None);
            }
            flow -= taken;
            at = row.then;
        }
        self.cut = self.decides_anew();
        if self.cut {
            self.forget();
            return Ok(None);
        }
        self.keep_trail(inflow, amount - flow)?;
        Ok(Some(flow))
    }

    fn step(&mut self, node: u32, row: &Row, arriving: Exact) -> Exact {
        if row.plain {
            return self.plain(node, row, arriving);
        }
        let plan = self.plan;
        let (base, taken) = match &plan.nodes[node as usize].op {
            Op::Share(share) => return self.claim(node, row, share, arriving),
            Op::Enters { .. } => {
                self.cut = true;
                return 0;
            }
            Op::Together { members, split, .. } => {
                let base = plan.table.base(node).part_of(arriving);
                let taken = match split {
                    SplitOp::Fixed => self.side_by_side(members, base),
                    SplitOp::Outstanding | SplitOp::Invested => {
                        self.divided(members.iter().copied(), base, *split)
                    }
                };
                // Somebody bears what they take beyond the base, or it is refused.
                self.cut |= taken > base + TOLERANCE;
                (base, taken)
            }
            Op::Steps { members, .. } => {
                let base = plan.table.base(node).part_of(arriving);
                let taken = members.iter().map(|member| self.step(*member, plan.table.row(*member), base));
                (base, taken_first(taken))
            }
        };
        if row.counted {
            self.count_visit(node, base, taken);
        } else {
            self.groups.push(Visit::of(node, base, taken));
        }
        taken
    }

    /// A claim that nothing decides about but its limit.
    #[inline(always)]
    fn plain(&mut self, node: u32, row: &Row, arriving: Exact) -> Exact {
        let part = self.scales[node as usize].part_of(arriving);
        let taken = match row.limit {
            None => part,
            Some(limit) => {
                let counter = self.plan.table.mark(limit).counter;
                let missing = self.targets[limit as usize] - self.have[counter as usize];
                match row.stops_at {
                    _ if missing <= TOLERANCE => 0,
                    Some(_) => part.min(missing),
                    None => part,
                }
            }
        };
        self.note(row, node, arriving, taken);
        taken
    }

    fn claim(&mut self, node: u32, row: &Row, share: &'p ShareOp, arriving: Exact) -> Exact {
        let (takes, unlimited) = self.lets(share, arriving);
        let full =
            if share.gross.is_some() { arriving } else { self.scales[node as usize].part_of(arriving) };
        let taken = match row.stops_at {
            _ if !takes => 0,
            None => full,
            Some(stop) => {
                let counter = self.plan.table.mark(stop).counter;
                full.min((self.targets[stop as usize] - self.have[counter as usize]).max(0))
            }
        };
        if !share.pools.is_empty() {
            let notional = if takes { taken } else { self.notional(share, unlimited, full) };
            self.count_in_pools(share, taken, notional);
        }
        self.note(row, node, arriving, taken);
        taken
    }

    /// Whether a claim takes, and whether its limit would let it.
    fn lets(&mut self, share: &'p ShareOp, arriving: Exact) -> (bool, bool) {
        for pool in &share.pools {
            if !std::mem::replace(&mut self.pools_seen[*pool as usize], true) {
                self.add(self.plan.layout.pool_passed + pool, arriving);
            }
        }
        let holds = |limit: Option<u32>| limit.is_none_or(|threshold| self.threshold_holds(threshold));
        let unlimited = holds(share.limit) && holds(share.gross.map(|gross| gross.threshold));
        (unlimited && self.holds(&share.tests, false), unlimited)
    }

    fn notional(&self, share: &ShareOp, unlimited: bool, full: Exact) -> Exact {
        if unlimited && self.holds(&share.tests, true) { full } else { 0 }
    }

    fn count_in_pools(&mut self, share: &ShareOp, taken: Exact, notional: Exact) {
        let layout = self.plan.layout;
        for pool in &share.pools {
            self.add(layout.pool_notional + pool, notional);
            if taken != 0 {
                self.add(layout.pool_paid + pool, taken);
            }
        }
    }

    /// Members with rates of their own; shares of the gross receipt divide what those leave.
    fn side_by_side(&mut self, members: &[u32], base: Exact) -> Exact {
        let plan = self.plan;
        let on_gross = |member: &u32| plan.share(*member).is_some_and(|share| share.gross.is_some());
        let mut taken = 0;
        let mut some_on_gross = false;
        for member in members {
            if on_gross(member) {
                some_on_gross = true;
            } else {
                taken += self.step(*member, plan.table.row(*member), base);
            }
        }
        if some_on_gross {
            let left = (base - taken).max(0);
            taken += self.divided(members.iter().copied().filter(on_gross), left, SplitOp::Outstanding);
        }
        taken
    }

    /// Members that divide a base by what each weighs.
    fn divided(&mut self, members: impl Iterator<Item = u32>, base: Exact, split: SplitOp) -> Exact {
        let plan = self.plan;
        let mut weights = std::mem::take(&mut self.weights);
        weights.clear();
        for member in members {
            let Some(share) = plan.share(member) else { continue };
            let (takes, _) = self.lets(share, base);
            let weight = if takes { self.weight(share, split) } else { 0 };
            if weight > 0 {
                weights.push((member, weight));
            } else {
                self.note(plan.table.row(member), member, base, 0);
            }
        }
        let whole = super::pour::made_small(&mut weights);
        let divisor = if weights.len() > 1 { Divisor::of(whole) } else { None };
        let mut left = base;
        let count = weights.len();
        for (index, (member, weight)) in weights.iter().enumerate() {
            let part = match divisor {
                Some(divisor) if index + 1 < count => divisor.part_of(base, *weight),
                _ => left,
            };
            left -= part;
            if let Some(share) = plan.share(*member) {
                self.count_in_pools(share, part, part);
            }
            self.note(plan.table.row(*member), *member, base, part);
        }
        self.weights = weights;
        if count == 0 { 0 } else { base }
    }

    /// Notes what came to a claim and what it took, and counts what anybody asks about.
    #[inline(always)]
    fn note(&mut self, row: &Row, node: u32, arrived: Exact, taken: Exact) {
        self.trail.push(Visit { arrived, taken, node, more: row.more });
        if row.counted {
            self.count_visit(node, arrived, taken);
        }
        if row.noted {
            self.note_taken(row, node, taken);
        }
    }

    fn note_taken(&mut self, row: &Row, node: u32, taken: Exact) {
        if taken == 0 {
            return;
        }
        let (plan, layout) = (self.plan, self.plan.layout);
        if plan.table.asks_parties
            && let Some(party) = self.payees[node as usize]
        {
            self.add(layout.party + party, taken);
        }
        for account in plan.table.reduced(row) {
            self.add(layout.account + account, taken);
        }
        self.paid_balances = true;
        let have = self.have[(layout.paid + node) as usize] + TOLERANCE;
        for index in plan.table.own(row) {
            let target = self.targets[*index as usize];
            self.cut |= have < target && have + taken >= target;
        }
    }

    fn count_visit(&mut self, node: u32, arrived: Exact, taken: Exact) {
        self.add(self.plan.layout.reached + node, arrived);
        if taken != 0 {
            self.add(self.plan.layout.paid + node, taken);
        }
    }

    /// Whether a counter came to a goal that decides about more than the claim that it counts.
    fn decides_anew(&self) -> bool {
        let table = &self.plan.table;
        self.trail.iter().filter(|visit| visit.more).any(|visit| {
            table.others(table.row(visit.node)).iter().any(|index| {
                let counter = table.mark(*index).counter as usize;
                let (moved, target) = (self.delta[counter], self.targets[*index as usize]);
                let below = moved > 0 && self.have[counter] + TOLERANCE < target;
                below && self.have[counter] + moved + TOLERANCE >= target
            })
        })
    }

    fn forget(&mut self) {
        self.trail.clear();
        self.groups.clear();
        self.take_back();
    }

    /// Keeps what was noted, if what went in came out.
    fn keep_trail(&mut self, inflow: &Inflow<'_>, gone: Exact) -> Result<(), WaterfallError> {
        let (table, layout) = (&self.plan.table, self.plan.layout);
        let mut paid_out = 0;
        for visit in &self.trail {
            paid_out += visit.taken;
            let row = table.row(visit.node);
            if !visit.more || !row.counted {
                self.have[(layout.reached + visit.node) as usize] += visit.arrived;
                self.have[(layout.paid + visit.node) as usize] += visit.taken;
            }
            if !visit.more {
                continue;
            }
            match row.pays {
                Some((account, PaysFor::Principal)) => {
                    self.balances[account as usize].pay_principal(visit.taken)
                }
                Some((account, PaysFor::Return)) => self.balances[account as usize].pay_return(visit.taken),
                Some((_, PaysFor::Whole)) | None => {}
            }
        }
        if paid_out != gone {
            let last = self.trail.last().map_or(inflow.node, |visit| visit.node);
            return Err(WaterfallError::Conservation {
                period: inflow.date.to_string(),
                tier: self.plan.nodes[last as usize].id.to_string(),
                difference: gone - paid_out,
            });
        }
        for visit in self.groups.drain(..) {
            self.have[(layout.reached + visit.node) as usize] += visit.arrived;
            self.have[(layout.paid + visit.node) as usize] += visit.taken;
        }
        self.bypass.keep();
        if !self.touched.is_empty() {
            if self.paid_balances {
                self.keep_balances();
            }
            for counter in self.touched.drain(..) {
                self.have[counter as usize] += std::mem::take(&mut self.delta[counter as usize]);
            }
        }
        Ok(())
    }
}

/// What the first member that takes anything takes; the others are not asked.
fn taken_first(mut taken: impl Iterator<Item = Exact>) -> Exact {
    taken.find(|taken| *taken > 0).unwrap_or(0)
}
