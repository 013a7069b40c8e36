//! What is counted per production or per claimant, and the limit of all aid: each said where it has an effect.

use super::LintFinding;
use crate::expression::Expression;
use crate::policy::{AidLimit, Counting, Policy, Unit};

/// Checks what a policy says about several companies and about all aid.
pub(super) fn check(policy: &Policy, findings: &mut Vec<LintFinding>) {
    for constant in &policy.constants {
        let message = match constant.per {
            None => continue,
            Some(Counting::Claimant) => "every number counts so where the law speaks of each claimant",
            Some(Counting::Production) if policy.per == Counting::Production => {
                "the whole program counts per production already"
            }
            Some(Counting::Production) if !is_compared(policy, &constant.id) => {
                "no line or condition compares anything with it"
            }
            Some(Counting::Production) => continue,
        };
        let path = format!("constants[{}].per", constant.id);
        findings.push(LintFinding { path, message: message.to_owned() });
    }
    if let Some(limit) = &policy.aid_limit {
        aid(policy, limit, findings);
    }
}

fn is_compared(policy: &Policy, constant: &str) -> bool {
    let lines = policy.lines.iter().map(|line| line.formula.expression());
    let tests = policy.conditions.iter().map(|condition| condition.test.expression());
    let mut found = false;
    for expression in lines.chain(tests) {
        expression.walk(&mut |part| {
            if let Expression::Binary(operator, ..) = part {
                found |= operator.compares() && part.names().contains(&constant);
            }
        });
    }
    found
}

fn aid(policy: &Policy, limit: &AidLimit, findings: &mut Vec<LintFinding>) {
    let mut report = |field: &str, message: String| {
        findings.push(LintFinding { path: format!("aid_limit.{field}"), message });
    };
    let is_line = |name: &str| policy.lines.iter().any(|line| line.id == name);
    let input = |name: &str| policy.inputs.iter().find(|input| input.name == name);
    let is_constant = |name: &str| policy.constants.iter().any(|constant| constant.id == name);
    for name in limit.share.names() {
        if !is_line(name) && input(name).is_none() && !is_constant(name) {
            report("share", format!("nothing is called {name}"));
        }
    }
    if !is_line(&limit.of) && input(&limit.of).is_none() {
        report("of", format!("there is no line or input {}", limit.of));
    }
    if input(&limit.input).is_none_or(|input| input.unit != Unit::Money) {
        report("input", format!("there is no input of money called {}", limit.input));
    }
    if limit.clause.trim().is_empty() {
        report("clause", "a limit without its clause".to_owned());
    }
    if policy.source(&limit.source).is_none() {
        report("source", format!("there is no source {}", limit.source));
    }
}
