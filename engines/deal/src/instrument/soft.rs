//! Soft money, advances and everything that is not cash on the day.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Terms of money that is not repaid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantTerms {
    /// The fund or program, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// True when credit programs deduct it as government assistance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistance: Option<bool>,
}

/// Where a soft loan stands in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SoftLoanRank {
    /// Together with equity, in proportion.
    PariPassuWithEquity,
    /// After equity.
    AfterEquity,
    /// Before equity.
    BeforeEquity,
}

/// Terms of public money that is repaid out of receipts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SoftLoanTerms {
    /// The fund or program, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// Where it stands in the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<SoftLoanRank>,
    /// Share that must be repaid, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repayable_share: Option<Decimal>,
    /// True when credit programs deduct it as government assistance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistance: Option<bool>,
}

/// Whose fee is paid later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeferralOf {
    /// The producers'.
    #[default]
    Producer,
    /// Talent's.
    Talent,
    /// A supplier's or studio's.
    Vendor,
}

/// Terms of a fee that is paid later. Its face is a use and a source at once, never cash.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeferralTerms {
    /// Whose fee it is.
    #[serde(default)]
    pub of: DeferralOf,
    /// Budget line ids whose cost is deferred; empty means a fee on top of the lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// Premium for waiting, as a fraction of the face.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium: Option<Decimal>,
}

/// Terms of work or goods instead of money.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InKindTerms {
    /// Budget line ids it stands for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// What is given, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
}

/// Terms of an advance of the sales agent or world distributor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentAdvanceTerms {
    /// Id of the sales agency or distribution contract in the revenue plan that recoups it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Territories it covers, as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<String>,
    /// Withholding tax on the advance as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withholding: Option<Decimal>,
}
