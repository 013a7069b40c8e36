//! Each rule, held against the facts.

use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::facts::{Facts, LenderTest};
use super::{Amount, Cure, Rule};
use crate::measure::{Measure, Told, Unknown};

/// What is off, before it is known whose rule it is.
pub(super) struct Broken {
    pub at: Option<String>,
    pub by: Amount,
    pub excess: f64,
    pub cure: Cure,
}

impl Rule {
    /// Whether its limits are numbers that can be kept to.
    pub(super) fn has_limits(&self) -> bool {
        match self {
            Self::Closes | Self::CashNeverBelowZero | Self::LenderTest { .. } => true,
            Self::EquityAtLeast { share }
            | Self::DebtAtMost { share }
            | Self::GapAtMost { share }
            | Self::GapNeedsPresales { share }
            | Self::AidAtMost { share } => !share.is_sign_negative(),
            Self::CoProducerShare { least, most } => !least.is_sign_negative() && least <= most,
            Self::AtLeast { value, .. } | Self::AtMost { value, .. } => value.is_finite(),
        }
    }
}

/// What breaks a rule: nothing, one thing, or several.
pub(super) fn broken(facts: &Facts, rule: &Rule) -> Told<Vec<Broken>> {
    let one = |broken: Option<Broken>| broken.into_iter().collect::<Vec<_>>();
    match rule {
        Rule::Closes => Ok(one(open(facts, facts.missing.clone()?, |amount| Cure::FindMoney { amount })?)),
        Rule::CashNeverBelowZero => {
            Ok(one(open(facts, facts.lowest.clone()?, |amount| Cure::BridgeMoney { amount })?))
        }
        Rule::LenderTest { test } => tests(facts, test),
        Rule::EquityAtLeast { share } => {
            let least = part(facts, *share)?;
            let cure = |amount| Cure::MoreEquity { amount };
            Ok(one(beyond(least, facts.equity.clone()?, least, cure)?))
        }
        Rule::DebtAtMost { share } => {
            let most = part(facts, *share)?;
            let cure = |amount| Cure::BorrowLess { instrument: None, amount };
            Ok(one(beyond(facts.debt.clone()?, most, most, cure)?))
        }
        Rule::GapAtMost { share } => {
            let most = part(facts, *share)?;
            let cure = |amount| Cure::BorrowLess { instrument: None, amount };
            Ok(one(beyond(facts.gap.clone()?, most, most, cure)?))
        }
        Rule::GapNeedsPresales { share } => Ok(one(presold(facts, *share)?)),
        Rule::CoProducerShare { least, most } => Ok(shares(facts, *least, *most)),
        Rule::AidAtMost { share } => {
            let most = part(facts, *share)?;
            Ok(one(beyond(facts.aid.clone()?, most, most, |amount| Cure::LessAid { amount })?))
        }
        Rule::AtLeast { measure, value } => measured(facts, *measure, |told| value - told, *value).map(one),
        Rule::AtMost { measure, value } => measured(facts, *measure, |told| told - value, *value).map(one),
    }
}

fn arithmetic(why: impl ToString) -> Unknown {
    Unknown::Missing { what: "constraints".to_owned(), why: why.to_string() }
}

/// A share of the budget, to the cent.
fn part(facts: &Facts, share: Decimal) -> Told<Money> {
    facts.budget.clone()?.scale(share, Rounding::HalfUp).map_err(arithmetic)
}

/// How much one amount is above another, in parts of a limit.
fn beyond(high: Money, low: Money, limit: Money, cure: impl Fn(Money) -> Cure) -> Told<Option<Broken>> {
    let over = high.checked_sub(low).map_err(arithmetic)?;
    if !over.is_positive() {
        return Ok(None);
    }
    // Against a limit of nothing, a unit of money is a part of one.
    let excess = over.to_f64() / limit.to_f64().abs().max(1.0);
    Ok(Some(Broken { at: None, by: Amount::Money(over), excess, cure: cure(over) }))
}

/// Money that is missing, in parts of the budget; what roundings leave is not missing.
fn open(facts: &Facts, missing: Money, cure: impl Fn(Money) -> Cure) -> Told<Option<Broken>> {
    const ROUNDING: i64 = 2;
    if missing.minor() <= ROUNDING {
        return Ok(None);
    }
    beyond(missing, Money::zero(missing.currency()), facts.budget.clone()?, cure)
}

fn presold(facts: &Facts, share: Decimal) -> Told<Option<Broken>> {
    let (gap, presales) = (facts.gap.clone()?, facts.presales.clone()?);
    if gap.is_zero() {
        return Ok(None);
    }
    // Some, at the least: a minor unit.
    let asked = gap.scale(share, Rounding::Up).map_err(arithmetic)?;
    let asked = Money::new(asked.minor().max(1), asked.currency());
    let broken = beyond(asked, presales, asked, |amount| Cure::SellInAdvance { amount })?;
    // What nothing was sold for stands on nothing, however little would do.
    Ok(broken.map(|broken| Broken {
        excess: broken.excess.min(1.0).max(if presales.is_zero() { 1.0 } else { 0.0 }),
        ..broken
    }))
}

fn shares(facts: &Facts, least: Decimal, most: Decimal) -> Vec<Broken> {
    let broken = |(instrument, share): &(String, Decimal)| {
        let off = if *share < least { least - share } else { most - share };
        let off_limits = *share < least || *share > most;
        off_limits.then(|| Broken {
            at: Some(format!("instruments[{instrument}].terms.cost_share")),
            by: Amount::Ratio(off.abs()),
            excess: off.abs().to_f64().unwrap_or(1.0),
            cure: Cure::MoveShare { instrument: instrument.clone(), share: off },
        })
    };
    facts.co_producers.iter().filter_map(broken).collect()
}

/// Tests of a name that are not met; one that cannot be computed makes the rule untold.
fn tests(facts: &Facts, name: &str) -> Told<Vec<Broken>> {
    let mut broken = Vec::new();
    for test in facts.tests.iter().filter(|test| test.test == name) {
        match test.met {
            Some(true) => {}
            Some(false) => broken.push(failed(test)?),
            None => {
                return Err(Unknown::Missing {
                    what: test.path.clone(),
                    why: format!("{name} is not computed"),
                });
            }
        }
    }
    Ok(broken)
}

fn failed(test: &LenderTest) -> Told<Broken> {
    let (ratio, required) = (test.ratio.clone()?, test.required.clone()?);
    let off = (required - ratio).abs();
    let excess =
        off.checked_div(required.abs().max(Decimal::ONE)).and_then(|part| part.to_f64()).unwrap_or(1.0);
    let by = if test.in_days { Amount::Days(off) } else { Amount::Ratio(off) };
    let cure = match (&test.instrument, test.principal) {
        (Some(instrument), _) if test.in_days => Cure::DueLater { instrument: instrument.clone(), days: off },
        (Some(instrument), Some(principal)) => {
            let share = if test.at_least { ratio.checked_div(required) } else { required.checked_div(ratio) };
            let carried = share.and_then(|share| principal.scale(share, Rounding::Floor).ok());
            let less = carried.and_then(|carried| principal.checked_sub(carried).ok());
            less.map_or(Cure::AnotherStack, |amount| Cure::BorrowLess {
                instrument: Some(instrument.clone()),
                amount,
            })
        }
        _ => Cure::AnotherStack,
    };
    // A test that is not met is off, even where its figures round to the same.
    Ok(Broken { at: Some(test.path.clone()), by, excess: excess.max(f64::EPSILON), cure })
}

fn measured(facts: &Facts, measure: Measure, off: impl Fn(f64) -> f64, limit: f64) -> Told<Option<Broken>> {
    let off = off(facts.measures.value(measure)?);
    let scale = if limit == 0.0 { 1.0 } else { limit.abs() };
    Ok((off > 0.0).then(|| Broken {
        at: Some(measure.key().to_owned()),
        by: Amount::Measured(off),
        excess: off / scale,
        cure: Cure::AnotherStack,
    }))
}
