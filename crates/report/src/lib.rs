//! Results as documents: what a financier is handed.
//!
//! A [`Document`] is the one description of a pack: sections of tables whose cells are figures of a
//! [`Book`](recoup_explain::Book), each with its derivation tag. [`render`] makes it a PDF, a workbook or
//! plain text; none of the three computes anything. Every tag resolves in the last section, down to typed
//! cells and clauses.
//!
//! The same deal gives the same bytes: no clock is read, the date printed is the deal's own.
#![deny(missing_docs)]

mod document;
mod error;
mod format;
mod pack;

mod references;
pub mod render;
mod sections;

mod words;

pub use document::{
    Bar, Block, Cell, Column, ColumnKind, Document, FindingLine, Row, RowFormula, RowStyle, Section, Table,
};
pub use error::ReportError;
pub use pack::{Pack, PackFile, PackFormat, Results, document, fingerprint, pack};

pub use references::{Reference, Tags};
