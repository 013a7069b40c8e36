//! A deal at one revision, and everything that follows from it.

use std::sync::OnceLock;

use recoup_deal::Deal;
use recoup_model::Outcome;

use crate::{AppError, computation, law::Law, risk, scenarios};

/// One state of a deal. Its figures are computed when somebody first asks for one.
pub(crate) struct State {
    /// The deal that is computed: what its document says, and the texts of the law it knows in front of others.
    pub(crate) deal: Deal,
    /// The document, where it says less than the deal that is computed.
    document: Option<Deal>,
    outcome: OnceLock<Result<Outcome, AppError>>,
    /// What was simulated of it.
    pub(crate) risk: risk::Memory,
    /// Scenarios that were made of it.
    pub(crate) scenarios: scenarios::Memory,
}

impl State {
    pub(crate) fn new(document: Deal, law: &Law) -> Self {
        let (deal, document) = match law.laid_under(&document) {
            Some(deal) => (deal, Some(document)),
            None => (document, None),
        };
        Self {
            deal,
            document,
            outcome: OnceLock::new(),
            risk: risk::Memory::default(),
            scenarios: scenarios::Memory::default(),
        }
    }

    /// What is written, shown and changed.
    pub(crate) fn document(&self) -> &Deal {
        self.document.as_ref().unwrap_or(&self.deal)
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
