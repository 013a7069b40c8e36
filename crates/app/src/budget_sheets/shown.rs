//! A sheet that was read, as it crosses the wire.

use std::collections::BTreeMap;

use recoup_deal::Language;
use recoup_money::Money;
use recoup_sheets::{CellFault, Column, Meaning, Row, RowFate, SheetLine, Workbook, column_letters};

use super::{Read, account_key, contingency_of};
use crate::{
    AppError, ErrorCode,
    wire::{
        BudgetSheetView, CellFaultDto, MoneyDto, SheetColumn, SheetLineDto, SheetName, SheetRow, SheetTotals,
    },
};

pub(super) fn view(read: &Read, language: Language, kept: bool) -> Result<BudgetSheetView, AppError> {
    let (book, preview) = (&read.book, &read.preview);
    let lines: BTreeMap<u32, &SheetLine> = preview.lines.iter().map(|line| (line.row, line)).collect();
    let rows = preview.rows.iter().map(|one| row(one, lines.get(&one.number).copied(), language));
    Ok(BudgetSheetView {
        format: book.format.name().to_owned(),
        encoding: book.encoding.map(str::to_owned),
        separator: book.separator.map(String::from),
        sheets: sheet_names(book),
        sheet: preview.sheet.clone(),
        header: preview.header,
        currency: preview.currency.to_string(),
        currency_chosen: read.mapping.currency.is_some(),
        without_rate: read.without_rate.clone(),
        place: read.mapping.place.clone(),
        columns: preview.columns.iter().map(column).collect(),
        meanings: Meaning::ALL.map(|meaning| meaning.name().to_owned()).to_vec(),
        rows: rows.collect::<Result<_, _>>()?,
        faults: preview.faults.iter().map(|one| fault(one, language)).collect(),
        lines: counted(preview.lines.len()),
        totals: totals(read)?,
        recalled: read.recalled,
        kept,
    })
}

/// The sheets of a file by name.
pub(crate) fn sheet_names(book: &Workbook) -> Vec<SheetName> {
    let named = |sheet: &recoup_sheets::Sheet| SheetName {
        name: sheet.name.clone(),
        rows: counted(sheet.rows.len()),
        hidden: sheet.hidden,
    };
    book.sheets.iter().map(named).collect()
}

pub(crate) fn counted(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) fn money(amount: Money) -> Result<MoneyDto, AppError> {
    MoneyDto::new(amount.minor(), amount.currency().to_string()).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, "The sheet adds up to more than can be shown.")
            .with("reason", reason)
    })
}

pub(crate) fn monies(amounts: &[Money]) -> Result<Vec<MoneyDto>, AppError> {
    amounts.iter().copied().map(money).collect()
}

fn column(column: &Column) -> SheetColumn {
    SheetColumn {
        column: column.letters.clone(),
        head: column.head.clone(),
        meaning: column.meaning.name().to_owned(),
        place: column.place.clone(),
        guessed: column.guessed,
        samples: column.samples.clone(),
    }
}

fn row(row: &Row, line: Option<&SheetLine>, language: Language) -> Result<SheetRow, AppError> {
    let left = match row.fate {
        RowFate::Line => None,
        RowFate::Left(reason) => Some(reason),
    };
    Ok(SheetRow {
        row: row.number,
        cells: row.cells.clone(),
        amount: row.amount.map(money).transpose()?,
        line: line.map(line_of).transpose()?,
        reason: left.map(|reason| reason.as_str().to_owned()),
        why: left.map(|reason| reason.said(language).to_owned()),
    })
}

fn line_of(line: &SheetLine) -> Result<SheetLineDto, AppError> {
    let of = &line.line;
    Ok(SheetLineDto {
        id: of.id.clone(),
        key: line.key.clone(),
        label: of.label.clone(),
        account: account_key(of.account),
        ground: line.ground.name().to_owned(),
        amount: of.amount.map(money).transpose()?,
        places: of.spend.iter().map(|part| part.jurisdiction.clone()).collect(),
    })
}

pub(crate) fn fault(fault: &CellFault, language: Language) -> CellFaultDto {
    CellFaultDto {
        cell: fault.cell.clone(),
        row: fault.row,
        column: column_letters(fault.column),
        code: fault.code.as_str().to_owned(),
        weight: fault.code.weight().name().to_owned(),
        message: fault.message(language),
        given: fault.given.clone(),
    }
}

fn totals(read: &Read) -> Result<SheetTotals, AppError> {
    let totals = &read.preview.totals;
    let stated = totals.stated.as_ref();
    Ok(SheetTotals {
        lines: monies(&totals.lines)?,
        beside: monies(&totals.beside)?,
        contingency: contingency_of(&read.preview).map(money).transpose()?,
        cell: stated.map(|(cell, _)| cell.clone()),
        stated: stated.map(|(_, amount)| money(*amount)).transpose()?,
        difference: totals.difference.map(money).transpose()?,
    })
}
