//! What a run of many paths holds in memory, above what the process held before it.

use std::{fs, time::Instant};

use recoup_risk::{
    Measure, PathModel,
    draw::Generator,
    kernel::Reference,
    run::{Identity, KERNEL, Keep, Request, Sampling, Silent, Threads, simulate},
    statistics::summaries,
};

use crate::{SEED, model};

const PARTY: &str = "equity_a";
const MEASURES: [Measure; 5] =
    [Measure::Irr, Measure::Multiple, Measure::Npv, Measure::Received, Measure::PaybackMonths];
const QUANTILES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
/// Aimed at, for a million paths of five columns that are kept.
const MOST_MIB: f64 = 60.0;

pub(crate) fn told() {
    let reference = model();
    let threads = Threads::new(2).expect("two threads");
    for (what, keep, paths) in [
        ("kept", Keep::Columns, 1_000_000),
        ("counted", Keep::Histograms, 1_000_000),
        ("counted", Keep::Histograms, 10_000_000),
    ] {
        let before = resident_since_now();
        let start = Instant::now();
        let run =
            simulate(&reference, request(&reference, keep, paths), &threads, &mut Silent).expect("a run");
        let (of_run, took) = (most(), start.elapsed().as_secs_f64());
        let wanted: Vec<(usize, &[f64])> = (0..MEASURES.len()).map(|place| (place, &QUANTILES[..])).collect();
        let all = summaries(&run, &wanted, &threads);
        let (Some(of_run), Some(in_all), Some(before)) = (of_run, most(), before) else {
            println!("this system does not tell what a process holds");
            return;
        };
        println!(
            "{paths:>9} paths, five columns {what:<8} {:6.1} MiB more, with statistics {:6.1}, aimed at {MOST_MIB}; \
             {took:6.2} s, and {:.2} s with statistics ({} columns)",
            of_run - before,
            in_all - before,
            start.elapsed().as_secs_f64(),
            all.len(),
        );
    }
}

fn request(reference: &Reference, keep: Keep, paths: u64) -> Request {
    let column = |measure: Measure| {
        let of = |column: &recoup_risk::Column| column.of == PARTY && column.measure == measure;
        reference.columns().iter().position(of).expect("a column")
    };
    let Generator::Sobol { scrambles } = Generator::default() else { unreachable!("the usual generator") };
    let identity = Identity {
        plan: "the written model".to_owned(),
        kernel: KERNEL.to_owned(),
        seed: SEED,
        generator: "sobol".to_owned(),
    };
    Request {
        identity,
        sampling: Sampling::Scrambled { scrambles },
        paths,
        columns: MEASURES.map(column).to_vec(),
        keep,
        precision: None,
        checkpoint_every: None,
    }
}

/// What the process holds, in MiB, from when on the most is kept.
fn resident_since_now() -> Option<f64> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    of_status("VmRSS:")
}

fn most() -> Option<f64> {
    of_status("VmHWM:")
}

fn of_status(field: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024.0)
}
