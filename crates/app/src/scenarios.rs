//! Scenarios of a deal: the usual shapes and a person's own, each a whole deal that is computed like any other.
//!
//! A scenario is named by its key, and the key says everything about it: whoever asks why one of its figures is what it
//! is gets the same scenario built again.

mod evaluated;
mod explain;
mod kept;
mod key;
mod made;
mod memory;
mod told;

use std::sync::Arc;

use recoup_scenarios::Templates;

use crate::{
    App, AppError, ErrorCode,
    desk::Opened,
    state::State,
    wire::{
        CompareScenarios, EvaluateScenarios, GenerateScenarios, MoneyDto, ScenarioComparison,
        ScenarioEvaluations, ScenariosView, TradeOffsView, ViewTradeOffs,
    },
};

pub use kept::{delete_scenario, list_scenarios, rename_scenario, save_scenario};

pub(crate) use explain::explained_scenario;
pub(crate) use memory::Memory;

use evaluated::{Drawn, Valued, reader};
use key::{Asked, custom};
use made::{AS_IT_STANDS, Made, as_it_stands, made_of};

/// The most scenarios that are made at once.
const MOST: usize = 64;

/// The usual shapes of this deal, and a person's own.
pub async fn generate_scenarios(app: &App, request: GenerateScenarios) -> Result<ScenariosView, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let asked = asked(&request, state.deal.currency)?;
    apart(move || told::view(revision, &state, &made_of(&state, &asked)?)).await
}

/// What scenarios are worth: exactly, and on many paths.
pub async fn evaluate_scenarios(
    app: &App,
    request: EvaluateScenarios,
) -> Result<ScenarioEvaluations, AppError> {
    let drawn = Drawn::asked(request.paths, request.seed.as_deref())?;
    valued(app, &request.deal, request.scenarios, drawn, |_, valued| valued.told()).await
}

/// Which scenario serves a reader best.
pub async fn compare_scenarios(app: &App, request: CompareScenarios) -> Result<ScenarioComparison, AppError> {
    let CompareScenarios { deal, scenarios, perspective, weights, paths, seed } = request;
    let drawn = Drawn::asked(paths, seed.as_deref())?;
    valued(app, &deal, scenarios, drawn, move |state, valued| {
        valued.compared(reader(perspective.as_deref(), &state.deal)?, &weights)
    })
    .await
}

/// What has to be given up of one measure for more of another.
pub async fn view_trade_offs(app: &App, request: ViewTradeOffs) -> Result<TradeOffsView, AppError> {
    let ViewTradeOffs { deal, scenarios, objectives, paths, seed } = request;
    let drawn = Drawn::asked(paths, seed.as_deref())?;
    valued(app, &deal, scenarios, drawn, move |_, valued| valued.traded(&objectives)).await
}

/// Scenarios with what they are worth, and what is made of them.
async fn valued<T: Send + 'static>(
    app: &App,
    deal: &str,
    keys: Vec<String>,
    drawn: Drawn,
    told: impl FnOnce(&State, &Valued) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let (revision, state) = app.state(deal)?;
    let opened = app.opened(deal)?;
    let made = subjects(app, &opened, keys).await?;
    apart(move || told(&state, &Valued::of(&state, revision, made, drawn)?)).await
}

/// The scenarios of some keys, in order; the templates where none is named.
async fn subjects(app: &App, opened: &Opened, keys: Vec<String>) -> Result<Vec<Arc<Made>>, AppError> {
    let keys = if keys.is_empty() { usual()? } else { keys };
    if keys.len() > MOST {
        return Err(too_many("scenarios", keys.len()));
    }
    let mut kept = Vec::new();
    for key in keys.iter().filter(|key| kept::is_kept(key)) {
        kept.push(kept::read(app, opened, key).await?);
    }
    let state = opened.state.clone();
    apart(move || among(&state, &keys, &kept)).await
}

/// The keys of the templates.
fn usual() -> Result<Vec<String>, AppError> {
    let wishes = templates()?.wishes;
    Ok(wishes.iter().filter_map(|wish| key::template_of(&wish.origin)).collect())
}

fn among(state: &State, keys: &[String], kept: &[Arc<Made>]) -> Result<Vec<Arc<Made>>, AppError> {
    let templates = templates()?;
    let mut asked = Vec::new();
    for (place, key) in keys.iter().enumerate() {
        if key == AS_IT_STANDS || kept.iter().any(|one| one.key == *key) {
            continue;
        }
        asked.push(Asked::read(&templates, key).ok_or_else(|| {
            AppError::new(ErrorCode::NotFound, "There is no such scenario.")
                .with("path", format!("scenarios[{place}]"))
                .with("given", key)
        })?);
    }
    let made = made_of(state, &asked)?;
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        match made.iter().chain(kept).find(|one| one.key == *key) {
            Some(one) => found.push(one.clone()),
            None if key == AS_IT_STANDS => found.push(as_it_stands(state)?),
            // A key may be written in another order of its parts.
            None => found.extend(Asked::read(&templates, key).and_then(|asked| {
                let own = asked.key();
                made.iter().find(|one| one.key == own).cloned()
            })),
        }
    }
    Ok(found)
}

fn too_many(path: &str, given: usize) -> AppError {
    AppError::new(ErrorCode::InvalidRequest, "Between 1 and 64 scenarios are made at once. Name fewer.")
        .with("path", path)
        .with("given", given)
        .with("min", 1)
        .with("max", MOST)
}

/// What a request asks for, in its order: templates, then allocations.
fn asked(request: &GenerateScenarios, currency: recoup_money::Currency) -> Result<Vec<Asked>, AppError> {
    let templates = templates()?;
    let equity_at_most = request.equity_at_most.as_ref().map(|most| limit(most, currency)).transpose()?;
    let ids: Vec<String> = match &request.templates {
        Some(ids) => ids.clone(),
        None => templates.wishes.iter().filter_map(|wish| key::template_of(&wish.origin)).collect(),
    };
    let count = ids.len() + request.allocations.len();
    if count == 0 || count > MOST {
        return Err(too_many("templates", count));
    }
    let mut found = Vec::with_capacity(count);
    for (place, id) in ids.iter().enumerate() {
        found.push(key::template(&templates, id, &format!("templates[{place}]"))?.limited(equity_at_most));
    }
    for (place, allocation) in request.allocations.iter().enumerate() {
        found.push(
            custom(&templates, allocation, &format!("allocations[{place}].parts"))?.limited(equity_at_most),
        );
    }
    Ok(found)
}

fn limit(most: &MoneyDto, currency: recoup_money::Currency) -> Result<i64, AppError> {
    if most.currency() != currency.to_string() || most.minor() < 0 {
        return Err(AppError::new(
            ErrorCode::InvalidRequest,
            "The most that equity may be is an amount of the deal's currency, nothing or more.",
        )
        .with("path", "equity_at_most")
        .with("given", format!("{} {}", most.currency(), most.minor()))
        .with("min", 0)
        .with("allowed", currency));
    }
    Ok(most.minor())
}

pub(crate) fn templates() -> Result<Templates, AppError> {
    Templates::embedded().map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The templates cannot be read.").with("reason", reason)
    })
}

/// Computes beside what answers others.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The scenarios broke off.").with("reason", reason)
    })?
}

/// The scenarios of a deal file, as [`generate_scenarios`] makes them; the request's own deal is not looked at.
pub fn generate_from_file(text: &str, request: &GenerateScenarios) -> Result<ScenariosView, AppError> {
    let state = State::new(recoup_deal::read_deal(text)?, &crate::law::Law::default());
    let asked = asked(request, state.deal.currency)?;
    told::view(0, &state, &made_of(&state, &asked)?)
}

/// Which scenario of a deal file serves a reader best, as [`compare_scenarios`] says; the request's own deal is not
/// looked at.
pub fn compare_from_file(text: &str, request: &CompareScenarios) -> Result<ScenarioComparison, AppError> {
    let state = State::new(recoup_deal::read_deal(text)?, &crate::law::Law::default());
    let drawn = Drawn::asked(request.paths, request.seed.as_deref())?;
    let keys = if request.scenarios.is_empty() { usual()? } else { request.scenarios.clone() };
    let made = among(&state, &keys, &[])?;
    let reader = reader(request.perspective.as_deref(), &state.deal)?;
    Valued::of(&state, 0, made, drawn)?.compared(reader, &request.weights)
}
