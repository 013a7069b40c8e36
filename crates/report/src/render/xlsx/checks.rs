//! The sheet that says whether the workbook still is the pack: every live sum against the printed figure.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, Formula, Worksheet,
};

use crate::error::ReportError;
use crate::render::xlsx::formats;
use crate::render::xlsx::plan::{FIRST_ROW, LEFT, Place};
use crate::render::xlsx::sheet::Writer;
use crate::table::RowStyle;

/// Half a minor unit of most currencies.
const TOLERANCE: f64 = 0.005;

/// A live cell and what the pack says it is.
#[derive(Debug, Clone)]
pub(super) struct Check {
    /// What is held.
    pub(super) label: String,
    /// The live cell.
    pub(super) place: Place,
    /// As packed.
    pub(super) printed: Printed,
}

/// What the pack prints.
#[derive(Debug, Clone)]
pub(super) enum Printed {
    /// A number; what is live may differ by less than half a minor unit.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A word.
    Word(String),
}

pub(super) fn write(sheet: &mut Worksheet, writer: &Writer<'_>, checks: &[Check]) -> Result<(), ReportError> {
    let words = writer.words;
    writer.open(sheet, words.say("checks.topic"), words.say("checks.topic"), 5)?;
    let heads = ["checks.check", "checks.live", "checks.printed", "checks.difference", "checks.holds"];
    for (index, key) in heads.iter().enumerate() {
        let format = formats::head(index == 0);
        let format = if index == 0 { format.set_indent(0) } else { format };
        sheet.write_string_with_format(FIRST_ROW, LEFT + index as u16, words.say(key), &format)?;
    }
    for (offset, check) in checks.iter().enumerate() {
        line(sheet, writer, FIRST_ROW + 1 + offset as u32, check)?;
    }
    let last = FIRST_ROW + checks.len() as u32;
    let column = LEFT + 4;
    let all = if checks.is_empty() {
        "=TRUE".to_owned()
    } else {
        let first = rust_xlsxwriter::utility::row_col_to_cell(FIRST_ROW + 1, column);
        format!("=AND({first}:{})", rust_xlsxwriter::utility::row_col_to_cell(last, column))
    };
    sheet.write_string_with_format(2, LEFT, words.say("checks.all"), &formats::heading())?;
    sheet.write_formula_with_format(
        2,
        LEFT + 1,
        Formula::new(all).set_result("TRUE"),
        &formats::heading(),
    )?;
    let alarm = Format::new().set_background_color(0x0000_0000).set_font_color(0x00FF_FFFF).set_bold();
    let failed =
        ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(false)).set_format(alarm);
    sheet.add_conditional_format(2, LEFT + 1, 2, LEFT + 1, &failed)?;
    if !checks.is_empty() {
        sheet.add_conditional_format(FIRST_ROW + 1, column, last, column, &failed)?;
    }
    for (index, width) in [60.0, 18.0, 18.0, 14.0, 12.0].into_iter().enumerate() {
        sheet.set_column_width(LEFT + index as u16, width)?;
    }
    sheet.set_freeze_panes(FIRST_ROW + 1, LEFT + 1)?;
    writer.finish(sheet, last, column, Some(FIRST_ROW))
}

/// One check: the live cell, what the pack prints, how far they are apart, and whether that holds.
fn line(sheet: &mut Worksheet, writer: &Writer<'_>, row: u32, check: &Check) -> Result<(), ReportError> {
    let money = formats::row(RowStyle::Plain).set_num_format("#,##0.00_);(#,##0.00);\"–\"_)");
    // An office that keeps answers as numbers shows the word all the same.
    let answer = formats::row(RowStyle::Plain).set_num_format("\"TRUE\";\"TRUE\";\"FALSE\"");
    let answer = answer.set_align(FormatAlign::Right);
    let word_format = formats::row(RowStyle::Plain).set_align(FormatAlign::Right);
    let cell = |column: u16| rust_xlsxwriter::utility::row_col_to_cell(row, column);
    sheet.write_string_with_format(row, LEFT, &check.label, &formats::words(RowStyle::Plain, true))?;
    let (live, printed) = (cell(LEFT + 1), cell(LEFT + 2));
    let link = format!("={}", writer.plan.reference(check.place));
    let (shown, format) = match &check.printed {
        Printed::Number(number) => (number.to_string(), &money),
        Printed::Flag(flag) => (if *flag { "TRUE" } else { "FALSE" }.to_owned(), &answer),
        Printed::Word(word) => (word.clone(), &word_format),
    };
    let link = Formula::new(link).set_result(shown);
    sheet.write_formula_with_format(row, LEFT + 1, link, format)?;
    sheet.write_blank(row, LEFT + 3, &money)?;
    let rule = match &check.printed {
        Printed::Number(number) => {
            sheet.write_number_with_format(row, LEFT + 2, *number, &money)?;
            // A cell that shows a word instead of a number differs, and is no error.
            let difference = format!("=IF(ISNUMBER({live}),ROUND({live}-{printed},4),{live})");
            let difference = Formula::new(difference).set_result("0");
            sheet.write_formula_with_format(row, LEFT + 3, difference, &money)?;
            let apart = cell(LEFT + 3);
            format!("=IF(ISNUMBER({apart}),ABS({apart})<{TOLERANCE},FALSE)")
        }
        Printed::Flag(flag) => {
            sheet.write_boolean_with_format(row, LEFT + 2, *flag, &answer)?;
            format!("=({live}={printed})")
        }
        Printed::Word(word) => {
            sheet.write_string_with_format(row, LEFT + 2, word, &word_format)?;
            format!("=({live}={printed})")
        }
    };
    let holds = Formula::new(rule).set_result("TRUE");
    sheet.write_formula_with_format(row, LEFT + 4, holds, &answer)?;
    Ok(())
}
