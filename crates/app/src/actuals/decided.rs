//! What a person decided about a sheet of receipts, from the wire and to it.

use recoup_calendar::{Date, Period};
use recoup_money::Currency;
use recoup_sheets::{DayOrder, ReceiptColumnChoice, ReceiptMeaning, ReceiptsMapping, column_letters};

use crate::{
    AppError, ErrorCode,
    wire::{ReceiptsColumnChoice, ReceiptsSheetMapping},
};

/// Most columns that may be named; a sheet has no more.
const MOST_COLUMNS: usize = 256;

/// Decisions as the reader of sheets takes them.
pub(super) fn mapping(given: &ReceiptsSheetMapping) -> Result<ReceiptsMapping, AppError> {
    let currency = given.currency.as_ref().map(|code| {
        Currency::from_code(code)
            .map_err(|_| refused("This is not a currency code such as EUR.", "currency", code))
    });
    let days = given.days.as_ref().map(|word| match word.as_str() {
        "day_first" => Ok(DayOrder::DayFirst),
        "month_first" => Ok(DayOrder::MonthFirst),
        _ => Err(refused("Days are written day_first or month_first.", "days", word)),
    });
    let period = match (&given.from, &given.to) {
        (Some(from), Some(to)) => {
            let period = Period::new(day("file.mapping.from", from)?, day("file.mapping.to", to)?);
            Some(period.map_err(|_| refused("This period ends before it begins.", "to", to))?)
        }
        _ => None,
    };
    Ok(ReceiptsMapping {
        header: given.header,
        columns: given.columns.iter().map(choice).collect::<Result<_, _>>()?,
        sources: given.sources.clone(),
        currency: currency.transpose()?,
        days: days.transpose()?,
        period,
    })
}

/// Decisions as they cross the wire and are kept.
pub(super) fn written(mapping: &ReceiptsMapping) -> ReceiptsSheetMapping {
    let column = |choice: &ReceiptColumnChoice| ReceiptsColumnChoice {
        column: column_letters(choice.column),
        meaning: choice.meaning.name().to_owned(),
    };
    ReceiptsSheetMapping {
        header: mapping.header,
        columns: mapping.columns.iter().map(column).collect(),
        sources: mapping.sources.clone(),
        currency: mapping.currency.map(|currency| currency.to_string()),
        days: mapping.days.map(|order| order_word(order).to_owned()),
        from: mapping.period.map(|period| period.start.to_string()),
        to: mapping.period.map(|period| period.end.to_string()),
    }
}

pub(super) const fn order_word(order: DayOrder) -> &'static str {
    match order {
        DayOrder::DayFirst => "day_first",
        DayOrder::MonthFirst => "month_first",
    }
}

pub(super) fn day(path: &str, text: &str) -> Result<Date, AppError> {
    text.parse().map_err(|_| {
        AppError::new(ErrorCode::InvalidRequest, "A day is written like 2029-03-31.")
            .with("path", path)
            .with("given", text)
    })
}

fn choice(given: &ReceiptsColumnChoice) -> Result<ReceiptColumnChoice, AppError> {
    let letters = given.column.to_uppercase();
    let column = (0..MOST_COLUMNS)
        .find(|column| column_letters(*column) == letters)
        .ok_or_else(|| refused("A column is named by its letters, such as C.", "columns", &given.column))?;
    let meaning = ReceiptMeaning::of_name(&given.meaning).ok_or_else(|| {
        refused("This is none of the meanings of a column.", "columns", &given.meaning)
            .with("allowed", ReceiptMeaning::ALL.map(ReceiptMeaning::name).join(", "))
    })?;
    Ok(ReceiptColumnChoice { column, meaning })
}

fn refused(message: &str, path: &str, given: &str) -> AppError {
    AppError::new(ErrorCode::InvalidRequest, message)
        .with("path", format!("file.mapping.{path}"))
        .with("given", given)
}
