//! The kernel beside other programs that compute the same film: `cargo xtask bench peers [--json FILE]`.
//!
//! All run on one thread, in turns, so that whatever else the machine does is done to all of them; the least time of
//! each counts, and the median is told beside it. A timing is a few milliseconds: on a machine that does other things, a
//! longer one would be interrupted every time, and the slower program would seem slower than it is.

mod programs;
mod report;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process::{cargo, must, root, target};

use programs::{Program, environment};

/// Batches in which a peer may compute; the best one counts.
const BATCHES: [usize; 6] = [256, 512, 1_024, 2_048, 4_096, 16_384];
/// Rounds in which everybody has a turn.
const ROUNDS: usize = 25;
/// The film as one writes it down, and in the kernel's own form.
const MODELS: [&str; 4] = ["numpy", "numba", "numpy_kernel_form", "numba_kernel_form"];

/// Runs the comparison; false where results disagree.
pub(crate) fn peers(arguments: &[String]) -> Result<bool> {
    let json = arguments.iter().position(|argument| argument == "--json").map(|at| arguments.get(at + 1));
    let json = match json {
        Some(None) => bail!("--json wants a file"),
        Some(Some(file)) => Some(PathBuf::from(file)),
        None => None,
    };
    let folder = target().join("bench/peers");
    fs::create_dir_all(&folder)?;
    let python = environment(&folder)?;
    must(&mut cargo("bench --quiet --no-run -p recoup-risk --bench kernel"))?;
    let load = report::load();
    let mut turns = Turns::start(&python, &folder)?;
    let written = turns.ours.ask(&format!("write {}", folder.display()))?;
    let agreement = turns.agreement()?;
    let batches = turns.batches()?;
    let times = turns.rounds(&batches)?;
    let limit = turns.ours.ask("limit")?;
    let report = report::of(&times, &batches, &limit, &agreement, &written, &load);
    report::told(&report);
    if let Some(file) = json {
        fs::write(&file, format!("{report:#}\n")).with_context(|| file.display().to_string())?;
        println!("written to {}", file.display());
    }
    Ok(report::agrees(&agreement))
}

/// Who has a turn in each round.
struct Turns {
    ours: Program,
    models: Vec<Program>,
    pyxirr: Program,
}

/// The batch in which each peer is fastest.
type Batches = Vec<(&'static str, usize)>;

/// Nanoseconds of every round: the least and the median of its timings.
struct Times(Vec<(&'static str, Vec<[f64; 2]>)>);

impl Times {
    fn push(&mut self, name: &'static str, time: [f64; 2]) {
        match self.0.iter_mut().find(|(of, _)| *of == name) {
            Some((_, times)) => times.push(time),
            None => self.0.push((name, vec![time])),
        }
    }

    fn of(&self, name: &str) -> &[[f64; 2]] {
        self.0.iter().find(|(of, _)| *of == name).map_or(&[], |(_, times)| times)
    }

    fn least(&self, name: &str) -> f64 {
        self.of(name).iter().map(|[least, _]| *least).fold(f64::INFINITY, f64::min)
    }

    fn median(&self, name: &str) -> f64 {
        let mut medians: Vec<f64> = self.of(name).iter().map(|[_, median]| *median).collect();
        medians.sort_by(f64::total_cmp);
        medians.get(medians.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

impl Turns {
    fn start(python: &Path, folder: &Path) -> Result<Self> {
        let peer = |name: &'static str| {
            let mut command = Command::new(python);
            // What is compiled for it is kept among what is built, not among the sources.
            command
                .env("PYTHONPYCACHEPREFIX", folder.join("pycache"))
                .env("NUMBA_CACHE_DIR", folder.join("numba"));
            command.arg(root().join("benches/peers/peers.py")).arg(name).arg(folder);
            Program::start(name, command)
        };
        let ours = cargo("bench --quiet -p recoup-risk --bench kernel -- peer");
        Ok(Self {
            ours: Program::start("the kernel", ours)?,
            models: MODELS.into_iter().map(peer).collect::<Result<_>>()?,
            pyxirr: peer("pyxirr")?,
        })
    }

    fn agreement(&mut self) -> Result<Value> {
        let mut all = serde_json::Map::new();
        for program in self.models.iter_mut().chain([&mut self.pyxirr]) {
            all.insert(program.name.to_owned(), program.ask("agree")?);
        }
        Ok(Value::Object(all))
    }

    /// The batch in which each peer is fastest, of those tried in turns.
    fn batches(&mut self) -> Result<Batches> {
        let mut found = Vec::new();
        for program in &mut self.models {
            let mut best = (f64::INFINITY, BATCHES[0]);
            for _ in 0..4 {
                for batch in BATCHES {
                    let [time, _] = program.nanoseconds(&format!("time {batch}"))?;
                    if time < best.0 {
                        best = (time, batch);
                    }
                }
            }
            found.push((program.name, best.1));
        }
        Ok(found)
    }

    fn rounds(&mut self, batches: &Batches) -> Result<Times> {
        let mut times = Times(Vec::new());
        for _ in 0..ROUNDS {
            times.push("kernel", self.ours.nanoseconds("time 1")?);
            times.push("kernel_2_threads", self.ours.nanoseconds("time 2")?);
            times.push("kernel_10000_paths_2_threads", self.ours.nanoseconds("short 2")?);
            for (program, (name, batch)) in self.models.iter_mut().zip(batches) {
                times.push(name, program.nanoseconds(&format!("time {batch}"))?);
            }
            times.push("rates", self.ours.nanoseconds("rates")?);
            times.push("pyxirr", self.pyxirr.nanoseconds("time 100000")?);
        }
        Ok(times)
    }
}
