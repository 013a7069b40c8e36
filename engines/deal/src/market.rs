//! Rates of the money market that the deal refers to.

use recoup_calendar::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A base rate from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatePoint {
    /// Stable id.
    pub id: String,
    /// First day of the rate.
    pub from: Date,
    /// Annual rate as a fraction.
    pub rate: Decimal,
}

/// A base rate over which margins are quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaseRate {
    /// Stable id, such as `prime-cad`.
    pub id: String,
    /// Name.
    pub name: String,
    /// The rate from day to day, in order of time; the last holds on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<RatePoint>,
    /// Where it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Rates that the deal refers to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// Annual rate at which net present values are taken, as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv_rate: Option<Decimal>,
    /// Base rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base_rates: Vec<BaseRate>,
}
