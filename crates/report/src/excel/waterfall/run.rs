//! What happens to a plan, day by day, as cells: money put in, expenses, receipts and what reserves let go.

use std::collections::{BTreeMap, HashMap, HashSet};

use recoup_calendar::{Date, Period};
use recoup_explain::Quantity;
use recoup_money::Money;
use recoup_waterfall::{DeclaredExpense, Receipt};

use super::interest::Balance;
use super::ledger::{Draft, LedgerColumn, LedgerUnit, Values};
use super::order::{Bound, Counter, Order, Unsaid};
use super::words::{call, less, nought, plus};
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
}

fn typed(amount: Money, path: &str) -> Figure {
    Figure { value: Quantity::Money(amount), address: path.to_owned(), kind: ColumnKind::Money, typed: true }
}

fn plain(amount: Money, path: &str) -> Figure {
    Figure { typed: true, ..typed(amount, path) }
}
