//! Filled pieces in a plan

use std::collections::HashMap;

use recoup_deal::recoupment::{RecoupmentPlan, Takes, Tier};
use serde_json::Value;

use super::shape::{self, Place, Refused, free_among};

/// The plan with the tiers of a piece in it, one after the other from a place on. Ids that the plan has already are
/// changed, and what speaks of them follows; a reserve of the piece is given back to the tier behind it.
pub fn insert(plan: &RecoupmentPlan, piece: &RecoupmentPlan, to: &Place) -> Result<RecoupmentPlan, Refused> {
    let piece = renamed(plan, piece);
    let mut out = with_lists(plan, &piece);
    out.residual = out.residual.or_else(|| piece.residual.clone());
    let mut place = to.clone();
    for tier in piece.tiers {
        let after = Place::After { tier: tier.id.clone() };
        let added = shape::add(&out, Tier { then: None, ..tier }, &place)?;
        out = added;
        place = after;
    }
    shape::settled(&mut out);
    Ok(out)
}

/// The piece in the place of a plan. Sources of its own stay, as far as they name receipts of `known`; a piece without
/// sources is entered by those of the plan it replaces, or by one for everything.
pub fn as_plan(
    piece: &RecoupmentPlan,
    before: &RecoupmentPlan,
    known: &[String],
) -> Result<RecoupmentPlan, Refused> {
    let mut plan = piece.clone();
    for source in &mut plan.sources {
        source.receives.retain(|id| known.contains(id));
    }
    if plan.sources.is_empty() {
        plan.sources.clone_from(&before.sources);
        for source in &mut plan.sources {
            source.enters = piece.tiers.first().map(|tier| tier.id.clone()).unwrap_or_default();
        }
    }
    if plan.sources.is_empty() {
        let lists = RecoupmentPlan { tiers: Vec::new(), ..piece.clone() };
        let tiers = RecoupmentPlan { tiers: piece.tiers.clone(), ..RecoupmentPlan::default() };
        return insert(&lists, &tiers, &Place::Last);
    }
    if !plan.sources.iter().any(|source| source.receives_others)
        && let Some(last) = plan.sources.last_mut()
    {
        last.receives_others = true;
    }
    shape::settled(&mut plan);
    Ok(plan)
}

/// The reserve that would have nowhere to be given back, if there is one.
#[must_use]
pub fn reserve_without_end(plan: &RecoupmentPlan) -> Option<&str> {
    let known = |id: &str| plan.positions().into_iter().any(|(_, tier)| tier.id == id);
    plan.tiers.iter().find_map(|tier| match &tier.takes {
        Takes::Reserve(reserve) if !known(&reserve.release_to) => Some(tier.id.as_str()),
        _ => None,
    })
}

/// The plan with everything of the piece that is no tier.
fn with_lists(plan: &RecoupmentPlan, piece: &RecoupmentPlan) -> RecoupmentPlan {
    let (Ok(mut value), Ok(new)) = (serde_json::to_value(plan), serde_json::to_value(piece)) else {
        return plan.clone();
    };
    for list in ["expense_types", "film_costs", "contracts", "unit_series"] {
        let added = new.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
        if added.is_empty() {
            continue;
        }
        let mut all = value.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
        all.extend(added);
        if let Some(fields) = value.as_object_mut() {
            fields.insert(list.to_owned(), Value::Array(all));
        }
    }
    serde_json::from_value(value).unwrap_or_else(|_| plan.clone())
}

/// What names what: lists of the plan, and the fields that speak of their elements.
const NAMES: [(&str, &[&str]); 5] = [
    ("tiers", &["tier", "release_to", "then"]),
    ("expense_types", &["of", "expense_type"]),
    ("film_costs", &["film_cost"]),
    ("contracts", &["contract"]),
    ("unit_series", &["series"]),
];

fn renamed(plan: &RecoupmentPlan, piece: &RecoupmentPlan) -> RecoupmentPlan {
    let (Ok(have), Ok(mut value)) = (serde_json::to_value(plan), serde_json::to_value(piece)) else {
        return piece.clone();
    };
    for (list, fields) in NAMES {
        let mut used = ids(have.get(list));
        let mut new = HashMap::new();
        for id in ids(value.get(list)) {
            let free = free_among(&used, &id);
            used.push(free.clone());
            if free != id {
                new.insert(id, free);
            }
        }
        if !new.is_empty() {
            if let Some(elements) = value.get_mut(list) {
                rename(elements, list == "tiers", &new);
            }
            follow(&mut value, fields, &new);
        }
    }
    serde_json::from_value(value).unwrap_or_else(|_| piece.clone())
}

/// The ids of a list, members of tiers included.
fn ids(list: Option<&Value>) -> Vec<String> {
    let mut out = Vec::new();
    for element in list.and_then(Value::as_array).into_iter().flatten() {
        out.extend(element.get("id").and_then(Value::as_str).map(str::to_owned));
        out.extend(ids(element.get("takes").and_then(|takes| takes.get("members"))));
    }
    out
}

fn rename(list: &mut Value, deep: bool, new: &HashMap<String, String>) {
    for element in list.as_array_mut().into_iter().flatten() {
        if let Some(Value::String(id)) = element.get_mut("id")
            && let Some(free) = new.get(id.as_str())
        {
            id.clone_from(free);
        }
        if deep && let Some(members) = element.get_mut("takes").and_then(|takes| takes.get_mut("members")) {
            rename(members, deep, new);
        }
    }
}

fn follow(value: &mut Value, names: &[&str], new: &HashMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                match inner {
                    Value::String(id) if names.contains(&name.as_str()) => {
                        if let Some(free) = new.get(id.as_str()) {
                            id.clone_from(free);
                        }
                    }
                    _ => follow(inner, names, new),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| follow(inner, names, new)),
        _ => {}
    }
}
