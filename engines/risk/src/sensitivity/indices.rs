//! How much of a result's variance each driver explains: Sobol' indices.
//!
//! With rows A and B drawn independently, and AB(i) a row of A with driver i taken from B,
//!
//! - first order: S = 1 − E[(f(B) − f(AB(i)))²] / 2V, what the driver explains by itself;
//! - total order: T = E[(f(A) − f(AB(i)))²] / 2V, with everything it does together with others
//!
//! (Jansen 1999; Saltelli et al. 2010, table 2), with V = E[(f(A) − f(B))²] / 2 from the same rows: a driver without
//! effect explains exactly nothing then, and one that does everything exactly all. Every driver is drawn by itself here, without the correlations of the
//! deal: with them, variance has no part that belongs to one driver alone. Standard errors come from the groups in
//! which rows are drawn independently of each other.

use thiserror::Error;

use crate::run::{Asked, Estimate, RunRefused, Sampling, Tally, Threads};
use crate::statistics::spread;
use crate::{CHUNK, Measure};

use super::driven::DrivenModel;

/// The most rows of one answer: each is computed once for every driver, and twice more.
pub const MOST_ROWS: u64 = 1 << 20;

/// Why there are no indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IndicesRefused {
    /// No row, or too many.
    #[error("indices need between 1 and {most} rows, and {given} were asked for")]
    Rows {
        /// What was asked for.
        given: u64,
        /// The most.
        most: u64,
    },
}

/// What one driver explains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// The driver.
    pub driver: usize,
    /// By itself.
    pub first: Estimate,
    /// With all it does together with others.
    pub total: Estimate,
}

/// What every driver explains.
#[derive(Debug, Clone, PartialEq)]
pub struct Indices {
    /// Rows that were drawn.
    pub rows: u64,
    /// Share of the rows that were left out because a result was not defined.
    pub undefined: f64,
    /// Variance of the result; where it is nought nothing explains anything.
    pub variance: f64,
    /// Driver by driver; empty where nothing varies, or too seldom to tell.
    pub drivers: Vec<Index>,
}

/// The sums of one chunk of rows, for one driver.
#[derive(Clone, Copy, Default)]
struct Differences {
    first: f64,
    total: f64,
}

#[derive(Clone, Default)]
struct Sums {
    results: Tally,
    left_out: u64,
    rows: u64,
    /// Squares of what rows of A and B differ by.
    apart: f64,
    drivers: Vec<Differences>,
}

impl Sums {
    fn add(&mut self, later: &Self) {
        self.results.merge(&later.results);
        self.left_out += later.left_out;
        self.rows += later.rows;
        self.apart += later.apart;
        self.drivers.resize(later.drivers.len(), Differences::default());
        for (sum, later) in self.drivers.iter_mut().zip(&later.drivers) {
            sum.first += later.first;
            sum.total += later.total;
        }
    }

    fn variance(&self) -> f64 {
        self.results.deviation().map_or(0.0, |deviation| deviation * deviation)
    }

    /// First and total order of a driver; none where nothing varies.
    fn index(&self, driver: usize) -> Option<(f64, f64)> {
        let found = self.drivers.get(driver).filter(|_| self.apart > 0.0)?;
        Some((1.0 - found.first / self.apart, found.total / self.apart))
    }
}

/// The indices of every driver for one column. `uniforms` gives numbers between nought and one for the [`CHUNK`] rows
/// from the first one on, `out[dimension * CHUNK + row]`, in two dimensions for each driver; rows belong together as
/// paths of a run do.
///
/// # Errors
/// [`IndicesRefused`] for no rows, or too many.
pub fn indices<M: DrivenModel>(
    model: &M,
    column: usize,
    rows: u64,
    (sampling, uniforms): (Sampling, impl Fn(u64, &mut [f64]) + Sync + Send),
    threads: &Threads,
) -> Result<Indices, IndicesRefused> {
    let refused = IndicesRefused::Rows { given: rows, most: MOST_ROWS };
    if rows > MOST_ROWS {
        return Err(refused);
    }
    let asked = Asked::new(rows, sampling).map_err(|_: RunRefused| refused)?;
    let chunks = (asked.paths / CHUNK as u64) as usize;
    let found = threads.map(chunks, |chunk| {
        let mut drawn = vec![0.0; 2 * model.drivers() * CHUNK];
        uniforms((chunk * CHUNK) as u64, &mut drawn);
        of_rows(model, column, &drawn)
    });
    let mut groups = vec![Sums::default(); sampling.groups() as usize];
    let mut all = Sums::default();
    for (chunk, found) in found.iter().enumerate() {
        groups[sampling.group(chunk as u64)].add(found);
        all.add(found);
    }
    let drivers = (0..model.drivers()).filter_map(|driver| {
        let (first, total) = all.index(driver)?;
        // Where a group has met no difference at all, what varies is too rare for these rows to tell who explains it.
        let each: Vec<(f64, f64)> = groups
            .iter()
            .filter(|group| group.rows > 0)
            .map(|group| group.index(driver))
            .collect::<Option<_>>()?;
        let error = |of: fn(&(f64, f64)) -> f64| spread(&each.iter().map(of).collect::<Vec<_>>());
        Some(Index {
            driver,
            first: Estimate { value: first, error: error(|found| found.0) },
            total: Estimate { value: total, error: error(|found| found.1) },
        })
    });
    Ok(Indices {
        rows: asked.paths,
        undefined: all.left_out as f64 / asked.paths as f64,
        variance: all.variance(),
        drivers: drivers.collect(),
    })
}

fn of_rows<M: DrivenModel>(model: &M, column: usize, uniforms: &[f64]) -> Sums {
    let (drivers, count) = (model.drivers(), CHUNK);
    let (first, second) = uniforms.split_at(drivers * CHUNK);
    let fill = |uniforms: &[f64]| -> Vec<f64> {
        uniforms.iter().enumerate().map(|(place, p)| model.quantile(place / CHUNK, *p)).collect()
    };
    let (mut a, b) = (fill(first), fill(second));
    let mut workspace = model.workspace();
    let mut out = vec![0.0; model.columns().len() * CHUNK];
    let mut results = |drawn: &[f64]| -> Vec<f64> {
        model.evaluate(drawn, &mut out, &mut workspace);
        out[column * CHUNK..column * CHUNK + count].to_vec()
    };
    let (of_a, of_b) = (results(&a), results(&b));
    let mixed: Vec<Vec<f64>> = (0..drivers)
        .map(|driver| {
            let of_driver = driver * CHUNK..(driver + 1) * CHUNK;
            let kept = a[of_driver.clone()].to_vec();
            a[of_driver.clone()].copy_from_slice(&b[of_driver.clone()]);
            let found = results(&a);
            a[of_driver].copy_from_slice(&kept);
            found
        })
        .collect();
    // A row counts for all drivers or for none: otherwise they would be weighed on different futures.
    let whole = |row: &usize| {
        of_a[*row].is_finite() && of_b[*row].is_finite() && mixed.iter().all(|found| found[*row].is_finite())
    };
    let rows: Vec<usize> = (0..count).filter(whole).collect();
    let seen: Vec<f64> = rows.iter().flat_map(|row| [of_a[*row], of_b[*row]]).collect();
    let square = |one: f64, other: f64| (one - other) * (one - other);
    Sums {
        results: Tally::of(Measure::Received, &seen),
        left_out: (count - rows.len()) as u64,
        rows: rows.len() as u64,
        apart: rows.iter().map(|row| square(of_a[*row], of_b[*row])).sum(),
        drivers: mixed
            .iter()
            .map(|found| Differences {
                first: rows.iter().map(|row| square(of_b[*row], found[*row])).sum(),
                total: rows.iter().map(|row| square(of_a[*row], found[*row])).sum(),
            })
            .collect(),
    }
}
