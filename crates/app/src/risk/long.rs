//! A simulation that takes longer than a person waits, as a job.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use recoup_deal::{Deal, deal_to_value, read_deal_value};
use recoup_risk::film::{Film, FilmSettings, NotFilmed, Stop};
use recoup_risk::run::{
    KERNEL, Keep, MOST_PATHS, Precision, Progress, Request, Run, RunRefused, Target, resume, simulate,
};
use recoup_risk::{Column, Measure, PathModel};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::address::Simulation;
use super::hand::{give_way, threads};
use super::numbers::Teller;
use super::simulated::{SAMPLING, Told, all, chosen, empty, request, rounded};
use crate::jobs::{Ended, Fault, JobKind, Watch};
use crate::{AppError, ErrorCode, computation::catalog, wire::StartSimulation};

/// The most bytes of kept paths; above them paths are counted, so that a state is kept in an instant.
const MOST_KEPT: u64 = 16 << 20;

/// The form in which a run is told; another form gives other bytes.
const TOLD: u32 = 1;

/// What a simulation runs on.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LongSimulation {
    /// The deal as it stood, with the texts of the law it knew.
    pub(crate) deal: Value,
    pub(crate) seed: u64,
    pub(crate) paths: u64,
    pub(crate) party: Option<String>,
    /// The standard error of the party's probability of recoupment that ends the run before the count does.
    pub(crate) precision: Option<f64>,
}

impl LongSimulation {
    /// What a person asks for, in bounds.
    ///
    /// # Errors
    /// A refusal that names the field and what it may be.
    pub(crate) fn asked(deal: &Deal, request: &StartSimulation) -> Result<Self, AppError> {
        if deal.risk.drivers.is_empty() {
            return Err(AppError::new(
                ErrorCode::InvalidRequest,
                "Nothing in this deal is uncertain yet: every path would be the same. Say what may vary first.",
            )
            .with("path", "risk.drivers"));
        }
        let given = u64::from(request.paths);
        if !(1..=MOST_PATHS).contains(&given) {
            let message = format!("A simulation has between 1 and {MOST_PATHS} paths.");
            return Err(AppError::new(ErrorCode::InvalidRequest, message)
                .with("path", "paths")
                .with("given", given)
                .with("min", 1)
                .with("max", MOST_PATHS));
        }
        let paths = rounded(given)?;
        chosen(deal, request.party.as_deref())?;
        Ok(Self {
            deal: deal_to_value(deal)?,
            seed: super::simulation(None, request.seed.as_deref())?.seed,
            paths,
            party: request.party.clone(),
            precision: request.precision.as_deref().map(precision).transpose()?,
        })
    }
}

/// A standard error of a probability: above nothing, and never more than a half.
fn precision(typed: &str) -> Result<f64, AppError> {
    let error = typed.parse().ok().filter(|error: &f64| *error > 0.0 && *error <= 0.5);
    error.ok_or_else(|| {
        AppError::new(ErrorCode::InvalidRequest, "A precision is a standard error above 0 and up to 0.5.")
            .with("path", "precision")
            .with("given", typed)
            .with("min", "0")
            .with("max", "0.5")
    })
}

/// Simulations of a deal.
pub(crate) struct MonteCarlo;

impl JobKind for MonteCarlo {
    fn name(&self) -> &'static str {
        "monte_carlo"
    }

    /// What is told of a run, and what runs it.
    fn version(&self) -> String {
        format!("{TOLD}, kernel {KERNEL}")
    }

    fn run(&self, input: &Value, state: Option<&[u8]>, watch: &Arc<Watch>) -> Result<Ended, Fault> {
        let asked: LongSimulation = serde_json::from_value(input.clone()).map_err(unreadable)?;
        let deal = read_deal_value(asked.deal.clone()).map_err(AppError::from)?;
        let simulation = Simulation { seed: asked.seed, paths: asked.paths, with: None };
        let party = chosen(&deal, asked.party.as_deref())?;
        let settings =
            FilmSettings { seed: asked.seed, sampling: SAMPLING, fans: vec![party.clone()], checked: true };
        let looked = Arc::clone(watch);
        let stop = Stop::when(move || {
            give_way();
            looked.is_over()
        });
        let film = match Film::new_unless(&deal, catalog()?, settings, stop) {
            Ok(film) => film,
            // Nothing is known yet but what was known before.
            Err(NotFilmed::Stopped) => return Ok(Ended::Stopped(state.unwrap_or_default().to_vec())),
            Err(reason) => return Err(refused(&reason).into()),
        };
        let state = state.filter(|state| !state.is_empty());
        let request = long_request(&film, &simulation, &asked, &party)?;
        let work = Work { deal: &deal, film: &film, simulation: &simulation, party: &party };
        work.run(&request, state, watch)
    }
}

struct Work<'a> {
    deal: &'a Deal,
    film: &'a Film<'static>,
    simulation: &'a Simulation,
    party: &'a str,
}

impl Work<'_> {
    /// Runs until it is done or stopped. Where a state is wanted the run stops for it, and goes on from it: it ends in
    /// the same bytes.
    fn run(&self, request: &Request, state: Option<&[u8]>, watch: &Watch) -> Result<Ended, Fault> {
        let mut state = state.map(<[u8]>::to_vec);
        // A preview takes longer than a state: it is told for no more than a tenth of the time.
        let mut next = Instant::now();
        loop {
            let mut observer = |Progress { done, total }: Progress| {
                if watch.advance(done, total).is_break() || watch.wants_state() {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            };
            let run = match state.as_deref() {
                None => simulate(self.film, request.clone(), threads(), &mut observer),
                Some(bytes) => resume(self.film, request.clone(), bytes, threads(), &mut observer),
            };
            let run = run.map_err(|reason| match reason {
                RunRefused::Unreadable | RunRefused::AnotherRun(_) => Fault::StateRefused,
                other => Fault::Refused(refused(&other)),
            })?;
            if run.ended().is_some() {
                return Ok(Ended::Done(self.told(&run)?));
            }
            let began = Instant::now();
            let bytes = run.to_bytes();
            if watch.stopped().is_some() {
                // Stopped before the first paths were counted, it may not know its bounds: it begins anew.
                return Ok(Ended::Stopped(if run.paths() == 0 { Vec::new() } else { bytes }));
            }
            watch.keep(bytes.clone(), began.elapsed());
            state = Some(bytes);
            let told = Instant::now();
            if run.paths() > 0 && told >= next {
                watch.show(self.told(&run)?);
                next = Instant::now() + told.elapsed() * 9;
            }
        }
    }

    /// What a run came to, without anything that another run would not say: how long it took stands beside it.
    fn told(&self, run: &Run) -> Result<String, AppError> {
        let mut view = empty(self.simulation, self.party, 0);
        let mut teller = Teller::new(self.simulation.clone(), self.deal.currency);
        // What is told of it is told to the end.
        let film = self.film.clone().stopping(Stop::default());
        let told = Told { deal: self.deal, film: &film, run, party: self.party, threads: threads() };
        told.tell(&mut view, &mut teller);
        serde_json::to_string(&view).map_err(unreadable)
    }
}

fn long_request(
    film: &Film<'static>,
    simulation: &Simulation,
    asked: &LongSimulation,
    party: &str,
) -> Result<Request, AppError> {
    let columns = all(film);
    let precision = match asked.precision {
        None => None,
        Some(error) => {
            let wanted = Column { of: party.to_owned(), measure: Measure::Recouped };
            let column = film.columns().iter().position(|column| *column == wanted).ok_or_else(|| {
                AppError::new(ErrorCode::InvalidRequest, "This party has nothing to be recouped.")
                    .with("path", "precision")
                    .with("party", party)
            })?;
            Some(Precision { column, target: Target::Mean, error })
        }
    };
    let bytes = simulation.paths.saturating_mul(8 * columns.len() as u64);
    let keep = if bytes > MOST_KEPT { Keep::Histograms } else { Keep::Columns };
    Ok(Request { keep, ..request(film, simulation, &columns, precision) })
}

fn refused(reason: &dyn std::fmt::Display) -> AppError {
    AppError::new(ErrorCode::InvalidRequest, format!("{reason}."))
}

fn unreadable(reason: serde_json::Error) -> AppError {
    AppError::new(ErrorCode::Internal, "What the simulation runs on cannot be read.").with("reason", reason)
}
