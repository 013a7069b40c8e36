//! What each participant of the recoupment plan is told, period by period, with the address of every amount.

mod comparison;
mod csv;
mod drafts;
mod lines;
#[cfg(test)]
mod tests;
mod view;

use recoup_deal::{Deal, read_deal, recoupment::RecoupmentPlan};
use recoup_model::{Outcome, accounting};
use recoup_waterfall::Accounting;

use crate::{
    App, AppError, ErrorCode, backups,
    computation::computed,
    findings::{Language, spoken},
    wire::{ExportStatements, KeptFile, StatementsView, ViewStatements},
};

pub use comparison::compare_recoupment;
pub(crate) use comparison::explained_comparison;
pub(crate) use drafts::Drafts;

/// The statements of a participant, or of the whole account.
pub async fn view_statements(app: &App, request: ViewStatements) -> Result<StatementsView, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    told(&state.deal, state.outcome()?, revision, request.party)
}

/// Writes statements as a CSV file where the person finds it.
pub async fn export_statements(app: &App, request: ExportStatements) -> Result<KeptFile, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    let view = told(&state.deal, state.outcome()?, revision, request.party.clone())?;
    let text = csv::written(&view, &state.deal, request.month.as_deref(), language)?;
    let whose = request.party.as_deref().unwrap_or("account");
    let when = request.month.map_or_else(String::new, |month| format!(" {month}"));
    let name = format!("{} statement {whose}{when}.csv", state.deal.id);
    backups::keep_file(app, &name, text.as_bytes())
}

/// The statements of a deal file, for readers without a desk.
pub fn statements_of_file(text: &str, party: Option<String>) -> Result<(Deal, StatementsView), AppError> {
    let deal = read_deal(text)?;
    let view = told(&deal, &computed(&deal)?, 0, party)?;
    Ok((deal, view))
}

/// Statements as the text of a CSV file; `month` is that in which the one period ends that is asked for.
pub fn statements_as_csv(
    view: &StatementsView,
    deal: &Deal,
    month: Option<&str>,
    language: Language,
) -> Result<String, AppError> {
    csv::written(view, deal, month, language)
}

fn told(
    deal: &Deal,
    outcome: &Outcome,
    revision: u32,
    party: Option<String>,
) -> Result<StatementsView, AppError> {
    let accounting = accounted(deal, outcome)?;
    let known = |party: &String| {
        accounting.iter().flat_map(|told| &told.parties).any(|told| told.party.as_ref() == party)
    };
    if let Some(party) = party.as_ref().filter(|party| !known(party)) {
        return Err(AppError::new(ErrorCode::NotFound, "The plan pays no such party.").with("party", party));
    }
    view::view(deal, outcome, accounting.as_ref(), revision, party)
}

fn accounted(deal: &Deal, outcome: &Outcome) -> Result<Option<Accounting>, AppError> {
    let cannot = |reason| {
        AppError::new(ErrorCode::Internal, "The statements cannot be told.")
            .with("reason", format!("{reason:?}"))
    };
    accounting(deal, outcome).transpose().map_err(cannot)
}

/// The name that addresses give to a plan somebody sent: the beginning of its fingerprint.
fn written_hash(plan: &RecoupmentPlan) -> Result<String, AppError> {
    let text = serde_json::to_vec(plan).map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The plan cannot be written.").with("reason", reason)
    })?;
    Ok(backups::checksum(&text).chars().take(12).collect())
}
