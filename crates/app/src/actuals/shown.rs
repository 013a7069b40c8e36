//! A sheet of receipts that was read, as it crosses the wire.

use std::collections::{BTreeMap, BTreeSet};

use recoup_calendar::Period;
use recoup_deal::{Deal, Language};
use recoup_money::Money;
use recoup_sheets::{ReceiptColumn, ReceiptFate, ReceiptMeaning, ReceiptRow, SheetStatement, UnknownSource};

use super::{decided::order_word, receipts::Read};
use crate::{
    AppError,
    budget_sheets::{counted, fault, money, monies, sheet_names},
    wire::{
        ReceiptsColumn, ReceiptsRow, ReceiptsSheetView, ReceiptsStatement, ReceiptsTotals, UnknownSourceDto,
    },
};

pub(super) fn view(
    read: &Read,
    deal: &Deal,
    language: Language,
    kept: bool,
) -> Result<ReceiptsSheetView, AppError> {
    let preview = &read.preview;
    let statements = preview.statements.iter().map(|one| statement(one, deal));
    Ok(ReceiptsSheetView {
        format: read.book.format.name().to_owned(),
        sheets: sheet_names(&read.book),
        sheet: preview.sheet.clone(),
        header: preview.header,
        currency: preview.currency.to_string(),
        days: order_word(preview.days).to_owned(),
        without_rate: without_rate(read, deal),
        columns: preview.columns.iter().map(column).collect(),
        meanings: ReceiptMeaning::ALL.map(|meaning| meaning.name().to_owned()).to_vec(),
        rows: preview.rows.iter().map(|one| row(one, language)).collect::<Result<_, _>>()?,
        statements: statements.collect::<Result<_, _>>()?,
        unknown: preview.unknown.iter().map(unknown).collect(),
        faults: preview.faults.iter().map(|one| fault(one, language)).collect(),
        totals: totals(read)?,
        recalled: read.recalled,
        kept,
    })
}

/// Currencies of lines that neither bear a rate nor have one in the deal.
fn without_rate(read: &Read, deal: &Deal) -> Vec<String> {
    let lines = read.preview.statements.iter().flat_map(|statement| &statement.lines);
    let open = lines.filter(|line| line.rate.is_none()).map(|line| line.amount.currency());
    let found: BTreeSet<String> =
        open.filter(|from| deal.rate(*from, deal.currency).is_none()).map(|from| from.to_string()).collect();
    found.into_iter().collect()
}

fn column(column: &ReceiptColumn) -> ReceiptsColumn {
    ReceiptsColumn {
        column: column.letters.clone(),
        head: column.head.clone(),
        meaning: column.meaning.name().to_owned(),
        guessed: column.guessed,
        samples: column.samples.clone(),
    }
}

fn row(row: &ReceiptRow, language: Language) -> Result<ReceiptsRow, AppError> {
    let (source, ground, left) = match &row.fate {
        ReceiptFate::Line(source, ground) => (Some(source.clone()), Some(ground.name().to_owned()), None),
        ReceiptFate::Left(left) => (None, None, Some(*left)),
    };
    Ok(ReceiptsRow {
        row: row.number,
        cells: row.cells.clone(),
        amount: row.amount.map(money).transpose()?,
        from: row.period.map(|period| period.start.to_string()),
        to: row.period.map(|period| period.end.to_string()),
        source,
        ground,
        reason: left.map(|left| left.as_str().to_owned()),
        why: left.map(|left| left.said(language).to_owned()),
    })
}

fn statement(found: &SheetStatement, deal: &Deal) -> Result<ReceiptsStatement, AppError> {
    let mut sums: BTreeMap<String, Money> = BTreeMap::new();
    for line in &found.lines {
        let sum =
            sums.entry(line.amount.currency().to_string()).or_insert(Money::zero(line.amount.currency()));
        *sum = sum.checked_add(line.amount).unwrap_or(*sum);
    }
    let covered = |source: &str| {
        let known =
            deal.actuals.statements.iter().filter(|one| one.lines.iter().any(|line| line.source == source));
        known
            .filter_map(|one| Period::new(one.from, one.to).ok())
            .any(|known| known.intersection(&found.period).is_some())
    };
    let sources: BTreeSet<&str> = found.lines.iter().map(|line| line.source.as_str()).collect();
    Ok(ReceiptsStatement {
        from: found.period.start.to_string(),
        to: found.period.end.to_string(),
        received: found.received.map(|day| day.to_string()),
        lines: counted(found.lines.len()),
        amounts: monies(&sums.into_values().collect::<Vec<_>>())?,
        already: sources.into_iter().filter(|source| covered(source)).map(str::to_owned).collect(),
    })
}

fn unknown(unknown: &UnknownSource) -> UnknownSourceDto {
    UnknownSourceDto {
        key: unknown.key.clone(),
        shown: unknown.shown.clone(),
        rows: counted(unknown.rows),
        suggestions: unknown.suggestions.clone(),
    }
}

fn totals(read: &Read) -> Result<ReceiptsTotals, AppError> {
    let totals = &read.preview.totals;
    let stated = totals.stated.as_ref();
    Ok(ReceiptsTotals {
        lines: monies(&totals.lines)?,
        left_out: monies(&totals.left_out)?,
        cell: stated.map(|(cell, _)| cell.clone()),
        stated: stated.map(|(_, amount)| money(*amount)).transpose()?,
        difference: totals.difference.map(money).transpose()?,
    })
}
