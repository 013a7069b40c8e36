//! Answers what `cargo xtask bench peers` asks: one line of JSON for each line.

use std::{fs, hint::black_box, io::BufRead, path::Path, time::Instant};

use recoup_risk::{
    CHUNK, PathModel,
    kernel::Reference,
    rate::{Compounding, Layout, irr_many},
};
use serde_json::{Value, json};

use crate::{limit, model, on_threads};

/// Paths on which results are compared.
const PATHS: usize = 65_536;
/// Paths of one timing: short, so that a turn of another program falls into some and not into all.
const TIMED: usize = 32_768;
/// What an answer while dragging is made of.
const SHORT: usize = 10_000;
const RUNS: usize = 8;
const SERIES: usize = 100_000;
const PERIODS: usize = 40;

pub(crate) fn answer() {
    let model = model();
    let flows = flows();
    let mut rates = vec![0.0; SERIES];
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let words: Vec<&str> = line.split_whitespace().collect();
        let answer = match words[..] {
            ["write", folder] => write(&model, &flows, Path::new(folder)),
            ["time", threads] => {
                let threads = threads.parse().expect("a number of threads");
                timed(TIMED, || on_threads(&model, TIMED, threads))
            }
            ["short", threads] => {
                let threads = threads.parse().expect("a number of threads");
                timed(SHORT, || on_threads(&model, SHORT, threads))
            }
            ["rates"] => timed(SERIES, || {
                irr_many(&flows, Layout::SeriesBySeries, Compounding::Period, &mut rates);
                black_box(&rates);
            }),
            ["limit"] => limit::measured(&model, 40),
            _ => Value::Null,
        };
        println!("{answer}");
    }
}

/// Nanoseconds for each of so many, of some runs.
fn timed(count: usize, mut run: impl FnMut()) -> Value {
    let mut taken = [0.0; RUNS];
    for taken in &mut taken {
        let start = Instant::now();
        run();
        *taken = start.elapsed().as_secs_f64() * 1e9 / count as f64;
    }
    taken.sort_by(f64::total_cmp);
    json!({"ns": taken[0], "median_ns": taken[RUNS / 2]})
}

/// Drawn numbers and columns of some paths, flows and rates, as rows of doubles.
fn write(model: &Reference, flows: &[f64], folder: &Path) -> Value {
    let chunks = PATHS / CHUNK;
    let columns = model.columns().len();
    let drivers = model.draws.drivers();
    let mut all = vec![0.0; columns * PATHS];
    let mut variates = vec![0.0; drivers * PATHS];
    let mut room = model.workspace();
    let (mut out, mut drawn) = (vec![0.0; columns * CHUNK], vec![0.0; drivers * CHUNK]);
    for chunk in 0..chunks {
        let first = chunk * CHUNK;
        model.compute(first as u64, &mut out, &mut room);
        model.draws.fill_flat(first as u64, &mut drawn);
        for (rows, of) in [(&mut all, &out), (&mut variates, &drawn)] {
            for (row, of) in rows.chunks_exact_mut(PATHS).zip(of.chunks_exact(CHUNK)) {
                row[first..first + CHUNK].copy_from_slice(of);
            }
        }
    }
    let mut rates = vec![0.0; SERIES];
    irr_many(flows, Layout::SeriesBySeries, Compounding::Period, &mut rates);
    for (name, values) in
        [("columns", &all[..]), ("variates", &variates), ("flows", flows), ("rates", &rates)]
    {
        let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        fs::write(folder.join(format!("{name}.f64")), bytes).expect("a file");
    }
    json!({"paths": PATHS, "columns": columns, "series": SERIES, "periods": PERIODS})
}

/// Payments over some first periods, then receipts that come to between a tenth and three times of them.
fn flows() -> Vec<f64> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut all = Vec::with_capacity(SERIES * PERIODS);
    for _ in 0..SERIES {
        let paying = 1 + (uniform() * 8.0) as usize;
        let times = 0.1 + 2.9 * uniform();
        let parts: Vec<f64> = (0..PERIODS).map(|_| uniform()).collect();
        let (paid, received): (f64, f64) = (parts[..paying].iter().sum(), parts[paying..].iter().sum());
        let flow = |(period, part): (usize, &f64)| {
            if period < paying { -1e6 * part / paid } else { 1e6 * times * part / received }
        };
        all.extend(parts.iter().enumerate().map(flow));
    }
    all
}
