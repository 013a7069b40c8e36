//! Sums over paths.

use crate::Measure;

/// An estimate with its standard error; none where one draw cannot tell its own error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// One standard error.
    pub error: Option<f64>,
}

/// Sums of one column over some paths.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tally {
    /// Paths with a number.
    pub defined: u64,
    /// Paths without one.
    pub undefined: u64,
    /// Paths that got nothing back at all; they are defined.
    pub lost: u64,
    /// Paths in which less came back than was put in.
    pub short: u64,
    /// Mean of the defined ones.
    pub mean: f64,
    /// Sum of the squares of what they differ from it.
    pub squares: f64,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            defined: 0,
            undefined: 0,
            lost: 0,
            short: 0,
            mean: 0.0,
            squares: 0.0,
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
        }
    }
}

impl Measure {
    /// Whether a value says that nothing came back: it stays in every figure.
    pub fn is_loss(self, value: f64) -> bool {
        match self {
            Self::Irr => value <= -1.0,
            Self::Multiple => value == 0.0,
            Self::Npv
            | Self::Received
            | Self::Invested
            | Self::PaybackMonths
            | Self::Recouped
            | Self::ReceivedBy(_) => false,
        }
    }

    /// Whether a value says that less came back than was put in.
    pub fn is_short(self, value: f64) -> bool {
        match self {
            Self::Irr | Self::Npv => value < 0.0,
            Self::Multiple => value < 1.0,
            Self::Received | Self::Invested | Self::PaybackMonths | Self::Recouped | Self::ReceivedBy(_) => {
                false
            }
        }
    }
}

impl Tally {
    /// The sums of a chunk. They are taken about its first value, so that equal values have no spread at all.
    pub fn of(measure: Measure, values: &[f64]) -> Self {
        let mut tally = Self::default();
        let Some(first) = values.iter().copied().find(|value| value.is_finite()) else {
            tally.undefined = values.len() as u64;
            return tally;
        };
        let (mut sum, mut squares) = (0.0, 0.0);
        for value in values.iter().copied() {
            if !value.is_finite() {
                tally.undefined += 1;
                continue;
            }
            tally.defined += 1;
            tally.lost += u64::from(measure.is_loss(value));
            tally.short += u64::from(measure.is_short(value));
            tally.least = if value < tally.least { value } else { tally.least };
            tally.most = if value > tally.most { value } else { tally.most };
            let off = value - first;
            sum += off;
            squares += off * off;
        }
        let count = tally.defined as f64;
        let mean = sum / count;
        tally.mean = first + mean;
        tally.squares = positive(squares - sum * mean);
        tally
    }

    /// Adds the sums of later paths (Chan, Golub, LeVeque 1979).
    pub fn merge(&mut self, later: &Self) {
        self.undefined += later.undefined;
        self.lost += later.lost;
        self.short += later.short;
        self.least = if later.least < self.least { later.least } else { self.least };
        self.most = if later.most > self.most { later.most } else { self.most };
        if later.defined == 0 {
            return;
        }
        if self.defined == 0 {
            (self.defined, self.mean, self.squares) = (later.defined, later.mean, later.squares);
            return;
        }
        let (here, there) = (self.defined as f64, later.defined as f64);
        let off = later.mean - self.mean;
        self.defined += later.defined;
        let all = self.defined as f64;
        self.mean += off * (there / all);
        self.squares += later.squares + off * off * (here * there / all);
    }

    /// All of them together.
    pub fn merged<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        parts.into_iter().fold(Self::default(), |mut sum, part| {
            sum.merge(part);
            sum
        })
    }

    /// Paths in all.
    pub fn paths(&self) -> u64 {
        self.defined + self.undefined
    }

    /// Deviation of the sample; none below two paths.
    pub fn deviation(&self) -> Option<f64> {
        (self.defined > 1).then(|| (self.squares / (self.defined - 1) as f64).sqrt())
    }
}

fn positive(value: f64) -> f64 {
    if value > 0.0 { value } else { 0.0 }
}
