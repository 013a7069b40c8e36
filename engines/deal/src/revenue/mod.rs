//! What the film may earn, through whom, and when.

mod distribution;
mod profile;
mod sales_agency;
mod source;
mod territory;
mod ultimate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use distribution::{DistributionContract, Expenses, Holdback, Overage, PrintsAndAds, WindowFee};
pub use profile::{ProfileStep, TimingProfile};
pub use sales_agency::SalesAgency;
pub use source::{Estimate, RevenueSource, SourceBasis, SourceStart};
pub use territory::{WORLD, common_territory};
pub use ultimate::{RevenueCase, Ultimate, UltimatePart};

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
    /// The case that is computed; absent means the base case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<RevenueCase>,
    /// Totals that are shared out among sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ultimates: Vec<Ultimate>,
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
    /// Years of exploitation that are modelled after the first release, or after the final delivery of a work
    /// that has none; absent means ten. What would be paid later is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon_years: Option<u32>,
}

impl RevenuePlan {
    /// The case that is computed.
    pub fn computed_case(&self) -> RevenueCase {
        self.case.unwrap_or(RevenueCase::Base)
    }

    /// The ultimate that a source has a part of; the first, where several name it.
    pub fn ultimate_of(&self, source: &RevenueSource) -> Option<&Ultimate> {
        self.ultimates.iter().find(|ultimate| ultimate.part_of(source).is_some())
    }
}
