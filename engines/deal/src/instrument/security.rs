//! What stands behind an instrument and what must be there before it may be drawn.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::milestone::DueDate;

/// Something money is lent against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Collateral {
    /// An incentive claim, by id.
    Claim(String),
    /// The unpaid price of a contract in the stack (licence, presale), by instrument id.
    Instrument(String),
    /// One source of the revenue plan, by id.
    Source(String),
    /// The take estimates of all territories that are not sold.
    UnsoldTerritories,
    /// Everything the production company owns.
    AllAssets,
}

/// What an instrument is secured on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// Stable id.
    pub id: String,
    /// The collateral.
    pub over: Collateral,
    /// Rank of the charge, 1 first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
}

/// What must be there before money may be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ConditionPrecedent")]
pub struct Condition {
    /// Stable id.
    pub id: String,
    /// In words.
    pub text: String,
    /// Whether it is met. False without an expected day keeps the money out of the cash flow; absent without one
    /// means that it is met when the financing closes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met: Option<bool>,
    /// When it is expected to be met, where it is not met yet: no money of the instrument comes before that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<DueDate>,
    /// The paper that proves it, in words, such as "executed completion guarantee".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Party id of who has to see to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}
