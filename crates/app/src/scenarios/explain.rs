//! Why a figure of a scenario is what it is.

use std::sync::Arc;

use recoup_deal::Terms;
use recoup_explain::Quantity;
use recoup_money::Money;
use recoup_scenarios::{Measure, Share};
use rust_decimal::Decimal;

use super::evaluated::value_of;
use super::key::{Asked, kind_of};
use super::made::{Made, made_of};
use super::{templates, told};
use crate::figures::{explained, quantity, readdress};
use crate::state::State;
use crate::wire::{LeafDto, TreeDto};
use crate::{AppError, ErrorCode};

/// Why a figure of a scenario is what it is; none for any other figure.
pub(crate) fn explained_scenario(state: &State, asked: &str) -> Option<Result<TreeDto, AppError>> {
    let (key, within) = asked.strip_prefix("scenario(")?.split_once(").")?;
    Some(found(state, key).and_then(|made| explained_of(state, &made, within, asked)))
}

/// A scenario by its key: as it was made, else made again.
pub(super) fn found(state: &State, key: &str) -> Result<Arc<Made>, AppError> {
    if let Some(known) = state.scenarios.find(key) {
        return Ok(known);
    }
    let asked = Asked::read(&templates()?, key).ok_or_else(|| nowhere(&format!("scenario({key})")))?;
    made_of(state, &[asked])?.pop().ok_or_else(|| nowhere(&format!("scenario({key})")))
}

pub(super) fn nowhere(address: &str) -> AppError {
    AppError::new(ErrorCode::NotFound, "There is no figure at this address.").with("address", address)
}

fn explained_of(state: &State, made: &Made, within: &str, asked: &str) -> Result<TreeDto, AppError> {
    if let Some(address) = within.strip_prefix("in.") {
        return inside(made, address);
    }
    if let Some(drawn) = within.strip_prefix("paths(") {
        return drawn_of(state, made, drawn, asked);
    }
    let candidate = made.candidate().ok_or_else(|| nowhere(asked))?;
    match within {
        "shortfall" => return sum(asked, candidate.shortfall, vec![inside(made, "closing.difference")?]),
        "cash_shortfall" => {
            return sum(asked, candidate.cash_shortfall, lowest(made)?);
        }
        _ => {}
    }
    let (word, rest) = within.split_once('.').ok_or_else(|| nowhere(asked))?;
    let (kind, reason) = rest.split_once('.').map_or((rest, None), |(kind, reason)| (kind, Some(reason)));
    let kind = kind_of(kind).ok_or_else(|| nowhere(asked))?;
    let share = candidate.shares.iter().find(|share| share.kind == kind).ok_or_else(|| nowhere(asked))?;
    match (word, reason) {
        ("wished_percent", None) => wished_percent(asked, share),
        ("wished", None) => {
            let inputs = vec![
                wished_percent(&format!("scenario({}).wished_percent.{rest}", made.key), share)?,
                explained(state.outcome()?, "budget.total")?,
            ];
            operation(asked, Quantity::Money(share.wished), "product", inputs)
        }
        ("scaled", None) => scaled(state, made, share, asked),
        ("carried", None) => carried(made, share, asked),
        ("carried_percent", None) => {
            let carried = carried(made, share, &format!("scenario({}).carried.{rest}", made.key))?;
            let inputs = vec![carried, inside(made, "closing.uses")?];
            operation(asked, Quantity::Number(share.carried_percent), "quotient", inputs)
        }
        ("reason", Some(reason)) => reason_of(state, made, share, reason, asked),
        _ => Err(nowhere(asked)),
    }
}

/// A measure: how it was drawn, and the figures of the exact run that it rests on.
fn drawn_of(state: &State, made: &Made, within: &str, asked: &str) -> Result<TreeDto, AppError> {
    let (drawn, word) = within.split_once(").").ok_or_else(|| nowhere(asked))?;
    let (paths, seed) = drawn.split_once(',').ok_or_else(|| nowhere(asked))?;
    let (Ok(paths), Ok(seed)) = (paths.parse::<u64>(), seed.parse::<u64>()) else {
        return Err(nowhere(asked));
    };
    let measures = state.scenarios.worth(&made.key, paths, seed).ok_or_else(|| nowhere(asked))?;
    let measure = Measure::of_key(word).ok_or_else(|| nowhere(asked))?;
    let mut inputs: Vec<TreeDto> =
        grounds(made, measure).iter().filter_map(|address| inside(made, address).ok()).collect();
    if is_drawn(measure) {
        let source = format!("{paths} paths drawn from seed {seed} by scrambled Sobol' points");
        inputs.push(TreeDto {
            address: None,
            value: quantity(&Quantity::Number(Decimal::from(paths)))?,
            operation: None,
            rounding: None,
            leaf: Some(LeafDto::Assumption { path: "risk".to_owned(), source }),
            inputs: Vec::new(),
            folded: 0,
        });
    }
    Ok(TreeDto {
        address: Some(asked.to_owned()),
        value: value_of(&measures, measure)?,
        operation: Some("measured".to_owned()),
        rounding: None,
        leaf: None,
        inputs,
        folded: 0,
    })
}

fn is_drawn(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::CostOfCapital
            | Measure::EquityIrrP10
            | Measure::EquityIrrP50
            | Measure::RecoupmentChance
            | Measure::SeniorRecovery
            | Measure::ExpectedShortfall
    )
}

/// Figures of the exact run that a measure rests on, or is on paths what they are in the base case.
fn grounds(made: &Made, measure: Measure) -> Vec<String> {
    let deal = made.deal();
    let of = |kinds: fn(&Terms) -> bool, word: &str, head: &str| -> Vec<String> {
        let given = deal.instruments.iter().filter(|one| kinds(&one.terms));
        let mut parties: Vec<String> = given.filter_map(|one| one.provider.clone()).collect();
        parties.sort();
        parties.dedup();
        parties.into_iter().map(|party| format!("{head}.{party}.{word}")).collect()
    };
    let equity = |word: &str| of(Terms::is_equity, word, "returns");
    let debt = |word: &str| of(Terms::is_debt, word, "returns");
    match measure {
        Measure::Closes | Measure::Shortfall => vec!["closing.difference".to_owned()],
        Measure::NetIncentives => vec!["incentives.net".to_owned()],
        Measure::EffectiveIncentiveRate => vec!["incentives.net".to_owned(), "budget.total".to_owned()],
        Measure::CostOfCapital | Measure::AllInCost => {
            [equity("received"), equity("invested"), debt("received"), debt("invested")].concat()
        }
        Measure::EquityIrrBase | Measure::EquityIrrP10 | Measure::EquityIrrP50 => equity("irr"),
        Measure::RecoupmentChance => equity("received"),
        Measure::ExpectedShortfall => equity("multiple"),
        Measure::SeniorRecovery => debt("received"),
        Measure::GapCoverage => {
            let gaps = deal.instruments.iter().filter(|one| matches!(one.terms, Terms::GapLoan(_)));
            gaps.map(|one| format!("capital.{}.cover", one.id)).collect()
        }
        Measure::PeakCashShortfall => vec!["capital.peak_funding".to_owned()],
        Measure::RetainedOwnership
        | Measure::BackendShare
        | Measure::Ownership
        | Measure::Control
        | Measure::Optionality
        | Measure::Friction => Vec::new(),
    }
}

fn inside(made: &Made, address: &str) -> Result<TreeDto, AppError> {
    let mut tree = explained(&made.outcome, address)?;
    readdress(&mut tree, &format!("scenario({})", made.key));
    Ok(tree)
}

fn operation(
    address: &str,
    value: Quantity,
    operation: &str,
    inputs: Vec<TreeDto>,
) -> Result<TreeDto, AppError> {
    Ok(TreeDto {
        address: Some(address.to_owned()),
        value: quantity(&value)?,
        operation: Some(operation.to_owned()),
        rounding: None,
        leaf: None,
        inputs,
        folded: 0,
    })
}

fn sum(address: &str, amount: Money, inputs: Vec<TreeDto>) -> Result<TreeDto, AppError> {
    operation(address, Quantity::Money(amount), "solved", inputs)
}

/// The month with the lowest cash.
fn lowest(made: &Made) -> Result<Vec<TreeDto>, AppError> {
    let book = &made.outcome.book;
    let months = made.outcome.capital.iter().flat_map(|capital| &capital.cash_flow.months);
    let lowest = months
        .filter_map(|month| Some((book.value(month.closing).as_money()?.minor(), month)))
        .min_by_key(|(cash, _)| *cash);
    let address = lowest.and_then(|(_, month)| book.address(month.closing));
    address.map(|address| inside(made, address)).into_iter().collect()
}

/// A wish is nobody's figure: its leaf says where it comes from.
fn wished_percent(address: &str, share: &Share) -> Result<TreeDto, AppError> {
    let source = templates()?;
    Ok(TreeDto {
        address: Some(address.to_owned()),
        value: quantity(&Quantity::Number(share.wished_percent))?,
        operation: None,
        rounding: None,
        leaf: Some(LeafDto::Assumption {
            path: "preferences.allocations".to_owned(),
            source: format!("{} ({})", source.source, source.reviewed),
        }),
        inputs: Vec::new(),
        folded: 0,
    })
}

/// What is left of a wish: the budget less incentives and what is there already, by the wished shares.
fn scaled(state: &State, made: &Made, share: &Share, asked: &str) -> Result<TreeDto, AppError> {
    let word = super::key::word(share.kind);
    let mut inputs = vec![
        explained(state.outcome()?, "budget.total")?,
        inside(made, "incentives.net")?,
        wished_percent(&format!("scenario({}).wished_percent.{word}", made.key), share)?,
    ];
    let kept = made.deal().instruments.iter().filter(|one| {
        state.deal.instruments.iter().any(|known| known.id == one.id && known.amount == one.amount)
    });
    for one in kept {
        let address = format!("capital.{}.principal", one.id);
        inputs.extend(explained(state.outcome()?, &address).ok());
    }
    operation(asked, Quantity::Money(share.scaled), "apportion", inputs)
}

/// The rows of the closing table that are money of a kind.
fn carried(made: &Made, share: &Share, asked: &str) -> Result<TreeDto, AppError> {
    let rows = made.candidate().map(|candidate| candidate.rows_of(share.kind)).unwrap_or_default();
    let inputs = rows.iter().filter_map(|id| inside(made, &format!("closing.source.{id}")).ok()).collect();
    operation(asked, Quantity::Money(share.carried), "sum", inputs)
}

fn reason_of(
    state: &State,
    made: &Made,
    share: &Share,
    reason: &str,
    asked: &str,
) -> Result<TreeDto, AppError> {
    let (word, part) = reason.split_once('.').map_or((reason, None), |(word, part)| (word, Some(part)));
    let known = share.reasons.iter().map(told::parts_of).find(|known| known.0 == word);
    let (_, amount, carries, _) = known.ok_or_else(|| nowhere(asked))?;
    let amount = if part == Some("carries") { carries } else { amount };
    let amount = amount.ok_or_else(|| nowhere(asked))?;
    let kind = super::key::word(share.kind);
    let inputs = vec![
        scaled(state, made, share, &format!("scenario({}).scaled.{kind}", made.key))?,
        carried(made, share, &format!("scenario({}).carried.{kind}", made.key))?,
    ];
    operation(asked, Quantity::Money(amount), "difference", inputs)
}
