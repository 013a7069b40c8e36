//! Dependence between drivers: a Gaussian copula with asked rank correlations.

use super::nearest::{nearest_correlation, smallest_eigenvalue};
use thiserror::Error;

/// A rank correlation (Spearman's ρ) between two drivers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankCorrelation {
    /// Places of the two drivers.
    pub drivers: [usize; 2],
    /// From −1 to 1.
    pub rank: f64,
}

/// Why correlations cannot be drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum CopulaError {
    /// Outside −1 to 1, or not a number.
    #[error("a rank correlation is between -1 and 1, not {0}")]
    Rank(f64),
    /// A driver with itself.
    #[error("driver {0} cannot be correlated with itself")]
    Itself(usize),
    /// There is no such driver.
    #[error("there is no driver {0}")]
    NoDriver(usize),
    /// The same two drivers twice.
    #[error("drivers {0} and {1} are correlated twice")]
    Twice(usize, usize),
}

/// What was changed for the correlations to be possible together.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// Frobenius norm of the change, as correlations of the normal numbers.
    pub distance: f64,
    /// The pair that had to move furthest, with the rank correlation that was asked.
    pub furthest: RankCorrelation,
    /// The rank correlation it got.
    pub became: f64,
    /// The smallest eigenvalue before: below zero, or nothing had to be repaired.
    pub smallest_eigenvalue: f64,
}

/// How the normal numbers behind the drivers depend on each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Copula {
    size: usize,
    /// Correlations of the normal numbers, row by row.
    correlations: Vec<f64>,
    /// Per driver the entries of the Cholesky factor other than zero, by ascending driver, the diagonal last; empty
    /// where the driver depends on no other.
    pub(super) factor: Vec<Vec<(usize, f64)>>,
    repair: Option<Repair>,
}

impl Copula {
    /// Drivers that have nothing to do with each other.
    #[must_use]
    pub fn independent(drivers: usize) -> Self {
        Self {
            size: drivers,
            correlations: identity(drivers),
            factor: vec![Vec::new(); drivers],
            repair: None,
        }
    }

    /// Drivers with these rank correlations, and none where none is given. Where no distribution has all of them
    /// together, the nearest that are possible are taken, and [`repair`](Self::repair) says what became of them.
    ///
    /// The normal numbers are correlated by `2 sin(π ρ / 6)` (K. Pearson, "On Further Methods of Determining
    /// Correlation", 1907): then the drivers have Spearman's ρ.
    ///
    /// # Errors
    /// [`CopulaError`] for a correlation that is none.
    pub fn from_ranks(drivers: usize, ranks: &[RankCorrelation]) -> Result<Self, CopulaError> {
        let mut asked = identity(drivers);
        let mut seen = std::collections::BTreeSet::new();
        for correlation in ranks {
            let [a, b] = correlation.drivers;
            let rank = correlation.rank;
            if !(-1.0..=1.0).contains(&rank) {
                return Err(CopulaError::Rank(rank));
            }
            if a == b {
                return Err(CopulaError::Itself(a));
            }
            if a.max(b) >= drivers {
                return Err(CopulaError::NoDriver(a.max(b)));
            }
            if !seen.insert((a.min(b), a.max(b))) {
                return Err(CopulaError::Twice(a.min(b), a.max(b)));
            }
            asked[a * drivers + b] = normal_of_rank(rank);
            asked[b * drivers + a] = normal_of_rank(rank);
        }
        let smallest = smallest_eigenvalue(&asked, drivers);
        let (correlations, repair) = if smallest < -TOLERANCE {
            let repaired = nearest_correlation(&asked, drivers);
            let repair = changes(&asked, &repaired, ranks, smallest);
            (repaired, repair)
        } else {
            (asked, None)
        };
        let factor = factor(&correlations, drivers);
        Ok(Self { size: drivers, correlations, factor, repair })
    }

    /// How many drivers it is for.
    #[must_use]
    pub const fn drivers(&self) -> usize {
        self.size
    }

    /// What had to be changed, if anything.
    #[must_use]
    pub const fn repair(&self) -> Option<&Repair> {
        self.repair.as_ref()
    }

    /// The rank correlation of two drivers.
    #[must_use]
    pub fn rank(&self, a: usize, b: usize) -> f64 {
        rank_of_normal(self.correlations[a * self.size + b])
    }

    /// Whether a driver depends on no other and no other on it.
    #[must_use]
    pub fn is_alone(&self, driver: usize) -> bool {
        self.factor[driver].is_empty()
    }
}

/// Eigenvalues that are rounding.
const TOLERANCE: f64 = 1e-12;

fn identity(size: usize) -> Vec<f64> {
    (0..size * size).map(|at| if at / size == at % size { 1.0 } else { 0.0 }).collect()
}

/// `2 sin(π ρ / 6)`: the sine by its series, which needs eleven terms up to π / 6 and has the same bits everywhere.
fn normal_of_rank(rank: f64) -> f64 {
    if rank.abs() == 1.0 {
        return rank;
    }
    let x = rank * std::f64::consts::FRAC_PI_6;
    let mut sum = 0.0;
    for odd in (1..=21u32).rev().step_by(2) {
        let factor = f64::from(odd * (odd - 1));
        sum = if odd == 1 { x * (1.0 + sum) } else { -x * x / factor * (1.0 + sum) };
    }
    2.0 * sum
}

/// The inverse; a figure to be shown, not one that paths depend on.
fn rank_of_normal(correlation: f64) -> f64 {
    (correlation / 2.0).clamp(-0.5, 0.5).asin() / std::f64::consts::FRAC_PI_6
}

fn changes(asked: &[f64], repaired: &[f64], ranks: &[RankCorrelation], smallest: f64) -> Option<Repair> {
    let size = asked.len().isqrt();
    let distance = asked.iter().zip(repaired).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
    let became = |of: &RankCorrelation| rank_of_normal(repaired[of.drivers[0] * size + of.drivers[1]]);
    let furthest = ranks.iter().max_by(|a, b| {
        let moved = |of: &RankCorrelation| (became(of) - of.rank).abs();
        moved(a).total_cmp(&moved(b))
    })?;
    Some(Repair { distance, furthest: *furthest, became: became(furthest), smallest_eigenvalue: smallest })
}

/// Cholesky's factor of a matrix that is positive semidefinite up to rounding. Every row is brought back to length
/// one, so that the numbers it makes have the variance one.
fn factor(matrix: &[f64], size: usize) -> Vec<Vec<(usize, f64)>> {
    let mut lower = vec![0.0; size * size];
    for row in 0..size {
        for column in 0..=row {
            let (left, right) = (&lower[row * size..], &lower[column * size..]);
            let sum: f64 = (0..column).map(|k| left[k] * right[k]).sum();
            let rest = matrix[row * size + column] - sum;
            let pivot = lower[column * size + column];
            lower[row * size + column] = match row == column {
                true if rest > PIVOT => rest.sqrt(),
                false if pivot > 0.0 => rest / pivot,
                // What earlier drivers determine has no part of its own, and gives none to later ones.
                _ => 0.0,
            };
        }
        let length = lower[row * size..][..=row].iter().map(|x| x * x).sum::<f64>().sqrt();
        lower[row * size..][..=row].iter_mut().for_each(|x| *x /= length);
    }
    let alone =
        |driver: usize| (0..size).all(|other| other == driver || matrix[driver * size + other] == 0.0);
    let entries = |row: usize| (0..=row).map(move |column| (row, column));
    (0..size)
        .map(|row| match alone(row) {
            true => Vec::new(),
            false => entries(row)
                .map(|(row, column)| (column, lower[row * size + column]))
                .filter(|(column, entry)| *entry != 0.0 || *column == row)
                .collect(),
        })
        .collect()
}

/// Variance that is rounding: below it a driver is determined by earlier ones.
const PIVOT: f64 = 1e-11;
