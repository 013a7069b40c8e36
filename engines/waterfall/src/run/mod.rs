//! The exact executor: everything that happens, in order, to the cent

mod close;
mod post;

use std::sync::Arc;

use recoup_calendar::{Date, Period};
use recoup_money::{Currency, Money};

use crate::{
    error::WaterfallError,
    exact::{Exact, TOLERANCE, from_minor, nearest_minor},
    flow::{Inflow, Slice, State},
    inputs::{Change, Happening, Receipt, RunInputs},
    plan::{Op, Plan, SplitOp},
    posting::{PeriodTotals, Posting},
    settle::settle,
};

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
}

pub(crate) struct Run<'p> {
    pub plan: &'p Plan,
    pub state: State<'p>,
    pub currency: Currency,
    schedule: Vec<Period>,
    pub postings: Vec<Posting>,
    pub periods: Vec<PeriodTotals>,
    pub rows: Vec<ReceiptRow>,
    keep_rows: bool,
    lean: bool,
    due: Vec<Exact>,
    paid_now: Vec<i64>,
    pub paid: Vec<i64>,
    assigned_paid: Vec<Vec<i64>>,
    pro_rata: Vec<bool>,
    alone: Vec<bool>,
    releases: Vec<Release>,
    pub held: i64,
    pub left_over: i64,
    pub left_over_exact: Exact,
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
    pub limits: Vec<Option<i64>>,
    pub outstanding: Vec<i64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    receipts: i128,
    contributions: i128,
    paid: i128,
    held: i128,
    left_over: i128,
}

impl<'p> Run<'p> {
    pub(crate) fn new(plan: &'p Plan, inputs: &RunInputs, schedule: &[Period], lean: bool) -> Self {
        let nodes = plan.nodes.len();
        let terms =
            |instrument: u32| inputs.interest.get(plan.instruments[instrument as usize].as_ref()).cloned();
        Run {
            plan,
            state: State::new(plan, terms),
            currency: inputs.currency,
            schedule: schedule.to_vec(),
            postings: Vec::with_capacity(if lean { 0 } else { inputs.receipts.len() * 8 }),
            periods: Vec::new(),
            rows: Vec::new(),
            keep_rows: false,
            lean,
            due: vec![0; nodes + 1],
            paid_now: vec![0; nodes + 1],
            paid: vec![0; nodes + 1],
            assigned_paid: plan
                .nodes
                .iter()
                .map(|node| match &node.op {
                    Op::Share(share) => vec![0; share.assigned.len()],
                    Op::Together { .. } | Op::Steps { .. } => Vec::new(),
                })
                .collect(),
            pro_rata: pro_rata(plan),
            alone: (0..nodes as u32).map(|node| plan.counts_alone(node)).collect(),
            releases: Vec::new(),
            held: 0,
            left_over: 0,
            left_over_exact: 0,
            contributed: 0,
            released: 0,
            opening: Totals::default(),
            now: Totals::default(),
            reached_on: vec![None; nodes],
            closed: Vec::new(),
        }
    }

    /// Keeps what every receipt did exactly.
    pub(crate) fn keep_rows(&mut self) {
        self.keep_rows = true;
        self.state.trace = Some(Vec::new());
    }

    fn keep_row(&mut self, inflow: &Inflow<'_>, id: &Arc<str>, given: Option<usize>, contributes: bool) {
        let taken = self.state.taken.iter().enumerate().filter(|(_, taken)| **taken != 0);
        let paid = self.paid_now.iter().enumerate().filter(|(_, paid)| **paid != 0);
        self.rows.push(ReceiptRow {
            id: Arc::clone(id),
            amount: inflow.amount,
            date: inflow.date,
            given,
            entry: inflow.entry,
            node: inflow.node,
            slices: self.state.trace.as_mut().map(std::mem::take).unwrap_or_default(),
            contributes,
            entitled: self.state.entitled.clone(),
            paid: paid.map(|(node, paid)| (node as u32, *paid)).collect(),
            taken: taken.map(|(node, taken)| (node as u32, *taken)).collect(),
        });
    }

    pub(crate) fn play(&mut self, timeline: &[Happening<'_>]) -> Result<()> {
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
                    self.declare(&expense.kind, amount, expense.counts_to_cap)?;
                }
                Happening::Event(event) => {
                    let known = self.plan.events.iter().position(|name| name.as_ref() == event.event);
                    if let Some(index) = known {
                        self.state.events[index] = Some(event.value);
                    }
                }
                Happening::Amend(amendment) => self.amend(&amendment.change)?,
                Happening::Receive(place, receipt) => self.receive(*place, receipt)?,
            }
        }
        if let Some(last) = self.schedule.last().map(|period| period.end) {
            self.release_until(last)?;
            while self.periods.len() < self.schedule.len() {
                self.close_period()?;
            }
        }
        Ok(())
    }

    fn minor(&self, path: &str, money: Money) -> Result<i64> {
        if money.currency() == self.currency {
            return Ok(money.minor());
        }
        Err(WaterfallError::Currency {
            path: path.to_owned(),
            expected: self.currency,
            found: money.currency(),
        })
    }

    fn draw(&mut self, date: Date, instrument: &str, amount: Money) -> Result<()> {
        let amount = from_minor(self.minor(instrument, amount)?);
        let Some(index) = self.plan.instruments.iter().position(|name| name.as_ref() == instrument) else {
            return Ok(());
        };
        self.state.invested[index] += amount;
        for (row, balance) in self.plan.accounts.iter().zip(self.state.balances.iter_mut()) {
            if row.instrument as usize == index {
                balance.accrue(date)?;
                balance.draw(amount);
            }
        }
        Ok(())
    }

    fn declare(&mut self, kind: &str, amount: i64, counts_to_cap: bool) -> Result<()> {
        let Some(index) = self.plan.expenses.iter().position(|row| row.id.as_ref() == kind) else {
            let path = "expenses".to_owned();
            return Err(WaterfallError::UnknownReference { path, kind: "expense type", id: kind.to_owned() });
        };
        let (capped, uncapped) = &mut self.state.expenses[index];
        *(if counts_to_cap { capped } else { uncapped }) += amount;
        Ok(())
    }

    fn amend(&mut self, change: &Change) -> Result<()> {
        let unknown = |kind, id: &str| WaterfallError::UnknownReference {
            path: "amendments".to_owned(),
            kind,
            id: id.to_owned(),
        };
        match change {
            Change::Rate { tier, rate } => {
                let index = self.plan.nodes.iter().position(|node| node.id.as_ref() == tier);
                self.state.rates[index.ok_or_else(|| unknown("tier", tier))?] = *rate;
            }
            Change::Contract { contract, to, value } => {
                let index = self.state.contracts.iter().position(|row| row.id.as_ref() == contract);
                let index = index.ok_or_else(|| unknown("contract", contract))?;
                let value = value.map(|value| self.minor("amendments", value)).transpose()?;
                let row = &mut self.state.contracts[index];
                row.to = to.or(row.to);
                row.value = value.or(row.value);
            }
        }
        Ok(())
    }

    fn receive(&mut self, place: usize, receipt: &Receipt) -> Result<()> {
        let amount = self.minor(&format!("receipts[{}].amount", receipt.id), receipt.amount)?;
        if amount < 0 {
            return Err(WaterfallError::NegativeReceipt { receipt: receipt.id.clone() });
        }
        let named = self.plan.entries.iter().position(|entry| {
            entry.id.as_ref() == receipt.source
                || entry.receives.iter().any(|id| id.as_ref() == receipt.source)
        });
        let any = || self.plan.entries.iter().position(|entry| entry.receives_others);
        let Some(index) = named.or_else(any) else {
            let (receipt, source_id) = (receipt.id.clone(), receipt.source.clone());
            return Err(WaterfallError::NoEntry { receipt, source_id });
        };
        let entry = &self.plan.entries[index];
        let territories: &[String] =
            if receipt.territories.is_empty() { &entry.territories } else { &receipt.territories };
        let media: &[String] = if receipt.media.is_empty() { &entry.media } else { &receipt.media };
        let inflow = Inflow {
            id: &receipt.id,
            date: receipt.date,
            entry: Some(index as u32),
            node: entry.node,
            amount,
            territories,
            media,
            contract: receipt.contract.as_deref(),
        };
        if self.schedule.last().is_some_and(|last| last.end < receipt.date) {
            return Err(WaterfallError::OutsideSchedule { receipt: receipt.id.clone(), date: receipt.date });
        }
        self.now.receipts += i128::from(amount);
        let id = if self.lean { Arc::clone(&entry.id) } else { receipt.id.as_str().into() };
        self.distribute(inflow, Some(place), id, Arc::clone(&entry.id))
    }

    fn release_until(&mut self, date: Date) -> Result<()> {
        while let Some(index) = earliest(&self.releases).filter(|index| self.releases[*index].date <= date) {
            let release = self.releases.remove(index);
            self.close_before(release.date)?;
            self.released += 1;
            let reserve = Arc::clone(&self.plan.nodes[release.node as usize].id);
            let id: Arc<str> = format!("{reserve}#{}", self.released).into();
            self.held -= release.amount;
            let inflow = Inflow {
                id: &id,
                date: release.date,
                entry: None,
                node: release.to,
                amount: release.amount,
                territories: &[],
                media: &[],
                contract: None,
            };
            self.distribute(inflow, None, Arc::clone(&id), reserve)?;
        }
        Ok(())
    }

    fn distribute(
        &mut self,
        inflow: Inflow<'_>,
        given: Option<usize>,
        id: Arc<str>,
        source: Arc<str>,
    ) -> Result<()> {
        let rest = self.state.distribute(inflow)?;
        self.left_over_exact += rest;
        for (due, taken) in self.due.iter_mut().zip(&self.state.taken) {
            *due += *taken;
        }
        if let Some(due) = self.due.last_mut() {
            *due += rest;
        }
        let contributed = nearest_minor(self.state.contributed);
        let contribution = contributed - std::mem::replace(&mut self.contributed, contributed);
        self.now.contributions += i128::from(contribution);
        settle(inflow.amount + contribution, &mut self.due, &mut self.paid_now);
        if self.keep_rows {
            self.keep_row(&inflow, &id, given, contribution != 0);
        }
        for node in 0..self.paid_now.len() {
            let amount = self.paid_now[node];
            if amount != 0 {
                self.post(node as u32, amount, &inflow, &id, &source)?;
            }
        }
        Ok(())
    }

    /// What a limited claim is owed as of the last thing that happened; nothing within the tolerance.
    pub(crate) fn still_owed(&self, node: u32) -> Exact {
        let Some(index) = self.plan.share(node).and_then(|share| share.limit) else { return 0 };
        let threshold = &self.plan.thresholds[index as usize];
        let target = self.state.target(threshold.goal, None, 0).unwrap_or(0);
        let owed = target - self.state.have[threshold.counter as usize];
        if owed > TOLERANCE { owed } else { 0 }
    }

    /// What has arrived at a claim in all.
    pub(crate) fn arrived(&self, node: u32) -> i64 {
        nearest_minor(self.state.have[(self.plan.layout.reached + node) as usize])
    }
}

/// Which claims stand in a group that divides by an amount.
fn pro_rata(plan: &Plan) -> Vec<bool> {
    let mut out = vec![false; plan.nodes.len()];
    for node in &plan.nodes {
        if let Op::Together { members, split: SplitOp::Outstanding | SplitOp::Invested, .. } = &node.op {
            members.iter().for_each(|member| out[*member as usize] = true);
        }
    }
    out
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
