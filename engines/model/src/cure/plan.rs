//! The recoupment plan: derived where there is none, and a tier for who is missing in it.

use recoup_deal::recoupment::{RecoupmentPlan, Tier};
use recoup_deal::{Cure, Edit, Phrase};
use recoup_waterfall::derive_plan;
use serde_json::{Value, json};

use super::case::{Case, Proposed};

/// The order of recoupment that the stack usually leads to.
pub(super) fn derived(case: &Case<'_>) -> Proposed {
    let plan = serde_json::to_value(derive_plan(case.deal).plan).ok();
    let cure =
        plan.map(|plan| Cure::new(Phrase::new("cure_derive_recoupment"), vec![Edit::set(case.path(), plan)]));
    cure.into_iter().collect()
}

/// Whoever is missing in the plan gets the tier that the stack usually leads to: a loan before all others, what is at
/// risk behind them.
pub(super) fn repaid(case: &Case<'_>) -> Proposed {
    let Some((one, plan)) = case.instrument().zip(case.deal.recoupment.as_ref()) else { return Vec::new() };
    let usual = derive_plan(case.deal).plan.tiers.into_iter().find(|tier| names(tier, &one.id));
    let Some(mut tier) = usual else { return Vec::new() };
    let taken: Vec<&str> = plan.tiers.iter().map(|tier| tier.id.as_str()).collect();
    tier.id = case.fresh(&tier.id, &taken);
    let chain = chain(plan);
    let (Some(first), Some(last)) = (chain.first(), chain.last()) else { return Vec::new() };
    let mut edits = Vec::new();
    let step = if one.terms.is_debt() {
        tier.then = Some((*first).to_owned());
        let entering = plan.sources.iter().filter(|source| source.enters == *first);
        let enters = entering.map(|source| format!("recoupment.sources[{}].enters", source.id));
        edits.extend(enters.map(|path| Edit::set(path, tier.id.as_str())));
        Phrase::new("cure_repaid_first").with("name", &one.name)
    } else {
        tier.then = None;
        edits.push(Edit::set(format!("recoupment.tiers[{last}].then"), tier.id.as_str()));
        Phrase::new("cure_repaid_last").with("name", &one.name)
    };
    let Ok(element) = serde_json::to_value(&tier) else { return Vec::new() };
    edits.insert(0, Edit::insert("recoupment.tiers", element));
    vec![Cure::new(step, edits)]
}

/// Whether a tier speaks of an instrument.
fn names(tier: &Tier, instrument: &str) -> bool {
    fn within(value: &Value, wanted: &Value) -> bool {
        match value {
            Value::Object(fields) => fields
                .iter()
                .any(|(name, inner)| name == "instrument" && inner == wanted || within(inner, wanted)),
            Value::Array(list) => list.iter().any(|inner| within(inner, wanted)),
            _ => false,
        }
    }
    serde_json::to_value(tier).is_ok_and(|tier| within(&tier, &json!(instrument)))
}

/// The tiers that receipts pass through one after the other, from where the others come in.
fn chain(plan: &RecoupmentPlan) -> Vec<&str> {
    let entry = plan.sources.iter().find(|source| source.receives_others).or(plan.sources.first());
    let mut at = entry.map(|source| source.enters.as_str());
    let mut passed: Vec<&str> = Vec::new();
    while let Some(id) = at.filter(|id| !passed.contains(id)) {
        let Some(tier) = plan.tiers.iter().find(|tier| tier.id == id) else { break };
        passed.push(id);
        at = tier.then.as_deref();
    }
    passed
}
