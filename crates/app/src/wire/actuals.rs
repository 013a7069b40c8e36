//! Statements that came in: what they replace, what they came to, and sheets of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CellFaultDto, FigureDto, MoneyDto, SheetName};

/// Asks what came in against what was expected.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewActuals {
    /// The open deal.
    pub deal: String,
}

/// What came in against what was expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ActualsView {
    /// The revision it was computed on.
    pub revision: u32,
    /// All sources that a statement speaks of, as far as it reaches; none without a statement that counts.
    pub total: Option<ComparedDto>,
    /// The same by quarter, from the first to the last in which anything came or was expected.
    pub quarters: Vec<ActualQuarterDto>,
    /// Every source that a statement that counts speaks of, in the deal's order.
    pub sources: Vec<ActualSourceDto>,
    /// Every statement, drafts too, in order of their days.
    pub statements: Vec<ActualStatementDto>,
    /// The period that the next statement would have: after the last of each sender, and of all.
    pub next: Vec<NextPeriodDto>,
    /// Types of expenses that statements declare, with how much of their caps is used up.
    pub expenses: Vec<ExpenseProgressDto>,
}

/// What came, what was expected, and what came more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ComparedDto {
    /// What came.
    pub received: FigureDto,
    /// What the estimate expected.
    pub forecast: FigureDto,
    /// What came more than expected.
    pub variance: FigureDto,
}

/// A quarter: what it brings now, beside the estimate alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ActualQuarterDto {
    /// The quarter, such as `2029-Q1`.
    pub quarter: String,
    /// What reaches the account in it, as counted now.
    pub counted: Option<FigureDto>,
    /// What the estimate alone brings in it.
    pub estimate: Option<FigureDto>,
    /// What statements say came in it, against what the estimate expected of the days they cover.
    pub compared: Option<ComparedDto>,
}

/// One source as far as its statements reach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ActualSourceDto {
    /// Its id.
    pub source: String,
    /// What the producer calls it.
    pub label: String,
    /// The first day that its statements cover.
    pub covered_from: String,
    /// The last day that its statements cover.
    pub covered_to: String,
    /// What is done with the rest of its estimate: `keep_forecast`, `shift`, `drop` or `scale_to_estimate`.
    pub rest: String,
    /// The id of that choice in the deal; none where nothing is typed.
    pub rest_id: Option<String>,
    /// What came against what was expected.
    pub compared: ComparedDto,
    /// The same by quarter.
    pub quarters: Vec<ActualQuarterDto>,
}

/// A statement and what it came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ActualStatementDto {
    /// Its id.
    pub statement: String,
    /// First day it reports on.
    pub from: String,
    /// Last day it reports on.
    pub to: String,
    /// The day it was issued.
    pub reported: Option<String>,
    /// The day the money arrived.
    pub received: Option<String>,
    /// Party id of who reports.
    pub sender: Option<String>,
    /// It counts; a draft does not.
    pub accepted: bool,
    /// Where the paper lies.
    pub document: Option<String>,
    /// What it came to against what was expected of its days; none for a draft.
    pub compared: Option<ComparedDto>,
    /// The same for each of its sources.
    pub sources: Vec<StatementSourceActualDto>,
}

/// One source of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StatementSourceActualDto {
    /// The source.
    pub source: String,
    /// What it came to.
    pub compared: ComparedDto,
}

/// The period of a statement that is still to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NextPeriodDto {
    /// Whose statements it follows; those of all where none is named.
    pub sender: Option<String>,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
}

/// How much of a cap is used up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ExpenseProgressDto {
    /// The type of expense.
    pub expense_type: String,
    /// What is declared under its cap.
    pub declared: FigureDto,
    /// What is declared beside it.
    pub outside_cap: FigureDto,
    /// The cap.
    pub cap: Option<FigureDto>,
    /// What is declared as a share of the cap.
    pub share: Option<FigureDto>,
}

/// Asks what the statements do to everybody: the deal with them against the deal with estimates alone.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct WeighActuals {
    /// The open deal.
    pub deal: String,
}

/// What statements do to everybody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedActuals {
    /// The revision it was computed on.
    pub revision: u32,
    /// What reaches the account over the film's life.
    pub account: Option<ActualsEffectDto>,
    /// What each party is paid over the film's life.
    pub parties: Vec<ActualsEffectDto>,
}

/// A figure with the statements and without them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ActualsEffectDto {
    /// The party; none for the account.
    pub party: Option<String>,
    /// With the statements.
    pub now: FigureDto,
    /// With estimates alone.
    pub forecast: FigureDto,
    /// What the statements bring more.
    pub more: FigureDto,
}

/// Looks at a sheet of receipts.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReadReceiptsSheet {
    /// The open deal.
    pub deal: String,
    /// The file and what was decided about it.
    pub file: ReceiptsFile,
    /// The language of what is said, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// A file with receipts, and what was decided about it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReceiptsFile {
    /// What the file is called.
    pub name: String,
    /// Its bytes, as Base64.
    pub content: String,
    /// The sheet; without one the one whose header says most.
    pub sheet: Option<String>,
    /// What was decided; without it what was decided about a sheet with the same header before, else nothing.
    pub mapping: Option<ReceiptsSheetMapping>,
    /// Rows, counted from one, that are left out.
    pub leave: Vec<u32>,
}

/// What was decided about a sheet of receipts. The rest is guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReceiptsSheetMapping {
    /// The row of the header, counted from one; 0 where there is none.
    pub header: Option<u32>,
    /// Columns with their meanings.
    pub columns: Vec<ReceiptsColumnChoice>,
    /// The revenue source of a name of the sheet, by the key a row names; empty where its rows are left out.
    pub sources: BTreeMap<String, String>,
    /// The currency of amounts that name none.
    pub currency: Option<String>,
    /// `day_first` or `month_first`, for days in figures.
    pub days: Option<String>,
    /// The first day reported on by rows that do not say.
    pub from: Option<String>,
    /// The last of these days.
    pub to: Option<String>,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReceiptsColumnChoice {
    /// Its letters, such as `C`.
    pub column: String,
    /// One of the meanings, such as `net`.
    pub meaning: String,
}

/// A sheet as it would become statements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ReceiptsSheetView {
    /// `xlsx`, `xls`, `ods` or `csv`.
    pub format: String,
    /// The sheets of the file.
    pub sheets: Vec<SheetName>,
    /// The sheet that was read.
    pub sheet: String,
    /// The row of the header, counted from one.
    pub header: Option<u32>,
    /// The currency of amounts that name none.
    pub currency: String,
    /// `day_first` or `month_first`.
    pub days: String,
    /// Currencies of the lines for which neither the sheet nor the deal has a rate.
    pub without_rate: Vec<String>,
    /// The columns.
    pub columns: Vec<ReceiptsColumn>,
    /// Every meaning a column may have.
    pub meanings: Vec<String>,
    /// Every row below the header.
    pub rows: Vec<ReceiptsRow>,
    /// The statements that the rows make.
    pub statements: Vec<ReceiptsStatement>,
    /// Names that are no revenue source yet.
    pub unknown: Vec<UnknownSourceDto>,
    /// What is wrong, row by row.
    pub faults: Vec<CellFaultDto>,
    /// What the sheet adds up to.
    pub totals: ReceiptsTotals,
    /// The decisions are those about an earlier sheet with the same header.
    pub recalled: bool,
    /// Decisions are kept in the person's database; otherwise they last as long as the program runs.
    pub kept: bool,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ReceiptsColumn {
    /// Its letters.
    pub column: String,
    /// Its header.
    pub head: String,
    /// What it means.
    pub meaning: String,
    /// Nobody decided it.
    pub guessed: bool,
    /// The first values below the header.
    pub samples: Vec<String>,
}

/// A row of a sheet and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ReceiptsRow {
    /// Its number, counted from one.
    pub row: u32,
    /// What its cells show, as far as they go.
    pub cells: Vec<String>,
    /// What reached the account by it.
    pub amount: Option<MoneyDto>,
    /// The first day it reports on.
    pub from: Option<String>,
    /// The last day it reports on.
    pub to: Option<String>,
    /// The revenue source it is about.
    pub source: Option<String>,
    /// Why it is about that: `named`, `only` or `chosen`.
    pub ground: Option<String>,
    /// Why it becomes no line, such as `TOTAL`.
    pub reason: Option<String>,
    /// The same for a reader.
    pub why: Option<String>,
}

/// A statement that rows of a sheet make.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ReceiptsStatement {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The day the money arrived.
    pub received: Option<String>,
    /// How many lines it has.
    pub lines: u32,
    /// What they add up to, by currency.
    pub amounts: Vec<MoneyDto>,
    /// Sources that statements of the deal already cover in some of these days.
    pub already: Vec<String>,
}

/// A name of the sheet that is no revenue source yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct UnknownSourceDto {
    /// The key under which it is decided.
    pub key: String,
    /// As the sheet writes it.
    pub shown: String,
    /// How many rows bear it.
    pub rows: u32,
    /// Ids of sources that come near it, the nearest first.
    pub suggestions: Vec<String>,
}

/// What a sheet adds up to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ReceiptsTotals {
    /// The lines, by currency.
    pub lines: Vec<MoneyDto>,
    /// Rows with an amount that are no line yet, by currency.
    pub left_out: Vec<MoneyDto>,
    /// The address of the sheet's own total.
    pub cell: Option<String>,
    /// The sheet's own total.
    pub stated: Option<MoneyDto>,
    /// How much more that is than the rows.
    pub difference: Option<MoneyDto>,
}

/// Puts the statements of a sheet into the deal, as one edit.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ImportReceipts {
    /// The open deal.
    pub deal: String,
    /// The revision the edit was made on.
    pub revision: u32,
    /// The file and what was decided about it.
    pub file: ReceiptsFile,
    /// Party id of who reports.
    pub sender: Option<String>,
    /// The day they were issued.
    pub reported: Option<String>,
    /// The day the money arrived, for rows that do not say.
    pub received: Option<String>,
    /// They wait until somebody accepts them.
    pub draft: bool,
}

/// Writes the statements as a file that reads back; without statements a form with every source.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ExportReceipts {
    /// The open deal.
    pub deal: String,
    /// `xlsx` or `csv`.
    pub format: String,
    /// A form to fill in, and not what came in.
    pub blank: bool,
    /// The language of its words; English where none is given.
    pub language: Option<String>,
}
