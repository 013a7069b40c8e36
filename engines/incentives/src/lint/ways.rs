//! The ways in which a credit becomes cash: each told once, with its ground, on numbers of the law.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::LintFinding;
use crate::policy::{Confidence, Policy, Unit, UsualPrice, Way, WayKind};

/// Checks what a policy says about the ways.
pub(super) fn check(policy: &Policy, findings: &mut Vec<LintFinding>) {
    let mut seen = BTreeSet::new();
    for way in &policy.ways {
        let path = format!("ways[{}]", way.way.word());
        let mut told = Told { path, findings };
        if !seen.insert(way.way) {
            told.add("", "is told twice");
        }
        grounds(policy, way, &mut told);
        terms(policy, way, &mut told);
        if let Some(price) = &way.price {
            usual(policy, price, &mut told);
        }
    }
}

struct Told<'a> {
    path: String,
    findings: &'a mut Vec<LintFinding>,
}

impl Told<'_> {
    fn add(&mut self, field: &str, message: impl Into<String>) {
        let path = if field.is_empty() { self.path.clone() } else { format!("{}.{field}", self.path) };
        self.findings.push(LintFinding { path, message: message.into() });
    }
}

fn grounds(policy: &Policy, way: &Way, told: &mut Told<'_>) {
    for (field, text) in [("ground", &way.ground), ("clause", &way.clause)] {
        if text.trim().is_empty() {
            told.add(field, "says nothing");
        }
    }
    if policy.source(&way.source).is_none() {
        told.add("source", format!("there is no source {}", way.source));
    }
    let names = |id: &str| policy.lines.iter().any(|line| line.id == id);
    for (field, id) in [("line", &way.line), ("only_if", &way.only_if)] {
        if let Some(id) = id.as_ref().filter(|id| !names(id)) {
            told.add(field, format!("there is no line {id}"));
        }
    }
}

/// A floor and a fee belong to a sale, what becomes of the rest to an offset.
fn terms(policy: &Policy, way: &Way, told: &mut Told<'_>) {
    let sale = way.way == WayKind::Transfer;
    let offset = way.way == WayKind::Offset;
    for (field, given) in [
        ("floor", way.floor.is_some()),
        ("registration", way.registration.is_some()),
        ("price", way.price.is_some()),
        ("buyers", way.buyers.is_some()),
        ("transfers", way.transfers.is_some()),
    ] {
        if given && !sale {
            told.add(field, "belongs to a sale");
        }
    }
    for (field, given) in [
        ("rest", way.rest.is_some()),
        ("years", way.years.is_some()),
        ("limited_in_line", way.limited_in_line),
    ] {
        if given && !offset {
            told.add(field, "belongs to an offset");
        }
    }
    if way.allowed && (sale || offset) && way.label.as_deref().is_none_or(|label| label.trim().is_empty()) {
        told.add("label", "the payment has no name");
    }
    if way.allowed && offset && way.rest.is_none() {
        told.add("rest", "what exceeds the own tax is left unsaid");
    }
    for (field, id, unit) in
        [("floor", &way.floor, Unit::Rate), ("registration", &way.registration, Unit::Money)]
    {
        match id.as_deref().map(|id| (id, policy.constant(id))) {
            Some((id, None)) => told.add(field, format!("there is no number of the law {id}")),
            Some((id, Some(constant))) if constant.unit != unit => {
                told.add(field, format!("{id} is not measured as it should be"));
            }
            _ => {}
        }
    }
}

fn usual(policy: &Policy, price: &UsualPrice, told: &mut Told<'_>) {
    let ordered = price.low <= price.usual && price.usual <= price.high;
    if !ordered || price.low <= Decimal::ZERO || price.high > Decimal::ONE {
        told.add("price", "low, usual and high are shares of the credit in this order");
    }
    if price.broker.is_some_and(|broker| broker < Decimal::ZERO || broker >= price.usual) {
        told.add("price.broker", "takes more than the price");
    }
    match &price.source {
        Some(source) if policy.source(source).is_none() => {
            told.add("price.source", format!("there is no source {source}"));
        }
        None if price.confidence != Confidence::Low => {
            told.add("price.source", "more than an estimate has a source");
        }
        _ => {}
    }
}
