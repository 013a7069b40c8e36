//! Money at risk for a share of the film.

use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Terms of an equity investment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EquityTerms {
    /// Flat premium over the investment, as a fraction of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium: Option<Decimal>,
    /// Annual preferred return as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_return: Option<Decimal>,
    /// Share of the copyright or company, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Decimal>,
    /// Share of net profits, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profit_share: Option<Decimal>,
    /// Name of the class, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Share of what the investment recoups that is paid to another party, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_share: Option<Decimal>,
    /// Party id that receives the assigned share, such as a producer's restricted account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_to: Option<String>,
    /// True when it votes on creative or business matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals: Option<bool>,
}

/// Terms of a co-producer's part of the cost.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContributionTerms {
    /// Where the co-producer brings the money from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
    /// Share of the cost the co-producer answers for, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_share: Option<Decimal>,
    /// Territories it keeps for itself, as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<String>,
    /// Share of net profits, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profit_share: Option<Decimal>,
}

/// Terms of money that buys a tax relief.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxShelterTerms {
    /// The scheme, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// Annual return promised to the investor as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised_return: Option<Decimal>,
    /// Spend the scheme asks for in its country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_spend: Option<Money>,
    /// True when the investor also recoups out of receipts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recoups: Option<bool>,
}
