//! How much an instrument gives: typed, or by a rule over other parts of the deal.

use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::security::Collateral;

/// How much an instrument gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AmountRule {
    /// A typed amount.
    Fixed(Money),
    /// Advances against collateral, added up: 87.5 % of an estimated credit, 95 % of a contract.
    Advance(Advance),
    /// A share of the budget.
    ShareOfBudget(BudgetShare),
    /// Whatever the other sources leave open.
    Remainder(Remainder),
}

/// Advances against collateral, added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// One part for each piece of collateral.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<AdvancePart>,
    /// The most that is advanced in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Money>,
}

/// The advance against one piece of collateral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvancePart {
    /// Stable id.
    pub id: String,
    /// Against what.
    pub against: Collateral,
    /// Share of it that is advanced, 0 to 1.
    pub share: Decimal,
}

/// A share of the budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetShare {
    /// Share of the whole budget (`budget.total`: lines, contingency and the costs it names), 0 to 1.
    pub share: Decimal,
}

/// Whatever the other sources leave open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remainder {
    /// The most it may be; absent means without limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
}
