//! An amount on its way from the entry to the end, under the rules as they stand

use super::{Bar, Decision, Inflow, Outside, State};
use crate::{
    error::WaterfallError,
    exact::{DUST, Exact, TOLERANCE, mul_div, share_of},
    plan::{Op, PaysFor, ShareOp, SplitOp, Weight},
};

impl<'p> State<'p> {
    #[inline]
    pub(super) fn add(&mut self, counter: u32, amount: Exact) {
        let slot = &mut self.delta[counter as usize];
        if *slot == 0 {
            self.touched.push(counter);
        }
        *slot += amount;
    }

    /// Lets an amount flow from the entry to the end and returns what reaches the end.
    pub(super) fn pour(&mut self, inflow: &Inflow<'_>, amount: Exact) -> Result<Exact, WaterfallError> {
        self.visited.clear();
        self.decided.clear();
        self.outside.clear();
        self.pools_seen.fill(false);
        self.ended = 0;
        self.count_received(inflow, amount);
        self.walk(inflow.node, amount, inflow.id)?;
        Ok(self.ended)
    }

    /// Counts an amount as received in all sets of sources that its entry is one of.
    pub(super) fn count_received(&mut self, inflow: &Inflow<'_>, amount: Exact) {
        let plan = self.plan;
        let Some(entry) = inflow.entry else { return };
        for set in plan.table.sets(entry) {
            self.add(plan.layout.received + set, amount);
        }
    }

    /// Lets an amount walk from a tier to the end of its order.
    fn walk(&mut self, start: u32, amount: Exact, receipt: &str) -> Result<(), WaterfallError> {
        if self.at_once {
            return self.walk_at_once(start, amount, receipt);
        }
        let mut flow = amount;
        let mut at = Some(start);
        while let Some(node) = at.filter(|_| flow >= DUST) {
            let taken = self.visit(node, flow, receipt)?;
            if taken > flow {
                self.contributed_now += taken - flow;
            }
            flow = (flow - taken).max(0);
            at = self.plan.table.row(node).then;
        }
        self.ended += flow;
        Ok(())
    }

    pub(super) fn visit(
        &mut self,
        node: u32,
        arriving: Exact,
        receipt: &str,
    ) -> Result<Exact, WaterfallError> {
        let plan = self.plan;
        let row = plan.table.row(node);
        if row.plain && self.trace.is_none() {
            return Ok(self.take(node, row, arriving));
        }
        match &plan.nodes[node as usize].op {
            Op::Share(share) => {
                let Some((active, notional)) = self.open(node, share, arriving) else { return Ok(0) };
                let full = self.full(node, share, arriving);
                let taken = if active { full } else { 0 };
                self.credit(node, share, taken, if notional { full } else { 0 });
                Ok(taken)
            }
            Op::Enters { share, into } => {
                let Some((active, notional)) = self.open(node, share, arriving) else { return Ok(0) };
                let full = self.full(node, share, arriving);
                let taken = if active { full } else { 0 };
                self.credit(node, share, taken, if notional { full } else { 0 });
                if taken > 0 {
                    self.walk(*into, taken, receipt)?;
                }
                Ok(taken)
            }
            Op::Together { members, base, split, bearer } => {
                let base = share_of(arriving, *base);
                self.add(plan.layout.reached + node, base);
                let taken = match split {
                    SplitOp::Fixed => self.beside(members, base, receipt)?,
                    SplitOp::Outstanding | SplitOp::Invested => self.by_weight(members, base, *split),
                };
                self.add(plan.layout.paid + node, taken);
                if taken > base + TOLERANCE {
                    let Some(party) = bearer else {
                        let tier = plan.nodes[node as usize].id.to_string();
                        return Err(WaterfallError::OverAllocated { tier, receipt: receipt.to_owned() });
                    };
                    self.shortfall_now.push((*party, taken - base));
                }
                Ok(taken)
            }
            Op::Steps { members, base } => {
                let base = share_of(arriving, *base);
                self.add(plan.layout.reached + node, base);
                for member in members {
                    let taken = self.visit(*member, base, receipt)?;
                    if taken > 0 {
                        self.add(plan.layout.paid + node, taken);
                        return Ok(taken);
                    }
                }
                Ok(0)
            }
        }
    }

    /// Money arrives at a share. Where orders join, it may come to a tier twice.
    pub(super) fn arrive(&mut self, node: u32, arriving: Exact) {
        let arrived = &mut self.delta[(self.plan.layout.reached + node) as usize];
        if *arrived == 0 {
            self.visited.push(node);
        }
        *arrived += arriving;
    }

    /// Members with rates of their own all work on the base; shares of the gross receipt divide
    /// what those leave of it by what each is owed.
    fn beside(&mut self, members: &[u32], base: Exact, receipt: &str) -> Result<Exact, WaterfallError> {
        let plan = self.plan;
        let mut taken = 0;
        let mut on_gross = Vec::new();
        for member in members {
            if plan.share(*member).is_some_and(|share| share.gross.is_some()) {
                on_gross.push(*member);
            } else {
                taken += self.visit(*member, base, receipt)?;
            }
        }
        if !on_gross.is_empty() {
            taken += self.by_weight(&on_gross, (base - taken).max(0), SplitOp::Outstanding);
        }
        Ok(taken)
    }

    fn by_weight(&mut self, members: &[u32], base: Exact, split: SplitOp) -> Exact {
        let plan = self.plan;
        let mut weights = std::mem::take(&mut self.weights);
        weights.clear();
        for member in members {
            let Some(share) = plan.share(*member) else { continue };
            let open = self.open(*member, share, base).is_some_and(|(active, _)| active);
            let weight = if open { self.weight(share, split) } else { 0 };
            if weight > 0 {
                weights.push((*member, weight));
            }
        }
        let whole = made_small(&mut weights);
        let mut left = base;
        let count = weights.len();
        for (index, (member, weight)) in weights.iter().enumerate() {
            let part = if index + 1 == count { left } else { mul_div(base, *weight, whole) };
            left -= part;
            if let Some(share) = plan.share(*member) {
                self.credit(*member, share, part, part);
            }
        }
        self.weights = weights;
        if count == 0 { 0 } else { base }
    }

    pub(super) fn weight(&self, share: &ShareOp, split: SplitOp) -> Exact {
        let owed = |threshold: u32| {
            let counter = self.plan.thresholds[threshold as usize].counter as usize;
            (self.targets[threshold as usize] - self.have[counter]).max(0)
        };
        if split == SplitOp::Outstanding {
            let by_gross = share.gross.map(|gross| owed(gross.threshold));
            return by_gross.or(share.limit.map(owed)).unwrap_or(0);
        }
        match share.weight {
            Weight::Instrument(instrument) => self.invested[instrument as usize],
            Weight::Limit => share.limit.map_or(0, |limit| self.targets[limit as usize]),
            Weight::None => 0,
        }
    }

    /// Lets money arrive at a share: whether it takes, and whether it would take but for conditions
    /// on notional pools. None outside its contract.
    pub(super) fn open(&mut self, node: u32, share: &'p ShareOp, arriving: Exact) -> Option<(bool, bool)> {
        if !self.contract_lets(node, share) {
            if let (Some(_), Some(contract)) = (&self.trace, share.contract) {
                let row = &self.contracts[contract as usize];
                self.outside.push(Outside { node, passed: arriving, from: row.from, to: row.to });
            }
            return None;
        }
        let layout = self.plan.layout;
        self.arrive(node, arriving);
        for pool in &share.pools {
            if !std::mem::replace(&mut self.pools_seen[*pool as usize], true) {
                self.add(layout.pool_passed + pool, arriving);
            }
        }
        let unlimited = [share.limit, share.gross.map(|gross| gross.threshold)]
            .into_iter()
            .flatten()
            .all(|threshold| self.threshold_holds(threshold));
        let takes = unlimited && self.holds(&share.tests, false);
        let notional = takes || (unlimited && self.holds(&share.tests, true));
        if self.trace.is_some() {
            let bar = self.bar(share, unlimited);
            let rate = self.rates[node as usize];
            self.decided.push(Decision { node, takes, notional, rate, bar });
        }
        Some((takes, notional))
    }

    /// A share of the whole receipt has had all of it where its conditions do not hold: they are why.
    fn bar(&self, share: &ShareOp, unlimited: bool) -> Bar {
        let failing = share.tests.iter().position(|test| !self.holds(std::slice::from_ref(test), false));
        let full = share.limit.is_some_and(|limit| !self.threshold_holds(limit));
        match failing {
            _ if full => Bar::Limit,
            Some(place) => Bar::Condition(place as u32),
            None if !unlimited => Bar::Limit,
            None => Bar::Nothing,
        }
    }

    pub(super) fn credit(&mut self, node: u32, share: &'p ShareOp, taken: Exact, notional: Exact) {
        let layout = self.plan.layout;
        for pool in &share.pools {
            self.add(layout.pool_notional + pool, notional);
        }
        if taken == 0 {
            return;
        }
        self.delta[(layout.paid + node) as usize] += taken;
        if let Some(party) = self.payees[node as usize] {
            self.add(layout.party + party, taken);
        }
        for pool in &share.pools {
            self.add(layout.pool_paid + pool, taken);
        }
        if let Some((account, PaysFor::Whole)) = share.pays {
            self.add(layout.account + account, taken);
        }
        for account in &share.hurdles {
            self.add(layout.account + account, taken);
        }
    }
}

/// Halves weights until they add up to a number of 62 bits, and tells that.
pub(super) fn made_small(weights: &mut [(u32, Exact)]) -> Exact {
    let mut whole: Exact = weights.iter().map(|(_, weight)| weight).sum();
    while whole >> 62 > 0 {
        whole = 0;
        for (_, weight) in &mut *weights {
            *weight = (*weight >> 1).max(1);
            whole += *weight;
        }
    }
    whole
}
