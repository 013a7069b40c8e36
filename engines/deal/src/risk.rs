//! Which numbers of the deal are uncertain, and how.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a drawn number changes the typed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DrawEffect {
    /// Typed × drawn.
    #[default]
    Multiply,
    /// Typed + drawn.
    Add,
    /// Drawn instead of typed.
    Replace,
}

/// A lower, a most likely and an upper value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThreePoint {
    /// Lowest value.
    pub low: Decimal,
    /// Most likely value.
    pub mode: Decimal,
    /// Highest value.
    pub high: Decimal,
}

/// A lower and an upper value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Lowest value.
    pub low: Decimal,
    /// Highest value.
    pub high: Decimal,
}

/// A lognormal value by two of its percentiles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lognormal {
    /// The median.
    pub median: Decimal,
    /// The 90th percentile.
    pub p90: Decimal,
}

/// A normal value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Normal {
    /// The mean.
    pub mean: Decimal,
    /// The standard deviation.
    pub deviation: Decimal,
}

/// One of several outcomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Stable id.
    pub id: String,
    /// The value.
    pub value: Decimal,
    /// Its probability, 0 to 1; the outcomes add up to one.
    pub probability: Decimal,
}

/// Nothing with a probability, otherwise lognormal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HitOrMiss {
    /// Probability of nothing, 0 to 1.
    pub miss: Decimal,
    /// The value otherwise.
    pub hit: Lognormal,
}

/// How a number is distributed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// Straight lines up to the mode and down.
    Triangular(ThreePoint),
    /// Beta with weight four on the mode.
    Pert(ThreePoint),
    /// Every value alike.
    Uniform(Range),
    /// Normal.
    Normal(Normal),
    /// Lognormal by percentiles.
    Lognormal(Lognormal),
    /// One of several outcomes.
    Discrete(Vec<Outcome>),
    /// Nothing with a probability, otherwise lognormal.
    HitOrMiss(HitOrMiss),
}

/// One uncertain number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskDriver {
    /// Stable id.
    pub id: String,
    /// In words.
    pub label: String,
    /// Paths of the numbers that move together with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// How a drawn number changes the typed one; absent means it multiplies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<DrawEffect>,
    /// How it is distributed.
    pub distribution: Distribution,
}

/// Rank correlation of two drivers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RankCorrelation {
    /// Stable id.
    pub id: String,
    /// Driver id.
    pub one: String,
    /// Driver id.
    pub other: String,
    /// Spearman's rho, -1 to 1.
    pub rho: Decimal,
}

/// Which numbers of the deal are uncertain.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskPlan {
    /// The uncertain numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<RiskDriver>,
    /// Which of them move together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub correlations: Vec<RankCorrelation>,
}
