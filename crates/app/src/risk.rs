//! What a deal comes to when its numbers are uncertain.
//!
//! Every answer is computed on the revision that is looked at and kept with it. A figure says by which seed and how
//! many paths it was drawn, so that whoever asks why gets the same number again.

mod address;
mod drawn;
mod drivers;
mod explain;
mod films;
mod from_file;
mod goal;
mod hand;
mod long;
mod memory;
mod numbers;
mod packed;
mod parties;
mod replayed;
mod sensitivity;
mod simulated;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use recoup_deal::read_deal;

use crate::{
    App, AppError, ErrorCode,
    law::Law,
    state::State,
    wire::{
        GoalView, PathReplay, PreviewRisk, ReplayPath, RiskView, SeekGoal, SensitivityView, TwoWayView,
        ViewRisk, ViewSensitivity, ViewTwoWay,
    },
};

pub use from_file::{FileReplay, FileSimulation, PathPosting, replay_deal_file, simulate_deal_file};

pub(crate) use explain::explained_risk;
pub(crate) use long::{LongSimulation, MonteCarlo};
pub(crate) use memory::Memory;
pub(crate) use packed::packed;

use address::Simulation;
use goal::Search;
use hand::Hand;
use sensitivity::Question;
use simulated::{Wanted, rounded, simulated};

/// Paths where nobody says how many.
const USUAL_PATHS: u32 = 10_000;
/// The least and the most paths of an answer that somebody waits for; more take a job.
const LIMITS: (u32, u32) = (256, 10_000_000);
/// The seed where nobody says another.
const USUAL_SEED: u64 = 1;

/// The risk of a deal as it stands.
pub async fn view_risk(app: &App, request: ViewRisk) -> Result<RiskView, AppError> {
    let ViewRisk { deal, paths, party, seed } = request;
    let simulation = simulation(paths, seed.as_deref())?;
    let (revision, state) = app.state(&deal)?;
    let (clock, looked, of) = (app.clone(), app.clone(), deal.clone());
    apart(move || {
        let wanted = Wanted { simulation, party };
        // Finer pictures of what is no longer looked at are not drawn to the end.
        let hand = Hand::resting(move || looked.state(&of).map_or(true, |(now, _)| now != revision));
        let found = simulated(&state, &wanted, revision, &|| clock.now_ms(), &hand)?;
        Ok(found.view.clone())
    })
    .await
}

/// The risk of a deal with cells that are tried. The latest trial wins: an earlier one that still runs stops, and its
/// answer says that it is not finished.
pub async fn preview_risk(app: &App, request: PreviewRisk) -> Result<RiskView, AppError> {
    let PreviewRisk { deal, paths, party, seed, cells } = request;
    let mut simulation = simulation(paths, seed.as_deref())?;
    let (revision, state) = app.state(&deal)?;
    let turn = state.risk.try_next();
    if !cells.is_empty() {
        simulation.with = Some(state.risk.draft(&cells));
    }
    let clock = app.clone();
    apart(move || {
        let wanted = Wanted { simulation, party };
        let tried = Arc::clone(&state);
        let hand = Hand::moving(move || tried.risk.is_outdated(turn));
        let found = simulated(&state, &wanted, revision, &|| clock.now_ms(), &hand)?;
        Ok(found.view.clone())
    })
    .await
}

/// Which uncertain number moves a result, and by how much.
pub async fn view_sensitivity(app: &App, request: ViewSensitivity) -> Result<SensitivityView, AppError> {
    let ViewSensitivity { deal, party, output, paths } = request;
    let simulation = simulation(paths, None)?;
    let (revision, state) = app.state(&deal)?;
    apart(move || Question::new(&state, simulation, party.as_deref(), &output)?.view(&state, revision)).await
}

/// A result over the values of two uncertain numbers.
pub async fn view_two_way(app: &App, request: ViewTwoWay) -> Result<TwoWayView, AppError> {
    let ViewTwoWay { deal, one, other, party, output } = request;
    let simulation = simulation(None, None)?;
    let (revision, state) = app.state(&deal)?;
    apart(move || {
        let question = Question::new(&state, simulation, party.as_deref(), &output)?;
        question.two_way(&state, revision, &one, &other)
    })
    .await
}

/// One path, computed to the cent.
pub async fn replay_path(app: &App, request: ReplayPath) -> Result<PathReplay, AppError> {
    let ReplayPath { deal, path, seed } = request;
    let simulation = simulation(None, seed.as_deref())?;
    let (_, state) = app.state(&deal)?;
    apart(move || replayed::replay(&state, &simulation, u64::from(path))).await
}

/// What a cell has to hold for a figure, exact or of a simulation, to be what is wanted.
pub async fn seek_goal(app: &App, request: SeekGoal) -> Result<GoalView, AppError> {
    let simulation = simulation(request.paths, request.seed.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    apart(move || Search::new(&state, revision, simulation, &request)?.seek(&request)).await
}

/// As [`seek_goal`], for a deal file; the request's own deal is not looked at.
pub fn seek_in_deal_file(text: &str, request: &SeekGoal) -> Result<GoalView, AppError> {
    let state = State::new(read_deal(text)?, &Law::default());
    let simulation = simulation(request.paths, request.seed.as_deref())?;
    Search::new(&state, 0, simulation, request)?.seek(request)
}

/// Computes beside what answers others.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The simulation broke off.").with("reason", reason)
    })?
}

fn simulation(paths: Option<u32>, seed: Option<&str>) -> Result<Simulation, AppError> {
    let given = paths.unwrap_or(USUAL_PATHS);
    let (least, most) = LIMITS;
    if !(least..=most).contains(&given) {
        let message = "A simulation that is waited for has 256 to 10,000,000 paths. More take a job.";
        return Err(AppError::new(ErrorCode::InvalidRequest, message)
            .with("path", "paths")
            .with("given", given)
            .with("min", least)
            .with("max", most));
    }
    let seed = match seed {
        None => USUAL_SEED,
        Some(text) => text.parse().map_err(|_| {
            AppError::new(ErrorCode::InvalidRequest, "A seed is a whole number that is not negative.")
                .with("path", "seed")
                .with("given", text)
                .with("min", 0)
                .with("max", u64::MAX)
        })?,
    };
    Ok(Simulation { seed, paths: rounded(u64::from(given))?, with: None })
}
