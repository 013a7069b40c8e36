//! A row of the tables.

use recoup_deal::{Deal, Edit, Severity, edited};
use serde_json::Value;

/// Edits of a deal: a path and a value; `null` empties a cell or removes an element, a path that ends in `+` adds one.
pub(crate) type Edits = Vec<(&'static str, Value)>;

/// A rule: what raises it and what comes near without raising it.
#[derive(Clone)]
pub(crate) struct Rule {
    pub(crate) code: &'static str,
    pub(crate) path: &'static str,
    pub(crate) severity: Severity,
    pub(crate) raised: Edits,
    /// The near miss in words.
    pub(crate) near: &'static str,
    pub(crate) spared: Edits,
    /// What the producer types where the cure asks.
    pub(crate) typed: Option<Value>,
}

pub(crate) fn rule(
    code: &'static str,
    path: &'static str,
    severity: Severity,
    raised: Edits,
    near: &'static str,
    spared: Edits,
) -> Rule {
    Rule { code, path, severity, raised, near, spared, typed: None }
}

pub(crate) fn edit(deal: &Deal, edits: &[(&str, Value)]) -> Deal {
    let edits: Vec<Edit> = edits
        .iter()
        .map(|(path, value)| match path.strip_suffix('+') {
            Some(list) => Edit::insert(list, value.clone()),
            None => Edit::set(*path, value.clone()),
        })
        .collect();
    edited(deal, &edits).unwrap_or_else(|why| panic!("{edits:?}: {why:?}"))
}
