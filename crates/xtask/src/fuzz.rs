//! Programs that nobody wrote: the library's own, changed at random, through everything that reads and computes
//! a program from outside.
//!
//! Input number *n* of a seed is the same on every machine, so that what was found is found again. Nothing may
//! panic, take a second, or leave memory behind; a stack that overflows ends the process, and the number of the
//! input it was reading stands in `target/fuzz/current`.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};
use recoup_deal::{Deal, read_deal};
use recoup_incentives::Catalog;

use crate::{
    process::{root, target},
    suite::Tally,
};

mod input;
mod mutate;
mod random;
mod through;
mod used;

use input::{Input, Seeds};
use random::Random;
use through::{Counts, through};

/// Longest time that one input may take.
const SLOWEST: Duration = Duration::from_secs(1);
/// Most memory that may be left behind after the first inputs, in kilobytes.
const MOST_GROWTH: u64 = 96 * 1024;
/// Inputs after which memory is first looked at: the library and the caches are there by then.
const WARM: u64 = 2_000;
/// How often memory is looked at.
const LOOKS: u64 = 500;
/// The stack that a worker of the program has.
const STACK: usize = 2 * 1024 * 1024;
/// How long the short form runs.
const SHORT: Duration = Duration::from_secs(20);
const SEED: u64 = 20_261_123;

/// `cargo xtask fuzz`.
pub(crate) fn fuzz(arguments: &[String]) -> Result<bool> {
    let mut seed = SEED;
    let mut length = SHORT;
    let mut only = None;
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let mut number = || -> Result<u64> {
            let text = words.next().with_context(|| format!("{word} needs a number"))?;
            text.parse().with_context(|| format!("{text} is not a number"))
        };
        match word.as_str() {
            "--seed" => seed = number()?,
            "--minutes" => length = Duration::from_secs(60 * number()?),
            "--seconds" => length = Duration::from_secs(number()?),
            "--input" => only = Some(number()?),
            other => bail!("{other} is not known; --minutes N, --seconds N, --seed S, --input N"),
        }
    }
    ran(seed, length, only)
}

/// The short form, as a part of the test.
pub(crate) fn short() -> Result<Tally> {
    let sound = ran(SEED, SHORT, None)?;
    Ok(if sound { Tally { passed: 1, failed: 0 } } else { Tally { passed: 0, failed: 1 } })
}

fn ran(seed: u64, length: Duration, only: Option<u64>) -> Result<bool> {
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || run(seed, length, only))?;
    worker.join().map_err(|_| anyhow!("the search itself broke off"))?
}

/// What was looked for and found.
#[derive(Default)]
struct Found {
    counts: Counts,
    slowest: (Duration, u64),
    faults: Vec<String>,
}

fn run(seed: u64, length: Duration, only: Option<u64>) -> Result<bool> {
    let library = Catalog::embedded().map_err(|reason| anyhow!("{reason}"))?;
    let seeds = Seeds::of(library)?;
    let deal = read_deal(&fs::read_to_string(root().join("examples/tin-orchard.deal.json"))?)
        .map_err(|reason| anyhow!("{}", reason.message))?;
    let folder = target().join("fuzz");
    fs::create_dir_all(&folder)?;
    let current = folder.join("current");
    let usual = std::panic::take_hook();
    // A panic is a result here, told once below with its input.
    std::panic::set_hook(Box::new(|_| {}));
    let begun = Instant::now();
    let mut found = Found::default();
    let (mut number, mut warm) = (only.unwrap_or(0), 0);
    while begun.elapsed() < length {
        fs::write(&current, format!("--seed {seed} --input {number}\n"))?;
        let input = seeds.input(&mut Random::of(seed, number));
        if let Some(fault) = tried(&input, library, &deal, number, &mut found) {
            let place = folder.join(format!("{seed}-{number}.txt"));
            fs::write(&place, input.bytes())?;
            found.faults.push(format!("input {number}: {fault}\n  {}", place.display()));
        }
        number += 1;
        if number == WARM {
            warm = used::kilobytes();
        }
        if number > WARM && number.is_multiple_of(LOOKS) && used::kilobytes() > warm + MOST_GROWTH {
            let left = used::kilobytes() - warm;
            found.faults.push(format!("after input {number}: {left} kB more than after input {WARM}"));
        }
        if only.is_some() || found.faults.len() >= 10 {
            break;
        }
    }
    std::panic::set_hook(usual);
    let grown = used::kilobytes().saturating_sub(warm);
    told(seed, number, begun.elapsed(), if warm == 0 { 0 } else { grown }, &found);
    Ok(found.faults.is_empty())
}

/// What is wrong with what was done with an input, if anything is.
fn tried(input: &Input, library: &Catalog, deal: &Deal, number: u64, found: &mut Found) -> Option<String> {
    let (begun, before) = (Instant::now(), used::computed());
    let counts = &mut found.counts;
    let done = catch_unwind(AssertUnwindSafe(|| through(input, library, deal, counts)));
    let computed = before.zip(used::computed()).map(|(before, after)| after.saturating_sub(before));
    let taken = computed.map_or_else(|| begun.elapsed(), Duration::from_nanos);
    if taken > found.slowest.0 {
        found.slowest = (taken, number);
    }
    match done {
        Err(panic) => {
            let said = panic.downcast_ref::<String>().cloned();
            let said = said.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Some(format!("panicked: {}", said.unwrap_or_default()))
        }
        Ok(Err(reason)) => Some(reason),
        Ok(Ok(())) if taken > SLOWEST => Some(format!("took {} ms", taken.as_millis())),
        Ok(Ok(())) => None,
    }
}

fn told(seed: u64, inputs: u64, taken: Duration, grown: u64, found: &Found) {
    let Counts { programs, read, formulas, parsed, computed, assessed } = found.counts;
    println!("seed {seed}: {inputs} inputs in {:.0} s", taken.as_secs_f64());
    println!("  programs  {programs:>9}, of which read {read}");
    println!("  formulas  {formulas:>9}, of which read {parsed}");
    println!("  computed  {computed:>9} on values, {assessed} in a deal");
    println!("  slowest   {:>9} ms (input {})", found.slowest.0.as_millis(), found.slowest.1);
    println!("  memory    {grown:>9} kB more than after input {WARM}");
    for fault in &found.faults {
        println!("{fault}");
    }
    println!("{}", if found.faults.is_empty() { "nothing found" } else { "found" });
}
