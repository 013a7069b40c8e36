//! What in a plan speaks of a tier

use std::collections::BTreeSet;

use recoup_deal::recoupment::{RecoupmentPlan, Takes, Tier};
use serde::Serialize;
use serde_json::Value;

use super::names::NAMES_TIER;

/// A place that speaks of a tier, or of a pool that only this tier fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// The cell, from the root of the deal.
    pub path: String,
    /// What it speaks of: the tier, one of its members, or a pool.
    pub of: String,
}

/// What outside a tier speaks of it, its members, or a pool that would be empty without it.
pub(super) fn users_of(plan: &RecoupmentPlan, tier: &Tier) -> Vec<User> {
    let mut ids = BTreeSet::new();
    collect_ids(tier, &mut ids);
    let mut own = BTreeSet::new();
    collect_pools(tier, &mut own);
    let mut kept = BTreeSet::new();
    for (_, other) in plan.positions().into_iter().filter(|(_, other)| !ids.contains(other.id.as_str())) {
        if let Takes::Share(share) = &other.takes {
            kept.extend(share.pools.iter().cloned());
        }
    }
    let pools: BTreeSet<String> = own.difference(&kept).cloned().collect();
    users(plan, &ids, &pools)
}

/// What speaks of one tier, its members left aside.
pub(super) fn users_of_id(plan: &RecoupmentPlan, id: &str) -> Vec<User> {
    users(plan, &BTreeSet::from([id.to_owned()]), &BTreeSet::new())
}

fn users(plan: &RecoupmentPlan, ids: &BTreeSet<String>, pools: &BTreeSet<String>) -> Vec<User> {
    let Ok(value) = serde_json::to_value(plan) else { return Vec::new() };
    let mut out = Vec::new();
    Search { ids, pools, out: &mut out }.walk(&value, "recoupment");
    out
}

fn collect_ids(tier: &Tier, out: &mut BTreeSet<String>) {
    out.insert(tier.id.clone());
    tier.members().iter().for_each(|member| collect_ids(member, out));
}

fn collect_pools(tier: &Tier, out: &mut BTreeSet<String>) {
    if let Takes::Share(share) = &tier.takes {
        out.extend(share.pools.iter().cloned());
    }
    tier.members().iter().for_each(|member| collect_pools(member, out));
}

struct Search<'a> {
    ids: &'a BTreeSet<String>,
    pools: &'a BTreeSet<String>,
    out: &'a mut Vec<User>,
}

impl Search<'_> {
    fn walk(&mut self, value: &Value, path: &str) {
        match value {
            Value::Object(fields) => {
                // What the tier says of itself does not keep it.
                let of_tier = fields.contains_key("takes");
                let is_own = fields.get("id").and_then(Value::as_str).is_some_and(|id| self.ids.contains(id));
                if of_tier && is_own && !path.ends_with("sources") {
                    self.walk_members(fields, path);
                    return;
                }
                for (name, inner) in fields {
                    let at = format!("{path}.{name}");
                    self.name(name, inner, &at);
                    self.walk(inner, &at);
                }
            }
            Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    let id = inner
                        .get("id")
                        .and_then(Value::as_str)
                        .map_or_else(|| index.to_string(), str::to_owned);
                    self.walk(inner, &format!("{path}[{id}]"));
                }
            }
            _ => {}
        }
    }

    /// A member that stays although its group goes may still speak of the group.
    fn walk_members(&mut self, fields: &serde_json::Map<String, Value>, path: &str) {
        let members = fields.get("takes").and_then(|takes| takes.get("members"));
        if let Some(members) = members {
            self.walk(members, &format!("{path}.takes.members"));
        }
    }

    fn name(&mut self, field: &str, value: &Value, path: &str) {
        let named = match field {
            _ if NAMES_TIER.contains(&field) => self.ids,
            "pool" | "limit_pool" => self.pools,
            _ => return,
        };
        if let Some(of) = value.as_str().filter(|id| named.contains(*id)) {
            self.out.push(User { path: path.to_owned(), of: of.to_owned() });
        }
    }
}
