//! Compiled films: made once for a state, and drawn anew while somebody drags.
//!
//! A distribution that is dragged changes what is drawn and nothing that is computed from it. A typed number that is
//! dragged is given to the film as one more driver without spread, so that it too is compiled once, and every value it
//! passes is only drawn anew. It stands behind all others, whose draws do not change by it.

use std::sync::Arc;

use recoup_deal::{Deal, Distribution, DrawEffect, Outcome, RiskDriver, RiskPlan, deal_to_value, get_in};
use recoup_money::Money;
use recoup_risk::film::{Film, FilmSettings, Stop, Way};
use rust_decimal::Decimal;
use serde_json::Value;

use super::address::Simulation;
use super::hand::Hand;
use super::simulated::SAMPLING;
use crate::state::State;
use crate::wire::SolvedCellDto;
use crate::{AppError, computation::catalog};

/// What makes a film another one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FilmKey {
    party: String,
    /// Cells that move with whoever drags them.
    moved: Vec<String>,
    /// The fingerprint of cells that a film has to be compiled for.
    with: Option<String>,
}

/// A cell that is tried, and its number.
struct Moved {
    path: String,
    value: Decimal,
}

/// The number of a typed cell: an amount's major units, or itself.
fn number(value: &Value) -> Option<(Option<String>, Decimal)> {
    if let Some(money) = value.as_str().and_then(|text| text.parse::<Money>().ok()) {
        return Some((Some(money.currency().to_string()), money.to_decimal()));
    }
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Some((None, text.parse().ok()?))
}

/// The numbers that are tried; none where something else than numbers is.
fn moved(deal: &Deal, cells: &[SolvedCellDto]) -> Option<Vec<Moved>> {
    let tried: Vec<&SolvedCellDto> = cells.iter().filter(|cell| !cell.path.starts_with("risk.")).collect();
    if tried.is_empty() {
        return Some(Vec::new());
    }
    let document = deal_to_value(deal).ok()?;
    tried
        .into_iter()
        .map(|cell| {
            let (before, _) = number(&get_in(&document, &cell.path)?)?;
            let (after, value) = number(&cell.value)?;
            (before == after).then(|| Moved { path: cell.path.clone(), value })
        })
        .collect()
}

/// What is drawn: the drivers of the deal, and one for each number that is tried.
fn plan(risk: &RiskPlan, moved: &[Moved]) -> RiskPlan {
    let mut plan = risk.clone();
    plan.drivers.extend(moved.iter().enumerate().map(|(place, cell)| {
        let (one, id) = (Decimal::ONE, format!("tried-{place}"));
        RiskDriver {
            id: id.clone(),
            label: cell.path.clone(),
            paths: vec![cell.path.clone()],
            event: None,
            effect: Some(DrawEffect::Replace),
            distribution: Distribution::Discrete(vec![Outcome { id, value: cell.value, probability: one }]),
        }
    }));
    plan
}

/// The film of a simulation; why there is none inside.
pub(super) fn film(
    state: &State,
    deal: &Deal,
    simulation: &Simulation,
    party: &str,
) -> Result<Result<Arc<Film<'static>>, String>, AppError> {
    kept(state, deal, simulation, party, &Stop::default())
}

/// As [`film`], for whoever waits for it: one that moves sees one party, and it stops when nobody waits.
pub(super) fn film_for(
    state: &State,
    deal: &Deal,
    simulation: &Simulation,
    party: &str,
    hand: &Hand,
) -> Result<Result<Arc<Film<'static>>, String>, AppError> {
    let found = kept(state, deal, simulation, party, &hand.stop())?;
    Ok(found.map(|film| {
        let film = film.as_ref().clone().stopping(hand.stop());
        Arc::new(if hand.moves() { film.only(party) } else { film })
    }))
}

fn kept(
    state: &State,
    deal: &Deal,
    simulation: &Simulation,
    party: &str,
    stop: &Stop,
) -> Result<Result<Arc<Film<'static>>, String>, AppError> {
    let settings = FilmSettings {
        seed: simulation.seed,
        sampling: SAMPLING,
        fans: vec![party.to_owned()],
        checked: true,
    };
    let cells = simulation.with.as_deref().and_then(|with| state.risk.cells(with)).unwrap_or_default();
    let asked = Asked { state, deal, party, settings, stop };
    let Some(moved) = moved(&state.deal, &cells) else { return asked.whole(simulation) };
    let key = FilmKey {
        party: party.to_owned(),
        moved: moved.iter().map(|cell| cell.path.clone()).collect(),
        with: None,
    };
    let plan = plan(&deal.risk, &moved);
    if let Some(known) = state.risk.film(&key) {
        match known.redrawn(&plan, simulation.seed) {
            Ok(Some(film)) if !is_tried_slowly(&film, moved.len()) => return Ok(Ok(Arc::new(film))),
            Ok(_) => {}
            Err(reason) => return Ok(Err(reason.to_string())),
        }
        if is_tried_slowly(&known, moved.len()) {
            return asked.whole(simulation);
        }
    }
    let mut typed = state.deal.clone();
    typed.risk = plan;
    let film = match Film::new(&typed, catalog()?, asked.settings.clone()) {
        Ok(film) => Arc::new(film),
        Err(reason) => return Ok(Err(reason.to_string())),
    };
    state.risk.keep_film(key, Arc::clone(&film));
    if is_tried_slowly(&film, moved.len()) {
        return asked.whole(simulation);
    }
    Ok(Ok(film))
}

/// Whether numbers that are tried lead nowhere on the fast way, or make all paths slow: then a film of the deal that holds
/// them is the faster one.
fn is_tried_slowly(film: &Film<'_>, moved: usize) -> bool {
    let mut tried = film.ways().iter().rev().take(moved);
    tried.any(|way| matches!(way.way, Way::Slow | Way::Still)) || (moved > 0 && film.way() == Way::Slow)
}

struct Asked<'a> {
    state: &'a State,
    deal: &'a Deal,
    party: &'a str,
    settings: FilmSettings,
    stop: &'a Stop,
}

impl Asked<'_> {
    /// A film of the deal that is tried, compiled for it alone.
    fn whole(&self, simulation: &Simulation) -> Result<Result<Arc<Film<'static>>, String>, AppError> {
        let key = FilmKey { party: self.party.to_owned(), moved: Vec::new(), with: simulation.with.clone() };
        if let Some(known) = self.state.risk.film(&key) {
            return Ok(known
                .redrawn(&self.deal.risk, simulation.seed)
                .map_err(|reason| reason.to_string())
                .map(|found| found.map_or(known, Arc::new)));
        }
        // What passes by under the hand is not compared with the whole model: what is typed then is.
        let settings = FilmSettings { checked: false, ..self.settings.clone() };
        Ok(match Film::new_unless(self.deal, catalog()?, settings, self.stop.clone()) {
            Ok(film) => {
                let film = Arc::new(film.stopping(Stop::default()));
                self.state.risk.keep_film(key, Arc::clone(&film));
                Ok(film)
            }
            Err(reason) => Err(reason.to_string()),
        })
    }
}
