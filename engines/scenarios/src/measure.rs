//! What one scenario is worth to its readers.
//!
//! Every measure has a key that never changes, a unit and a direction. A value that cannot be told has a reason; nobody
//! reads zero in its place.

use std::fmt;

use recoup_money::Money;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a measure has no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Unknown {
    /// Nobody asked for it, for example a quantile where no paths were run.
    #[error("not computed")]
    NotComputed,
    /// The scenario has no money of the kind that is measured.
    #[error("there is no {kind} in the stack")]
    NoSuchMoney {
        /// The kind of money, such as `equity` or `gap_loan`.
        kind: String,
    },
    /// The flows have no rate of return.
    #[error("{why}")]
    NoRate {
        /// Why, in the words of the returns engine.
        why: String,
    },
    /// Too many paths have no defined value.
    #[error("withheld: the value is undefined in {share} of the paths")]
    Withheld {
        /// Their share, 0 to 1.
        share: String,
    },
    /// A figure it is made of is missing.
    #[error("{what} is not known: {why}")]
    Missing {
        /// Address of the figure or path of the cell.
        what: String,
        /// Why it is missing.
        why: String,
    },
}

/// A value, or why there is none.
pub type Told<T> = Result<T, Unknown>;

/// A probability that was counted on paths.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// The share of the paths, 0 to 1.
    pub share: f64,
    /// Its standard error.
    pub error: f64,
}

/// What one scenario is worth. Shares and rates are fractions: 0.25 is 25 %.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// Whether sources equal uses, and the account is never below zero.
    pub closes: bool,
    /// Uses that no source pays for, in the deal's currency; zero where it closes.
    pub shortfall: Told<Money>,
    /// Public money after tax and the costs of getting it, in the deal's currency.
    pub net_incentives: Told<Money>,
    /// Net incentives over the budget.
    pub effective_incentive_rate: Told<Decimal>,
    /// The annual rate at which the expected flows of all financiers have a present value of zero.
    pub cost_of_capital: Told<f64>,
    /// Interest, fees, premiums and preferred returns over the money raised: simple, not by the year.
    pub all_in_cost: Told<Decimal>,
    /// Share of the copyright the producer keeps.
    pub retained_ownership: Told<Decimal>,
    /// Share of the net profits the producer keeps.
    pub backend_share: Told<Decimal>,
    /// Annual return of the equity, drivers at their base.
    pub equity_irr_base: Told<f64>,
    /// The return of the equity that one path in ten falls short of. Total losses count as −1.
    pub equity_irr_p10: Told<f64>,
    /// The return of the equity that half of the paths fall short of.
    pub equity_irr_p50: Told<f64>,
    /// How often the equity has its money back.
    pub recoupment_chance: Told<Chance>,
    /// Mean share of what senior lenders are owed that they receive, at most 1.
    pub senior_recovery: Told<Decimal>,
    /// Mean multiple of the equity in the worst 5 % of the paths.
    pub expected_shortfall: Told<f64>,
    /// Net estimates of unsold territories over the gap loan with interest and fees; 2 is 200 %.
    pub gap_coverage: Told<Decimal>,
    /// How far the production account falls below zero at the worst, in the deal's currency; zero where it never does.
    pub peak_cash_shortfall: Told<Money>,
    /// How much of the rights stays with the producer, 0 to 100.
    pub ownership: Told<Decimal>,
    /// How much the producer decides alone, 0 to 100.
    pub control: Told<Decimal>,
    /// How many ways stay open, 0 to 100.
    pub optionality: Told<Decimal>,
    /// How much has to be agreed with others, 0 to 100.
    pub friction: Told<Decimal>,
}

/// What a measure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Yes or no: 1 or 0.
    Truth,
    /// Major units of the deal's currency.
    Money,
    /// A share of a whole as a fraction.
    Share,
    /// A rate by the year as a fraction.
    AnnualRate,
    /// Times.
    Multiple,
    /// Points from 0 to 100.
    Points,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

impl Direction {
    /// The value so that more is better.
    pub fn gain(self, value: f64) -> f64 {
        match self {
            Self::Higher => value,
            Self::Lower => -value,
        }
    }
}

/// Something a scenario is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Whether it closes.
    Closes,
    /// Uses without a source.
    Shortfall,
    /// Public money, net.
    NetIncentives,
    /// Net incentives over the budget.
    EffectiveIncentiveRate,
    /// What all financiers cost by the year.
    CostOfCapital,
    /// What they cost in all, over the money raised.
    AllInCost,
    /// Copyright the producer keeps.
    RetainedOwnership,
    /// Net profits the producer keeps.
    BackendShare,
    /// Return of the equity, drivers at their base.
    EquityIrrBase,
    /// Return of the equity, one path in ten worse.
    EquityIrrP10,
    /// Return of the equity, half of the paths worse.
    EquityIrrP50,
    /// How often the equity has its money back.
    RecoupmentChance,
    /// What senior lenders get of what they are owed.
    SeniorRecovery,
    /// Multiple of the equity in the worst paths.
    ExpectedShortfall,
    /// Unsold estimates over the gap loan.
    GapCoverage,
    /// How far the account falls below zero.
    PeakCashShortfall,
    /// Rights that stay with the producer.
    Ownership,
    /// Decisions that stay with the producer.
    Control,
    /// Ways that stay open.
    Optionality,
    /// What has to be agreed with others.
    Friction,
}

impl Measure {
    /// Every measure, in the order in which they are shown.
    pub const ALL: [Self; 20] = [
        Self::Closes,
        Self::Shortfall,
        Self::NetIncentives,
        Self::EffectiveIncentiveRate,
        Self::CostOfCapital,
        Self::AllInCost,
        Self::RetainedOwnership,
        Self::BackendShare,
        Self::EquityIrrBase,
        Self::EquityIrrP10,
        Self::EquityIrrP50,
        Self::RecoupmentChance,
        Self::SeniorRecovery,
        Self::ExpectedShortfall,
        Self::GapCoverage,
        Self::PeakCashShortfall,
        Self::Ownership,
        Self::Control,
        Self::Optionality,
        Self::Friction,
    ];

    /// The word used in files and addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Closes => "closes",
            Self::Shortfall => "shortfall",
            Self::NetIncentives => "net_incentives",
            Self::EffectiveIncentiveRate => "effective_incentive_rate",
            Self::CostOfCapital => "cost_of_capital",
            Self::AllInCost => "all_in_cost",
            Self::RetainedOwnership => "retained_ownership",
            Self::BackendShare => "backend_share",
            Self::EquityIrrBase => "equity_irr_base",
            Self::EquityIrrP10 => "equity_irr_p10",
            Self::EquityIrrP50 => "equity_irr_p50",
            Self::RecoupmentChance => "recoupment_chance",
            Self::SeniorRecovery => "senior_recovery",
            Self::ExpectedShortfall => "expected_shortfall",
            Self::GapCoverage => "gap_coverage",
            Self::PeakCashShortfall => "peak_cash_shortfall",
            Self::Ownership => "ownership",
            Self::Control => "control",
            Self::Optionality => "optionality",
            Self::Friction => "friction",
        }
    }

    /// The measure with a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.key() == key)
    }

    /// What it is counted in.
    pub fn unit(self) -> Unit {
        match self {
            Self::Closes => Unit::Truth,
            Self::Shortfall | Self::NetIncentives | Self::PeakCashShortfall => Unit::Money,
            Self::EffectiveIncentiveRate
            | Self::AllInCost
            | Self::RetainedOwnership
            | Self::BackendShare
            | Self::RecoupmentChance
            | Self::SeniorRecovery => Unit::Share,
            Self::CostOfCapital | Self::EquityIrrBase | Self::EquityIrrP10 | Self::EquityIrrP50 => {
                Unit::AnnualRate
            }
            Self::ExpectedShortfall | Self::GapCoverage => Unit::Multiple,
            Self::Ownership | Self::Control | Self::Optionality | Self::Friction => Unit::Points,
        }
    }

    /// Which way is better for the producer's side. A financier's return is the producer's cost; it is measured by
    /// [`Measure::CostOfCapital`].
    pub fn direction(self) -> Direction {
        match self {
            Self::Shortfall
            | Self::CostOfCapital
            | Self::AllInCost
            | Self::PeakCashShortfall
            | Self::Friction => Direction::Lower,
            Self::Closes
            | Self::NetIncentives
            | Self::EffectiveIncentiveRate
            | Self::RetainedOwnership
            | Self::BackendShare
            | Self::EquityIrrBase
            | Self::EquityIrrP10
            | Self::EquityIrrP50
            | Self::RecoupmentChance
            | Self::SeniorRecovery
            | Self::ExpectedShortfall
            | Self::GapCoverage
            | Self::Ownership
            | Self::Control
            | Self::Optionality => Direction::Higher,
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.key())
    }
}

impl Measures {
    /// A measure as a number in its unit, to compare and to draw; or why there is none.
    ///
    /// # Errors
    /// The reason why the measure has no value.
    pub fn value(&self, measure: Measure) -> Result<f64, Unknown> {
        let money = |told: &Told<Money>| told.clone().map(|amount| amount.to_f64());
        let told = match measure {
            Measure::Closes => Ok(f64::from(u8::from(self.closes))),
            Measure::Shortfall => money(&self.shortfall),
            Measure::NetIncentives => money(&self.net_incentives),
            Measure::EffectiveIncentiveRate => number(&self.effective_incentive_rate),
            Measure::CostOfCapital => self.cost_of_capital.clone(),
            Measure::AllInCost => number(&self.all_in_cost),
            Measure::RetainedOwnership => number(&self.retained_ownership),
            Measure::BackendShare => number(&self.backend_share),
            Measure::EquityIrrBase => self.equity_irr_base.clone(),
            Measure::EquityIrrP10 => self.equity_irr_p10.clone(),
            Measure::EquityIrrP50 => self.equity_irr_p50.clone(),
            Measure::RecoupmentChance => self.recoupment_chance.clone().map(|chance| chance.share),
            Measure::SeniorRecovery => number(&self.senior_recovery),
            Measure::ExpectedShortfall => self.expected_shortfall.clone(),
            Measure::GapCoverage => number(&self.gap_coverage),
            Measure::PeakCashShortfall => money(&self.peak_cash_shortfall),
            Measure::Ownership => number(&self.ownership),
            Measure::Control => number(&self.control),
            Measure::Optionality => number(&self.optionality),
            Measure::Friction => number(&self.friction),
        };
        // A value that is no number is none, whoever computed it.
        told.and_then(|value| if value.is_finite() { Ok(value) } else { Err(Unknown::NotComputed) })
    }
}

fn number(told: &Told<Decimal>) -> Told<f64> {
    told.clone().and_then(|value| value.to_f64().ok_or(Unknown::NotComputed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_back_to_their_measure_and_are_those_of_files() {
        for measure in Measure::ALL {
            assert_eq!(Measure::of_key(measure.key()), Some(measure));
            let written = serde_json::to_value(measure).expect("a word");
            assert_eq!(written, measure.key());
        }
    }
}
