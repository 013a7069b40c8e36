//! What a person decided about a sheet, from the wire and to it.

use recoup_money::Currency;
use recoup_sheets::{ColumnChoice, Mapping, Meaning, column_letters};

use super::{account, account_key};
use crate::{
    AppError, ErrorCode,
    wire::{SheetColumnChoice, SheetMapping},
};

/// Most columns that may be named; a sheet has no more.
const MOST_COLUMNS: usize = 256;

/// Decisions as the reader of sheets takes them.
pub(super) fn mapping(given: &SheetMapping) -> Result<Mapping, AppError> {
    let columns = given.columns.iter().map(choice).collect::<Result<_, _>>()?;
    let mut accounts = std::collections::BTreeMap::new();
    for (key, name) in &given.accounts {
        let account = account(name).ok_or_else(|| {
            refused("This is none of the standard accounts.", &format!("accounts.{key}"), name)
        })?;
        accounts.insert(key.clone(), account);
    }
    let currency = given.currency.as_ref().map(|code| {
        Currency::from_code(code)
            .map_err(|_| refused("This is not a currency code such as EUR.", "currency", code))
    });
    let (header, place, currency) = (given.header, given.place.clone(), currency.transpose()?);
    Ok(Mapping { header, columns, accounts, place, currency })
}

/// Decisions as they cross the wire and are kept.
pub(super) fn written(mapping: &Mapping) -> SheetMapping {
    let column = |choice: &ColumnChoice| SheetColumnChoice {
        column: column_letters(choice.column),
        meaning: choice.meaning.name().to_owned(),
        place: choice.place.clone(),
    };
    SheetMapping {
        header: mapping.header,
        columns: mapping.columns.iter().map(column).collect(),
        accounts: mapping
            .accounts
            .iter()
            .map(|(key, account)| (key.clone(), account_key(*account)))
            .collect(),
        place: mapping.place.clone(),
        currency: mapping.currency.map(|currency| currency.to_string()),
    }
}

fn choice(given: &SheetColumnChoice) -> Result<ColumnChoice, AppError> {
    let letters = given.column.to_uppercase();
    let column = (0..MOST_COLUMNS)
        .find(|column| column_letters(*column) == letters)
        .ok_or_else(|| refused("A column is named by its letters, such as C.", "columns", &given.column))?;
    let meaning = Meaning::of_name(&given.meaning).ok_or_else(|| {
        refused("This is none of the meanings of a column.", "columns", &given.meaning)
            .with("allowed", Meaning::ALL.map(Meaning::name).join(", "))
    })?;
    Ok(ColumnChoice { column, meaning, place: given.place.clone().filter(|place| !place.is_empty()) })
}

fn refused(message: &str, path: &str, given: &str) -> AppError {
    AppError::new(ErrorCode::InvalidRequest, message)
        .with("path", format!("file.mapping.{path}"))
        .with("given", given)
}
