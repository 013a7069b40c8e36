//! Scenarios of a deal: the usual shapes and a person's own, each a whole deal that is computed like any other.
//!
//! A scenario is named by its key, and the key says everything about it: whoever asks why one of its figures is what it
//! is gets the same scenario built again.

mod explain;
mod key;
mod made;
mod memory;
mod told;

use recoup_scenarios::Templates;

use crate::{
    App, AppError, ErrorCode,
    state::State,
    wire::{GenerateScenarios, MoneyDto, ScenariosView},
};

pub(crate) use explain::explained_scenario;
pub(crate) use memory::Memory;

use key::{Asked, custom};
use made::made_of;

/// The most scenarios that are made at once.
const MOST: usize = 64;

/// The usual shapes of this deal, and a person's own.
pub async fn generate_scenarios(app: &App, request: GenerateScenarios) -> Result<ScenariosView, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let asked = asked(&request, state.deal.currency)?;
    apart(move || told::view(revision, &state, &made_of(&state, &asked)?)).await
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
        return Err(AppError::new(
            ErrorCode::InvalidRequest,
            "Between 1 and 64 scenarios are made at once. Name fewer templates and allocations.",
        )
        .with("path", "templates")
        .with("given", count)
        .with("min", 1)
        .with("max", MOST));
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
