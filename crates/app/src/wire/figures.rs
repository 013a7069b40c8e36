//! Figures and why they are what they are.

use serde::{Deserialize, Serialize};

use super::MoneyDto;

/// Asks for the figures of an open deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewFigures {
    /// The open deal.
    pub deal: String,
    /// Only addresses that begin like this, such as `capital.`; all where none is given.
    pub under: Option<String>,
}

/// Figures of an open deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Figures {
    /// The revision they were computed from.
    pub revision: u32,
    /// In the order in which they were computed.
    pub figures: Vec<FigureDto>,
}

/// How the figures of a deal differ from those of an earlier state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FigureChanges {
    /// The revision they are compared with.
    pub since: u32,
    /// New ones, and those that are worth something else now; in the order in which they were computed.
    pub changed: Vec<FigureDto>,
    /// Addresses at which nothing stands any more.
    pub gone: Vec<String>,
}

/// A figure with its address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FigureDto {
    /// Its address, such as `capital.gap.interest[2028-03]`.
    pub address: String,
    /// What it is worth.
    pub value: QuantityDto,
}

/// What a figure is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QuantityDto {
    /// An exact amount.
    Money {
        /// The amount.
        amount: MoneyDto,
    },
    /// A rate, share, factor or count, exactly.
    Number {
        /// As a decimal.
        decimal: String,
    },
    /// The answer to a question.
    Flag {
        /// Yes or no.
        yes: bool,
    },
    /// A day.
    Date {
        /// Like `2027-03-01`.
        date: String,
    },
    /// Nothing could be computed.
    Absent {
        /// Why.
        reason: String,
        /// The cell to fill in, where that would help.
        path: Option<String>,
    },
}

/// Asks why a figure is what it is.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ExplainFigure {
    /// The open deal.
    pub deal: String,
    /// The figure's address.
    pub address: String,
}

/// One node of an explanation with what it was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct TreeDto {
    /// Its address, when it is a named figure.
    pub address: Option<String>,
    /// What it is worth.
    pub value: QuantityDto,
    /// The operation that made it.
    pub operation: Option<String>,
    /// The rounding performed here.
    pub rounding: Option<String>,
    /// Where the explanation ends.
    pub leaf: Option<LeafDto>,
    /// What it was made from.
    pub inputs: Vec<TreeDto>,
    /// How many inputs are not shown here; ask for this node's address to see them.
    pub folded: u32,
}

/// Where an explanation ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "leaf", rename_all = "snake_case")]
pub enum LeafDto {
    /// A cell somebody typed.
    Cell {
        /// Its path in the deal.
        path: String,
    },
    /// A value nobody typed.
    Assumption {
        /// The path that would override it.
        path: String,
        /// Where it comes from.
        source: String,
    },
    /// A number of the law.
    Clause {
        /// Program id.
        program: String,
        /// First day of the version.
        version: String,
        /// The constant or line of the form.
        line: String,
        /// The clause.
        clause: String,
        /// Address of the document.
        source: String,
    },
    /// A rate of a day.
    DatedRate {
        /// What the rate is.
        name: String,
        /// The day.
        date: String,
        /// Path in the deal.
        path: String,
    },
}
