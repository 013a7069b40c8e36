//! Why a payment is what it is: the run told again in the book of figures
//!
//! The executor leaves a trace of what it decided. Here the same flow is computed once more
//! through the book: receipts come in as the nodes the revenue plan made, rates and limits are
//! typed cells, and every payment is the exact due settled to whole minor units. The tree of a
//! payment therefore ends only in cells and in the figures it was given, and recomputing it gives
//! the payment again.

mod balance;
mod breakeven;
mod figures;
mod grounds;
mod pour;
mod scribe;
mod targets;

use std::{collections::BTreeMap, sync::Arc};

use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells, NodeId};

use crate::{
    compile::compile,
    error::WaterfallError,
    inputs::RunInputs,
    recoup::{Recoupment, finish, period_of, with_declared},
    run::Run,
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

/// Runs a plan as [`recoup`](crate::recoup()) does, and records its figures: for every party the
/// addresses of [`PartyFigures`], for every claim `recoupment.claims.<tier>.{paid,outstanding}`,
/// `recoupment.claims.<tier>.limit` where it has one and `recoupment.claims.<tier>.paid[<month>]`, and
/// `recoupment.left_over`.
pub fn recoup_recorded(
    plan: &RecoupmentPlan,
    inputs: &RunInputs,
    nodes: &InputNodes,
    schedule: &[Period],
    cells: &Cells,
    book: &mut Book,
) -> Result<RecordedRecoupment, WaterfallError> {
    let compiled = compile(plan, inputs.currency)?;
    let given = inputs.expenses.len();
    let inputs = with_declared(plan, inputs);
    let timeline = inputs.timeline();
    let schedule = period_of(schedule, &timeline);
    let mut run = Run::new(&compiled, &inputs, &schedule);
    run.keep_rows();
    run.play(&timeline)?;
    let rows = std::mem::take(&mut run.rows);
    let recoupment = finish(run);
    let mut scribe = Scribe::new(plan, &compiled, &inputs, nodes, given, cells, book);
    scribe.tell(&timeline, &rows, &schedule)?;
    let terms = scribe.plan_terms();
    let parties = scribe.figures(&schedule)?;
    Ok(RecordedRecoupment { recoupment, parties, terms })
}
