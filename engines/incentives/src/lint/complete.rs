//! What a policy of the library must have beyond making sense: nothing idle, nothing left unsaid.

use std::collections::BTreeSet;

use recoup_calendar::Date;

use crate::expression::Expression;
use crate::lint::LintFinding;
use crate::parse::Formula;
use crate::policy::{PointsTest, Policy, ShortForm};

/// Words by which a note says that a law ends.
const ENDS: [&str; 4] = ["sunset", "expires", "ends on", "closes on"];

/// Checks that a version is complete enough to be shipped. [`lint`](crate::lint()) checks that it is sound.
#[must_use]
pub fn lint_complete(policy: &Policy) -> Vec<LintFinding> {
    let mut findings = Findings(Vec::new());
    head(policy, &mut findings);
    known(policy, &mut findings);
    if policy.computable {
        computable(policy, &mut findings);
        idle(policy, &mut findings);
        for short in &policy.short_forms {
            question(policy, short, &mut findings);
        }
    } else {
        record(policy, &mut findings);
    }
    findings.0
}

struct Findings(Vec<LintFinding>);

impl Findings {
    fn add(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(LintFinding { path: path.into(), message: message.into() });
    }

    /// A text that must not be empty.
    fn text(&mut self, path: impl Into<String>, text: &str) {
        if text.trim().is_empty() {
            self.add(path, "says nothing");
        }
    }
}

fn head(policy: &Policy, findings: &mut Findings) {
    findings.text("version_by", &policy.version_by);
    findings.text("legal_name", &policy.legal_name);
    findings.text("short_name", &policy.short_name);
    if policy.authority.is_empty() {
        findings.add("authority", "names nobody who certifies or pays");
    }
    if policy.statute.is_empty() {
        findings.add("statute", "names no text");
    }
    if policy.sunset.is_some_and(|sunset| sunset < policy.from) {
        findings.add("sunset", "the law ends before the version begins");
    }
    let ends = |note: &String| {
        let note = note.to_lowercase();
        ENDS.iter().any(|word| note.contains(word)) && !note.starts_with("no ")
    };
    if policy.sunset.is_none()
        && policy.until.is_none()
        && let Some(note) = policy.notes.iter().find(|note| ends(note))
    {
        findings.add("sunset", format!("a note speaks of an end, and no date is given: {note}"));
    }
    for source in &policy.sources {
        findings.text(format!("sources[{}].title", source.id), &source.title);
    }
}

fn known(policy: &Policy, findings: &mut Findings) {
    for fact in &policy.known {
        let path = format!("known[{}]", fact.label);
        findings.text(format!("{path}.text"), &fact.text);
        findings.text(format!("{path}.clause"), &fact.clause);
        if policy.source(&fact.source).is_none() {
            findings.add(format!("{path}.source"), format!("there is no source {}", fact.source));
        }
    }
}

/// A program that can be computed says when it pays and whether it is taxed.
fn computable(policy: &Policy, findings: &mut Findings) {
    if policy.missing.is_some() {
        findings.add("missing", "a fact is missing, and yet the program is said to be computable");
    }
    if policy.cash.is_empty() {
        findings.add("cash", "nothing says when the money comes");
    }
    for payment in &policy.cash {
        findings.text(format!("cash[{}].ground", payment.label), &payment.ground);
    }
    findings.text("tax.ground", &policy.tax.ground);
    if policy.tax.on && !policy.tax.already_in_lines && policy.tax.rate.is_none() {
        findings.add("tax.rate", "the tax is on, and no rate is given");
    }
    let short_lines = policy.short_forms.iter().flat_map(|short| &short.lines);
    for line in policy.lines.iter().chain(short_lines) {
        let of_law = line
            .formula
            .names()
            .iter()
            .any(|name| policy.constants.iter().any(|constant| constant.id == *name));
        if of_law && line.clause.as_deref().is_none_or(|clause| clause.trim().is_empty()) {
            findings.add(format!("lines[{}].clause", line.id), "uses a number of the law without a clause");
        }
    }
    for line in policy.lines.iter().filter(|line| names_a_day(&line.formula)) {
        if line.clause.as_deref().is_none_or(|clause| clause.trim().is_empty()) || line.source.is_none() {
            findings.add(format!("lines[{}]", line.id), "names a day without a clause and a source");
        }
    }
    for condition in &policy.conditions {
        findings.text(format!("conditions[{}].clause", condition.id), &condition.clause);
    }
}

/// Whether a formula compares with a day, which is a number of the law as well.
fn names_a_day(formula: &Formula) -> bool {
    let mut found = false;
    formula.expression().walk(&mut |part| {
        if let Expression::Text(text) = part {
            found |= text.parse::<Date>().is_ok();
        }
    });
    found
}

/// Numbers of the law that nothing rests on.
fn idle(policy: &Policy, findings: &mut Findings) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let formulas = (policy.lines.iter().map(|line| &line.formula))
        .chain(policy.conditions.iter().map(|condition| &condition.test))
        .chain(policy.short_forms.iter().flat_map(|short| short.lines.iter().map(|line| &line.formula)))
        .chain(policy.periods.iter().flat_map(|periods| periods.carry.values()));
    for formula in formulas {
        used.extend(formula.names().iter().map(String::as_str));
    }
    used.extend(policy.points_tests.iter().flat_map(PointsTest::constants));
    used.extend(
        policy.ways.iter().flat_map(|way| way.floor.iter().chain(&way.registration)).map(String::as_str),
    );
    for constant in &policy.constants {
        if !used.contains(constant.id.as_str()) {
            findings.add(format!("constants[{}]", constant.id), "nothing uses this number");
        }
    }
}

/// A shorter question is recognised by names that its form can take a value under.
fn question(policy: &Policy, short: &ShortForm, findings: &mut Findings) {
    let inputs = short.inputs.iter().chain(&policy.inputs);
    let names: BTreeSet<&str> = inputs
        .flat_map(|input| std::iter::once(&input.name).chain(&input.aliases))
        .chain(policy.constants.iter().flat_map(|constant| &constant.given_as))
        .chain(short.lines.iter().chain(&policy.lines).flat_map(|line| &line.given_as))
        .map(String::as_str)
        .collect();
    for mark in short.recognised_by.iter().filter(|mark| !names.contains(mark.as_str())) {
        findings.add(
            format!("short_forms[{}].recognised_by", short.id),
            format!("nothing takes a value under {mark}"),
        );
    }
}

/// A record names the fact that is missing and holds what is known.
fn record(policy: &Policy, findings: &mut Findings) {
    findings.text("missing", policy.missing.as_deref().unwrap_or_default());
    if policy.known.is_empty() {
        findings.add("known", "nothing is told of a program that cannot be computed");
    }
}
