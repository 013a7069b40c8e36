//! A usual release plan laid over a deal: one ultimate, and a source for each of its windows.
//!
//! What is there stays: a source of the same territories and window is taken as the window's, with the terms it has.
//! What a template says is filled in where nothing is typed.

use std::collections::{BTreeMap, BTreeSet};

use recoup_deal::revenue::{Estimate, RevenueSource, Ultimate};
use recoup_deal::{Deal, Edit, ReleaseTemplate, Window};
use serde_json::{Value, json};

use crate::template::{WindowTiming, template};

/// A release plan for some territories.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleasePlan {
    /// Which of the usual plans.
    pub template: ReleaseTemplate,
    /// For which territories.
    pub territories: Vec<String>,
    /// Everything the work earns there, after cinemas and before distributors.
    pub estimate: Estimate,
    /// Id of the distribution contract that collects new sources.
    pub distribution: Option<String>,
    /// Whether amounts typed for single windows stay and leave the others less; they are emptied otherwise.
    pub keeps_typed: bool,
    /// What the ultimate and new sources are called, where a window is not named by its word.
    pub labels: BTreeMap<Window, String>,
    /// What the ultimate is called.
    pub label: Option<String>,
}

/// A window of the plan and the source it became.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleasedPart {
    /// Id of the source.
    pub source: String,
    /// How the plan has it.
    pub timing: WindowTiming,
    /// Whether the source is new.
    pub is_new: bool,
}

/// What laying a plan over a deal comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Released {
    /// Id of the ultimate.
    pub ultimate: String,
    /// Its parts in the template's order.
    pub parts: Vec<ReleasedPart>,
    /// The edits that make it.
    pub edits: Vec<Edit>,
}

/// Lays a release plan over a deal. The same plan laid over its own result changes nothing.
pub fn release(deal: &Deal, plan: &ReleasePlan) -> Released {
    let wanted = set(&plan.territories);
    let known = deal.revenue.ultimates.iter().find(|one| set(&one.territories) == wanted);
    let place = plan.territories.join("-").to_lowercase();
    let ultimate = known.map_or_else(
        || fresh(&format!("ultimate-{place}"), deal.revenue.ultimates.iter().map(|one| one.id.as_str())),
        |one| one.id.clone(),
    );
    let mut taken: Vec<String> = deal.revenue.sources.iter().map(|source| source.id.clone()).collect();
    let mut edits = Vec::new();
    let mut parts = Vec::new();
    for timing in template(plan.template) {
        let same =
            |source: &&RevenueSource| source.window == timing.window && set(&source.territories) == wanted;
        let source = match deal.revenue.sources.iter().find(same) {
            Some(source) => {
                edits.extend(filled(source, &timing, plan));
                source.id.clone()
            }
            None => {
                let wished = format!("{place}-{}", timing.window.word().replace('_', "-"));
                let id = fresh(&wished, taken.iter().map(String::as_str));
                edits.push(Edit::insert("revenue.sources", created(&id, &timing, plan)));
                taken.push(id.clone());
                id
            }
        };
        let is_new = deal.revenue.sources.iter().all(|known| known.id != source);
        parts.push(ReleasedPart { source, timing, is_new });
    }
    edits.push(shared_out(known, &ultimate, &parts, plan));
    Released { ultimate, parts, edits }
}

fn set(territories: &[String]) -> BTreeSet<&str> {
    territories.iter().map(String::as_str).collect()
}

fn fresh<'a>(wished: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: BTreeSet<&str> = taken.collect();
    let numbered = (2..).map(|number| format!("{wished}-{number}"));
    let mut names = std::iter::once(wished.to_owned()).chain(numbered);
    names.find(|name| !taken.contains(name.as_str())).unwrap_or_else(|| wished.to_owned())
}

fn created(id: &str, timing: &WindowTiming, plan: &ReleasePlan) -> Value {
    let label = plan.labels.get(&timing.window).cloned();
    let label = label.unwrap_or_else(|| format!("{}, {}", plan.territories.join(" "), timing.window.word()));
    let mut source = json!({
        "id": id,
        "label": label,
        "territories": plan.territories,
        "window": timing.window,
        "basis": "distributor_gross",
        "start": start_of(timing),
        "months": 3 * timing.quarters,
        "profile": timing.profile,
    });
    if let (Some(contract), Some(fields)) = (&plan.distribution, source.as_object_mut()) {
        fields.insert("distribution".to_owned(), json!(contract));
    }
    source
}

fn start_of(timing: &WindowTiming) -> Value {
    json!({"months_after_release": 3 * timing.first_quarter})
}

/// What a source that is there already lacks of the plan.
fn filled(source: &RevenueSource, timing: &WindowTiming, plan: &ReleasePlan) -> Vec<Edit> {
    let at = |field: &str| format!("revenue.sources[{}].{field}", source.id);
    let mut edits = Vec::new();
    if source.payments.is_empty() {
        if source.start.is_none() {
            edits.push(Edit::set(at("start"), start_of(timing)));
        }
        if source.months.is_none() {
            edits.push(Edit::set(at("months"), json!(3 * timing.quarters)));
        }
        if source.profile.is_none() {
            edits.push(Edit::set(at("profile"), json!(timing.profile)));
        }
    }
    if !plan.keeps_typed && source.sold_by.is_none() && source.estimate != Estimate::default() {
        edits.push(Edit::set(at("estimate"), json!({})));
    }
    edits
}

/// The ultimate with its shares: a new one, or the one of these territories as the plan has it.
fn shared_out(known: Option<&Ultimate>, id: &str, parts: &[ReleasedPart], plan: &ReleasePlan) -> Edit {
    let shares: Vec<Value> = parts
        .iter()
        .map(|part| {
            let word = part.timing.window.word();
            json!({"id": word, "source": part.source, "share": part.timing.share.normalize().to_string()})
        })
        .collect();
    let mut ultimate = json!({
        "id": id,
        "territories": plan.territories,
        "estimate": plan.estimate,
        "template": plan.template,
        "parts": shares,
    });
    let label = plan.label.clone().or_else(|| known.and_then(|one| one.label.clone()));
    if let (Some(label), Some(fields)) = (label, ultimate.as_object_mut()) {
        fields.insert("label".to_owned(), json!(label));
    }
    match known {
        Some(_) => Edit::set(format!("revenue.ultimates[{id}]"), ultimate),
        None => Edit::insert("revenue.ultimates", ultimate),
    }
}
