//! What happens to a plan, day by day, as cells: money put in, expenses, receipts and what reserves let go.

use std::collections::{BTreeMap, HashMap, HashSet};

use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::{Condition, Membership, Relation};
use recoup_explain::Quantity;
use recoup_money::Money;
use recoup_waterfall::{DeclaredExpense, Receipt};

use super::interest::Balance;
use super::ledger::{Draft, LedgerColumn, LedgerUnit, Values};
use super::order::{Bound, Counter, Goal, Order, Unsaid};
use super::words::{call, choose, clean, least, less, nought, number, over, plus, sum, times, trifle};
use crate::excel::Formula;
use crate::sections::Desk;
use crate::table::{ColumnKind, Figure};

/// Money on its way into the plan.
pub(super) struct Inflow<'a> {
    pub date: Date,
    pub entry: Option<usize>,
    pub node: usize,
    pub amount: Formula,
    pub receipt: Option<&'a Receipt>,
}

/// What is waiting in a reserve.
struct Waiting {
    date: Date,
    node: usize,
    to: usize,
    amount: Formula,
}

/// What happened in one statement period.
#[derive(Default)]
pub(super) struct Told {
    pub reaches: HashMap<usize, Vec<Formula>>,
    pub takes: HashMap<usize, Vec<Formula>>,
    pub paid: HashMap<usize, Vec<Formula>>,
    /// What may be taken of whole receipts.
    pub entitled: HashMap<usize, Vec<Formula>>,
    pub received: BTreeMap<String, Vec<Formula>>,
    pub released: Vec<Formula>,
    pub rest: Vec<Formula>,
    /// Limit and outstanding of each claim at the end.
    pub limits: HashMap<usize, (Formula, Formula)>,
    /// Balances at the end: principal and interest still owed, and interest so far.
    pub balances: Vec<(Formula, Formula)>,
}

enum Happening<'a> {
    Draw(usize),
    Expense(DeclaredExpense, Figure),
    Receive(usize, &'a Receipt),
}

/// The run of a plan as cells.
pub(super) struct Run<'a, 'd> {
    pub desk: &'a Desk<'d>,
    pub order: &'a Order<'a>,
    pub values: Values,
    /// The sheet of single receipts.
    pub sheet: Draft,
    /// The sheet of statement periods, which holds the terms.
    pub periods: Draft,
    pub terms: HashMap<String, Formula>,
    pub so_far: HashMap<usize, Formula>,
    pub reached: HashMap<usize, Formula>,
    pub passed: HashMap<String, Formula>,
    pub received: HashMap<Vec<usize>, Formula>,
    /// The same before the receipt in hand: what its caps are counted on.
    pub received_before: HashMap<Vec<usize>, Formula>,
    pub invested: HashMap<String, Formula>,
    pub expenses: Vec<(Formula, Formula)>,
    pub balances: Vec<Balance>,
    pub gross_left: HashMap<usize, Formula>,
    pub due: HashMap<usize, Formula>,
    pub paid_so_far: HashMap<usize, Formula>,
    waiting: Vec<Waiting>,
    pub told: Vec<Told>,
    schedule: Vec<Period>,
    at: usize,
    pub tracked: HashSet<usize>,
    pub watched_sets: Vec<Vec<usize>>,
}

impl<'a, 'd> Run<'a, 'd> {
    pub(super) fn new(desk: &'a Desk<'d>, order: &'a Order<'a>, periods: Draft, schedule: &[Period]) -> Self {
        let told = schedule.iter().map(|_| Told::default()).collect();
        Run {
            desk,
            order,
            values: Values::default(),
            sheet: Draft::new("r"),
            periods,
            terms: HashMap::new(),
            so_far: HashMap::new(),
            reached: HashMap::new(),
            passed: HashMap::new(),
            received: HashMap::new(),
            received_before: HashMap::new(),
            invested: HashMap::new(),
            expenses: vec![(nought(), nought()); order.plan.expense_types.len()],
            balances: order.accounts.iter().map(|_| Balance::default()).collect(),
            gross_left: HashMap::new(),
            due: HashMap::new(),
            paid_so_far: HashMap::new(),
            waiting: Vec::new(),
            told,
            schedule: schedule.to_vec(),
            at: 0,
            tracked: HashSet::new(),
            watched_sets: Vec::new(),
        }
    }

    /// The statement period in hand.
    pub(super) fn now(&mut self) -> &mut Told {
        let at = self.at.min(self.told.len().saturating_sub(1));
        &mut self.told[at]
    }

    pub(super) fn column(&mut self, day: Date, about: String) -> usize {
        let opens = self.sheet.columns.last().is_none_or(|last| {
            let period = |day: Date| self.schedule.iter().position(|period| day <= period.end);
            period(last.day) != period(day)
        });
        self.sheet.columns.push(LedgerColumn { day, about, opens });
        self.sheet.columns.len()
    }

    /// Plays everything that happens.
    pub(super) fn play(&mut self) -> Result<(), Unsaid> {
        let happenings = self.timeline()?;
        for (date, happening) in happenings {
            self.release_until(date)?;
            self.close_before(date)?;
            match happening {
                Happening::Draw(place) => self.draw(place)?,
                Happening::Expense(expense, figure) => self.declare(&expense, figure),
                Happening::Receive(place, receipt) => self.receive(place, receipt)?,
            }
        }
        if let Some(end) = self.schedule.last().map(|period| period.end) {
            self.release_until(end)?;
            while self.at < self.schedule.len() {
                self.close()?;
            }
        }
        Ok(())
    }

    fn timeline(&self) -> Result<Vec<(Date, Happening<'a>)>, Unsaid> {
        let feed = self.desk.results.feed.ok_or("unsaid.condition")?;
        let inputs = feed.inputs;
        if inputs.receipts.iter().any(|receipt| receipt.amount.is_negative()) {
            return Err("unsaid.refund");
        }
        if !inputs.amendments.is_empty() {
            return Err("unsaid.amendments");
        }
        let mut all: Vec<(Date, Happening<'a>)> = Vec::new();
        all.extend(inputs.drawings.iter().enumerate().map(|(place, one)| (one.date, Happening::Draw(place))));
        for (place, expense) in inputs.expenses.iter().enumerate() {
            let node = feed.nodes.expenses.get(place);
            let figure = node.and_then(|node| self.source_of(*node, ColumnKind::Money));
            let path = format!("recoupment.expense_types[{}].declared", expense.kind);
            let figure = figure.unwrap_or_else(|| plain(expense.amount, &path));
            all.push((expense.date, Happening::Expense(expense.clone(), figure)));
        }
        for kind in &self.order.plan.expense_types {
            for own in &kind.declared {
                let path = format!("recoupment.expense_types[{}].declared[{}].amount", kind.id, own.id);
                let (date, amount, counts_to_cap) = (own.date, own.amount, own.counts_to_cap);
                let declared = DeclaredExpense { date, kind: kind.id.clone(), amount, counts_to_cap };
                all.push((date, Happening::Expense(declared, typed(amount, &path))));
            }
        }
        let receipts = inputs.receipts.iter().enumerate();
        all.extend(receipts.map(|(place, one)| (one.date, Happening::Receive(place, one))));
        all.sort_by_key(|(date, _)| *date);
        Ok(all)
    }

    /// The figure behind a node of the feed: what is placed on a day is at home without it.
    fn source_of(&self, node: recoup_explain::NodeId, kind: ColumnKind) -> Option<Figure> {
        let book = self.desk.results.book;
        let mut at = node;
        for _ in 0..6 {
            if let Some(figure) = Figure::of(book, at, kind) {
                return Some(figure);
            }
            at = *book.inputs(at).first()?;
        }
        None
    }

    fn draw(&mut self, place: usize) -> Result<(), Unsaid> {
        let Some(feed) = self.desk.results.feed else { return Ok(()) };
        let Some(drawing) = feed.inputs.drawings.get(place) else { return Ok(()) };
        let instrument = drawing.instrument.clone();
        let row = format!("put in {instrument}");
        if !self.sheet.has(&row) {
            return Ok(());
        }
        let name = self.instrument(&instrument);
        let column = self.column(drawing.date, name);
        let found = feed.nodes.drawings.get(place).and_then(|node| self.source_of(*node, ColumnKind::Money));
        // What stands at the address has to be what is put in on that day.
        let same = |figure: &Figure| figure.value == Quantity::Money(drawing.amount);
        let (at, value) = ((row.as_str(), column), (LedgerUnit::Amount, drawing.amount.to_decimal()));
        let amount = match found.filter(same) {
            Some(figure) => self.sheet.given(&mut self.values, at, value, figure),
            None => self.sheet.written(&mut self.values, at, value, None),
        };
        for account in 0..self.order.accounts.len() {
            if self.order.accounts[account].instrument == instrument {
                self.accrue(account, drawing.date, column)?;
                self.balances[account].draw(&amount);
                self.tell_balance(account, column);
            }
        }
        let before = self.invested.get(&instrument).cloned().unwrap_or_else(nought);
        let now = plus(before, amount);
        let row = format!("invested {instrument}");
        let now = self.sheet.compute(&mut self.values, (&row, column), now, LedgerUnit::Amount);
        self.invested.insert(instrument, now);
        Ok(())
    }

    fn declare(&mut self, expense: &DeclaredExpense, figure: Figure) {
        let Some(kind) = self.order.plan.expense_types.iter().position(|kind| kind.id == expense.kind) else {
            return;
        };
        let column = self.column(expense.date, expense.kind.replace('-', " "));
        let row = format!("declared {kind}");
        let value = (LedgerUnit::Amount, expense.amount.to_decimal());
        let amount = self.sheet.given(&mut self.values, (&row, column), value, figure);
        let Some((capped, uncapped)) = self.expenses.get_mut(kind) else { return };
        let slot = if expense.counts_to_cap { capped } else { uncapped };
        let row = format!("{} {kind}", if expense.counts_to_cap { "capped" } else { "uncapped" });
        let total = plus(slot.clone(), amount);
        *slot = self.sheet.compute(&mut self.values, (&row, column), total, LedgerUnit::Amount);
    }

    fn receive(&mut self, place: usize, receipt: &'a Receipt) -> Result<(), Unsaid> {
        let sources = &self.order.plan.sources;
        let named = sources
            .iter()
            .position(|source| source.id == receipt.source || source.receives.contains(&receipt.source));
        let entry = named.or_else(|| sources.iter().position(|source| source.receives_others));
        let entry = entry.ok_or("unsaid.condition")?;
        let enters = sources.get(entry).map(|source| source.enters.clone()).unwrap_or_default();
        let node = self.order.nodes.iter().position(|node| node.id == enters).ok_or("unsaid.condition")?;
        let about = self.source(&receipt.source);
        let column = self.column(receipt.date, about.clone());
        let feed = self.desk.results.feed.ok_or("unsaid.condition")?;
        let known = feed.nodes.receipts.get(place).and_then(|node| self.source_of(*node, ColumnKind::Money));
        let figure = known
            .filter(|figure| figure.value == Quantity::Money(receipt.amount))
            .unwrap_or_else(|| typed(receipt.amount, &receipt.id));
        // What the account receives is typed here: what it follows from stays outside of the workbook.
        let figure = Figure { typed: true, ..figure };
        let value = (LedgerUnit::Amount, receipt.amount.to_decimal());
        let amount = self.sheet.given(&mut self.values, ("receipt", column), value, figure);
        self.now().received.entry(about).or_default().push(amount.clone());
        let inflow = Inflow { date: receipt.date, entry: Some(entry), node, amount, receipt: Some(receipt) };
        self.distribute(&inflow, column)
    }

    fn release_until(&mut self, date: Date) -> Result<(), Unsaid> {
        loop {
            let mut first: Option<usize> = None;
            for (index, one) in self.waiting.iter().enumerate() {
                if one.date <= date && first.is_none_or(|best| one.date < self.waiting[best].date) {
                    first = Some(index);
                }
            }
            let Some(index) = first else { return Ok(()) };
            let one = self.waiting.remove(index);
            self.close_before(one.date)?;
            let label = self.order.nodes[one.node].label.clone();
            let column = self.column(one.date, label);
            let amount =
                self.sheet.compute(&mut self.values, ("released", column), one.amount, LedgerUnit::Amount);
            self.now().released.push(amount.clone());
            let inflow = Inflow { date: one.date, entry: None, node: one.to, amount, receipt: None };
            self.distribute(&inflow, column)?;
        }
    }

    pub(super) fn hold(&mut self, node: usize, date: Date, amount: Formula) -> Result<(), Unsaid> {
        let Some((months, to)) = self.order.claim(node).and_then(|claim| claim.release) else {
            return Ok(());
        };
        let date = date.add_months(months).map_err(|_| "unsaid.reserve")?;
        self.waiting.push(Waiting { date, node, to, amount });
        Ok(())
    }

    fn close_before(&mut self, date: Date) -> Result<(), Unsaid> {
        while let Some(end) = self.schedule.get(self.at).map(|period| period.end) {
            if date <= end {
                return Ok(());
            }
            if self.waiting.iter().any(|one| one.date <= end) {
                self.release_until(end)?;
                continue;
            }
            self.close()?;
        }
        Ok(())
    }

    /// Where every claim stands when a period closes.
    fn close(&mut self) -> Result<(), Unsaid> {
        let Some(end) = self.schedule.get(self.at).map(|period| period.end) else { return Ok(()) };
        let kept = self.balances.clone();
        for account in 0..self.balances.len() {
            self.accrue_in_place(account, end)?;
        }
        let claims: Vec<usize> = self.order.claims().map(|(index, ..)| index).collect();
        let mut limits = HashMap::new();
        for index in claims {
            let Some(bound) = self.order.claim(index).and_then(|claim| claim.limit.clone()) else { continue };
            let target = self.goal(&bound.goal, None);
            let limit = target.clone().rounded(self.places());
            let owed = if self.alone(index, &bound) {
                let paid = self.paid_so_far.get(&index).cloned().unwrap_or_else(nought);
                less(limit.clone(), paid)
            } else {
                less(target, self.have(&bound.counter)).rounded(self.places())
            };
            limits.insert(index, (limit, call("MAX", vec![owed, nought()])));
        }
        let balances = self.balances.iter().map(|one| (one.owed(), one.interest.clone())).collect();
        self.balances = kept;
        let told = self.now();
        told.limits = limits;
        told.balances = balances;
        self.at += 1;
        Ok(())
    }

    /// Whether nothing but a claim's own payments counts against its limit.
    fn alone(&self, index: usize, bound: &Bound) -> bool {
        match &bound.counter {
            Counter::Paid(own) => *own == index,
            Counter::Account(account) => {
                self.order.accounts.get(*account).is_some_and(|row| row.payers.len() == 1)
            }
            _ => false,
        }
    }

    pub(super) fn places(&self) -> u32 {
        self.desk.deal().currency.exponent()
    }

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

fn typed(amount: Money, path: &str) -> Figure {
    Figure { value: Quantity::Money(amount), address: path.to_owned(), kind: ColumnKind::Money, typed: true }
}

fn plain(amount: Money, path: &str) -> Figure {
    Figure { typed: true, ..typed(amount, path) }
}
