//! Budgets as spreadsheets: what a file would become, and its way into a deal and out of one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::MoneyDto;

/// Asks what the lines of a file would be. Nothing is changed.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReadBudgetSheet {
    /// The open deal.
    pub deal: String,
    /// The file and what was decided about it.
    pub file: SheetFile,
    /// The language of what is said, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// A file with a budget, and what was decided about it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SheetFile {
    /// What the file is called.
    pub name: String,
    /// Its bytes, as Base64.
    pub content: String,
    /// The sheet; without one the one that looks most like a budget.
    pub sheet: Option<String>,
    /// What was decided about columns and accounts; without it what was decided about a sheet with the same header
    /// before, else nothing.
    pub mapping: Option<SheetMapping>,
    /// Rows, counted from one, that are lines whatever they look like.
    pub keep: Vec<u32>,
    /// Rows that are left out.
    pub leave: Vec<u32>,
}

/// What was decided about a sheet. The rest is guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SheetMapping {
    /// The row of the header, counted from one; 0 where there is none.
    pub header: Option<u32>,
    /// Columns with their meanings.
    pub columns: Vec<SheetColumnChoice>,
    /// The standard account of an account of the sheet, by the key a line names.
    pub accounts: BTreeMap<String, String>,
    /// Where lines are spent about which the sheet does not say.
    pub place: Option<String>,
    /// The currency of amounts that name none, whatever the sheet says.
    pub currency: Option<String>,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SheetColumnChoice {
    /// Its letters, such as `C`.
    pub column: String,
    /// One of the meanings, such as `amount`.
    pub meaning: String,
    /// The place it is about, where it means the amount spent in one.
    pub place: Option<String>,
}

/// A sheet as it would become lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct BudgetSheetView {
    /// `xlsx`, `xls`, `ods` or `csv`.
    pub format: String,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// The separator of a text file.
    pub separator: Option<String>,
    /// The sheets of the file.
    pub sheets: Vec<SheetName>,
    /// The sheet that was read.
    pub sheet: String,
    /// The row of the header, counted from one.
    pub header: Option<u32>,
    /// The currency of amounts that name none.
    pub currency: String,
    /// It was decided, and not read from the sheet or taken from the deal.
    pub currency_chosen: bool,
    /// Currencies of the lines for which the deal has no rate.
    pub without_rate: Vec<String>,
    /// Where lines are spent about which the sheet does not say, as decided.
    pub place: Option<String>,
    /// The columns.
    pub columns: Vec<SheetColumn>,
    /// Every meaning a column may have.
    pub meanings: Vec<String>,
    /// Every row below the header.
    pub rows: Vec<SheetRow>,
    /// What is wrong, row by row.
    pub faults: Vec<CellFaultDto>,
    /// How many lines there would be.
    pub lines: u32,
    /// What the sheet adds up to.
    pub totals: SheetTotals,
    /// The decisions are those about an earlier sheet with the same header.
    pub recalled: bool,
    /// Decisions are kept in the person's database; otherwise they last as long as the program runs.
    pub kept: bool,
}

/// A sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SheetName {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u32,
    /// Hidden from whoever opens the file.
    pub hidden: bool,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SheetColumn {
    /// Its letters.
    pub column: String,
    /// Its header.
    pub head: String,
    /// What it means.
    pub meaning: String,
    /// The place it is about.
    pub place: Option<String>,
    /// Nobody decided it.
    pub guessed: bool,
    /// The first values below the header.
    pub samples: Vec<String>,
}

/// A row of a sheet and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SheetRow {
    /// Its number, counted from one.
    pub row: u32,
    /// What its cells show, as far as they go.
    pub cells: Vec<String>,
    /// What it costs, also where it is no line.
    pub amount: Option<MoneyDto>,
    /// The line it becomes.
    pub line: Option<SheetLineDto>,
    /// Why it becomes none, such as `SUBTOTAL`.
    pub reason: Option<String>,
    /// The same for a reader.
    pub why: Option<String>,
}

/// The line that a row becomes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SheetLineDto {
    /// Its id.
    pub id: String,
    /// What a chosen account is given under.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// The standard account.
    pub account: String,
    /// How it was found: `chosen`, `named`, `words`, `code` or `unknown`.
    pub ground: String,
    /// What it costs.
    pub amount: Option<MoneyDto>,
    /// The places it is spent in.
    pub places: Vec<String>,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CellFaultDto {
    /// Its address, such as `Budget!C14`.
    pub cell: String,
    /// Its row, counted from one.
    pub row: u32,
    /// The letters of its column.
    pub column: String,
    /// What is wrong, such as `NOT_A_NUMBER`.
    pub code: String,
    /// `error` where the cell is not taken, `note` where it is.
    pub weight: String,
    /// What a person reads.
    pub message: String,
    /// What the cell shows.
    pub given: String,
}

/// What a sheet adds up to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SheetTotals {
    /// The lines, by currency.
    pub lines: Vec<MoneyDto>,
    /// Costs that are no lines but part of the sheet's total, by currency.
    pub beside: Vec<MoneyDto>,
    /// The contingency among them.
    pub contingency: Option<MoneyDto>,
    /// The address of the sheet's own total.
    pub cell: Option<String>,
    /// The sheet's own total.
    pub stated: Option<MoneyDto>,
    /// How much more that is than the lines and what stands beside them.
    pub difference: Option<MoneyDto>,
}

/// Puts the lines of a file into the budget, as one edit.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ImportBudget {
    /// The open deal.
    pub deal: String,
    /// The revision the edit was made on.
    pub revision: u32,
    /// The file and what was decided about it.
    pub file: SheetFile,
    /// `replace`, `append` or `update_by_account`.
    pub mode: String,
    /// The contingency of the sheet becomes the deal's.
    pub contingency: bool,
    /// The language of what stands in the place of missing names; English where none is given.
    pub language: Option<String>,
}

/// Writes the lines of the budget as a file that reads back.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ExportBudget {
    /// The open deal.
    pub deal: String,
    /// `xlsx` or `csv`.
    pub format: String,
    /// The language of its words; English where none is given.
    pub language: Option<String>,
}
