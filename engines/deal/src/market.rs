//! Rates of the money market that the deal refers to.

use recoup_calendar::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A base rate from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatePoint {
    /// Stable id.
    pub id: String,
    /// First day of the rate.
    pub from: Date,
    /// Annual rate as a fraction.
    pub rate: Decimal,
}

/// A base rate over which margins are quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaseRate {
    /// Stable id, such as `prime-cad`.
    pub id: String,
    /// Name.
    pub name: String,
    /// The rate from day to day, in order of time; the last holds on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<RatePoint>,
    /// Where it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What the lenders of this deal ask for, where that is not what is usual.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LenderLimits {
    /// Net estimates of what is unsold over what the gap loan will owe, at least; such as 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_cover: Option<Decimal>,
    /// All gap loans over the budget, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_to_budget: Option<Decimal>,
    /// A loan on credits over the credits, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_advance: Option<Decimal>,
    /// The net price of contracts over the loan on them, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract_cover: Option<Decimal>,
    /// All loans over everything they are secured on, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loan_to_value: Option<Decimal>,
    /// Contingency over the budget lines where there is a bond, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contingency: Option<Decimal>,
    /// Days from the last cash of what a loan is secured on to the day it is due, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_after_cash: Option<u32>,
}

/// Rates that the deal refers to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// Annual rate at which net present values are taken, as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv_rate: Option<Decimal>,
    /// Base rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base_rates: Vec<BaseRate>,
    /// What its lenders ask for.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub limits: LenderLimits,
}

fn is_usual(limits: &LenderLimits) -> bool {
    *limits == LenderLimits::default()
}
