//! How long five templates take, made, closed and evaluated: `cargo run --release -p recoup-scenarios --example
//! time_templates -- examples/*.deal.json`.

#![expect(
    clippy::disallowed_methods,
    reason = "a measurement reads the clock and files; the engine does not"
)]

use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::Instant;

use recoup_deal::read_deal;
use recoup_incentives::Catalog;
use recoup_scenarios::{
    Base, Evaluating, MarketTerms, Measure, Options, Templates, build_all, compute_all, evaluate_all,
};

fn main() -> ExitCode {
    match timed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn timed() -> Result<(), Box<dyn std::error::Error>> {
    let (catalog, terms, templates) =
        (Catalog::embedded()?, MarketTerms::embedded()?, Templates::embedded()?);
    for path in std::env::args().skip(1) {
        let deal = read_deal(&std::fs::read_to_string(&path)?)?;
        let mut times = Vec::new();
        for _ in 0..7 {
            let began = Instant::now();
            let base = Base::new(&deal, catalog, &terms)?;
            let candidates = build_all(&base, &templates.wishes, Options::default())?;
            let made = began.elapsed();
            let deals: Vec<_> = candidates.iter().map(|one| &one.deal).collect();
            let go_on = |_| ControlFlow::Continue(());
            let outcomes = compute_all(&deals, catalog);
            let computed: Vec<_> = deals.iter().copied().zip(&outcomes).collect();
            let found = evaluate_all(&computed, catalog, Evaluating::new(1), &go_on).unwrap_or_default();
            times.push((began.elapsed(), made));
            if times.len() == 7 {
                for (one, measures) in candidates.iter().zip(&found) {
                    println!("{} {}: {} trials", deal.name, one.name, one.trials);
                    for measure in Measure::ALL {
                        println!("    {measure} {:?}", measures.value(measure));
                    }
                }
            }
        }
        times.sort();
        println!(
            "{}: {:?} in the middle of {} runs, of it {:?} to make",
            deal.name,
            times[3].0,
            times.len(),
            times[3].1
        );
    }
    Ok(())
}
