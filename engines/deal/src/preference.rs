//! Wishes of the producer that steer comparisons, never results.

use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kinds of money a wished allocation speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AllocationKind {
    /// Equity.
    Equity,
    /// Senior loans.
    SeniorDebt,
    /// Gap loans.
    GapDebt,
    /// Mezzanine loans.
    Mezzanine,
    /// Presales and licences.
    Presales,
    /// Incentives.
    Incentives,
    /// Grants and subsidies.
    Grants,
    /// Deferrals.
    Deferrals,
}

/// One part of a wished allocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocationPart {
    /// Stable id.
    pub id: String,
    /// Which kind of money.
    pub kind: AllocationKind,
    /// Per cent of the budget, 0 to 100.
    pub percent: Decimal,
}

/// A wished shape of the stack. Its parts add up to 100 within one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<AllocationPart>,
}

/// From whose side scenarios are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Perspective {
    /// The producer's.
    Producer,
    /// The investors'.
    Equity,
    /// The lenders'.
    Lender,
    /// Everybody's alike.
    Balanced,
}

/// Wishes of the producer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// From whose side scenarios are ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perspective: Option<Perspective>,
    /// Weight of creative control, 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creative_control: Option<Decimal>,
    /// Weight of financial return, 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub financial_return: Option<Decimal>,
    /// Weight of safety, 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_mitigation: Option<Decimal>,
    /// Cash that stays on the production account as a floor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_cash: Option<Money>,
    /// Wished shapes of the stack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allocations: Vec<Allocation>,
}
