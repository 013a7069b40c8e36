//! A person's own programs: kept, versioned, tried on numbers, carried by deals, shared as files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ProgramEntry, ProgramRunDto};

/// Asks for the person's own programs.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListOwnPrograms {}

/// The person's own programs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct OwnPrograms {
    /// By name.
    pub programs: Vec<OwnProgramEntry>,
}

/// One of the person's own programs in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct OwnProgramEntry {
    /// What it is asked for by.
    pub own: String,
    /// Counts its changes; a change names the one it was made on.
    pub version: u32,
    /// The program; none where what is kept does not read as one any more.
    pub entry: Option<ProgramEntry>,
    /// Its name, also where it does not read.
    pub name: String,
    /// Whether it is in the person's database; else it is gone when the product is closed, unless a deal
    /// beside it is kept.
    pub kept: bool,
    /// When it was added, RFC 3339.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

/// One of the person's own programs, in one of its versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct OwnProgramView {
    /// The program as it is now.
    pub own: OwnProgramEntry,
    /// The version whose text this is.
    pub shown: u32,
    /// The program as JSON, indented.
    pub text: String,
    /// What is wrong with the text; a program that is kept has no faults, unless a newer library took its id.
    pub faults: Vec<ProgramFault>,
    /// What the library would ask of a program of its own, and this one may leave open.
    pub advice: Vec<ProgramFault>,
    /// Its versions, the latest first.
    pub versions: Vec<OwnProgramVersion>,
}

/// A version of an own program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct OwnProgramVersion {
    /// Its number.
    pub version: u32,
    /// The name it had.
    pub name: String,
    /// Who made it.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

/// Something wrong with the text of a program, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProgramFault {
    /// The field, such as `lines[credit].formula`; empty for the whole text.
    pub path: String,
    /// What is wrong, as a sentence without its end.
    pub message: String,
    /// What stands there.
    pub given: Option<String>,
    /// What would be accepted.
    pub limit: Option<String>,
}

/// Keeps a program: a new one, or a new version of one that is there.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SaveOwnProgram {
    /// The program it is a new version of; none for a new one.
    pub own: Option<String>,
    /// The version the change was made on; needed where `own` is.
    pub version: Option<u32>,
    /// The program as JSON.
    pub text: String,
}

/// Asks for an own program.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReadOwnProgram {
    /// Which one.
    pub own: String,
    /// The number of the version to show; the present one where none is given.
    pub version: Option<String>,
}

/// Makes an earlier version the present one again, as a new version.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RestoreOwnProgram {
    /// Which one.
    pub own: String,
    /// The version to bring back.
    pub version: u32,
}

/// Deletes an own program with its versions. Deals that claim it keep their copies.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct DeleteOwnProgram {
    /// Which one.
    pub own: String,
}

/// Keeps the program of a file as a new one.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ImportOwnProgram {
    /// The text of the file.
    pub text: String,
}

/// Writes an own program as a file where the person finds it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ExportOwnProgram {
    /// Which one.
    pub own: String,
}

/// Asks for a copy of a program to start from.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CopyProgram {
    /// Program id, of the library or one's own.
    pub program: String,
    /// The day whose law is copied; the newest version where none is given.
    pub on: Option<String>,
}

/// A program to start from, kept nowhere yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramDraft {
    /// The id it would have.
    pub program: String,
    /// The program as JSON, indented.
    pub text: String,
}

/// Tries a program that may be kept nowhere yet. Nothing is stored.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct TryProgram {
    /// The program as JSON.
    pub text: String,
    /// The open deal whose budget answers what it can; none for typed values alone.
    pub deal: Option<String>,
    /// Values by the names of inputs, as they are typed: a number, a word, `true` or `false`, or amounts
    /// separated by semicolons.
    pub inputs: BTreeMap<String, String>,
}

/// What became of a tried program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct TriedProgram {
    /// What is wrong with it, field by field; nothing is computed while there is anything.
    pub faults: Vec<ProgramFault>,
    /// What the library would ask of a program of its own, and this one may leave open.
    pub advice: Vec<ProgramFault>,
    /// The program, where it reads.
    pub entry: Option<ProgramEntry>,
    /// Its lines with their values.
    pub run: Option<ProgramRunDto>,
}

/// Claims a program for an open deal. An own program is carried by the deal from then on; one that is
/// claimed already is carried as it is now.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ClaimProgram {
    /// The open deal.
    pub deal: String,
    /// The revision the edit was made on.
    pub revision: u32,
    /// Program id, of the library or one's own.
    pub program: String,
}
