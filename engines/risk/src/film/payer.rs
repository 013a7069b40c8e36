//! The recoupment plan on every path.

use std::collections::HashMap;

use recoup_calendar::Period;
use recoup_deal::recoupment::{Ratio, RecoupmentPlan};
use recoup_lanes::{LANES, Row};
use recoup_money::{Currency, Money};
use recoup_waterfall::flat::with_declared;
use recoup_waterfall::{Plan, RunInputs, WaterfallError, compile, recoup_compiled};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::flow::{FlowAsk, FlowBatch, FlowProgram, FlowWorkspace};

/// Where the inputs of a plan stand among the figures asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inlets {
    pub receipts: usize,
    pub drawings: usize,
    pub expenses: usize,
    /// Instruments whose annual rates follow.
    pub rates: Vec<String>,
}

impl Inlets {
    /// The place of the first rate.
    pub(crate) fn before_rates(&self) -> usize {
        self.receipts + self.drawings + self.expenses
    }
}

/// A claim that can be paid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Limited {
    pub tier: String,
    pub party: Option<String>,
}

/// Numbers that vary from path to path beside the amounts: rates of instruments, and cells of the plan.
#[derive(Debug, Clone, Default)]
pub(crate) struct Varied {
    /// Places among the rates.
    pub rates: Vec<usize>,
    /// Places among the cells that drivers move, with their paths, and what makes the flow's units of theirs.
    pub cells: Vec<(usize, String, f64)>,
}

/// A plan in lanes.
#[derive(Debug, Clone)]
struct Quick {
    program: FlowProgram,
    varied: Varied,
    /// For each amount told, party by party and period by period, its slot and party.
    told: Vec<Option<(usize, usize)>>,
    /// For each claim with a limit its place.
    claims: Vec<usize>,
}

/// A plan that is run in lanes, or path by path by the exact executor.
#[derive(Debug, Clone)]
pub(crate) struct Payer {
    quick: Option<Quick>,
    plan: Plan,
    inputs: RunInputs,
    schedule: Vec<Period>,
    inlets: Inlets,
    parties: HashMap<String, usize>,
    claims: Vec<(usize, Limited)>,
}

impl Payer {
    pub(crate) fn new(
        plan: &RecoupmentPlan,
        inputs: &RunInputs,
        schedule: &[Period],
        inlets: Inlets,
    ) -> Result<Self, WaterfallError> {
        let inputs = with_declared(plan, inputs).clone();
        let compiled = compile(plan, inputs.currency)?;
        let flat = compiled.flat();
        let limited = |(place, node): (usize, &recoup_waterfall::flat::Node)| {
            let share = flat.share(place as u32).filter(|_| flat.pays_out(place as u32))?;
            share.limit?;
            let party = share.payee.map(|party| flat.parties[party as usize].to_string());
            Some((place, Limited { tier: node.id.to_string(), party }))
        };
        let claims = flat.nodes.iter().enumerate().filter_map(limited).collect();
        let parties =
            flat.parties.iter().enumerate().map(|(place, party)| (party.to_string(), place)).collect();
        Ok(Self { quick: None, plan: compiled, inputs, schedule: schedule.to_vec(), inlets, parties, claims })
    }

    pub(crate) fn inlets(&self) -> &Inlets {
        &self.inlets
    }

    /// Compiles the plan for lanes.
    ///
    /// # Errors
    /// Names what has to be run exactly.
    pub(crate) fn quicken(&mut self, varied: Varied) -> Result<(), String> {
        let rates = varied.rates.iter().filter_map(|rate| self.inlets.rates.get(*rate));
        let mut cells: Vec<String> = rates.map(|instrument| format!("interest[{instrument}]")).collect();
        cells.extend(varied.cells.iter().map(|(_, path, _)| path.clone()));
        let ask = FlowAsk { cells, ..FlowAsk::default() };
        let program = FlowProgram::new(&self.plan, &self.inputs, &self.schedule, &ask)
            .map_err(|error| error.to_string())?;
        let slot = |end| program.days().iter().position(|day| *day == end);
        let told = self
            .parties()
            .flat_map(|party| self.schedule.iter().map(move |period| (party, period.end)))
            .map(|(party, end)| Some((slot(end)?, program.party(party)?)))
            .collect();
        let claims = self.claims.iter().map(|(_, claim)| program.claim(&claim.tier));
        let claims: Option<Vec<usize>> = claims.collect();
        let claims = claims.ok_or_else(|| "a claim of the plan is not told".to_owned())?;
        self.quick = Some(Quick { program, varied, told, claims });
        Ok(())
    }

    /// Room for one thread.
    pub(crate) fn room(&self) -> Option<PayerRoom> {
        let quick = self.quick.as_ref()?;
        Some(PayerRoom {
            flow: quick.program.workspace(),
            receipts: vec![Row::default(); self.inlets.receipts],
            drawings: vec![Row::default(); self.inlets.drawings],
            expenses: vec![Row::default(); self.inlets.expenses],
            cells: vec![Row::default(); quick.varied.rates.len() + quick.varied.cells.len()],
        })
    }

    /// As [`pay`](Self::pay), eight paths at once; `given` are the cells that drivers move. What has to be run exactly
    /// is added to `broken`.
    pub(crate) fn pay_quick(
        &self,
        paths: usize,
        (given, asked): (&[f64], &[f64]),
        (paid, recouped): (&mut [f64], &mut [f64]),
        room: &mut PayerRoom,
        broken: &mut Vec<usize>,
    ) {
        let Some(quick) = &self.quick else { return };
        let minor = self.inputs.currency.minor_per_major() as f64;
        for first in (0..paths).step_by(LANES) {
            let count = LANES.min(paths - first);
            // What stands beyond the last path is a copy of it.
            let path = |lane: usize| first + lane.min(count - 1);
            let figure = |figure: usize| &asked[figure * paths..(figure + 1) * paths];
            let fill = |rows: &mut [Row], from: usize| {
                for (place, row) in rows.iter_mut().enumerate() {
                    let values = figure(from + place);
                    (0..LANES).for_each(|lane| row.0[lane] = values[path(lane)] * minor);
                }
            };
            let Inlets { receipts, drawings, expenses, .. } = &self.inlets;
            fill(&mut room.receipts, 0);
            fill(&mut room.drawings, *receipts);
            fill(&mut room.expenses, receipts + drawings);
            let (rates, cells) = room.cells.split_at_mut(quick.varied.rates.len());
            for (row, rate) in rates.iter_mut().zip(&quick.varied.rates) {
                let values = figure(receipts + drawings + expenses + rate);
                (0..LANES).for_each(|lane| row.0[lane] = values[path(lane)]);
            }
            for (row, (cell, _, units)) in cells.iter_mut().zip(&quick.varied.cells) {
                (0..LANES).for_each(|lane| row.0[lane] = given[cell * paths + path(lane)] * units);
            }
            let PayerRoom { flow, receipts, drawings, expenses, cells } = room;
            quick.program.run(FlowBatch { receipts, drawings, expenses, cells }, flow);
            for (told, place) in quick.told.iter().enumerate() {
                let own = &mut paid[told * paths + first..told * paths + first + count];
                match place {
                    Some((slot, party)) => {
                        let row = &flow.paid(*slot, *party).0;
                        own.iter_mut().zip(row).for_each(|(to, from)| *to = from / minor);
                    }
                    None => own.fill(0.0),
                }
            }
            for (place, claim) in quick.claims.iter().enumerate() {
                let bits = flow.recouped(*claim);
                let own = &mut recouped[place * paths + first..place * paths + first + count];
                own.iter_mut().enumerate().for_each(|(lane, to)| *to = f64::from(bits >> lane & 1));
            }
            broken.extend((0..count).filter(|lane| flow.broken() >> lane & 1 == 1).map(|lane| first + lane));
        }
    }

    pub(crate) fn periods(&self) -> &[Period] {
        &self.schedule
    }

    /// The place of what a party is paid in the first period; those in the others follow.
    pub(crate) fn of_party(&self, party: &str) -> Option<usize> {
        self.parties.get(party).map(|place| place * self.schedule.len())
    }

    pub(crate) fn parties(&self) -> impl Iterator<Item = &str> {
        let mut all: Vec<(&String, &usize)> = self.parties.iter().collect();
        all.sort_by_key(|(_, place)| **place);
        all.into_iter().map(|(party, _)| party.as_str())
    }

    pub(crate) fn claims(&self) -> impl ExactSizeIterator<Item = &Limited> {
        self.claims.iter().map(|(_, claim)| claim)
    }

    /// How many amounts are told for each path.
    pub(crate) fn told(&self) -> usize {
        self.parties.len() * self.schedule.len()
    }

    /// What everybody is paid in every period, in major units, and whether claims are paid out: for each path of
    /// `paths`, whose inputs stand at the head of `asked`.
    pub(crate) fn pay(&self, paths: usize, asked: &[f64], paid: &mut [f64], recouped: &mut [f64]) {
        let mut inputs = self.inputs.clone();
        paid.fill(0.0);
        for path in 0..paths {
            self.put_in(&mut inputs, |figure| asked[figure * paths + path]);
            let Ok(run) = recoup_compiled(&self.plan, &inputs, &self.schedule) else {
                (0..self.told()).for_each(|told| paid[told * paths + path] = f64::NAN);
                (0..self.claims.len()).for_each(|claim| recouped[claim * paths + path] = f64::NAN);
                continue;
            };
            for posting in &run.postings {
                let Some(party) = posting.payee.as_ref().and_then(|payee| self.parties.get(payee.as_ref()))
                else {
                    continue;
                };
                let told = party * self.schedule.len() + posting.period as usize;
                paid[told * paths + path] += posting.amount.to_f64();
            }
            for (place, (_, limited)) in self.claims.iter().enumerate() {
                let claim = run.claims.iter().find(|claim| claim.tier.as_ref() == limited.tier);
                let out = claim.is_some_and(|claim| claim.limit.is_some() && claim.outstanding.is_zero());
                recouped[place * paths + path] = f64::from(u8::from(out));
            }
        }
    }

    fn put_in(&self, inputs: &mut RunInputs, figure: impl Fn(usize) -> f64) {
        let Inlets { receipts, drawings, expenses, rates } = &self.inlets;
        let money = |value: f64| minor(value, self.inputs.currency);
        for (place, receipt) in inputs.receipts.iter_mut().take(*receipts).enumerate() {
            receipt.amount = money(figure(place));
        }
        for (place, drawing) in inputs.drawings.iter_mut().take(*drawings).enumerate() {
            drawing.amount = money(figure(receipts + place));
        }
        for (place, expense) in inputs.expenses.iter_mut().take(*expenses).enumerate() {
            expense.amount = money(figure(receipts + drawings + place));
        }
        for (place, instrument) in rates.iter().enumerate() {
            let rate = ratio(figure(receipts + drawings + expenses + place));
            if let (Some(terms), Some(rate)) = (inputs.interest.get_mut(instrument), rate) {
                terms.rate_annual = rate;
            }
        }
    }
}

/// Room to run a plan in.
#[derive(Debug)]
pub(crate) struct PayerRoom {
    flow: FlowWorkspace,
    receipts: Vec<Row>,
    drawings: Vec<Row>,
    expenses: Vec<Row>,
    cells: Vec<Row>,
}

/// The nearest whole minor units.
pub(crate) fn minor(value: f64, currency: Currency) -> Money {
    let units = (value * currency.minor_per_major() as f64).round();
    Money::new(if units.is_finite() { units as i64 } else { 0 }, currency)
}

fn ratio(value: f64) -> Option<Ratio> {
    Decimal::from_f64(value)?.round_dp(9).normalize().to_string().parse().ok()
}
