//! Ids that nobody else bears

use std::collections::HashMap;

use recoup_deal::recoupment::{RecoupmentPlan, Tier};
use serde_json::Value;

use super::members::members_mut;

/// An id like the one wanted that the plan does not have.
pub(super) fn free(plan: &RecoupmentPlan, wanted: &str) -> String {
    let used: Vec<String> = plan.positions().into_iter().map(|(_, tier)| tier.id.clone()).collect();
    free_among(&used, wanted)
}

pub(in crate::templates) fn free_among(used: &[String], wanted: &str) -> String {
    let stem = wanted.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let stem = stem.strip_suffix('-').filter(|stem| !stem.is_empty()).unwrap_or(wanted);
    let mut candidates =
        std::iter::once(wanted.to_owned()).chain((2_u32..).map(|number| format!("{stem}-{number}")));
    candidates.find(|id| !used.contains(id)).unwrap_or_else(|| wanted.to_owned())
}

/// A tier whose ids, and those of its members, are free; what it says of its own members follows them.
pub(super) fn freshly_named(plan: &RecoupmentPlan, mut tier: Tier) -> Tier {
    let mut used: Vec<String> = plan.positions().into_iter().map(|(_, tier)| tier.id.clone()).collect();
    let mut renamed = HashMap::new();
    rename(&mut tier, &mut used, &mut renamed);
    if renamed.is_empty() {
        return tier;
    }
    let Ok(mut value) = serde_json::to_value(&tier) else { return tier };
    follow(&mut value, &renamed);
    serde_json::from_value(value).unwrap_or(tier)
}

fn rename(tier: &mut Tier, used: &mut Vec<String>, renamed: &mut HashMap<String, String>) {
    let id = free_among(used, &tier.id);
    used.push(id.clone());
    if id != tier.id {
        renamed.insert(std::mem::replace(&mut tier.id, id.clone()), id);
    }
    for member in members_mut(tier).into_iter().flatten() {
        rename(member, used, renamed);
    }
}

/// Conditions and releases name tiers under these fields.
pub(super) const NAMES_TIER: [&str; 2] = ["tier", "release_to"];

fn follow(value: &mut Value, renamed: &HashMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                match inner {
                    Value::String(id) if NAMES_TIER.contains(&name.as_str()) => {
                        if let Some(new) = renamed.get(id.as_str()) {
                            id.clone_from(new);
                        }
                    }
                    _ => follow(inner, renamed),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| follow(inner, renamed)),
        _ => {}
    }
}
