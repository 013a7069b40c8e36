//! What stands in the way of a deal.

use serde::{Deserialize, Serialize};

/// Asks what stands in the way.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListFindings {
    /// The open deal.
    pub deal: String,
    /// The language of the sentences, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// What stands in the way, what somebody will ask, what is worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Findings {
    /// The revision they are about.
    pub revision: u32,
    /// Blockers first.
    pub findings: Vec<FindingDto>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FindingDto {
    /// Stable code.
    pub code: String,
    /// `blocker`, `question` or `note`.
    pub severity: String,
    /// The cell it concerns.
    pub path: String,
    /// What is the matter.
    pub message: String,
    /// What would cure it.
    pub remedy: String,
}
