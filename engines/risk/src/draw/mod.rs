//! The values that uncertain numbers take on a path.
//!
//! A path is drawn in four steps, for 256 of them at once: uniform numbers, from the seed and the path's number alone;
//! normal numbers; the copula; the quantile of every driver. All of it is arithmetic in lanes that gives the same bits
//! on every processor ([`numeric`](crate::numeric)).
//!
//! # Which numbers a path gets
//! [`Generator::Philox`]: path `i`, driver `k` reads block `k / 2` of the counter `(i, block, stream)` under the seed.
//! [`Generator::Sobol`] with `R` scrambles: the chunks of 256 paths take turns. With `c = i / 256`, path `i` is point
//! `(c / R) · 256 + i mod 256` of scramble `c mod R`, in dimension `k`. So the first `R · 2^m` paths (from 256 each on)
//! are `R` whole nets, independent of each other: the spread of their results is an honest standard error. After 2^32
//! points a scramble is replaced by a fresh one. Drivers beyond the 256th are drawn by Philox: no direction numbers
//! are held for them.

mod copula;
mod fill;
mod marginal;
mod nearest;
mod pert;
mod philox;
mod quantile;
mod scalar;
mod sobol;
#[cfg(test)]
mod tests;

pub use copula::{Copula, CopulaError, RankCorrelation, Repair};
pub use marginal::{Marginal, MarginalError};

use crate::CHUNK;
use quantile::Quantile;
use recoup_lanes::{LANES, Row};
use sobol::Dimension;
use thiserror::Error;

/// Where the randomness comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Generator {
    /// Pseudo-random numbers of a counter.
    Philox,
    /// Sobol' points, in some scrambles that are independent of each other.
    Sobol {
        /// How many; zero counts as one.
        scrambles: u32,
    },
}

impl Default for Generator {
    /// Eight scrambles: enough for a standard error, few enough for each to be a good net.
    fn default() -> Self {
        Self::Sobol { scrambles: 8 }
    }
}

/// Why nothing can be drawn.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum DrawError {
    /// A driver's distribution is impossible.
    #[error("driver {driver}: {error}")]
    Marginal {
        /// Its place.
        driver: usize,
        /// What is wrong.
        error: MarginalError,
    },
    /// The copula is for another number of drivers.
    #[error("{drivers} drivers cannot be drawn with a copula of {copula}")]
    Size {
        /// Marginals given.
        drivers: usize,
        /// Drivers of the copula.
        copula: usize,
    },
}

/// How the drivers of a simulation are drawn.
#[derive(Debug, Clone)]
pub struct Draws {
    seed: u64,
    generator: Generator,
    copula: Copula,
    quantiles: Vec<Quantile>,
    constants: Vec<usize>,
    /// Twice as many as drivers, as far as there are: the second half for [`Draws::fill_swapped`].
    dimensions: Vec<Dimension>,
}

impl Draws {
    /// Rows of eight in which one driver's values for a chunk of paths lie.
    pub const ROWS: usize = CHUNK / LANES;

    /// Draws for these drivers, in this order. The first dimensions of Sobol' points are the best ones: what matters
    /// most comes first.
    ///
    /// # Errors
    /// [`DrawError`] for an impossible distribution, or a copula of another size.
    pub fn new(
        seed: u64,
        generator: Generator,
        marginals: &[Marginal],
        copula: Copula,
    ) -> Result<Self, DrawError> {
        if copula.drivers() != marginals.len() {
            return Err(DrawError::Size { drivers: marginals.len(), copula: copula.drivers() });
        }
        for (driver, marginal) in marginals.iter().enumerate() {
            marginal.check().map_err(|error| DrawError::Marginal { driver, error })?;
        }
        let quantiles = marginals.iter().map(Quantile::new).collect();
        let constants =
            (0..marginals.len()).filter(|driver| marginals[*driver].constant().is_some()).collect();
        let dimensions = match generator {
            Generator::Philox => Vec::new(),
            Generator::Sobol { .. } => Dimension::first(2 * marginals.len()),
        };
        Ok(Self { seed, generator, copula, quantiles, constants, dimensions })
    }

    /// How many drivers there are.
    #[must_use]
    pub const fn drivers(&self) -> usize {
        self.quantiles.len()
    }

    /// Rows that a chunk takes: [`Draws::ROWS`] for every driver.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.drivers() * Self::ROWS
    }

    /// Drivers whose distribution has no spread.
    #[must_use]
    pub fn constants(&self) -> &[usize] {
        &self.constants
    }

    /// The dependence, with what was repaired of it.
    #[must_use]
    pub const fn copula(&self) -> &Copula {
        &self.copula
    }

    /// How many replicates are independent of each other: the scrambles; `None` where every path is.
    #[must_use]
    pub const fn replicates(&self) -> Option<u32> {
        match self.generator {
            Generator::Philox => None,
            Generator::Sobol { scrambles: 0 } => Some(1),
            Generator::Sobol { scrambles } => Some(scrambles),
        }
    }

    /// The replicate that a path belongs to.
    #[must_use]
    pub fn replicate(&self, path: u64) -> Option<u32> {
        let scrambles = self.replicates()?;
        u32::try_from(path / CHUNK as u64 % u64::from(scrambles)).ok()
    }

    /// The drivers' values on the 256 paths from `first` on, which is a multiple of 256. `out` has [`Draws::rows`]
    /// rows, driver by driver: path `p` of driver `k` is lane `p % 8` of row `k · 32 + p / 8`.
    #[inline]
    pub fn fill(&self, first: u64, out: &mut [Row]) {
        self.fill_swapped(first, &[], out);
    }

    /// [`Draws::fill`] with these registers.
    pub fn fill_on(&self, backend: recoup_lanes::Backend, first: u64, out: &mut [Row]) {
        recoup_lanes::dispatch_on(backend, fill::Chunk { draws: self, first, swapped: &[], out });
    }

    /// [`Draws::fill`] on lanes that count: what a chunk takes.
    pub fn counts(&self, first: u64, out: &mut [Row]) -> recoup_lanes::Counts {
        recoup_lanes::count(fill::Chunk { draws: self, first, swapped: &[], out }).1
    }

    /// [`Draws::fill`] with the drivers that are marked taking their randomness from a second, independent half of the
    /// dimensions: the pick-and-freeze samples of sensitivity indices. The copula is applied after.
    pub fn fill_swapped(&self, first: u64, swapped: &[bool], out: &mut [Row]) {
        recoup_lanes::dispatch(fill::Chunk { draws: self, first, swapped, out });
    }

    /// The same numbers driver by driver in a plain slice: `out[driver · 256 + path]`.
    pub fn fill_flat(&self, first: u64, out: &mut [f64]) {
        let mut rows = vec![Row::default(); self.rows()];
        self.fill(first, &mut rows);
        for (to, from) in out.chunks_exact_mut(LANES).zip(&rows) {
            to.copy_from_slice(&from.0);
        }
    }

    /// The values on one path.
    #[must_use]
    pub fn path(&self, path: u64) -> Vec<f64> {
        let mut rows = vec![Row::default(); self.rows()];
        let within = (path % CHUNK as u64) as usize;
        self.fill(path - within as u64, &mut rows);
        (0..self.drivers())
            .map(|driver| rows[driver * Self::ROWS + within / LANES].0[within % LANES])
            .collect()
    }

    /// A driver's quantile at a probability: what a tornado sets it to.
    #[must_use]
    pub fn quantile(&self, driver: usize, probability: f64) -> f64 {
        recoup_lanes::dispatch(fill::One { quantile: &self.quantiles[driver], probability })
    }
}
