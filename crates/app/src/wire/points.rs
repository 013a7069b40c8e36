//! Points tests of a claim: how it stands criterion by criterion, and what is missing.

use serde::{Deserialize, Serialize};

use super::FigureDto;

/// A test that is passed by points, on what is answered so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PointsTestDto {
    /// Its id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// Where in the law it stands.
    pub clause: String,
    /// Address of the source.
    pub source: Option<String>,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// The condition it decides, by its id.
    pub condition: String,
    /// Whether the law asks it of this project; none where that is open.
    pub asked: Option<bool>,
    /// `pass`, `fail` or `unknown`.
    pub verdict: String,
    /// Points so far.
    pub score: FigureDto,
    /// The most that can still be reached.
    pub reachable: FigureDto,
    /// Points needed.
    pub needed: FigureDto,
    /// Points that are missing.
    pub missing: FigureDto,
    /// The most of the whole test; none where the law states none.
    pub most: Option<FigureDto>,
    /// A total that may be typed in place of the criteria.
    pub total: Option<PointsTotalDto>,
    /// Its sections.
    pub sections: Vec<PointsSectionDto>,
    /// What must be among the points.
    pub mandatory: Vec<PointsNeedDto>,
    /// Names of open criteria without which it cannot be passed any more.
    pub must: Vec<String>,
    /// Names of the fewest open criteria that would pass it together, one way each.
    pub fewest: Vec<Vec<String>>,
    /// Whether there are more ways of that size.
    pub more: bool,
}

/// A total of points as a certificate gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PointsTotalDto {
    /// In a producer's words.
    pub label: String,
    /// The cell that holds it.
    pub path: String,
    /// The number typed.
    pub answer: Option<String>,
    /// Whether it stands in place of the criteria.
    pub stands: bool,
}

/// A section of a test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PointsSectionDto {
    /// Its id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// Points so far.
    pub score: FigureDto,
    /// The most that can still be reached.
    pub reachable: FigureDto,
    /// Points needed in it.
    pub minimum: Option<FigureDto>,
    /// Whether they are reached: `pass`, `fail` or `unknown`.
    pub verdict: String,
    /// Its criteria.
    pub criteria: Vec<PointsCriterionDto>,
}

/// A criterion with its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PointsCriterionDto {
    /// The input that answers it.
    pub input: String,
    /// In a producer's words.
    pub label: String,
    /// The cell that holds the answer.
    pub path: String,
    /// How it is answered: `flag`, `number` or `text`.
    pub unit: String,
    /// The answer: `true`, `false`, a number or a word; none where it is open.
    pub answer: Option<String>,
    /// Whether the producer gave it, and may take it back.
    pub typed: bool,
    /// The words to choose from.
    pub options: Vec<String>,
    /// What the answer is worth.
    pub points: FigureDto,
    /// The most it can be worth; none where the law states none.
    pub most: Option<FigureDto>,
    /// `won`, `part`, `lost`, `open` or `excluded`.
    pub state: String,
    /// Whether nothing replaces it.
    pub mandatory: bool,
    /// Whether it is one of several of which some must give points.
    pub one_of: bool,
    /// Names of the others of its group, of which only one counts.
    pub instead_of: Vec<String>,
    /// Name of the one of its group that counts in its place.
    pub excluded_by: Option<String>,
    /// Name of the criterion whose points hold these already.
    pub part_of: Option<String>,
    /// Where in the law it stands.
    pub clause: String,
    /// Address of the source.
    pub source: Option<String>,
}

/// Criteria that must give points together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PointsNeedDto {
    /// In a producer's words.
    pub label: String,
    /// Whether they do: `pass`, `fail` or `unknown`.
    pub verdict: String,
    /// Where in the law it stands.
    pub clause: String,
}

/// A points test as the law writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramTest {
    /// Its id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// Where in the law it stands.
    pub clause: String,
    /// Address of the source.
    pub source: Option<String>,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// The condition it decides, by its id.
    pub condition: String,
    /// Points needed.
    pub needed: String,
    /// The most of the whole test; none where the law states none.
    pub most: Option<String>,
    /// Its sections.
    pub sections: Vec<ProgramTestSection>,
    /// What must be among the points.
    pub mandatory: Vec<String>,
}

/// A section of a points test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramTestSection {
    /// In a producer's words.
    pub label: String,
    /// Points needed in it.
    pub minimum: Option<String>,
    /// Its criteria.
    pub criteria: Vec<ProgramTestCriterion>,
}

/// A criterion of a points test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramTestCriterion {
    /// The input that answers it.
    pub input: String,
    /// In a producer's words.
    pub label: String,
    /// The most it can be worth; none where the law states none.
    pub most: Option<String>,
    /// The group of which only one counts.
    pub group: Option<String>,
    /// Where in the law it stands.
    pub clause: String,
    /// Address of the source.
    pub source: Option<String>,
}

/// A points test on typed inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestedProgram {
    /// In a producer's words.
    pub label: String,
    /// `pass`, `fail` or `unknown`.
    pub verdict: String,
    /// Points so far.
    pub score: String,
    /// Points needed.
    pub needed: String,
    /// Points that are missing.
    pub missing: String,
    /// The most that can still be reached; none where it has no bound.
    pub reachable: Option<String>,
    /// Its sections.
    pub sections: Vec<TestedSection>,
    /// Names of open criteria without which it cannot be passed any more.
    pub must: Vec<String>,
    /// Names of the fewest open criteria that would pass it together.
    pub fewest: Vec<String>,
}

/// A section of a points test on typed inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestedSection {
    /// In a producer's words.
    pub label: String,
    /// Points so far.
    pub score: String,
    /// Its criteria.
    pub criteria: Vec<TestedCriterion>,
}

/// A criterion on typed inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestedCriterion {
    /// In a producer's words.
    pub label: String,
    /// What it adds to the score; none where it is open.
    pub points: Option<String>,
    /// The most it can be worth; none where the law states none.
    pub most: Option<String>,
}
