//! Budgets and statements of receipts as spreadsheets: read with every doubt at its cell, and written so that they
//! read back.
//!
//! [`Workbook::read`] makes sheets of cells out of the bytes of an XLSX, XLS, ODS or CSV file and refuses what is
//! too large before it is unpacked. [`preview`] finds the header, guesses what each column means, and says what
//! every row would become: a line of the budget, or left out and why. What cannot be read is a [`CellFault`] with
//! its address, such as `Budget!C14`, and the rest of the row stands. [`merged`] puts the lines into a budget,
//! [`write_xlsx`] and [`write_csv`] write one that [`preview`] reads back line by line.
//!
//! Invariants:
//! - No amount goes through a float that the file writes as text; a number cell of a spreadsheet is taken in its
//!   shortest decimal form and rounded half up to the minor unit of its currency, and a cell that lost digits in
//!   this says so.
//! - Nothing is guessed twice: the same bytes under the same mapping give the same preview.
//! - Every row below the header is either a line or left out with a reason; none disappears.
#![deny(missing_docs)]

mod account_words;
mod arithmetic;
mod cells;
mod columns;
mod csv_text;
mod dialect;
mod export;
mod fault;
mod grid;
mod header;
mod lines;
mod meaning;
mod merge;
mod names;
mod number;
mod ods_bounds;
mod open;
mod places;
mod preview;
mod receipts;
mod row_kind;
mod spoken;
mod text;
mod workbook;
mod write_csv;
mod write_xlsx;

pub use account_words::{AccountGround, account_of};
pub use columns::{ColumnChoice, Mapping};
pub use export::{ExportedTable, exported};
pub use fault::{CellFault, FaultCode, FaultWeight};
pub use grid::{Cell, CellNumber, CellValue, Sheet, column_letters};
pub use meaning::Meaning;
pub use merge::{ImportMode, merged};
pub use number::{DecimalMark, NotANumber, ReadNumber, read_number};
pub use open::{FileFormat, MAX_FILE_BYTES, MAX_ROWS, SheetError, Workbook};
pub use preview::{Asked, Column, Named, Preview, Row, RowFate, SheetLine, Totals, preview};
pub use receipts::{
    DayOrder, KnownSource, ReceiptColumn, ReceiptColumnChoice, ReceiptFate, ReceiptLeft, ReceiptMeaning,
    ReceiptRow, ReceiptTotals, ReceiptsAsked, ReceiptsMapping, ReceiptsPreview, SheetStatement, SourceGround,
    UnknownSource, preview_receipts, read_day, read_period, receipts_table,
};
pub use row_kind::LeftOut;
pub use write_csv::write_csv;
pub use write_xlsx::write_xlsx;
