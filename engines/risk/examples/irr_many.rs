//! Time and error of a rate of return among many: 100,000 series of 40 flows.
//!
//! `cargo run --release -p recoup-risk --example irr_many`
#![allow(clippy::disallowed_methods, reason = "measuring time is what this program is for")]

use std::time::Instant;

use recoup_lanes::Backend;
use recoup_returns::irr;
use recoup_risk::rate::{Compounding, Layout, irr_many_on};

const SERIES: usize = 100_000;
const FLOWS: usize = 40;
const ROUNDS: usize = 15;
/// Series between two readings of the clock: short enough for some to be undisturbed on a busy machine.
const BLOCK: usize = 2_000;

/// The linear congruential generator of D. E. Knuth's MMIX: enough to vary amounts.
fn next(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / 9_007_199_254_740_992.0
}

/// Eight quarters of payments, then receipts that fall off; every fortieth series gets nothing back.
fn flows() -> Vec<f64> {
    let mut state = 42;
    let mut flows = Vec::with_capacity(SERIES * FLOWS);
    for series in 0..SERIES {
        let level = 0.2 + 2.0 * next(&mut state);
        for quarter in 0..FLOWS {
            let amount = next(&mut state);
            flows.push(match quarter {
                0..8 => -1e5 * (1.0 + amount),
                _ if series % 40 == 39 || amount < 0.1 => 0.0,
                _ => 1.2e5 * level * amount * 0.93f64.powi(quarter as i32 - 8),
            });
        }
    }
    flows
}

fn main() {
    let flows = flows();
    let mut rates = vec![0.0; SERIES];
    // The widest registers last: their rates are the ones compared below.
    let mut backends: Vec<Backend> = Backend::available().collect();
    backends.reverse();
    for backend in backends {
        let rounds = if backend == Backend::PORTABLE { 1 } else { ROUNDS };
        let mut times = Vec::with_capacity(rounds * SERIES / BLOCK);
        for _ in 0..rounds {
            for (own, out) in flows.chunks_exact(BLOCK * FLOWS).zip(rates.chunks_exact_mut(BLOCK)) {
                let start = Instant::now();
                irr_many_on(backend, own, Layout::SeriesBySeries, Compounding::Period, out);
                times.push(start.elapsed().as_nanos() as f64 / BLOCK as f64);
            }
        }
        times.sort_by(f64::total_cmp);
        let (least, median) = (times[0], times[times.len() / 2]);
        println!(
            "{SERIES} series of {FLOWS} flows on {backend}: min {least:.1} ns, median {median:.1} ns a series"
        );
    }
    let mut worst = 0.0f64;
    let start = Instant::now();
    for (own, rate) in flows.chunks_exact(FLOWS).zip(&rates).step_by(25) {
        let exact = irr(own).ok().and_then(|solution| solution.outcome().rate_or_total_loss());
        worst = worst.max((rate - exact.unwrap_or(f64::NAN)).abs());
    }
    let exact = start.elapsed().as_nanos() as f64 / (SERIES / 25) as f64;
    println!(
        "worst difference from the exact solver, of {}: {worst:.1e} ({exact:.0} ns a series)",
        SERIES / 25
    );
}
