//! What each column of a sheet holds, and how wide it is.

use crate::format::Figures;
use crate::render::xlsx::form;
use crate::render::xlsx::plan::{Item, LEFT, Sheet};
use crate::table::{Cell, Column, ColumnKind, RowStyle};

/// What a column of a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Words,
    Figures,
    Tags,
}

/// The columns of a sheet: those of its widest table, with room for the others, tags last.
pub(super) fn slots(items: &[Item<'_>]) -> Vec<Slot> {
    if items.iter().any(|item| matches!(item, Item::Form { .. })) {
        return vec![Slot::Words; form::WIDTHS.len()];
    }
    let mut tables: Vec<&[Column]> = items
        .iter()
        .filter_map(|item| match item {
            Item::Table { table, .. } => Some(table.columns.as_slice()),
            Item::Heading(_)
            | Item::Text(_)
            | Item::Months(_)
            | Item::Form { .. }
            | Item::Workings(..)
            | Item::Rounds(..)
            | Item::Ledger(_) => None,
        })
        .collect();
    tables.sort_by_key(|columns| std::cmp::Reverse(columns.len()));
    let mut slots: Vec<Slot> = Vec::new();
    let mut tags = false;
    for columns in tables {
        let mut at = 0;
        for column in columns {
            let slot = slot(column.kind);
            if slot == Slot::Tags {
                tags = true;
                continue;
            }
            match slots.iter().skip(at).position(|known| *known == slot) {
                Some(offset) => at += offset + 1,
                None => {
                    slots.push(slot);
                    at = slots.len();
                }
            }
        }
    }
    if tags {
        slots.push(Slot::Tags);
    }
    slots
}

pub(super) fn settle(columns: &[Column], slots: &[Slot]) -> Vec<u16> {
    let mut at = 0;
    let mut out = Vec::with_capacity(columns.len());
    for column in columns {
        let wanted = slot(column.kind);
        let found = slots.iter().skip(at).position(|known| *known == wanted).map_or(at, |offset| at + offset);
        out.push(LEFT + found as u16);
        at = found + 1;
    }
    out
}

fn slot(kind: ColumnKind) -> Slot {
    match kind {
        ColumnKind::Text => Slot::Words,
        ColumnKind::Tag => Slot::Tags,
        ColumnKind::Money
        | ColumnKind::Percent
        | ColumnKind::Rate
        | ColumnKind::Multiple
        | ColumnKind::Number => Slot::Figures,
    }
}

/// How wide each column of a sheet must be, in characters.
pub(super) fn widths(sheet: &Sheet<'_>, figures: Figures) -> Vec<f64> {
    if sheet.items.iter().any(|(_, item)| matches!(item, Item::Form { .. })) {
        return form::WIDTHS.to_vec();
    }
    let mut widths: Vec<f64> = sheet
        .slots
        .iter()
        .map(|slot| match slot {
            Slot::Words => 10.0,
            Slot::Figures => 12.0,
            Slot::Tags => 8.0,
        })
        .collect();
    for (_, item) in &sheet.items {
        let Item::Table { table, columns, .. } = item else { continue };
        for (index, place) in columns.iter().enumerate() {
            let Some(column) = table.columns.get(index) else { continue };
            let shown = |cell: &Cell| crate::render::text::words(cell, column, figures).chars().count();
            let cells =
                table.rows.iter().filter(|row| !matches!(row.style, RowStyle::Group | RowStyle::Note));
            let most = cells.filter_map(|row| row.cells.get(index)).map(shown).max().unwrap_or(0);
            let wanted = match slot(column.kind) {
                Slot::Words => (most as f64 * 0.95 + 3.0).min(if index == 0 { 46.0 } else { 50.0 }),
                Slot::Figures => most as f64 * 1.0 + 6.0,
                Slot::Tags => most as f64 + 3.0,
            };
            if let Some(width) = widths.get_mut(usize::from(*place - LEFT)) {
                *width = width.max(wanted);
            }
        }
    }
    widths
}
