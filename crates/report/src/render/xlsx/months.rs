//! The cash flow in the workbook: months side by side, live along the rows and down the columns.

use recoup_explain::Quantity;
use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, ExcelDateTime, Format, Worksheet};

use crate::error::ReportError;
use crate::exhibits::{MonthLine, MonthTable};
use crate::render::xlsx::checks::{Check, Printed};
use crate::render::xlsx::figures::value;
use crate::render::xlsx::plan::{LEFT, Place, total_column};
use crate::render::xlsx::sheet::Writer;
use crate::render::xlsx::{charts, formats};
use crate::table::{Figure, RowStyle};

/// Rows of the table by what they do to the account.
#[derive(Debug, Default)]
struct Ledger {
    opening: Option<usize>,
    closing: Option<usize>,
    comes: Vec<usize>,
    goes: Vec<usize>,
}

pub(super) fn write(
    sheet: &mut Worksheet,
    writer: &mut Writer<'_>,
    (index, name, at, months): (usize, &str, u32, &MonthTable),
) -> Result<(), ReportError> {
    let total = total_column(months);
    let french = writer.is_french();
    sheet.write_string_with_format(
        at,
        LEFT,
        &writer.document.currency,
        &formats::head(true).set_indent(0),
    )?;
    let month = formats::head(false).set_num_format(if french { "[$-40C]mmm yy" } else { "mmm yy" });
    for (offset, one) in months.months.iter().enumerate() {
        let day = ExcelDateTime::from_serial_datetime(value(&Quantity::Date(one.first_day())))?;
        sheet.write_datetime_with_format(at, LEFT + 1 + offset as u16, day, &month)?;
    }
    sheet.write_string_with_format(at, total, writer.words.say("page.total"), &formats::head(false))?;
    sheet.write_string_with_format(at, total + 1, writer.words.say("column.ref"), &formats::head(false))?;
    let ledger = ledger(months);
    let balances = balances(months, &ledger);
    for (offset, row) in months.rows.iter().enumerate() {
        let row_at = at + 1 + offset as u32;
        sheet.write_string_with_format(row_at, LEFT, &row.label, &formats::row(row.style))?;
        for column in LEFT + 1..=total + 1 {
            sheet.write_blank(row_at, column, &formats::row(row.style))?;
        }
        for (place, figure) in row.months.iter().enumerate() {
            let Some(figure) = figure else { continue };
            let column = LEFT + 1 + place as u16;
            let live = if balances { balance(&ledger, offset, place, at, column) } else { None };
            let cell = Place { sheet: index, row: row_at, column };
            writer.figure(sheet, cell, figure, row.style, live)?;
        }
        if let Some(figure) = &row.total {
            let cell = |column| rust_xlsxwriter::utility::row_col_to_cell(row_at, column);
            let adds_up = sum(&row.months) == figure.value.as_money().map(|amount| amount.minor());
            let live = adds_up.then(|| format!("=SUM({}:{})", cell(LEFT + 1), cell(total - 1)));
            let place = Place { sheet: index, row: row_at, column: total };
            if live.is_some() {
                let label = format!("{}, {}", row.label, writer.words.say("page.total"));
                let printed = Printed::Number(value(&figure.value));
                writer.checks.push(Check { label, place, printed });
            }
            writer.figure(sheet, place, figure, row.style, live)?;
        }
        let tag = formats::row(row.style).set_font_color(0x000B_5563);
        let tag = tag.set_align(rust_xlsxwriter::FormatAlign::Right);
        sheet.write_string_with_format(row_at, total + 1, &row.tag, &tag)?;
    }
    sheet.set_column_width(LEFT, 46)?;
    for column in LEFT + 1..=total {
        sheet.set_column_width(column, 14)?;
    }
    sheet.set_column_width(total + 1, 7)?;
    shade(sheet, at, months)?;
    charts::months(sheet, writer, (name, at, months))
}

/// Cash below nothing stands out.
fn shade(sheet: &mut Worksheet, at: u32, months: &MonthTable) -> Result<(), ReportError> {
    let cash = months.rows.iter().position(|row| row.drawn == Some(MonthLine::Cash));
    if let Some(offset) = cash {
        let row = at + 1 + offset as u32;
        let format = Format::new().set_background_color(0x00D5_DCE2);
        let below =
            ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::LessThan(0)).set_format(format);
        sheet.add_conditional_format(row, LEFT + 1, row, total_column(months) - 1, &below)?;
    }
    Ok(())
}

fn ledger(months: &MonthTable) -> Ledger {
    let mut ledger = Ledger::default();
    let mut groups = 0;
    for (index, row) in months.rows.iter().enumerate() {
        match (row.style, groups) {
            (RowStyle::Group, _) => groups += 1,
            (RowStyle::Muted, _) => ledger.opening = Some(index),
            (RowStyle::Plain, 1) => ledger.comes.push(index),
            (RowStyle::Plain, 2) => ledger.goes.push(index),
            _ => {}
        }
        if row.drawn == Some(MonthLine::Cash) {
            ledger.closing = Some(index);
        }
    }
    ledger
}

fn minor(figure: Option<&Figure>) -> Option<i64> {
    figure.map_or(Some(0), |figure| figure.value.as_money().map(|amount| amount.minor()))
}

fn sum(figures: &[Option<Figure>]) -> Option<i64> {
    figures.iter().map(|figure| minor(figure.as_ref())).sum()
}

/// Whether opening cash, what comes and what goes make the closing cash in every month, and each month
/// begins with what the one before it ended with. Only then are they written as formulas.
fn balances(months: &MonthTable, ledger: &Ledger) -> bool {
    let at = |row: usize, month: usize| {
        minor(months.rows.get(row).and_then(|row| row.months.get(month)).and_then(Option::as_ref))
    };
    let (Some(opening), Some(closing)) = (ledger.opening, ledger.closing) else { return false };
    (0..months.months.len()).all(|month| {
        let comes: Option<i64> = ledger.comes.iter().map(|row| at(*row, month)).sum();
        let goes: Option<i64> = ledger.goes.iter().map(|row| at(*row, month)).sum();
        let begins = month == 0 || at(opening, month) == at(closing, month - 1);
        let (Some(comes), Some(goes), Some(open)) = (comes, goes, at(opening, month)) else { return false };
        begins && at(closing, month) == Some(open + comes - goes)
    })
}

fn balance(ledger: &Ledger, row: usize, month: usize, at: u32, column: u16) -> Option<String> {
    let cell =
        |row: usize, column: u16| rust_xlsxwriter::utility::row_col_to_cell(at + 1 + row as u32, column);
    let (opening, closing) = (ledger.opening?, ledger.closing?);
    if row == opening && month > 0 {
        return Some(format!("={}", cell(closing, column - 1)));
    }
    if row != closing {
        return None;
    }
    let part = |rows: &[usize]| match (rows.first(), rows.last()) {
        (Some(first), Some(last)) => format!("SUM({}:{})", cell(*first, column), cell(*last, column)),
        _ => "0".to_owned(),
    };
    Some(format!("={}+{}-{}", cell(opening, column), part(&ledger.comes), part(&ledger.goes)))
}
