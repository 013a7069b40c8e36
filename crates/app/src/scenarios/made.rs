//! Scenarios, made and computed.

use std::sync::Arc;

use recoup_deal::Deal;
use recoup_model::Outcome;
use recoup_scenarios::{Base, Candidate, MarketTerms, NoScenario, build_all, compute_all};

use super::key::Asked;
use crate::computation::catalog;
use crate::state::State;
use crate::{AppError, ErrorCode};

/// The key of the deal as it stands.
pub(super) const AS_IT_STANDS: &str = "deal";

/// Where a deal beside others comes from.
pub(crate) enum From {
    /// It was made of a wish.
    Wish(Box<Candidate>),
    /// It is the deal as it stands, or was kept.
    Document(Box<Deal>),
}

/// A scenario and everything that follows from it.
pub(crate) struct Made {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) from: From,
    pub(crate) outcome: Outcome,
}

impl Made {
    pub(crate) fn deal(&self) -> &Deal {
        match &self.from {
            From::Wish(candidate) => &candidate.deal,
            From::Document(deal) => deal,
        }
    }

    pub(crate) fn candidate(&self) -> Option<&Candidate> {
        match &self.from {
            From::Wish(candidate) => Some(candidate),
            From::Document(_) => None,
        }
    }
}

/// The scenarios that are asked for, in order: those that are known already, and the others made side by side.
pub(super) fn made_of(state: &State, asked: &[Asked]) -> Result<Vec<Arc<Made>>, AppError> {
    let keys: Vec<String> = asked.iter().map(Asked::key).collect();
    let mut found: Vec<Option<Arc<Made>>> = keys.iter().map(|key| state.scenarios.find(key)).collect();
    let terms = MarketTerms::embedded().map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The market terms cannot be read.").with("reason", reason)
    })?;
    let base = Base::of_outcome(&state.deal, state.outcome()?, catalog()?, &terms).map_err(refused)?;
    let mut limits: Vec<Option<i64>> = asked.iter().map(|one| one.equity_at_most).collect();
    limits.sort_unstable();
    limits.dedup();
    for limit in limits {
        let open: Vec<usize> = (0..asked.len())
            .filter(|place| found[*place].is_none() && asked[*place].equity_at_most == limit)
            .collect();
        let Some(options) = open.first().map(|place| asked[*place].options(state.deal.currency)) else {
            continue;
        };
        let wishes: Vec<_> = open.iter().map(|place| asked[*place].wish.clone()).collect();
        let candidates = build_all(&base, &wishes, options).map_err(refused)?;
        let deals: Vec<&Deal> = candidates.iter().map(|one| &one.deal).collect();
        let outcomes = compute_all(&deals, catalog()?);
        for ((place, candidate), outcome) in open.into_iter().zip(candidates).zip(outcomes) {
            let made = Arc::new(Made {
                key: keys[place].clone(),
                name: candidate.name.clone(),
                from: From::Wish(Box::new(candidate)),
                outcome,
            });
            state.scenarios.keep(&made);
            found[place] = Some(made);
        }
    }
    Ok(found.into_iter().flatten().collect())
}

/// The deal as it stands, beside its scenarios.
pub(super) fn as_it_stands(state: &State) -> Result<Arc<Made>, AppError> {
    if let Some(known) = state.scenarios.find(AS_IT_STANDS) {
        return Ok(known);
    }
    let made = Arc::new(Made {
        key: AS_IT_STANDS.to_owned(),
        name: state.deal.name.clone(),
        from: From::Document(Box::new(state.deal.clone())),
        outcome: state.outcome()?.clone(),
    });
    state.scenarios.keep(&made);
    Ok(made)
}

/// Why a deal has no scenarios, in words.
fn refused(reason: NoScenario) -> AppError {
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
