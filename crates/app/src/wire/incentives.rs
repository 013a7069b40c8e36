//! The policy library: programs, their dated versions, and what each number rests on.

use serde::{Deserialize, Serialize};

use super::ProgramExample;
use super::points::ProgramTest;
use super::program_sheet::{ProgramBearing, ProgramCondition, ProgramNumber, ProgramPayment, ProgramTax};

/// Searches the policy library.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SearchPrograms {
    /// Words to look for; all programs where none are given.
    pub words: Option<String>,
    /// The language of names and labels, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// Programs found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Programs {
    /// One entry per program: its newest version.
    pub programs: Vec<ProgramEntry>,
}

/// A version of a program in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramEntry {
    /// Program id.
    pub program: String,
    /// Name used in lists.
    pub name: String,
    /// Full legal name.
    pub legal_name: String,
    /// Jurisdiction code, such as `CA-QC`.
    pub jurisdiction: String,
    /// Currency of the form.
    pub currency: String,
    /// Day from which this version applies.
    pub from: String,
    /// Last day on which it applies.
    pub until: Option<String>,
    /// Last day for which the law provides the program.
    pub sunset: Option<String>,
    /// What kind of money it is.
    pub kind: String,
    /// `high`, `medium` or `low`; low is shown as unverified.
    pub confidence: String,
    /// Day of the last review.
    pub reviewed: String,
    /// Whether its base and rate are known, so that it can be computed.
    pub computable: bool,
    /// `library`, `own` (the person's own, unverified whatever its file says) or `held` (a program of the
    /// library in a text that the deal carries and the library does not have).
    pub origin: String,
    /// `content`, `service` or `either`.
    pub stream: String,
    /// Whether animation is eligible.
    pub animation: bool,
    /// The numbers of the law it is known by.
    pub headline: Vec<ProgramNumber>,
}

/// Asks for one version of a program.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ShowProgram {
    /// Program id.
    pub program: String,
    /// The day whose law is asked for; the newest version where none is given.
    pub on: Option<String>,
    /// The open deal whose own programs and held editions stand in front of the library.
    pub deal: Option<String>,
    /// The language of names and labels, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// One version of a program with everything it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramView {
    /// The version.
    pub entry: ProgramEntry,
    /// First days of all versions.
    pub versions: Vec<String>,
    /// What decides the version: the day of what.
    pub version_by: String,
    /// Who certifies and who pays.
    pub authority: Vec<String>,
    /// The statute.
    pub statute: Vec<String>,
    /// What is open, assumed or left out.
    pub notes: Vec<String>,
    /// The fact without which it cannot be computed.
    pub missing: Option<String>,
    /// What is known beside, or instead of, a form.
    pub known: Vec<ProgramFact>,
    /// The line that is the credit.
    pub credit: String,
    /// What the form asks for.
    pub inputs: Vec<ProgramInput>,
    /// The numbers of the law, each with its unit.
    pub numbers: Vec<ProgramNumber>,
    /// The numbers of the law and the lines of the computation.
    pub lines: Vec<ProgramLine>,
    /// What the law asks for.
    pub conditions: Vec<ProgramCondition>,
    /// Conditions that are passed by points, criterion by criterion.
    pub tests: Vec<ProgramTest>,
    /// When the money comes.
    pub payments: Vec<ProgramPayment>,
    /// Whether it is taxed.
    pub tax: ProgramTax,
    /// The lines that are fees.
    pub fees: Vec<String>,
    /// How it and other programs bear on each other.
    pub bearings: Vec<ProgramBearing>,
    /// Where everything was read.
    pub sources: Vec<ProgramSource>,
    /// Worked examples of the program, of all its versions.
    pub examples: Vec<ProgramExample>,
}

/// A fact that no line of a form rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramFact {
    /// What it is about.
    pub label: String,
    /// The fact as a sentence.
    pub text: String,
    /// Where in the text it stands.
    pub clause: String,
    /// Address of the source.
    pub source: Option<String>,
    /// `high`, `medium` or `low`.
    pub confidence: String,
}

/// One input of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramInput {
    /// Its name in the form.
    pub name: String,
    /// In a producer's words.
    pub label: String,
    /// `money`, `rate`, `number`, `flag`, `text` or `list`.
    pub unit: String,
    /// The value where nothing is given.
    pub default: Option<String>,
    /// The words accepted, for a text.
    pub options: Vec<String>,
    /// Whether a deal's budget answers it.
    pub from_budget: bool,
    /// Whether other programs fill it.
    pub fed: bool,
}

/// A number of the law, or a line of the computation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramLine {
    /// Its name in other lines.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// The number, or the formula as written.
    pub formula: String,
    /// `money`, `rate`, `number`, `flag`, `text` or `list`.
    pub unit: String,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
}

/// A document in which a fact was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramSource {
    /// Title.
    pub title: String,
    /// Where it stands.
    pub address: String,
    /// Date of the document, as it gives it.
    pub date: Option<String>,
    /// Day on which it was read.
    pub seen: String,
    /// `statute`, `authority`, `court`, `register`, `press` and the like.
    pub kind: String,
}
