//! A deal at one revision, and everything that follows from it.

use std::sync::OnceLock;

use recoup_deal::Deal;
use recoup_model::Outcome;

use crate::{AppError, computation};

/// One state of a deal. Its figures are computed when somebody first asks for one.
pub(crate) struct State {
    pub(crate) deal: Deal,
    outcome: OnceLock<Result<Outcome, AppError>>,
}

impl State {
    pub(crate) fn new(deal: Deal) -> Self {
        Self { deal, outcome: OnceLock::new() }
    }

    /// Everything that follows from this state.
    pub(crate) fn outcome(&self) -> Result<&Outcome, AppError> {
        self.outcome.get_or_init(|| computation::computed(&self.deal)).as_ref().map_err(Clone::clone)
    }

    /// What follows from this state, if somebody has asked for it.
    pub(crate) fn known(&self) -> Option<&Outcome> {
        self.outcome.get()?.as_ref().ok()
    }
}
