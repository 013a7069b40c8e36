//! What is drawn: the generators, the distributions, the dependence, and that all of it is the same everywhere.

mod dependence;
mod distributions;
mod generators;

use super::{Copula, Draws, Generator, Marginal};
use crate::CHUNK;
use recoup_lanes::Row;

/// Values of every driver on the first paths.
fn values(draws: &Draws, paths: usize) -> Vec<Vec<f64>> {
    let mut columns = vec![Vec::with_capacity(paths); draws.drivers()];
    let mut out = vec![0.0; draws.drivers() * CHUNK];
    for first in (0..paths as u64).step_by(CHUNK) {
        draws.fill_flat(first, &mut out);
        for (column, values) in columns.iter_mut().zip(out.chunks_exact(CHUNK)) {
            column.extend_from_slice(values);
        }
    }
    columns
}

fn independent(generator: Generator, marginals: &[Marginal]) -> Draws {
    Draws::new(7, generator, marginals, Copula::independent(marginals.len())).unwrap()
}

fn uniform(count: usize) -> Vec<Marginal> {
    vec![Marginal::Uniform { low: 0.0, high: 1.0 }; count]
}

fn chunk(draws: &Draws, first: u64, backend: recoup_lanes::Backend) -> Vec<u64> {
    let mut out = vec![Row::default(); draws.rows()];
    let chunk = super::fill::Chunk { draws, first, swapped: &[], out: &mut out };
    recoup_lanes::dispatch_on(backend, chunk);
    out.iter().flat_map(|row| row.0.map(f64::to_bits)).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
