//! A film's whole earnings in some territories, typed once and shared out among sources.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::source::{Estimate, RevenueSource};
use crate::schedule::ReleaseTemplate;

/// Which of the typed cases a deal is computed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RevenueCase {
    /// The low case.
    Low,
    /// The base case.
    Base,
    /// The high case.
    High,
}

impl RevenueCase {
    /// Every case, from the lowest.
    pub const ALL: [Self; 3] = [Self::Low, Self::Base, Self::High];

    /// The word used in documents and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Base => "base",
            Self::High => "high",
        }
    }
}

/// One source that an ultimate is shared out to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UltimatePart {
    /// Stable id.
    pub id: String,
    /// Id of the source. While it has no estimate of its own it gets its share of what the others leave.
    pub source: String,
    /// Its share of the ultimate, 0 to 1.
    pub share: Decimal,
}

/// Everything the work earns in some territories over its life, before distributors take anything and after
/// cinemas have kept theirs. What a part has typed for itself is fixed; the others share what it leaves, so
/// that the parts always add up to the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ultimate {
    /// Stable id.
    pub id: String,
    /// In the producer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Territories as codes; `WW` is all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<String>,
    /// The whole, by case.
    #[serde(default)]
    pub estimate: Estimate,
    /// The release plan from which the shares were taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<ReleaseTemplate>,
    /// The sources that share it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<UltimatePart>,
}

impl Ultimate {
    /// The part that a source has in it.
    pub fn part_of(&self, source: &RevenueSource) -> Option<&UltimatePart> {
        self.parts.iter().find(|part| part.source == source.id)
    }
}
