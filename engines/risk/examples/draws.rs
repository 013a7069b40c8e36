//! Time to draw ten drivers on a path, by generator and registers.
//!
//! `cargo run --release -p recoup-risk --example draws`
#![allow(clippy::disallowed_methods, reason = "measuring time is what this program is for")]

use std::error::Error;
use std::time::Instant;

use recoup_lanes::{Backend, Buffer};
use recoup_risk::CHUNK;
use recoup_risk::draw::{Copula, Draws, Generator, Marginal, RankCorrelation};

const DRIVERS: usize = 10;
const ROUNDS: u64 = 60;
/// Chunks between two readings of the clock.
const CHUNKS: u64 = 20;

/// Three lognormal, three triangular and three PERT numbers, and a delay of up to four quarters.
fn mixed() -> Vec<Marginal> {
    let delay = Marginal::Discrete((0..5u8).map(|quarters| (f64::from(quarters), 1.0)).collect());
    let kinds = [
        Marginal::Lognormal { median: 1.0, sigma: 0.5 },
        Marginal::Triangular { low: 0.5, mode: 1.0, high: 2.0 },
        Marginal::Pert { low: 0.5, mode: 1.0, high: 2.0 },
    ];
    kinds.iter().flat_map(|kind| vec![kind.clone(); 3]).chain([delay]).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let pairs = (0..DRIVERS).flat_map(|a| (0..a).map(move |b| [a, b]));
    let ranks: Vec<RankCorrelation> = pairs.map(|drivers| RankCorrelation { drivers, rank: 0.3 }).collect();
    let correlated = Copula::from_ranks(DRIVERS, &ranks)?;
    let uniform = vec![Marginal::Uniform { low: 0.0, high: 1.0 }; DRIVERS];
    let normal = vec![Marginal::Normal { mean: 0.0, deviation: 1.0 }; DRIVERS];
    let cases = [
        ("uniform", uniform, Copula::independent(DRIVERS)),
        ("normal, correlated", normal, correlated.clone()),
        ("mixed, correlated", mixed(), correlated),
    ];
    for (name, marginals, copula) in cases {
        for generator in [Generator::default(), Generator::Philox] {
            let draws = Draws::new(1, generator, &marginals, copula.clone())?;
            let mut out = Buffer::zeroed(draws.rows());
            for backend in Backend::available() {
                let rounds = if backend == Backend::PORTABLE { 2 } else { ROUNDS };
                let mut times: Vec<f64> = (0..rounds)
                    .map(|round| {
                        let start = Instant::now();
                        for chunk in 0..CHUNKS {
                            draws.fill_on(backend, (round * CHUNKS + chunk) * CHUNK as u64, &mut out);
                        }
                        start.elapsed().as_nanos() as f64 / (CHUNKS * CHUNK as u64) as f64
                    })
                    .collect();
                times.sort_by(f64::total_cmp);
                let (least, median) = (times[0], times[times.len() / 2]);
                println!(
                    "ten drivers, {name}, {generator:?}, {backend}: min {least:.1} ns, median {median:.1} ns a path"
                );
            }
        }
    }
    Ok(())
}
