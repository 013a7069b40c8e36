//! Sheets written for one test, and what became of them.
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeSet;

use recoup_deal::Language;
use recoup_money::Currency;
use recoup_sheets::{Asked, Mapping, Preview, RowFate, Workbook, preview};
use rust_xlsxwriter::{Workbook as Writer, Worksheet};

pub(crate) fn asked(currency: Currency) -> Asked {
    Asked {
        sheet: None,
        mapping: Mapping::default(),
        currency,
        parties: Vec::new(),
        keep: BTreeSet::new(),
        leave: BTreeSet::new(),
        language: Language::English,
    }
}

pub(crate) fn of_csv(text: &str, currency: Currency) -> Preview {
    let book = Workbook::read("Budget.csv", text.as_bytes()).unwrap();
    preview(&book, &asked(currency)).unwrap()
}

pub(crate) fn of_xlsx(currency: Currency, write: impl FnOnce(&mut Worksheet)) -> Preview {
    let bytes = xlsx(write);
    let book = Workbook::read("budget.xlsx", &bytes).unwrap();
    preview(&book, &asked(currency)).unwrap()
}

pub(crate) fn xlsx(write: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    sheet.set_name("Top Sheet").unwrap();
    write(sheet);
    writer.save_to_buffer().unwrap()
}

/// The lines as `id account amount`.
pub(crate) fn lines(preview: &Preview) -> Vec<String> {
    let line = |line: &recoup_sheets::SheetLine| {
        let amount = line.line.amount.map_or_else(|| "-".to_owned(), |amount| amount.to_string());
        format!("{} | {:?} | {amount}", line.line.label, line.line.account)
    };
    preview.lines.iter().map(line).collect()
}

/// The rows left out as `number reason`.
pub(crate) fn left(preview: &Preview) -> Vec<String> {
    let out = |row: &recoup_sheets::Row| match row.fate {
        RowFate::Left(reason) if reason.as_str() != "BLANK" => {
            Some(format!("{} {}", row.number, reason.as_str()))
        }
        _ => None,
    };
    preview.rows.iter().filter_map(out).collect()
}

/// The faults as `cell CODE`.
pub(crate) fn faults(preview: &Preview) -> Vec<String> {
    preview.faults.iter().map(|fault| format!("{} {}", fault.cell, fault.code.as_str())).collect()
}

/// The difference between the sheet's total and what was read, in minor units.
pub(crate) fn difference(preview: &Preview) -> Option<i64> {
    preview.totals.difference.map(|amount| amount.minor())
}
