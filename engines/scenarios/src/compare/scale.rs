//! From a measure in its unit to points from 0 to 100.
//!
//! Every scale has two anchors, the value below which a measure is a weakness and the one above which it is a strength:
//! they stand at 25 and at 75 points. Between and beyond them points rise strictly, so that of two different values the
//! better one always has more: nothing is cut off at a target.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::measure::Measure;

/// Points at the weak and at the strong anchor.
const ANCHORS: [f64; 2] = [25.0, 75.0];

/// How a measure becomes points. Values are in the measure's unit (0.15 is 15 %); where less is better, the strong
/// anchor lies below the weak one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Scale {
    /// For values without bounds: the logistic curve through both anchors, `100 / (1 + exp(−ln 9 · (v − middle) /
    /// (strong − weak)))`.
    Open {
        /// 25 points.
        weak: f64,
        /// 75 points.
        strong: f64,
    },
    /// For values that lie between a worst and a best by their nature: straight lines through (worst, 0), (weak, 25),
    /// (strong, 75), (best, 100).
    Bounded {
        /// 0 points.
        worst: f64,
        /// 25 points.
        weak: f64,
        /// 75 points; where it is the best as well, 100.
        strong: f64,
        /// 100 points.
        best: f64,
    },
}

/// Why a scale cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize)]
pub enum ScaleRefused {
    /// A knot is no number, or knots do not rise or fall.
    #[error("the values of a scale have to go in one direction, from the worst to the best")]
    Order,
}

impl Scale {
    /// The usual scale of a measure; none for amounts, whose worth depends on the budget, and for yes or no.
    ///
    /// The anchors are the thresholds at which reports of film investors speak of strength and weakness: a return of
    /// 25 % and of 15 %, public money of 20 % and 10 % of the budget, a chance of recoupment of 80 % and 50 %, a cost of
    /// capital of 12 % and 18 %, full and 80 % recovery of senior debt, gap estimates of 200 % and of once the loan. A
    /// return of the equity in one path in ten counts from total loss to the money back.
    pub fn usual(measure: Measure) -> Option<Self> {
        let open = |weak, strong| Some(Self::Open { weak, strong });
        let share = |weak, strong| Some(Self::Bounded { worst: 0.0, weak, strong, best: 1.0 });
        let points = |weak, strong| Some(Self::Bounded { worst: 0.0, weak, strong, best: 100.0 });
        match measure {
            Measure::EquityIrrBase | Measure::EquityIrrP50 => open(0.15, 0.25),
            Measure::EquityIrrP10 => open(-0.25, 0.05),
            Measure::CostOfCapital => open(0.18, 0.12),
            Measure::AllInCost => open(0.30, 0.15),
            Measure::EffectiveIncentiveRate => share(0.10, 0.20),
            Measure::RecoupmentChance | Measure::RetainedOwnership | Measure::BackendShare => {
                share(0.50, 0.80)
            }
            Measure::SeniorRecovery => share(0.80, 1.0),
            Measure::ExpectedShortfall => open(0.25, 0.75),
            Measure::GapCoverage => open(1.0, 2.0),
            Measure::Ownership | Measure::Control | Measure::Optionality => points(50.0, 80.0),
            Measure::Friction => Some(Self::Bounded { worst: 100.0, weak: 60.0, strong: 30.0, best: 0.0 }),
            Measure::Closes | Measure::Shortfall | Measure::NetIncentives | Measure::PeakCashShortfall => {
                None
            }
        }
    }

    /// The anchors: weak, strong.
    pub fn anchors(self) -> (f64, f64) {
        match self {
            Self::Open { weak, strong } | Self::Bounded { weak, strong, .. } => (weak, strong),
        }
    }

    /// Whether its knots go in one direction.
    ///
    /// # Errors
    /// [`ScaleRefused::Order`].
    pub fn checked(self) -> Result<Self, ScaleRefused> {
        let rising = |knots: &[f64]| knots.windows(2).all(|pair| pair[0] <= pair[1]);
        let (weak, strong) = self.anchors();
        let turned = if strong < weak { -1.0 } else { 1.0 };
        let knots: Vec<f64> = match self {
            Self::Open { weak, strong } => vec![weak, strong],
            Self::Bounded { worst, weak, strong, best } => vec![worst, weak, strong, best],
        };
        let turned: Vec<f64> = knots.iter().map(|knot| knot * turned).collect();
        if knots.iter().all(|knot| knot.is_finite()) && weak != strong && rising(&turned) {
            Ok(self)
        } else {
            Err(ScaleRefused::Order)
        }
    }

    /// The points of a value.
    pub fn points(self, value: f64) -> f64 {
        match self {
            Self::Open { weak, strong } => {
                let steepness = 9_f64.ln() / (strong - weak);
                100.0 / (1.0 + (-steepness * (value - f64::midpoint(weak, strong))).exp())
            }
            Self::Bounded { worst, weak, strong, best } => {
                let turned = if strong < weak { -1.0 } else { 1.0 };
                let value = value * turned;
                let last = if strong == best { 100.0 } else { ANCHORS[1] };
                let knots = [
                    (worst * turned, 0.0),
                    (weak * turned, ANCHORS[0]),
                    (strong * turned, last),
                    (best * turned, 100.0),
                ];
                between(&knots, value)
            }
        }
    }
}

/// The straight line between neighbouring knots; the ends beyond them.
fn between(knots: &[(f64, f64)], value: f64) -> f64 {
    let first = knots.first().map_or(0.0, |knot| knot.1);
    let last = knots.last().map_or(100.0, |knot| knot.1);
    let beyond = |knot: &&[(f64, f64)]| value <= knot[1].0;
    match knots.windows(2).find(beyond) {
        None => last,
        Some(pair) if value <= pair[0].0 || pair[1].0 <= pair[0].0 => first.max(pair[0].1),
        Some(pair) => {
            let part = (value - pair[0].0) / (pair[1].0 - pair[0].0);
            pair[0].1 + part * (pair[1].1 - pair[0].1)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::measure::Direction;

    #[test]
    fn anchors_stand_at_a_quarter_and_three_quarters() {
        for measure in Measure::ALL {
            let Some(scale) = Scale::usual(measure) else { continue };
            let scale = scale.checked().expect("a usual scale goes in one direction");
            let (weak, strong) = scale.anchors();
            assert!((scale.points(weak) - 25.0).abs() < 1e-9, "{measure}");
            let full = measure == Measure::SeniorRecovery;
            assert!((scale.points(strong) - if full { 100.0 } else { 75.0 }).abs() < 1e-9, "{measure}");
            let higher = measure.direction() == Direction::Higher;
            assert_eq!(strong > weak, higher, "{measure} is scaled in its direction");
        }
    }

    #[test]
    fn a_return_of_half_is_worth_more_than_one_of_a_quarter() {
        let scale = Scale::usual(Measure::EquityIrrP50).expect("returns have a scale");
        assert!(scale.points(0.49) > scale.points(0.25) + 10.0);
        assert!(scale.points(-1.0) > 0.0 && scale.points(-1.0) < 1e-6);
    }

    proptest! {
        #[test]
        fn points_rise_strictly_within_the_bounds(one in 0.0..1.0_f64, two in 0.0..1.0_f64) {
            prop_assume!((one - two).abs() > 1e-6);
            for measure in Measure::ALL {
                let Some(scale) = Scale::usual(measure) else { continue };
                let (from, to) = match scale {
                    Scale::Bounded { worst, best, .. } => (worst.min(best), worst.max(best)),
                    Scale::Open { .. } => (-0.9, 1.5),
                };
                let at = |part: f64| from + part * (to - from);
                let (a, b) = (scale.points(at(one)), scale.points(at(two)));
                prop_assert!((0.0..=100.0).contains(&a));
                // Where doubles cannot tell the curve from its end, they cannot tell two points on it either.
                let is_told = |points: f64| points > 1e-6 && points < 100.0 - 1e-6;
                if matches!(scale, Scale::Open { .. }) && !(is_told(a) && is_told(b)) {
                    continue;
                }
                let better = measure.direction().gain(at(one)) > measure.direction().gain(at(two));
                prop_assert_eq!(better, a > b, "{} at {} and {}", measure, at(one), at(two));
            }
        }
    }
}
