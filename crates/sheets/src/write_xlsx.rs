//! A table as a workbook of one sheet.

use recoup_money::Money;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError,
};

use crate::{
    export::{ExportedCell, ExportedTable, mark_of},
    grid::column_letters,
    open::SheetError,
    places::points,
};

/// Digits that a number cell keeps for certain; a longer number is written as text.
const CELL_DIGITS: usize = 15;

/// Writes a table.
///
/// # Errors
/// [`SheetError`] where the table does not fit into a sheet.
pub fn write_xlsx(table: &ExportedTable) -> Result<Vec<u8>, SheetError> {
    written(table).map_err(|reason| {
        SheetError::new("SHEET_UNWRITABLE", "The budget cannot be written as a workbook.").given(reason)
    })
}

fn written(table: &ExportedTable) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same budget gives the same bytes: a workbook otherwise bears the moment it was written.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let sheet = book.add_worksheet();
    sheet.set_name(table.sheet)?;
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for (at, head) in table.heads.iter().enumerate() {
        let column = u16::try_from(at).unwrap_or(u16::MAX);
        sheet.write_string_with_format(0, column, *head, &bold)?;
        sheet.set_column_width(column, width(table, at))?;
    }
    sheet.set_freeze_panes(1, 2)?;
    for (at, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            write_cell(sheet, table, (row(at + 1), u16::try_from(column).unwrap_or(u16::MAX)), cell)?;
        }
    }
    if let Some(sum) = table.sum {
        total(sheet, table, sum)?;
    }
    book.save_to_buffer()
}

fn row(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn write_cell(
    sheet: &mut Worksheet,
    table: &ExportedTable,
    (row, column): (u32, u16),
    cell: &ExportedCell,
) -> Result<(), XlsxError> {
    match cell {
        ExportedCell::Empty => {}
        ExportedCell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        ExportedCell::Amount(amount) => match number(amount.to_decimal()) {
            Some(value) => {
                sheet.write_number_with_format(row, column, value, &amounts(*amount))?;
            }
            None => {
                sheet.write_string(row, column, amount.to_decimal().to_string())?;
            }
        },
        ExportedCell::Share(share) => match number(*share) {
            Some(value) => {
                sheet.write_number_with_format(row, column, value, &Format::new().set_num_format("0.##%"))?;
            }
            None => {
                sheet.write_string(row, column, format!("{} %", points(*share, mark_of(table.language))))?;
            }
        },
    }
    Ok(())
}

/// The sum of the lines, as a formula with its result.
fn total(sheet: &mut Worksheet, table: &ExportedTable, sum: Money) -> Result<(), XlsxError> {
    let (at, letters) = (row(table.rows.len() + 1), column_letters(table.amount));
    let column = u16::try_from(table.amount).unwrap_or(u16::MAX);
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(at, column.saturating_sub(1), table.total, &bold)?;
    let formula =
        Formula::new(format!("=SUM({letters}2:{letters}{at})")).set_result(sum.to_decimal().to_string());
    sheet.write_formula_with_format(at, column, formula, &amounts(sum).set_bold())?;
    Ok(())
}

fn amounts(amount: Money) -> Format {
    let decimals = "0".repeat(amount.currency().exponent() as usize);
    let point = if decimals.is_empty() { "" } else { "." };
    Format::new().set_num_format(format!("#,##0{point}{decimals}"))
}

/// A number that a cell keeps digit by digit.
fn number(value: Decimal) -> Option<f64> {
    let digits = value.normalize().mantissa().unsigned_abs().to_string().len();
    value.to_f64().filter(|_| digits <= CELL_DIGITS)
}

fn width(table: &ExportedTable, column: usize) -> f64 {
    let longest = |cell: Option<&ExportedCell>| match cell {
        Some(ExportedCell::Text(text)) => text.chars().count(),
        Some(ExportedCell::Amount(_)) => 16,
        _ => 0,
    };
    let cells = table.rows.iter().map(|row| longest(row.get(column))).max().unwrap_or(0);
    let head = table.heads.get(column).map_or(0, |head| head.chars().count());
    cells.max(head).clamp(8, 42) as f64 + 2.0
}
