//! The document as a workbook: one sheet a section, sums as live formulas, every tag resolved in the last
//! sheet.

use recoup_explain::Quantity;
use recoup_money::Money;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};

use crate::document::{Block, Cell, ColumnKind, Document, Row, RowFormula, RowStyle, Section, Table};
use crate::error::ReportError;
use crate::format::figure;

const LEFT: u16 = 1;
const NOTE: &str = "566470";

/// Names of the sheets, in order.
pub fn sheet_names(document: &Document) -> Vec<String> {
    document
        .sections
        .iter()
        .map(|section| sheet_name(&section.topic))
        .chain(std::iter::once("Derivations".to_owned()))
        .collect()
}

/// The workbook's bytes.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_title(&document.title)
        .set_subject(&document.subtitle)
        .set_author("Recoup")
        .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    for section in &document.sections {
        sheet(workbook.add_worksheet(), document, section)?;
    }
    derivations(workbook.add_worksheet(), document)?;
    Ok(workbook.save_to_buffer()?)
}

fn sheet_name(topic: &str) -> String {
    topic.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect()
}

fn base() -> Format {
    Format::new().set_font_name("Arial").set_font_size(9)
}

fn open(sheet: &mut Worksheet, document: &Document, topic: &str) -> Result<(), ReportError> {
    sheet.set_name(sheet_name(topic))?;
    sheet.set_screen_gridlines(false);
    sheet.set_column_width(0, 2)?;
    sheet.write_string_with_format(0, LEFT, topic, &base().set_font_size(14).set_bold())?;
    let state = format!(
        "{}, {}, {}, model {}",
        document.title, document.currency, document.as_of, document.fingerprint
    );
    sheet.write_string_with_format(1, LEFT, state, &base().set_font_color(note_colour()))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_footer(format!("&L&7{}&R&7Page &P of &N", document.confidentiality.replace('&', "&&")));
    Ok(())
}

fn note_colour() -> Color {
    Color::RGB(u32::from_str_radix(NOTE, 16).unwrap_or(0))
}

fn sheet(sheet: &mut Worksheet, document: &Document, section: &Section) -> Result<(), ReportError> {
    open(sheet, document, &section.topic)?;
    sheet.write_string_with_format(2, LEFT, &section.lead, &base().set_italic())?;
    let mut widths = Vec::new();
    let mut at = 4;
    for block in &section.blocks {
        match block {
            Block::Heading(text) => {
                sheet.write_string_with_format(at, LEFT, text, &base().set_bold().set_font_size(10))?;
                at += 1;
            }
            Block::Text(text) => {
                sheet.write_string_with_format(at, LEFT, text, &base())?;
                at += 2;
            }
            Block::Table(rows) => {
                at = table(sheet, rows, at, &mut widths)? + 1;
            }
            Block::Bars(_) => {}
            Block::Findings(findings) => {
                for finding in findings {
                    sheet.write_string_with_format(at, LEFT, finding.severity, &base().set_bold())?;
                    sheet.write_string_with_format(at, LEFT + 1, &finding.message, &base())?;
                    sheet.write_string_with_format(at + 1, LEFT + 1, &finding.remedy, &base())?;
                    at += 2;
                }
            }
        }
    }
    for (index, width) in widths.iter().enumerate() {
        sheet.set_column_width(LEFT + index as u16, *width)?;
    }
    Ok(())
}

fn table(sheet: &mut Worksheet, table: &Table, at: u32, widths: &mut Vec<f64>) -> Result<u32, ReportError> {
    for (index, column) in table.columns.iter().enumerate() {
        let format = base()
            .set_font_color(note_colour())
            .set_border_top(FormatBorder::Medium)
            .set_border_bottom(FormatBorder::Thin)
            .set_align(if column.kind == ColumnKind::Text { FormatAlign::Left } else { FormatAlign::Right });
        sheet.write_string_with_format(at, LEFT + index as u16, &column.header, &format)?;
        let wanted: f64 = match column.kind {
            ColumnKind::Text => 14.0 + column.width * 8.0,
            ColumnKind::Tag => 7.0,
            _ => 15.0,
        };
        match widths.get_mut(index) {
            Some(width) => *width = width.max(wanted.min(60.0)),
            None => widths.push(wanted.min(60.0)),
        }
    }
    let first = at + 1;
    for (offset, row) in table.rows.iter().enumerate() {
        for (index, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            let position = (first + offset as u32, LEFT + index as u16);
            write(sheet, position, cell, column.kind, row, first)?;
        }
    }
    Ok(first + table.rows.len() as u32)
}

fn row_format(row: &Row, kind: ColumnKind) -> Format {
    let mut format = base().set_border_bottom(FormatBorder::Hair);
    format = match row.style {
        RowStyle::Total => {
            format.set_bold().set_border_top(FormatBorder::Medium).set_border_bottom(FormatBorder::Medium)
        }
        RowStyle::Subtotal => format.set_bold().set_border_top(FormatBorder::Thin),
        RowStyle::Group => format.set_bold(),
        RowStyle::Muted => format.set_font_color(note_colour()),
        RowStyle::Plain => format,
    };
    match kind {
        ColumnKind::Money => format.set_num_format("#,##0.00_);(#,##0.00);\"–\"_)"),
        ColumnKind::Percent => format.set_num_format("0.0%_);(0.0%);\"–\"_)"),
        ColumnKind::Rate => format.set_num_format("0.00%_);(0.00%);\"–\"_)"),
        ColumnKind::Multiple => format.set_num_format("0.00\"×\""),
        ColumnKind::Number => format.set_num_format("#,##0.######_);(#,##0.######);\"–\"_)"),
        ColumnKind::Tag => format.set_align(FormatAlign::Right),
        ColumnKind::Text => format,
    }
}

fn write(
    sheet: &mut Worksheet,
    (row_at, column_at): (u32, u16),
    cell: &Cell,
    kind: ColumnKind,
    row: &Row,
    first: u32,
) -> Result<(), ReportError> {
    let format = row_format(row, kind);
    match cell {
        Cell::Text(text) | Cell::Key { text, .. } | Cell::Tag(text) => {
            sheet.write_string_with_format(row_at, column_at, text, &format)?;
        }
        Cell::Blank => {
            sheet.write_blank(row_at, column_at, &format)?;
        }
        Cell::Figure(Quantity::Money(amount)) => match &row.formula {
            Some(formula) => {
                let text = formula_text(formula, first, column_at);
                let formula = Formula::new(text).set_result(amount.to_decimal().normalize().to_string());
                sheet.write_formula_with_format(row_at, column_at, formula, &format)?;
            }
            None => {
                sheet.write_number_with_format(row_at, column_at, major(*amount), &format)?;
            }
        },
        Cell::Figure(Quantity::Number(number)) => {
            let number = number.to_f64().unwrap_or(f64::NAN);
            sheet.write_number_with_format(row_at, column_at, number, &format)?;
        }
        Cell::Figure(other) => {
            let format = format.set_align(FormatAlign::Right);
            sheet.write_string_with_format(row_at, column_at, figure(other, kind), &format)?;
        }
    }
    Ok(())
}

/// Workbooks hold binary floating point; to the cent they are exact far beyond any film.
fn major(amount: Money) -> f64 {
    amount.to_f64()
}

fn formula_text(formula: &RowFormula, first: u32, column: u16) -> String {
    let name = |row: &usize| rust_xlsxwriter::utility::row_col_to_cell(first + *row as u32, column);
    match formula {
        RowFormula::Sum(rows) => {
            let contiguous = rows.windows(2).all(|pair| pair[1] == pair[0] + 1);
            match (rows.first(), rows.last()) {
                (Some(start), Some(end)) if contiguous => format!("=SUM({}:{})", name(start), name(end)),
                _ => format!("=SUM({})", rows.iter().map(name).collect::<Vec<_>>().join(",")),
            }
        }
        RowFormula::Difference(one, other) => format!("={}-{}", name(one), name(other)),
    }
}

fn derivations(sheet: &mut Worksheet, document: &Document) -> Result<(), ReportError> {
    open(sheet, document, "Derivations")?;
    let mut rows = Table::new(&[
        ("Ref", ColumnKind::Tag, 0.5),
        ("Figure", ColumnKind::Text, 2.5),
        ("Value", ColumnKind::Text, 1.0),
        ("Rule and rounding", ColumnKind::Text, 2.5),
        ("Made from", ColumnKind::Text, 5.0),
        ("Address", ColumnKind::Text, 3.0),
    ]);
    for reference in &document.references {
        rows.push(
            RowStyle::Plain,
            vec![
                Cell::Tag(reference.tag.clone()),
                reference.label.as_str().into(),
                figure(&reference.value, reference.kind).into(),
                reference.rule.as_str().into(),
                reference.made_from.as_str().into(),
                reference.address.as_str().into(),
            ],
            None,
        );
    }
    let mut widths = Vec::new();
    table(sheet, &rows, 3, &mut widths)?;
    for (index, width) in widths.iter().enumerate() {
        sheet.set_column_width(LEFT + index as u16, *width)?;
    }
    sheet.set_freeze_panes(4, 0)?;
    Ok(())
}
