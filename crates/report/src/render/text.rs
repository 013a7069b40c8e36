//! The document as plain text: what golden tests compare and an accountant can read.

use crate::document::{Block, Cell, ColumnKind, Document, RowStyle, Table};
use crate::format::figure;

/// The whole document, one line a row.
pub fn text(document: &Document) -> String {
    let mut out = format!("{}\n{}\n", document.title, document.subtitle);
    for (label, fact) in &document.facts {
        out.push_str(&format!("{label}: {fact}\n"));
    }
    for section in &document.sections {
        out.push_str(&format!("\n== {} ==\n{}\n", section.topic, section.lead));
        for block in &section.blocks {
            match block {
                Block::Heading(heading) => out.push_str(&format!("\n-- {heading} --\n")),
                Block::Text(words) => out.push_str(&format!("{words}\n")),
                Block::Table(rows) => out.push_str(&table(rows)),
                Block::Bars(_) => {}
                Block::Findings(findings) => {
                    for finding in findings {
                        out.push_str(&format!("[{}] {}\n", finding.severity, finding.message));
                        out.push_str(&format!("    {} ({})\n", finding.remedy, finding.path));
                    }
                }
            }
        }
    }
    out
}

fn table(table: &Table) -> String {
    let cells: Vec<Vec<String>> = std::iter::once(table.columns.iter().map(|c| c.header.clone()).collect())
        .chain(table.rows.iter().map(|row| {
            row.cells.iter().zip(&table.columns).map(|(cell, column)| words(cell, column.kind)).collect()
        }))
        .collect();
    let widths: Vec<usize> = (0..table.columns.len())
        .map(|index| {
            cells.iter().filter_map(|row| row.get(index)).map(|c| c.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for (index, row) in cells.iter().enumerate() {
        let total =
            index > 0 && table.rows.get(index - 1).is_some_and(|row| matches!(row.style, RowStyle::Total));
        if total {
            out.push_str(&"-".repeat(widths.iter().map(|width| width + 2).sum()));
            out.push('\n');
        }
        for ((cell, width), column) in row.iter().zip(&widths).zip(&table.columns) {
            let pad = " ".repeat(width - cell.chars().count());
            match column.kind {
                ColumnKind::Text | ColumnKind::Tag => out.push_str(&format!("{cell}{pad}  ")),
                _ => out.push_str(&format!("{pad}{cell}  ")),
            }
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

/// A cell as words.
pub(crate) fn words(cell: &Cell, kind: ColumnKind) -> String {
    match cell {
        Cell::Text(text) | Cell::Key { text, .. } | Cell::Tag(text) => text.clone(),
        Cell::Figure(quantity) => figure(quantity, kind),
        Cell::Blank => String::new(),
    }
}
