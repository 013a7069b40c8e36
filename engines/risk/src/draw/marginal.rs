//! What one uncertain number can be.

use thiserror::Error;

/// The distribution of one number.
///
/// A distribution without spread (`low = high`, a deviation of zero, one value) is allowed: the number is then a
/// constant, and [`Draws::constants`](super::Draws::constants) says so.
#[derive(Debug, Clone, PartialEq)]
pub enum Marginal {
    /// Normal.
    Normal {
        /// Mean, median and mode.
        mean: f64,
        /// Standard deviation.
        deviation: f64,
    },
    /// The exponential of a normal number.
    Lognormal {
        /// Median: the exponential of the normal number's mean.
        median: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Equally likely between two bounds.
    Uniform {
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
    },
    /// A density that rises to the mode and falls from there, in straight lines.
    Triangular {
        /// Lower bound.
        low: f64,
        /// Where the density is highest.
        mode: f64,
        /// Upper bound.
        high: f64,
    },
    /// Beta distribution between two bounds whose mean is `(low + 4 mode + high) / 6`: PERT (D. G. Malcolm et al.,
    /// "Application of a Technique for Research and Development Program Evaluation", Oper. Res. 7 (1959)), with the
    /// exponents `1 + 4 (mode − low) / (high − low)` and `1 + 4 (high − mode) / (high − low)`.
    Pert {
        /// Lower bound.
        low: f64,
        /// Where the density is highest.
        mode: f64,
        /// Upper bound.
        high: f64,
    },
    /// One of some values, each with a weight; drawn in ascending order of value.
    Discrete(Vec<(f64, f64)>),
    /// With a probability drawn from a distribution, otherwise one value; among the ranks the misses come lowest.
    HitOrMiss {
        /// Probability of a hit.
        probability: f64,
        /// Value of a miss.
        miss: f64,
        /// Distribution of a hit.
        hit: Box<Marginal>,
    },
    /// Between observed values: the quantile of type 7 (R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical
    /// Packages", Amer. Stat. 50 (1996)) is linear from one to the next.
    Empirical(Vec<f64>),
}

/// Why a distribution cannot be drawn from.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum MarginalError {
    /// A parameter is not a number.
    #[error("{value} is not a finite number")]
    NotFinite {
        /// What was given.
        value: f64,
    },
    /// Bounds, or bounds and mode, are not in order.
    #[error("low {low}, mode {mode} and high {high} are not in ascending order")]
    Order {
        /// Lower bound.
        low: f64,
        /// The mode; the lower bound where there is none.
        mode: f64,
        /// Upper bound.
        high: f64,
    },
    /// A deviation below zero.
    #[error("a deviation cannot be {value}: it is zero or more")]
    Deviation {
        /// What was given.
        value: f64,
    },
    /// The median of a lognormal number is not above zero.
    #[error("the percentiles of a lognormal number are above zero, not {value}")]
    NotPositive {
        /// What was given.
        value: f64,
    },
    /// A probability outside 0 to 1.
    #[error("a probability is between 0 and 1, not {value}")]
    Probability {
        /// What was given.
        value: f64,
    },
    /// A weight below zero, or weights that come to nothing.
    #[error("weights are zero or more and one of them is above zero: {value}")]
    Weight {
        /// The weight below zero, or the sum.
        value: f64,
    },
    /// No values at all.
    #[error("a distribution needs at least one value")]
    NoValues,
    /// Values beyond the range of a double.
    #[error("the distribution reaches beyond what a number can hold")]
    Range,
}

/// `Φ^−1(0.9)`.
const Z_90: f64 = 1.281_551_565_544_600_4;

impl Marginal {
    /// The lognormal distribution with these 10 % and 90 % quantiles.
    ///
    /// # Errors
    /// [`MarginalError`] where they are not above zero or not in order.
    pub fn lognormal_between(p10: f64, p90: f64) -> Result<Self, MarginalError> {
        for value in [p10, p90] {
            finite(value)?;
            if value <= 0.0 {
                return Err(MarginalError::NotPositive { value });
            }
        }
        if p10 > p90 {
            return Err(MarginalError::Order { low: p10, mode: p10, high: p90 });
        }
        let sigma = (super::scalar::ln(p90) - super::scalar::ln(p10)) / (2.0 * Z_90);
        let marginal = Self::Lognormal { median: p10.sqrt() * p90.sqrt(), sigma };
        marginal.check()?;
        Ok(marginal)
    }

    /// Whether it can be drawn from.
    ///
    /// # Errors
    /// [`MarginalError`] that names what is wrong.
    pub fn check(&self) -> Result<(), MarginalError> {
        match *self {
            Self::Normal { mean, deviation } => {
                spread(mean, deviation)?;
                in_range(mean.abs() + 9.0 * deviation)
            }
            Self::Lognormal { median, sigma } => {
                spread(median, sigma)?;
                if median <= 0.0 {
                    return Err(MarginalError::NotPositive { value: median });
                }
                if super::scalar::ln(median) + 9.0 * sigma > 709.0 {
                    Err(MarginalError::Range)
                } else {
                    Ok(())
                }
            }
            Self::Uniform { low, high } => ordered(low, low, high),
            Self::Triangular { low, mode, high } | Self::Pert { low, mode, high } => ordered(low, mode, high),
            Self::Discrete(ref values) => weighted(values),
            Self::HitOrMiss { probability, miss, ref hit } => {
                finite(miss)?;
                if !(0.0..=1.0).contains(&probability) {
                    return Err(MarginalError::Probability { value: probability });
                }
                hit.check()
            }
            Self::Empirical(ref values) if values.is_empty() => Err(MarginalError::NoValues),
            Self::Empirical(ref values) => values.iter().try_for_each(|value| finite(*value)),
        }
    }

    /// The one value that it can take, if there is only one.
    #[must_use]
    pub fn constant(&self) -> Option<f64> {
        match *self {
            Self::Normal { mean, deviation } => (deviation == 0.0).then_some(mean),
            Self::Lognormal { median, sigma } => (sigma == 0.0).then_some(median),
            Self::Uniform { low, high }
            | Self::Triangular { low, high, .. }
            | Self::Pert { low, high, .. } => (low == high).then_some(low),
            Self::Discrete(ref values) => {
                only(values.iter().filter(|(_, weight)| *weight > 0.0).map(|(value, _)| *value))
            }
            Self::HitOrMiss { probability: 0.0, miss, .. } => Some(miss),
            Self::HitOrMiss { probability: 1.0, ref hit, .. } => hit.constant(),
            Self::HitOrMiss { miss, ref hit, .. } => hit.constant().filter(|value| *value == miss),
            Self::Empirical(ref values) => only(values.iter().copied()),
        }
    }
}

fn only(mut values: impl Iterator<Item = f64>) -> Option<f64> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

fn finite(value: f64) -> Result<(), MarginalError> {
    if value.is_finite() { Ok(()) } else { Err(MarginalError::NotFinite { value }) }
}

fn in_range(value: f64) -> Result<(), MarginalError> {
    if value.is_finite() { Ok(()) } else { Err(MarginalError::Range) }
}

fn spread(centre: f64, deviation: f64) -> Result<(), MarginalError> {
    finite(centre)?;
    finite(deviation)?;
    if deviation < 0.0 { Err(MarginalError::Deviation { value: deviation }) } else { Ok(()) }
}

fn ordered(low: f64, mode: f64, high: f64) -> Result<(), MarginalError> {
    [low, mode, high].into_iter().try_for_each(finite)?;
    if low > mode || mode > high {
        return Err(MarginalError::Order { low, mode, high });
    }
    in_range((high - low) * (high - low))
}

fn weighted(values: &[(f64, f64)]) -> Result<(), MarginalError> {
    if values.is_empty() {
        return Err(MarginalError::NoValues);
    }
    for &(value, weight) in values {
        finite(value)?;
        finite(weight)?;
        if weight < 0.0 {
            return Err(MarginalError::Weight { value: weight });
        }
    }
    let sum: f64 = values.iter().map(|(_, weight)| weight).sum();
    if sum > 0.0 { in_range(sum) } else { Err(MarginalError::Weight { value: sum }) }
}
