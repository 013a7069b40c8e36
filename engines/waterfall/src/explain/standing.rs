//! Amendments, events and counts, told in the book
//!
//! From its day on the amended cell stands where the agreed one stood, together with the day that put it there;
//! what was told before keeps the agreed one.

use recoup_calendar::Date;
use recoup_explain::{NodeId, Operation, Quantity};
use recoup_money::Money;
use rust_decimal::Decimal;

use super::{by_number::ByNumber, scribe::Scribe};
use crate::{
    error::WaterfallError,
    exact::decimal,
    inputs::{Amendment, Change, FilmEvent, Receipt, UnitsCounted},
    plan::{Goal, Plan},
    run::ReceiptRow,
};

/// A payment: when, of which share, how much, and who held the share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posted {
    pub date: Date,
    pub sink: u32,
    pub paid: NodeId,
    pub payee: Option<u32>,
}

/// What amendments and events made of the plan so far.
pub(super) struct Standing {
    pub goals: Vec<Goal>,
    pub payees: Vec<Option<u32>>,
    /// Days on which a share changed hands, by tier.
    pub bought: Vec<Vec<(Date, NodeId)>>,
    /// Who held the share at each of its payments, by tier.
    pub holders: Vec<Vec<Option<u32>>>,
    pub contract_ends: ByNumber<NodeId>,
    pub contract_values: ByNumber<NodeId>,
    /// The value of the contract of the receipt in hand.
    pub receipt_value: Option<NodeId>,
    pub caps: ByNumber<NodeId>,
    /// Refunds that wait at each entry, as amounts below zero.
    pub refunds: ByNumber<NodeId>,
    /// The receipt in hand, and what of it walks on.
    pub brought: Option<(usize, NodeId)>,
    pub events: ByNumber<NodeId>,
    pub units: ByNumber<NodeId>,
    /// Amounts for a unit, by threshold.
    pub unit_amounts: ByNumber<NodeId>,
}

impl Standing {
    pub(super) fn of(plan: &Plan) -> Self {
        let nodes = plan.nodes.len() as u32;
        Standing {
            goals: plan.thresholds.iter().map(|threshold| threshold.goal).collect(),
            payees: (0..nodes).map(|node| plan.share(node).and_then(|share| share.payee)).collect(),
            bought: vec![Vec::new(); plan.nodes.len()],
            holders: vec![Vec::new(); plan.nodes.len() + 1],
            contract_ends: ByNumber::default(),
            contract_values: ByNumber::default(),
            receipt_value: None,
            caps: ByNumber::default(),
            refunds: ByNumber::default(),
            brought: None,
            events: ByNumber::default(),
            units: ByNumber::default(),
            unit_amounts: ByNumber::default(),
        }
    }
}

impl Scribe<'_> {
    /// A value that stands from a day on: a cell of the plan, or an assumption of who ran it.
    fn standing_from(
        &mut self,
        at: Option<(String, &str)>,
        date: Date,
        value: Quantity,
        said: &str,
    ) -> NodeId {
        let Some((path, word)) = at else {
            return self.book.assumption(format!("{said}[{date}]"), value, "an amendment of the agreement");
        };
        let cell = format!("{path}.{word}");
        let cell = match value {
            Quantity::Money(amount) => self.cells.money(self.book, cell, Some(amount)),
            Quantity::Date(day) => self.cells.date(self.book, cell, Some(day)),
            Quantity::Number(number) => self.cells.number(self.book, cell, Some(number)),
            other => self.book.assumption(cell, other, "an amendment of the agreement"),
        };
        let day = self.day_of(&path, date);
        self.book.compute(Operation::Placed, &[cell, day])
    }

    /// The day of an amendment, event or count, as a typed cell.
    fn day_of(&mut self, path: &str, date: Date) -> NodeId {
        let owner = path.trim_end_matches(".change");
        self.cells.date(self.book, format!("{owner}.date"), Some(date))
    }

    /// What a receipt brings: the refunds that wait at its entry are made good first.
    pub(super) fn bring(&mut self, place: usize, receipt: &Receipt) -> Result<(), WaterfallError> {
        let amount = match self.nodes.receipts.get(place) {
            Some(node) => *node,
            None => {
                let path = format!("recoupment.receipts[{}].amount", receipt.id);
                self.book.assumption(path, receipt.amount, "the receipts the plan was run with")
            }
        };
        let entry = self.plan.entry_of(receipt)?;
        let waiting = self.standing.refunds.get(&entry).copied();
        let net = waiting.map_or(amount, |waiting| self.book.plus(&[amount, waiting]));
        if waiting.is_none() && !receipt.amount.is_negative() {
            self.standing.brought = Some((place, amount));
            return Ok(());
        }
        let nothing = self.cells.nothing(self.book);
        let brought = self.book.greatest(net, nothing);
        let open = self.book.compute(Operation::Least, &[net, nothing]);
        self.standing.brought = Some((place, brought));
        match self.book.value(open).as_money().filter(Money::is_negative) {
            Some(_) => self.standing.refunds.insert(entry, open),
            None => self.standing.refunds.remove(&entry),
        }
        Ok(())
    }

    pub(super) fn happen(&mut self, place: usize, event: &FilmEvent) {
        let Some(row) = self.plan.events.iter().position(|name| name.as_ref() == event.event) else { return };
        let own = place.checked_sub(self.given.events).and_then(|place| self.document.events.get(place));
        let at = own.map(|own| (format!("recoupment.events[{}]", own.id), "value"));
        let said = format!("recoupment.events.{}", event.event);
        let node = self.standing_from(at, event.date, Quantity::Number(decimal(event.value)), &said);
        self.standing.events.insert(row as u32, node);
    }

    pub(super) fn count(&mut self, place: usize, counted: &UnitsCounted) {
        let Some(row) = self.plan.unit_series.iter().position(|id| id.as_ref() == counted.series) else {
            return;
        };
        let own = place.checked_sub(self.given.counts).and_then(|place| {
            let series = self.document.unit_series.iter();
            series.flat_map(|series| series.counts.iter().map(move |count| (series, count))).nth(place)
        });
        let at = own.map(|(series, count)| {
            (format!("recoupment.unit_series[{}].counts[{}]", series.id, count.id), "count")
        });
        let said = format!("recoupment.unit_series.{}", counted.series);
        let more = self.standing_from(at, counted.date, Quantity::Number(counted.count.into()), &said);
        let so_far = self.standing.units.get(&(row as u32)).copied();
        let now = so_far.map_or(more, |so_far| self.book.plus(&[so_far, more]));
        self.standing.units.insert(row as u32, now);
    }

    pub(super) fn amend(&mut self, place: usize, amendment: &Amendment) -> Result<(), WaterfallError> {
        let date = amendment.date;
        let own = place.checked_sub(self.given.amendments);
        let own = own.and_then(|place| self.document.amendments.get(place));
        let path = own.map(|own| format!("recoupment.amendments[{}].change", own.id));
        match &amendment.change {
            Change::Rate { tier, rate } => {
                let Some(node) = self.node_of(tier) else { return Ok(()) };
                let said = format!("{}.takes.rate", self.plan.nodes[node as usize].path);
                let at = path.map(|path| (path, "rate"));
                let amended = self.standing_from(at, date, Quantity::Number(decimal(*rate)), &said);
                self.rates.insert(node, amended);
            }
            Change::Contract { contract, to, value } => {
                let row = self.plan.contracts.iter().position(|row| row.id.as_ref() == contract);
                let Some(row) = row.map(|row| row as u32) else { return Ok(()) };
                let said = format!("recoupment.contracts[{contract}]");
                if let Some(to) = to {
                    let at = path.clone().map(|path| (path, "to"));
                    let end = self.standing_from(at, date, Quantity::Date(*to), &said);
                    self.standing.contract_ends.insert(row, end);
                }
                if let Some(value) = value {
                    let at = path.map(|path| (path, "value"));
                    let price = self.standing_from(at, date, Quantity::Money(*value), &said);
                    self.standing.contract_values.insert(row, price);
                }
            }
            Change::Limit { tier, .. } => {
                let Some(node) = self.node_of(tier) else { return Ok(()) };
                self.amend_limit(node, date, path, &amendment.change)?;
            }
            Change::Payee { tier, payee } => {
                let Some(node) = self.node_of(tier) else { return Ok(()) };
                let party = self.plan.parties.iter().position(|name| name.as_ref() == payee);
                self.standing.payees[node as usize] = party.map(|party| party as u32);
                if let Some(path) = path {
                    let day = self.day_of(&path, date);
                    self.standing.bought[node as usize].push((date, day));
                }
            }
            Change::ExpenseCap { expense_type, cap } => {
                let row = self.plan.expense_row(expense_type)? as u32;
                let said = format!("recoupment.expense_types[{expense_type}].cap");
                let at = path.map(|path| (path, "cap"));
                let cap = self.standing_from(at, date, Quantity::Money(*cap), &said);
                let cap = self.book.compute(Operation::ToNumber, &[cap]);
                self.standing.caps.insert(row, cap);
            }
        }
        Ok(())
    }

    fn node_of(&self, tier: &str) -> Option<u32> {
        let found = self.plan.nodes.iter().position(|node| node.id.as_ref() == tier);
        found.map(|node| node as u32)
    }

    fn amend_limit(
        &mut self,
        node: u32,
        date: Date,
        path: Option<String>,
        change: &Change,
    ) -> Result<(), WaterfallError> {
        let Change::Limit { amount, factor, rate, .. } = change else { return Ok(()) };
        let said = format!("{}.takes.limit", self.plan.nodes[node as usize].path);
        let told = |scribe: &mut Self, word, value: Quantity| {
            scribe.standing_from(path.clone().map(|path| (path, word)), date, value, &said)
        };
        let amount = amount.map(|amount| told(self, "amount", Quantity::Money(amount)));
        let amount = amount.map(|amount| self.book.compute(Operation::ToNumber, &[amount]));
        let factor = factor.map(|factor| told(self, "factor", Quantity::Number(decimal(factor))));
        let rate = rate.map(|rate| told(self, "rate", Quantity::Number(decimal(rate))));
        let mut grows = None;
        for index in 0..self.plan.thresholds.len() as u32 {
            if self.plan.thresholds[index as usize].limit_of != Some(node) {
                continue;
            }
            match (self.standing.goals[index as usize], amount) {
                (Goal::Fixed(_), Some(amount)) => self.targets.insert(index, ([None; 2], amount)),
                (Goal::Units { .. }, Some(amount)) => self.standing.unit_amounts.insert(index, amount),
                (Goal::Invested { .. }, _) => self.new_factor(index, factor.or(rate)),
                (Goal::Expenses { .. }, _) => self.new_factor(index, factor),
                (Goal::Owed { account, .. }, _) => {
                    self.new_factor(index, factor);
                    grows = Some(account as usize);
                }
                (Goal::Interest { account }, _) => grows = Some(account as usize),
                (Goal::Fixed(_) | Goal::Units { .. } | Goal::PerReceipt, _) => {}
            }
        }
        if let (Some(account), Some(rate)) = (grows, rate) {
            self.balances[account].accrue(self.book, date)?;
            self.balances[account].rate = Some(rate);
        }
        Ok(())
    }

    fn new_factor(&mut self, index: u32, factor: Option<NodeId>) {
        let Some(factor) = factor else { return };
        self.factors.insert(index, factor);
        self.targets.remove(&index);
    }

    /// The value of the contract that a receipt is paid under.
    pub(super) fn value_of_contract(&mut self, row: &ReceiptRow) {
        let receipt = row.given.and_then(|place| self.inputs.receipts.get(place));
        let entry = row.entry.and_then(|entry| self.plan.entries[entry as usize].contract.as_deref());
        let contract = receipt.and_then(|receipt| receipt.contract.as_deref()).or(entry);
        let found = contract
            .and_then(|id| self.plan.contracts.iter().position(|known| known.id.as_ref() == id))
            .map(|found| found as u32);
        self.standing.receipt_value = found.and_then(|found| {
            if let Some(amended) = self.standing.contract_values.get(&found) {
                return Some(*amended);
            }
            let contract = &self.plan.contracts[found as usize];
            let value = Money::new(contract.value?, self.currency);
            let path = format!("recoupment.contracts[{}].value", contract.id);
            Some(self.cells.money(self.book, path, Some(value)))
        });
    }

    /// So much for each unit counted, beyond a number of them.
    pub(super) fn priced(&mut self, index: u32, path: &str, goal: Goal) -> Option<NodeId> {
        let Goal::Units { series, amount, beyond } = goal else { return None };
        let mut units = self.standing.units.get(&series).copied()?;
        if beyond != 0 {
            let free = path.trim_end_matches("amount");
            let free = self.cells.number(self.book, format!("{free}beyond"), Some(beyond.into()));
            units = self.book.compute(Operation::Difference, &[units, free]);
        }
        let nothing = self.book.assumption("currency", Decimal::ZERO, "no right is less than nothing");
        units = self.book.greatest(units, nothing);
        let amount = match self.standing.unit_amounts.get(&index) {
            Some(amended) => *amended,
            None => {
                let amount = Money::new(amount, self.currency);
                self.amount(path.to_owned(), amount)
            }
        };
        Some(self.book.compute(Operation::Product, &[amount, units]))
    }
}
