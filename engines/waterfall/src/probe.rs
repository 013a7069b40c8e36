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
    plan::{Entry, Goal, Op, Plan},
    settle::Dues,
};

type Result<T> = std::result::Result<T, WaterfallError>;

/// Something that happens, with every name looked up.
enum Step<'a> {
    Draw {
        instrument: usize,
        amount: Exact,
    },
    Declare {
        kind: usize,
        amount: i64,
        counts_to_cap: bool,
    },
    Event {
        event: usize,
        value: Ratio,
    },
    Count {
        series: usize,
        units: i64,
    },
    Amend(&'a Amendment),
    /// A receipt, its place among the amounts, and the day on which each reserve lets go what it holds of it.
    Receive {
        place: usize,
        inflow: Inflow<'a>,
        let_go: Vec<Date>,
    },
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
    reserves: Vec<Reserve>,
    /// How many receipts from a step on come in on one day, by one entry and under nothing else; one
    /// everywhere where every receipt counts by itself.
    alike: Vec<usize>,
    /// For each entry the thresholds that have to be behind before receipts may come in as one.
    gates: Vec<Vec<u32>>,
}

/// A share that is held back.
struct Reserve {
    node: u32,
    months: i32,
    to: u32,
}

impl<'a> Probe<'a> {
    /// With `coarse`, receipts of one day and entry flow down as one where that changes roundings only: a
    /// share of the gross receipt gets its part of each as long as no limit above it may still take all.
    pub(crate) fn new(
        plan: &'a Plan,
        inputs: &'a RunInputs,
        until: Option<Date>,
        coarse: bool,
    ) -> Result<Self> {
        let reserves = (0..plan.nodes.len() as u32).filter_map(|node| {
            let release = plan.share(node).and_then(|share| share.release)?;
            Some(Reserve { node, months: release.months, to: release.to })
        });
        let reserves: Vec<Reserve> = reserves.collect();
        let mut steps = Vec::with_capacity(inputs.receipts.len() + 16);
        for happening in inputs.timeline() {
            if let Some(step) = step(plan, &reserves, inputs, happening)? {
                steps.push((happening.date(), step));
            }
        }
        let terms =
            |instrument: u32| inputs.interest.get(plan.instruments[instrument as usize].as_ref()).cloned();
        Ok(Probe {
            alike: if coarse { alike(&steps, &inputs.receipts) } else { vec![1; steps.len()] },
            gates: plan.entries.iter().map(|entry| gates(plan, entry)).collect(),
            plan,
            currency: inputs.currency,
            steps,
            until,
            start: State::new(plan, terms).silent(),
            reserves,
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
            dues: Dues::of(nodes + 1),
            contributed: 0,
            refunds: vec![0; self.plan.entries.len()],
        };
        let mut at = 0;
        while let Some((date, step)) = self.steps.get(at) {
            pass.release_until(*date)?;
            at += pass.step(at, *date, step, amounts)?;
        }
        if let Some(until) = self.until {
            pass.release_until(until)?;
        }
        pass.state.count_past();
        Ok(pass.state)
    }
}

/// A happening with its names looked up; none for one that the plan does not know.
fn step<'a>(
    plan: &'a Plan,
    reserves: &[Reserve],
    inputs: &RunInputs,
    happening: Happening<'a>,
) -> Result<Option<Step<'a>>> {
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
        Happening::Event(_, event) => {
            let row = plan.events.iter().position(|name| name.as_ref() == event.event);
            row.map(|row| Step::Event { event: row, value: event.value })
        }
        Happening::Count(_, counted) => {
            let series = plan.series_row(&counted.series)?;
            Some(Step::Count { series, units: counted.count })
        }
        Happening::Amend(_, amendment) => Some(Step::Amend(amendment)),
        Happening::Receive(place, receipt) => {
            minor(&format!("receipts[{}].amount", receipt.id), receipt.amount)?;
            let inflow = Inflow::of(plan, receipt, plan.entry_of(receipt)?, 0);
            let let_go = reserves.iter().map(|reserve| receipt.date.add_months(reserve.months));
            Some(Step::Receive { place, inflow, let_go: let_go.collect::<std::result::Result<_, _>>()? })
        }
    })
}

/// For each step, how many receipts from it on are alike but for their amounts.
fn alike(steps: &[(Date, Step<'_>)], receipts: &[Receipt]) -> Vec<usize> {
    let plain = |step: &Step<'_>| match step {
        Step::Receive { place, inflow, .. } => {
            let own = receipts.get(*place)?;
            let bare = own.territories.is_empty() && own.media.is_empty() && own.contract.is_none();
            inflow.entry.filter(|_| bare)
        }
        _ => None,
    };
    let mut out = vec![1; steps.len()];
    for at in (0..steps.len().saturating_sub(1)).rev() {
        let ((date, step), (next_date, next)) = (&steps[at], &steps[at + 1]);
        if date == next_date && plain(step).is_some() && plain(step) == plain(next) {
            out[at] += out[at + 1];
        }
    }
    out
}

/// The thresholds that decide about the tiers from an entry down, where a share of the gross receipt stands below.
fn gates(plan: &Plan, entry: &Entry) -> Vec<u32> {
    let Some(last) = entry.gross_nodes.last() else { return Vec::new() };
    let branches = plan.nodes.iter().any(|node| matches!(node.op, Op::Enters { .. }));
    let mut out = Vec::new();
    let mut seen = vec![false; plan.nodes.len()];
    let mut open = vec![entry.node];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at as usize], true) {
            continue;
        }
        let mut inside = vec![at];
        let mut found = false;
        while let Some(node) = inside.pop() {
            found |= node == *last;
            match &plan.nodes[node as usize].op {
                Op::Share(share) | Op::Enters { share, .. } => out.extend(share.watch.iter().copied()),
                Op::Together { members, .. } | Op::Steps { members, .. } => inside.extend(members),
            }
        }
        if branches || !found {
            open.extend(plan.leads_to(at));
        }
    }
    out.retain(|index| !matches!(plan.thresholds[*index as usize].goal, Goal::PerReceipt));
    out
}

/// One way through the happenings.
struct Pass<'p, 'a> {
    probe: &'p Probe<'a>,
    state: State<'a>,
    held: BinaryHeap<Held>,
    count: u32,
    dues: Dues,
    contributed: i64,
    /// Refunds that wait at each entry.
    refunds: Vec<i64>,
}

impl Pass<'_, '_> {
    /// Takes a step, or several receipts at once, and says how many.
    fn step(&mut self, at: usize, date: Date, step: &Step<'_>, amounts: &[i64]) -> Result<usize> {
        match step {
            Step::Draw { instrument, amount } => self.state.draw(*instrument, date, *amount)?,
            Step::Declare { kind, amount, counts_to_cap } => {
                self.state.declare(*kind, *amount, *counts_to_cap);
            }
            Step::Event { event, value } => self.state.events[*event] = Some(*value),
            Step::Count { series, units } => self.state.count(*series, *units),
            Step::Amend(amendment) => self.state.amend(self.probe.currency, date, &amendment.change)?,
            Step::Receive { inflow, let_go, .. } => {
                let open = inflow.entry.is_some_and(|entry| {
                    self.probe.gates[entry as usize].iter().any(|gate| self.state.is_below(*gate))
                });
                let count = if open { 1 } else { self.probe.alike[at] };
                let amount = self.received(at, count, amounts);
                if amount > 0 {
                    self.distribute(&Inflow { amount, ..*inflow }, Some(let_go))?;
                }
                return Ok(count);
            }
        }
        Ok(1)
    }

    /// What walks on of receipts that come in as one: refunds are made good first, as the executor does.
    fn received(&mut self, at: usize, count: usize, amounts: &[i64]) -> i64 {
        let mut total = 0;
        for (_, step) in &self.probe.steps[at..at + count] {
            let Step::Receive { place, inflow, .. } = step else { continue };
            let amount = amounts.get(*place).copied().unwrap_or_default();
            let Some(owed) = inflow.entry.and_then(|entry| self.refunds.get_mut(entry as usize)) else {
                continue;
            };
            let good = amount.min(*owed);
            *owed -= good;
            total += amount - good;
        }
        total
    }

    fn release_until(&mut self, date: Date) -> Result<()> {
        while let Some(Reverse((on, _, to, amount))) = self.held.peek().copied()
            && on <= date
        {
            self.held.pop();
            self.distribute(&Inflow::released("", on, to, amount), None)?;
        }
        Ok(())
    }

    fn distribute(&mut self, inflow: &Inflow<'_>, let_go: Option<&Vec<Date>>) -> Result<()> {
        let rest = self.state.distribute(inflow)?;
        if self.probe.reserves.is_empty() {
            return Ok(());
        }
        self.dues.begin();
        for visit in &self.state.trail {
            self.dues.owe(visit.node, visit.taken);
        }
        self.dues.owe(self.probe.plan.nodes.len() as u32, rest);
        let contributed = nearest_minor(self.state.contributed);
        let contribution = contributed - std::mem::replace(&mut self.contributed, contributed);
        self.dues.settle(inflow.amount + contribution);
        for (index, reserve) in self.probe.reserves.iter().enumerate() {
            let amount = self.dues.paid(reserve.node);
            if amount != 0 {
                let on = match let_go.and_then(|days| days.get(index)) {
                    Some(day) => *day,
                    None => inflow.date.add_months(reserve.months)?,
                };
                self.held.push(Reverse((on, self.count, reserve.to, amount)));
                self.count += 1;
            }
        }
        Ok(())
    }
}
