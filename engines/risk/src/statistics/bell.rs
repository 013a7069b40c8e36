//! The normal distribution beside a histogram, and the band around an estimate.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::run::{Estimate, Run, Sampling};

use super::sample::Figures;

/// A normal distribution with the mean and deviation of the drawn values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normal {
    /// The mean.
    pub mean: f64,
    /// The deviation.
    pub deviation: f64,
}

/// The normal distribution with the mean and deviation of the paths that are not total losses; none where these
/// do not spread, or where paths were not kept and losses are among the counted.
pub fn fitted(run: &Run, place: usize) -> Option<Normal> {
    let sample = run.sample(place);
    let tally = match sample.paths {
        Figures::Kept(values) => {
            let drawn: Vec<f64> =
                values.iter().copied().filter(|value| !sample.measure.is_loss(*value)).collect();
            crate::run::Tally::of(sample.measure, &drawn)
        }
        Figures::Counted(_) if sample.tally().lost > 0 => return None,
        Figures::Counted(_) => sample.tally(),
    };
    let deviation = tally.deviation().filter(|deviation| *deviation > 0.0)?;
    Some(Normal { mean: tally.mean, deviation })
}

/// The band in which the true value lies in 95 of 100 runs: Student's t over scrambles, of which there are few.
pub fn band(estimate: Estimate, sampling: Sampling) -> Option<(f64, f64)> {
    let error = estimate.error?;
    let factor = match sampling {
        Sampling::Independent => 1.959_963_984_540_054,
        Sampling::Scrambled { scrambles } => {
            StudentsT::new(0.0, 1.0, f64::from(scrambles.max(2) - 1)).ok()?.inverse_cdf(0.975)
        }
    };
    Some((estimate.value - factor * error, estimate.value + factor * error))
}
