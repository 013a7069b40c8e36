//! Scenarios as they cross the wire.

use std::sync::Arc;

use recoup_explain::Quantity;
use recoup_money::Money;
use recoup_scenarios::{Candidate, Origin, Reason, Share, duplicates};
use rust_decimal::Decimal;

use super::key::word;
use super::made::Made;
use super::templates;
use crate::figures::quantity;
use crate::state::State;
use crate::wire::{
    ChangeDto, FigureDto, ScenarioDto, ScenarioInstrumentDto, ScenarioReasonDto, ScenarioShareDto,
    ScenariosView,
};
use crate::{AppError, ErrorCode};

/// All of them, with what they have in common.
pub(super) fn view(revision: u32, state: &State, made: &[Arc<Made>]) -> Result<ScenariosView, AppError> {
    let templates = templates()?;
    let book = &state.outcome()?.book;
    let of_deal = |address: &str| -> Result<FigureDto, AppError> {
        let value = book.at(address).ok_or_else(|| missing(address))?;
        Ok(FigureDto { address: address.to_owned(), value: quantity(value)? })
    };
    let wished = || made.iter().filter_map(|one| Some((one, one.candidate()?)));
    let candidates: Vec<_> = wished().map(|one| one.1).collect();
    let same = duplicates(&candidates);
    let scenarios = wished().zip(same).map(|((one, candidate), same)| {
        let same_as = same.map(|place| made[place].key.clone());
        told(state, one, candidate, same_as)
    });
    Ok(ScenariosView {
        revision,
        budget: of_deal("budget.total")?,
        incentives: of_deal("incentives.net")?,
        template_source: templates.source,
        template_reviewed: templates.reviewed,
        scenarios: scenarios.collect::<Result<_, _>>()?,
    })
}

fn missing(address: &str) -> AppError {
    AppError::new(ErrorCode::NotFound, "There is no figure at this address.").with("address", address)
}

fn told(
    state: &State,
    made: &Made,
    candidate: &Candidate,
    same_as: Option<String>,
) -> Result<ScenarioDto, AppError> {
    let own = |word: &str, amount: Money| money(&made.key, word, amount);
    let instruments = candidate.deal.instruments.iter().map(|one| {
        let address = format!("capital.{}.principal", one.id);
        let value = made.outcome.book.at(&address).ok_or_else(|| missing(&address))?;
        Ok(ScenarioInstrumentDto {
            id: one.id.clone(),
            name: one.name.clone(),
            kind: one.terms.kind().to_owned(),
            provider: one.provider.clone(),
            of_deal: state.deal.instruments.iter().any(|known| known.id == one.id),
            principal: FigureDto {
                address: format!("scenario({}).in.{address}", made.key),
                value: quantity(value)?,
            },
        })
    });
    let changes = candidate.diff(&state.deal)?.into_iter();
    Ok(ScenarioDto {
        scenario: made.key.clone(),
        name: candidate.name.clone(),
        origin: origin(&candidate.origin).to_owned(),
        template: super::key::template_of(&candidate.origin),
        closes: candidate.closes(),
        shortfall: own("shortfall", candidate.shortfall)?,
        cash_shortfall: own("cash_shortfall", candidate.cash_shortfall)?,
        same_as,
        shares: candidate
            .shares
            .iter()
            .map(|share| told_share(&made.key, share))
            .collect::<Result<_, _>>()?,
        instruments: instruments.collect::<Result<_, AppError>>()?,
        changes: changes
            .map(|change| ChangeDto { path: change.path, before: change.before, after: change.after })
            .collect(),
        trials: candidate.trials,
    })
}

/// The word of where a scenario comes from.
pub(super) fn origin(origin: &Origin) -> &'static str {
    match origin {
        Origin::Template(_) => "template",
        Origin::Custom => "custom",
        Origin::Optimised => "optimised",
    }
}

pub(super) fn money(key: &str, word: &str, amount: Money) -> Result<FigureDto, AppError> {
    let value = quantity(&Quantity::Money(amount))?;
    Ok(FigureDto { address: format!("scenario({key}).{word}"), value })
}

fn number(key: &str, word: &str, number: Decimal) -> Result<FigureDto, AppError> {
    let value = quantity(&Quantity::Number(number))?;
    Ok(FigureDto { address: format!("scenario({key}).{word}"), value })
}

fn told_share(key: &str, share: &Share) -> Result<ScenarioShareDto, AppError> {
    let kind = word(share.kind);
    let reasons = share.reasons.iter().map(|reason| told_reason(key, kind, reason));
    Ok(ScenarioShareDto {
        kind: kind.to_owned(),
        wished_percent: number(key, &format!("wished_percent.{kind}"), share.wished_percent)?,
        wished: money(key, &format!("wished.{kind}"), share.wished)?,
        scaled: money(key, &format!("scaled.{kind}"), share.scaled)?,
        carried: money(key, &format!("carried.{kind}"), share.carried)?,
        carried_percent: number(key, &format!("carried_percent.{kind}"), share.carried_percent)?,
        reasons: reasons.collect::<Result<_, _>>()?,
    })
}

/// The word of a reason, what it speaks of, what its collateral carries, and how many.
pub(super) fn parts_of(reason: &Reason) -> (&'static str, Option<Money>, Option<Money>, Option<u32>) {
    match reason {
        Reason::Computed { net } => ("computed", Some(*net), None, None),
        Reason::Scaled { to } => ("scaled", Some(*to), None, None),
        Reason::Kept { amount } => ("kept", Some(*amount), None, None),
        Reason::NotThere => ("not_there", None, None, None),
        Reason::TerritoriesSold { count, price } => ("territories_sold", Some(*price), None, Some(*count)),
        Reason::NothingLeftToSell { left } => ("nothing_left_to_sell", Some(*left), None, None),
        Reason::ComesThroughLoan { amount } => ("comes_through_loan", Some(*amount), None, None),
        Reason::TakenByOthers { amount } => ("taken_by_others", Some(*amount), None, None),
        Reason::PaidTooLate { amount } => ("paid_too_late", Some(*amount), None, None),
        Reason::CutToCollateral { carries, cut } => ("cut_to_collateral", Some(*cut), Some(*carries), None),
        Reason::CutToCover { cut } => ("cut_to_cover", Some(*cut), None, None),
        Reason::CutToSize { most } => ("cut_to_size", Some(*most), None, None),
        Reason::NothingUnsold => ("nothing_unsold", None, None, None),
        Reason::LentEarlier { amount } => ("lent_earlier", Some(*amount), None, None),
        Reason::Bridged { amount } => ("bridged", Some(*amount), None, None),
        Reason::NotNeeded { amount } => ("not_needed", Some(*amount), None, None),
        Reason::TakesTheRest { amount } => ("takes_the_rest", Some(*amount), None, None),
        Reason::EquityLimited { most } => ("equity_limited", Some(*most), None, None),
    }
}

fn told_reason(key: &str, kind: &str, reason: &Reason) -> Result<ScenarioReasonDto, AppError> {
    let (word, amount, carries, count) = parts_of(reason);
    let figure =
        |what: String, amount: Option<Money>| amount.map(|amount| money(key, &what, amount)).transpose();
    Ok(ScenarioReasonDto {
        reason: word.to_owned(),
        amount: figure(format!("reason.{kind}.{word}"), amount)?,
        carries: figure(format!("reason.{kind}.{word}.carries"), carries)?,
        count,
    })
}
