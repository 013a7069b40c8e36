//! The numbers of the law and the lines of the form, with the conditions they decide.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kind::{Confidence, Unit};
use super::stacking::Counting;
use crate::parse::Formula;

/// A number of the law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Name in the lines.
    pub id: String,
    /// The number.
    pub value: Decimal,
    /// What it is measured in.
    #[serde(default)]
    pub unit: Unit,
    /// In a producer's words.
    pub label: String,
    /// Where in the text it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// In a law that counts each claimant for itself: whether this number is compared with the figures of the
    /// claimant or of the whole production.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Counting>,
    /// Names under which a question may give another number.
    #[serde(default)]
    pub given_as: Vec<String>,
}

/// One line of the computation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Name in other lines and in the trace.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// What is computed.
    pub formula: Formula,
    /// What it is measured in.
    #[serde(default)]
    pub unit: Unit,
    /// Where in the law it stands.
    #[serde(default)]
    pub clause: Option<String>,
    /// Id of the source.
    #[serde(default)]
    pub source: Option<String>,
    /// Names under which a shorter question may enter this line directly.
    #[serde(default)]
    pub given_as: Vec<String>,
}

/// A result with the names under which it is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// The line.
    pub line: String,
    /// Names besides the line's own.
    #[serde(default)]
    pub names: Vec<String>,
}

/// What follows from a failed condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// No credit at all.
    NoCredit,
    /// The credit is in doubt.
    Doubt,
    /// Worth knowing.
    Note,
}

/// A condition of the law: passed, failed or undecided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Stable id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// The test.
    pub test: Formula,
    /// What follows when it fails.
    pub consequence: Consequence,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
    /// What would cure it.
    #[serde(default)]
    pub remedy: Option<String>,
}
