//! How long a whole recomputation takes, stage by stage:
//! `cargo run --release -p recoup-model --example recompute -- FILE…`.
//!
//! Every stage is timed in the same runs as the whole, which ends when the book's memory is given back.
//! A stage's part is its median over the median of the whole, so that the parts compare between machines
//! where the milliseconds do not.
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement reads files and the clock; the engine does not"
)]
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::time::{Duration, Instant};

use recoup_deal::{Deal, read_deal};
use recoup_incentives::Catalog;
use recoup_model::{Stage, run_in_stages};

/// Runs before those that count, so that memory and caches are warm.
const WARM_UP: usize = 10;
const RUNS: usize = 100;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let catalog = Catalog::embedded()?;
    for file in std::env::args().skip(1) {
        let deal = read_deal(&std::fs::read_to_string(&file)?)?;
        print(&file, &measure(&deal, catalog));
    }
    Ok(())
}

/// What the runs over one deal took.
struct Measured {
    /// Nodes in the book and figures with an address.
    size: (usize, usize),
    whole: Vec<Duration>,
    stages: Vec<(Stage, Vec<Duration>)>,
}

fn measure(deal: &Deal, catalog: &Catalog) -> Measured {
    let stages = Stage::ALL.map(|stage| (stage, Vec::with_capacity(RUNS))).to_vec();
    let mut measured = Measured { size: (0, 0), whole: Vec::with_capacity(RUNS), stages };
    for turn in 0..WARM_UP + RUNS {
        let start = Instant::now();
        let mut last = start;
        let mut took = Vec::with_capacity(Stage::ALL.len());
        let outcome = run_in_stages(deal, catalog, &mut |stage| {
            let now = Instant::now();
            took.push((stage, now - last));
            last = now;
        });
        let size = (outcome.book.len(), outcome.book.figures().count());
        drop(outcome);
        let whole = start.elapsed();
        if turn < WARM_UP {
            continue;
        }
        measured.size = size;
        measured.whole.push(whole);
        for (stage, times) in &mut measured.stages {
            times.push(took.iter().filter(|(of, _)| of == stage).map(|(_, time)| *time).sum());
        }
    }
    measured
}

/// The best, the median and the 95th percentile in milliseconds. On a busy machine the best is what the
/// work takes.
fn quantiles(times: &[Duration]) -> (f64, f64, f64) {
    let mut sorted = times.to_vec();
    sorted.sort();
    let at = |part: f64| {
        let place = (part * (sorted.len().max(1) - 1) as f64).round() as usize;
        sorted.get(place).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    (at(0.0), at(0.5), at(0.95))
}

fn print(file: &str, measured: &Measured) {
    let (nodes, figures) = measured.size;
    let (best, median, late) = quantiles(&measured.whole);
    println!(
        "{file}: median {median:.2} ms, p95 {late:.2} ms, best {best:.2} ms, {nodes} nodes, {figures} figures"
    );
    for (stage, times) in &measured.stages {
        let (own_best, own, own_late) = quantiles(times);
        let part = if median > 0.0 { 100.0 * own / median } else { 0.0 };
        let name = stage.name();
        println!(
            "  {name:<12} median {own:.3} ms, p95 {own_late:.3} ms, best {own_best:.3} ms, {part:>3.0} %"
        );
    }
}
