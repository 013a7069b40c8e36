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
mod edition;
mod error;
mod excel;
mod exhibits;
mod form_run;
mod format;
mod outlook;
mod pack;
mod program;
mod references;
pub mod render;
mod risk;
mod rules;
mod sections;
mod table;
mod words;

pub use document::{Bar, Block, Document, FindingLine, Program, Section, SectionKind};
pub use edition::{Edition, Language, Reader};
pub use error::ReportError;
pub use excel::{
    Formula, Kind, Ledger, LedgerCell, LedgerColumn, LedgerContent, LedgerPart, LedgerRow, LedgerUnit, Named,
    Rounds, Translation, WorkingCell, WorkingContent, WorkingPart, WorkingRow, Workings, translate,
};
pub use exhibits::{
    KeyFigure, Ladder, LadderStep, MonthLine, MonthRow, MonthTable, PeriodRow, PeriodTable, Rung, RungClaim,
};
pub use form_run::{FormInput, FormRun};
pub use outlook::{Chance, Chances, Fan, Histogram, Outlook, Percentile, Swing, Tornado};
pub use pack::{Fed, Level, Pack, PackFile, PackFormat, Results, document, document_for, fingerprint, pack};
pub use program::{Form, FormCell, FormPart, FormRow, Offer};
pub use references::{Reference, Tags};
pub use risk::{Bands, Counted, PathWay, Risk, Simulated, drawn_party, moved_result};
pub use sections::sections_for;
pub use table::{Cell, Column, ColumnKind, Figure, Row, RowFormula, RowStyle, Table};
