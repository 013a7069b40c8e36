//! How much of the engines their tests run: lines by crate and by file, held to a floor.
//!
//! What counts is the code that the product is built of: lines of `engines/*/src` outside test modules, run by the
//! engines' own tests, among them the model's over the example deals. It is no part of `cargo xtask test`: the engines
//! are compiled once more for it, instrumented.

mod measure;
mod tally;

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result};

use crate::process::root;
use tally::{File, Lines};

/// Percent of the engines' lines that must be run.
const FLOOR: u64 = 90;

/// How many files the list of the worst names.
const WORST: usize = 15;

/// `cargo xtask coverage`: measures, prints the tables and says whether the engines together reach the floor.
pub(crate) fn coverage() -> Result<bool> {
    let engines = engines()?;
    let record = measure::measure(&engines)?;
    let text = fs::read_to_string(&record).with_context(|| format!("cannot read {}", record.display()))?;
    let files = tally::files(&text, |path| fs::read_to_string(path).ok());
    let crates = by_crate(&engines, &files);
    for line in worst(&files) {
        println!("{line}");
    }
    for line in table(&crates) {
        println!("{line}");
    }
    println!("\nevery line: {}", record.display());
    Ok(verdict(&crates))
}

/// The names of the folders under `engines/`.
fn engines() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("engines"))? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// An engine of which no line was run at all is none the less listed: with nothing measured.
fn by_crate(engines: &[String], files: &[File]) -> BTreeMap<String, Lines> {
    let mut crates: BTreeMap<String, Lines> =
        engines.iter().map(|name| (name.clone(), Lines::default())).collect();
    for file in files {
        crates.entry(file.engine.clone()).or_default().add(file.lines());
    }
    crates
}

fn worst(files: &[File]) -> Vec<String> {
    let mut ranked: Vec<&File> = files.iter().filter(|file| !file.unrun.is_empty()).collect();
    ranked.sort_by_key(|file| (std::cmp::Reverse(file.unrun.len()), &file.engine, &file.path));
    let mut lines = vec![String::from("\nmost lines not run:")];
    for file in ranked.into_iter().take(WORST) {
        let of = file.lines();
        let (unrun, share) = (of.all - of.run, of.percent());
        let name = format!("{}/src/{}", file.engine, file.path);
        lines.push(format!("{unrun:6} of {:4}  {share:>6}  {name}: {}", of.all, tally::ranges(&file.unrun)));
    }
    lines
}

fn table(crates: &BTreeMap<String, Lines>) -> Vec<String> {
    let mut lines = vec![format!("\n{:12} {:>7} {:>7} {:>8}", "engine", "lines", "not run", "run")];
    let row = |name: &str, of: Lines| {
        let mark = if of.reach(FLOOR) { String::new() } else { format!("  below {FLOOR} %") };
        format!("{name:12} {:7} {:7} {:>8}{mark}", of.all, of.all - of.run, of.percent())
    };
    lines.extend(crates.iter().map(|(name, of)| row(name, *of)));
    lines.push(row("together", together(crates)));
    lines
}

fn together(crates: &BTreeMap<String, Lines>) -> Lines {
    let mut sum = Lines::default();
    for of in crates.values() {
        sum.add(*of);
    }
    sum
}

/// The closing lines; only the engines together decide.
fn verdict(crates: &BTreeMap<String, Lines>) -> bool {
    let below: Vec<&str> =
        crates.iter().filter(|(_, of)| !of.reach(FLOOR)).map(|(name, _)| name.as_str()).collect();
    if !below.is_empty() {
        println!("below {FLOOR} % by themselves: {}", below.join(", "));
    }
    let sum = together(crates);
    let reached = sum.reach(FLOOR);
    let word = if reached { "reached" } else { "missed" };
    println!("{} of the engines' lines are run by their tests; {FLOOR} % is {word}", sum.percent());
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(engine: &str, run: u64, unrun: u64) -> File {
        File { engine: engine.into(), path: "lib.rs".into(), run, unrun: (1..=unrun).collect() }
    }

    #[test]
    fn the_engines_together_decide_and_each_below_is_marked() {
        let engines = ["capital", "money", "risk"].map(String::from);
        let crates = by_crate(&engines, &[of("capital", 80, 20), of("money", 100, 0), of("money", 80, 0)]);
        let text = table(&crates).join("\n");
        assert!(text.contains("capital          100      20   80.0 %  below 90 %"), "{text}");
        assert!(text.contains("money            180       0  100.0 %\n"), "{text}");
        assert!(text.contains("risk               0       0        -  below 90 %"), "{text}");
        assert!(text.contains("together         280      20   92.8 %"), "{text}");
        assert!(verdict(&crates));
        assert!(!verdict(&by_crate(&engines, &[of("capital", 899, 101)])));
        assert!(verdict(&by_crate(&engines, &[of("capital", 900, 100)])));
    }

    #[test]
    fn the_files_with_most_left_come_first_and_whole_ones_not_at_all() {
        let lines = worst(&[of("money", 9, 1), of("capital", 0, 3), of("deal", 5, 0)]);
        assert_eq!(lines.len(), 3);
        assert!(lines[1].contains("capital/src/lib.rs: 1-3"), "{}", lines[1]);
        assert!(lines[2].contains("     1 of   10  90.0 %  money/src/lib.rs: 1"), "{}", lines[2]);
    }
}
