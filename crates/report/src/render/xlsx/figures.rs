//! A figure in its cell: where it is at home a formula, a typed cell or a result; elsewhere a link.

use recoup_explain::Quantity;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Formula, Worksheet};

use crate::error::ReportError;
use crate::render::xlsx::formats::{self, Ink};
use crate::render::xlsx::plan::Place;
use crate::render::xlsx::sheet::Writer;
use crate::table::{ColumnKind, Figure, RowFormula, RowStyle};

impl Writer<'_> {
    /// A figure: a formula over cells of its own table, else at home a typed cell or a result, and elsewhere a link.
    pub(super) fn figure(
        &self,
        sheet: &mut Worksheet,
        place: Place,
        figure: &Figure,
        style: RowStyle,
        live: Option<String>,
    ) -> Result<(), ReportError> {
        let (row, column) = (place.row, place.column);
        // What is added up here is added up here.
        let home = self.plan.home(figure).filter(|home| *home != place && live.is_none());
        let number = matches!(figure.value, Quantity::Money(_) | Quantity::Number(_) | Quantity::Date(_));
        let ink = match (&home, &live, figure.typed) {
            (Some(_), _, _) => Ink::Link,
            (None, None, true) if number => Ink::Typed,
            (None, _, _) => Ink::Plain,
        };
        let format = formats::figure(style, figure, ink, self.is_french());
        let formula = home.map(|home| format!("={}", self.plan.reference(home))).or(live);
        match (&figure.value, formula) {
            (Quantity::Flag(_) | Quantity::Absent(_), _) => {
                let text = self.figures.set(&figure.value, figure.kind);
                sheet.write_string_with_format(row, column, text, &format)?;
            }
            (_, Some(formula)) => {
                let formula = Formula::new(formula).set_result(result(&figure.value));
                sheet.write_formula_with_format(row, column, formula, &format)?;
            }
            (Quantity::Date(_), None) => {
                let day = ExcelDateTime::from_serial_datetime(value(&figure.value))?;
                sheet.write_datetime_with_format(row, column, day, &format)?;
            }
            (Quantity::Money(_) | Quantity::Number(_), None) => {
                sheet.write_number_with_format(row, column, value(&figure.value), &format)?;
            }
        }
        if ink == Ink::Typed {
            self.limits(sheet, (row, column), figure)?;
        }
        Ok(())
    }

    /// What may be typed over a figure: amounts and counts from nought, shares up to the whole.
    fn limits(&self, sheet: &mut Worksheet, at: (u32, u16), figure: &Figure) -> Result<(), ReportError> {
        let share = figure.kind == ColumnKind::Rate
            && figure.value.as_number().is_some_and(|share| share <= rust_decimal::Decimal::ONE);
        let (rule, said) = if matches!(figure.value, Quantity::Date(_)) {
            return Ok(());
        } else if share {
            (DataValidationRule::Between(0.0, 1.0), "limits.share")
        } else {
            (DataValidationRule::GreaterThanOrEqualTo(0.0), "limits.amount")
        };
        let said = self.words.say(said);
        let path: String = figure.address.chars().take(200).collect();
        let validation = DataValidation::new()
            .allow_decimal_number(rule)
            .set_input_title(self.words.say("limits.typed"))?
            .set_input_message(path)?
            .set_error_title(self.words.say("limits.refused"))?
            .set_error_message(said)?;
        sheet.add_data_validation(at.0, at.1, at.0, at.1, &validation)?;
        Ok(())
    }
}

/// Workbooks hold binary floating point; to the cent it is exact far beyond any film.
pub(super) fn value(quantity: &Quantity) -> f64 {
    match quantity {
        Quantity::Money(amount) => amount.to_f64(),
        Quantity::Number(number) => number.to_f64().unwrap_or(0.0),
        // Days since the day that workbooks count as nought.
        Quantity::Date(date) => {
            recoup_calendar::Date::new(1899, 12, 30).map_or(0.0, |nought| nought.days_until(*date) as f64)
        }
        Quantity::Flag(_) | Quantity::Absent(_) => 0.0,
    }
}

fn result(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Money(amount) => amount.to_decimal().normalize().to_string(),
        Quantity::Number(number) => number.normalize().to_string(),
        other => value(other).to_string(),
    }
}

/// A row's formula in one column.
pub(super) fn formula_text(formula: &RowFormula, first: u32, column: u16) -> String {
    let name = |row: &usize| rust_xlsxwriter::utility::row_col_to_cell(first + *row as u32, column);
    match formula {
        RowFormula::Sum(rows) => format!("={}", sum_of(rows, &name)),
        RowFormula::Net(plus, less) => {
            let less: String = less.iter().map(|row| format!("-{}", name(row))).collect();
            format!("={}{less}", sum_of(plus, &name))
        }
        RowFormula::Difference(one, others) => {
            let others: String = others.iter().map(|row| format!("-{}", name(row))).collect();
            format!("={}{others}", name(one))
        }
    }
}

/// The sum of rows, as one range where they follow each other.
fn sum_of(rows: &[usize], name: &dyn Fn(&usize) -> String) -> String {
    let contiguous = rows.windows(2).all(|pair| pair[1] == pair[0] + 1);
    match (rows.first(), rows.last()) {
        (Some(start), Some(end)) if contiguous => format!("SUM({}:{})", name(start), name(end)),
        (Some(_), _) => format!("SUM({})", rows.iter().map(name).collect::<Vec<_>>().join(",")),
        (None, _) => "0".to_owned(),
    }
}
