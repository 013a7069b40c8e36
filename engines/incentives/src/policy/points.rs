//! Points tests: what is asked, what each answer is worth, and what has to be reached.
//!
//! A test describes lines of its form. The lines decide; the description says what they ask, criterion by
//! criterion, and a test of this crate holds the two together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kind::Confidence;
use crate::parse::Formula;

/// A test that is passed by points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsTest {
    /// Stable id, part of the address of its figures.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
    /// How sure its criteria are.
    pub confidence: Confidence,
    /// The constant that holds the points needed.
    pub pass_mark: String,
    /// The constant that holds the most points of the whole test, where the law states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<String>,
    /// The condition it decides.
    pub condition: String,
    /// The line that adds the points up, where the form has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// When the test is asked; always where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Formula>,
    /// A total that may be typed in place of the criteria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<PointsTotal>,
    /// Its sections in order.
    pub sections: Vec<PointsSection>,
    /// What must be among the points, whatever their sum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mandatory: Vec<PointsNeed>,
}

/// A total as a certificate gives it, typed in place of the criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsTotal {
    /// The input that holds it.
    pub input: String,
    /// What it settles.
    pub settles: TotalSettles,
}

/// What a typed total settles where the criteria leave it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TotalSettles {
    /// The whole test: whoever counted the points saw that the mandatory ones are among them.
    Test,
    /// The sum alone; what is mandatory is asked all the same.
    Score,
}

/// A section of a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsSection {
    /// Stable id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// The constant that holds the points needed in this section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<String>,
    /// Its criteria in order.
    pub criteria: Vec<PointsCriterion>,
}

/// One criterion, answered by an input of the form: yes or no, a number of points, or a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsCriterion {
    /// The input that answers it; its label is the criterion's.
    pub input: String,
    /// For yes or no: the constant that holds what a yes is worth; one point where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// For a number of points: the constant that holds the most; open upwards where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<String>,
    /// For a word: what each word is worth. Other words are worth nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<PointsChoice>,
    /// Criteria of the same group exclude each other: the one that gives most counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The criterion whose points hold these already, so that they are not added again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
}

/// A word and what it is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsChoice {
    /// The word, one of the input's options.
    pub word: String,
    /// The constant that holds its points.
    pub points: String,
}

/// Criteria that must give points together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsNeed {
    /// In a producer's words.
    pub label: String,
    /// The criteria, by their inputs.
    pub of: Vec<String>,
    /// The constant that holds how many points they must give; any where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
}

impl PointsTest {
    /// Every criterion in order.
    pub fn criteria(&self) -> impl Iterator<Item = &PointsCriterion> {
        self.sections.iter().flat_map(|section| &section.criteria)
    }

    /// Every constant it rests on.
    pub fn constants(&self) -> impl Iterator<Item = &str> {
        let own = [Some(&self.pass_mark), self.most.as_ref()].into_iter().flatten();
        let minima = self.sections.iter().filter_map(|section| section.minimum.as_ref());
        let weights = self.criteria().flat_map(|criterion| {
            let choices = criterion.choices.iter().map(|choice| &choice.points);
            criterion.points.iter().chain(&criterion.most).chain(choices)
        });
        let needs = self.mandatory.iter().filter_map(|need| need.at_least.as_ref());
        own.chain(minima).chain(weights).chain(needs).map(String::as_str)
    }

    /// Every input that answers it, the total included.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        let total = self.total.iter().map(|total| total.input.as_str());
        self.criteria().map(|criterion| criterion.input.as_str()).chain(total)
    }
}
