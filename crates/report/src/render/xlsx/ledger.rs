//! The waterfall on its sheets: a label, where it comes from, a term, and a column a period or a receipt.

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Formula as Entered, Worksheet};

use crate::error::ReportError;
use crate::excel::{Ledger, LedgerCell, LedgerContent, LedgerRow, LedgerUnit};
use crate::render::xlsx::checks::{Check, Printed};
use crate::render::xlsx::figures::value;
use crate::render::xlsx::formats::{self, Ink};
use crate::render::xlsx::plan::{FIRST_ROW, LEFT, Place};
use crate::render::xlsx::sheet::{Writer, running};
use crate::table::RowStyle;
use recoup_explain::Quantity;
use rust_decimal::prelude::ToPrimitive;

/// The column of addresses and paths.
const NOTE: u16 = LEFT + 1;
/// The column of terms; periods and receipts follow it.
const FIRST: u16 = LEFT + 2;
/// Rows of the head: the day, and what it is about.
const HEAD: u32 = 2;
/// The longest formula a cell holds.
const LONGEST: usize = 8_000;

/// Rows taken together.
pub(super) fn high(ledger: &Ledger) -> u32 {
    let rows = |part: &crate::excel::LedgerPart| part.rows.len() as u32 + 2;
    HEAD + ledger.parts.iter().map(rows).sum::<u32>()
}

/// Every row with its offset from the first one of the head.
fn rows(ledger: &Ledger) -> impl Iterator<Item = (u32, &LedgerRow)> {
    let mut at = HEAD;
    ledger.parts.iter().flat_map(move |part| {
        let first = at + 1;
        at = first + part.rows.len() as u32 + 1;
        part.rows.iter().enumerate().map(move |(offset, row)| (first + offset as u32, row))
    })
}

/// Every cell with its row and column.
pub(super) fn cells(ledger: &Ledger) -> impl Iterator<Item = (&LedgerCell, u32, u16)> {
    rows(ledger)
        .flat_map(|(at, row)| row.cells.iter().map(move |cell| (cell, at, FIRST + cell.column as u16)))
}

pub(super) fn write(
    sheet: &mut Worksheet,
    writer: &mut Writer<'_>,
    (index, at): (usize, u32),
    ledger: &Ledger,
) -> Result<(), ReportError> {
    let plan = writer.plan;
    let Some(planned) = plan.sheets.get(index) else { return Ok(()) };
    writer.open(sheet, &planned.name, &planned.title, 8)?;
    running(sheet, 2, LEFT + 7, &ledger.intro, 150.0, &formats::running())?;
    head(sheet, writer, at, ledger)?;
    let last = FIRST + ledger.columns.len() as u16;
    let mut next = at + HEAD;
    for part in &ledger.parts {
        sheet.write_string_with_format(next, LEFT, &part.heading, &formats::heading())?;
        sheet.write_string_with_format(next, NOTE, &part.terms, &formats::quiet().set_indent(1))?;
        let first = next + 1;
        for (offset, row) in part.rows.iter().enumerate() {
            self::row(sheet, writer, (index, first + offset as u32, last), ledger, row)?;
        }
        next = first + part.rows.len() as u32;
        if part.folded && !part.rows.is_empty() {
            sheet.group_rows_collapsed(first, next - 1)?;
        }
        next += 1;
    }
    sheet.set_column_width(LEFT, 46)?;
    sheet.set_column_width(NOTE, 30)?;
    for column in FIRST..=last {
        sheet.set_column_width(column, 15.5)?;
    }
    sheet.set_freeze_panes(FIRST_ROW + HEAD, FIRST)?;
    writer.finish(sheet, planned.end.saturating_sub(1), last, Some(FIRST_ROW))?;
    sheet.set_print_fit_to_pages((ledger.columns.len() as u16 + 5).div_ceil(12), 0);
    sheet.set_repeat_columns(0, LEFT)?;
    sheet.set_repeat_rows(FIRST_ROW, FIRST_ROW + HEAD - 1)?;
    Ok(())
}

/// The days, and below them what each column is about.
fn head(sheet: &mut Worksheet, writer: &Writer<'_>, at: u32, ledger: &Ledger) -> Result<(), ReportError> {
    let plain = formats::head(true).set_indent(0);
    let upper = |format: Format| format.set_border_bottom(FormatBorder::None);
    let lower = |format: Format| format.set_border_top(FormatBorder::None);
    sheet.write_string_with_format(at, LEFT, &writer.document.currency, &upper(plain.clone()))?;
    sheet.write_string_with_format(
        at,
        NOTE,
        writer.words.say("page.address"),
        &upper(formats::head(true)),
    )?;
    sheet.write_string_with_format(
        at,
        FIRST,
        writer.words.say("waterfall.term"),
        &upper(formats::head(false)),
    )?;
    for column in LEFT..=FIRST {
        sheet.write_blank(at + 1, column, &lower(plain.clone()))?;
    }
    let day = if writer.is_french() { "[$-40C]d mmm yyyy" } else { "d mmm yyyy" };
    for (place, column) in ledger.columns.iter().enumerate() {
        let to = FIRST + 1 + place as u16;
        let opens = |format: Format| {
            if column.opens { format.set_border_left(FormatBorder::Thin) } else { format }
        };
        let when = ExcelDateTime::from_serial_datetime(value(&Quantity::Date(column.day)))?;
        let format = opens(upper(formats::head(false).set_num_format(day)));
        sheet.write_datetime_with_format(at, to, when, &format)?;
        let format = opens(lower(formats::head(false).set_font_size(8)));
        sheet.write_string_with_format(at + 1, to, &column.about, &format)?;
    }
    if ledger.columns.iter().any(|column| !column.about.is_empty()) {
        sheet.set_row_height(at + 1, 46)?;
    }
    Ok(())
}

fn row(
    sheet: &mut Worksheet,
    writer: &mut Writer<'_>,
    (index, at, last): (usize, u32, u16),
    ledger: &Ledger,
    row: &LedgerRow,
) -> Result<(), ReportError> {
    let own = formats::row(row.style);
    for column in LEFT..=last {
        sheet.write_blank(at, column, &own)?;
    }
    sheet.write_string_with_format(at, LEFT, &row.label, &own)?;
    let quiet = own.clone().set_font_color(formats::NOTE).set_indent(1);
    sheet.write_string_with_format(at, NOTE, &row.note, &quiet)?;
    for cell in &row.cells {
        let place = Place { sheet: index, row: at, column: FIRST + cell.column as u16 };
        self::cell(sheet, writer, place, cell, row.style)?;
        if cell.checked {
            let day = cell.column.checked_sub(1).and_then(|place| ledger.columns.get(place));
            let day = day.map_or_else(String::new, |column| writer.figures.day(column.day));
            let printed = Printed::Number(cell.value.to_f64().unwrap_or(0.0));
            let label = if row.note.is_empty() { row.label.clone() } else { row.note.clone() };
            writer.checks.push(Check { label: format!("{label}, {day}"), place, printed });
        }
    }
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    writer: &Writer<'_>,
    place: Place,
    cell: &LedgerCell,
    style: RowStyle,
) -> Result<(), ReportError> {
    if let (LedgerContent::Given, Some(figure)) = (&cell.content, &cell.figure) {
        return writer.figure(sheet, place, figure, style, None);
    }
    let text = match &cell.content {
        LedgerContent::Computed(formula) => formula.text(&|key| writer.plan.named_cell(key, place.sheet)),
        LedgerContent::Given | LedgerContent::Written => None,
    };
    let (row, column) = (place.row, place.column);
    if let Some(text) = text.filter(|text| text.len() < LONGEST) {
        let ink = if text.contains('!') { Ink::Link } else { Ink::Plain };
        let format = format(writer, style, cell.unit, ink);
        let formula = Entered::new(text).set_result(cell.value.normalize().to_string());
        sheet.write_formula_with_format(row, column, formula, &format)?;
        return Ok(());
    }
    let format = format(writer, style, cell.unit, Ink::Written);
    sheet.write_number_with_format(row, column, cell.value.to_f64().unwrap_or(0.0), &format)?;
    Ok(())
}

fn format(writer: &Writer<'_>, style: RowStyle, unit: LedgerUnit, ink: Ink) -> Format {
    let format = formats::inked(formats::row(style), ink).set_align(FormatAlign::Right);
    let places = writer.document.currency_places as usize;
    match unit {
        LedgerUnit::Amount => {
            let decimals = if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) };
            format.set_num_format(format!("#,##0{decimals}_);(#,##0{decimals});\"–\"_)"))
        }
        LedgerUnit::Share => format.set_num_format("0.00%_);(0.00%);\"–\"_)"),
        LedgerUnit::Count => format.set_num_format("#,##0.#######_);(#,##0.#######);\"–\"_)"),
    }
}
