//! The risk of a deal file, without a window.

use recoup_deal::read_deal;
use recoup_risk::film::Replayed;
use serde::Serialize;

use super::hand::Hand;
use super::numbers::money;
use super::replayed::{path, told};
use super::simulated::{Wanted, simulated};
use super::simulation;
use crate::law::Law;
use crate::state::State;
use crate::wire::{MoneyDto, PathReplay, RiskView};
use crate::{AppError, ErrorCode};

/// What is asked of a deal file.
#[derive(Debug, Clone, Default)]
pub struct FileSimulation {
    /// How many paths; 10,000 where none are given.
    pub paths: Option<u32>,
    /// Whose return is drawn; the equity's where none is given.
    pub party: Option<String>,
    /// The seed.
    pub seed: Option<String>,
}

/// One payment of a path.
#[derive(Debug, Clone, Serialize)]
pub struct PathPosting {
    /// The day of the receipt.
    pub date: String,
    /// The receipt.
    pub receipt: String,
    /// The tier that takes; none for what nobody claims.
    pub tier: Option<String>,
    /// Who is paid; none for what is held or left over.
    pub payee: Option<String>,
    /// How much.
    pub amount: MoneyDto,
}

/// A path of a deal file, computed to the cent.
#[derive(Debug, Clone, Serialize)]
pub struct FileReplay {
    /// What was drawn, and what it came to.
    pub replay: PathReplay,
    /// How far a flow of the simulation may lie from the exact one: half a minor unit for each rounding left out.
    pub bound: Option<MoneyDto>,
    /// Whether the simulation lies within it, and every claim that it has paid out is.
    pub agrees: bool,
    /// Every payment of the recoupment.
    pub postings: Vec<PathPosting>,
}

/// As [`view_risk`](super::view_risk), for a deal file. `clock` counts milliseconds.
///
/// # Errors
/// As [`view_risk`](super::view_risk).
pub fn simulate_deal_file(
    text: &str,
    asked: &FileSimulation,
    clock: &dyn Fn() -> i64,
) -> Result<RiskView, AppError> {
    let state = State::new(read_deal(text)?, &Law::default());
    let simulation = simulation(asked.paths, asked.seed.as_deref())?;
    let wanted = Wanted { simulation, party: asked.party.clone() };
    Ok(simulated(&state, &wanted, 0, clock, &Hand::patient())?.view.clone())
}

/// One path of a simulation of a deal file, with every posting.
///
/// # Errors
/// As [`replay_path`](super::replay_path).
pub fn replay_deal_file(text: &str, asked: &FileSimulation, number: u64) -> Result<FileReplay, AppError> {
    let state = State::new(read_deal(text)?, &Law::default());
    let simulation = simulation(asked.paths, asked.seed.as_deref())?;
    let replayed = path(&state, &simulation, number)?;
    let agrees = replayed.largest_difference <= replayed.bound
        && replayed.claims.iter().all(|(_, simulated, exact)| simulated == exact);
    Ok(FileReplay {
        bound: money(replayed.bound, state.deal.currency),
        agrees,
        postings: postings(&replayed)?,
        replay: told(&state, &simulation, number, &replayed)?,
    })
}

fn postings(replayed: &Replayed) -> Result<Vec<PathPosting>, AppError> {
    let Some(recoupment) = &replayed.outcome.recoupment else { return Ok(Vec::new()) };
    let posting = |posting: &recoup_waterfall::Posting| {
        Ok(PathPosting {
            date: posting.date.to_string(),
            receipt: posting.receipt.to_string(),
            tier: posting.tier.as_ref().map(ToString::to_string),
            payee: posting.payee.as_ref().map(ToString::to_string),
            amount: MoneyDto::new(posting.amount.minor(), posting.amount.currency().to_string())
                .map_err(|reason| AppError::new(ErrorCode::Internal, format!("{reason}.")))?,
        })
    };
    recoupment.postings.iter().map(posting).collect()
}
