//! Workbooks of the spreadsheet programs as sheets of cells.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    str::FromStr,
};

use calamine::{
    Data, DataRef, Ods, OdsError, Reader, SheetType, SheetVisible, Style, Xls, XlsError, Xlsx, XlsxError,
};
use recoup_money::Currency;
use rust_decimal::Decimal;

use crate::{
    grid::{Cell, CellNumber, CellValue, Sheet},
    open::{FileFormat, SheetError, Workbook, encrypted, expect_few_sheets, expect_within, unreadable},
};

/// Most merged ranges of a sheet that are looked at.
const MOST_MERGED: usize = 5_000;

pub(crate) fn xlsx(bytes: &[u8]) -> Result<Workbook, SheetError> {
    guarded(|| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|reason| match reason {
            XlsxError::Password => encrypted(),
            other => unreadable(other),
        })?;
        let sheets = visible(book.sheets_metadata());
        expect_few_sheets(sheets.len())?;
        let mut read = Vec::with_capacity(sheets.len());
        for (name, hidden) in sheets {
            let mut sheet = Sheet { name, hidden, rows: Vec::new() };
            fill(&mut book, &mut sheet)?;
            spread(&mut book, &mut sheet);
            read.push(sheet);
        }
        Ok(Workbook { format: FileFormat::Xlsx, encoding: None, separator: None, sheets: read })
    })
}

pub(crate) fn ods(bytes: &[u8]) -> Result<Workbook, SheetError> {
    guarded(|| {
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|reason| match reason {
            OdsError::Password => encrypted(),
            other => unreadable(other),
        })?;
        let sheets = visible(book.sheets_metadata());
        plain(&mut book, sheets, FileFormat::Ods)
    })
}

pub(crate) fn xls(bytes: &[u8]) -> Result<Workbook, SheetError> {
    guarded(|| {
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|reason| match reason {
            XlsError::Password => encrypted(),
            other => unreadable(other),
        })?;
        let sheets = visible(book.sheets_metadata());
        plain(&mut book, sheets, FileFormat::Xls)
    })
}

/// A damaged file must not take the program with it, whatever the reader of its format makes of it.
fn guarded(read: impl FnOnce() -> Result<Workbook, SheetError>) -> Result<Workbook, SheetError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(unreadable("damaged")))
}

fn visible(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let tables = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    tables.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

fn plain<'a, R>(book: &mut R, sheets: Vec<(String, bool)>, format: FileFormat) -> Result<Workbook, SheetError>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    expect_few_sheets(sheets.len())?;
    let mut read = Vec::with_capacity(sheets.len());
    for (name, hidden) in sheets {
        let range = book.worksheet_range(&name).map_err(unreadable)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut sheet = Sheet { name, hidden, rows: Vec::new() };
        for (row, column, data) in range.used_cells() {
            let value = value_of(borrowed(data), None);
            put(&mut sheet, (top as usize + row, left as usize + column), value)?;
        }
        read.push(sheet);
    }
    Ok(Workbook { format, encoding: None, separator: None, sheets: read })
}

/// The cells one after the other: laid out at once, two cells at opposite corners would fill the memory.
fn fill(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet) -> Result<(), SheetError> {
    let name = sheet.name.clone();
    let mut cells = book.worksheet_cells_reader(&name).map_err(unreadable)?;
    let styles: Vec<Style> = cells.styles().to_vec();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let value = value_of(cell.get_value().clone(), styles.get(style));
        put(sheet, (row as usize, column as usize), value)?;
    }
    Ok(())
}

fn put(sheet: &mut Sheet, (row, column): (usize, usize), cell: Cell) -> Result<(), SheetError> {
    if cell.is_empty() {
        return Ok(());
    }
    expect_within(&sheet.name, row, column)?;
    if sheet.rows.len() <= row {
        sheet.rows.resize_with(row + 1, Vec::new);
    }
    let cells = &mut sheet.rows[row];
    if cells.len() <= column {
        cells.resize_with(column + 1, Cell::default);
    }
    cells[column] = cell;
    Ok(())
}

/// A text over several rows belongs to each of them; an amount over several rows is one amount.
fn spread(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet) {
    let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
    for area in merged.into_iter().take(MOST_MERGED) {
        let (top, column) = (area.start.0 as usize, area.start.1 as usize);
        let first = sheet.cell(top, column).clone();
        if !matches!(first.value, CellValue::Text(_)) {
            continue;
        }
        let last = (area.end.0 as usize).min(sheet.rows.len().saturating_sub(1));
        for row in top + 1..=last {
            let cells = &mut sheet.rows[row];
            // A row without anything of its own stays blank.
            if cells.iter().all(Cell::is_empty) {
                continue;
            }
            if cells.len() <= column {
                cells.resize_with(column + 1, Cell::default);
            }
            cells[column] = first.clone();
        }
    }
}

fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(fault) => DataRef::Error(fault.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn value_of(data: DataRef<'_>, style: Option<&Style>) -> Cell {
    let format =
        style.and_then(|style| style.number_format.as_ref()).map(|format| format.format_code.as_str());
    let value = match data {
        DataRef::Empty => CellValue::Empty,
        DataRef::Int(number) => number_cell(Decimal::from(number), format),
        // The shortest text that reads back as the same float is what was typed.
        DataRef::Float(number) => match Decimal::from_str(&format!("{number}")) {
            Ok(value) => number_cell(value, format),
            Err(_) => CellValue::Text(format!("{number:e}")),
        },
        DataRef::Bool(flag) => CellValue::Flag(flag),
        DataRef::Error(fault) => CellValue::Fault(fault.to_string()),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            CellValue::Day(format!("{year:04}-{month:02}-{day:02}"))
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => CellValue::Day(text),
        DataRef::String(text) => return indented(&text, style),
        DataRef::SharedString(text) => return indented(text, style),
    };
    Cell { value, indent: 0 }
}

/// A text with the indent of its format or of the spaces before it, whichever is larger.
fn indented(text: &str, style: Option<&Style>) -> Cell {
    let by_format = style.and_then(|style| style.alignment.as_ref()).and_then(|alignment| alignment.indent);
    let cell = Cell::text(text);
    Cell { indent: cell.indent.max(by_format.unwrap_or(0)), ..cell }
}

fn number_cell(value: Decimal, format: Option<&str>) -> CellValue {
    let format = format.unwrap_or_default();
    // What is quoted is shown and says nothing; `"%"` multiplies nothing.
    let bare: String = format.split('"').step_by(2).collect();
    CellValue::Number(CellNumber { value, percent: bare.contains('%'), currency: currency_of(format) })
}

/// The one currency a number format names: `[$€-40C]`, `#,##0.00 "CAD"`.
fn currency_of(format: &str) -> Option<Currency> {
    let signs = [("€", Currency::EUR), ("£", Currency::GBP), ("CA$", Currency::CAD), ("US$", Currency::USD)];
    if let Some((_, currency)) = signs.iter().find(|(sign, _)| format.contains(sign)) {
        return Some(*currency);
    }
    let words = format.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() == 3);
    words
        .filter(|word| word.chars().all(|c| c.is_ascii_uppercase()))
        .find_map(|word| Currency::from_code(word).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_name_currencies_and_percentages() {
        assert_eq!(currency_of("#,##0.00\\ [$€-40C]"), Some(Currency::EUR));
        assert_eq!(currency_of("[$CAD] #,##0"), Some(Currency::CAD));
        assert_eq!(currency_of("$#,##0.00"), None);
        assert_eq!(currency_of("[RED]#,##0"), None);
        let percent =
            |format| matches!(number_cell(Decimal::ONE, Some(format)), CellValue::Number(n) if n.percent);
        assert!(percent("0.0%") && !percent("0\"%\""));
    }
}
