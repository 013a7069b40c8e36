//! How many instructions a path takes, by callgrind: `cargo xtask bench counts [--write]`.
//!
//! Times move with whatever else a machine does, instructions do not. Callgrind knows no AVX-512, so what is counted is
//! the build for AVX2; the numbers are compared with `benches/peers/instructions.json`.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::process::{cargo, root, target};

/// How far a count may be from the one that is written down.
const WITHIN: f64 = 0.02;
const STAGES: [&str; 5] = ["draws", "receipts", "waterfall", "metrics", "rates"];
/// Chunks of a long and of a short run: their difference is what the paths take, without what a start takes.
const CHUNKS: [u64; 2] = [40, 8];
const PATHS_A_CHUNK: f64 = 256.0;

/// Counts and compares, or writes down; true where valgrind is missing, which is said.
pub(crate) fn counts(arguments: &[String]) -> Result<bool> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("skipped: there is no valgrind on this machine");
        return Ok(true);
    }
    let program = built()?;
    let mut counted = BTreeMap::new();
    let mut before = 0.0;
    for stage in STAGES {
        let [long, short] =
            [instructions(&program, stage, CHUNKS[0])?, instructions(&program, stage, CHUNKS[1])?];
        let all = (long - short) / ((CHUNKS[0] - CHUNKS[1]) as f64 * PATHS_A_CHUNK);
        counted.insert(stage, (all - before).round());
        before = all;
    }
    let file = root().join("benches/peers/instructions.json");
    if arguments.iter().any(|argument| argument == "--write") {
        fs::write(&file, format!("{}\n", serde_json::to_string_pretty(&counted)?))?;
        println!("written to {}", file.display());
        return Ok(true);
    }
    let pinned: BTreeMap<String, f64> = serde_json::from_str(&fs::read_to_string(&file)?)?;
    let mut held = true;
    println!("instructions a path, AVX2      counted    pinned");
    for stage in STAGES {
        let (now, then) = (counted[stage], pinned.get(stage).copied().unwrap_or(f64::NAN));
        let close = (now - then).abs() <= WITHIN * then;
        held &= close;
        println!(
            "  {stage:<26} {now:10.0} {then:9.0}  {}",
            if close { "" } else { "moved by more than 2 %" }
        );
    }
    Ok(held)
}

/// The benchmark, without running it.
fn built() -> Result<PathBuf> {
    let output = cargo("bench --no-run --message-format=json -p recoup-risk --bench kernel")
        .stderr(std::process::Stdio::inherit())
        .output()?;
    if !output.status.success() {
        bail!("the benchmark does not build");
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let of_bench = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let program = of_bench
        .filter(|of| of["target"]["name"] == "kernel")
        .find_map(|of| of["executable"].as_str().map(PathBuf::from));
    program.context("cargo names no benchmark")
}

/// Instructions of a run that computes some chunks up to a stage.
fn instructions(program: &PathBuf, stage: &str, chunks: u64) -> Result<f64> {
    let out = target().join("bench/callgrind.out");
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", &format!("--callgrind-out-file={}", out.display())]);
    let output = command.arg(program).args(["count", stage, &chunks.to_string()]).output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("valgrind: {text}");
    }
    let line = text.lines().find_map(|line| line.split("Collected :").nth(1));
    let count = line.and_then(|count| count.trim().parse().ok());
    count.with_context(|| format!("valgrind gave no count: {text}"))
}
