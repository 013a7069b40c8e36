//! Parts of the test, timed and counted.

use std::{process::Command, time::Instant};

use anyhow::Result;

use crate::process::watched;

/// How many checks passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// The parts run so far.
#[derive(Default)]
pub(crate) struct Suite {
    total: Tally,
    lines: Vec<String>,
}

impl Suite {
    /// A part that is one check: it passes when the program succeeds.
    pub(crate) fn check(&mut self, name: &str, command: &mut Command) {
        self.part(name, || {
            let (succeeded, _) = watched(command)?;
            Ok(if succeeded { Tally { passed: 1, failed: 0 } } else { Tally { passed: 0, failed: 1 } })
        });
    }

    /// A part whose program prints how many of its tests passed and failed.
    pub(crate) fn tests(&mut self, name: &str, command: &mut Command) {
        self.part(name, || {
            let (succeeded, text) = watched(command)?;
            Ok(judged(counted(&text), succeeded))
        });
    }

    /// Any part; one that cannot be run counts as failed.
    pub(crate) fn part(&mut self, name: &str, run: impl FnOnce() -> Result<Tally>) {
        println!("\n== {name}");
        let start = Instant::now();
        let tally = run().unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Tally { passed: 0, failed: 1 }
        });
        self.total.passed += tally.passed;
        self.total.failed += tally.failed;
        let seconds = start.elapsed().as_secs_f64();
        println!("-- {seconds:.1} s  {name}");
        self.lines
            .push(format!("{seconds:8.1} s  {:5} passed {:3} failed  {name}", tally.passed, tally.failed));
    }

    /// Prints the table and, as its last line, the sum; says whether everything passed.
    pub(crate) fn close(self) -> bool {
        println!("\n{}", self.lines.join("\n"));
        println!("\n{} passed, {} failed", self.total.passed, self.total.failed);
        self.total.failed == 0 && self.total.passed > 0
    }
}

/// A program that fails or counts nothing has failed, whatever it printed before.
fn judged(tally: Tally, succeeded: bool) -> Tally {
    let sound = succeeded && tally.passed > 0;
    if sound || tally.failed > 0 { tally } else { Tally { failed: 1, ..tally } }
}

/// Sums the closing lines of cargo's test runner, of vitest and of our own scripts.
fn counted(text: &str) -> Tally {
    let mut tally = Tally::default();
    for line in text.lines() {
        let line = plain(line);
        let words: Vec<&str> = line
            .split(|c: char| c.is_whitespace() || c == ';' || c == ',')
            .filter(|w| !w.is_empty())
            .collect();
        let closes = line.starts_with("test result:")
            || words.first() == Some(&"Tests")
            || (words.len() == 4 && words[1] == "passed" && words[3] == "failed");
        if !closes {
            continue;
        }
        for pair in words.windows(2) {
            let Ok(count) = pair[0].parse::<u64>() else { continue };
            match pair[1] {
                "passed" => tally.passed += count,
                "failed" => tally.failed += count,
                _ => {}
            }
        }
    }
    tally
}

/// A line without its colours.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut characters = line.trim().chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            for skipped in characters.by_ref() {
                if skipped.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            text.push(character);
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_summed() {
        let text = "test result: ok. 12 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
                    \u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m2 failed\u{1b}[39m\u{1b}[22m | \u{1b}[32m11 passed\u{1b}[39m (13)\n\
                    Test Files  1 passed (1)\n\
                    3 passed, 0 failed\n";
        assert_eq!(counted(text), Tally { passed: 26, failed: 3 });
    }

    #[test]
    fn a_run_that_counts_nothing_or_breaks_off_has_failed() {
        assert_eq!(judged(Tally::default(), true), Tally { passed: 0, failed: 1 });
        assert_eq!(judged(Tally { passed: 4, failed: 0 }, false), Tally { passed: 4, failed: 1 });
        assert_eq!(judged(Tally { passed: 4, failed: 0 }, true), Tally { passed: 4, failed: 0 });
        assert_eq!(judged(Tally { passed: 4, failed: 2 }, false), Tally { passed: 4, failed: 2 });
    }
}
