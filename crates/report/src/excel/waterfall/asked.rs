//! What is asked of a run while money flows: where a counter or a goal stands, which facts hold, how much room a claim has.

use recoup_calendar::Date;
use recoup_deal::recoupment::{Condition, Membership, Relation};
use recoup_explain::Quantity;

use super::interest::Balance;
use super::ledger::LedgerUnit;
use super::order::{Counter, Goal, Order};
use super::run::{Inflow, Run};
use super::words::{call, choose, clean, least, less, nought, number, over, plus, sum, times, trifle};
use crate::excel::Formula;
use crate::table::{ColumnKind, Figure};

impl Run<'_, '_> {
    /// What a counter stands at.
    pub(super) fn have(&self, counter: &Counter) -> Formula {
        let own = |node: &usize| self.so_far.get(node).cloned();
        match counter {
            Counter::Paid(node) if self.order.claim(*node).is_none() => {
                sum(inner(self.order, *node).iter().filter_map(own).collect())
            }
            Counter::Paid(node) => own(node).unwrap_or_else(nought),
            Counter::Reached(node) => self.reached.get(node).cloned().unwrap_or_else(nought),
            Counter::Passed(pool) => self.passed.get(pool).cloned().unwrap_or_else(nought),
            Counter::Received(set) => self.received.get(set).cloned().unwrap_or_else(nought),
            Counter::Account(_) | Counter::Pool(_) | Counter::Party(_) => {
                sum(self.moved_by(counter).iter().filter_map(own).collect())
            }
        }
    }

    /// The claims whose payments move a counter.
    pub(super) fn moved_by(&self, counter: &Counter) -> Vec<usize> {
        let claims = |holds: &dyn Fn(usize) -> bool| {
            self.order.claims().map(|(index, ..)| index).filter(|index| holds(*index)).collect::<Vec<_>>()
        };
        match counter {
            Counter::Paid(node) if self.order.claim(*node).is_none() => inner(self.order, *node),
            Counter::Paid(node) => vec![*node],
            Counter::Account(account) => {
                let payers = self.order.accounts.get(*account).map_or(&[][..], |row| &row.payers);
                payers.iter().map(|(node, _)| *node).collect()
            }
            Counter::Pool(pool) => {
                claims(&|index| self.order.claim(index).is_some_and(|claim| claim.pools.contains(pool)))
            }
            Counter::Party(party) => claims(&|index| {
                self.order.claim(index).is_some_and(|claim| claim.payee.as_deref() == Some(party))
            }),
            Counter::Reached(_) | Counter::Passed(_) | Counter::Received(_) => Vec::new(),
        }
    }

    /// What a goal stands at, given the receipt in hand.
    pub(super) fn goal(&mut self, goal: &Goal, inflow: Option<&Inflow<'_>>) -> Formula {
        match goal {
            Goal::Amount(path, amount) => self.term_of(path, Quantity::Money(*amount)),
            Goal::Invested(instrument, factor) => {
                let whole = self.invested.get(instrument).cloned().unwrap_or_else(nought);
                times(whole, self.factor(factor))
            }
            Goal::Owed(account, factor) => {
                let owed = self.balances.get(*account).map_or_else(nought, Balance::whole);
                times(owed, self.factor(factor))
            }
            Goal::Interest(account) => {
                self.balances.get(*account).map_or_else(nought, |balance| balance.interest.clone())
            }
            Goal::Expenses(kind, factor) => {
                let allowed = self.allowed(*kind, inflow);
                times(allowed, self.factor(factor))
            }
            Goal::FilmCost(place, factor) => {
                let Some(cost) = self.order.plan.film_costs.get(*place) else { return nought() };
                let at = format!("recoupment.film_costs[{}]", cost.id);
                let whole = self.term_of(&format!("{at}.cost"), Quantity::Money(cost.cost));
                let covered =
                    self.term_of(&format!("{at}.already_covered"), Quantity::Money(cost.already_covered));
                less(times(whole, self.factor(factor)), covered)
            }
        }
    }

    fn factor(&mut self, factor: &super::order::Factor) -> Formula {
        if factor.ratio == recoup_deal::recoupment::Ratio::ONE {
            return number(1);
        }
        self.term_of(&factor.path, Quantity::Number(super::decimal(factor.ratio)))
    }

    fn allowed(&mut self, kind: usize, inflow: Option<&Inflow<'_>>) -> Formula {
        let Some(row) = self.order.plan.expense_types.get(kind) else { return nought() };
        let (capped, uncapped) = self.expenses.get(kind).cloned().unwrap_or_else(|| (nought(), nought()));
        let at = format!("recoupment.expense_types[{}]", row.id);
        let mut caps = vec![capped];
        if let Some(cap) = row.cap {
            caps.push(self.term_of(&format!("{at}.cap"), Quantity::Money(cap)));
        }
        if let Some(cap) = &row.cap_of_receipts {
            let set = self.set(&cap.sources);
            let mut received = self.have(&Counter::Received(set.clone()));
            if let Some(inflow) = inflow {
                received = self.received_before.get(&set).cloned().unwrap_or_else(nought);
                if inflow.entry.is_some_and(|entry| set.contains(&entry)) {
                    received = plus(received, inflow.amount.clone());
                }
            }
            let rate = Quantity::Number(super::decimal(cap.rate));
            let rate = self.term_of(&format!("{at}.cap_of_receipts.rate"), rate);
            caps.push(times(received, rate));
        }
        plus(least(caps), uncapped)
    }

    pub(super) fn set(&self, sources: &[String]) -> Vec<usize> {
        let all = &self.order.plan.sources;
        if sources.is_empty() {
            return (0..all.len()).collect();
        }
        let mut set: Vec<usize> =
            sources.iter().filter_map(|id| all.iter().position(|source| source.id == *id)).collect();
        set.sort_unstable();
        set
    }

    /// The cell of a term of the plan.
    pub(super) fn term_of(&mut self, path: &str, value: Quantity) -> Formula {
        if let Some(known) = self.terms.get(path) {
            return known.clone();
        }
        let row = format!("term {path}");
        let (unit, kind, worth) = match &value {
            Quantity::Money(amount) => (LedgerUnit::Amount, ColumnKind::Money, amount.to_decimal()),
            Quantity::Number(number) => (LedgerUnit::Share, ColumnKind::Rate, *number),
            _ => return nought(),
        };
        let figure = Figure { value, address: path.to_owned(), kind, typed: true };
        let cell = self.periods.given(&mut self.values, (&row, 0), (unit, worth), figure);
        self.terms.insert(path.to_owned(), cell.clone());
        cell
    }

    pub(super) fn instrument(&self, id: &str) -> String {
        let known = self.desk.deal().instruments.iter().find(|instrument| instrument.id == id);
        known.map_or_else(|| id.replace('-', " "), |instrument| instrument.name.clone())
    }

    /// What pays in by its name: a source of the revenue plan, a claim on a program, an instrument, a party.
    pub(super) fn source(&self, id: &str) -> String {
        let deal = self.desk.deal();
        let named = deal.revenue.sources.iter().find(|source| source.id == id);
        if let Some(source) = named.filter(|source| !source.label.is_empty()) {
            return source.label.clone();
        }
        let claims = &self.desk.results.incentives.claims;
        let program = claims.iter().find(|claim| claim.claim == id).and_then(|claim| claim.policy.as_ref());
        if let Some(policy) = program {
            return policy.short_name.clone();
        }
        if let Some(instrument) = deal.instruments.iter().find(|instrument| instrument.id == id) {
            return instrument.name.clone();
        }
        let party = deal.parties.iter().find(|party| party.id == id);
        party.map_or_else(|| id.replace('-', " "), |party| party.name.clone())
    }

    /// Whether something that stands still while a receipt flows is so.
    pub(super) fn fact(&self, condition: &Condition, inflow: &Inflow<'_>) -> bool {
        let entry = inflow.entry.and_then(|entry| self.order.plan.sources.get(entry));
        let own = |given: Option<&Vec<String>>, usual: Option<&Vec<String>>| {
            given.filter(|given| !given.is_empty()).or(usual).cloned().unwrap_or_default()
        };
        let any = |is: Membership, values: &[String], list: &[String]| {
            values.iter().any(|value| list.contains(value)) == (is == Membership::In)
        };
        match condition {
            Condition::ReceiptTerritory { is, list } => {
                let given = inflow.receipt.map(|receipt| &receipt.territories);
                any(*is, &own(given, entry.map(|entry| &entry.territories)), list)
            }
            Condition::ReceiptMedia { is, list } => {
                let given = inflow.receipt.map(|receipt| &receipt.media);
                any(*is, &own(given, entry.map(|entry| &entry.media)), list)
            }
            Condition::ReceiptSource { is, list } => {
                entry.is_some_and(|entry| list.contains(&entry.id)) == (*is == Membership::In)
            }
            Condition::ReceiptDate { from, to } => {
                from.is_none_or(|from| from <= inflow.date) && to.is_none_or(|to| inflow.date <= to)
            }
            Condition::ContractValue { is, target } => {
                let id = inflow.receipt.and_then(|receipt| receipt.contract.as_deref());
                let row = id.and_then(|id| self.order.plan.contracts.iter().find(|row| row.id == id));
                row.and_then(|row| row.value)
                    .is_some_and(|value| (value.minor() >= target.minor()) == (*is == Relation::AtLeast))
            }
            _ => false,
        }
    }

    /// Whether a claim's contract runs on a day.
    pub(super) fn contract_runs(&self, node: usize, date: Date) -> bool {
        let contract = self.order.claim(node).and_then(|claim| claim.contract);
        contract
            .and_then(|place| self.order.plan.contracts.get(place))
            .is_none_or(|row| row.from.is_none_or(|from| from <= date) && row.to.is_none_or(|to| date <= to))
    }

    /// What a claim may still take under its limit and of the whole receipt; none without an end.
    pub(super) fn room(&self, node: usize, limit: Option<&Formula>) -> Option<Formula> {
        let claim = self.order.claim(node)?;
        let mut rooms = Vec::new();
        if let (Some(bound), Some(limit)) = (&claim.limit, limit) {
            rooms.push(call("MAX", vec![less(limit.clone(), self.have(&bound.counter)), nought()]));
        }
        if claim.gross.is_some() {
            rooms.push(self.gross_left.get(&node).cloned().unwrap_or_else(nought));
        }
        if rooms.is_empty() { None } else { Some(least(rooms)) }
    }

    /// A part of something in proportion, and nothing of nothing.
    pub(super) fn part(&self, whole: Formula, own: Formula, all: Formula) -> Formula {
        let part = clean(over(times(whole, own), all.clone()));
        choose(Formula::infix(">", all, trifle()), part, nought())
    }
}

/// The claims inside a group.
pub(super) fn inner(order: &Order<'_>, node: usize) -> Vec<usize> {
    if order.claim(node).is_some() {
        return vec![node];
    }
    order.members(node).iter().flat_map(|member| inner(order, *member)).collect()
}
