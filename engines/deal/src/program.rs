//! Programs that a deal brings along: a producer's own, and editions of the law that it holds on to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One dated version of a program, carried by the deal. It stands in front of the library's, and says itself
/// which program and which days it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DealProgram {
    /// Stable id: the program and the first day of the version, such as `own-studio-bonus:2026-01-01`.
    pub id: String,
    /// The version in the form of the policy library. What is wrong with it is a finding, and its claim is
    /// then not available.
    pub policy: Value,
}
