//! The figures of one column.

use crate::Measure;
use crate::run::{Estimate, Run, Threads};

/// The share of undefined paths above which no quantile is told.
pub const MOST_UNDEFINED: f64 = 0.005;

/// The part of the paths that the expected shortfall is about.
const WORST: f64 = 0.05;

/// A figure, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer {
    /// The figure.
    Known(Estimate),
    /// Too many paths have no defined value.
    Withheld {
        /// Their share.
        undefined: f64,
    },
    /// It lies among paths that never pay back.
    Never,
    /// No path has a value.
    Nothing,
}

impl Answer {
    /// The figure, where there is one.
    pub fn known(self) -> Option<Estimate> {
        match self {
            Self::Known(estimate) => Some(estimate),
            Self::Withheld { .. } | Self::Never | Self::Nothing => None,
        }
    }
}

/// The figures of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// What is measured.
    pub measure: Measure,
    /// Paths that all of it is about.
    pub paths: u64,
    /// Share of the paths without a defined value; of payback, those that never pay back.
    pub undefined: Option<Estimate>,
    /// Share of the paths in which nothing came back.
    pub lost: Option<Estimate>,
    /// Share of the paths in which less came back than was put in.
    pub short: Option<Estimate>,
    /// The mean; of a recouped flag, the probability. Of a payback, over the paths that pay back.
    pub mean: Answer,
    /// The deviation.
    pub deviation: Answer,
    /// Quantiles with their probabilities, as asked.
    pub quantiles: Vec<(f64, Answer)>,
    /// Mean of the worst 5 %, of a multiple and of a present value. A return has none: where money is lost altogether
    /// it stands on −100 %, and how much was lost no longer counts.
    pub shortfall: Answer,
}

/// The figures of the column at a place of the run. Where paths were counted, quantiles are as fine as the bins;
/// [`super::exact_quantiles`] makes them exact.
pub fn summary(run: &Run, place: usize, quantiles: &[f64]) -> Summary {
    let sample = run.sample(place);
    let all = sample.tally();
    let undefined = all.undefined as f64 / all.paths().max(1) as f64;
    let told = |found: Option<Estimate>| match found {
        None => Answer::Nothing,
        Some(_) if sample.measure != Measure::PaybackMonths && undefined > MOST_UNDEFINED => {
            Answer::Withheld { undefined }
        }
        Some(found) => Answer::Known(found),
    };
    Summary {
        measure: sample.measure,
        paths: all.paths(),
        undefined: sample.share(|tally| tally.undefined),
        lost: sample.share(|tally| tally.lost),
        short: sample.share(|tally| tally.short),
        mean: told(sample.mean()),
        deviation: told(sample.deviation()),
        quantiles: quantiles.iter().copied().zip(sample.quantiles(quantiles)).collect(),
        shortfall: match sample.measure {
            Measure::Multiple | Measure::Npv => sample.shortfall(WORST),
            Measure::Irr
            | Measure::Received
            | Measure::Invested
            | Measure::PaybackMonths
            | Measure::Recouped
            | Measure::ReceivedBy(_) => Answer::Nothing,
        },
    }
}

/// The quantiles of a column without their errors, which take nine times as long; of none, nothing.
pub fn levels(run: &Run, place: usize, quantiles: &[f64]) -> Vec<f64> {
    run.sample(place).values_at(quantiles, None)
}

/// Paths above which one column after the other is looked at: each look copies it.
const SIDE_BY_SIDE: u64 = 1 << 18;

/// The figures of many columns, each with the quantiles that are asked of it, worked out side by side.
pub fn summaries(run: &Run, wanted: &[(usize, &[f64])], threads: &Threads) -> Vec<Summary> {
    let one = |index: usize| {
        let (place, quantiles) = wanted[index];
        summary(run, place, quantiles)
    };
    if run.paths() > SIDE_BY_SIDE {
        (0..wanted.len()).map(one).collect()
    } else {
        threads.map(wanted.len(), one)
    }
}
