//! What a reader looks at, and how much.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::scale::{Scale, ScaleRefused};
use crate::measure::Measure;

/// Who reads a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// Who makes the film.
    Producer,
    /// Who puts money at risk.
    Equity,
    /// Who lends.
    Lender,
    /// Nobody's side.
    Balanced,
}

impl Reader {
    /// Every reader.
    pub const ALL: [Self; 4] = [Self::Producer, Self::Equity, Self::Lender, Self::Balanced];
}

/// One measure and its weight.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// What is looked at.
    pub measure: Measure,
    /// How much it counts beside the others, not below zero. Weights need no certain sum.
    pub weight: f64,
    /// How it becomes points; none means the usual scale of the measure.
    pub scale: Option<Scale>,
}

/// A reader's criteria.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Perspective {
    /// Whose they are.
    pub reader: Reader,
    /// What is looked at.
    pub criteria: Vec<Criterion>,
}

/// Why scenarios cannot be compared by a perspective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PerspectiveRefused {
    /// A weight that is below zero or no number.
    #[error("the weight of {measure} has to be zero or more")]
    Weight {
        /// Of what.
        measure: Measure,
    },
    /// Nothing counts.
    #[error("all weights are zero: there is nothing to compare by")]
    AllZero,
    /// The same measure stands twice.
    #[error("{measure} stands twice among the criteria")]
    Twice {
        /// Which.
        measure: Measure,
    },
    /// An amount, without a scale that says what is much.
    #[error("{measure} needs a scale: what is weak and what is strong")]
    NoScale {
        /// Which.
        measure: Measure,
    },
    /// A scale whose knots do not go in one direction.
    #[error("the scale of {measure}: {refused}")]
    Scale {
        /// Of what.
        measure: Measure,
        /// Why.
        refused: ScaleRefused,
    },
}

/// A criterion, ready to score: its weights with those of the others come to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed {
    pub measure: Measure,
    pub weight: f64,
    pub scale: Scale,
}

/// How much ownership, control, optionality and friction count beside the money where they count at all.
const STRATEGIC: f64 = 0.30;

impl Perspective {
    /// The usual weights of a reader: equity return, net public money, chance of recoupment, cost of capital, recovery
    /// of senior debt. Producers and balanced readers give 30 % of their attention to who owns and decides; those who
    /// only have money in do not.
    pub fn usual(reader: Reader) -> Self {
        let financial = match reader {
            Reader::Balanced => [0.30, 0.15, 0.25, 0.15, 0.15],
            Reader::Equity => [0.50, 0.10, 0.30, 0.05, 0.05],
            Reader::Producer => [0.20, 0.35, 0.15, 0.25, 0.05],
            Reader::Lender => [0.05, 0.05, 0.30, 0.10, 0.50],
        };
        let measures = [
            Measure::EquityIrrP50,
            Measure::EffectiveIncentiveRate,
            Measure::RecoupmentChance,
            Measure::CostOfCapital,
            Measure::SeniorRecovery,
        ];
        let strategic = match reader {
            Reader::Balanced | Reader::Producer => STRATEGIC,
            Reader::Equity | Reader::Lender => 0.0,
        };
        let control = [
            (Measure::Ownership, 0.35),
            (Measure::Control, 0.30),
            (Measure::Optionality, 0.20),
            (Measure::Friction, 0.15),
        ];
        let criterion = |(measure, weight): (Measure, f64)| Criterion { measure, weight, scale: None };
        let money = measures
            .into_iter()
            .zip(financial)
            .map(|(measure, weight)| (measure, weight * (1.0 - strategic)));
        let terms = control.into_iter().map(|(measure, weight)| (measure, weight * strategic));
        let criteria = money.chain(terms).filter(|(_, weight)| *weight > 0.0).map(criterion).collect();
        Self { reader, criteria }
    }

    /// The criteria that count, with weights that come to 1.
    pub(super) fn weighed(&self) -> Result<Vec<Weighed>, PerspectiveRefused> {
        for (place, criterion) in self.criteria.iter().enumerate() {
            let measure = criterion.measure;
            if !criterion.weight.is_finite() || criterion.weight < 0.0 {
                return Err(PerspectiveRefused::Weight { measure });
            }
            if self.criteria[..place].iter().any(|earlier| earlier.measure == measure) {
                return Err(PerspectiveRefused::Twice { measure });
            }
        }
        let sum: f64 = self.criteria.iter().map(|criterion| criterion.weight).sum();
        if sum <= 0.0 {
            return Err(PerspectiveRefused::AllZero);
        }
        let weighed = |criterion: &Criterion| {
            let measure = criterion.measure;
            let scale = criterion.scale.or_else(|| Scale::usual(measure));
            let scale = scale.ok_or(PerspectiveRefused::NoScale { measure })?;
            let scale = scale.checked().map_err(|refused| PerspectiveRefused::Scale { measure, refused })?;
            Ok(Weighed { measure, weight: criterion.weight / sum, scale })
        };
        self.criteria.iter().filter(|criterion| criterion.weight > 0.0).map(weighed).collect()
    }
}
