//! Values that nobody who makes the film has typed, and where they come from.

use recoup_calendar::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How far an assumption can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// An authority or a survey was read.
    High,
    /// A practitioner's page was read.
    Medium,
    /// A judgement.
    Low,
}

/// One value of the deal that is assumed, not given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// Stable id.
    pub id: String,
    /// Path of the assumed value in this document.
    pub path: String,
    /// The value as assumed; when the cell holds another one, the producer has answered.
    pub value: Value,
    /// Where it was taken from, and why it is reasonable.
    pub source: String,
    /// Lowest usual value, in words or numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// Highest usual value, in words or numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    /// How far it can be trusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Day the source was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Date>,
}
