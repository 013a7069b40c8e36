//! A run that is asked one thing, again and again: what is still owed at the end
//!
//! A ladder plays the same happenings many times with other receipts. What does not depend on the
//! amounts is worked out once: the order of happenings, the entry of every receipt, the rows that names
//! stand for. The flow itself is the executor's own; nothing is posted, and payments are settled to
//! whole minor units only where a reserve holds one and lets it go again.

use std::{cmp::Reverse, collections::BinaryHeap};

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;
use recoup_money::Currency;

use crate::{
    error::WaterfallError,
    exact::{Exact, from_minor, nearest_minor},
    flow::{Inflow, State},
    inputs::{Amendment, Happening, Receipt, RunInputs, minor_of},
    plan::Plan,
    settle::settle,
};

type Result<T> = std::result::Result<T, WaterfallError>;

/// Something that happens, with every name looked up.
enum Step<'a> {
    Draw { instrument: usize, amount: Exact },
    Declare { kind: usize, amount: i64, counts_to_cap: bool },
    Event { event: usize, value: Ratio },
    Amend(&'a Amendment),
    Receive { place: usize, entry: u32, receipt: &'a Receipt },
}

/// Money held back: when it is released, in which order it was held, where it goes, how much.
type Held = Reverse<(Date, u32, u32, i64)>;

pub(crate) struct Probe<'a> {
    plan: &'a Plan,
    currency: Currency,
    steps: Vec<(Date, Step<'a>)>,
    /// Reserves release what falls due by this day, though nothing else happens any more.
    until: Option<Date>,
    start: State<'a>,
    reserves: Vec<u32>,
}

impl<'a> Probe<'a> {
    pub(crate) fn new(plan: &'a Plan, inputs: &'a RunInputs, until: Option<Date>) -> Result<Self> {
        let mut steps = Vec::with_capacity(inputs.receipts.len() + 16);
        for happening in inputs.timeline() {
            if let Some(step) = step(plan, inputs, happening)? {
                steps.push((happening.date(), step));
            }
        }
        let terms =
            |instrument: u32| inputs.interest.get(plan.instruments[instrument as usize].as_ref()).cloned();
        let released = |node: &u32| plan.share(*node).is_some_and(|share| share.release.is_some());
        Ok(Probe {
            plan,
            currency: inputs.currency,
            steps,
            until,
            start: State::new(plan, terms),
            reserves: (0..plan.nodes.len() as u32).filter(released).collect(),
        })
    }

    /// Where the plan stands in the end when receipts come in with these amounts, in the order of the
    /// inputs.
    pub(crate) fn play(&self, amounts: &[i64]) -> Result<State<'a>> {
        let nodes = self.plan.nodes.len();
        let mut pass = Pass {
            probe: self,
            state: self.start.clone(),
            held: BinaryHeap::new(),
            count: 0,
            due: vec![0; nodes + 1],
            paid: vec![0; nodes + 1],
            contributed: 0,
        };
        for (date, step) in &self.steps {
            pass.release_until(*date)?;
            pass.step(*date, step, amounts)?;
        }
        if let Some(until) = self.until {
            pass.release_until(until)?;
        }
        Ok(pass.state)
    }
}

/// A happening with its names looked up; none for one that the plan does not know.
fn step<'a>(plan: &Plan, inputs: &RunInputs, happening: Happening<'a>) -> Result<Option<Step<'a>>> {
    let minor = |path: &str, money| minor_of(inputs.currency, path, money);
    Ok(match happening {
        Happening::Draw(_, drawing) => {
            let amount = from_minor(minor(&drawing.instrument, drawing.amount)?);
            let row = plan.instruments.iter().position(|name| name.as_ref() == drawing.instrument);
            row.map(|instrument| Step::Draw { instrument, amount })
        }
        Happening::Expense(_, expense) => {
            let amount = minor(&format!("expenses of {}", expense.date), expense.amount)?;
            let kind = plan.expense_row(&expense.kind)?;
            Some(Step::Declare { kind, amount, counts_to_cap: expense.counts_to_cap })
        }
        Happening::Event(event) => {
            let row = plan.events.iter().position(|name| name.as_ref() == event.event);
            row.map(|row| Step::Event { event: row, value: event.value })
        }
        Happening::Amend(amendment) => Some(Step::Amend(amendment)),
        Happening::Receive(place, receipt) => {
            minor(&format!("receipts[{}].amount", receipt.id), receipt.amount)?;
            let entry = plan.entry_of(receipt)?;
            Some(Step::Receive { place, entry, receipt })
        }
    })
}

/// One way through the happenings.
struct Pass<'p, 'a> {
    probe: &'p Probe<'a>,
    state: State<'a>,
    held: BinaryHeap<Held>,
    count: u32,
    due: Vec<Exact>,
    paid: Vec<i64>,
    contributed: i64,
}

impl Pass<'_, '_> {
    fn step(&mut self, date: Date, step: &Step<'_>, amounts: &[i64]) -> Result<()> {
        match step {
            Step::Draw { instrument, amount } => self.state.draw(*instrument, date, *amount),
            Step::Declare { kind, amount, counts_to_cap } => {
                self.state.declare(*kind, *amount, *counts_to_cap);
                Ok(())
            }
            Step::Event { event, value } => {
                self.state.events[*event] = Some(*value);
                Ok(())
            }
            Step::Amend(amendment) => self.state.amend(self.probe.currency, &amendment.change),
            Step::Receive { place, entry, receipt } => {
                let amount = amounts.get(*place).copied().unwrap_or_default();
                if amount < 0 {
                    return Err(WaterfallError::NegativeReceipt { receipt: receipt.id.clone() });
                }
                let inflow = Inflow::of(self.probe.plan, receipt, *entry, amount);
                self.distribute(inflow)
            }
        }
    }

    fn release_until(&mut self, date: Date) -> Result<()> {
        while let Some(Reverse((on, _, to, amount))) = self.held.peek().copied()
            && on <= date
        {
            self.held.pop();
            self.distribute(Inflow::released("", on, to, amount))?;
        }
        Ok(())
    }

    fn distribute(&mut self, inflow: Inflow<'_>) -> Result<()> {
        let rest = self.state.distribute(inflow)?;
        if self.probe.reserves.is_empty() {
            return Ok(());
        }
        for (due, taken) in self.due.iter_mut().zip(&self.state.taken) {
            *due += *taken;
        }
        if let Some(due) = self.due.last_mut() {
            *due += rest;
        }
        let contributed = nearest_minor(self.state.contributed);
        let contribution = contributed - std::mem::replace(&mut self.contributed, contributed);
        settle(inflow.amount + contribution, &mut self.due, &mut self.paid);
        for node in &self.probe.reserves {
            let amount = self.paid[*node as usize];
            let release = self.probe.plan.share(*node).and_then(|share| share.release);
            if let (Some(release), true) = (release, amount != 0) {
                let on = inflow.date.add_months(release.months)?;
                self.held.push(Reverse((on, self.count, release.to, amount)));
                self.count += 1;
            }
        }
        Ok(())
    }
}
