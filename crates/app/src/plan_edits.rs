//! Changes to the order of recoupment: tried before they are made, and made as one revision each.

use std::collections::BTreeMap;

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_deal::{Deal, Language, deal_to_value, set};
use recoup_waterfall::{Operation, Refused, Reshaped, reshape};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    App, AppError, ErrorCode, computation, deals, findings,
    plan_templates::{film, named, place, with_film, with_template},
    wire::{DealView, FilmSource, PlanPreview, PreviewPlan, ReshapePlan},
};

/// What a change to the order would lead to; the deal stays as it is.
pub async fn preview_plan(app: &App, request: PreviewPlan) -> Result<PlanPreview, AppError> {
    let language = findings::spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    let tried = tried(app, state.document(), request.operation, language).await?;
    let deal = with_plan(state.document(), &tried.plan)?;
    let outcome = computation::computed(&deal)?;
    let about = outcome.findings.iter().filter(|finding| finding.path.starts_with("recoupment"));
    Ok(PlanPreview {
        revision,
        plan: written(&deal)?,
        tier: tried.tier,
        scaled: tried.scaled,
        released_elsewhere: tried.released_elsewhere,
        findings: about.map(|finding| findings::shown(finding, language)).collect(),
    })
}

/// Makes one change to the order: one revision, one step back.
pub async fn reshape_plan(app: &App, request: ReshapePlan) -> Result<DealView, AppError> {
    let ReshapePlan { deal, revision, operation } = request;
    let operation = read(operation)?;
    deals::change(app, &deal, revision, "recoupment", |before| {
        with_plan(before, &reshaped(before, &operation)?.plan)
    })
    .await
}

/// A change that is tried: an operation, a template that is put in, or another film's order.
async fn tried(app: &App, deal: &Deal, change: Value, language: Language) -> Result<Reshaped, AppError> {
    let kind = change.get("kind").and_then(Value::as_str).unwrap_or_default();
    let plan = match kind {
        "template" => {
            let Inserted { template, values, to } = tagged(change)?;
            with_template(deal, named(&template)?, &values, place(to)?.as_ref(), language)?
        }
        "copy" => {
            let Copied { from, tiers, values, to } = tagged(change)?;
            with_film(deal, &film(app, &from).await?, &tiers, &values, place(to)?.as_ref())?
        }
        _ => return reshaped(deal, &read(change)?),
    };
    Ok(Reshaped { plan, tier: None, scaled: false, released_elsewhere: Vec::new() })
}

/// `insert_plan_template`, tried.
#[derive(Deserialize)]
struct Inserted {
    template: String,
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default)]
    to: Value,
}

/// `copy_plan`, tried.
#[derive(Deserialize)]
struct Copied {
    from: FilmSource,
    #[serde(default)]
    tiers: Vec<String>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default)]
    to: Value,
}

fn tagged<T: DeserializeOwned>(change: Value) -> Result<T, AppError> {
    serde_json::from_value(change).map_err(no_change)
}

fn no_change(reason: serde_json::Error) -> AppError {
    AppError::new(ErrorCode::InvalidRequest, "This is no change to an order of recoupment.")
        .with("path", "operation")
        .with("reason", reason)
}

fn read(operation: Value) -> Result<Operation, AppError> {
    serde_json::from_value(operation).map_err(no_change)
}

fn reshaped(deal: &Deal, operation: &Operation) -> Result<Reshaped, AppError> {
    let none = RecoupmentPlan::default();
    Ok(reshape(deal.recoupment.as_ref().unwrap_or(&none), operation)?)
}

/// The deal with another order; a plan without tiers is no plan.
pub(crate) fn with_plan(deal: &Deal, plan: &RecoupmentPlan) -> Result<Deal, AppError> {
    if plan.tiers.is_empty() {
        return Ok(set(deal, "recoupment", Value::Null)?);
    }
    let mut after = deal.clone();
    after.recoupment = Some(plan.clone());
    // What is written is what is read again: the same checks as for a typed cell.
    Ok(set(deal, "recoupment", written(&after)?)?)
}

/// The cell `recoupment` of a deal.
pub(crate) fn written(deal: &Deal) -> Result<Value, AppError> {
    let mut document = deal_to_value(deal)?;
    Ok(document.get_mut("recoupment").map(Value::take).unwrap_or_default())
}

/// The engine's code, its sentence, and the ids it speaks of.
impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        let named = match &refused {
            Refused::Unknown { kind, id } => vec![("kind", (*kind).to_owned()), ("id", id.clone())],
            Refused::InUse { tier, users } => {
                let paths: Vec<&str> = users.iter().map(|user| user.path.as_str()).collect();
                vec![("tier", tier.clone()), ("users", paths.join(" "))]
            }
            Refused::IntoItself { tier }
            | Refused::NoGroup { tier }
            | Refused::ReserveInGroup { tier }
            | Refused::GoesRound { tier }
            | Refused::Indivisible { tier } => vec![("tier", tier.clone())],
            Refused::NoAmount { tier, group } => vec![("tier", tier.clone()), ("group", group.clone())],
            Refused::SourceLeftDry { from } => vec![("source", from.clone())],
            Refused::CutOff { tiers } => vec![("tiers", tiers.join(" "))],
            Refused::NoSuchWay { id } => vec![("id", id.clone())],
            Refused::PartOutOfRange => Vec::new(),
        };
        let details = named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { code: refused.code().to_owned(), message: format!("{refused}."), details }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::read_deal;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plan_without_tiers_is_none_and_a_refusal_keeps_its_code() {
        let deal = read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
        assert!(with_plan(&deal, &RecoupmentPlan::default()).unwrap().recoupment.is_none());
        let remove = read(json!({"kind": "remove", "tier": "credit-loan-balance"})).unwrap();
        let refused = reshaped(&deal, &remove).unwrap_err();
        assert_eq!(refused.code, "TIER_IN_USE");
        assert_eq!(refused.details["users"], "recoupment.tiers[residuals-reserve].takes.release_to");
        assert_eq!(read(json!({"kind": "fly"})).unwrap_err().code, "INVALID_REQUEST");
    }

    #[test]
    fn a_moved_tier_leaves_a_deal_that_reads() {
        let deal = read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
        let moved =
            json!({"kind": "move", "tier": "gap-loan", "to": {"at": "after", "tier": "mezzanine-loan"}});
        let plan = reshaped(&deal, &read(moved).unwrap()).unwrap().plan;
        let after = with_plan(&deal, &plan).unwrap();
        let ids: Vec<&str> =
            after.recoupment.as_ref().unwrap().tiers.iter().map(|tier| tier.id.as_str()).collect();
        assert_eq!(ids[4..6], ["mezzanine-loan", "gap-loan"]);
    }
}
