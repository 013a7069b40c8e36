//! How many paths of a sequence say as much as a hundred thousand pseudo-random ones, and how long they take.

use recoup_risk::{CHUNK, Measure, PathModel, draw::Generator, kernel::Reference};

use crate::{MODEL, SEED, best, on_threads};

const PSEUDO_RANDOM: usize = 100_000;
/// Seeds over which an error is taken: a sixth of it is chance.
const SEEDS: u64 = 20;
const TRUTH: usize = 1 << 22;
const PARTY: &str = "equity_a";

pub(crate) fn told() {
    let single = Generator::Sobol { scrambles: 1 };
    let truth = median(&of(Generator::default(), SEED), TRUTH);
    println!("median return of {PARTY}: {truth:.6}, by {TRUTH} paths");
    let aimed = error(Generator::Philox, PSEUDO_RANDOM, truth);
    println!("  Philox           {PSEUDO_RANDOM:>7} paths: error {aimed:.2e}");
    for power in 10..=17 {
        let paths = 1 << power;
        let error = error(single, paths, truth);
        let reference = of(single, SEED);
        let time = |threads| best(9, || on_threads(&reference, paths, threads)) * 1e3;
        println!(
            "  Sobol'           {paths:>7} paths: error {error:.2e}  {:7.2} ms on one thread, {:6.2} on two{}",
            time(1),
            time(2),
            if error <= aimed { "  as good" } else { "" },
        );
    }
}

fn of(generator: Generator, seed: u64) -> Reference {
    Reference::read(MODEL, seed, generator).expect("the written model")
}

/// The root of the mean square of what the median is off.
fn error(generator: Generator, paths: usize, truth: f64) -> f64 {
    let squares = (0..SEEDS).map(|seed| (median(&of(generator, seed), paths) - truth).powi(2));
    (squares.sum::<f64>() / SEEDS as f64).sqrt()
}

fn median(model: &Reference, paths: usize) -> f64 {
    let wanted = |column: &recoup_risk::Column| column.of == PARTY && column.measure == Measure::Irr;
    let column = model.columns().iter().position(wanted).expect("a column");
    let mut room = model.workspace();
    let mut out = vec![0.0; model.columns().len() * CHUNK];
    let mut values = Vec::with_capacity(paths + CHUNK);
    for first in (0..paths).step_by(CHUNK) {
        model.compute(first as u64, &mut out, &mut room);
        values.extend_from_slice(&out[column * CHUNK..(column + 1) * CHUNK]);
    }
    values.truncate(paths);
    let middle = values.len() / 2;
    let (below, above, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let below = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    f64::midpoint(below, *above)
}
