//! What serde cannot see: numbers without a ground, names without a meaning, lines that go in a circle.

use std::collections::BTreeSet;
use std::fmt;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::expression::{Expression, Function};
use crate::parse::Formula;
use crate::policy::{Line, Policy, Relation, WayKind};
use crate::run::Form;

mod companies;
mod complete;
mod depth;
mod library;
mod points;
mod ways;

pub use complete::lint_complete;
pub use depth::MAX_RESTING;
pub use library::lint_library;

use depth::Fault;

/// Most lines of a form, those of its shorter questions counted with it.
pub const MAX_LINES: usize = 2_000;
/// Most inputs, numbers of the law, conditions and sources of a policy, each.
pub const MAX_PARTS: usize = 1_000;
/// Most shorter questions of a policy.
pub const MAX_SHORT_FORMS: usize = 40;

/// Something wrong with a policy, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LintFinding {
    /// Path in the policy, such as `lines[cap].formula`.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for LintFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

struct Linter<'a> {
    policy: &'a Policy,
    findings: Vec<LintFinding>,
}

/// Checks one version.
#[must_use]
pub fn lint(policy: &Policy) -> Vec<LintFinding> {
    let mut linter = Linter { policy, findings: Vec::new() };
    linter.bounds();
    if !linter.findings.is_empty() {
        return linter.findings;
    }
    linter.head();
    linter.sources();
    linter.unique_names();
    for short in std::iter::once(None).chain(policy.short_forms.iter().map(Some)) {
        linter.form(&Form::of(policy, short));
    }
    linter.references();
    companies::check(policy, &mut linter.findings);
    ways::check(policy, &mut linter.findings);
    points::check(policy, &mut linter.findings);
    linter.findings
}

/// Checks the versions of one program against each other: each day has at most one version, and no day
/// between the first and the last has none.
#[must_use]
pub fn lint_versions<'a>(versions: impl IntoIterator<Item = &'a Policy>) -> Vec<LintFinding> {
    let mut versions: Vec<&Policy> = versions.into_iter().collect();
    versions.sort_by_key(|policy| policy.from);
    let mut findings = Vec::new();
    for pair in versions.windows(2) {
        let (earlier, later) = (pair[0], pair[1]);
        let next_day = earlier.until.and_then(|until| until.add_days(1).ok());
        let message = match next_day {
            None => Some("has no last day though a later version exists".to_owned()),
            Some(day) if day > later.from => Some(format!("overlaps the version from {}", later.from)),
            Some(day) if day < later.from => Some(format!("leaves a gap before {}", later.from)),
            Some(_) => None,
        };
        if let Some(message) = message {
            findings.push(LintFinding { path: format!("{}@{}.until", earlier.id, earlier.from), message });
        }
    }
    findings
}

impl Linter<'_> {
    fn report(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.findings.push(LintFinding { path: path.into(), message: message.into() });
    }

    /// What is larger than anybody's law is not looked into.
    fn bounds(&mut self) {
        let policy = self.policy;
        let short_lines = policy.short_forms.iter().map(|short| short.lines.len()).sum::<usize>();
        let short_inputs = policy.short_forms.iter().map(|short| short.inputs.len()).sum::<usize>();
        for (part, given, limit) in [
            ("lines", policy.lines.len() + short_lines, MAX_LINES),
            ("inputs", policy.inputs.len() + short_inputs, MAX_PARTS),
            ("constants", policy.constants.len(), MAX_PARTS),
            ("conditions", policy.conditions.len(), MAX_PARTS),
            ("sources", policy.sources.len(), MAX_PARTS),
            ("interactions", policy.interactions.len(), MAX_PARTS),
            ("cash", policy.cash.len(), MAX_PARTS),
            ("ways", policy.ways.len(), WayKind::ALL.len()),
            ("known", policy.known.len(), MAX_PARTS),
            ("short_forms", policy.short_forms.len(), MAX_SHORT_FORMS),
            ("points_tests", policy.points_tests.len(), points::MAX_TESTS),
        ] {
            if given > limit {
                self.report(part, format!("has {given} entries; at most {limit} are read"));
            }
        }
    }

    fn head(&mut self) {
        let policy = self.policy;
        if policy.until.is_some_and(|until| until < policy.from) {
            self.report("until", "the last day is before the first");
        }
        if policy.sources.is_empty() {
            self.report("sources", "a policy without a source");
        }
        for source in &policy.sources {
            let web = source.address.starts_with("https://") || source.address.starts_with("http://");
            if !web {
                self.report(format!("sources[{}].address", source.id), "not an address");
            }
        }
    }

    fn sources(&mut self) {
        let policy = self.policy;
        let mut cited: Vec<(String, &str)> = Vec::new();
        for constant in &policy.constants {
            cited.push((format!("constants[{}].source", constant.id), &constant.source));
            if constant.clause.trim().is_empty() {
                self.report(format!("constants[{}].clause", constant.id), "a number without its clause");
            }
        }
        for condition in &policy.conditions {
            cited.push((format!("conditions[{}].source", condition.id), &condition.source));
        }
        for (index, interaction) in policy.interactions.iter().enumerate() {
            cited.push((format!("interactions[{index}].source"), &interaction.source));
        }
        let short_lines = policy.short_forms.iter().flat_map(|short| &short.lines);
        for line in policy.lines.iter().chain(short_lines) {
            if let Some(source) = &line.source {
                cited.push((format!("lines[{}].source", line.id), source));
            }
        }
        for (path, source) in cited {
            if policy.source(source).is_none() {
                self.report(path, format!("there is no source {source}"));
            }
        }
    }

    fn unique_names(&mut self) {
        let policy = self.policy;
        let mut seen = BTreeSet::new();
        let names = (policy.inputs.iter().map(|input| &input.name))
            .chain(policy.constants.iter().map(|constant| &constant.id))
            .chain(policy.lines.iter().map(|line| &line.id));
        let repeated: Vec<&String> = names.filter(|name| !seen.insert(*name)).collect();
        for name in repeated {
            self.report(name.clone(), "the name is used twice");
        }
        for name in &seen {
            if Function::named(name).is_some()
                || ["and", "or", "not", "true", "false"].contains(&name.as_str())
            {
                self.report((*name).clone(), "the name belongs to the language");
            }
        }
    }

    fn form(&mut self, form: &Form<'_>) {
        let known: BTreeSet<&str> = (form.inputs.iter().map(|input| input.name.as_str()))
            .chain(form.policy.constants.iter().map(|constant| constant.id.as_str()))
            .chain(form.lines.iter().map(|line| line.id.as_str()))
            .collect();
        let form_name = form.short.map_or(String::new(), |short| format!("short_forms[{}].", short.id));
        for line in &form.lines {
            let path = format!("{form_name}lines[{}].formula", line.id);
            self.formula(&path, &line.formula, &known);
        }
        for condition in &form.policy.conditions {
            self.formula(&format!("{form_name}conditions[{}].test", condition.id), &condition.test, &known);
        }
        self.circles(&form_name, &form.lines);
        for output in &form.outputs {
            if !form.lines.iter().any(|line| line.id == output.line) {
                self.report(format!("{form_name}outputs[{}]", output.line), "there is no such line");
            }
        }
        if form.short.is_none() {
            self.unreachable(form);
        }
    }

    /// Every number but nought and one is a named constant with a source; places to round to excepted.
    fn formula(&mut self, path: &str, formula: &Formula, known: &BTreeSet<&str>) {
        for name in formula.names() {
            if !known.contains(name.as_str()) {
                self.report(path, format!("nothing is called {name}"));
            }
        }
        let mut bare = Vec::new();
        let mut places = Vec::new();
        formula.expression().walk(&mut |expression| match expression {
            Expression::Call(Function::Round, arguments) => {
                if let Some(Expression::Number(number)) = arguments.get(1) {
                    places.push(*number);
                }
            }
            Expression::Number(number) if *number != Decimal::ZERO && *number != Decimal::ONE => {
                bare.push(*number);
            }
            _ => {}
        });
        for place in places {
            if !(Decimal::ZERO..=Decimal::TEN).contains(&place) || !place.fract().is_zero() {
                self.report(path, format!("{place} is no number of places to round to"));
            }
            if let Some(at) = bare.iter().position(|number| *number == place) {
                bare.remove(at);
            }
        }
        for number in bare {
            self.report(path, format!("the number {number} has no source; make it a constant"));
        }
    }

    fn circles(&mut self, form_name: &str, lines: &[&Line]) {
        match depth::fault(lines) {
            None => {}
            Some(Fault::Circle(circle)) => {
                let start = circle.first().map_or("", String::as_str);
                let circle = circle.join(" → ");
                self.report(format!("{form_name}lines[{start}]"), format!("goes in a circle: {circle}"));
            }
            Some(Fault::Deep(line)) => self.report(
                format!("{form_name}lines[{line}]"),
                format!("rests on more than {MAX_RESTING} parts inside each other"),
            ),
        }
    }

    fn unreachable(&mut self, form: &Form<'_>) {
        let policy = self.policy;
        let mut open: Vec<&str> = vec![policy.credit.as_str(), policy.net_line()];
        open.extend(policy.fees.iter().map(String::as_str));
        open.extend(policy.outputs.iter().map(|output| output.line.as_str()));
        open.extend(policy.cash.iter().map(|payment| payment.line.as_str()));
        open.extend(policy.interactions.iter().filter_map(|interaction| interaction.line.as_deref()));
        open.extend(policy.conditions.iter().flat_map(|c| c.test.names()).map(String::as_str));
        let mut reached = BTreeSet::new();
        while let Some(name) = open.pop() {
            if reached.insert(name)
                && let Some(line) = form.lines.iter().find(|line| line.id == name)
            {
                open.extend(line.formula.names().iter().map(String::as_str));
            }
        }
        for line in &form.lines {
            if !reached.contains(line.id.as_str()) {
                self.report(format!("lines[{}]", line.id), "no result rests on this line");
            }
        }
    }

    fn references(&mut self) {
        let policy = self.policy;
        let is_line = |id: &str| policy.lines.iter().any(|line| line.id == id);
        let mut wanted = Vec::new();
        if policy.computable {
            wanted.push(("credit".to_owned(), policy.credit.as_str()));
            wanted.push(("net".to_owned(), policy.net_line()));
        } else if !policy.lines.is_empty() {
            self.report("lines", "a program that cannot be computed has no lines");
        }
        wanted.extend(policy.fees.iter().map(|fee| ("fees".to_owned(), fee.as_str())));
        wanted.extend(policy.cash.iter().map(|p| (format!("cash[{}]", p.label), p.line.as_str())));
        let missing: Vec<(String, &str)> = wanted.into_iter().filter(|(_, line)| !is_line(line)).collect();
        for (path, line) in missing {
            self.report(path, format!("there is no line {line}"));
        }
        for (index, interaction) in policy.interactions.iter().enumerate() {
            let hands_over = matches!(interaction.relation, Relation::ReducesBaseOf | Relation::Supplies);
            let complete = interaction.line.is_some() && interaction.input.is_some();
            if hands_over && !complete {
                self.report(format!("interactions[{index}]"), "names neither the line nor the input");
            }
        }
    }
}
