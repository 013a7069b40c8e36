//! Files: told apart by their first bytes, bounded before anything is unpacked.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::{csv_text, grid::Sheet, ods_bounds, workbook};

/// Largest file in bytes.
pub const MAX_FILE_BYTES: usize = 5 * 1024 * 1024;
/// Most rows of a sheet.
pub const MAX_ROWS: usize = 10_000;
/// Most columns of a sheet; a budget has a dozen.
pub(crate) const MAX_COLUMNS: usize = 256;
/// Most sheets of a workbook.
const MAX_SHEETS: usize = 200;
/// Most bytes that the parts of a file may unpack to, together.
const MAX_UNPACKED: u64 = 80 * 1024 * 1024;
/// Most parts of a packed file.
const MAX_PARTS: usize = 2_000;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Excel 2007 and later.
    Xlsx,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
    /// Text with separators.
    Csv,
}

impl FileFormat {
    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
        }
    }
}

/// Why a file cannot be read as sheets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SheetError {
    /// What a consumer branches on.
    pub code: &'static str,
    /// What a person reads.
    pub message: String,
    /// What was given, where it helps.
    pub given: Option<String>,
    /// What would be accepted.
    pub limit: Option<String>,
}

impl SheetError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), given: None, limit: None }
    }

    pub(crate) fn given(mut self, given: impl ToString) -> Self {
        self.given = Some(given.to_string());
        self
    }

    pub(crate) fn limit(mut self, limit: impl ToString) -> Self {
        self.limit = Some(limit.to_string());
        self
    }
}

/// The sheets of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// How the file is written.
    pub format: FileFormat,
    /// The encoding of a text file, such as `UTF-8`.
    pub encoding: Option<&'static str>,
    /// The separator of a text file.
    pub separator: Option<char>,
    /// The sheets in their order.
    pub sheets: Vec<Sheet>,
}

impl Workbook {
    /// Reads a file. `name` is what it is called, for its one sheet where it is text.
    ///
    /// # Errors
    /// [`SheetError`] for a file that is too large, encrypted, no table, or empty.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, SheetError> {
        if bytes.len() > MAX_FILE_BYTES {
            let error = SheetError::new(
                "SHEET_TOO_LARGE",
                "The file is larger than 5 MB. Export the top sheet alone.",
            );
            return Err(error.given(bytes.len()).limit(MAX_FILE_BYTES));
        }
        let book = match bytes {
            [] => return Err(empty()),
            [b'P', b'K', 3 | 5, ..] => packed(bytes)?,
            [0xd0, 0xcf, 0x11, 0xe0, ..] => old(bytes)?,
            [b'%', b'P', b'D', b'F', ..] => {
                let message =
                    "This is a PDF. Export the budget as XLSX or CSV from the program that made it.";
                return Err(SheetError::new("SHEET_UNREADABLE", message).given("PDF"));
            }
            _ => csv_text::read(name, bytes)?,
        };
        if book.sheets.iter().all(|sheet| sheet.width() == 0) {
            return Err(empty());
        }
        Ok(book)
    }

    /// The sheet of this name, else the one that looks most like a budget is for [`crate::preview`] to choose.
    #[must_use]
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

fn empty() -> SheetError {
    SheetError::new("SHEET_EMPTY", "There is nothing in this file.")
}

pub(crate) fn unreadable(reason: impl ToString) -> SheetError {
    let message = "The file cannot be read as a spreadsheet. Save it again as XLSX or CSV.";
    SheetError::new("SHEET_UNREADABLE", message).given(reason)
}

pub(crate) fn encrypted() -> SheetError {
    let message = "The file is protected by a password. Save a copy without one.";
    SheetError::new("SHEET_ENCRYPTED", message)
}

pub(crate) fn expect_within(sheet: &str, row: usize, column: usize) -> Result<(), SheetError> {
    if row >= MAX_ROWS {
        let message = "A sheet has more rows than a budget can have. Delete what is not the budget.";
        return Err(SheetError::new("SHEET_TOO_LONG", message)
            .given(format!("{sheet}!{}", row + 1))
            .limit(MAX_ROWS));
    }
    if column >= MAX_COLUMNS {
        let message = "A sheet has more columns than a budget can have. Delete what is not the budget.";
        return Err(SheetError::new("SHEET_TOO_WIDE", message)
            .given(format!("{sheet}!{}", crate::grid::column_letters(column)))
            .limit(MAX_COLUMNS));
    }
    Ok(())
}

pub(crate) fn expect_few_sheets(count: usize) -> Result<(), SheetError> {
    if count <= MAX_SHEETS {
        return Ok(());
    }
    let message = "The workbook has too many sheets. Save the one with the budget alone.";
    Err(SheetError::new("SHEET_TOO_MANY", message).given(count).limit(MAX_SHEETS))
}

/// A file of packed parts: unpacked once to nowhere, because the sizes it states of itself may be lies.
fn packed(bytes: &[u8]) -> Result<Workbook, SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > MAX_PARTS {
        return Err(bomb());
    }
    let mut left = MAX_UNPACKED;
    let mut content = None;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(unreadable)?;
        if part.encrypted() {
            return Err(encrypted());
        }
        let is_content = part.name().is_ok_and(|name| name == "content.xml");
        let mut kept = Vec::new();
        let mut limited = (&mut part).take(left + 1);
        let size = if is_content {
            limited.read_to_end(&mut kept).map_err(unreadable)? as u64
        } else {
            std::io::copy(&mut limited, &mut std::io::sink()).map_err(unreadable)?
        };
        left = left.checked_sub(size).ok_or_else(bomb)?;
        if is_content {
            content = Some(kept);
        }
    }
    match content {
        Some(content) => {
            ods_bounds::expect_small(&content)?;
            workbook::ods(bytes)
        }
        None if archive.index_for_name("xl/workbook.bin").is_some() => {
            let message = "This is a binary workbook (XLSB). Save it as XLSX.";
            Err(SheetError::new("SHEET_UNREADABLE", message).given("XLSB"))
        }
        None => workbook::xlsx(bytes),
    }
}

fn bomb() -> SheetError {
    let message = "The file unpacks to more than any budget needs, so it was not opened.";
    SheetError::new("SHEET_TOO_LARGE", message).limit(MAX_UNPACKED)
}

/// A file of the older kind: a workbook, or a newer one behind a password.
fn old(bytes: &[u8]) -> Result<Workbook, SheetError> {
    // Names in this container are two bytes a letter.
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name.as_slice()) {
        return Err(encrypted());
    }
    workbook::xls(bytes)
}
