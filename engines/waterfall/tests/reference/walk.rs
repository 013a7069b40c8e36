//! What one unit of money does on its way down, under the rules as they stand
//!
//! Nothing is let down and taken back here: every tier's part of a unit is worked out, so that it is known at which
//! amount the first total comes to its goal. So much flows by these parts; then they are worked out again.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::{One, Zero};

use super::{
    fraction::{Fraction, not_below_nothing, nothing},
    rules::{Condition, Counter, Goal, Kind, Share, Split},
    standing::{Coming, Standing},
};

/// Parts of a unit.
#[derive(Default)]
pub(crate) struct Parts {
    pub moved: BTreeMap<Counter, Fraction>,
    pub taken: BTreeMap<String, Fraction>,
    pub shortfall: BTreeMap<String, Fraction>,
    pub contributed: Fraction,
    /// What reaches the end.
    pub rest: Fraction,
    /// Shares that money came to, in order.
    pub visited: Vec<String>,
    pools: BTreeSet<String>,
}

/// A group promises more than there is, and nobody answers for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OverAllocated {
    pub tier: String,
}

impl Parts {
    fn add(&mut self, counter: Counter, part: &Fraction) {
        *self.moved.entry(counter).or_insert_with(nothing) += part;
    }
}

impl Standing {
    pub(crate) fn unit(&self, coming: &Coming) -> Result<Parts, OverAllocated> {
        let mut parts = Parts { contributed: nothing(), rest: nothing(), ..Parts::default() };
        if let Some(entry) = &coming.entry {
            for counter in self.received_by(entry) {
                parts.add(counter, &Fraction::one());
            }
        }
        self.walk(&coming.node, Fraction::one(), coming, &mut parts)?;
        Ok(parts)
    }

    /// A part of a unit walks from a tier to the end of its order.
    fn walk(
        &self,
        start: &str,
        mut flow: Fraction,
        coming: &Coming,
        parts: &mut Parts,
    ) -> Result<(), OverAllocated> {
        let mut at = Some(start.to_owned());
        while let Some(id) = at.filter(|_| !flow.is_zero()) {
            let taken = self.visit(&id, &flow, coming, parts)?;
            if taken > flow {
                parts.contributed += &taken - &flow;
            }
            flow = not_below_nothing(flow - taken);
            at = self.rules.nodes[&id].then.clone();
        }
        parts.rest += flow;
        Ok(())
    }

    fn visit(
        &self,
        id: &str,
        arriving: &Fraction,
        coming: &Coming,
        parts: &mut Parts,
    ) -> Result<Fraction, OverAllocated> {
        let node = &self.rules.nodes[id];
        match &node.kind {
            Kind::Share(share) => {
                let Some((takes, notional)) = self.arrive(id, share, arriving, coming, parts) else {
                    return Ok(nothing());
                };
                let full =
                    if share.of_gross.is_some() { arriving.clone() } else { arriving * &self.rates[id] };
                let taken = if takes { full.clone() } else { nothing() };
                self.credit(id, share, &taken, &if notional { full } else { nothing() }, parts);
                Ok(taken)
            }
            Kind::Enters { share, into } => {
                let Some((takes, notional)) = self.arrive(id, share, arriving, coming, parts) else {
                    return Ok(nothing());
                };
                let full = arriving * &self.rates[id];
                let taken = if takes { full.clone() } else { nothing() };
                self.credit(id, share, &taken, &if notional { full } else { nothing() }, parts);
                self.walk(into, taken.clone(), coming, parts)?;
                Ok(taken)
            }
            Kind::Together { members, base, split, bearer } => {
                let base = arriving * base;
                parts.add(Counter::Reached(id.to_owned()), &base);
                let taken = match split {
                    Split::Fixed => self.beside(members, &base, coming, parts)?,
                    _ => self.by_weight(members, &base, *split, coming, parts),
                };
                parts.add(Counter::Paid(id.to_owned()), &taken);
                if taken > base {
                    let Some(party) = bearer else { return Err(OverAllocated { tier: id.to_owned() }) };
                    *parts.shortfall.entry(party.clone()).or_insert_with(nothing) += &taken - &base;
                }
                Ok(taken)
            }
            Kind::Steps { members, base } => {
                let base = arriving * base;
                parts.add(Counter::Reached(id.to_owned()), &base);
                for member in members {
                    let taken = self.visit(member, &base, coming, parts)?;
                    if taken > nothing() {
                        parts.add(Counter::Paid(id.to_owned()), &taken);
                        return Ok(taken);
                    }
                }
                Ok(nothing())
            }
        }
    }

    fn beside(
        &self,
        members: &[String],
        base: &Fraction,
        coming: &Coming,
        parts: &mut Parts,
    ) -> Result<Fraction, OverAllocated> {
        let on_gross = |id: &String| self.rules.share(id).is_some_and(|share| share.of_gross.is_some());
        let mut taken = nothing();
        for member in members.iter().filter(|member| !on_gross(member)) {
            taken += self.visit(member, base, coming, parts)?;
        }
        let gross: Vec<String> = members.iter().filter(|member| on_gross(member)).cloned().collect();
        if !gross.is_empty() {
            let left = not_below_nothing(base - &taken);
            taken += self.by_weight(&gross, &left, Split::Outstanding, coming, parts);
        }
        Ok(taken)
    }

    /// What the members that are entitled get of the base, each in proportion to its weight; all of it, if any is.
    fn by_weight(
        &self,
        members: &[String],
        base: &Fraction,
        split: Split,
        coming: &Coming,
        parts: &mut Parts,
    ) -> Fraction {
        let mut weights = Vec::new();
        for id in members {
            let Some(share) = self.rules.share(id) else { continue };
            let takes = self.arrive(id, share, base, coming, parts).is_some_and(|(takes, _)| takes);
            let weight = if takes { self.weight(id, share, split) } else { nothing() };
            if weight > nothing() {
                weights.push((id, share, weight));
            }
        }
        let all: Fraction = weights.iter().map(|(_, _, weight)| weight).sum();
        for (id, share, weight) in &weights {
            let part = base * weight / &all;
            self.credit(id, share, &part, &part, parts);
        }
        if weights.is_empty() { nothing() } else { base.clone() }
    }

    fn weight(&self, id: &str, share: &Share, split: Split) -> Fraction {
        let owed = |counter: &Counter, goal: &Goal| not_below_nothing(self.goal(goal) - self.have(counter));
        match (split, &share.weighs, &share.limit) {
            (Split::Invested, Some(instrument), _) => self.invested(instrument),
            (Split::Invested, None, Some(limit)) => self.goal(&limit.goal),
            (Split::Invested, None, None) => nothing(),
            _ if share.of_gross.is_some() => {
                owed(&Counter::Paid(id.to_owned()), &Goal::OfReceipt(id.to_owned()))
            }
            (_, _, Some(limit)) => owed(&limit.counter, &limit.goal),
            (_, _, None) => nothing(),
        }
    }

    /// Money comes to a share. Whether it takes, and whether it would if conditions on what pools would have had were
    /// met; none outside its contract, where it is as if it were not there.
    fn arrive(
        &self,
        id: &str,
        share: &Share,
        arriving: &Fraction,
        coming: &Coming,
        parts: &mut Parts,
    ) -> Option<(bool, bool)> {
        if !self.in_contract(share, coming.date) {
            return None;
        }
        // Where orders join, money may come twice.
        if !parts.visited.iter().any(|known| known == id) {
            parts.visited.push(id.to_owned());
        }
        parts.add(Counter::Reached(id.to_owned()), arriving);
        for pool in &share.pools {
            if parts.pools.insert(pool.clone()) {
                parts.add(Counter::PassedPool(pool.clone()), arriving);
            }
        }
        let below_limit = share.limit.as_ref().is_none_or(|limit| !self.reached(&limit.counter, &limit.goal));
        let entitled = share.of_gross.is_none()
            || !self.reached(&Counter::Paid(id.to_owned()), &Goal::OfReceipt(id.to_owned()));
        let holds = |notional: bool| {
            below_limit
                && entitled
                && share.conditions.iter().all(|condition| self.holds(id, condition, coming, notional))
        };
        Some((holds(false), holds(true)))
    }

    fn credit(&self, id: &str, share: &Share, taken: &Fraction, notional: &Fraction, parts: &mut Parts) {
        for pool in &share.pools {
            parts.add(Counter::NotionalInPool(pool.clone()), notional);
            parts.add(Counter::InPool(pool.clone()), taken);
        }
        parts.add(Counter::Paid(id.to_owned()), taken);
        if let Some(party) = self.holder(id) {
            parts.add(Counter::Party(party), taken);
        }
        for (balance, reduces) in &share.reduces {
            if *reduces == super::rules::Reduces::Whole {
                parts.add(Counter::OnBalance(*balance), taken);
            }
        }
        *parts.taken.entry(id.to_owned()).or_insert_with(nothing) += taken;
    }

    /// Every total that what these shares do depends on, with the goal it is held against.
    pub(crate) fn goals_of(&self, visited: &[String]) -> Vec<(Counter, Goal)> {
        fn inside(condition: &Condition, out: &mut Vec<(Counter, Goal)>) {
            match condition {
                Condition::All(of) | Condition::Any(of) => of.iter().for_each(|inner| inside(inner, out)),
                Condition::Bound { bound, .. } => out.push((bound.counter.clone(), bound.goal.clone())),
                _ => {}
            }
        }
        let mut out = Vec::new();
        for id in visited {
            let Some(share) = self.rules.share(id) else { continue };
            out.extend(share.limit.iter().map(|limit| (limit.counter.clone(), limit.goal.clone())));
            if share.of_gross.is_some() {
                out.push((Counter::Paid(id.clone()), Goal::OfReceipt(id.clone())));
            }
            share.conditions.iter().for_each(|condition| inside(condition, &mut out));
        }
        out
    }
}
