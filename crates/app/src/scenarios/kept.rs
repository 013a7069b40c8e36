//! Scenarios that are kept with the project, each as its difference from a revision of the deal.

use std::sync::Arc;

use recoup_deal::{deal_to_value, read_deal_value};
use recoup_scenarios::Origin;
use recoup_store::{NewScenario, Scenario, ScenarioId, ScenarioOrigin};
use serde_json::json;

use super::made::{From, Made};
use super::{explain, subjects};
use crate::computation::computed;
use crate::desk::Opened;
use crate::wire::{
    DeleteScenario, KeptScenarioDto, KeptScenarios, ListScenarios, RenameScenario, SaveScenario,
};
use crate::{App, AppError, ErrorCode};

/// Keeps a scenario with the project.
pub async fn save_scenario(app: &App, request: SaveScenario) -> Result<KeptScenarios, AppError> {
    let name = named(&request.name)?;
    let opened = app.opened(&request.deal)?;
    let made = subjects(app, &opened, vec![request.scenario.clone()]).await?.pop();
    let made = made.ok_or_else(|| explain::nowhere(&request.scenario))?;
    let document = deal_to_value(made.deal())?;
    let origin = match made.candidate().map(|candidate| &candidate.origin) {
        Some(Origin::Template(id)) => ScenarioOrigin::Template(id.clone()),
        Some(Origin::Optimised) => ScenarioOrigin::Optimized,
        Some(Origin::Custom) | None => ScenarioOrigin::Custom,
    };
    let stack = document.get("instruments").cloned().unwrap_or_else(|| json!([]));
    let new = NewScenario {
        revision: &opened.revision,
        name,
        origin: &origin,
        document: &document,
        capital_stack: &stack,
    };
    let shelf = app.shelf(opened.place).await?;
    shelf.store.create_scenario(&new, shelf.author()).await?;
    listed(app, &opened).await
}

/// The kept scenarios of a deal.
pub async fn list_scenarios(app: &App, request: ListScenarios) -> Result<KeptScenarios, AppError> {
    let opened = app.opened(&request.deal)?;
    listed(app, &opened).await
}

/// Gives a kept scenario another name.
pub async fn rename_scenario(app: &App, request: RenameScenario) -> Result<KeptScenarios, AppError> {
    let name = named(&request.name)?;
    let opened = app.opened(&request.deal)?;
    let scenario = own(app, &opened, &request.scenario).await?;
    let shelf = app.shelf(opened.place).await?;
    shelf.store.rename_scenario(&scenario.id, name, shelf.author()).await?;
    opened.state.scenarios.forget(&request.scenario);
    listed(app, &opened).await
}

/// Takes a kept scenario away.
pub async fn delete_scenario(app: &App, request: DeleteScenario) -> Result<KeptScenarios, AppError> {
    let opened = app.opened(&request.deal)?;
    let scenario = own(app, &opened, &request.scenario).await?;
    let shelf = app.shelf(opened.place).await?;
    shelf.store.delete_scenario(&scenario.id, shelf.author()).await?;
    opened.state.scenarios.forget(&request.scenario);
    listed(app, &opened).await
}

/// The longest name.
const LONGEST: usize = 200;

fn named(name: &str) -> Result<&str, AppError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(AppError::new(ErrorCode::InvalidRequest, "A scenario has a name of 1 to 200 letters.")
            .with("path", "name")
            .with("given", name.chars().count())
            .with("min", 1)
            .with("max", LONGEST));
    }
    Ok(name)
}

/// A kept scenario of this project by its key.
async fn own(app: &App, opened: &Opened, key: &str) -> Result<Scenario, AppError> {
    let nowhere = || {
        AppError::new(ErrorCode::NotFound, "There is no such scenario.")
            .with("path", "scenario")
            .with("given", key)
    };
    let shelf = app.shelf(opened.place).await?;
    let scenario = shelf.store.scenario(&ScenarioId::from(key)).await.map_err(|_| nowhere())?;
    if scenario.project == opened.project { Ok(scenario) } else { Err(nowhere()) }
}

/// Whether a key is one of a kept scenario: an identifier of the store.
pub(super) fn is_kept(key: &str) -> bool {
    key.len() == 36 && key.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// The whole deal of a kept scenario, computed.
pub(super) async fn read(app: &App, opened: &Opened, key: &str) -> Result<Arc<Made>, AppError> {
    if let Some(known) = opened.state.scenarios.find(key) {
        return Ok(known);
    }
    let scenario = own(app, opened, key).await?;
    let document = app.shelf(opened.place).await?.store.scenario_document(&scenario.id).await?;
    let deal = read_deal_value(document)?;
    let outcome = computed(&deal)?;
    let from = From::Document(Box::new(deal));
    let made = Arc::new(Made { key: key.to_owned(), name: scenario.name, from, outcome });
    opened.state.scenarios.keep(&made);
    Ok(made)
}

async fn listed(app: &App, opened: &Opened) -> Result<KeptScenarios, AppError> {
    let shelf = app.shelf(opened.place).await?;
    let found = shelf.store.list_scenarios(&opened.project).await?;
    let told = |one: Scenario| {
        let (origin, template) = match one.origin {
            ScenarioOrigin::Template(id) => ("template", Some(id)),
            ScenarioOrigin::Optimized => ("optimised", None),
            ScenarioOrigin::Custom => ("custom", None),
        };
        KeptScenarioDto {
            scenario: one.id.to_string(),
            name: one.name,
            origin: origin.to_owned(),
            template,
            changes: u32::try_from(one.patch.len()).unwrap_or(u32::MAX),
            kept_at: one.created_at,
        }
    };
    Ok(KeptScenarios { scenarios: found.into_iter().map(told).collect() })
}
