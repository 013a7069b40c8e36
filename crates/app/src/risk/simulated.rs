//! A deal simulated, and everything that is told of it.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use recoup_deal::{Deal, Edit, edited};
use recoup_risk::film::{Film, Stop, Way};
use recoup_risk::run::{Asked, KERNEL, Keep, Precision, Progress, Request, Run, Sampling, Threads, simulate};
use recoup_risk::{Column, Measure, PathModel};

use super::address::Simulation;
use super::films::film_for;
use super::hand::Hand;
use super::numbers::Teller;
use super::{drawn, drivers, parties};
use crate::state::State;
use crate::wire::{QuantityDto, RiskConvergenceDto, RiskView};
use crate::{AppError, ErrorCode};

/// Independent scrambles behind every standard error.
pub(super) const SCRAMBLES: u32 = 8;
/// How paths are drawn.
pub(super) const SAMPLING: Sampling = Sampling::Scrambled { scrambles: SCRAMBLES };
/// The most paths that somebody waits for where each is computed by the whole model.
const MOST_SLOW: u64 = 2048;
/// The most bytes of kept paths; above them paths are counted.
const MOST_KEPT: u64 = 192 << 20;

/// What is asked of a simulation.
pub(super) struct Wanted {
    pub(super) simulation: Simulation,
    /// Whose return and receipts are drawn; the equity's where none is given.
    pub(super) party: Option<String>,
}

/// A simulation that was told: the answer, and every figure of it by its address.
pub(super) struct Simulated {
    pub(super) simulation: Simulation,
    pub(super) view: RiskView,
    pub(super) figures: HashMap<String, QuantityDto>,
    /// Whether it tells of one party alone all there is to tell: what a hand that moves has time for.
    pub(super) in_part: bool,
}

/// How many paths a number that was asked for makes.
pub(super) fn rounded(paths: u64) -> Result<u64, AppError> {
    let asked = Asked::new(paths, SAMPLING).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, format!("{reason}."))
            .with("path", "paths")
            .with("given", paths)
    })?;
    Ok(asked.paths)
}

/// The deal that a simulation is of: as it stands, or with cells that were tried.
pub(super) fn deal_of(state: &State, simulation: &Simulation) -> Result<Deal, AppError> {
    let Some(with) = &simulation.with else { return Ok(state.deal.clone()) };
    let cells = state.risk.cells(with).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "The cells that were tried are forgotten. Try them again.")
            .with("with", with)
    })?;
    let edits: Vec<Edit> = cells.into_iter().map(|cell| Edit::set(cell.path, cell.value)).collect();
    Ok(edited(&state.deal, &edits)?)
}

/// Whose return is drawn: the party that is asked for, or the first that brings equity, or the first of all.
pub(super) fn chosen(deal: &Deal, asked: Option<&str>) -> Result<String, AppError> {
    let providers = || deal.instruments.iter().filter_map(|one| Some((one.provider.as_ref()?, &one.terms)));
    match asked {
        Some(party) if deal.parties.iter().any(|known| known.id == party) => Ok(party.to_owned()),
        Some(party) => Err(AppError::new(ErrorCode::InvalidRequest, "The deal has no such party.")
            .with("path", "party")
            .with("given", party)),
        None => {
            let equity = providers().find(|(_, terms)| terms.is_equity());
            let found = equity.or_else(|| providers().next()).map(|(party, _)| party.clone());
            Ok(found.or_else(|| Some(deal.parties.first()?.id.clone())).unwrap_or_default())
        }
    }
}

/// Simulates, or finds what was simulated. `clock` is the host's; `hand` is who waits for it.
pub(super) fn simulated(
    state: &State,
    wanted: &Wanted,
    revision: u32,
    clock: &dyn Fn() -> i64,
    hand: &Hand,
) -> Result<Arc<Simulated>, AppError> {
    let simulation = &wanted.simulation;
    let _hurry = hand.hurry();
    let deal = deal_of(state, simulation)?;
    let party = chosen(&deal, wanted.party.as_deref())?;
    let known = |one: &Simulated| {
        let same = Simulation { paths: simulation.paths, ..one.simulation.clone() } == *simulation;
        let enough = one.simulation.paths == simulation.paths
            || (one.view.way == "slow" && simulation.paths > MOST_SLOW);
        same && enough && one.view.chosen == party && (hand.moves() || !one.in_part)
    };
    if let Some(known) = state.risk.answer(known) {
        return Ok(known);
    }
    let began = clock();
    let mut view = empty(simulation, &party, revision);
    if deal.risk.drivers.is_empty() {
        return Ok(nothing(simulation, view));
    }
    let film = match film_for(state, &deal, simulation, &party, hand)? {
        Ok(film) => film,
        Err(_) if hand.stop().is_now() => {
            view.finished = false;
            return Ok(nothing(simulation, view));
        }
        Err(reason) => {
            view.reason = Some(reason);
            return Ok(nothing(simulation, view));
        }
    };
    // By the whole model a path takes milliseconds: what somebody waits for has fewer then, and says so.
    let is_cut = film.way() == Way::Slow && simulation.paths > MOST_SLOW;
    let drawn = Simulation { paths: if is_cut { MOST_SLOW } else { simulation.paths }, ..simulation.clone() };
    let asked = request(film.as_ref(), &drawn, &film.told(), None);
    let stop = hand.stop();
    let mut observer =
        |_: Progress| if stop.is_now() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let run = simulate(film.as_ref(), asked, hand.threads(), &mut observer)
        .map_err(|reason| AppError::new(ErrorCode::InvalidRequest, format!("{reason}.")))?;
    let mut teller = Teller::new(drawn.clone(), deal.currency);
    if run.paths() > 0 {
        let film = film.as_ref().clone().stopping(Stop::default());
        let told = Told { deal: &deal, film: &film, run: &run, party: &party, threads: hand.threads() };
        told.tell(&mut view, &mut teller);
    }
    view.elapsed_ms = u32::try_from(clock() - began).unwrap_or(u32::MAX);
    let figures = teller.known();
    let is_whole = view.finished;
    view.finished = is_whole && !is_cut;
    let answer = Arc::new(Simulated { simulation: drawn, view, figures, in_part: hand.moves() });
    if is_whole {
        state.risk.keep(Arc::clone(&answer));
    }
    Ok(answer)
}

/// The answer where nothing was drawn.
fn nothing(simulation: &Simulation, view: RiskView) -> Arc<Simulated> {
    let (simulation, figures) = (simulation.clone(), HashMap::new());
    Arc::new(Simulated { simulation, view, figures, in_part: false })
}

/// Every column of a film.
pub(super) fn all(film: &Film<'_>) -> Vec<usize> {
    (0..film.columns().len()).collect()
}

pub(super) fn request(
    film: &Film<'_>,
    simulation: &Simulation,
    columns: &[usize],
    precision: Option<Precision>,
) -> Request {
    let bytes = simulation.paths.saturating_mul(8 * columns.len() as u64);
    Request {
        identity: film.identity(),
        sampling: SAMPLING,
        paths: simulation.paths,
        columns: columns.to_vec(),
        keep: if bytes > MOST_KEPT { Keep::Histograms } else { Keep::Columns },
        precision,
        checkpoint_every: None,
    }
}

pub(super) fn empty(simulation: &Simulation, party: &str, revision: u32) -> RiskView {
    RiskView {
        revision,
        paths: u32::try_from(simulation.paths).unwrap_or(u32::MAX),
        seed: simulation.seed.to_string(),
        generator: "sobol".to_owned(),
        scrambles: SCRAMBLES,
        kernel: format!("kernel {KERNEL}, {}", recoup_risk::run::processor()),
        way: "fast".to_owned(),
        slow_reasons: Vec::new(),
        elapsed_ms: 0,
        finished: true,
        reason: None,
        drivers: Vec::new(),
        correlations: Vec::new(),
        repaired: false,
        parties: Vec::new(),
        claims: Vec::new(),
        chosen: party.to_owned(),
        histogram: None,
        fan: None,
        convergence: RiskConvergenceDto { address: String::new(), points: Vec::new() },
    }
}

/// What is told, and of what.
pub(super) struct Told<'a> {
    pub(super) deal: &'a Deal,
    pub(super) film: &'a Film<'static>,
    pub(super) run: &'a Run,
    pub(super) party: &'a str,
    pub(super) threads: &'a Threads,
}

impl Told<'_> {
    pub(super) fn tell(&self, view: &mut RiskView, teller: &mut Teller) {
        view.paths = u32::try_from(self.run.paths()).unwrap_or(u32::MAX);
        view.finished = self.run.ended().is_some();
        view.way = word(self.film.way()).to_owned();
        let slow = self.film.ways().iter().filter(|way| way.way == Way::Slow);
        view.slow_reasons = slow.filter_map(|way| way.reason.clone()).collect();
        if view.slow_reasons.is_empty() {
            view.slow_reasons.extend(self.film.why_slow().map(str::to_owned));
        }
        view.drivers = drivers::told(self.deal, self.film, self.is_in_part());
        view.correlations = drivers::correlations(self.film);
        view.repaired = self.film.draws().copula().repair().is_some();
        (view.parties, view.claims) = parties::told(self, teller);
        view.histogram = drawn::histogram(self, teller);
        view.fan = drawn::fan(self, teller);
        view.convergence = drawn::convergence(self, teller);
    }

    /// Whether less was run than there is: for a hand that moves.
    fn is_in_part(&self) -> bool {
        self.run.columns().len() < self.film.columns().len()
    }

    /// The place of a party's column among those that were run.
    pub(super) fn place(&self, of: &str, measure: Measure) -> Option<usize> {
        self.run.place(&Column { of: of.to_owned(), measure })
    }
}

/// The way of paths, as the wire calls it.
pub(super) fn word(way: Way) -> &'static str {
    match way {
        Way::Still => "still",
        Way::Fast => "fast",
        Way::Regimes => "regimes",
        Way::Slow => "slow",
    }
}
