//! A program's form on its sheet: every line a formula over the cells it names.
//!
//! What is asked for has three cells: what the deal gives, what is typed over it, and what the form takes. A
//! line shows a word where it has no value, as the engine has none.

use recoup_incentives::{Unit, Value};
use recoup_money::Currency;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationRule, Format, FormatAlign, Formula as Entered,
    Worksheet, utility,
};

use crate::error::ReportError;
use crate::excel::Formula;
use crate::program::{Form, FormCell, FormPart, FormRow, Offer};
use crate::render::xlsx::checks::{Check, Printed};
use crate::render::xlsx::formats::{self, Ink};
use crate::render::xlsx::plan::{LEFT, Place};
use crate::render::xlsx::sheet::{Writer, lines_of};

/// Columns of the sheet: label, ground, given by the deal, typed over, taken, clause, source, confidence, tag.
pub(super) const WIDTHS: [f64; 9] = [46.0, 34.0, 17.0, 17.0, 18.0, 27.0, 36.0, 12.0, 8.0];
const GROUND: u16 = LEFT + 1;
const OFFERED: u16 = LEFT + 2;
const TYPED: u16 = LEFT + 3;
/// The column of the values that lines name.
pub(super) const TAKEN: u16 = LEFT + 4;
const CLAUSE: u16 = LEFT + 5;
const SOURCE: u16 = LEFT + 6;
const CONFIDENCE: u16 = LEFT + 7;
const TAG: u16 = LEFT + 8;
/// The longest formula a cell holds.
const LONGEST: usize = 8_000;

const PARTS: [FormPart; 5] =
    [FormPart::Asked, FormPart::Law, FormPart::Lines, FormPart::Conditions, FormPart::Left];

/// Where the rows of a form stand.
#[derive(Debug)]
pub(super) struct Layout {
    /// Heads of the parts and their rows.
    heads: Vec<(FormPart, u32)>,
    /// First row of each row of the form, in its order.
    pub(super) rows: Vec<u32>,
    /// Rows taken together.
    pub(super) high: u32,
}

impl Layout {
    /// The rows of a form from a row on: each part under its title and its head.
    pub(super) fn of(form: &Form, from: u32) -> Self {
        let mut layout = Self { heads: Vec::new(), rows: vec![from; form.rows.len()], high: 0 };
        let mut at = from;
        for part in PARTS {
            let mut own = form.rows.iter().enumerate().filter(|(_, row)| row.part == part).peekable();
            if own.peek().is_none() {
                continue;
            }
            layout.heads.push((part, at));
            at += 2;
            for (index, row) in own {
                if let Some(place) = layout.rows.get_mut(index) {
                    *place = at;
                }
                at += row.high();
            }
            at += 1;
        }
        layout.high = at - from;
        layout
    }
}

/// Where a key stands: a cell, or the cells of a list.
pub(super) fn homes(form: &Form, layout: &Layout, sheet: usize) -> Vec<(String, (Place, u32))> {
    let cell = |row: &FormRow, at: u32| {
        let column = if row.unit == Unit::List { TYPED } else { TAKEN };
        (row.key.clone(), (Place { sheet, row: at, column }, row.high()))
    };
    form.rows.iter().zip(&layout.rows).map(|(row, at)| cell(row, *at)).collect()
}

pub(super) fn write(
    sheet: &mut Worksheet,
    writer: &mut Writer<'_>,
    (index, title): (usize, &str),
    form: &Form,
    layout: &Layout,
) -> Result<(), ReportError> {
    for (part, at) in &layout.heads {
        head(sheet, writer, *part, *at, form.currency)?;
    }
    for (row, at) in form.rows.iter().zip(&layout.rows) {
        let place = Place { sheet: index, row: *at, column: TAKEN };
        FormWriter { writer, form, place }.row(sheet, row)?;
        if let (FormCell::Computed(_), Some(printed)) = (&row.cell, printed(form, row)) {
            let label = format!("{title}: {}", row.label);
            writer.checks.push(Check { label, place, printed });
        }
    }
    Ok(())
}

/// What the pack says of a row, to be held against the live cell.
fn printed(form: &Form, row: &FormRow) -> Option<Printed> {
    Some(match &row.value {
        Value::Number(number) => Printed::Number(number.to_f64()?),
        Value::Flag(flag) => Printed::Flag(*flag),
        Value::Text(word) => Printed::Word(word.clone()),
        Value::Absent if row.part == FormPart::Conditions => return None,
        Value::Absent => Printed::Word(form.word.clone()),
        Value::List(_) => return None,
    })
}

fn head(
    sheet: &mut Worksheet,
    writer: &Writer<'_>,
    part: FormPart,
    at: u32,
    currency: Currency,
) -> Result<(), ReportError> {
    let say = |key| writer.words.say(key);
    let (title, heads) = heads(part);
    sheet.write_string_with_format(at, LEFT, say(title), &formats::heading())?;
    for (offset, key) in heads.iter().enumerate() {
        let column = LEFT + offset as u16;
        let figures = (OFFERED..=TAKEN).contains(&column);
        let format = formats::head(!figures);
        let format = if column == LEFT { format.set_indent(0) } else { format };
        let text = match (part, column) {
            (FormPart::Lines, TAKEN) => currency.code(),
            _ if key.is_empty() => "",
            _ => say(key),
        };
        sheet.write_string_with_format(at + 1, column, text, &format)?;
    }
    let last = formats::head(false);
    sheet.write_string_with_format(at + 1, TAG, say("column.ref"), &last)?;
    Ok(())
}

/// The title of a part and the heads of its columns, as keys of the words.
fn heads(part: FormPart) -> (&'static str, [&'static str; 8]) {
    match part {
        FormPart::Asked => (
            "form.asked",
            [
                "incentives.input",
                "incentives.input_from",
                "form.offered",
                "form.typed",
                "form.taken",
                "",
                "",
                "",
            ],
        ),
        FormPart::Law => (
            "form.law",
            [
                "form.number",
                "incentives.source",
                "",
                "",
                "page.value",
                "incentives.clause",
                "",
                "assumptions.confidence",
            ],
        ),
        FormPart::Lines => (
            "form.lines",
            ["incentives.line", "form.rule", "", "", "", "incentives.clause", "incentives.source", ""],
        ),
        FormPart::Conditions => (
            "form.conditions",
            [
                "incentives.condition",
                "form.rule",
                "",
                "",
                "column.result",
                "incentives.clause",
                "incentives.source",
                "",
            ],
        ),
        FormPart::Left => {
            ("form.left", ["page.figure", "incentives.paid_on", "", "", "page.value", "", "", ""])
        }
    }
}

struct FormWriter<'w, 'a> {
    writer: &'w Writer<'a>,
    form: &'w Form,
    /// The cell of the value.
    place: Place,
}

impl FormWriter<'_, '_> {
    fn row(&self, sheet: &mut Worksheet, row: &FormRow) -> Result<(), ReportError> {
        let at = self.place.row;
        let own = formats::row(row.style);
        for column in LEFT..=TAG {
            sheet.write_blank(at, column, &own)?;
        }
        sheet.write_string_with_format(at, LEFT, &row.label, &formats::words(row.style, true))?;
        let note = formats::words(row.style, false).set_font_color(formats::NOTE);
        if matches!(row.cell, FormCell::Asked { .. }) || row.part == FormPart::Left {
            sheet.write_string_with_format(at, GROUND, &row.ground, &note)?;
        } else {
            sheet.merge_range(at, GROUND, at, TYPED, &row.ground, &note)?;
        }
        for (column, text) in [(CLAUSE, &row.clause), (SOURCE, &row.source), (CONFIDENCE, &row.confidence)] {
            sheet.write_string_with_format(at, column, text, &note)?;
        }
        let tag = own.clone().set_align(FormatAlign::Right).set_font_color(0x000B_5563);
        sheet.write_string_with_format(at, TAG, &row.tag, &tag)?;
        // A column is as wide as so many digits; words are narrower.
        let lines_of = |text: &str, width: f64| lines_of(text, width * 1.18);
        let wide = WIDTHS[1] + WIDTHS[2] + WIDTHS[3];
        let lines = [
            lines_of(&row.label, WIDTHS[0]),
            lines_of(&row.ground, if row.part == FormPart::Asked { WIDTHS[1] } else { wide }),
            lines_of(&row.clause, WIDTHS[5]),
            lines_of(&row.source, WIDTHS[6]),
        ];
        sheet.set_row_height(at, lines.into_iter().fold(1.0_f64, f64::max) * 12.0 + 1.5)?;
        match &row.cell {
            FormCell::Asked { offered, typed } => self.asked(sheet, row, offered, typed.as_ref()),
            FormCell::Typed => self.value(sheet, TAKEN, row, &row.value, Ink::Typed),
            FormCell::Written => self.value(sheet, TAKEN, row, &row.value, Ink::Written),
            FormCell::Computed(formula) => match self.text(formula) {
                Some(text) => self.formula(sheet, TAKEN, row, text, &row.value, Ink::Plain),
                None => self.value(sheet, TAKEN, row, &row.value, Ink::Written),
            },
        }
    }

    /// A formula as this sheet holds it; nothing where a cell it names stands nowhere.
    fn text(&self, formula: &Formula) -> Option<String> {
        let text = formula.text(&|key| self.writer.plan.named_cell(key, self.place.sheet))?;
        (text.len() < LONGEST).then_some(text)
    }

    fn asked(
        &self,
        sheet: &mut Worksheet,
        row: &FormRow,
        offered: &Offer,
        typed: Option<&Value>,
    ) -> Result<(), ReportError> {
        let at = self.place.row;
        if row.unit == Unit::List {
            return self.list(sheet, row, typed);
        }
        let nothing = Value::Text(self.form.word.clone());
        match offered {
            Offer::Nothing => self.value(sheet, OFFERED, row, &nothing, Ink::Plain)?,
            Offer::Value(value) => self.value(sheet, OFFERED, row, value, Ink::Plain)?,
            Offer::Live(formula) => match self.text(formula) {
                Some(text) => self.formula(sheet, OFFERED, row, text, &row.value, Ink::Link)?,
                None => self.value(sheet, OFFERED, row, &row.value, Ink::Written)?,
            },
        }
        match typed {
            Some(value) => self.value(sheet, TYPED, row, value, Ink::Typed)?,
            None => {
                sheet.write_blank(at, TYPED, &self.format(row, &row.value, Ink::Typed))?;
            }
        }
        self.limits(sheet, row, at)?;
        let (given, own) = (utility::row_col_to_cell(at, OFFERED), utility::row_col_to_cell(at, TYPED));
        let shown = if row.value.is_absent() { &nothing } else { &row.value };
        self.formula(sheet, TAKEN, row, format!("=IF(ISBLANK({own}),{given},{own})"), shown, Ink::Plain)
    }

    /// The items of a list below each other; those left empty are none.
    fn list(&self, sheet: &mut Worksheet, row: &FormRow, typed: Option<&Value>) -> Result<(), ReportError> {
        let items = match typed {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        for offset in 0..row.high() {
            let at = self.place.row + offset;
            let format = self.format(row, &row.value, Ink::Typed);
            match items.get(offset as usize) {
                Some(item) => {
                    let number = item.to_f64().unwrap_or_default();
                    sheet.write_number_with_format(at, TYPED, number, &format)?;
                }
                None => {
                    sheet.write_blank(at, TYPED, &format)?;
                }
            }
            self.limits(sheet, row, at)?;
        }
        Ok(())
    }

    fn format(&self, row: &FormRow, value: &Value, ink: Ink) -> Format {
        let format = formats::inked(formats::row(row.style), ink).set_align(FormatAlign::Right);
        let money = || {
            let places = self.form.currency.exponent() as usize;
            let decimals = if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) };
            format!("#,##0{decimals}_);(#,##0{decimals});\"–\"_)")
        };
        match (row.unit, value) {
            (_, Value::Text(_)) => format.set_num_format("@"),
            (Unit::Money | Unit::List, _) => format.set_num_format(money()),
            (Unit::Rate, _) => format.set_num_format("0.00##%_);(0.00##%);\"–\"_)"),
            (Unit::Number, _) => format.set_num_format("#,##0.######_);(#,##0.######);\"–\"_)"),
            // An office that keeps answers as numbers shows the word all the same.
            (Unit::Flag, _) => format.set_num_format("\"TRUE\";\"TRUE\";\"FALSE\""),
            (Unit::Text, _) => format.set_num_format("@"),
        }
    }

    fn value(
        &self,
        sheet: &mut Worksheet,
        column: u16,
        row: &FormRow,
        value: &Value,
        ink: Ink,
    ) -> Result<(), ReportError> {
        let at = self.place.row;
        let format = self.format(row, value, ink);
        match value {
            Value::Number(number) => {
                sheet.write_number_with_format(at, column, number.to_f64().unwrap_or_default(), &format)?;
            }
            Value::Flag(flag) => {
                sheet.write_boolean_with_format(at, column, *flag, &format)?;
            }
            Value::Text(word) => {
                sheet.write_string_with_format(at, column, word, &format)?;
            }
            Value::List(_) | Value::Absent => {
                sheet.write_string_with_format(at, column, &self.form.word, &format)?;
            }
        }
        Ok(())
    }

    fn formula(
        &self,
        sheet: &mut Worksheet,
        column: u16,
        row: &FormRow,
        text: String,
        value: &Value,
        ink: Ink,
    ) -> Result<(), ReportError> {
        let result = match value {
            Value::Number(number) => number.normalize().to_string(),
            Value::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            Value::Text(word) => word.clone(),
            Value::Absent if row.part == FormPart::Conditions => self.writer.words.own("verdict.undecided"),
            Value::List(_) | Value::Absent => self.form.word.clone(),
        };
        // A word's cell would keep a formula as its text.
        let unit_format = self.format(row, value, ink);
        let format = if row.unit == Unit::Text || matches!(value, Value::Text(_)) {
            unit_format.set_num_format("General")
        } else {
            unit_format
        };
        let formula = Entered::new(text).set_result(result);
        sheet.write_formula_with_format(self.place.row, column, formula, &format)?;
        if row.part == FormPart::Conditions && column == TAKEN {
            let cell = utility::row_col_to_cell(self.place.row, column);
            let failed = ConditionalFormatFormula::new()
                .set_rule(format!("=IF(ISTEXT({cell}),FALSE,NOT({cell}))").as_str())
                .set_format(Format::new().set_bold());
            sheet.add_conditional_format(self.place.row, column, self.place.row, column, &failed)?;
        }
        Ok(())
    }

    /// What may be typed over an input.
    fn limits(&self, sheet: &mut Worksheet, row: &FormRow, at: u32) -> Result<(), ReportError> {
        let words = self.writer.words;
        let validation = match row.unit {
            Unit::Money | Unit::Number | Unit::Rate | Unit::List => DataValidation::new()
                .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
                .set_error_message(words.say("limits.amount"))?,
            Unit::Flag => DataValidation::new().allow_list_strings(&["TRUE", "FALSE"])?,
            Unit::Text if !row.options.is_empty() => {
                DataValidation::new().allow_list_strings(&row.options)?
            }
            Unit::Text => return Ok(()),
        };
        let validation = validation
            .set_input_title(words.say("form.typed"))?
            .set_input_message(words.say("form.typed_note"))?
            .set_error_title(words.say("limits.refused"))?;
        sheet.add_data_validation(at, TYPED, at, TYPED, &validation)?;
        Ok(())
    }
}
