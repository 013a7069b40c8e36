//! The programs a deal claims together, beside the other ways to claim.

use serde::{Deserialize, Serialize};

use super::FigureDto;

/// Asks what other combinations of a deal's programs would leave.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct WeighCombinations {
    /// The open deal.
    pub deal: String,
    /// The language of names and reasons, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// The combination that is claimed and those that are not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedCombinations {
    /// The revision they were weighed against.
    pub revision: u32,
    /// What is claimed.
    pub chosen: WeighedCombination,
    /// The others: those the law permits first, each with the reason why it is not claimed.
    pub rejected: Vec<WeighedCombination>,
    /// Programs that each wait for the other, in order, the first repeated at the end; empty where none do.
    pub circle: Vec<CombinedProgram>,
    /// How programs of the deal bear on each other.
    pub bearings: Vec<ProgramsBearing>,
}

/// A combination of programs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedCombination {
    /// In order of computation.
    pub programs: Vec<CombinedProgram>,
    /// What it leaves after fees and tax, were it claimed.
    pub net: FigureDto,
    /// The same as a share of all budget lines.
    pub rate: FigureDto,
    /// What that is more than now; none for what is claimed.
    pub difference: Option<FigureDto>,
    /// The day by which all of it is paid.
    pub paid_by: Option<String>,
    /// `chosen`, `worth_less`, `barred`, `unusual` or `left_out`.
    pub verdict: String,
    /// Why it is not claimed, in words.
    pub reasons: Vec<String>,
}

/// A program of a combination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CombinedProgram {
    /// Program id.
    pub program: String,
    /// Name used in lists.
    pub name: String,
    /// Id of the claim in the deal.
    pub claim: String,
    /// What it leaves in this combination; none in a circle.
    pub net: Option<FigureDto>,
}

/// How one program bears on another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramsBearing {
    /// The program it comes from.
    pub from: String,
    /// The program it falls on.
    pub to: String,
    /// `excludes`, `reduces_base_of`, `supplies`, `requires` or `unusual`.
    pub relation: String,
    /// Where in the law it stands.
    pub clause: String,
}
