//! What statements do to everybody: two runs, one with them and one with estimates alone.

use recoup_deal::Deal;
use recoup_deal::actuals::Actuals;
use recoup_model::Outcome;

use crate::{
    AppError, ErrorCode,
    computation::computed,
    figures::{explained, quantity, readdress},
    wire::{ActualsEffectDto, FigureDto, LeafDto, MoneyDto, QuantityDto, TreeDto, WeighedActuals},
};

const WITHOUT: &str = "without(actuals)";
const MORE: &str = "more(actuals).";

pub(super) fn weighed(revision: u32, deal: &Deal, now: &Outcome) -> Result<WeighedActuals, AppError> {
    if now.actuals.is_none() {
        return Ok(WeighedActuals { revision, account: None, parties: Vec::new() });
    }
    let before = estimated(deal)?;
    let account = effect(None, "revenue.to_account", now, &before)?;
    let parties = now
        .parties
        .iter()
        .map(|party| effect(Some(&party.party), &format!("recoupment.{}.paid", party.party), now, &before));
    let parties = parties.collect::<Result<Vec<_>, AppError>>()?.into_iter().flatten().collect();
    Ok(WeighedActuals { revision, account, parties })
}

/// The deal as if no statement had come in.
fn estimated(deal: &Deal) -> Result<Outcome, AppError> {
    let mut deal = deal.clone();
    deal.actuals = Actuals::default();
    computed(&deal)
}

fn effect(
    party: Option<&str>,
    address: &str,
    now: &Outcome,
    before: &Outcome,
) -> Result<Option<ActualsEffectDto>, AppError> {
    let (Some(with), Some(without)) = (now.book.at(address), before.book.at(address)) else {
        return Ok(None);
    };
    let (with, without) = (quantity(with)?, quantity(without)?);
    let Some(more) = difference(&with, &without)? else { return Ok(None) };
    Ok(Some(ActualsEffectDto {
        party: party.map(str::to_owned),
        now: FigureDto { address: address.to_owned(), value: with },
        forecast: FigureDto { address: format!("{WITHOUT}.in.{address}"), value: without },
        more: FigureDto { address: format!("{MORE}{address}"), value: more },
    }))
}

/// One amount less another; none where either is no amount.
fn difference(one: &QuantityDto, other: &QuantityDto) -> Result<Option<QuantityDto>, AppError> {
    let (QuantityDto::Money { amount: one }, QuantityDto::Money { amount: other }) = (one, other) else {
        return Ok(None);
    };
    let amount = MoneyDto::new(one.minor().saturating_sub(other.minor()), one.currency())
        .map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))?;
    Ok(Some(QuantityDto::Money { amount }))
}

/// Why a figure without statements, or the difference they make, is what it is; none for any other.
pub(crate) fn explained_effect(
    deal: &Deal,
    now: Result<&Outcome, AppError>,
    asked: &str,
) -> Option<Result<TreeDto, AppError>> {
    let within = |address: &str| {
        let mut tree = explained(&estimated(deal)?, address)?;
        readdress(&mut tree, WITHOUT);
        Ok::<_, AppError>(tree)
    };
    if let Some(address) = asked.strip_prefix(WITHOUT).and_then(|rest| rest.strip_prefix(".in.")) {
        return Some(within(address));
    }
    let address = asked.strip_prefix(MORE)?;
    let tree = || {
        let (with, without) = (explained(now?, address)?, within(address)?);
        let value = difference(&with.value, &without.value)?.ok_or_else(|| {
            AppError::new(ErrorCode::NotFound, "There is no amount at this address.").with("address", address)
        })?;
        Ok(TreeDto {
            address: Some(asked.to_owned()),
            value,
            operation: Some("difference".to_owned()),
            rounding: None,
            leaf: None::<LeafDto>,
            inputs: vec![with, without],
            folded: 0,
        })
    };
    Some(tree())
}
