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
    /// Nothing lies below it; absent means no end on this side. What would lie there is spread over the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Decimal>,
    /// Nothing lies above it; absent means no end on this side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Decimal>,
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
    /// One of the typed values, each as likely as the others; what was seen more often is typed more often.
    Empirical(Vec<Decimal>),
    /// 1 with this probability, otherwise 0.
    Chance(Decimal),
}

/// Sources that may begin later.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceDelay {
    /// Source ids; none named means every source that is not sold at a fixed price.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// A buyer who may not pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BuyerDefault {
    /// Instrument id of the presale, licence or advance.
    pub instrument: String,
    /// Share of the price that comes in all the same, 0 to 1; absent means nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovered: Option<Decimal>,
}

/// One incentive claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditOf {
    /// Id of the claim.
    pub claim: String,
}

/// Cost beyond the budget.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overrun {
    /// Line ids; none named means every line below the line: all but rights, producers, director and voices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
}

/// One base rate of the money market.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaseRateOf {
    /// Id of the base rate.
    pub base: String,
}

/// What a drawn number says where it is no number of the deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RiskEvent {
    /// Quarters by which sources begin later.
    SourceDelay(SourceDelay),
    /// Quarters by which deliveries and the release come later.
    DeliveryDelay,
    /// 1 where a buyer does not pay, 0 where it does. What was lent on the price stays lent.
    BuyerDefault(BuyerDefault),
    /// 1 where a credit is granted, 0 where it is refused. What was lent on it stays lent.
    CreditAward(CreditOf),
    /// The share of a credit as computed that is paid. What was lent on it stays lent.
    CreditAmount(CreditOf),
    /// Months by which a credit is paid later.
    CreditDelay(CreditOf),
    /// The share by which lines cost more than budgeted.
    Overrun(Overrun),
    /// What every point of a base rate is higher by.
    BaseRate(BaseRateOf),
}

impl RiskEvent {
    /// Whether the drawn number counts quarters or months, and so has to be a whole one.
    pub fn is_counted(&self) -> bool {
        matches!(self, Self::SourceDelay(_) | Self::DeliveryDelay | Self::CreditDelay(_))
    }

    /// Whether the drawn number is 1 or 0.
    pub fn is_answer(&self) -> bool {
        matches!(self, Self::BuyerDefault(_) | Self::CreditAward(_))
    }
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
    /// What it says instead, where it is no number of the deal; then there are no paths and no effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<RiskEvent>,
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
