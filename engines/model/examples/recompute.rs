//! How long a whole recomputation takes: `cargo run --release -p recoup-model --example recompute -- FILE…`.
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement reads files and the clock; the engine does not"
)]
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::time::Instant;

use recoup_deal::read_deal;
use recoup_incentives::Catalog;

const RUNS: usize = 40;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let catalog = Catalog::embedded()?;
    for file in std::env::args().skip(1) {
        let deal = read_deal(&std::fs::read_to_string(&file)?)?;
        let mut times = Vec::with_capacity(RUNS);
        let mut nodes = 0;
        for _ in 0..RUNS {
            let start = Instant::now();
            nodes = recoup_model::run(&deal, catalog).book.len();
            times.push(start.elapsed());
        }
        times.sort();
        let median = times[RUNS / 2].as_secs_f64() * 1e3;
        println!("{file}: median {median:.2} ms, best {:.2} ms, {nodes} nodes", times[0].as_secs_f64() * 1e3);
    }
    Ok(())
}
