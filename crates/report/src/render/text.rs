//! The document as plain text: what golden tests compare and an accountant can read.

use crate::document::{Block, Document};
use crate::exhibits::{MonthTable, PeriodTable, Rung};
use crate::format::Figures;
use crate::references::compact;
use crate::table::{Cell, Column, ColumnKind, Figure, RowStyle, Table};

/// The whole document, one line a row.
pub fn text(document: &Document) -> String {
    let figures = Figures::of(document.edition.language);
    let mut out = format!("{}\n{}\n", document.title, document.subtitle);
    for (label, fact) in &document.facts {
        out.push_str(&format!("{label}: {fact}\n"));
    }
    for section in &document.sections {
        out.push_str(&format!("\n== {} ==\n{}\n", section.topic, section.lead));
        section.blocks.iter().for_each(|one| block(&mut out, one, figures));
    }
    out
}

fn block(out: &mut String, block: &Block, figures: Figures) {
    match block {
        Block::Heading(heading) | Block::Part(heading) | Block::Page(heading) => {
            out.push_str(&format!("\n-- {heading} --\n"))
        }
        Block::Text(words) | Block::Fine(words) => out.push_str(&format!("{words}\n")),
        Block::Table(rows) => out.push_str(&table(rows, figures)),
        Block::Keys(keys) => {
            for key in keys {
                let value = figures.set(&key.figure.value, key.figure.kind);
                out.push_str(&format!("{:<46} {value:>14} {} {}\n", key.label, key.unit, key.tag));
            }
        }
        Block::Months(rows) => out.push_str(&table(&by_year(rows), figures)),
        Block::Periods(rows) => out.push_str(&table(&of_periods(rows, figures, ""), figures)),
        Block::Order(rungs) => out.push_str(&order(rungs, figures)),
        Block::Ladder(ladder) => {
            for step in &ladder.steps {
                let out_at = figures.set(&step.out.value, step.out.kind);
                out.push_str(&format!("{:<46} {out_at:>14} {}\n", step.label, step.tag));
            }
        }
        Block::Outlook(outlook) => {
            for mark in outlook.histogram.iter().flat_map(|histogram| &histogram.marks) {
                let value = figures.prose(&mark.figure.value, ColumnKind::Percent);
                out.push_str(&format!("{:<46} {value:>14}\n", mark.id.to_uppercase()));
            }
            if let Some(fan) = &outlook.fan {
                let value = figures.set(&fan.last.value, fan.last.kind);
                out.push_str(&format!("{:<46} {value:>14} {}\n", fan.title, fan.tag));
            }
        }
        Block::Chances(chances) => {
            for row in &chances.rows {
                let value = figures.prose(&row.figure.value, ColumnKind::Percent);
                out.push_str(&format!("{:<62} {value:>10} {:>9} {}\n", row.label, row.error, row.tag));
            }
        }
        Block::Tornado(tornado) => {
            for swing in &tornado.swings {
                let [low, high] = [&swing.low, &swing.high].map(|one| figures.set(&one.value, one.kind));
                let tags = compact(&swing.tags);
                out.push_str(&format!(
                    "{:<46} {:<28} {low:>14} {high:>14} {tags}\n",
                    swing.label, swing.inputs
                ));
            }
        }
        Block::Bars(_) | Block::Stack(_) | Block::Workings(_) | Block::Rounds(_) | Block::Ledger(_) => {}
        Block::Findings(findings) => {
            for finding in findings {
                out.push_str(&format!("[{}] {}\n", finding.rank, finding.message));
                out.push_str(&format!("    {} ({})\n", finding.remedy, finding.path));
            }
        }
        Block::Program(program) => {
            out.push_str(&format!("{}\n", program.intro));
            program.pages.iter().for_each(|one| self::block(out, one, figures));
        }
    }
}

/// Rows under all statement periods, and their whole.
pub(crate) fn of_periods(periods: &PeriodTable, figures: Figures, whole: &str) -> Table {
    let named = |header: String, kind| Column { header, kind, width: 1.0, options: Vec::new() };
    let mut columns = vec![named(String::new(), ColumnKind::Text)];
    columns.extend(periods.days.iter().map(|day| named(figures.day(*day), ColumnKind::Money)));
    columns.push(named(whole.to_owned(), ColumnKind::Money));
    columns.push(named(String::new(), ColumnKind::Tag));
    let mut table = Table { columns, rows: Vec::new() };
    for row in &periods.rows {
        let mut cells: Vec<Cell> = vec![row.label.as_str().into()];
        cells.extend(row.cells.iter().map(|figure| figure.clone().into()));
        cells.push(row.total.clone().into());
        let tags = if row.tag.is_empty() { Cell::Blank } else { Cell::Tags(vec![row.tag.clone()]) };
        cells.push(tags);
        table.push(row.style, cells, None);
    }
    table
}

/// A month table by its years and its total.
pub(crate) fn by_year(months: &MonthTable) -> Table {
    let years: Vec<i32> =
        months.rows.first().map_or_else(Vec::new, |row| row.years.iter().map(|year| year.0).collect());
    let named = |header: String, kind| Column { header, kind, width: 1.0, options: Vec::new() };
    let mut columns = vec![named(String::new(), ColumnKind::Text)];
    columns.extend(years.iter().map(|year| named(year.to_string(), ColumnKind::Money)));
    columns.push(named("Σ".to_owned(), ColumnKind::Money));
    columns.push(named(String::new(), ColumnKind::Tag));
    let mut table = Table { columns, rows: Vec::new() };
    for row in &months.rows {
        let mut cells = vec![Cell::Text(row.label.clone())];
        cells.extend(row.years.iter().map(|year| Cell::from(year.1.clone())));
        cells.push(row.total.clone().into());
        cells.push(Cell::Tags(Some(row.tag.clone()).into_iter().filter(|tag| !tag.is_empty()).collect()));
        table.push(row.style, cells, None);
    }
    table
}

fn order(rungs: &[Rung], figures: Figures) -> String {
    let mut out = String::new();
    for (index, rung) in rungs.iter().enumerate() {
        out.push_str(&format!("{:>2}. {} ({})\n", index + 1, rung.label, rung.terms));
        for claim in &rung.claims {
            let shown = |figure: &Option<Figure>| {
                figure.as_ref().map_or_else(String::new, |figure| figures.set(&figure.value, figure.kind))
            };
            out.push_str(&format!(
                "      {:<34} {:>14} {:>14} {:>14}  {}\n",
                claim.payee,
                figures.set(&claim.paid.value, claim.paid.kind),
                shown(&claim.outstanding),
                shown(&claim.out_at),
                claim.tag
            ));
        }
    }
    out
}

fn table(table: &Table, figures: Figures) -> String {
    let cells: Vec<Vec<String>> = std::iter::once(table.columns.iter().map(|c| c.header.clone()).collect())
        .chain(table.rows.iter().map(|row| {
            row.cells.iter().zip(&table.columns).map(|(cell, column)| words(cell, column, figures)).collect()
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

/// A cell as words. A rate that stands in a column of amounts carries its sign.
pub(crate) fn words(cell: &Cell, column: &Column, figures: Figures) -> String {
    match cell {
        Cell::Text(text) | Cell::Key { text, .. } | Cell::Verdict { text, .. } => text.clone(),
        Cell::Tags(tags) => compact(tags),
        Cell::Figure(figure) if figure.kind != column.kind && figure.value.as_number().is_some() => {
            figures.prose(&figure.value, figure.kind)
        }
        Cell::Figure(figure) => figures.set(&figure.value, figure.kind),
        Cell::Blank => String::new(),
    }
}
