//! Statements of receipts as spreadsheets: read with every doubt at its cell, and written so that they read back.
//!
//! [`preview_receipts`] finds the header, guesses what each column means, dates every row and says which revenue
//! source it is about. A source is taken where its id or its name is written, or where only one source has the
//! territory and window that are; otherwise the nearest ones are suggested and a person decides. A row whose source
//! or days are not known is left out with its reason, never guessed.

mod columns;
mod days;
mod meaning;
mod preview;
mod rows;
mod sources;
mod table;
mod words;

pub use columns::{ReceiptColumnChoice, ReceiptsMapping};
pub use days::{DayOrder, read_day, read_period};
pub use meaning::ReceiptMeaning;
pub use preview::{
    ReceiptColumn, ReceiptFate, ReceiptLeft, ReceiptRow, ReceiptTotals, ReceiptsAsked, ReceiptsPreview,
    SheetStatement, preview_receipts,
};
pub use sources::{KnownSource, SourceGround, UnknownSource};
pub use table::receipts_table;
