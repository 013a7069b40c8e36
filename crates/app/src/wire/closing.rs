//! The closing solved for one unknown.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{FigureDto, MoneyDto};

/// Asks what one unknown has to be for the deal to close.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SolveClosing {
    /// The open deal.
    pub deal: String,
    /// `amount` of an instrument, `budget` or `presales`.
    pub unknown: String,
    /// The instrument whose amount is sought.
    pub instrument: Option<String>,
}

/// What the unknown has to be, or why there is no answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SolvedClosing {
    /// The revision it was solved on.
    pub revision: u32,
    /// The answer.
    pub solution: Option<ClosingSolution>,
    /// Why there is none.
    pub reason: Option<NoClosing>,
}

/// An answer that closes the deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ClosingSolution {
    /// The amount, or the sum of all parts.
    pub amount: FigureDto,
    /// Sources less uses with it: nothing, but for minor units that the rounding of parts leaves over.
    pub difference: FigureDto,
    /// How many deals were computed.
    pub trials: u32,
    /// The cells that hold it.
    pub cells: Vec<SolvedCellDto>,
}

/// A cell with what the answer puts into it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SolvedCellDto {
    /// The cell.
    pub path: String,
    /// Its value.
    #[specta(type = specta_typescript::Unknown)]
    pub value: Value,
}

/// Why no amount closes the deal, or every one does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct NoClosing {
    /// `nothing_to_solve`, `filled_by`, `never_cash`, `not_needed`, `never_enough`, `never_carried`, `unknown` or
    /// `refused`.
    pub kind: String,
    /// The instrument that fills the rest instead.
    pub instrument: Option<String>,
    /// What is left over without it, or still missing with it.
    pub amount: Option<FigureDto>,
    /// What the document has against the answer.
    pub message: Option<String>,
}

/// Asks for the stack with another amount in it and the same sum.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RebalanceStack {
    /// The open deal.
    pub deal: String,
    /// The instrument whose amount changes.
    pub instrument: String,
    /// What it is to give, in the currency of its contract.
    pub amount: MoneyDto,
    /// Instruments that stay as they are.
    #[serde(default)]
    pub locked: Vec<String>,
    /// Whether the others give way, so that the sum is kept; where they do not, the closing moves. Yes unless said.
    pub keeps_sum: Option<bool>,
}

/// The stack with another amount in it, or why its sum cannot be kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RebalancedStack {
    /// The revision it was computed on.
    pub revision: u32,
    /// The cells that hold it; none where nothing changes.
    pub cells: Vec<SolvedCellDto>,
    /// What every instrument gives then, and the closing it leads to.
    pub figures: Vec<FigureDto>,
    /// Why there is none.
    pub reason: Option<NoBalance>,
}

/// Why the sum of a stack cannot be kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct NoBalance {
    /// `no_such_amount`, `negative`, `other_currency`, `no_rate`, `nothing_gives_way`, `too_much` or `refused`.
    pub kind: String,
    /// The most that the instrument may have.
    pub most: Option<FigureDto>,
    /// The currency of the contract, or the one without a rate.
    pub currency: Option<String>,
    /// What the document has against it.
    pub message: Option<String>,
}
