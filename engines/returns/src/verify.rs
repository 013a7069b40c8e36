//! Checks the solver against worked cases with known roots.

use std::str::FromStr;

use recoup_calendar::Date;
use recoup_money::cases::{CaseReport, FieldReport, Verification};
use serde::Deserialize;

use crate::irr::{irr, xirr};
use crate::outcome::{Root, Solution};

/// Relative tolerance in `ln(1 + r)`.
const TOLERANCE: f64 = 1e-9;

/// One worked case as it is written. Amounts are strings that parse to the doubles meant.
#[derive(Debug, Deserialize)]
struct Case {
    name: String,
    kind: Kind,
    #[serde(default)]
    flows: Option<Vec<String>>,
    #[serde(default)]
    day_count: Option<String>,
    #[serde(default)]
    dates: Option<Vec<Date>>,
    #[serde(default)]
    amounts: Option<Vec<String>>,
    status: String,
    roots: Vec<String>,
    #[serde(default)]
    ln1p_roots: Option<Vec<String>>,
    nearest_zero: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Periodic,
    Dated,
}

/// Runs cases given as (fallback name, JSON text). A text that cannot be read is an error in the answer.
#[must_use]
pub fn verify(cases: &[(String, String)]) -> Verification {
    Verification::new("irr", cases.iter().map(|(name, text)| verify_case(name, text)).collect())
}

/// Runs one case. `name` identifies it when its text cannot be read.
#[must_use]
pub fn verify_case(name: &str, text: &str) -> CaseReport {
    let case: Case = match serde_json::from_str(text) {
        Ok(case) => case,
        Err(error) => return CaseReport::unreadable(name, error.to_string()),
    };
    match case.solve().and_then(|solution| Ok((case.expected_logs()?, solution))) {
        Ok((expected, solution)) => CaseReport::of(case.name.clone(), case.compare(&expected, &solution)),
        Err(reason) => CaseReport::unreadable(case.name, reason),
    }
}

fn number(text: &str) -> Result<f64, String> {
    f64::from_str(text.trim()).map_err(|_| format!("{text:?} is not a number"))
}

fn numbers(texts: &[String]) -> Result<Vec<f64>, String> {
    texts.iter().map(|text| number(text)).collect()
}

impl Case {
    fn solve(&self) -> Result<Solution, String> {
        match self.kind {
            Kind::Periodic => {
                let flows = self.flows.as_ref().ok_or("a periodic case needs \"flows\"")?;
                irr(&numbers(flows)?).map_err(|error| error.to_string())
            }
            Kind::Dated => {
                if let Some(other) = self.day_count.as_deref().filter(|name| *name != "ACT/365F") {
                    return Err(format!("day count {other:?} is not the one of a dated return (ACT/365F)"));
                }
                let dates = self.dates.as_ref().ok_or("a dated case needs \"dates\"")?;
                let amounts = numbers(self.amounts.as_ref().ok_or("a dated case needs \"amounts\"")?)?;
                if dates.len() != amounts.len() {
                    return Err(format!("{} dates but {} amounts", dates.len(), amounts.len()));
                }
                let flows: Vec<(Date, f64)> = dates.iter().copied().zip(amounts).collect();
                xirr(&flows).map_err(|error| error.to_string())
            }
        }
    }

    /// The expected roots as `ln(1 + r)`.
    fn expected_logs(&self) -> Result<Vec<f64>, String> {
        match &self.ln1p_roots {
            Some(logs) if logs.len() == self.roots.len() => numbers(logs),
            Some(logs) => Err(format!("{} roots but {} logarithms", self.roots.len(), logs.len())),
            None => self.roots.iter().map(|root| number(root).map(f64::ln_1p)).collect(),
        }
    }

    fn compare(&self, expected: &[f64], solution: &Solution) -> Vec<FieldReport> {
        let got = solution.status.name();
        let mut fields = vec![FieldReport::compared("status", &self.status, got, None, self.status == got)];
        for index in 0..expected.len().max(solution.roots.len()) {
            let name = format!("roots[{index}]");
            let text = self.roots.get(index);
            fields.push(match (expected.get(index), solution.roots.get(index)) {
                (Some(log), Some(root)) => compared(&name, text.map_or("", String::as_str), *log, root),
                (Some(_), None) => FieldReport::missing(name, text.cloned(), None),
                (None, root) => FieldReport::missing(name, None, root.map(|root| shown(root.rate))),
            });
        }
        fields.push(self.compare_nearest(expected, solution));
        fields
    }

    fn compare_nearest(&self, expected: &[f64], solution: &Solution) -> FieldReport {
        let name = "nearest_zero";
        match (&self.nearest_zero, solution.nearest_zero()) {
            (None, None) => FieldReport::compared(name, "none", "none", None, true),
            (Some(text), Some(root)) => {
                let same_text = self.roots.iter().position(|other| other == text);
                let log = same_text.and_then(|index| expected.get(index).copied());
                match log.map_or_else(|| number(text).map(f64::ln_1p), Ok) {
                    Ok(log) => compared(name, text, log, &root),
                    Err(reason) => FieldReport::compared(name, text, shown(root.rate), Some(reason), false),
                }
            }
            (expected, got) => FieldReport::missing(name, expected.clone(), got.map(|root| shown(root.rate))),
        }
    }
}

/// Compares in `ln(1 + r)`, relatively; a rate of exactly zero must be met exactly up to the tolerance itself.
fn compared(name: &str, expected: &str, log: f64, root: &Root) -> FieldReport {
    let error = (root.ln1p - log).abs();
    let relative = if log == 0.0 { error } else { error / log.abs() };
    FieldReport::compared(
        name,
        expected,
        shown(root.rate),
        Some(format!("{relative:.1e}")),
        relative <= TOLERANCE,
    )
}

fn shown(rate: f64) -> String {
    if rate == 0.0 || (1e-4..1e16).contains(&rate.abs()) { rate.to_string() } else { format!("{rate:e}") }
}
