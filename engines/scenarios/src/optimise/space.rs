//! What is free to decide, and what a decision is worth.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One number that is free: an amount, a share of the spend, a place in a list of options.
///
/// It moves in steps that mean something to those who sign: nobody negotiates a loan to the cent. On steps, two
/// decisions are either the same or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Stable id, such as `gap.amount`.
    pub id: String,
    /// The least value, in the unit of the number (an amount: major units).
    pub low: f64,
    /// From one value to the next, above zero.
    pub step: f64,
    /// Steps from the least to the greatest value.
    pub steps: u32,
}

/// Why a number is not free to decide.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum DecisionRefused {
    /// The greatest value is below the least, or one is no number.
    #[error("{id}: the greatest value has to be at least the least")]
    Bounds {
        /// Of which.
        id: String,
    },
    /// A step that is not above zero, or so small that the steps cannot be counted.
    #[error("{id}: the step has to be above zero and no less than the range over four billion")]
    Step {
        /// Of which.
        id: String,
    },
}

impl Decision {
    /// A number between two values, both included where steps lead there.
    ///
    /// # Errors
    /// [`DecisionRefused`].
    pub fn between(id: &str, low: f64, high: f64, step: f64) -> Result<Self, DecisionRefused> {
        let id = id.to_owned();
        if !(low.is_finite() && high.is_finite() && low <= high) {
            return Err(DecisionRefused::Bounds { id });
        }
        // A last step that misses the bound by what doubles leave is a step.
        let steps = ((high - low) / step + 1e-9).floor();
        if !(step.is_finite() && step > 0.0 && steps < f64::from(u32::MAX)) {
            return Err(DecisionRefused::Step { id });
        }
        Ok(Self { id, low, step, steps: steps as u32 })
    }

    /// The value after some steps.
    pub fn value(&self, step: u32) -> f64 {
        self.low + f64::from(step.min(self.steps)) * self.step
    }

    /// The greatest value.
    pub fn high(&self) -> f64 {
        self.value(self.steps)
    }

    /// The steps to the value that is nearest.
    pub fn nearest(&self, value: f64) -> u32 {
        // A value that is no number becomes the least.
        ((value - self.low) / self.step).round().clamp(0.0, f64::from(self.steps)) as u32
    }
}

/// What a decision is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Objectives {
    /// One number for each objective; less is better. Who wants much of something negates it.
    #[serde(with = "exact")]
    pub losses: Vec<f64>,
    /// How far hard constraints are exceeded, each in parts of its limit, added up; zero inside all of them. What is
    /// above zero is never part of an answer, but shows the way in.
    #[serde(with = "exact_one")]
    pub excess: f64,
}

impl Objectives {
    /// Whether every hard constraint holds.
    pub fn is_inside(&self) -> bool {
        self.excess <= 0.0
    }

    /// Whether every number is one.
    pub(crate) fn is_told(&self, count: usize) -> bool {
        self.losses.len() == count
            && self.losses.iter().all(|loss| loss.is_finite())
            && self.excess.is_finite()
    }
}

/// Decisions and their worth.
pub trait Space: Sync {
    /// What is free, in the order of the values.
    fn decisions(&self) -> &[Decision];

    /// How many objectives there are.
    fn objectives(&self) -> usize;

    /// What values come to; none where the deal cannot be computed there. The same values give the same answer.
    fn evaluate(&self, values: &[f64]) -> Option<Objectives>;
}

/// Doubles by their bits: written text may lose the last one.
mod exact {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(values: &[f64], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(values.iter().map(|value| value.to_bits()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<f64>, D::Error> {
        Ok(Vec::<u64>::deserialize(from)?.into_iter().map(f64::from_bits).collect())
    }
}

mod exact_one {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(value.to_bits())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        u64::deserialize(from).map(f64::from_bits)
    }
}
