//! The history of a deal: its revisions, what lies between two of them, the names given to some.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::QuantityDto;

/// Asks for a page of the revisions of an open deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListRevisions {
    /// The open deal.
    pub deal: String,
    /// The page, from 1, as text; the first where none is given.
    pub page: Option<String>,
    /// `true` for those that bear a name; all where nothing is said.
    pub named_only: Option<String>,
    /// A revision: the page on which it stands, instead of `page`.
    pub around: Option<String>,
}

/// A page of the revisions of an open deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Revisions {
    /// Newest first.
    pub revisions: Vec<RevisionEntry>,
    /// How many were asked for, on all pages.
    pub total: u32,
    /// How many the deal has, asked for or not.
    pub all: u32,
    /// This page, from 1.
    pub page: u32,
    /// How many a full page holds.
    pub page_size: u32,
}

/// One revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RevisionEntry {
    /// What it is asked for by.
    pub revision: String,
    /// Its number, from 1, in the order of saving.
    pub number: u32,
    /// The number of the revision it changed; none for the first.
    pub parent: Option<u32>,
    /// `created`, `saved` or `restored`.
    pub kind: String,
    /// What led to it: the cell that was changed, or what was done.
    pub label: String,
    /// Who did it.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
    /// Whether it is the one that is looked at.
    pub current: bool,
    /// The names given to it.
    pub names: Vec<VersionName>,
}

/// A name given to a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct VersionName {
    /// What it is taken away by.
    pub version: String,
    /// The name.
    pub name: String,
}

/// Asks what lies between two revisions.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CompareRevisions {
    /// The open deal.
    pub deal: String,
    /// The revision to start from; the one before `to` where none is given.
    pub from: Option<String>,
    /// The revision to arrive at; the present one where none is given.
    pub to: Option<String>,
}

/// What lies between two revisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RevisionComparison {
    /// The number it starts from; none before the first.
    pub from: Option<u32>,
    /// The number it arrives at.
    pub to: u32,
    /// The cells that differ.
    pub changes: Vec<ChangeDto>,
    /// The figures that differ: the closing, the incentives, the peak, and what each party gets.
    pub figures: Vec<FigureChange>,
}

/// One changed cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ChangeDto {
    /// The cell.
    pub path: String,
    /// What it held.
    #[specta(type = specta_typescript::Unknown)]
    pub before: Option<Value>,
    /// What it holds.
    #[specta(type = specta_typescript::Unknown)]
    pub after: Option<Value>,
}

/// One changed figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FigureChange {
    /// Its address.
    pub address: String,
    /// What it was; none where there was no such figure.
    pub before: Option<QuantityDto>,
    /// What it is.
    pub after: Option<QuantityDto>,
    /// What it grew by; a negative amount is a loss. None where it is no amount of one currency.
    pub difference: Option<QuantityDto>,
}

/// Takes up an earlier state again, as a new revision.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RestoreRevision {
    /// The open deal.
    pub deal: String,
    /// The revision to take up.
    pub revision: String,
}

/// Gives a revision a name.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct NameVersion {
    /// The open deal.
    pub deal: String,
    /// The revision.
    pub revision: String,
    /// The name, unique in the project.
    pub name: String,
}

/// Takes a name away; the revision stays.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct UnnameVersion {
    /// The open deal.
    pub deal: String,
    /// The name's own id.
    pub version: String,
}
