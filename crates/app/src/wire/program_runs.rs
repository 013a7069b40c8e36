//! A program on given values: every line with its value, and worked examples with what they expect.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ConditionDto, QuantityDto};

/// A worked example of a program in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProgramExample {
    /// What it is asked for by, within its program.
    pub example: String,
    /// What it shows.
    pub title: String,
    /// `ordinary`, `threshold` (a number of the law just binds), `refusal`, or `outside` the days of the law.
    pub kind: String,
    /// The day whose law applies.
    pub on: String,
    /// First day of the version that applies; none where no version does.
    pub version: Option<String>,
    /// What is given, as it would be typed.
    pub inputs: BTreeMap<String, String>,
    /// Other programs of the same film.
    pub with: Vec<String>,
}

/// Runs a worked example of a program.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RunExample {
    /// Program id.
    pub program: String,
    /// The example.
    pub example: String,
    /// The language of names and labels, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// A worked example, run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ExampleRun {
    /// The example.
    pub example: ProgramExample,
    /// What was expected, and what came out.
    pub results: Vec<ExampleResult>,
    /// Whether everything came out as expected.
    pub equal: bool,
    /// Why it could not be run.
    pub problem: Option<String>,
    /// The program's lines with their values; none where no version applies on the day, or where the example
    /// claims in several periods.
    pub run: Option<ProgramRunDto>,
}

/// One expected result of an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ExampleResult {
    /// What is expected: a line, `condition.<id>`, `input.<name>`, `payable`, `refused`, `version` and the like.
    pub name: String,
    /// In a producer's words, where it is a line, an input or a condition of the program.
    pub label: Option<String>,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub got: Option<String>,
    /// Whether the two are equal.
    pub equal: bool,
}

/// Runs a program of the library on typed values.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RunInputs {
    /// Program id.
    pub program: String,
    /// The day whose law applies; the newest version where none is given.
    pub on: Option<String>,
    /// Values by the names of inputs, as they are typed: a number, a word, `true` or `false`, or amounts
    /// separated by semicolons.
    pub inputs: BTreeMap<String, String>,
    /// The language of names and labels, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// A program on given values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramRunDto {
    /// Program id.
    pub program: String,
    /// First day of the version.
    pub version: String,
    /// Currency of every amount.
    pub currency: String,
    /// What the form saw.
    pub inputs: Vec<RunInputDto>,
    /// The numbers of the law, then the lines of the form in its order.
    pub lines: Vec<RunLineDto>,
    /// The conditions of the law.
    pub conditions: Vec<ConditionDto>,
    /// The credit, whatever the conditions say.
    pub credit: Option<RunValueDto>,
    /// The credit, or nought where a condition refuses it.
    pub payable: Option<RunValueDto>,
    /// Whether a condition refuses the credit.
    pub refused: bool,
    /// Names that were given and that the form does not know.
    pub unused: Vec<String>,
}

/// A value, exactly and as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RunValueDto {
    /// The exact value: a decimal, `true`, `false`, a word, or a list of decimals.
    pub exact: String,
    /// The same for a page, amounts rounded half up to the minor unit; none for words and lists.
    pub shown: Option<QuantityDto>,
}

/// An input as the form saw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RunInputDto {
    /// Its name in the form.
    pub name: String,
    /// In a producer's words.
    pub label: String,
    /// `money`, `rate`, `number`, `flag`, `text` or `list`.
    pub unit: String,
    /// The words to choose from.
    pub options: Vec<String>,
    /// The value; none where nothing is given.
    pub value: Option<RunValueDto>,
    /// `given`, `deal` (read from the deal's budget and schedule), `default` or `missing`.
    pub from: String,
    /// The cells of the deal it was read from.
    pub paths: Vec<String>,
}

/// A number of the law or a line of the form, with its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RunLineDto {
    /// Its name in other lines.
    pub id: String,
    /// `constant` or `line`.
    pub kind: String,
    /// In a producer's words.
    pub label: String,
    /// `money`, `rate`, `number`, `flag`, `text` or `list`.
    pub unit: String,
    /// The number, or the formula as written.
    pub formula: String,
    /// Names of the inputs, constants and lines it reads.
    pub reads: Vec<String>,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
    /// The value; none where something it needs is not given.
    pub value: Option<RunValueDto>,
    /// Why there is no value, where computing it failed.
    pub problem: Option<String>,
}
