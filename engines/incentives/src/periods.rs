//! A claim over several periods: the form once per period, carrying forward what was already claimed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::answers::{AnswerError, Answers};
use crate::evaluate::{EvaluateError, Scope, evaluate};
use crate::expression::Value;
use crate::policy::{Periods, Policy};
use crate::run::{ProgramRun, minor_digits, run};

/// The runs of a claim in several periods, and its results as `<period>_<name>` and `total_<name>`.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodRuns {
    /// Name of the period and its run, in order.
    pub runs: Vec<(String, ProgramRun)>,
    /// Results.
    pub results: BTreeMap<String, Value>,
}

struct Carried<'a> {
    run: &'a ProgramRun,
    digits: u32,
}

impl Scope for Carried<'_> {
    fn value(&mut self, name: &str) -> Result<Value, EvaluateError> {
        Ok(self.run.value(name).cloned().unwrap_or(Value::Number(Decimal::ZERO)))
    }
    fn minor_digits(&self) -> u32 {
        self.digits
    }
}

/// Whether values are given by period.
#[must_use]
pub fn asks_by_period(policy: &Policy, answers: &Answers) -> bool {
    policy
        .periods
        .as_ref()
        .is_some_and(|periods| periods.prefixes.iter().any(|prefix| !within(answers, prefix).is_empty()))
}

fn within(answers: &Answers, prefix: &str) -> Vec<(String, Value)> {
    answers
        .iter()
        .filter_map(|(name, value)| {
            let rest = name.strip_prefix(prefix)?.strip_prefix('_')?;
            Some((rest.to_owned(), value.clone()))
        })
        .collect()
}

/// Runs the form once for each period that has values.
///
/// # Errors
/// When a value is of another kind than its input asks for.
pub fn run_periods(policy: &Policy, answers: &Answers) -> Result<Option<PeriodRuns>, AnswerError> {
    let Some(periods) = &policy.periods else { return Ok(None) };
    let mut common = Answers::new();
    for (name, value) in answers.iter() {
        let of_a_period = periods
            .prefixes
            .iter()
            .any(|prefix| name.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.starts_with('_')));
        if !of_a_period {
            common.set(name, value.clone());
        }
    }
    let mut runs: Vec<(String, ProgramRun)> = Vec::new();
    for prefix in &periods.prefixes {
        let own = within(answers, prefix);
        if own.is_empty() {
            continue;
        }
        let mut given = common.clone();
        if let Some((_, before)) = runs.last() {
            carry(periods, before, &mut given);
        }
        for (name, value) in own {
            given.set(&name, value);
        }
        runs.push((prefix.clone(), run(policy, &given, &Answers::new())?));
    }
    let results = results(periods, &runs);
    Ok(Some(PeriodRuns { runs, results }))
}

fn carry(periods: &Periods, before: &ProgramRun, given: &mut Answers) {
    let mut scope = Carried { run: before, digits: minor_digits(before.currency) };
    for (input, formula) in &periods.carry {
        if let Ok(value) = evaluate(formula.expression(), &mut scope) {
            given.set(input, value);
        }
    }
}

fn results(periods: &Periods, runs: &[(String, ProgramRun)]) -> BTreeMap<String, Value> {
    let mut results = BTreeMap::new();
    for (prefix, run) in runs {
        for (name, value) in &run.results {
            results.insert(format!("{prefix}_{name}"), value.clone());
        }
    }
    for name in &periods.totals {
        let mut parts = runs.iter().map(|(_, run)| run.results.get(name).and_then(Value::number));
        let total = parts.try_fold(Decimal::ZERO, |total, part| total.checked_add(part?));
        results.insert(format!("total_{name}"), total.map_or(Value::Absent, Value::Number));
    }
    results
}
