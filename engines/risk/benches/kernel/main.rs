//! How long a path takes: `cargo bench -p recoup-risk --bench kernel`.
//!
//! Words choose what is measured: `stages`, `threads`, `generators`, `grow`, `limit`, `accuracy`, `memory`. `peer` answers, line by line on
//! standard input, what `cargo xtask bench peers` asks in turns with the other programs; `count STAGE CHUNKS` computes
//! and prints nothing, for `cargo xtask bench counts`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement stops where it cannot go on, prints, and reads the clock, which the engine does not"
)]

mod accuracy;
mod grow;
mod limit;
mod memory;
mod peer;

use std::{hint::black_box, time::Instant};

use recoup_lanes::Backend;
use recoup_risk::{
    CHUNK, PathModel,
    draw::Generator,
    kernel::{Reference, Stage},
};

const MODEL: &str = include_str!("../../../../benches/peers/model.json");
const SEED: u64 = 20_261_123;
/// The last stage of a computation; none for the draws alone.
const STAGES: [(&str, Option<Stage>); 5] = [
    ("draws", None),
    ("receipts", Some(Stage::Receipts)),
    ("waterfall", Some(Stage::Waterfall)),
    ("metrics", Some(Stage::Metrics)),
    ("rates", Some(Stage::Rates)),
];

fn model() -> Reference {
    Reference::read(MODEL, SEED, Generator::default()).expect("the written model")
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if words.iter().any(|word| word == "peer") {
        peer::answer();
        return;
    }
    if let [word, stage, chunks] = &words[..]
        && word == "count"
    {
        once(stage, chunks.parse().expect("a number of chunks"));
        return;
    }
    let asked = |word: &str| words.is_empty() || words.iter().any(|asked| asked == word);
    let model = model();
    if asked("stages") {
        for backend in Backend::available().filter(|backend| *backend != Backend::PORTABLE) {
            println!("{backend}: ns a path, the best of many runs, each stage on top of the one before");
            let times = stages(&model, backend, 200);
            let mut before = 0.0;
            for ((name, _), time) in STAGES.iter().zip(times) {
                println!("  {name:<10} {:7.1}  {time:7.1}", time - before);
                before = time;
            }
        }
    }
    if asked("threads") {
        for threads in [1, 2] {
            for paths in [1_024, 10_000, 102_400, 1_024_000] {
                let time = best(7, || on_threads(&model, paths, threads));
                println!("{paths:>9} paths on {threads} threads: {:9.3} ms", time * 1e3);
            }
        }
    }
    if asked("generators") {
        let generators = [
            ("Sobol', 8 scrambles", Generator::default()),
            ("Sobol', 1 scramble", Generator::Sobol { scrambles: 1 }),
            ("Philox", Generator::Philox),
        ];
        for (name, generator) in generators {
            let model = Reference::read(MODEL, SEED, generator).expect("the written model");
            println!("{name:<20} {:7.1} ns a path to draw", stages(&model, Backend::best(), 200)[0]);
        }
    }
    if asked("limit") {
        limit::told(&model);
    }
    if asked("grow") {
        grow::told();
    }
    if asked("accuracy") {
        accuracy::told();
    }
    if asked("memory") {
        memory::told();
    }
}

/// Some chunks up to a stage, for a program that counts instructions.
fn once(stage: &str, chunks: u64) {
    let model = model();
    let (_, until) = STAGES.into_iter().find(|(name, _)| *name == stage).expect("a stage");
    let mut room = model.room();
    let mut out = vec![0.0; model.columns().len() * CHUNK];
    for chunk in 0..chunks {
        model.compute_on(Backend::best(), until, chunk * CHUNK as u64, &mut out, &mut room);
    }
    black_box(&out);
}

/// The best of some runs, in seconds.
fn best(runs: usize, mut run: impl FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..runs {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_secs_f64());
    }
    best
}

/// Nanoseconds for a path up to each stage: the best of many short runs, in turns.
fn stages(model: &Reference, backend: Backend, runs: usize) -> [f64; 5] {
    const CHUNKS: u64 = 8;
    let mut room = model.room();
    let mut out = vec![0.0; model.columns().len() * CHUNK];
    let mut times = [f64::INFINITY; 5];
    for _ in 0..runs {
        for ((_, until), time) in STAGES.iter().zip(&mut times) {
            let start = Instant::now();
            for chunk in 0..CHUNKS {
                model.compute_on(backend, *until, chunk * CHUNK as u64, &mut out, &mut room);
            }
            black_box(&out);
            *time = time.min(start.elapsed().as_secs_f64() * 1e9 / (CHUNKS as usize * CHUNK) as f64);
        }
    }
    times
}

/// So many paths on so many threads, each with its own share of the chunks.
fn on_threads(model: &Reference, paths: usize, threads: usize) {
    let chunks = paths.div_ceil(CHUNK);
    std::thread::scope(|scope| {
        for thread in 1..threads {
            scope.spawn(move || some(model, chunks, thread, threads));
        }
        some(model, chunks, 0, threads);
    });
}

fn some(model: &Reference, chunks: usize, thread: usize, threads: usize) {
    let mut room = model.workspace();
    let mut out = vec![0.0; model.columns().len() * CHUNK];
    for chunk in (thread..chunks).step_by(threads) {
        model.compute((chunk * CHUNK) as u64, &mut out, &mut room);
        black_box(&out);
    }
}
