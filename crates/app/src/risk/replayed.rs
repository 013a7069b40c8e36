//! One path of a simulation as the exact computation runs it.

use recoup_risk::Measure;

use super::address::Simulation;
use super::films::film;
use super::numbers::{decimal, input, money};
use super::simulated::{chosen, deal_of};
use crate::figures::quantity;
use crate::state::State;
use crate::wire::{DrawnValue, PathReplay, QuantityDto, ReplayedParty, RiskAmount, RiskFigure};
use crate::{AppError, ErrorCode};

/// A path with everything that follows from it.
pub(super) fn path(
    state: &State,
    simulation: &Simulation,
    path: u64,
) -> Result<recoup_risk::film::Replayed, AppError> {
    let deal = deal_of(state, simulation)?;
    let refused = |reason: String| {
        AppError::new(ErrorCode::NotFound, "This path cannot be run.")
            .with("path", path)
            .with("reason", reason)
    };
    if deal.risk.drivers.is_empty() {
        return Err(refused("nothing in this deal is uncertain".to_owned()));
    }
    let party = chosen(&deal, None)?;
    let film = film(state, &deal, simulation, &party)?.map_err(refused)?;
    film.replay(path).map_err(|reason| refused(reason.to_string()))
}

/// What a path drew, and what it came to for everybody.
pub(super) fn replay(state: &State, simulation: &Simulation, number: u64) -> Result<PathReplay, AppError> {
    let replayed = path(state, simulation, number)?;
    told(state, simulation, number, &replayed)
}

/// What is told of a path that was run.
pub(super) fn told(
    state: &State,
    simulation: &Simulation,
    number: u64,
    replayed: &recoup_risk::film::Replayed,
) -> Result<PathReplay, AppError> {
    let before = simulation.path(number);
    let amount = |within: &str| -> Result<RiskAmount, AppError> {
        let value = replayed.outcome.book.at(within).map(quantity).transpose()?;
        Ok(RiskAmount {
            address: format!("{before}.in.{within}"),
            value: match value {
                Some(QuantityDto::Money { amount }) => Some(amount),
                _ => None,
            },
            error: None,
        })
    };
    let rate = |within: &str| -> Result<RiskFigure, AppError> {
        let value = replayed.outcome.book.at(within).map(quantity).transpose()?;
        let (value, reason) = match value {
            Some(QuantityDto::Number { decimal }) => (Some(decimal), None),
            Some(QuantityDto::Absent { reason, .. }) => (None, Some(reason)),
            _ => (None, None),
        };
        Ok(RiskFigure { address: format!("{before}.in.{within}"), value, error: None, reason })
    };
    let label = |party: &str| {
        let known = state.deal.parties.iter().find(|known| known.id == party);
        known.map_or_else(|| party.to_owned(), |known| known.name.clone())
    };
    let parties = replayed.parties.iter().map(|one| {
        let recouped = one.measures.iter().find(|(measure, _, _)| *measure == Measure::Recouped);
        Ok(ReplayedParty {
            party: one.party.clone(),
            label: label(&one.party),
            received: amount(&format!("returns.{}.received", one.party))?,
            invested: amount(&format!("returns.{}.invested", one.party))?,
            irr: rate(&format!("returns.{}.irr", one.party))?,
            recouped: recouped.map(|(_, _, exact)| *exact > 0.5),
        })
    });
    Ok(PathReplay {
        path: u32::try_from(number).unwrap_or(u32::MAX),
        parties: parties.collect::<Result<_, AppError>>()?,
        drawn: replayed
            .drawn
            .iter()
            .map(|one| DrawnValue {
                driver: one.driver.clone(),
                label: one.label.clone(),
                value: input(one.value).unwrap_or_else(|| decimal(0.0, 0).unwrap_or_default()),
            })
            .collect(),
        difference: RiskAmount {
            address: format!("{before}.in.difference"),
            value: money(replayed.largest_difference, state.deal.currency),
            error: None,
        },
    })
}
