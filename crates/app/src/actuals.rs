//! Statements that came in: what they replace, what they came to against the estimates, and sheets of them.
//!
//! `without(actuals).in.recoupment.fund.paid` is the figure with estimates alone, `more(actuals).…` what the statements
//! bring more. Typing goes through the ordinary edits of `actuals.statements`.

mod decided;
mod effect;
mod memory;
mod next;
mod receipts;
mod shown;
mod view;

use recoup_deal::read_deal;

use crate::{
    App, AppError,
    computation::computed,
    wire::{ActualsView, ViewActuals, WeighActuals, WeighedActuals},
};

pub(crate) use effect::explained_effect;
pub use receipts::{
    export_receipts, export_receipts_of_file, import_into_deal_file, import_receipts, read_receipts_file,
    read_receipts_sheet,
};

/// What came in against what was expected.
pub async fn view_actuals(app: &App, request: ViewActuals) -> Result<ActualsView, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    view::view(revision, &state.deal, state.outcome()?)
}

/// What statements do to everybody: the deal with them against the deal with estimates alone.
pub async fn weigh_actuals(app: &App, request: WeighActuals) -> Result<WeighedActuals, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    effect::weighed(revision, &state.deal, state.outcome()?)
}

/// What came in against what was expected in a deal file, and what it does to everybody.
pub fn view_actuals_of_file(text: &str) -> Result<(ActualsView, WeighedActuals), AppError> {
    let deal = read_deal(text)?;
    let outcome = computed(&deal)?;
    Ok((view::view(0, &deal, &outcome)?, effect::weighed(0, &deal, &outcome)?))
}
