//! Cost on top of the lines: what the financing itself asks for.

use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::budget::SpendShare;
use crate::milestone::Milestone;

/// What the cost is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CostKind {
    /// Fee of the completion guarantor.
    CompletionBond,
    /// Lawyers of the financing.
    Legal,
    /// Audit of a credit claim.
    CreditAudit,
    /// Filing and certification fees of a program.
    FilingFee,
    /// Opening the collection account.
    CollectionAccount,
    /// Production insurance and errors and omissions.
    Insurance,
    /// The production company's overhead.
    Overhead,
    /// Money set aside for interest.
    InterestReserve,
    /// Anything else.
    Other,
}

/// What a cost that is a share is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CostBase {
    /// The sum of the lines.
    Lines,
    /// The lines and the contingency.
    LinesAndContingency,
    /// What the guarantor bonds: the budget less bond, financing costs and contingency.
    BondedBudget,
}

/// How much a cost is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CostAmount {
    /// A typed amount.
    Fixed(Money),
    /// A share of a base.
    ShareOf(CostShare),
}

/// A share of a base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostShare {
    /// Of what.
    pub base: CostBase,
    /// How much of it, 0 to 1.
    pub share: Decimal,
}

/// One cost on top of the lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinancingCost {
    /// Stable id.
    pub id: String,
    /// What it is for.
    pub kind: CostKind,
    /// In the producer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How much; absent means it is known to come but not yet how much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<CostAmount>,
    /// When it is paid; absent means at financial close.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Milestone>,
    /// Party id of who is paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payee: Option<String>,
    /// Where it is spent; empty means outside every program.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spend: Vec<SpendShare>,
}
