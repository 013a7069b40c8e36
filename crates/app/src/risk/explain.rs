//! Why a figure of a simulation is what it is.

use recoup_deal::{Deal, RiskDriver};
use recoup_model::Outcome;
use recoup_risk::film::Film;
use recoup_risk::sensitivity::DrivenModel;

use super::address::{Simulation, path_of};
use super::films::film;
use super::hand::Hand;
use super::numbers::input;
use super::simulated::{SCRAMBLES, Wanted, chosen, deal_of, simulated};
use super::{replayed, sensitivity};
use crate::computation::computed;
use crate::figures::{explained, readdress};
use crate::state::State;
use crate::wire::{LeafDto, QuantityDto, TreeDto};
use crate::{AppError, ErrorCode};

/// The tree of a figure of a simulation; none for any other figure.
pub(crate) fn explained_risk(state: &State, asked: &str) -> Option<Result<TreeDto, AppError>> {
    let (simulation, within) = Simulation::read(asked)?;
    Some(match path_of(within) {
        Some((path, figure)) => of_path(state, &simulation, path, figure, asked),
        None if within.starts_with("in.") => supposed(state, &simulation, within, asked),
        None => of_paths(state, &simulation, within, asked),
    })
}

fn nowhere(asked: &str) -> AppError {
    AppError::new(ErrorCode::NotFound, "There is no figure at this address.").with("address", asked)
}

/// A figure of the deal that was tried, with everything as it is typed.
fn supposed(state: &State, simulation: &Simulation, within: &str, asked: &str) -> Result<TreeDto, AppError> {
    let figure = within.strip_prefix("in.").unwrap_or(within);
    let outcome = computed(&deal_of(state, simulation)?)?;
    let mut tree = explained(&outcome, figure).map_err(|_| nowhere(asked))?;
    readdress(&mut tree, &simulation.to_string());
    Ok(tree)
}

/// A figure of one path is one of the exact run with the drawn numbers typed in.
fn of_path(
    state: &State,
    simulation: &Simulation,
    path: u64,
    figure: &str,
    asked: &str,
) -> Result<TreeDto, AppError> {
    let replayed = replayed::path(state, simulation, path)?;
    if figure == "difference" {
        let told = replayed::replay(state, simulation, path)?;
        let amount = told.difference.value.ok_or_else(|| nowhere(asked))?;
        let mut inputs = vec![draws(simulation)?];
        inputs.extend(told.parties.iter().filter_map(|party| {
            let mut tree = explained(&replayed.outcome, &format!("returns.{}.received", party.party)).ok()?;
            readdress(&mut tree, &simulation.path(path));
            Some(tree)
        }));
        return Ok(node(asked, QuantityDto::Money { amount }, "difference", inputs));
    }
    let mut tree = explained(&replayed.outcome, figure).map_err(|_| nowhere(asked))?;
    readdress(&mut tree, &simulation.path(path));
    Ok(tree)
}

/// A figure of all paths: how it was drawn, what was uncertain, and the same figure with everything as typed.
fn of_paths(state: &State, simulation: &Simulation, within: &str, asked: &str) -> Result<TreeDto, AppError> {
    let deal = deal_of(state, simulation)?;
    let value = value(state, simulation, within, asked)?.ok_or_else(|| nowhere(asked))?;
    let is_moved = is_moved(within);
    let mut inputs = if is_moved { Vec::new() } else { vec![draws(simulation)?] };
    inputs.extend(beside(state, &deal, simulation, within)?);
    let party = chosen(&deal, None)?;
    if let Ok(film) = film(state, &deal, simulation, &party)? {
        inputs.extend(
            film.drivers()
                .iter()
                .take(deal.risk.drivers.len())
                .enumerate()
                .map(|(place, driver)| drawn(&film, place, driver)),
        );
    }
    Ok(node(asked, value, if is_moved { "driver_moved" } else { "simulated" }, inputs))
}

/// Whether inputs were moved and nothing was drawn.
fn is_moved(within: &str) -> bool {
    let mut parts = within.split('.');
    parts.next() == Some("sensitivity")
        && parts.next() != Some("recouped")
        && !within.ends_with(".first")
        && !within.ends_with(".total")
}

fn value(
    state: &State,
    simulation: &Simulation,
    within: &str,
    asked: &str,
) -> Result<Option<QuantityDto>, AppError> {
    if within.starts_with("sensitivity.") {
        let known = state.risk.figures(simulation).and_then(|figures| figures.get(asked).cloned());
        if known.is_some() {
            return Ok(known);
        }
        let again = sensitivity::again(state, simulation, within)?;
        return Ok(again.and_then(|figures| figures.get(asked).cloned()));
    }
    let same =
        |one: &super::simulated::Simulated| one.simulation == *simulation && one.figures.contains_key(asked);
    let known = match state.risk.answer(same) {
        Some(known) => known,
        None => {
            // Only what is received quarter by quarter is told for one party at a time.
            let mut parts = within.strip_prefix("returns.").unwrap_or_default().split('.');
            let (party, word) = (parts.next(), parts.next());
            let party = party.filter(|_| word == Some("received")).map(str::to_owned);
            let wanted = Wanted { simulation: simulation.clone(), party };
            simulated(state, &wanted, 0, &|| 0, &Hand::patient())?
        }
    };
    Ok(known.figures.get(asked).cloned())
}

/// The same figure with everything as it is typed.
fn beside(
    state: &State,
    deal: &Deal,
    simulation: &Simulation,
    within: &str,
) -> Result<Vec<TreeDto>, AppError> {
    let parts: Vec<&str> = within.split('.').collect();
    let wanted: Vec<String> = match parts.as_slice() {
        ["returns", party, word @ ("irr" | "multiple" | "npv" | "payback_months" | "received"), ..] => {
            vec![format!("returns.{party}.{word}")]
        }
        ["sensitivity", word @ ("irr" | "multiple" | "npv"), party, ..] => {
            vec![format!("returns.{party}.{word}")]
        }
        ["returns", party, ..] | ["sensitivity", "recouped", party, ..] => {
            vec![format!("returns.{party}.received"), format!("returns.{party}.invested")]
        }
        ["recoupment", "claims", tier, ..] => {
            let plan = deal.recoupment.iter().flat_map(|plan| plan.positions());
            let payee = plan.filter(|(_, one)| one.id == *tier).find_map(|(_, one)| match &one.takes {
                recoup_deal::recoupment::Takes::Share(share) => Some(share.payee.clone()),
                _ => None,
            });
            payee.map(|payee| format!("recoupment.{payee}.outstanding")).into_iter().collect()
        }
        _ => Vec::new(),
    };
    let trees = |outcome: &Outcome| -> Vec<TreeDto> {
        wanted.iter().filter_map(|address| explained(outcome, address).ok()).collect()
    };
    Ok(match simulation.with {
        None => trees(state.outcome()?),
        Some(_) => {
            let mut found = trees(&computed(deal)?);
            let own = simulation.to_string();
            found.iter_mut().for_each(|tree| readdress(tree, &own));
            found
        }
    })
}

/// How many paths were drawn, and by what.
fn draws(simulation: &Simulation) -> Result<TreeDto, AppError> {
    let source = format!(
        "{} paths drawn by Sobol' points in {SCRAMBLES} independent scrambles from seed {}",
        simulation.paths, simulation.seed,
    );
    Ok(TreeDto {
        address: None,
        value: QuantityDto::Number { decimal: simulation.paths.to_string() },
        operation: None,
        rounding: None,
        leaf: Some(LeafDto::Assumption { path: "risk".to_owned(), source }),
        inputs: Vec::new(),
        folded: 0,
    })
}

/// A driver: its median, from the cell in which its distribution is typed.
fn drawn(film: &Film<'_>, place: usize, driver: &RiskDriver) -> TreeDto {
    let decimal = input(film.quantile(place, 0.5)).unwrap_or_default();
    TreeDto {
        address: None,
        value: QuantityDto::Number { decimal },
        operation: None,
        rounding: None,
        leaf: Some(LeafDto::Cell { path: format!("risk.drivers[{}].distribution", driver.id) }),
        inputs: Vec::new(),
        folded: 0,
    }
}

fn node(address: &str, value: QuantityDto, operation: &str, inputs: Vec<TreeDto>) -> TreeDto {
    TreeDto {
        address: Some(address.to_owned()),
        value,
        operation: Some(operation.to_owned()),
        rounding: None,
        leaf: None,
        inputs,
        folded: 0,
    }
}
