//! What stands in the way of a deal.

use serde::{Deserialize, Serialize};

use super::{FigureDto, SolvedCellDto};

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
    /// Whether an edit that cures it may be known: see `weigh_cures`.
    pub curable: bool,
}

/// Asks what would make a finding go away.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct WeighCures {
    /// The open deal.
    pub deal: String,
    /// The code of the finding.
    pub code: String,
    /// The cell it concerns.
    pub path: String,
    /// The language of the sentences, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// The cures of a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedCures {
    /// The revision they were tried on.
    pub revision: u32,
    /// Best first; none where only the producer can say.
    pub cures: Vec<CureDto>,
}

/// One way to make a finding go away. It was tried on the whole deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CureDto {
    /// What is done, step by step.
    pub steps: Vec<String>,
    /// Cells that only the producer can fill; where there are some, nothing is done before.
    pub asks: Vec<AskDto>,
    /// What else goes away with it.
    pub settles: Vec<FindingDto>,
    /// What is asked instead.
    pub raises: Vec<FindingDto>,
    /// The closing of the deal after it.
    pub figures: Vec<FigureDto>,
}

/// A cell that only the producer can fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct AskDto {
    /// The cell.
    pub path: String,
    /// `share`, `money`, `date`, `rate`, `party` or `jurisdiction`.
    pub kind: String,
}

/// Makes one of the cures of a finding, as one edit.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ApplyCure {
    /// The open deal.
    pub deal: String,
    /// The revision on which the cures were weighed.
    pub revision: u32,
    /// The code of the finding.
    pub code: String,
    /// The cell it concerns.
    pub path: String,
    /// Its place among the cures that were offered.
    pub cure: u32,
    /// What was typed into the cells it asks for.
    #[serde(default)]
    pub answers: Vec<SolvedCellDto>,
}
