//! How a source's money falls over its months.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A typed weight of one quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileStep {
    /// Stable id.
    pub id: String,
    /// Quarter of the source, 0 first.
    pub quarter: u32,
    /// Weight of the quarter; weights need not add up to one.
    pub weight: Decimal,
}

/// How a source's money falls over its months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimingProfile {
    /// All at the start.
    Lump,
    /// Most in the first quarters: 60, 25, 10, then 5 each, scaled to the length.
    FrontLoaded,
    /// The same every quarter.
    Even,
    /// Rising: 1, 2, 3 and so on.
    BackLoaded,
    /// Logistic around the middle.
    SCurve,
    /// Logistic with an early middle.
    SCurveFront,
    /// Logistic with a late middle.
    SCurveBack,
    /// Typed weights.
    Typed(Vec<ProfileStep>),
}
