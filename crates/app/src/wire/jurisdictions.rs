//! What a deal's budget would earn in each jurisdiction of the library.

use serde::{Deserialize, Serialize};

use super::FigureDto;

/// Asks what the whole budget would earn in each jurisdiction, were it spent there.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SurveyJurisdictions {
    /// The open deal.
    pub deal: String,
    /// The language of names and labels, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// What the budget would earn, jurisdiction by jurisdiction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SurveyedJurisdictions {
    /// The revision they were computed from.
    pub revision: u32,
    /// The deal's currency.
    pub currency: String,
    /// What the deal's incentives leave as it is spent now.
    pub net: FigureDto,
    /// The same as a share of all budget lines.
    pub rate: FigureDto,
    /// Best rate first, then those that cannot be computed.
    pub places: Vec<SurveyedJurisdiction>,
    /// Jurisdictions of which the library holds a record and nothing to compute.
    pub recorded: Vec<RecordedJurisdiction>,
    /// The published rates for currencies that the deal does not price; none where it prices all of them.
    pub rates: Option<ReferenceRatesDto>,
}

/// Published exchange rates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ReferenceRatesDto {
    /// Their day.
    pub day: String,
    /// Who published them.
    pub source: String,
    /// Where.
    pub address: String,
    /// The currencies they were taken for.
    pub currencies: Vec<String>,
}

/// What the budget would earn in one jurisdiction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SurveyedJurisdiction {
    /// Jurisdiction code, such as `CA-QC`.
    pub jurisdiction: String,
    /// The country it lies in, or is.
    pub country: String,
    /// Whether the deal spends there now.
    pub spends_now: bool,
    /// What the best combination there would leave; none where it cannot be computed.
    pub net: Option<FigureDto>,
    /// The same as a share of all budget lines.
    pub rate: Option<FigureDto>,
    /// What that is more than now.
    pub gain: Option<FigureDto>,
    /// The day by which all of it would be paid.
    pub paid_by: Option<String>,
    /// Whether a program of the combination rests on facts too weak to rely on.
    pub unverified: bool,
    /// The combination, in order of computation.
    pub programs: Vec<SurveyedProgram>,
    /// Names of programs that could stand there and pay nothing on this budget.
    pub idle: Vec<String>,
    /// Programs the law refuses to this budget.
    pub refused: Vec<RefusedProgram>,
    /// Programs whose form lacks something.
    pub unanswered: Vec<UnansweredProgram>,
}

/// A program of the combination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SurveyedProgram {
    /// Program id.
    pub program: String,
    /// Name used in lists.
    pub name: String,
    /// First day of the version.
    pub version: String,
    /// What it would leave.
    pub net: FigureDto,
    /// The day by which it would be paid.
    pub paid_by: Option<String>,
    /// `high`, `medium` or `low`; low is shown as unverified.
    pub confidence: String,
    /// Conditions nobody has decided, counted as met.
    pub open: Vec<OpenCondition>,
    /// Conditions that fail without refusing the credit.
    pub doubted: Vec<OpenCondition>,
}

/// A condition that somebody has to answer for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct OpenCondition {
    /// In a producer's words.
    pub label: String,
    /// Where in the law it stands.
    pub clause: String,
    /// `no_credit`, `doubt` or `note`.
    pub consequence: String,
    /// What the form asks to decide it.
    pub asks: Vec<String>,
    /// What would cure it.
    pub remedy: Option<String>,
}

/// A program the law refuses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RefusedProgram {
    /// Program id.
    pub program: String,
    /// Name used in lists.
    pub name: String,
    /// The conditions that fail.
    pub conditions: Vec<FailedCondition>,
}

/// A condition that fails.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FailedCondition {
    /// In a producer's words.
    pub label: String,
    /// Where in the law it stands.
    pub clause: String,
    /// What would cure it.
    pub remedy: Option<String>,
    /// By how much it is missed, where it is a matter of amounts.
    pub missed: Option<FigureDto>,
}

/// A program whose form lacks something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct UnansweredProgram {
    /// Program id.
    pub program: String,
    /// Name used in lists.
    pub name: String,
    /// What it asks, in a producer's words; none where it is a rate.
    pub asks: Option<String>,
    /// The currency that has no rate, where it is one.
    pub currency: Option<String>,
}

/// Asks what each budget line would earn more, were it spent in one jurisdiction.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct WeighPlace {
    /// The open deal.
    pub deal: String,
    /// The jurisdiction, such as `CA-QC`.
    pub jurisdiction: String,
    /// The language of names, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// What each budget line would earn more in one jurisdiction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedPlace {
    /// The revision they were weighed against.
    pub revision: u32,
    /// Lines that are not spent wholly there, the best gain first.
    pub lines: Vec<WeighedPlaceLine>,
}

/// A budget line spent in the jurisdiction, with the programs there claimed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedPlaceLine {
    /// The budget line.
    pub line: String,
    /// How much more the incentives would leave than now; negative where it is less.
    pub gain: FigureDto,
    /// Programs that would be claimed for it and are not in the deal yet.
    pub claims: Vec<String>,
}

/// Moves a budget line wholly to a jurisdiction and claims what there is, as one edit.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct MoveLine {
    /// The open deal.
    pub deal: String,
    /// The revision the edit is made on.
    pub revision: u32,
    /// The budget line.
    pub line: String,
    /// Where it goes.
    pub jurisdiction: String,
}

/// A jurisdiction of which nothing can be computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RecordedJurisdiction {
    /// Jurisdiction code.
    pub jurisdiction: String,
    /// The country it lies in, or is.
    pub country: String,
    /// Names of the programs.
    pub programs: Vec<String>,
}
