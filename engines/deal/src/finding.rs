//! What stands in the way, what is still asked, and what is worth knowing: findings as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The deal cannot be closed or computed like this.
    Blocker,
    /// Somebody will ask; the answer may change the figures.
    Question,
    /// Worth knowing.
    Note,
}

/// Something a reader of the deal must know, with the cell it concerns and what would cure it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Stable code, upper case with underscores.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Path in the deal, such as `budget.lines[anim].amount`.
    pub path: String,
    /// What is the matter, for a producer.
    pub message: String,
    /// What would cure it.
    pub remedy: String,
}

impl Finding {
    /// A finding that stops the deal.
    pub fn blocker(
        code: &str,
        path: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Blocker, code, path.into(), message.into(), remedy.into())
    }

    /// A finding somebody has to answer.
    pub fn question(
        code: &str,
        path: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Question, code, path.into(), message.into(), remedy.into())
    }

    /// A finding worth knowing.
    pub fn note(
        code: &str,
        path: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Note, code, path.into(), message.into(), remedy.into())
    }

    fn new(severity: Severity, code: &str, path: String, message: String, remedy: String) -> Self {
        Self { code: code.to_owned(), severity, path, message, remedy }
    }
}
