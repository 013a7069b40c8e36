//! The order of recoupment that follows from the stack, before anybody takes it over.

use recoup_deal::deal_to_value;
use recoup_waterfall::{Custom, CustomKind, derive_plan};

use crate::{
    App, AppError, ErrorCode,
    wire::{CustomDto, DerivePlan, DerivedPlan},
};

/// The plan that the deal's instruments lead to, and what in it is custom rather than typed. The deal stays as it is:
/// whoever wants the plan writes it into the cell `recoupment`.
pub async fn derive_recoupment(app: &App, request: DerivePlan) -> Result<DerivedPlan, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let derived = derive_plan(&state.deal);
    let mut deal = state.deal.clone();
    deal.recoupment = Some(derived.plan);
    let mut document = deal_to_value(&deal)?;
    let plan = document.get_mut("recoupment").map(serde_json::Value::take).ok_or_else(|| {
        AppError::new(ErrorCode::Internal, "The derived plan cannot be written.").with("path", "recoupment")
    })?;
    Ok(DerivedPlan { revision, plan, customs: derived.customs.iter().map(told).collect() })
}

fn told(custom: &Custom) -> CustomDto {
    let what = match custom.what {
        CustomKind::CollectionFee => "collection_fee",
        CustomKind::InvestorsHalf => "investors_half",
        CustomKind::ProducersRest => "producers_rest",
        CustomKind::PayeeUnknown => "payee_unknown",
        CustomKind::AmountUnknown => "amount_unknown",
    };
    CustomDto { tier: custom.tier.clone(), what: what.to_owned() }
}
