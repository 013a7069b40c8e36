//! The kernel beside other programs that compute the same film: `cargo xtask bench peers [--json FILE]`.
//!
//! All run on one thread, in turns, so that whatever else the machine does is done to all of them; the least time of
//! each counts, and the median is told beside it.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::process::{cargo, must, root, target};

/// Batches in which a peer may compute; the best one counts.
const BATCHES: [usize; 6] = [256, 512, 1_024, 4_096, 16_384, 65_536];
/// Rounds in which everybody has a turn.
const ROUNDS: usize = 25;
/// How far results may be apart: relative, and absolute where they are below one.
const AGREE: f64 = 1e-6;
/// How far the peers' own draws may be from ours, in standard errors of the mean.
const DRAWS_APART: f64 = 6.0;
/// What is promised: ratio, gate, target, goal.
const PROMISED: [(&str, f64, f64, f64); 5] = [
    ("arithmetic_limit", 0.50, 0.70, 0.80),
    ("numpy", 18.0, 25.0, 30.0),
    ("numba", 8.0, 11.0, 13.0),
    ("pyxirr", 60.0, 80.0, 120.0),
    ("threads_2", 1.85, 1.90, 1.97),
];

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
    let mut turns = Turns::start(&python, &folder)?;
    let written = turns.ours.ask(&format!("write {}", folder.display()))?;
    let agreement = turns.agreement()?;
    let times = turns.rounds()?;
    let limit = turns.ours.ask("limit")?;
    let report = report(&times, &limit, &agreement, &written);
    told(&report, &limit);
    if let Some(file) = json {
        fs::write(&file, format!("{report:#}\n")).with_context(|| file.display().to_string())?;
        println!("written to {}", file.display());
    }
    Ok(agrees(&agreement))
}

/// The peers' own Python, with what `requirements.txt` pins.
fn environment(folder: &Path) -> Result<PathBuf> {
    let venv = folder.join("venv");
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let wanted = fs::read_to_string(root().join("benches/peers/requirements.txt"))?;
    let installed = venv.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    println!("installing NumPy, numba and pyxirr into {}", venv.display());
    let system = if cfg!(windows) { "python" } else { "python3" };
    must(Command::new(system).args(["-m", "venv"]).arg(&venv))
        .context("the peers need Python 3.11 or later with venv")?;
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
    must(install.arg(root().join("benches/peers/requirements.txt")))?;
    fs::write(installed, wanted)?;
    Ok(python)
}

/// A program that answers each line with a line of JSON.
struct Program {
    name: &'static str,
    child: Child,
    into: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Program {
    fn start(name: &'static str, mut command: Command) -> Result<Self> {
        // One thread each, also in the libraries below them.
        for variable in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"] {
            command.env(variable, "1");
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let into = child.stdin.take();
        let from = child.stdout.take().context("no output")?;
        Ok(Self { name, child, into, from: BufReader::new(from) })
    }

    fn ask(&mut self, line: &str) -> Result<Value> {
        let into = self.into.as_mut().context("no input")?;
        writeln!(into, "{line}")?;
        into.flush()?;
        let mut answer = String::new();
        self.from.read_line(&mut answer)?;
        if answer.is_empty() {
            bail!("{} ended at {line:?}: see above", self.name);
        }
        serde_json::from_str(&answer).with_context(|| format!("{}: {answer}", self.name))
    }

    fn nanoseconds(&mut self, line: &str) -> Result<f64> {
        self.ask(line)?["ns"].as_f64().with_context(|| format!("{} gave no time", self.name))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The end of its input ends it.
        drop(self.into.take());
        let _ended = self.child.wait();
    }
}

/// Who has a turn in each round.
struct Turns {
    ours: Program,
    numpy: Program,
    numba: Program,
    pyxirr: Program,
}

/// Nanoseconds of every round, least first.
struct Times(Vec<(&'static str, Vec<f64>)>);

impl Times {
    fn of(&self, name: &str) -> &[f64] {
        self.0.iter().find(|(of, _)| *of == name).map_or(&[], |(_, times)| times)
    }

    fn least(&self, name: &str) -> f64 {
        self.of(name).first().copied().unwrap_or(f64::NAN)
    }

    fn median(&self, name: &str) -> f64 {
        let times = self.of(name);
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
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
            numpy: peer("numpy")?,
            numba: peer("numba")?,
            pyxirr: peer("pyxirr")?,
        })
    }

    fn agreement(&mut self) -> Result<Value> {
        let mut all = serde_json::Map::new();
        for program in [&mut self.numpy, &mut self.numba, &mut self.pyxirr] {
            all.insert(program.name.to_owned(), program.ask("agree")?);
        }
        Ok(Value::Object(all))
    }

    /// The batch in which a peer is fastest, of those tried.
    fn best_batch(program: &mut Program) -> Result<usize> {
        let mut best = (f64::INFINITY, BATCHES[0]);
        for batch in BATCHES {
            for _ in 0..4 {
                let time = program.nanoseconds(&format!("time {batch}"))?;
                if time < best.0 {
                    best = (time, batch);
                }
            }
        }
        println!("{} is fastest in batches of {}", program.name, best.1);
        Ok(best.1)
    }

    fn rounds(&mut self) -> Result<Times> {
        let numpy = format!("time {}", Self::best_batch(&mut self.numpy)?);
        let numba = format!("time {}", Self::best_batch(&mut self.numba)?);
        let names = ["kernel", "kernel_2_threads", "numpy", "numba", "rates", "pyxirr"];
        let mut times: Vec<(&'static str, Vec<f64>)> = names.map(|name| (name, Vec::new())).into();
        for _ in 0..ROUNDS {
            let of_round = [
                self.ours.nanoseconds("time 1")?,
                self.ours.nanoseconds("time 2")?,
                self.numpy.nanoseconds(&numpy)?,
                self.numba.nanoseconds(&numba)?,
                self.ours.nanoseconds("rates")?,
                self.pyxirr.nanoseconds("time 100000")?,
            ];
            for ((_, times), time) in times.iter_mut().zip(of_round) {
                times.push(time);
            }
        }
        for (_, times) in &mut times {
            times.sort_by(f64::total_cmp);
        }
        Ok(Times(times))
    }
}

fn agrees(agreement: &Value) -> bool {
    agreement.as_object().into_iter().flatten().all(|(_, of)| {
        let within = |key: &str, most: f64| of[key].as_f64().is_none_or(|value| value <= most);
        of["worst"].is_f64()
            && within("worst", AGREE)
            && of["undefined_alike"] == true
            && within("draws_away", DRAWS_APART)
    })
}

fn report(times: &Times, limit: &Value, agreement: &Value, written: &Value) -> Value {
    let raw: serde_json::Map<String, Value> = times
        .0
        .iter()
        .map(|(name, _)| {
            ((*name).to_owned(), json!({"min_ns": times.least(name), "median_ns": times.median(name)}))
        })
        .collect();
    json!({
        "ratios": {
            "numpy": times.least("numpy") / times.least("kernel"),
            "numba": times.least("numba") / times.least("kernel"),
            "pyxirr": times.least("pyxirr") / times.least("rates"),
            "arithmetic_limit": limit["fraction"],
            "threads_2": times.least("kernel") / times.least("kernel_2_threads"),
        },
        "agreement": {"within": AGREE, "holds": agrees(agreement), "peers": agreement, "of": written},
        "machine": machine(),
        "raw": raw,
        "limit": limit,
        "rounds": ROUNDS,
    })
}

fn machine() -> Value {
    let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let field = |name: &str| {
        let line = cpu.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split(':').nth(1)).map_or_else(String::new, |of| of.trim().to_owned())
    };
    json!({
        "os": std::env::consts::OS,
        "architecture": std::env::consts::ARCH,
        "processor": field("model name"),
        "family_model_stepping": [field("cpu family"), field("model\t"), field("stepping")],
        "processors": std::thread::available_parallelism().map_or(0, usize::from),
        "load": read("/proc/loadavg").trim(),
    })
}

fn told(report: &Value, limit: &Value) {
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    println!("\nnanoseconds a path, or a rate        least     median");
    for (name, of) in report["raw"].as_object().into_iter().flatten() {
        println!("  {name:<30} {:10.1} {:10.1}", number(&of["min_ns"]), number(&of["median_ns"]));
    }
    println!("\noperations on eight lanes for a nanosecond, {}: {}", limit["backend"], limit["peaks_per_ns"]);
    println!("stage          limit ns   taken ns   part");
    for row in limit["stages"].as_array().into_iter().flatten() {
        let (bound, taken) = (number(&row["bound_ns"]), number(&row["ns"]));
        println!(
            "  {:<11} {bound:9.1} {taken:10.1} {:6.2}",
            row["stage"].as_str().unwrap_or(""),
            bound / taken
        );
    }
    println!("\nratio                 measured     gate   target     goal");
    for (name, gate, target, goal) in PROMISED {
        let measured = number(&report["ratios"][name]);
        let verdict = if measured >= goal {
            "goal"
        } else if measured >= target {
            "target"
        } else if measured >= gate {
            "gate"
        } else {
            "below the gate"
        };
        println!("  {name:<18} {measured:9.2} {gate:8.2} {target:8.2} {goal:8.2}  {verdict}");
    }
    println!("\nagreement within {AGREE:e}: {}", report["agreement"]["peers"]);
    println!("machine: {}", report["machine"]);
}
