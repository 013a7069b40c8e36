//! Everything a search knows, to stop and to go on.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::optimise::space::{Objectives, Space};

/// What a search may spend, and how it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The same seed gives the same answer.
    pub seed: u64,
    /// Members of the population, 8 to 1,000.
    pub population: usize,
    /// Decisions that are evaluated at most. A space that has no more is looked at as a whole.
    pub evaluations: usize,
    /// Rounds in a row without a change of the frontier after which it ends.
    pub patience: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, population: 48, evaluations: 5_000, patience: 25 }
    }
}

/// Why a search cannot start or go on.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum SearchRefused {
    /// Nothing is free.
    #[error("there is nothing to decide")]
    NothingFree,
    /// Nothing is asked for.
    #[error("there is no objective")]
    NoObjective,
    /// Settings out of their bounds.
    #[error("a search has 8 to 1000 members, at least as many evaluations as members, and some patience")]
    Settings,
    /// A state of another space.
    #[error("the search that was stopped was about other decisions")]
    OtherSpace,
}

/// A decision that was evaluated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Tried {
    /// Steps of each decision.
    pub steps: Vec<u32>,
    /// What it came to; none where it cannot be computed.
    pub worth: Option<Objectives>,
}

/// A search that can be taken up again. It holds what was found so far, at any time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub(super) settings: Settings,
    /// Steps of each decision, to see that it is the same space.
    pub(super) grid: Vec<u32>,
    pub(super) objectives: usize,
    pub(super) round: u64,
    pub(super) quiet: usize,
    /// Everything that was evaluated, in order; those that were given come first.
    pub(super) tried: Vec<Tried>,
    pub(super) given: usize,
    /// Places of the population among what was tried.
    pub(super) members: Vec<usize>,
    /// Places of what nothing beats.
    pub(super) frontier: Vec<usize>,
}

impl State {
    pub(super) fn new<S: Space>(space: &S, settings: Settings) -> Result<Self, SearchRefused> {
        let grid: Vec<u32> = space.decisions().iter().map(|decision| decision.steps).collect();
        if grid.is_empty() {
            return Err(SearchRefused::NothingFree);
        }
        if space.objectives() == 0 {
            return Err(SearchRefused::NoObjective);
        }
        let fits = (8..=1_000).contains(&settings.population)
            && settings.evaluations >= settings.population
            && settings.patience > 0;
        if !fits {
            return Err(SearchRefused::Settings);
        }
        Ok(Self {
            settings,
            grid,
            objectives: space.objectives(),
            round: 0,
            quiet: 0,
            tried: Vec::new(),
            given: 0,
            members: Vec::new(),
            frontier: Vec::new(),
        })
    }

    pub(super) fn is_about<S: Space>(&self, space: &S) -> bool {
        let places = |of: &[usize]| of.iter().all(|place| *place < self.tried.len());
        let grid = space.decisions().iter().map(|decision| decision.steps);
        self.grid.iter().copied().eq(grid)
            && self.objectives == space.objectives()
            && self.tried.iter().all(|tried| tried.steps.len() == self.grid.len())
            && self.given <= self.tried.len()
            && places(&self.members)
            && places(&self.frontier)
    }

    /// How many decisions were evaluated.
    pub fn evaluated(&self) -> usize {
        self.tried.len()
    }

    /// How many decisions there are in all; none where they are too many to count.
    pub fn size(&self) -> Option<usize> {
        self.grid.iter().try_fold(1_usize, |all, steps| all.checked_mul(*steps as usize + 1))
    }
}
