//! A plan and its days, compiled

use std::sync::Arc;

use recoup_calendar::{Date, Period};
use recoup_waterfall::{Plan, RunInputs, WaterfallError};

use super::{
    compile::compile,
    form::{Accrual, At, Final, Incoming, Member, Route, Share, Span, Step, Told as ToldRow, Word},
};

/// At which days payments are told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Told {
    /// In the statement periods of the run, each by its last day.
    #[default]
    Periods,
    /// On every day on which money moves.
    Days,
    /// Up to each of these days, in order; what comes later is told with the last.
    Until(Vec<Date>),
}

/// What is asked of a program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FlowAsk {
    /// When payments are told.
    pub told: Told,
    /// Paths of numbers of the plan that vary from path to path, such as `recoupment.tiers[fee].takes.rate`, and
    /// `interest[<instrument>]` for the rate of an instrument's terms in the inputs. Money is in minor units.
    pub cells: Vec<String>,
}

/// Why a run cannot be compiled.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FlowError {
    /// The exact executor refuses it too.
    #[error(transparent)]
    Waterfall(#[from] WaterfallError),
    /// It has to be run by the exact executor, path by path.
    #[error("{path}: {feature}")]
    Unsupported {
        /// The cell.
        path: String,
        /// What it asks for.
        feature: &'static str,
    },
}

/// A compiled plan with everything that happens to it, of which amounts alone are open.
///
/// Days, facts, the order in which things happen, the ways that receipts take, how long interest runs: all of this is
/// decided here once. What differs from path to path is in a [`FlowBatch`](super::FlowBatch).
#[derive(Debug, Clone)]
pub struct FlowProgram {
    pub(super) first: Vec<f64>,
    pub(super) steps: Vec<Step>,
    pub(super) routes: Vec<Route>,
    pub(super) accruals: Vec<Accrual>,
    pub(super) incoming: Vec<Incoming>,
    pub(super) releases: Vec<At>,
    pub(super) shares: Vec<Share>,
    pub(super) members: Vec<Member>,
    pub(super) words: Vec<Word>,
    pub(super) rows: Vec<At>,
    pub(super) passes: Vec<(u32, At)>,
    pub(super) told: Vec<ToldRow>,
    pub(super) parts: Vec<(u32, f64)>,
    pub(super) finals: Vec<Final>,
    pub(super) last_goals: Vec<super::form::Goal>,
    pub(super) held_by: Vec<(u32, u32)>,
    pub(super) places: Places,
    pub(super) counts: Counts,
    pub(super) cells: usize,
    pub(super) days: Vec<Date>,
    pub(super) parties: Vec<Arc<str>>,
    pub(super) claims: Vec<Arc<str>>,
    pub(super) finish: Span,
}

/// Rows that answer something.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// The first row of what is told: slot by slot, party by party.
    pub out: At,
    /// The counter of each claim that pays out, else none.
    pub paid: Vec<At>,
    /// Whether it is a reserve.
    pub reserve: Vec<bool>,
    pub rest: At,
    pub contributed: At,
    pub held: At,
    pub received: At,
    /// Refunds that wait, entry by entry.
    pub refunds: At,
    pub entries: usize,
    /// The counter of what each party that bears shortfalls owes, else none.
    pub shortfall: Vec<At>,
    pub residual: Option<u32>,
}

/// How many of each the inputs have, and how much room a run needs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub receipts: usize,
    pub drawings: usize,
    pub expenses: usize,
    pub beyond: usize,
    pub pools: usize,
    pub depth: usize,
    pub members: usize,
    pub words: usize,
}

impl FlowProgram {
    /// Compiles a run. What the plan declares itself (expenses, events, counts, amendments) has to be in `inputs`
    /// ([`with_declared`](recoup_waterfall::flat::with_declared)); their amounts are where a batch does not say else.
    pub fn new(
        plan: &Plan,
        inputs: &RunInputs,
        schedule: &[Period],
        ask: &FlowAsk,
    ) -> Result<Self, FlowError> {
        compile(plan, inputs, schedule, ask)
    }

    /// Who is paid, in the order of what is told.
    pub fn parties(&self) -> &[Arc<str>] {
        &self.parties
    }

    /// The tiers and members by id, in the order of [`Plan::tiers`].
    pub fn claims(&self) -> &[Arc<str>] {
        &self.claims
    }

    /// How large it is, in words.
    pub fn size(&self) -> String {
        let flows = self.steps.iter().filter(|step| matches!(step, Step::Flow { .. })).count();
        let longest = self.routes.iter().map(|route| route.code.len()).max().unwrap_or(0);
        format!(
            "{} steps, {flows} flows down {} ways of {longest} steps at most, {} rows",
            self.steps.len(),
            self.routes.len(),
            self.first.len()
        )
    }

    /// The last day of each slot in which payments are told.
    pub fn days(&self) -> &[Date] {
        &self.days
    }

    /// The place of a party.
    pub fn party(&self, id: &str) -> Option<usize> {
        self.parties.iter().position(|party| party.as_ref() == id)
    }

    /// The place of a claim.
    pub fn claim(&self, id: &str) -> Option<usize> {
        self.claims.iter().position(|claim| claim.as_ref() == id)
    }
}
