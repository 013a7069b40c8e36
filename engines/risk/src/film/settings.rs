//! What a film is asked for.

use crate::run::Sampling;

/// How a deal is simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilmSettings {
    /// The seed.
    pub seed: u64,
    /// How paths depend on each other.
    pub sampling: Sampling,
    /// Parties for which what they received is told quarter by quarter.
    pub fans: Vec<String>,
    /// Whether the tapes are compared with the whole model before they are used: twice for every driver. Without it what
    /// has no tape still goes the slow way, but what has one is trusted.
    pub checked: bool,
}

impl FilmSettings {
    /// The usual way: scrambled Sobol' points, checked, without fans.
    pub fn new(seed: u64) -> Self {
        Self { seed, sampling: Sampling::Scrambled { scrambles: 8 }, fans: Vec::new(), checked: true }
    }
}
