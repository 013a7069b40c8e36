//! What is known of a program that cannot be computed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kind::Confidence;

/// A fact that no line of a form rests on: an amount, a condition, a date of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownFact {
    /// What it is about, in a producer's words.
    pub label: String,
    /// The fact as a sentence.
    pub text: String,
    /// Where in the text it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}
