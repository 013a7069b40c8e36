//! A deal's incentives by deciding day.

use serde::{Deserialize, Serialize};

use super::FigureDto;

/// Asks what a deal's incentives would leave if other days decided which law applies.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewIncentivesOverTime {
    /// The open deal.
    pub deal: String,
    /// The language of names and reasons, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// A deal's incentives by deciding day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct IncentivesOverTime {
    /// The revision they were computed from.
    pub revision: u32,
    /// The deal's currency.
    pub currency: String,
    /// The day on which the deal is true.
    pub today: String,
    /// Start of production, where the schedule tells it.
    pub start: Option<String>,
    /// The last delivery, where the schedule tells it.
    pub delivery: Option<String>,
    /// All incentives net as the deal stands.
    pub now: FigureDto,
    /// Every claim that is not excluded, as the deal stands.
    pub programs: Vec<ProgramNow>,
    /// Stretches of days with one law, from the first version of any of the programs on.
    pub steps: Vec<LawStepDto>,
}

/// A claim as the deal stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramNow {
    /// Id of the claim.
    pub claim: String,
    /// Program id.
    pub program: String,
    /// Name used in lists.
    pub name: String,
    /// The day that decides which version applies.
    pub version_on: String,
    /// What it is the day of.
    pub version_by: Option<String>,
    /// First day of the version in force then.
    pub version: Option<String>,
    /// `claimed`, `compared`, `rejected` or `unavailable`.
    pub standing: String,
    /// What it leaves, where it counts.
    pub net: Option<FigureDto>,
}

/// A stretch of days with one law.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LawStepDto {
    /// Its first day.
    pub from: String,
    /// Its last day; none where nothing known ends it.
    pub until: Option<String>,
    /// What changed on its first day.
    pub changes: Vec<LawChangeDto>,
    /// All incentives net if a day of it decided.
    pub net: FigureDto,
    /// By how much that is more than now.
    pub more: Option<FigureDto>,
    /// Each claim if a day of it decided.
    pub programs: Vec<ProgramThen>,
}

/// What happens to a program's law on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LawChangeDto {
    /// Program id.
    pub program: String,
    /// Name used in lists.
    pub name: String,
    /// First day of the version in force until then; none where there was none.
    pub before: Option<String>,
    /// First day of the version in force from then on; none where the program ends.
    pub after: Option<String>,
}

/// A claim under the law of another day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramThen {
    /// Id of the claim.
    pub claim: String,
    /// First day of the version in force, where one is.
    pub version: Option<String>,
    /// `claimed`, `compared`, `rejected` or `unavailable`.
    pub standing: String,
    /// Why it does not count.
    pub reason: Option<String>,
    /// What it leaves, where it counts.
    pub net: Option<FigureDto>,
    /// By how much that is more than now, where it counts now and then.
    pub more: Option<FigureDto>,
}
