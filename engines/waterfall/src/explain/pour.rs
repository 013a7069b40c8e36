//! An amount on its way down under the decisions of one slice

use std::collections::HashSet;

use recoup_deal::recoupment::Ratio;
use recoup_explain::{NodeId, Operation};
use rust_decimal::Decimal;

use super::{
    balance::{difference, sum, value},
    by_number::ByNumber,
    scribe::Scribe,
};
use crate::{
    flow::{Decision, Slice},
    plan::{Op, PaysFor, ShareOp, SplitOp, Weight},
    run::ReceiptRow,
};

/// What was decided in one slice, by share.
pub(super) type Decided = ByNumber<Decision>;

/// What a flow did under the decisions of one slice.
#[derive(Default)]
pub(super) struct Pour {
    pub takes: Vec<(u32, NodeId)>,
    pub deltas: Vec<(u32, NodeId)>,
    /// What arrived at every tier and member on the way.
    pub arrivals: Vec<(u32, NodeId)>,
    /// What passed shares outside their contract.
    pub outside: Vec<(u32, NodeId)>,
    pub contributions: Vec<NodeId>,
    pub rest: Option<NodeId>,
    pub pools_seen: HashSet<u32>,
    /// Why shares ahead took none of what flows on.
    pub passed: Vec<NodeId>,
}

impl Scribe<'_> {
    pub(super) fn pour(&mut self, row: &ReceiptRow, slice: &Slice, amount: NodeId) -> Pour {
        let mut pour = Pour::default();
        if let Some(entry) = row.entry {
            for (set, members) in self.plan.source_sets.iter().enumerate() {
                if members.contains(&entry) {
                    self.add(&mut pour, self.plan.layout.received + set as u32, amount);
                }
            }
        }
        let mut decided = Decided::default();
        // Where orders join, the same is decided of a share twice.
        slice.decided.iter().for_each(|decision| decided.insert(decision.node, *decision));
        self.walk(row.node, amount, &decided, &mut pour);
        pour
    }

    /// Lets an amount walk from a tier to the end of its order.
    fn walk(&mut self, start: u32, amount: NodeId, decided: &Decided, pour: &mut Pour) {
        let (mut flow, mut at) = (Some(amount), Some(start));
        while let (Some(node), Some(arriving)) = (at, flow) {
            let arriving = self.decided(node, arriving, decided, pour);
            flow = Some(arriving);
            if let Some(taken) = self.visit(node, arriving, decided, pour) {
                let all = value(self.book, Some(taken)) == value(self.book, flow);
                flow = if all { None } else { difference(self.book, flow, Some(taken)) };
                let left = value(self.book, flow);
                if left < -self.trifle {
                    pour.contributions.extend(difference(self.book, None, flow));
                }
                flow = flow.filter(|_| left > self.trifle);
            }
            at = self.plan.nodes[node as usize].then;
        }
        if let Some(flow) = flow {
            let rest = self.passed_on(flow, pour);
            pour.rest = sum(self.book, pour.rest, Some(rest));
        }
    }

    /// What arrives at a tier that takes of it, with what decided that it comes so far.
    fn decided(&mut self, node: u32, arriving: NodeId, decided: &Decided, pour: &mut Pour) -> NodeId {
        match !pour.passed.is_empty() && self.takes(node, decided) {
            true => self.passed_on(arriving, pour),
            false => arriving,
        }
    }

    fn passed_on(&mut self, amount: NodeId, pour: &mut Pour) -> NodeId {
        if pour.passed.is_empty() {
            return amount;
        }
        let mut inputs = vec![amount];
        let mut seen = HashSet::from([amount]);
        inputs.extend(pour.passed.drain(..).filter(|ground| seen.insert(*ground)));
        self.book.compute(Operation::Decided, &inputs)
    }

    fn takes(&self, node: u32, decided: &Decided) -> bool {
        match &self.plan.nodes[node as usize].op {
            Op::Share(_) | Op::Enters { .. } => decided.get(&node).is_some_and(|decision| decision.takes),
            Op::Together { members, .. } | Op::Steps { members, .. } => {
                members.iter().any(|member| self.takes(*member, decided))
            }
        }
    }

    pub(super) fn add(&self, pour: &mut Pour, counter: u32, amount: NodeId) {
        if self.watched[counter as usize] {
            pour.deltas.push((counter, amount));
        }
    }

    pub(super) fn base(&mut self, node: u32, base: Ratio, arriving: NodeId) -> NodeId {
        let rate = match self.bases.get(&node) {
            Some(rate) => *rate,
            None => {
                let path = format!("{}.takes.base_rate", self.plan.nodes[node as usize].path);
                let rate = self.ratio(path, base);
                self.bases.insert(node, rate);
                rate
            }
        };
        self.book.compute(Operation::Product, &[arriving, rate])
    }

    pub(super) fn visit(
        &mut self,
        node: u32,
        arriving: NodeId,
        decided: &Decided,
        pour: &mut Pour,
    ) -> Option<NodeId> {
        let plan = self.plan;
        match &plan.nodes[node as usize].op {
            Op::Share(share) => {
                let decision = self.open(node, share, arriving, decided, pour)?;
                let rate = self.rate(node);
                if value(self.book, Some(rate)).is_zero() {
                    pour.passed.push(rate);
                    return None;
                }
                let full = match share.gross {
                    Some(_) => arriving,
                    None => self.book.compute(Operation::Product, &[arriving, rate]),
                };
                let full = if decision.takes { self.under_conditions(share, full) } else { full };
                let notional = decision.notional.then_some(full);
                self.credit(node, share, decision.takes.then_some(full), notional, pour)
            }
            Op::Enters { share, into } => {
                let decision = self.open(node, share, arriving, decided, pour)?;
                let rate = self.rate(node);
                if value(self.book, Some(rate)).is_zero() {
                    pour.passed.push(rate);
                    return None;
                }
                let full = self.book.compute(Operation::Product, &[arriving, rate]);
                let full = if decision.takes { self.under_conditions(share, full) } else { full };
                let notional = decision.notional.then_some(full);
                let taken = self.credit(node, share, decision.takes.then_some(full), notional, pour)?;
                self.walk(*into, taken, decided, pour);
                Some(taken)
            }
            Op::Together { members, base, split, .. } => {
                let base = self.base(node, *base, arriving);
                pour.arrivals.push((node, base));
                self.add(pour, plan.layout.reached + node, base);
                let taken = match split {
                    SplitOp::Fixed => self.beside(members, base, decided, pour),
                    SplitOp::Outstanding | SplitOp::Invested => {
                        self.by_weight(members, base, *split, decided, pour)
                    }
                };
                if let Some(taken) = taken {
                    self.add(pour, plan.layout.paid + node, taken);
                }
                taken
            }
            Op::Steps { members, base } => {
                let base = self.base(node, *base, arriving);
                pour.arrivals.push((node, base));
                self.add(pour, plan.layout.reached + node, base);
                let taken = members.iter().find_map(|member| {
                    let base = self.decided(*member, base, decided, pour);
                    self.visit(*member, base, decided, pour)
                })?;
                self.add(pour, plan.layout.paid + node, taken);
                Some(taken)
            }
        }
    }

    pub(super) fn beside(
        &mut self,
        members: &[u32],
        base: NodeId,
        decided: &Decided,
        pour: &mut Pour,
    ) -> Option<NodeId> {
        let on_gross = |member: &&u32| self.plan.share(**member).is_some_and(|share| share.gross.is_some());
        let gross: Vec<u32> = members.iter().filter(on_gross).copied().collect();
        let mut taken: Vec<NodeId> = Vec::new();
        for member in members.iter().filter(|member| !gross.contains(member)) {
            taken.extend(self.visit(*member, base, decided, pour));
        }
        let fixed = if taken.is_empty() { None } else { Some(self.book.plus(&taken)) };
        let left = difference(self.book, Some(base), fixed);
        let by_gross =
            left.and_then(|left| self.by_weight(&gross, left, SplitOp::Outstanding, decided, pour));
        sum(self.book, fixed, by_gross)
    }

    pub(super) fn by_weight(
        &mut self,
        members: &[u32],
        base: NodeId,
        split: SplitOp,
        decided: &Decided,
        pour: &mut Pour,
    ) -> Option<NodeId> {
        let mut weights = Vec::new();
        for member in members {
            let Some(share) = self.plan.share(*member) else { continue };
            let takes = self.open(*member, share, base, decided, pour).is_some_and(|decision| decision.takes);
            let weight = if takes { self.weight(share, split) } else { None };
            if let Some(weight) = weight.filter(|weight| value(self.book, Some(*weight)) > Decimal::ZERO) {
                weights.push((*member, share, weight));
            }
        }
        let parts: Vec<NodeId> = weights.iter().map(|(_, _, weight)| *weight).collect();
        if parts.is_empty() {
            return None;
        }
        let base = self.passed_on(base, pour);
        let whole = self.book.plus(&parts);
        for (member, share, weight) in weights {
            let part = if parts.len() == 1 {
                base
            } else {
                let share = self.book.compute(Operation::Quotient, &[weight, whole]);
                self.book.compute(Operation::Product, &[base, share])
            };
            self.credit(member, share, Some(part), Some(part), pour);
        }
        Some(base)
    }

    pub(super) fn weight(&mut self, share: &ShareOp, split: SplitOp) -> Option<NodeId> {
        let limit = share.gross.map(|gross| gross.threshold).or(share.limit);
        match (split, share.weight) {
            (SplitOp::Invested, Weight::Instrument(instrument)) => self.invested[instrument as usize],
            (SplitOp::Invested, _) => limit.and_then(|limit| self.target(limit, None)),
            (SplitOp::Fixed | SplitOp::Outstanding, _) => {
                let limit = limit?;
                let counter = self.plan.thresholds[limit as usize].counter;
                let target = self.target(limit, None);
                difference(self.book, target, self.counters.get(&counter).copied())
            }
        }
    }

    pub(super) fn open(
        &mut self,
        node: u32,
        share: &ShareOp,
        arriving: NodeId,
        decided: &Decided,
        pour: &mut Pour,
    ) -> Option<Decision> {
        let Some(decision) = decided.get(&node).copied() else {
            self.outside_contract(share, pour);
            pour.outside.push((node, arriving));
            return None;
        };
        if !decision.takes {
            self.closed(share, pour);
        }
        pour.arrivals.push((node, arriving));
        self.add(pour, self.plan.layout.reached + node, arriving);
        for pool in &share.pools {
            if pour.pools_seen.insert(*pool) {
                self.add(pour, self.plan.layout.pool_passed + pool, arriving);
            }
        }
        Some(decision)
    }

    pub(super) fn credit(
        &mut self,
        node: u32,
        share: &ShareOp,
        taken: Option<NodeId>,
        notional: Option<NodeId>,
        pour: &mut Pour,
    ) -> Option<NodeId> {
        let layout = self.plan.layout;
        for pool in &share.pools {
            if let Some(notional) = notional {
                self.add(pour, layout.pool_notional + pool, notional);
            }
        }
        let taken = taken?;
        pour.takes.push((node, taken));
        self.add(pour, layout.paid + node, taken);
        if let Some(party) = self.standing.payees[node as usize] {
            self.add(pour, layout.party + party, taken);
        }
        for pool in &share.pools {
            self.add(pour, layout.pool_paid + pool, taken);
        }
        if let Some((account, PaysFor::Whole)) = share.pays {
            self.add(pour, layout.account + account, taken);
        }
        for account in &share.hurdles {
            self.add(pour, layout.account + account, taken);
        }
        Some(taken)
    }
}
