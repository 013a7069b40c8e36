//! A table as text with separators, as the spreadsheet programs of its language open it.

use recoup_deal::Language;

use crate::{
    export::{ExportedCell, ExportedTable, mark_of},
    number::DecimalMark,
    places::points,
};

/// What makes a spreadsheet compute a cell that was meant as text.
pub(crate) const COMPUTED: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a table: with commas and decimal points in English, with semicolons and decimal commas in French; in
/// UTF-8 with its mark, without which spreadsheet programs take it for something older.
#[must_use]
pub fn write_csv(table: &ExportedTable) -> Vec<u8> {
    let separator = match table.language {
        Language::English => ',',
        Language::French => ';',
    };
    let mut out = String::from('\u{feff}');
    record(&mut out, separator, table.heads.iter().map(|head| (*head).to_owned()));
    let mark = mark_of(table.language);
    for row in &table.rows {
        record(&mut out, separator, row.iter().map(|cell| written(cell, mark)));
    }
    if let Some(sum) = table.sum {
        let cell = |at: usize| match at {
            at if at == table.amount => decimal(sum.to_decimal().to_string(), mark),
            at if at + 1 == table.amount => table.total.to_owned(),
            _ => String::new(),
        };
        record(&mut out, separator, (0..table.heads.len()).map(cell));
    }
    out.into_bytes()
}

fn written(cell: &ExportedCell, mark: DecimalMark) -> String {
    match cell {
        ExportedCell::Empty => String::new(),
        ExportedCell::Text(text) => guarded(text),
        ExportedCell::Amount(amount) => decimal(amount.to_decimal().to_string(), mark),
        ExportedCell::Share(share) => format!("{} %", points(*share, mark)),
    }
}

fn decimal(number: String, mark: DecimalMark) -> String {
    if mark == DecimalMark::Comma { number.replace('.', ",") } else { number }
}

/// A text that a spreadsheet would compute gets an apostrophe before it; reading takes it away again.
fn guarded(text: &str) -> String {
    let bare = text.trim_start_matches('\'');
    if bare.starts_with(COMPUTED) { format!("'{text}") } else { text.to_owned() }
}

fn record(out: &mut String, separator: char, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(separator);
        }
        if cell.contains([separator, '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}
