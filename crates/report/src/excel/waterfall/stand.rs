//! What stands while a receipt flows: limits, conditions, what may still be taken, weights.

use std::collections::HashMap;

use super::ledger::LedgerUnit;
use super::order::{Kind, Test, Weight};
use super::run::{Inflow, Run};
use super::words::{call, choose, clean, nought, number, plus, times, trifle};
use crate::excel::Formula;
use recoup_deal::recoupment::{Ratio, Split};

/// What stands while a stretch flows.
#[derive(Default)]
pub(super) struct Stand {
    /// Limits of claims, as of the receipt.
    pub limits: HashMap<usize, Formula>,
    /// What a claim may still take; absent without an end.
    pub room: HashMap<usize, Formula>,
    /// Whether conditions hold; absent where there are none that can switch.
    pub open: HashMap<usize, Formula>,
    /// Claims that stand closed for this receipt.
    pub shut: Vec<usize>,
    /// Weights in groups divided by amount.
    pub weights: HashMap<usize, Formula>,
}

impl Run<'_, '_> {
    /// What stands for the whole receipt: limits, what may be taken of the receipt itself, facts.
    pub(super) fn stand_of(&mut self, claim: usize, inflow: &Inflow<'_>, column: usize, stand: &mut Stand) {
        let Some(terms) = self.order.claim(claim) else { return };
        let (limit, gross, tests) = (terms.limit.clone(), terms.gross, terms.tests.clone());
        if !self.contract_runs(claim, inflow.date) || self.never(&tests, inflow) {
            stand.shut.push(claim);
        }
        if let Some(bound) = &limit {
            let target = self.goal(&bound.goal, Some(inflow));
            let moves = !matches!(target, Formula::Cell(_) | Formula::Number(_));
            let target = if moves {
                let row = format!("limit {claim}");
                self.sheet.compute(&mut self.values, (&row, column), clean(target), LedgerUnit::Amount)
            } else {
                target
            };
            stand.limits.insert(claim, target);
        }
        if gross.is_some() && inflow.entry.is_some() {
            let mut earned = nought();
            if !stand.shut.contains(&claim) {
                earned = times(inflow.amount.clone(), self.rate(claim));
                if let Some(test) = self.tests(&tests, inflow) {
                    earned = choose(test, earned, nought());
                }
            }
            // What is carried waits here; what lapsed is gone.
            let carried = self.gross_left.get(&claim).cloned().unwrap_or_else(nought);
            let row = format!("entitled {claim}");
            let formula = clean(plus(earned, carried));
            let entitled = self.sheet.compute(&mut self.values, (&row, column), formula, LedgerUnit::Amount);
            self.now().entitled.entry(claim).or_default().push(entitled.clone());
            self.gross_left.insert(claim, entitled);
        }
    }

    /// What stands as a stretch begins: conditions, what may still be taken, weights.
    pub(super) fn standing(
        &mut self,
        claims: &[usize],
        inflow: &Inflow<'_>,
        column: usize,
        stand: &mut Stand,
    ) {
        stand.room.clear();
        stand.open.clear();
        stand.weights.clear();
        for claim in claims {
            let Some(terms) = self.order.claim(*claim) else { continue };
            let (tests, weight) = (terms.tests.clone(), terms.weight.clone());
            let limit = stand.limits.get(claim).cloned();
            if let Some(room) = self.room(*claim, limit.as_ref()) {
                stand.room.insert(*claim, room);
            }
            if !stand.shut.contains(claim)
                && let Some(test) = self.tests(&tests, inflow)
            {
                let row = format!("open {claim}");
                let flag = choose(test, number(1), nought());
                let flag = self.sheet.compute(&mut self.values, (&row, column), flag, LedgerUnit::Count);
                stand.open.insert(*claim, flag);
            }
            if let Some(split) = self.split_of(*claim).filter(|split| *split != Split::Fixed) {
                let room = stand.room.get(claim).cloned();
                let own = match (split, weight) {
                    (Split::Outstanding, _) => room.clone().unwrap_or_else(nought),
                    (_, Weight::Instrument(instrument)) => {
                        self.invested.get(&instrument).cloned().unwrap_or_else(nought)
                    }
                    (_, Weight::Limit) => limit.unwrap_or_else(nought),
                    (_, Weight::None) => nought(),
                };
                let mut own = own;
                if stand.shut.contains(claim) {
                    own = nought();
                }
                if let Some(flag) = stand.open.get(claim) {
                    own = times(flag.clone(), own);
                }
                if let (Split::Invested, Some(room)) = (split, room) {
                    own = choose(Formula::infix(">", room, trifle()), own, nought());
                }
                let row = format!("weight {claim}");
                let cell =
                    self.sheet.compute(&mut self.values, (&row, column), clean(own), LedgerUnit::Amount);
                stand.weights.insert(*claim, cell);
            }
        }
    }

    /// How the group divides in which a claim stands.
    pub(super) fn split_of(&self, claim: usize) -> Option<Split> {
        self.order.nodes.iter().find_map(|node| match &node.kind {
            Kind::Together { members, split, .. } if members.contains(&claim) => Some(*split),
            _ => None,
        })
    }

    pub(super) fn rate(&mut self, claim: usize) -> Formula {
        let Some(terms) = self.order.claim(claim) else { return number(1) };
        let (rate, path) = (terms.rate, format!("{}.takes.rate", self.order.nodes[claim].path));
        self.term_of(&path, recoup_explain::Quantity::Number(super::decimal(rate)))
    }

    pub(super) fn base(&mut self, group: usize, base: Ratio) -> Formula {
        if base == Ratio::ONE {
            return number(1);
        }
        let path = format!("{}.takes.base_rate", self.order.nodes[group].path);
        self.term_of(&path, recoup_explain::Quantity::Number(super::decimal(base)))
    }

    pub(super) fn never(&self, tests: &[Test], inflow: &Inflow<'_>) -> bool {
        tests.iter().any(|test| self.known(test, inflow) == Some(false))
    }

    /// What is certain of a test while a receipt flows.
    pub(super) fn known(&self, test: &Test, inflow: &Inflow<'_>) -> Option<bool> {
        match test {
            Test::Fact(condition) => Some(self.fact(condition, inflow)),
            Test::Bound(..) => None,
            Test::All(of) => {
                let each: Vec<Option<bool>> = of.iter().map(|inner| self.known(inner, inflow)).collect();
                if each.contains(&Some(false)) {
                    return Some(false);
                }
                each.iter().all(|one| *one == Some(true)).then_some(true)
            }
            Test::Any(of) if of.is_empty() => Some(true),
            Test::Any(of) => {
                let each: Vec<Option<bool>> = of.iter().map(|inner| self.known(inner, inflow)).collect();
                if each.contains(&Some(true)) {
                    return Some(true);
                }
                each.iter().all(|one| *one == Some(false)).then_some(false)
            }
        }
    }

    /// What can switch of a list of tests; none where nothing can.
    pub(super) fn tests(&mut self, tests: &[Test], inflow: &Inflow<'_>) -> Option<Formula> {
        let each: Vec<Formula> = tests.iter().filter_map(|test| self.test(test, inflow)).collect();
        match each.len() {
            0 => None,
            1 => each.into_iter().next(),
            _ => Some(call("AND", each)),
        }
    }

    pub(super) fn test(&mut self, test: &Test, inflow: &Inflow<'_>) -> Option<Formula> {
        if self.known(test, inflow).is_some() {
            return None;
        }
        match test {
            Test::Bound(bound, at_least) => {
                let have = self.have(&bound.counter);
                let target = self.goal(&bound.goal, Some(inflow));
                let sign = if *at_least { ">=" } else { "<" };
                Some(Formula::infix(sign, plus(have, trifle()), target))
            }
            Test::All(of) => self.tests(of, inflow),
            Test::Any(of) => {
                let each: Vec<Formula> = of.iter().filter_map(|inner| self.test(inner, inflow)).collect();
                Some(call("OR", each))
            }
            Test::Fact(_) => None,
        }
    }
}
