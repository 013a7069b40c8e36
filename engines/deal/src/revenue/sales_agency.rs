//! What a sales agent keeps before money reaches the collection account.

use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sales agent's contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SalesAgency {
    /// Stable id.
    pub id: String,
    /// Party id of the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// Share of gross sales, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commission: Option<Decimal>,
    /// Share of gross sales once the advance is recouped, where it differs, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commission_after_recoupment: Option<Decimal>,
    /// Expected sales expenses; absent means up to the cap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expenses: Option<Money>,
    /// The most expenses that may be recouped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expense_cap: Option<Money>,
    /// Instrument id of the advance that it recoups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advance: Option<String>,
}
