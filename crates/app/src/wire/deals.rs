//! Open deals: the document and its edits.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{FigureChanges, SolvedCellDto};
use crate::AppError;

/// Asks which deals are open.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListOpenDeals {}

/// The open deals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct OpenDeals {
    /// In the order in which they were opened.
    pub deals: Vec<OpenDeal>,
    /// Why files that the system handed over at the start could not be opened.
    pub refused: Vec<AppError>,
}

/// One open deal in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct OpenDeal {
    /// The name it has while it is open.
    pub deal: String,
    /// Its title.
    pub name: String,
    /// Counts its changes.
    pub revision: u32,
}

/// Opens a deal file that the host has read.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct OpenDealFile {
    /// The text of the file.
    pub text: String,
}

/// Asks for an open deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewDeal {
    /// The open deal.
    pub deal: String,
}

/// An open deal as it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DealView {
    /// The name it has while it is open.
    pub deal: String,
    /// Its title.
    pub name: String,
    /// Counts its changes; an edit names the one it was made on.
    pub revision: u32,
    /// The number of the revision it is, in its history.
    pub number: u32,
    /// The project it is kept in; none while it lives in memory only.
    pub project: Option<String>,
    /// What undoing would take back.
    pub undo: Option<String>,
    /// What redoing would bring back.
    pub redo: Option<String>,
    /// The whole document.
    #[specta(type = specta_typescript::Unknown)]
    pub document: Value,
    /// After a change: what became of the figures that were looked at before it.
    pub figures: Option<FigureChanges>,
}

/// Asks for the text of the deal file.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct WriteDealFile {
    /// The open deal.
    pub deal: String,
}

/// A deal file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DealFile {
    /// A name to save it under.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Changes one cell of an open deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct EditDeal {
    /// The open deal.
    pub deal: String,
    /// The revision the edit was made on.
    pub revision: u32,
    /// The cell, such as `budget.lines[anim].amount`.
    pub path: String,
    /// What it holds from now on; null empties it and removes a list element.
    #[specta(type = specta_typescript::Unknown)]
    pub value: Value,
}

/// Changes several cells of an open deal at once: all of them, or none.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct EditCells {
    /// The open deal.
    pub deal: String,
    /// The revision the edit was made on.
    pub revision: u32,
    /// The cells, in the order in which they are written.
    pub cells: Vec<SolvedCellDto>,
}

/// Adds an element to a list of an open deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct AddElement {
    /// The open deal.
    pub deal: String,
    /// The revision the edit was made on.
    pub revision: u32,
    /// The list, such as `budget.lines`.
    pub path: String,
    /// The element, with its id.
    #[specta(type = specta_typescript::Unknown)]
    pub element: Value,
    /// The id of the element it goes before; at the end where there is none.
    pub before: Option<String>,
}

/// Takes back the last edit.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct UndoEdit {
    /// The open deal.
    pub deal: String,
}

/// Brings back what was undone last.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RedoEdit {
    /// The open deal.
    pub deal: String,
}

/// Closes an open deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CloseDeal {
    /// The open deal.
    pub deal: String,
}
