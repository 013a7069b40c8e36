//! Worked cases: programs run on typed inputs, compared field by field with what a statute, an authority's
//! example or an independent calculation gives.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::LazyLock;

use recoup_calendar::Date;
use recoup_money::cases::{CaseReport, FieldReport};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::answers::Answers;
use crate::catalog::Catalog;
use crate::evaluate::half_up;
use crate::expression::Value;
use crate::periods::{asks_by_period, run_periods};
use crate::policy::Policy;
use crate::run::{ProgramRun, recognise, run};
use crate::stack::{Choice, Combination, EXCLUDE_EACH_OTHER, Member, best_combination, exclusion, run_stack};

/// Money agrees within this.
const MONEY_TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

#[derive(Deserialize)]
struct Disputed {
    id: String,
    reason: String,
    source: String,
}

#[derive(Deserialize)]
struct DisputedList {
    #[serde(default)]
    disputed: Vec<Disputed>,
}

static DISPUTED: LazyLock<Vec<Disputed>> = LazyLock::new(|| {
    toml::from_str::<DisputedList>(include_str!("../disputed.toml"))
        .map(|list| list.disputed)
        .unwrap_or_default()
});

/// Runs one case on the library this build ships with and compares every expected field.
#[must_use]
pub fn verify_case(case: &serde_json::Value) -> CaseReport {
    match Catalog::embedded() {
        Ok(catalog) => verify_case_with(catalog, case),
        Err(error) => CaseReport::unreadable(id_of(case), error.to_string()),
    }
}

fn id_of(case: &serde_json::Value) -> String {
    case.get("id").and_then(|id| id.as_str()).unwrap_or("without id").to_owned()
}

/// Runs one case on a library and compares every expected field.
#[must_use]
pub fn verify_case_with(catalog: &Catalog, case: &serde_json::Value) -> CaseReport {
    let id = id_of(case);
    let report = match compute(catalog, case) {
        Ok(results) => compare(&id, case, &results),
        Err(reason) => CaseReport::unreadable(&id, reason),
    };
    match DISPUTED.iter().find(|disputed| disputed.id == id) {
        Some(disputed) => report.disputed(format!("{} ({})", disputed.reason, disputed.source)),
        None => report,
    }
}

fn compute(catalog: &Catalog, case: &serde_json::Value) -> Result<BTreeMap<String, Value>, String> {
    let programs: Vec<&str> = case
        .get("programs")
        .and_then(|programs| programs.as_array())
        .ok_or("the case names no programs")?
        .iter()
        .filter_map(|program| program.as_str())
        .collect();
    let inputs = case.get("inputs").ok_or("the case has no inputs")?;
    let answers = Answers::from_json(inputs).map_err(|error| error.to_string())?;
    let policies = programs
        .iter()
        .map(|program| version(catalog, case, program))
        .collect::<Result<Vec<&Policy>, String>>()?;
    answer(&policies, &answers)
}

/// The version a case asks for: the one it names by its first day, else the one in force at the end of
/// its first tax year.
fn version<'a>(catalog: &'a Catalog, case: &serde_json::Value, program: &str) -> Result<&'a Policy, String> {
    let named = case.get("policy_version").and_then(|versions| versions.get(program));
    let found = match named.and_then(|from| from.as_str()) {
        Some(from) => {
            let from = Date::from_str(from).map_err(|_| format!("{from} is no date"))?;
            catalog.version(program, from)
        }
        None => {
            let year = tax_year(case).ok_or("the case names no tax year")?;
            let end = Date::from_str(&format!("{year}-12-31")).map_err(|_| format!("{year} is no year"))?;
            catalog.on(program, end)
        }
    };
    found.map(AsRef::as_ref).map_err(|error| error.to_string())
}

fn tax_year(case: &serde_json::Value) -> Option<String> {
    let year = case.get("tax_year")?;
    let text = year.as_str().map_or_else(|| year.to_string(), ToOwned::to_owned);
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take(4).collect();
    (digits.len() == 4).then_some(digits)
}

/// Every result of the stack under every name it goes by.
fn answer(policies: &[&Policy], answers: &Answers) -> Result<BTreeMap<String, Value>, String> {
    let joint = policies.iter().find(|policy| recognise(policy, answers).is_some_and(|short| short.joint));
    if let Some(policy) = joint {
        let run = run(policy, answers, &Answers::new()).map_err(|error| error.to_string())?;
        return Ok(run.results);
    }
    if let [policy] = policies
        && asks_by_period(policy, answers)
        && let Some(periods) = run_periods(policy, answers).map_err(|error| error.to_string())?
    {
        return Ok(periods.results);
    }
    let members: Vec<Member<'_>> =
        policies.iter().map(|policy| Member::new(policy, answers.clone())).collect();
    let runs = run_stack(&members).map_err(|error| error.to_string())?;
    let worth = |_: usize, run: &ProgramRun| run.net().unwrap_or_default();
    let choice = best_combination(&members, &BTreeSet::new(), &worth).map_err(|error| error.to_string())?;
    let mut results = stack_results(policies, &runs, &choice);
    for run in &runs {
        for (name, value) in &run.results {
            let named_by_policy = policies
                .iter()
                .filter(|policy| policy.id == run.program)
                .any(|policy| policy.outputs.iter().any(|output| output.names.contains(name)));
            if named_by_policy || !results.contains_key(name) {
                results.insert(name.clone(), value.clone());
            }
        }
    }
    Ok(results)
}

/// What is asked of a stack as a whole: its sum, and which of several alternatives is better.
fn stack_results(policies: &[&Policy], runs: &[ProgramRun], choice: &Choice) -> BTreeMap<String, Value> {
    let mut results = BTreeMap::new();
    let sum = |runs: &[ProgramRun]| total(runs.iter().map(|run| run.credit().unwrap_or_default()));
    results.insert("total".to_owned(), Value::Number(sum(&choice.runs)));
    let excluded: Vec<&&Policy> = policies
        .iter()
        .filter(|a| policies.iter().any(|b| a.id != b.id && exclusion(a, b).is_some()))
        .collect();
    results.insert("allowed_together".to_owned(), Value::Flag(excluded.is_empty()));
    for policy in &excluded {
        alternatives(policy, policies, choice, &mut results);
    }
    let best = excluded.iter().find(|policy| choice.chosen.programs.contains(&policy.id));
    if let Some(policy) = best {
        let word = policy.choice_word.clone().unwrap_or_else(|| policy.id.clone());
        results.insert("best".to_owned(), Value::Text(policy.id.clone()));
        results.insert("better".to_owned(), Value::Text(word.clone()));
        results.insert("chosen".to_owned(), Value::Text(word));
        let net = runs.iter().find(|run| run.program == policy.id).and_then(ProgramRun::net);
        if let (Some(name), Some(credit)) = (&policy.choice_credit, choice.chosen.credits.get(&policy.id)) {
            results.insert(name.clone(), Value::Number(*credit));
        }
        results.insert("best_net".to_owned(), net.map_or(Value::Absent, Value::Number));
    }
    results
}

/// Credits beyond what a decimal holds stay at its end.
fn total(credits: impl Iterator<Item = Decimal>) -> Decimal {
    credits.fold(Decimal::ZERO, Decimal::saturating_add)
}

/// What each alternative is worth with everything that may stand beside it: `<prefix>_total`, and
/// `<prefix>_federal` for the program of the whole country in it.
fn alternatives(
    policy: &Policy,
    policies: &[&Policy],
    choice: &Choice,
    results: &mut BTreeMap<String, Value>,
) {
    let Some(prefix) = &policy.choice_prefix else { return };
    let legal = |combination: &&Combination| {
        !combination.reasons.iter().any(|reason| reason.code == EXCLUDE_EACH_OTHER)
    };
    let mut found = std::iter::once(&choice.chosen).chain(choice.rejected.iter()).filter(legal);
    let Some(combination) = found.find(|combination| combination.programs.contains(&policy.id)) else {
        return;
    };
    results.insert(format!("{prefix}_total"), Value::Number(total(combination.credits.values().copied())));
    for other in policies.iter().filter(|other| other.jurisdiction == other.country) {
        if let Some(credit) = combination.credits.get(&other.id) {
            results.insert(format!("{prefix}_federal"), Value::Number(*credit));
        }
    }
}

fn compare(id: &str, case: &serde_json::Value, results: &BTreeMap<String, Value>) -> CaseReport {
    let Some(expected) = case.get("expected").and_then(|expected| expected.as_object()) else {
        return CaseReport::unreadable(id, "the case expects nothing");
    };
    let fields = expected.iter().map(|(name, value)| field(name, value, results.get(name))).collect();
    CaseReport::of(id, fields)
}

fn field(name: &str, expected: &serde_json::Value, got: Option<&Value>) -> FieldReport {
    let shown = expected.as_str().map_or_else(|| expected.to_string(), ToOwned::to_owned);
    let Some(got) = got.filter(|got| !got.is_absent()) else {
        return FieldReport::missing(name, Some(shown), None);
    };
    match (Decimal::from_str(&shown), got) {
        (Ok(wanted), Value::Number(number)) => {
            let difference = number.saturating_sub(wanted);
            // Amounts have cents; anything smaller than one is a rate and must be exact.
            let amount = wanted.abs() >= Decimal::ONE || number.abs() >= Decimal::ONE;
            // A quotient without end is written to some places; there it must agree in all of them.
            let places = wanted.scale();
            let equal = if amount {
                difference.abs() <= MONEY_TOLERANCE
            } else {
                difference.is_zero() || places >= 6 && half_up(*number, places) == wanted
            };
            let difference = (!difference.is_zero()).then(|| difference.normalize().to_string());
            FieldReport::compared(name, shown, number.normalize().to_string(), difference, equal)
        }
        (_, Value::Flag(flag)) => {
            let equal = expected.as_bool() == Some(*flag) || shown == flag.to_string();
            FieldReport::compared(name, shown, flag.to_string(), None, equal)
        }
        (_, got) => {
            let text = got.to_string();
            let equal = text.eq_ignore_ascii_case(&shown);
            FieldReport::compared(name, shown, text, None, equal)
        }
    }
}
