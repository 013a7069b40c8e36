//! Scenarios, made and computed.

use std::sync::Arc;

use recoup_model::Outcome;
use recoup_scenarios::{Base, Candidate, MarketTerms, NoScenario, Options, build_all};

use super::key::Asked;
use crate::computation::{catalog, computed};
use crate::state::State;
use crate::{AppError, ErrorCode};

/// A scenario and everything that follows from it.
pub(crate) struct Made {
    pub(crate) key: String,
    pub(crate) candidate: Candidate,
    pub(crate) outcome: Outcome,
}

/// The scenarios that are asked for, in order: those that are known already, and the others made side by side.
pub(super) fn made_of(state: &State, asked: &[Asked]) -> Result<Vec<Arc<Made>>, AppError> {
    let keys: Vec<String> = asked.iter().map(Asked::key).collect();
    let mut found: Vec<Option<Arc<Made>>> = keys.iter().map(|key| state.scenarios.find(key)).collect();
    let outcome = state.outcome()?;
    let terms = MarketTerms::embedded().map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The market terms cannot be read.").with("reason", reason)
    })?;
    let base = Base::of_outcome(&state.deal, outcome, catalog()?, &terms).map_err(refused)?;
    // Scenarios of one limit are made together; a request has one.
    let limits: Vec<Option<i64>> = {
        let mut limits: Vec<Option<i64>> = asked.iter().map(|one| one.equity_at_most).collect();
        limits.dedup();
        limits
    };
    for limit in limits {
        let open: Vec<usize> = (0..asked.len())
            .filter(|place| found[*place].is_none() && asked[*place].equity_at_most == limit)
            .collect();
        let Some(options) = open.first().map(|place| asked[*place].options(state.deal.currency)) else {
            continue;
        };
        let wishes: Vec<_> = open.iter().map(|place| asked[*place].wish.clone()).collect();
        let candidates = built(&base, &wishes, options)?;
        let mut new = Vec::with_capacity(open.len());
        for (place, candidate) in open.into_iter().zip(candidates) {
            let outcome = computed(&candidate.deal)?;
            let made = Arc::new(Made { key: keys[place].clone(), candidate, outcome });
            found[place] = Some(made.clone());
            new.push(made);
        }
        state.scenarios.keep(&new);
    }
    Ok(found.into_iter().flatten().collect())
}

fn built(
    base: &Base<'_>,
    wishes: &[recoup_scenarios::Wish],
    options: Options,
) -> Result<Vec<Candidate>, AppError> {
    build_all(base, wishes, options).map_err(refused)
}

/// Why a deal has no scenarios, in words.
pub(super) fn refused(reason: NoScenario) -> AppError {
    match reason {
        NoScenario::Missing { what, why } => AppError::new(
            ErrorCode::InvalidRequest,
            "Scenarios need a budget, incentives that can be computed and the start of the schedule.",
        )
        .with("path", what)
        .with("reason", why),
        NoScenario::Refused(reason) => reason.into(),
    }
}
