//! A receipt on its way down: what reaches each position, what it takes, what passes on.
//!
//! Under the terms as they stand a claim takes the least of its part of what arrives and what it lacks to its limit,
//! and that needs one column. Where a condition can switch inside a receipt, the receipt has a column for each stretch
//! between two switches; the first switch is where the money needed to get there is least.

use std::collections::HashMap;

use super::asked::inner;
use super::ledger::LedgerUnit;
use super::order::{Kind, Unsaid};
use super::run::{Inflow, Run};
use super::stand::Stand;
use super::words::{choose, clean, floored, least, less, nought, plus, sum, times, trifle};
use crate::excel::Formula;
use recoup_deal::recoupment::Split;

impl Run<'_, '_> {
    /// Lets a receipt flow down, in one column or in one for each stretch, and pays whole minor units.
    pub(super) fn distribute(&mut self, inflow: &Inflow<'_>, first: usize) -> Result<(), Unsaid> {
        // Nothing that is let go is no event, and days of 30/360 do not add up over one.
        let nothing = inflow.receipt.is_none() && self.values.of(&inflow.amount).is_zero();
        for account in 0..self.order.accounts.len() {
            if !(nothing && self.counts_in_months(account)) {
                self.accrue(account, inflow.date, first)?;
            }
        }
        self.received_before.clone_from(&self.received);
        let path = self.order.path_from(inflow.node);
        let claims: Vec<usize> = path.iter().flat_map(|node| inner(self.order, *node)).collect();
        let mut stand = Stand::default();
        for claim in &claims {
            self.stand_of(*claim, inflow, first, &mut stand);
        }
        let switches = self.switches(&path, &claims, inflow)?;
        let mut rest = inflow.amount.clone();
        let mut taken: HashMap<usize, Vec<Formula>> = HashMap::new();
        let mut passed = Vec::new();
        let mut column = first;
        for stretch in 0..=switches.len() {
            if stretch > 0 {
                let (day, about) = (inflow.date, format!("… {}", stretch + 1));
                column = self.column(day, about);
            }
            self.standing(&claims, inflow, column, &mut stand);
            let flow = if switches.is_empty() {
                rest.clone()
            } else {
                self.stretch(&path, &switches, stretch, (&rest, column), inflow, &stand)?
            };
            let before = self.so_far.clone();
            let end = self.pour(&path, flow.clone(), inflow, column, &stand, &mut taken)?;
            passed.push(end);
            self.count(inflow, &flow, column);
            let now: Vec<(usize, Formula)> = claims
                .iter()
                .filter(|claim| self.so_far.get(claim) != before.get(claim))
                .filter_map(|claim| Some((*claim, taken.get(claim)?.last()?.clone())))
                .collect();
            self.pay_balances(&now, column);
            rest = clean(less(rest, flow));
        }
        self.carry(&claims, inflow, column);
        self.settle(inflow, &taken, &passed, column)
    }

    /// Lets a stretch flow from the first position to the last; what nobody takes is left.
    pub(super) fn pour(
        &mut self,
        path: &[usize],
        flow: Formula,
        inflow: &Inflow<'_>,
        column: usize,
        stand: &Stand,
        taken: &mut HashMap<usize, Vec<Formula>>,
    ) -> Result<Formula, Unsaid> {
        let mut flow = flow;
        for node in path {
            let row = format!("reaches {node}");
            flow = self.sheet.compute(&mut self.values, (&row, column), flow, LedgerUnit::Amount);
            self.now().reaches.entry(*node).or_default().push(flow.clone());
            let takes = self.visit(*node, flow.clone(), inflow, column, stand, taken)?;
            flow = match takes {
                Some(takes) => clean(less(flow, takes)),
                None => flow,
            };
        }
        Ok(self.sheet.compute(&mut self.values, ("reaches end", column), flow, LedgerUnit::Amount))
    }

    pub(super) fn visit(
        &mut self,
        node: usize,
        arriving: Formula,
        inflow: &Inflow<'_>,
        column: usize,
        stand: &Stand,
        taken: &mut HashMap<usize, Vec<Formula>>,
    ) -> Result<Option<Formula>, Unsaid> {
        self.arrive(node, &arriving, inflow, column);
        match &self.order.nodes[node].kind {
            Kind::Share(_) => {
                let Some(takes) = self.takes(node, arriving, stand) else { return Ok(None) };
                Ok(Some(self.take(node, takes, column, taken)))
            }
            Kind::Together { members, base, split } => {
                let (members, base, split) = (members.clone(), *base, *split);
                let base = times(arriving, self.base(node, base));
                match split {
                    Split::Fixed => self.beside(&members, base, inflow, column, stand, taken),
                    Split::Outstanding => self.by_owed(&members, base, column, stand, taken),
                    Split::Invested => self.by_invested(&members, base, column, stand, taken),
                }
            }
            Kind::Steps { members, base } => {
                let (members, base) = (members.clone(), *base);
                let mut base = times(arriving, self.base(node, base));
                let mut each = Vec::new();
                for member in members {
                    if stand.shut.contains(&member) {
                        continue;
                    }
                    let Some(takes) = self.takes(member, base.clone(), stand) else { continue };
                    each.push(self.take(member, takes, column, taken));
                    base = self.after_step(member, base, stand);
                }
                Ok(if each.is_empty() { None } else { Some(sum(each)) })
            }
        }
    }

    /// What is left of a base once a step has had all it may take.
    pub(super) fn after_step(&mut self, member: usize, base: Formula, stand: &Stand) -> Formula {
        let gross = self.order.claim(member).is_some_and(|terms| terms.gross.is_some());
        let used = match (stand.room.get(&member).cloned(), gross) {
            (Some(room), true) => room,
            (Some(room), false) => {
                let rate = self.rate(member);
                self.over_rate(room, rate, &base)
            }
            (None, _) => base.clone(),
        };
        let left = clean(floored(less(base.clone(), used)));
        match stand.open.get(&member) {
            Some(flag) => choose(flag.clone(), left, base),
            None => left,
        }
    }

    /// The least of a claim's part of what arrives and what it lacks.
    pub(super) fn takes(&mut self, node: usize, arriving: Formula, stand: &Stand) -> Option<Formula> {
        if stand.shut.contains(&node) {
            return None;
        }
        let gross = self.order.claim(node).is_some_and(|terms| terms.gross.is_some());
        let full = if gross { arriving } else { times(self.rate(node), arriving) };
        let takes = match stand.room.get(&node) {
            Some(room) => least(vec![full, room.clone()]),
            None => full,
        };
        Some(match stand.open.get(&node) {
            Some(flag) => times(flag.clone(), takes),
            None => takes,
        })
    }

    pub(super) fn take(
        &mut self,
        node: usize,
        takes: Formula,
        column: usize,
        taken: &mut HashMap<usize, Vec<Formula>>,
    ) -> Formula {
        let row = format!("takes {node}");
        let cell = self.sheet.compute(&mut self.values, (&row, column), clean(takes), LedgerUnit::Amount);
        let before = self.so_far.get(&node).cloned().unwrap_or_else(nought);
        let row = format!("so far {node}");
        let now = clean(plus(before, cell.clone()));
        let now = self.sheet.compute(&mut self.values, (&row, column), now, LedgerUnit::Amount);
        self.so_far.insert(node, now);
        if let Some(left) = self.gross_left.get(&node).cloned() {
            self.gross_left.insert(node, clean(less(left, cell.clone())));
        }
        self.now().takes.entry(node).or_default().push(cell.clone());
        taken.entry(node).or_default().push(cell.clone());
        cell
    }

    /// Members with rates of their own all work on the base; shares of the whole receipt divide what those leave of
    /// it by what each is owed.
    pub(super) fn beside(
        &mut self,
        members: &[usize],
        base: Formula,
        inflow: &Inflow<'_>,
        column: usize,
        stand: &Stand,
        taken: &mut HashMap<usize, Vec<Formula>>,
    ) -> Result<Option<Formula>, Unsaid> {
        let mut each = Vec::new();
        let mut on_gross = Vec::new();
        for member in members {
            if self.order.claim(*member).is_some_and(|terms| terms.gross.is_some()) {
                on_gross.push(*member);
                continue;
            }
            if stand.shut.contains(member) {
                continue;
            }
            each.extend(self.visit(*member, base.clone(), inflow, column, stand, taken)?);
        }
        let on_gross: Vec<usize> = on_gross.into_iter().filter(|node| !stand.shut.contains(node)).collect();
        if !on_gross.is_empty() {
            let left = clean(floored(less(base, sum(each.clone()))));
            let owed: Vec<(usize, Formula)> = on_gross
                .iter()
                .map(|node| {
                    let room = stand.room.get(node).cloned().unwrap_or_else(nought);
                    (
                        *node,
                        match stand.open.get(node) {
                            Some(flag) => times(flag.clone(), room),
                            None => room,
                        },
                    )
                })
                .collect();
            let all = sum(owed.iter().map(|(_, room)| room.clone()).collect());
            for (node, room) in owed {
                let part = self.part(least(vec![left.clone(), all.clone()]), room, all.clone());
                each.push(self.take(node, part, column, taken));
            }
        }
        Ok(if each.is_empty() { None } else { Some(sum(each)) })
    }

    /// Pari passu by what is still owed: all are paid out together.
    pub(super) fn by_owed(
        &mut self,
        members: &[usize],
        base: Formula,
        column: usize,
        stand: &Stand,
        taken: &mut HashMap<usize, Vec<Formula>>,
    ) -> Result<Option<Formula>, Unsaid> {
        let weights: Vec<(usize, Formula)> =
            members.iter().filter_map(|node| Some((*node, stand.weights.get(node)?.clone()))).collect();
        let all = sum(weights.iter().map(|(_, weight)| weight.clone()).collect());
        let whole = least(vec![base, all.clone()]);
        let mut each = Vec::new();
        for (node, weight) in weights.iter().filter(|(node, _)| !stand.shut.contains(node)) {
            let part = self.part(whole.clone(), weight.clone(), all.clone());
            each.push(self.take(*node, part, column, taken));
        }
        Ok(if each.is_empty() { None } else { Some(sum(each)) })
    }

    /// Pari passu by what was put in, among those still entitled: one round for each that may be paid out on the way.
    pub(super) fn by_invested(
        &mut self,
        members: &[usize],
        base: Formula,
        column: usize,
        stand: &Stand,
        taken: &mut HashMap<usize, Vec<Formula>>,
    ) -> Result<Option<Formula>, Unsaid> {
        let members: Vec<usize> = members.iter().copied().filter(|node| !stand.shut.contains(node)).collect();
        let limited = members.iter().filter(|node| stand.room.contains_key(node)).count();
        let rounds = limited + usize::from(limited < members.len());
        let mut left = base;
        let mut parts: HashMap<usize, Vec<Formula>> = HashMap::new();
        for round in 0..rounds.max(1) {
            let mut weights = Vec::new();
            for node in &members {
                let weight = stand.weights.get(node).cloned().unwrap_or_else(nought);
                let had = sum(parts.get(node).cloned().unwrap_or_default());
                let weight = match stand.room.get(node) {
                    Some(room) if round > 0 => {
                        let open = Formula::infix(">", less(room.clone(), had), trifle());
                        choose(open, weight, nought())
                    }
                    _ => weight,
                };
                weights.push(weight);
            }
            let all = sum(weights.clone());
            if rounds > 1 {
                let row = format!("round {round} of {}", members.first().copied().unwrap_or(0));
                left = self.sheet.compute(&mut self.values, (&row, column), left, LedgerUnit::Amount);
            }
            let mut each = Vec::new();
            for (node, weight) in members.iter().zip(weights) {
                let had = sum(parts.get(node).cloned().unwrap_or_default());
                let part = self.part(left.clone(), weight, all.clone());
                let part = match stand.room.get(node) {
                    Some(room) => least(vec![part, floored(less(room.clone(), had))]),
                    None => part,
                };
                let row = format!("part {round} {node}");
                let cell = if rounds > 1 {
                    self.sheet.compute(&mut self.values, (&row, column), part, LedgerUnit::Amount)
                } else {
                    part
                };
                each.push(cell.clone());
                parts.entry(*node).or_default().push(cell);
            }
            left = clean(less(left, sum(each)));
        }
        let mut each = Vec::new();
        for node in members {
            let whole = sum(parts.remove(&node).unwrap_or_default());
            each.push(self.take(node, whole, column, taken));
        }
        Ok(if each.is_empty() { None } else { Some(sum(each)) })
    }

    /// Counters that conditions ask about.
    pub(super) fn arrive(&mut self, node: usize, arriving: &Formula, inflow: &Inflow<'_>, column: usize) {
        if self.tracked.contains(&node) && self.contract_runs(node, inflow.date) {
            let before = self.reached.get(&node).cloned().unwrap_or_else(nought);
            let row = format!("reached {node}");
            let now = clean(plus(before, arriving.clone()));
            let now = self.sheet.compute(&mut self.values, (&row, column), now, LedgerUnit::Amount);
            self.reached.insert(node, now);
        }
    }

    pub(super) fn count(&mut self, inflow: &Inflow<'_>, flow: &Formula, column: usize) {
        let Some(entry) = inflow.entry else { return };
        for (place, set) in self.watched_sets.clone().into_iter().enumerate() {
            if set.contains(&entry) {
                let before = self.received.get(&set).cloned().unwrap_or_else(nought);
                let row = format!("received {place}");
                let now = clean(plus(before, flow.clone()));
                let now = self.sheet.compute(&mut self.values, (&row, column), now, LedgerUnit::Amount);
                self.received.insert(set, now);
            }
        }
    }

    /// What a share of the whole receipt could not be paid is carried, if that is agreed.
    pub(super) fn carry(&mut self, claims: &[usize], inflow: &Inflow<'_>, column: usize) {
        if inflow.entry.is_none() {
            return;
        }
        for claim in claims {
            let Some(carries) = self.order.claim(*claim).and_then(|terms| terms.gross) else { continue };
            if !carries {
                self.gross_left.remove(claim);
                continue;
            }
            let left = self.gross_left.get(claim).cloned().unwrap_or_else(nought);
            let row = format!("unpaid {claim}");
            let cell =
                self.sheet.compute(&mut self.values, (&row, column), floored(left), LedgerUnit::Amount);
            self.gross_left.insert(*claim, cell);
        }
    }
}
