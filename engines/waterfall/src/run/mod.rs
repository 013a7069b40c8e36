//! The exact executor: everything that happens, in order, to the cent

mod close;
mod lapse;
mod post;
mod refund;

use std::sync::Arc;

use recoup_calendar::{Date, Period};
use recoup_money::{Currency, Money};

use crate::{
    error::WaterfallError,
    exact::{Exact, from_minor, nearest_minor},
    flow::{Inflow, Slice, State},
    inputs::{Change, Happening, Receipt, RunInputs, minor_of},
    plan::{Op, Plan},
    posting::PeriodTotals,
    rows::{Origin, PostingRows},
    settle::Dues,
};

pub use lapse::{Instead, Lapsed};
pub use refund::Refund;
use refund::Refunds;

type Result<T> = std::result::Result<T, WaterfallError>;

/// Money held back until a day.
#[derive(Debug, Clone)]
struct Release {
    date: Date,
    node: u32,
    to: u32,
    amount: i64,
}

/// What one receipt did, exactly, for those who look closer than postings.
#[derive(Debug, Clone)]
pub(crate) struct ReceiptRow {
    pub id: Arc<str>,
    pub amount: i64,
    pub date: Date,
    /// Its place among the receipts of the inputs; none for money released from a reserve.
    pub given: Option<usize>,
    pub entry: Option<u32>,
    pub node: u32,
    pub slices: Vec<Slice>,
    pub contributes: bool,
    pub entitled: Vec<u32>,
    pub paid: Vec<(u32, i64)>,
    pub taken: Vec<(u32, Exact)>,
    /// What arrived at each share.
    pub arrived: Vec<(u32, Exact)>,
}

pub(crate) struct Run<'p> {
    pub plan: &'p Plan,
    pub state: State<'p>,
    pub currency: Currency,
    schedule: Vec<Period>,
    pub postings: PostingRows,
    pub periods: Vec<PeriodTotals>,
    pub rows: Vec<ReceiptRow>,
    keep_rows: bool,
    /// Whether payments are told, and where claims stand when a period closes.
    tells: bool,
    /// Claims of which nothing has to be told but how much they are paid.
    bare: Vec<bool>,
    /// The sources of receipts so far, with their entries, and the one that is expected next.
    named: Vec<(String, u32)>,
    next: usize,
    dues: Dues,
    pub paid: Vec<i64>,
    assigned_paid: Vec<Vec<i64>>,
    /// Who held each share before, in order, and what they had of it.
    pub former: Vec<Vec<(u32, i64)>>,
    releases: Vec<Release>,
    pub held: i64,
    pub left_over: i64,
    pub left_over_exact: Exact,
    pub refunds: Refunds,
    pub lapsed: Vec<Lapsed>,
    contributed: i64,
    released: u32,
    opening: Totals,
    now: Totals,
    pub reached_on: Vec<Option<Date>>,
    /// Where every claim stood when each period closed.
    pub closed: Vec<Closing>,
}

/// Where every claim stands when a period closes.
#[derive(Debug, Clone)]
pub(crate) struct Closing {
    pub date: Date,
    pub paid: Vec<i64>,
    pub assigned: Vec<Vec<i64>>,
    /// Who holds each share, and who held it before with what they had of it.
    pub holders: Vec<Option<u32>>,
    pub former: Vec<Vec<(u32, i64)>>,
    pub limits: Vec<Option<i64>>,
    pub outstanding: Vec<i64>,
    /// Interest so far of every balance that bears it.
    pub interest: Vec<Exact>,
}

impl Closing {
    /// What a party has had of a share while it held it.
    pub(crate) fn had(&self, node: usize, party: u32) -> i64 {
        let former = &self.former[node];
        let own = former.iter().filter(|(holder, _)| *holder == party).map(|(_, had)| had).sum::<i64>();
        if self.holders[node] != Some(party) {
            return own;
        }
        own + self.paid[node] - former.iter().map(|(_, had)| had).sum::<i64>()
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    receipts: i128,
    contributions: i128,
    paid: i128,
    held: i128,
    left_over: i128,
    refunds: i128,
}

impl<'p> Run<'p> {
    pub(crate) fn new(plan: &'p Plan, inputs: &RunInputs, schedule: &[Period]) -> Self {
        let nodes = plan.nodes.len();
        let terms =
            |instrument: u32| inputs.interest.get(plan.instruments[instrument as usize].as_ref()).cloned();
        Run {
            plan,
            state: State::new(plan, terms),
            currency: inputs.currency,
            schedule: schedule.to_vec(),
            postings: PostingRows::of(&plan.outline, inputs.currency),
            periods: Vec::new(),
            rows: Vec::new(),
            keep_rows: false,
            tells: true,
            bare: (0..nodes as u32).map(|node| !plan.table.row(node).holds).collect(),
            named: Vec::new(),
            next: 0,
            dues: Dues::of(nodes + 1),
            paid: vec![0; nodes + 1],
            assigned_paid: plan
                .nodes
                .iter()
                .map(|node| match &node.op {
                    Op::Share(share) => vec![0; share.assigned.len()],
                    Op::Together { .. } | Op::Steps { .. } | Op::Enters { .. } => Vec::new(),
                })
                .collect(),
            former: vec![Vec::new(); nodes],
            releases: Vec::new(),
            held: 0,
            left_over: 0,
            left_over_exact: 0,
            refunds: Refunds::of(plan.entries.len()),
            lapsed: Vec::new(),
            contributed: 0,
            released: 0,
            opening: Totals::default(),
            now: Totals::default(),
            reached_on: vec![None; nodes],
            closed: Vec::new(),
        }
    }

    /// Tells nothing of payments and periods.
    pub(crate) fn keep_totals_only(&mut self) {
        self.tells = false;
        self.state.keep_silent();
    }

    /// Keeps what every receipt did exactly.
    pub(crate) fn keep_rows(&mut self) {
        self.keep_rows = true;
        self.state.trace = Some(Vec::new());
        self.state.balances.iter_mut().for_each(|balance| balance.trace = Some(Vec::new()));
    }

    fn keep_row(&mut self, inflow: &Inflow<'_>, given: Option<usize>, contributes: bool) {
        let taken = self.state.taken.iter().enumerate().filter(|(_, taken)| **taken != 0);
        let arrived = self.state.arrived.iter().enumerate().filter(|(_, arrived)| **arrived != 0);
        self.rows.push(ReceiptRow {
            id: inflow.id.into(),
            amount: inflow.amount,
            date: inflow.date,
            given,
            entry: inflow.entry,
            node: inflow.node,
            slices: self.state.trace.as_mut().map(std::mem::take).unwrap_or_default(),
            contributes,
            entitled: self.state.entitled.clone(),
            paid: self.dues.payments().collect(),
            taken: taken.map(|(node, taken)| (node as u32, *taken)).collect(),
            arrived: arrived.map(|(node, arrived)| (node as u32, *arrived)).collect(),
        });
    }

    pub(crate) fn play(&mut self, timeline: &[Happening<'_>]) -> Result<()> {
        can_be_added(timeline)?;
        if self.tells {
            self.postings.reserve(timeline.len());
        }
        for happening in timeline {
            self.release_until(happening.date())?;
            self.close_before(happening.date())?;
            match happening {
                Happening::Draw(_, drawing) => {
                    self.draw(drawing.date, &drawing.instrument, drawing.amount)?
                }
                Happening::Expense(_, expense) => {
                    let path = format!("expenses of {}", expense.date);
                    let amount = self.minor(&path, expense.amount)?;
                    let kind = self.plan.expense_row(&expense.kind)?;
                    self.state.declare(kind, amount, expense.counts_to_cap);
                }
                Happening::Event(_, event) => {
                    let known = self.plan.events.iter().position(|name| name.as_ref() == event.event);
                    if let Some(index) = known {
                        self.state.events[index] = Some(event.value);
                    }
                }
                Happening::Count(_, counted) => {
                    let series = self.plan.series_row(&counted.series)?;
                    self.state.count(series, counted.count);
                }
                Happening::Amend(_, amendment) => self.amend(amendment.date, &amendment.change)?,
                Happening::Receive(place, receipt) => self.receive(*place, receipt)?,
            }
        }
        if let Some(last) = self.schedule.last().map(|period| period.end) {
            self.release_until(last)?;
            while self.periods.len() < self.schedule.len() {
                self.close_period()?;
            }
        }
        self.state.count_past();
        Ok(())
    }

    /// What the holders of a share had before it changed hands is kept with them.
    fn amend(&mut self, date: Date, change: &Change) -> Result<()> {
        let before = matches!(change, Change::Payee { .. }).then(|| self.state.payees.clone());
        self.state.amend(self.currency, date, change)?;
        for (node, holder) in before.into_iter().flatten().enumerate() {
            if let Some(party) = holder.filter(|_| self.state.payees[node] != holder) {
                let known: i64 = self.former[node].iter().map(|(_, had)| had).sum();
                let had = self.paid[node] - known;
                self.former[node].push((party, had));
            }
        }
        Ok(())
    }

    fn minor(&self, path: &str, money: Money) -> Result<i64> {
        minor_of(self.currency, path, money)
    }

    fn draw(&mut self, date: Date, instrument: &str, amount: Money) -> Result<()> {
        let amount = from_minor(self.minor(instrument, amount)?);
        match self.plan.instruments.iter().position(|name| name.as_ref() == instrument) {
            Some(index) => self.state.draw(index, date, amount),
            None => Ok(()),
        }
    }

    fn receive(&mut self, place: usize, receipt: &Receipt) -> Result<()> {
        let written = || format!("receipts[{}].amount", receipt.id);
        let amount =
            self.minor("receipts", receipt.amount).or_else(|_| self.minor(&written(), receipt.amount))?;
        let index = self.entry_of(receipt)?;
        if self.schedule.last().is_some_and(|last| last.end < receipt.date) {
            return Err(WaterfallError::OutsideSchedule { receipt: receipt.id.clone(), date: receipt.date });
        }
        self.now.receipts += i128::from(amount);
        let amount = self.net_of_refunds(index, &receipt.id, receipt.date, amount);
        if amount == 0 && !receipt.amount.is_zero() {
            return Ok(());
        }
        let inflow = Inflow::of(self.plan, receipt, index, amount);
        self.distribute(&inflow, Some(place), Origin::Entry(index))
    }

    /// The entry by which a receipt comes in. Sources mostly report in one order again and again, so the one that came
    /// behind the last one before is looked at first.
    fn entry_of(&mut self, receipt: &Receipt) -> Result<u32> {
        let is = |(name, _): &(String, u32)| *name == receipt.source;
        let next = self.named.get(self.next).filter(|known| is(known));
        let place = next.map(|_| self.next).or_else(|| self.named.iter().position(is));
        let place = match place {
            Some(place) => place,
            None => {
                self.named.push((receipt.source.clone(), self.plan.entry_of(receipt)?));
                self.named.len() - 1
            }
        };
        self.next = if place + 1 < self.named.len() { place + 1 } else { 0 };
        Ok(self.named[place].1)
    }

    fn release_until(&mut self, date: Date) -> Result<()> {
        while let Some(index) = earliest(&self.releases).filter(|index| self.releases[*index].date <= date) {
            let release = self.releases.remove(index);
            self.close_before(release.date)?;
            self.released += 1;
            let id = format!("{}#{}", self.plan.nodes[release.node as usize].id, self.released);
            self.held -= release.amount;
            let inflow = Inflow::released(&id, release.date, release.to, release.amount);
            self.distribute(&inflow, None, Origin::Reserve(release.node))?;
        }
        Ok(())
    }

    fn distribute(&mut self, inflow: &Inflow<'_>, given: Option<usize>, source: Origin) -> Result<()> {
        let kept_out = if self.tells { self.kept_out(inflow.date) } else { Vec::new() };
        let before = (!kept_out.is_empty()).then(|| self.state.untraced());
        let rest = self.state.distribute(inflow)?;
        if let Some(before) = before {
            self.tell_lapsed(&kept_out, &before, inflow, rest);
        }
        self.left_over_exact += rest;
        self.dues.begin();
        for visit in &self.state.trail {
            self.dues.owe(visit.node, visit.taken);
        }
        self.dues.owe(self.plan.nodes.len() as u32, rest);
        let contributed = nearest_minor(self.state.contributed);
        let contribution = contributed - std::mem::replace(&mut self.contributed, contributed);
        self.now.contributions += i128::from(contribution);
        let total = inflow.amount.checked_add(contribution).ok_or_else(too_large)?;
        self.dues.settle(total);
        if self.keep_rows {
            self.keep_row(inflow, given, contribution != 0);
        }
        if self.tells {
            self.postings.receive(inflow.id, inflow.date, self.periods.len() as u32, source);
        }
        let mut paid = 0;
        for group in 0..self.dues.groups() {
            for node in self.dues.payees(group) {
                let amount = self.dues.paid(node);
                self.paid[node as usize] += amount;
                if self.tells || self.bare.get(node as usize).is_none_or(|bare| !bare) {
                    self.post(node, amount, inflow)?;
                } else {
                    paid += amount;
                }
            }
        }
        self.now.paid += i128::from(paid);
        Ok(())
    }

    /// What has arrived at a claim in all.
    pub(crate) fn arrived(&self, node: u32) -> i64 {
        nearest_minor(self.state.have[(self.plan.layout.reached + node) as usize])
    }
}

/// All that comes in, is put in and is spent together has to be an amount.
fn can_be_added(timeline: &[Happening<'_>]) -> Result<()> {
    let amount = |happening: &Happening<'_>| match happening {
        Happening::Draw(_, drawing) => drawing.amount.minor(),
        Happening::Expense(_, expense) => expense.amount.minor(),
        Happening::Receive(_, receipt) => receipt.amount.minor(),
        Happening::Event(..) | Happening::Count(..) | Happening::Amend(..) => 0,
    };
    let all: i128 = timeline.iter().map(|happening| i128::from(amount(happening)).abs()).sum();
    if all > i128::from(i64::MAX) { Err(too_large()) } else { Ok(()) }
}

fn too_large() -> WaterfallError {
    let (path, reason) = ("receipts".to_owned(), "the amounts are too large to be added up".to_owned());
    WaterfallError::Meaningless { path, reason }
}

fn earliest(releases: &[Release]) -> Option<usize> {
    let mut first: Option<usize> = None;
    for (index, release) in releases.iter().enumerate() {
        if first.is_none_or(|best| release.date < releases[best].date) {
            first = Some(index);
        }
    }
    first
}
