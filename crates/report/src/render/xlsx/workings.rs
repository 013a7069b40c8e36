//! The workings and the rounds of the closing on their sheets: a label, where it comes from, an amount of the whole,
//! and a column a month.

use recoup_calendar::YearMonth;
use recoup_explain::Quantity;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Formula as Entered, Worksheet};

use crate::error::ReportError;
use crate::excel::{NONE, Rounds, WorkingCell, WorkingContent, WorkingRow, Workings};
use crate::render::xlsx::checks::{Check, Printed};
use crate::render::xlsx::figures::value;
use crate::render::xlsx::formats::{self, Ink};
use crate::render::xlsx::plan::{LEFT, Place};
use crate::render::xlsx::sheet::Writer;
use crate::table::RowStyle;

/// The column of what an address or a path says.
const NOTE: u16 = LEFT + 1;
/// The column of amounts of the whole; months follow it.
pub(super) const FIRST: u16 = LEFT + 2;
/// The longest formula a cell holds.
const LONGEST: usize = 8_000;

/// Where the rows of such a sheet stand, counted from its first.
#[derive(Debug)]
pub(super) struct Stand {
    lines: Vec<(u32, Line)>,
    cells: Vec<(String, u32, u16)>,
    figures: Vec<(String, bool, u32, u16)>,
    /// Rows taken together.
    pub(super) high: u32,
}

/// What a line of the sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// The heading of a part, by its place.
    Heading(usize),
    /// A row of a part.
    Row(usize, usize),
    /// The heads of the trials.
    Heads,
    /// A trial.
    Trial(usize),
}

impl Stand {
    fn new(months: usize) -> Self {
        let heads = (0..months).map(|place| (format!("month {place}"), 0, FIRST + 1 + place as u16));
        Self { lines: Vec::new(), cells: heads.collect(), figures: Vec::new(), high: 1 }
    }

    pub(super) fn of_workings(workings: &Workings) -> Self {
        let mut stand = Self::new(workings.months.len());
        for (number, part) in workings.parts.iter().enumerate() {
            stand.part(number, &part.rows);
        }
        stand
    }

    pub(super) fn of_rounds(rounds: &Rounds) -> Self {
        let mut stand = Self { cells: Vec::new(), ..Self::new(0) };
        stand.high = 0;
        stand.part(0, &rounds.bounds);
        stand.lines.push((stand.high, Line::Heads));
        stand.high += 1;
        for (number, trial) in rounds.trials.iter().enumerate() {
            stand.line(Line::Trial(number), trial);
        }
        stand.high += 1;
        stand.part(1, &rounds.taken);
        for (number, rows) in rounds.played.iter().enumerate() {
            stand.part(number + 2, rows);
        }
        stand
    }

    fn part(&mut self, number: usize, rows: &[WorkingRow]) {
        self.lines.push((self.high, Line::Heading(number)));
        self.high += 1;
        for (place, row) in rows.iter().enumerate() {
            self.line(Line::Row(number, place), &row.cells);
        }
        self.high += 1;
    }

    fn line(&mut self, line: Line, cells: &[WorkingCell]) {
        self.lines.push((self.high, line));
        for cell in cells {
            let column = FIRST + cell.column as u16;
            self.cells.push((cell.key.clone(), self.high, column));
            if let Some(figure) = &cell.figure {
                let live = matches!(cell.content, WorkingContent::Computed(_));
                self.figures.push((figure.address.clone(), live, self.high, column));
            }
        }
        self.high += 1;
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = (&str, u32, u16)> {
        self.cells.iter().map(|(key, row, column)| (key.as_str(), *row, *column))
    }

    pub(super) fn figures(&self) -> impl Iterator<Item = (&str, bool, u32, u16)> {
        self.figures.iter().map(|(address, live, row, column)| (address.as_str(), *live, *row, *column))
    }
}

pub(super) fn widths(sheet: &mut Worksheet, months: usize) -> Result<(), ReportError> {
    sheet.set_column_width(LEFT, 46)?;
    sheet.set_column_width(NOTE, 38)?;
    for column in FIRST..=FIRST + months.max(12) as u16 {
        sheet.set_column_width(column, 15)?;
    }
    Ok(())
}

pub(super) fn write(
    sheet: &mut Worksheet,
    writer: &mut Writer<'_>,
    (index, at): (usize, u32),
    workings: &Workings,
    stand: &Stand,
) -> Result<(), ReportError> {
    head(sheet, writer, at, &workings.months)?;
    for (offset, line) in &stand.lines {
        let row_at = at + offset;
        match line {
            Line::Heading(number) => {
                let Some(part) = workings.parts.get(*number) else { continue };
                sheet.write_string_with_format(row_at, LEFT, &part.heading, &formats::heading())?;
            }
            Line::Row(number, place) => {
                let Some(row) = workings.parts.get(*number).and_then(|part| part.rows.get(*place)) else {
                    continue;
                };
                self::row(sheet, writer, (index, row_at, workings.months.len()), row)?;
                checked(writer, (index, row_at), row, &workings.months);
            }
            Line::Heads | Line::Trial(_) => {}
        }
    }
    Ok(())
}

pub(super) fn write_rounds(
    sheet: &mut Worksheet,
    writer: &mut Writer<'_>,
    (index, at): (usize, u32),
    rounds: &Rounds,
    stand: &Stand,
) -> Result<(), ReportError> {
    for (offset, line) in &stand.lines {
        let row_at = at + offset;
        match line {
            Line::Heading(0) => {
                let said = writer.words.say("rounds.begins");
                sheet.write_string_with_format(row_at, LEFT, said, &formats::heading())?;
            }
            Line::Heading(1) => {
                let said = writer.words.say("rounds.ends");
                sheet.write_string_with_format(row_at, LEFT, said, &formats::heading())?;
            }
            Line::Heading(number) => {
                let said = writer.words.with("rounds.round", &[("n", &(number - 1).to_string())]);
                head(sheet, writer, row_at, &rounds.months)?;
                sheet.write_string_with_format(row_at, LEFT, said, &formats::heading())?;
            }
            Line::Row(number, place) => {
                let rows = match number {
                    0 => &rounds.bounds,
                    1 => &rounds.taken,
                    other => match rounds.played.get(other - 2) {
                        Some(rows) => rows,
                        None => continue,
                    },
                };
                let Some(row) = rows.get(*place) else { continue };
                let months = if *number < 2 { 0 } else { rounds.months.len() };
                self::row(sheet, writer, (index, row_at, months), row)?;
                if *number == 1 {
                    checked(writer, (index, row_at), row, &rounds.months);
                }
            }
            Line::Heads => {
                let said = writer.words.say("rounds.trials");
                sheet.write_string_with_format(row_at, LEFT, said, &formats::head(true).set_indent(0))?;
                sheet.write_blank(row_at, NOTE, &formats::head(true))?;
                for (place, text) in rounds.heads.iter().enumerate() {
                    let column = FIRST + place as u16;
                    sheet.write_string_with_format(row_at, column, text, &formats::head(false))?;
                }
                sheet.set_row_height(row_at, 38)?;
            }
            Line::Trial(number) => {
                let Some(trial) = rounds.trials.get(*number) else { continue };
                let label = writer.words.with("rounds.round", &[("n", &(number + 1).to_string())]);
                let row =
                    WorkingRow { label, note: String::new(), style: RowStyle::Plain, cells: trial.clone() };
                self::row(sheet, writer, (index, row_at, rounds.heads.len() - 1), &row)?;
            }
        }
    }
    Ok(())
}

/// The months, each on its first day; formulas look days up here.
fn head(
    sheet: &mut Worksheet,
    writer: &Writer<'_>,
    at: u32,
    months: &[YearMonth],
) -> Result<(), ReportError> {
    let plain = formats::head(true).set_indent(0);
    sheet.write_string_with_format(at, LEFT, &writer.document.currency, &plain)?;
    sheet.write_string_with_format(at, NOTE, writer.words.say("page.address"), &formats::head(true))?;
    sheet.write_string_with_format(at, FIRST, writer.words.say("workings.whole"), &formats::head(false))?;
    let month =
        formats::head(false).set_num_format(if writer.is_french() { "[$-40C]mmm yy" } else { "mmm yy" });
    for (place, one) in months.iter().enumerate() {
        let day = ExcelDateTime::from_serial_datetime(value(&Quantity::Date(one.first_day())))?;
        sheet.write_datetime_with_format(at, FIRST + 1 + place as u16, day, &month)?;
    }
    Ok(())
}

fn row(
    sheet: &mut Worksheet,
    writer: &Writer<'_>,
    (index, at, months): (usize, u32, usize),
    row: &WorkingRow,
) -> Result<(), ReportError> {
    let own = formats::row(row.style);
    for column in LEFT..=FIRST + months as u16 {
        sheet.write_blank(at, column, &own)?;
    }
    sheet.write_string_with_format(at, LEFT, &row.label, &own)?;
    let quiet = own.clone().set_font_color(formats::NOTE).set_indent(1);
    sheet.write_string_with_format(at, NOTE, &row.note, &quiet)?;
    for cell in &row.cells {
        let place = Place { sheet: index, row: at, column: FIRST + cell.column as u16 };
        self::cell(sheet, writer, place, cell, row.style)?;
    }
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    writer: &Writer<'_>,
    place: Place,
    cell: &WorkingCell,
    style: RowStyle,
) -> Result<(), ReportError> {
    let (row, column) = (place.row, place.column);
    if let (WorkingContent::Given, Some(figure)) = (&cell.content, &cell.figure) {
        return writer.figure(sheet, place, figure, style, None);
    }
    let text = match &cell.content {
        WorkingContent::Computed(formula) => formula.text(&|key| writer.plan.named_cell(key, place.sheet)),
        WorkingContent::Given | WorkingContent::Written => None,
    };
    if let Some(text) = text.filter(|text| text.len() < LONGEST) {
        let format = format(style, &cell.value, Ink::Plain, writer.is_french());
        let formula = Entered::new(text).set_result(result(&cell.value));
        sheet.write_formula_with_format(row, column, formula, &format)?;
        return Ok(());
    }
    let format = format(style, &cell.value, Ink::Written, writer.is_french());
    match &cell.value {
        Quantity::Flag(flag) => sheet.write_boolean_with_format(row, column, *flag, &format)?,
        Quantity::Absent(_) => {
            sheet.write_string_with_format(row, column, writer.words.say("figure.none"), &format)?
        }
        known => sheet.write_number_with_format(row, column, value(known), &format)?,
    };
    Ok(())
}

fn format(style: RowStyle, value: &Quantity, ink: Ink, french: bool) -> Format {
    let format = formats::inked(formats::row(style), ink).set_align(FormatAlign::Right);
    match value {
        Quantity::Money(amount) => {
            let places = amount.currency().exponent() as usize;
            let decimals = if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) };
            format.set_num_format(format!("#,##0{decimals}_);(#,##0{decimals});\"–\"_)"))
        }
        Quantity::Number(_) => format.set_num_format("#,##0.00######_);(#,##0.00######);\"–\"_)"),
        Quantity::Date(_) if french => format.set_num_format("[$-40C]mmm yyyy_)"),
        Quantity::Date(_) => format.set_num_format("mmm yyyy_)"),
        // An office that keeps answers as numbers shows the word all the same.
        Quantity::Flag(_) => format.set_num_format("\"TRUE\";\"TRUE\";\"FALSE\""),
        Quantity::Absent(_) => format,
    }
}

fn result(value: &Quantity) -> String {
    match value {
        Quantity::Money(amount) => amount.to_decimal().normalize().to_string(),
        Quantity::Number(number) => number.normalize().to_string(),
        Quantity::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        Quantity::Absent(_) => NONE.to_owned(),
        other => self::value(other).to_string(),
    }
}

/// What the checks hold: the closing, cash and debt of every month, and that the search has come to its end.
fn checked(writer: &mut Writer<'_>, (index, at): (usize, u32), row: &WorkingRow, months: &[YearMonth]) {
    let monthly = ["cash_flow.closing", "cash_flow.debt"].contains(&row.note.as_str());
    let closing = row.note.starts_with("closing.") && !row.note.starts_with("closing.source.");
    let ends = row.note.is_empty();
    if !(monthly || closing || ends) {
        return;
    }
    for cell in row.cells.iter().filter(|cell| matches!(cell.content, WorkingContent::Computed(_))) {
        let printed = match &cell.value {
            Quantity::Flag(flag) => Printed::Flag(*flag),
            Quantity::Money(_) => Printed::Number(value(&cell.value)),
            _ => continue,
        };
        if ends && !cell.key.starts_with("rounds ") {
            continue;
        }
        let month = cell.column.checked_sub(1).and_then(|place| months.get(place));
        let label = match month {
            Some(month) => format!("{}, {}", row.label, writer.figures.month(*month)),
            None => row.label.clone(),
        };
        let place = Place { sheet: index, row: at, column: FIRST + cell.column as u16 };
        writer.checks.push(Check { label, place, printed });
    }
}
