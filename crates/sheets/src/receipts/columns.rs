//! What the columns of a statement mean: as its header suggests, and as a person decided.

use std::collections::BTreeMap;

use recoup_calendar::Period;
use recoup_money::Currency;

use super::days::DayOrder;
use super::meaning::ReceiptMeaning;
use super::words::said;
use crate::{
    cells::{Profile, profile},
    grid::{CellValue, Sheet},
};

/// Rows that are looked at for the header.
const LOOKED_AT: usize = 80;

/// What a person decided about a sheet. What is not decided is guessed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReceiptsMapping {
    /// The row of the header, counted from one; 0 where there is none.
    pub header: Option<u32>,
    /// The columns that mean something else than is guessed.
    pub columns: Vec<ReceiptColumnChoice>,
    /// The revenue source of a name of the sheet, by its key; nothing where its rows are left out.
    pub sources: BTreeMap<String, String>,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
    /// Which comes first in days written in figures.
    pub days: Option<DayOrder>,
    /// The days reported on by rows that do not say.
    pub period: Option<Period>,
}

/// What one column means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptColumnChoice {
    /// The column, counted from zero.
    pub column: usize,
    /// Its meaning.
    pub meaning: ReceiptMeaning,
}

/// A column with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read {
    pub(super) head: String,
    pub(super) meaning: ReceiptMeaning,
    pub(super) guessed: bool,
}

/// The row of the header, counted from zero; none where no row looks like one.
pub(super) fn header_row(sheet: &Sheet) -> Option<usize> {
    let mut best: Option<(usize, u32)> = None;
    for row in 0..sheet.rows.len().min(LOOKED_AT) {
        let score = row_score(sheet, row);
        if score > 0 && best.is_none_or(|(_, other)| score > other) {
            best = Some((row, score));
        }
    }
    best.map(|(row, _)| row)
}

/// How much a row looks like a header: it names an amount and something else, and holds no numbers.
fn row_score(sheet: &Sheet, row: usize) -> u32 {
    let Some(cells) = sheet.rows.get(row) else { return 0 };
    if cells.iter().any(|cell| matches!(cell.value, CellValue::Number(_) | CellValue::Fault(_))) {
        return 0;
    }
    let mut found: Vec<ReceiptMeaning> = Vec::new();
    let mut exact = 0;
    for cell in cells {
        let CellValue::Text(text) = &cell.value else { continue };
        let Some((meaning, score)) = said(text) else { continue };
        if meaning != ReceiptMeaning::Ignore && !found.contains(&meaning) {
            found.push(meaning);
        }
        exact += u32::from(score > 100);
    }
    let priced = found.iter().any(|meaning| meaning.is_money());
    if !priced || found.len() < 2 {
        return 0;
    }
    u32::try_from(found.len()).unwrap_or(u32::MAX) * 10 + exact
}

/// The meaning of every column.
pub(super) fn meanings(sheet: &Sheet, header: Option<usize>, mapping: &ReceiptsMapping) -> Vec<Read> {
    let head = |column: usize| header.map(|row| sheet.cell(row, column).shown()).unwrap_or_default();
    let heads: Vec<String> = (0..sheet.width()).map(head).collect();
    let first = header.map_or(0, |row| row + 1);
    let mut columns: Vec<Read> = guessed(heads, |column| profile(sheet, column, first));
    for choice in &mapping.columns {
        let Some(column) = columns.get_mut(choice.column) else { continue };
        column.meaning = choice.meaning;
        column.guessed = false;
    }
    for choice in mapping.columns.iter().filter(|choice| !choice.meaning.may_repeat()) {
        for (at, column) in columns.iter_mut().enumerate() {
            if column.guessed && at != choice.column && column.meaning == choice.meaning {
                column.meaning = ReceiptMeaning::Ignore;
            }
        }
    }
    columns
}

/// Of several columns with one meaning the surest keeps it; money is only what holds numbers.
fn guessed(heads: Vec<String>, profile: impl Fn(usize) -> Profile) -> Vec<Read> {
    let mut found: Vec<Option<(ReceiptMeaning, u32)>> = heads.iter().map(|head| said(head)).collect();
    for (at, found) in found.iter_mut().enumerate() {
        let numbers = profile(at).numbers > 0;
        let texts = profile(at).texts > 0;
        if found.is_some_and(|(meaning, _)| meaning.is_money() && !numbers && texts) {
            *found = None;
        }
    }
    for meaning in ReceiptMeaning::ALL.into_iter().filter(|meaning| !meaning.may_repeat()) {
        let claims: Vec<usize> =
            (0..found.len()).filter(|at| found[*at].is_some_and(|(said, _)| said == meaning)).collect();
        // Of equals the first; `max_by_key` would take the last.
        let best = claims.iter().copied().rev().max_by_key(|at| found[*at].map(|(_, score)| score));
        for at in claims.into_iter().filter(|at| Some(*at) != best) {
            found[at] = None;
        }
    }
    let read = |(head, found): (String, Option<(ReceiptMeaning, u32)>)| Read {
        head,
        meaning: found.map_or(ReceiptMeaning::Ignore, |(meaning, _)| meaning),
        guessed: true,
    };
    heads.into_iter().zip(found).map(read).collect()
}
