//! Worked examples of a program: typed inputs on a day of the law, and what must come out, exactly.
//!
//! They stand beside the policies, one file per program, and are run by the project's own check, by the tests
//! and by whoever reads the library.

use std::collections::BTreeMap;
use std::str::FromStr;

use recoup_calendar::Date;
use recoup_money::cases::{CaseReport, FieldReport};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::answers::Answers;
use crate::catalog::CatalogError;
use crate::expression::Value;
use crate::periods::{asks_by_period, run_periods};
use crate::points::points;
use crate::policy::Policy;
use crate::run::{ProgramRun, Verdict, run};
use crate::stack::{Member, run_stack};

/// The word that an example expects as `version` where no version applies on its day.
const NO_VERSION: &str = "none";

/// Another program of the same film, computed with the one an example is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Companion {
    /// Its id.
    pub program: String,
    /// What is given to it.
    pub inputs: serde_json::Map<String, serde_json::Value>,
}

/// One worked example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Program id.
    pub program: String,
    /// The day whose law applies.
    pub on: Date,
    /// What it shows.
    pub title: String,
    /// What is given.
    pub inputs: serde_json::Map<String, serde_json::Value>,
    /// Results by name; groups are joined with a point, as in `condition.residence`.
    pub expect: serde_json::Map<String, serde_json::Value>,
    /// Other programs of the same film.
    #[serde(default)]
    pub with: Vec<Companion>,
}

/// A change of a policy that no example can show, because no result of the form can show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalent {
    /// First day of the version it concerns; all versions where none is named.
    #[serde(default)]
    pub version: Option<Date>,
    /// Where in the policy.
    pub path: String,
    /// What is changed into what; every change at that place where none is named.
    #[serde(default)]
    pub change: Option<String>,
    /// Why nothing can tell the two apart.
    pub reason: String,
}

/// The worked examples of one program, as their file holds them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// The examples.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
    /// Changes of the policy that make no difference.
    #[serde(default, rename = "equivalent")]
    pub equivalents: Vec<Equivalent>,
}

/// Reads the examples of one program.
///
/// # Errors
/// When the text is not a list of examples; the message names the line and field.
pub fn read_examples(file: &str, text: &str) -> Result<Examples, CatalogError> {
    toml::from_str(text)
        .map_err(|error| CatalogError::Unreadable { file: file.to_owned(), reason: error.to_string() })
}

/// Runs an example on the versions that `version` finds, and compares every expected result.
#[must_use]
pub fn check_example<'a>(
    example: &Example,
    version: &dyn Fn(&str, Date) -> Option<&'a Policy>,
) -> CaseReport {
    match results(example, version) {
        Ok(results) => {
            let expected = flat(&example.expect);
            let fields = expected.iter().map(|(name, value)| field(name, value, results.get(name)));
            CaseReport::of(&example.title, fields.collect())
        }
        Err(reason) => CaseReport::unreadable(&example.title, reason),
    }
}

fn results<'a>(
    example: &Example,
    version: &dyn Fn(&str, Date) -> Option<&'a Policy>,
) -> Result<BTreeMap<String, Value>, String> {
    let Some(policy) = version(&example.program, example.on) else {
        return Ok(BTreeMap::from([("version".to_owned(), Value::Text(NO_VERSION.to_owned()))]));
    };
    let answers = read_inputs(&example.inputs)?;
    if asks_by_period(policy, &answers)
        && let Some(periods) = run_periods(policy, &answers).map_err(|error| error.to_string())?
    {
        return Ok(periods.results);
    }
    let mut members = vec![Member::new(policy, answers)];
    for other in &example.with {
        let policy = version(&other.program, example.on)
            .ok_or_else(|| format!("no version of {} applies on {}", other.program, example.on))?;
        members.push(Member::new(policy, read_inputs(&other.inputs)?));
    }
    let runs = match members.as_slice() {
        [alone] => vec![run(alone.policy, &alone.answers, &Answers::new()).map_err(|e| e.to_string())?],
        _ => run_stack(&members).map_err(|error| error.to_string())?,
    };
    let mut all = BTreeMap::new();
    for member in &members {
        let Some(run) = runs.iter().find(|run| run.program == member.policy.id) else { continue };
        unused(example, member.policy, run)?;
        for (name, value) in told(member.policy, run) {
            all.insert(format!("{}.{name}", run.program), value.clone());
            if member.policy.id == policy.id {
                all.insert(name, value);
            }
        }
    }
    Ok(all)
}

/// A misspelt input would otherwise leave the example to the defaults.
fn unused(example: &Example, policy: &Policy, run: &ProgramRun) -> Result<(), String> {
    if run.unused.is_empty() || example.program != policy.id {
        return Ok(());
    }
    Err(format!("{} asks for no {}", policy.id, run.unused.join(", no ")))
}

/// Everything an example may expect of one program.
fn told(policy: &Policy, run: &ProgramRun) -> BTreeMap<String, Value> {
    let mut told = run.results.clone();
    for input in &run.inputs {
        told.insert(format!("input.{}", input.name), input.value.clone());
    }
    for condition in &run.conditions {
        let verdict = Value::Text(word(condition.verdict).to_owned());
        told.insert(format!("condition.{}", condition.id), verdict);
    }
    for test in points(policy, run) {
        let said = [
            ("score", Some(test.score)),
            ("reachable", test.reachable),
            ("needed", Some(test.needed)),
            ("missing", Some(test.missing)),
        ];
        for (name, value) in said {
            let value = value.map_or(Value::Absent, Value::Number);
            told.insert(format!("test.{}.{name}", test.test), value);
        }
        let verdict = Value::Text(word(test.verdict).to_owned());
        told.insert(format!("test.{}.verdict", test.test), verdict);
    }
    let refused = !run.refused_by().is_empty();
    told.insert("refused".to_owned(), Value::Flag(refused));
    let payable = if refused { Some(Decimal::ZERO) } else { run.credit() };
    told.insert("payable".to_owned(), payable.map_or(Value::Absent, Value::Number));
    told.insert("version".to_owned(), Value::Text(run.version.to_string()));
    let sunset = policy.sunset.map(|day| Value::Text(day.to_string()));
    told.insert("sunset".to_owned(), sunset.unwrap_or(Value::Absent));
    told.insert("tax_rate".to_owned(), policy.tax.rate.map_or(Value::Absent, Value::Number));
    told
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Unknown => "unknown",
    }
}

fn read_inputs(inputs: &serde_json::Map<String, serde_json::Value>) -> Result<Answers, String> {
    Answers::from_json(&serde_json::Value::Object(inputs.clone())).map_err(|error| error.to_string())
}

fn flat(table: &serde_json::Map<String, serde_json::Value>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, value) in table {
        match value {
            serde_json::Value::Object(inner) => {
                found.extend(flat(inner).into_iter().map(|(part, value)| (format!("{name}.{part}"), value)));
            }
            serde_json::Value::String(text) => found.push((name.clone(), text.clone())),
            other => found.push((name.clone(), other.to_string())),
        }
    }
    found
}

/// Equal to the last digit; `absent` expects that there is no value.
fn field(name: &str, expected: &str, got: Option<&Value>) -> FieldReport {
    let Some(got) = got else {
        return FieldReport::missing(name, Some(expected.to_owned()), None);
    };
    let shown = if got.is_absent() { "absent".to_owned() } else { got.to_string() };
    let equal = match (Decimal::from_str(&shown), Decimal::from_str(expected)) {
        (Ok(a), Ok(b)) => a == b,
        _ => shown == expected,
    };
    FieldReport::compared(name, expected, shown, None, equal)
}
