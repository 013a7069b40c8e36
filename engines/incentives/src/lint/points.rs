//! Points tests: that they describe what the form asks, with weights that can reach the mark.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::LintFinding;
use crate::policy::{PointsCriterion, PointsTest, Policy, TotalSettles, Unit};

/// Most tests of a policy.
pub(super) const MAX_TESTS: usize = 20;
/// Most criteria of a test.
const MAX_CRITERIA: usize = 60;

/// Checks every test of a policy.
pub(super) fn check(policy: &Policy, findings: &mut Vec<LintFinding>) {
    let mut seen = BTreeSet::new();
    for test in &policy.points_tests {
        let path = format!("points_tests[{}]", test.id);
        let mut checker = Checker { policy, test, path, findings };
        if !seen.insert(test.id.as_str()) || !is_name(&test.id) {
            checker.report(".id", "is not a name of its own in small letters");
        }
        if test.criteria().count() > MAX_CRITERIA {
            checker.report("", format!("has more than {MAX_CRITERIA} criteria"));
            continue;
        }
        checker.head();
        checker.criteria();
        checker.needs();
        checker.reachable();
    }
}

/// Part of an address.
fn is_name(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

struct Checker<'a, 'f> {
    policy: &'a Policy,
    test: &'a PointsTest,
    path: String,
    findings: &'f mut Vec<LintFinding>,
}

impl<'a> Checker<'a, '_> {
    fn report(&mut self, part: &str, message: impl Into<String>) {
        self.findings.push(LintFinding { path: format!("{}{part}", self.path), message: message.into() });
    }

    fn constant(&mut self, part: &str, id: &str) -> Option<Decimal> {
        let found = self.policy.constants.iter().find(|constant| constant.id == id);
        match found {
            Some(constant) if constant.value >= Decimal::ZERO => Some(constant.value),
            Some(_) => {
                self.report(part, format!("{id} is less than nothing"));
                None
            }
            None => {
                self.report(part, format!("there is no constant {id}"));
                None
            }
        }
    }

    fn unit(&self, input: &str) -> Option<Unit> {
        self.policy.inputs.iter().find(|known| known.name == input).map(|known| known.unit)
    }

    fn cited(&mut self, part: &str, clause: &str, source: &str) {
        if clause.trim().is_empty() {
            self.report(&format!("{part}.clause"), "has no clause");
        }
        if self.policy.source(source).is_none() {
            self.report(&format!("{part}.source"), format!("there is no source {source}"));
        }
    }

    fn head(&mut self) {
        let test = self.test;
        self.cited("", &test.clause, &test.source);
        if !self.policy.conditions.iter().any(|condition| condition.id == test.condition) {
            self.report(".condition", format!("there is no condition {}", test.condition));
        }
        let is_line = |id: &String| self.policy.lines.iter().any(|line| line.id == *id);
        if let Some(line) = test.line.as_ref().filter(|line| !is_line(line)) {
            self.report(".line", format!("there is no line {line}"));
        }
        let names = test.asked.iter().flat_map(|asked| asked.names());
        let unknown: Vec<&String> =
            names.filter(|name| !is_line(name) && self.unit(name).is_none()).collect();
        for name in unknown {
            self.report(".asked", format!("nothing is called {name}"));
        }
        if let Some(total) = &test.total {
            if self.unit(&total.input) != Some(Unit::Number) {
                self.report(".total", format!("{} is no input that takes a number", total.input));
            }
            let bounded = |criterion: &PointsCriterion| {
                criterion.most.is_some() || self.unit(&criterion.input) != Some(Unit::Number)
            };
            if total.settles == TotalSettles::Test && !test.criteria().all(bounded) {
                self.report(".total", "settles a test of which not every criterion has a most");
            }
        }
        let mut seen = BTreeSet::new();
        for section in &test.sections {
            if !seen.insert(section.id.as_str()) || !is_name(&section.id) {
                let part = format!(".sections[{}].id", section.id);
                self.report(&part, "is not a name of its own in small letters");
            }
        }
    }

    fn criteria(&mut self) {
        let mut seen = BTreeSet::new();
        for criterion in self.test.criteria() {
            let part = format!(".criteria[{}]", criterion.input);
            self.cited(&part, &criterion.clause, &criterion.source);
            if !seen.insert(criterion.input.as_str()) {
                self.report(&part, "is asked twice");
            }
            if let Some(other) = &criterion.part_of
                && !self.test.criteria().any(|one| one.input == *other && one.part_of.is_none())
            {
                self.report(&part, format!("is part of {other}, which gives no points of its own"));
            }
            self.weight(&part, criterion);
        }
    }

    /// A criterion is weighed in the way in which its input is answered, and in no other.
    fn weight(&mut self, part: &str, criterion: &PointsCriterion) {
        let Some(unit) = self.unit(&criterion.input) else {
            self.report(part, format!("there is no input {}", criterion.input));
            return;
        };
        let (points, most) = (criterion.points.is_some(), criterion.most.is_some());
        let choices = !criterion.choices.is_empty();
        let fits = match unit {
            Unit::Flag => !most && !choices,
            Unit::Number => !points && !choices,
            Unit::Text => choices && !points && !most,
            Unit::Money | Unit::Rate | Unit::List => false,
        };
        if !fits {
            self.report(part, "is not weighed as its input is answered");
        }
        let weights = criterion.points.iter().chain(&criterion.most);
        for id in weights.chain(criterion.choices.iter().map(|choice| &choice.points)) {
            self.constant(part, id);
        }
        let input = self.policy.inputs.iter().find(|input| input.name == criterion.input);
        for choice in &criterion.choices {
            if input.is_some_and(|input| !input.options.contains(&choice.word)) {
                self.report(part, format!("{} is none of the input's options", choice.word));
            }
        }
    }

    fn needs(&mut self) {
        for need in &self.test.mandatory {
            let part = format!(".mandatory[{}]", need.label);
            self.cited(&part, &need.clause, &need.source);
            for input in &need.of {
                if !self.test.criteria().any(|criterion| criterion.input == *input) {
                    self.report(&part, format!("there is no criterion {input}"));
                }
            }
            let of = |criterion: &PointsCriterion| need.of.contains(&criterion.input);
            self.enough(&part, need.at_least.as_deref(), &of);
        }
        for section in &self.test.sections {
            let inside = |one: &PointsCriterion| section.criteria.iter().any(|own| own.input == one.input);
            if section.minimum.is_some() {
                let part = format!(".sections[{}].minimum", section.id);
                self.enough(&part, section.minimum.as_deref(), &inside);
            }
        }
    }

    fn reachable(&mut self) {
        let test = self.test;
        let most = test.most.as_deref().and_then(|most| self.constant(".most", most));
        let mark = self.constant(".pass_mark", &test.pass_mark);
        if let Some((mark, most)) = mark.zip(most)
            && mark > most
        {
            self.report(".pass_mark", format!("{mark} is above the {most} that can be reached"));
        }
        self.enough(".pass_mark", Some(&test.pass_mark), &|criterion| criterion.part_of.is_none());
    }

    /// A mark that the criteria can reach together; without a mark, they can give a point at all.
    fn enough(&mut self, part: &str, mark: Option<&str>, which: &dyn Fn(&PointsCriterion) -> bool) {
        let mark = mark.map_or(Some(Decimal::ONE), |mark| self.constant(part, mark));
        let most = self.most(which);
        if let Some((mark, most)) = mark.zip(most)
            && mark > most
        {
            self.report(part, format!("{mark} is above the {most} that can be reached"));
        }
    }

    /// The most that criteria give together; none where one has no bound.
    fn most(&self, which: &dyn Fn(&PointsCriterion) -> bool) -> Option<Decimal> {
        let value = |id: &String| {
            let constant = self.policy.constants.iter().find(|constant| constant.id == *id);
            constant.map_or(Decimal::ZERO, |constant| constant.value)
        };
        let mut sum = Decimal::ZERO;
        let mut groups: Vec<(&str, Decimal)> = Vec::new();
        for criterion in self.test.criteria().filter(|criterion| which(criterion)) {
            let most = match self.unit(&criterion.input) {
                Some(Unit::Number) => value(criterion.most.as_ref()?),
                Some(Unit::Text) => {
                    criterion.choices.iter().map(|choice| value(&choice.points)).max().unwrap_or_default()
                }
                _ => criterion.points.as_ref().map_or(Decimal::ONE, value),
            };
            match criterion.group.as_deref() {
                None => sum = sum.saturating_add(most),
                Some(group) => match groups.iter_mut().find(|(name, _)| *name == group) {
                    Some((_, best)) => *best = most.max(*best),
                    None => groups.push((group, most)),
                },
            }
        }
        let grouped = groups.iter().fold(Decimal::ZERO, |all, (_, best)| all.saturating_add(*best));
        Some(sum.saturating_add(grouped))
    }
}
