//! Why a payment is what it is: the run told again in the book of figures
//!
//! The executor leaves a trace of what it decided. Here the same flow is computed once more
//! through the book: receipts come in as the nodes the revenue plan made, rates and limits are
//! typed cells, and every payment is the exact due settled to whole minor units. The tree of a
//! payment therefore ends only in cells and in the figures it was given, and recomputing it gives
//! the payment again.

mod balance;
mod breakeven;
mod by_number;
mod figures;
mod grounds;
mod lapsed;
mod ledgers;
mod periods;
mod pour;
mod scribe;
mod standing;
mod targets;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells, NodeId};

use crate::{
    account::BalanceStep,
    compile::compile,
    error::WaterfallError,
    inputs::{Given, RunInputs, with_declared},
    plan::Plan,
    recoup::{Recoupment, finish, period_of},
    run::{Closing, ReceiptRow, Run},
    statement::{Accounting, Record, accounting},
};
pub use breakeven::{record_breakeven, record_breakeven_gross};
use scribe::Scribe;

/// The nodes of the amounts in [`RunInputs`], each in the order of its list there. A list may be
/// shorter: what has no node is an assumption of the plan.
#[derive(Debug, Clone, Default)]
pub struct InputNodes {
    /// Nodes of the receipts, amounts of money.
    pub receipts: Vec<NodeId>,
    /// Nodes of the drawings, amounts of money.
    pub drawings: Vec<NodeId>,
    /// Nodes of the expenses, amounts of money. Expenses the plan declares itself are cells.
    pub expenses: Vec<NodeId>,
    /// Annual rates of instruments, numbers.
    pub interest: BTreeMap<String, NodeId>,
}

/// What a party has from the plan, as figures.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyFigures {
    /// The party.
    pub party: Arc<str>,
    /// `recoupment.<party>.entitlement`: paid, assigned to others and outstanding.
    pub entitlement: NodeId,
    /// `recoupment.<party>.paid`: what it receives itself.
    pub paid: NodeId,
    /// `recoupment.<party>.outstanding`: what is still owed under its limits.
    pub outstanding: NodeId,
    /// `recoupment.<party>.paid[<month>]`: what it receives in each period that pays it, with the
    /// last day of the period.
    pub flows: Vec<(u32, Date, NodeId)>,
}

/// A run and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedRecoupment {
    /// The run.
    pub recoupment: Recoupment,
    /// The figures of every party that has a claim.
    pub parties: Vec<PartyFigures>,
    /// Rates, limits and caps of the plan, whether money reached them or not.
    pub terms: Vec<NodeId>,
}

/// The figures of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The figures of every party that has a claim.
    pub parties: Vec<PartyFigures>,
    /// Rates, limits and caps of the plan, whether money reached them or not.
    pub terms: Vec<NodeId>,
}

/// Runs a plan as [`recoup`](crate::recoup()) does, and records its figures as [`Played::record`] does.
pub fn recoup_recorded(
    plan: &RecoupmentPlan,
    inputs: &RunInputs,
    nodes: &InputNodes,
    schedule: &[Period],
    cells: &Cells,
    book: &mut Book,
) -> Result<RecordedRecoupment, WaterfallError> {
    let played = Played::of(plan, inputs, schedule)?;
    let Figures { parties, terms } = played.record(plan, nodes, cells, book)?;
    Ok(RecordedRecoupment { recoupment: played.recoupment, parties, terms })
}

/// A run that is not told in a book yet.
#[derive(Debug)]
pub struct Played<'a> {
    compiled: Plan,
    inputs: Cow<'a, RunInputs>,
    given: Given,
    schedule: Vec<Period>,
    rows: Vec<ReceiptRow>,
    closed: Arc<Vec<Closing>>,
    balances: Vec<Vec<BalanceStep>>,
    /// The run.
    pub recoupment: Recoupment,
}

impl<'a> Played<'a> {
    /// Runs a plan as [`recoup`](crate::recoup()) does.
    pub fn of(
        plan: &RecoupmentPlan,
        inputs: &'a RunInputs,
        schedule: &[Period],
    ) -> Result<Self, WaterfallError> {
        let compiled = compile(plan, inputs.currency)?;
        let given = Given::of(inputs);
        let inputs = with_declared(plan, inputs);
        let timeline = inputs.timeline();
        let schedule = period_of(schedule, &timeline).into_owned();
        let mut run = Run::new(&compiled, &inputs, &schedule);
        run.keep_rows();
        run.play(&timeline)?;
        let rows = std::mem::take(&mut run.rows);
        let traces = run.state.balances.iter_mut().map(|balance| balance.trace.take().unwrap_or_default());
        let balances = traces.collect();
        let (recoupment, closed) = finish(run);
        drop(timeline);
        Ok(Played { compiled, inputs, given, schedule, rows, closed, balances, recoupment })
    }

    /// What is accounted to the participants, period by period.
    pub fn accounting(&self) -> Accounting {
        accounting(&Record {
            plan: &self.compiled,
            inputs: &self.inputs,
            schedule: &self.schedule,
            rows: &self.rows,
            closed: &self.closed,
            postings: &self.recoupment.postings,
            balances: &self.balances,
        })
    }

    /// Records the figures of a run: for every party the addresses of [`PartyFigures`], for every claim
    /// `recoupment.claims.<tier>.{paid,outstanding}`, `recoupment.claims.<tier>.limit` where it has one, and
    /// `recoupment.left_over`; `recoupment.lapsed.<tier>` for a share that its contract kept out; and for statements, under the month in which a period ends, wherever they move,
    /// `recoupment.claims.<tier>.{arrived,rate,paid,cumulative,limit,outstanding}[<month>]`,
    /// `recoupment.groups.<tier>.{arrived,rate,paid,cumulative}[<month>]`,
    /// `recoupment.<party>.{paid,cumulative,outstanding,entitlement}[<month>]`,
    /// `recoupment.sources.<source>.received[<month>]` and the ledgers of balances that bear interest.
    pub fn record(
        &self,
        plan: &RecoupmentPlan,
        nodes: &InputNodes,
        cells: &Cells,
        book: &mut Book,
    ) -> Result<Figures, WaterfallError> {
        let mut scribe = Scribe::new(plan, &self.compiled, &self.inputs, nodes, self.given, cells, book);
        scribe.tell(&self.inputs.timeline(), &self.rows, &self.schedule)?;
        let terms = scribe.plan_terms();
        scribe.lapsed(&self.recoupment.lapsed, &terms);
        let parties = scribe.figures(&self.schedule)?;
        Ok(Figures { parties, terms })
    }
}
