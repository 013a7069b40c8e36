//! What the film may earn, through whom, and when.

mod distribution;
mod profile;
mod sales_agency;
mod source;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use distribution::{DistributionContract, Expenses, Overage, PrintsAndAds, WindowFee};
pub use profile::{ProfileStep, TimingProfile};
pub use sales_agency::SalesAgency;
pub use source::{Estimate, RevenueSource, SourceBasis, SourceStart};

/// How often the collection account reports.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementRhythm {
    /// Years of quarterly statements; absent means two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quarterly_years: Option<u32>,
    /// Years of half-yearly statements after that; absent means three. Yearly after these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_yearly_years: Option<u32>,
}

/// What the film may earn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevenuePlan {
    /// Territories and windows that bring money.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<RevenueSource>,
    /// Distributors and what they keep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub distribution: Vec<DistributionContract>,
    /// Agents who sell territories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sales_agencies: Vec<SalesAgency>,
    /// How often the collection account reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statements: Option<StatementRhythm>,
    /// Years of exploitation that are modelled after the first release; absent means ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon_years: Option<u32>,
}
