//! The workbook's own charts, fed by its cells.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartPatternFill, ChartPatternFillType,
    ChartSolidFill, ChartType, Color, Worksheet,
};

use crate::document::Bar;
use crate::error::ReportError;
use crate::exhibits::{MonthLine, MonthTable};
use crate::render::xlsx::plan::{LEFT, total_column};
use crate::render::xlsx::sheet::Writer;
use crate::table::{Cell, ColumnKind, Figure, RowStyle, Table};
use crate::words::Words;

/// The stakeholder kinds of the interface's light theme.
fn colour(class: &str) -> Color {
    Color::RGB(match class {
        "senior" => 0x001B_3A8A,
        "gap" => 0x0084_57C9,
        "mezz" => 0x00B7_9BE3,
        "soft" => 0x001E_7A61,
        "presale" => 0x00B0_8A2E,
        "equity" => 0x00B5_420F,
        "producer" => 0x0024_99DD,
        "talent" => 0x00CC_3885,
        "missing" => 0x00FF_FFFF,
        _ => 0x008B_939F,
    })
}

/// The parts of the stack as rows, from the foot up, which is the order of a stacked chart.
pub(super) fn stack_table(parts: &[Bar], words: &Words) -> Table {
    let mut table = Table::new(&[
        (words.say("capital.source"), ColumnKind::Text, 3.0),
        (words.say("column.status"), ColumnKind::Text, 1.4),
        (words.say("page.value"), ColumnKind::Money, 1.4),
    ]);
    for part in parts {
        let standing = if part.conditional { words.say("page.conditional") } else { "" };
        // What is to be found is the difference of the closing with the other sign, and so a value here.
        let address = if part.class == "missing" { String::new() } else { part.address.clone() };
        let figure = part.amount.map(|amount| Figure {
            value: amount.into(),
            address,
            kind: ColumnKind::Money,
            typed: false,
        });
        let cells =
            vec![Cell::Key { text: part.label.clone(), class: part.class }, standing.into(), figure.into()];
        table.push(RowStyle::Plain, cells, None);
    }
    table
}

fn small() -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(8);
    font
}

/// The capital stack: one column, hatched where it is not committed.
pub(super) fn stack(
    sheet: &mut Worksheet,
    writer: &Writer<'_>,
    (name, at, table, columns): (&str, u32, &Table, &[u16]),
) -> Result<(), ReportError> {
    let (Some(label), Some(amount)) = (columns.first(), columns.get(2)) else { return Ok(()) };
    let mut chart = Chart::new(ChartType::ColumnStacked);
    for (offset, row) in table.rows.iter().enumerate() {
        let row_at = at + 1 + offset as u32;
        let Some(Cell::Key { class, .. }) = row.cells.first() else { continue };
        let conditional = matches!(row.cells.get(1), Some(Cell::Text(text)) if !text.is_empty());
        let series = chart.add_series();
        series.set_values((name, row_at, *amount, row_at, *amount));
        series.set_name((name, row_at, *label)).set_gap(40);
        series.set_format(&mut fill(class, conditional));
    }
    chart.title().set_name(writer.words.say("capital.topic")).set_font(small().set_bold());
    chart.legend().set_position(ChartLegendPosition::Right).set_font(&small());
    chart.y_axis().set_num_format("#,##0;(#,##0)").set_font(&small());
    chart.x_axis().set_hidden(true);
    chart.set_width(620).set_height(400);
    chart.set_alt_text(writer.words.say("capital.topic"));
    sheet.insert_chart(at + table.rows.len() as u32 + 2, LEFT, &chart)?;
    Ok(())
}

fn fill(class: &str, conditional: bool) -> ChartFormat {
    let mut format = ChartFormat::new();
    let mut line = ChartLine::new();
    line.set_color(if class == "missing" { Color::RGB(0x0014_202B) } else { Color::White }).set_width(0.75);
    if conditional {
        let mut hatch = ChartPatternFill::new();
        hatch
            .set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
            .set_foreground_color(colour(class))
            .set_background_color(Color::White);
        format.set_pattern_fill(&hatch);
    } else {
        let mut solid = ChartSolidFill::new();
        solid.set_color(colour(class));
        format.set_solid_fill(&solid);
    }
    format.set_border(&line);
    format
}

/// What is owed as columns, what is at the bank as a line.
pub(super) fn months(
    sheet: &mut Worksheet,
    writer: &Writer<'_>,
    (name, at, months): (&str, u32, &MonthTable),
) -> Result<(), ReportError> {
    let row = |line: MonthLine| {
        months.rows.iter().position(|row| row.drawn == Some(line)).map(|offset| at + 1 + offset as u32)
    };
    let (Some(debt), Some(cash)) = (row(MonthLine::Debt), row(MonthLine::Cash)) else { return Ok(()) };
    let (first, last) = (LEFT + 1, total_column(months) - 1);
    let mut chart = Chart::new(ChartType::Column);
    let owed = chart.add_series();
    owed.set_categories((name, at, first, at, last)).set_values((name, debt, first, debt, last));
    owed.set_name((name, debt, LEFT)).set_gap(35);
    owed.set_format(&mut fill("senior", false));
    let mut line = Chart::new(ChartType::Line);
    let bank = line.add_series();
    bank.set_categories((name, at, first, at, last)).set_values((name, cash, first, cash, last));
    bank.set_name((name, cash, LEFT));
    let mut stroke = ChartLine::new();
    stroke.set_color(Color::RGB(0x0014_202B)).set_width(1.5);
    bank.set_format(ChartFormat::new().set_line(&stroke));
    chart.combine(&line);
    chart.title().set_name(writer.words.say("cash.topic")).set_font(small().set_bold());
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&small());
    chart.y_axis().set_num_format("#,##0;(#,##0)").set_font(&small());
    let labels = if writer.is_french() { "[$-40C]mmm yy" } else { "mmm yy" };
    chart.x_axis().set_num_format(labels).set_font(&small());
    chart.x_axis().set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::Low);
    chart.set_width(1300).set_height(380);
    chart.set_alt_text(writer.words.say("cash.topic"));
    // Column B is repeated on every page, and a chart in it would be too.
    sheet.insert_chart(at + months.rows.len() as u32 + 2, LEFT + 1, &chart)?;
    Ok(())
}
