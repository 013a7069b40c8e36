//! Deals, their workbooks with cells typed over, and what the workings of a recalculated workbook say.

use std::path::Path;

use recoup_deal::{Deal, read_deal, set};
use recoup_explain::{Book, Quantity};
use recoup_incentives::Catalog;
use recoup_model::Outcome;
use recoup_report::{
    Block, Cell, Document, Edition, Fed, Figure, Language, Reader, Results, SectionKind, WorkingCell,
    WorkingContent, WorkingRow, document_for, render,
};
use rust_decimal::prelude::ToPrimitive;

use crate::offices::Sheets;

pub(crate) fn deal(name: &str) -> Deal {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/{name}.deal.json"));
    read_deal(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn outcome(deal: &Deal) -> Outcome {
    recoup_model::run(deal, Catalog::embedded().unwrap())
}

pub(crate) fn described(deal: &Deal, outcome: &Outcome) -> Document {
    let results = Results {
        deal,
        book: &outcome.book,
        incentives: &outcome.incentives,
        capital: outcome.capital.as_ref(),
        receipts: Some(&outcome.receipts),
        recoupment: outcome.recoupment.as_ref(),
        feed: outcome.feed.as_ref().map(|feed| Fed {
            inputs: &feed.inputs,
            nodes: &feed.nodes,
            schedule: &feed.schedule,
        }),
        findings: &outcome.findings,
        levels: &[],
        risk: None,
    };
    document_for(results, Edition { language: Language::English, reader: Reader::Full }).unwrap()
}

pub(crate) fn workbook(document: &Document) -> Vec<u8> {
    render::xlsx(document).unwrap().0
}

/// A cell of the deal and what is typed over it.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) path: String,
    pub(crate) value: String,
}

/// The deal with its cells changed, and the pack of the deal as it was with the same typed over in its cells: every
/// result in the file is that of before.
pub(crate) fn typed_over(before: &Deal, edits: &[Edit]) -> (Deal, Document) {
    let mut document = described(before, &outcome(before));
    let mut after = before.clone();
    for edit in edits {
        after = set(&after, &edit.path, edit.value.clone().into()).unwrap();
    }
    let book = outcome(&after).book;
    for edit in edits {
        let mut typed = 0;
        for figure in typed_figures(&mut document) {
            let is_it = figure.address == edit.path
                || book.find(&figure.address).is_some_and(|node| {
                    book.leaves_of(node).len() == 1
                        && book
                            .leaves_of(node)
                            .iter()
                            .all(|leaf| leaf.path().is_some_and(|path| **path == *edit.path))
                });
            if is_it {
                figure.value = match &figure.value {
                    Quantity::Number(_) => Quantity::Number(edit.value.parse().unwrap()),
                    _ => Quantity::Money(edit.value.parse().unwrap()),
                };
                typed += 1;
            }
        }
        assert!(typed > 0, "no cell for {}", edit.path);
    }
    (after, document)
}

fn typed_figures(document: &mut Document) -> Vec<&mut Figure> {
    let mut found = Vec::new();
    // The closing refers to the cells of the sections that are about a thing.
    let sections = document.sections.iter_mut().filter(|section| section.kind != SectionKind::Closing);
    for block in sections.flat_map(|section| &mut section.blocks) {
        match block {
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                found.extend(cells.filter_map(|cell| match cell {
                    Cell::Figure(figure) if figure.typed => Some(figure),
                    _ => None,
                }));
            }
            Block::Workings(workings) => {
                let rows = workings.parts.iter_mut().flat_map(|part| &mut part.rows);
                let figures = rows.flat_map(|row| &mut row.cells).filter_map(|cell| cell.figure.as_mut());
                found.extend(figures.filter(|figure| figure.typed));
            }
            _ => {}
        }
    }
    found
}

/// What was held against the engine.
pub(crate) struct Found {
    pub(crate) cells: usize,
    pub(crate) wrong: Vec<String>,
}

/// Every figure of the workings, held against a book.
pub(crate) fn held(sheets: &Sheets, name: &str, document: &Document, book: &Book) -> Found {
    let mut found = Found { cells: 0, wrong: Vec::new() };
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        let Block::Workings(workings) = block else { continue };
        let sheet = &sheets[&format!("{name}-{}", workings.title)];
        let mut at = 5;
        for part in &workings.parts {
            at += 1;
            for row in &part.rows {
                assert_eq!(sheet[at].get(1), Some(&row.label), "row {at} of {name}");
                for cell in &row.cells {
                    let said = sheet[at].get(3 + cell.column).cloned().unwrap_or_default();
                    found.hold(row, cell, &said, book);
                }
                at += 1;
            }
            at += 1;
        }
    }
    found
}

/// The bank's form and the closing table as they are printed, held against a book.
pub(crate) fn printed(sheets: &Sheets, name: &str, document: &Document, book: &Book) -> Found {
    let mut found = Found { cells: 0, wrong: Vec::new() };
    for section in &document.sections {
        let Some(sheet) = sheets.get(&format!("{name}-{}", section.topic)) else { continue };
        for block in &section.blocks {
            match block {
                Block::Months(months) => {
                    for (row, offset) in months.rows.iter().zip(5..) {
                        let cells = row.months.iter().zip(2..).chain([(&row.total, 2 + months.months.len())]);
                        for (figure, column) in cells {
                            let Some(figure) = figure else { continue };
                            found.say(&row.label, figure, &sheet[offset][column], book);
                        }
                    }
                }
                Block::Table(table) if section.kind == SectionKind::Closing => {
                    for row in &table.rows {
                        let Some(Cell::Text(label) | Cell::Key { text: label, .. }) = row.cells.first()
                        else {
                            continue;
                        };
                        let Some(cells) = sheet.iter().find(|cells| cells.get(1) == Some(label)) else {
                            continue;
                        };
                        let live = cells.iter().skip(2).filter(|cell| cell.parse::<f64>().is_ok());
                        let figures = row.cells.iter().filter_map(|cell| match cell {
                            Cell::Figure(figure) if figure.value.as_money().is_some() => Some(figure),
                            _ => None,
                        });
                        for (figure, said) in figures.zip(live) {
                            found.say(label, figure, said, book);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found
}

impl Found {
    fn hold(&mut self, row: &WorkingRow, cell: &WorkingCell, said: &str, book: &Book) {
        let (WorkingContent::Computed(_), Some(figure)) = (&cell.content, &cell.figure) else { return };
        self.say(&row.label, figure, said, book);
    }

    fn say(&mut self, label: &str, figure: &Figure, said: &str, book: &Book) {
        let Some(wanted) = book.at(&figure.address) else { return };
        self.cells += 1;
        let number = |wanted: f64, near: f64| {
            let (digits, scale) = said.strip_suffix('%').map_or((said, 1.0), |digits| (digits, 100.0));
            digits.parse::<f64>().is_ok_and(|live| (live / scale - wanted).abs() < near)
        };
        let right = match wanted {
            Quantity::Money(amount) => number(amount.to_decimal().to_f64().unwrap(), 0.001),
            Quantity::Number(wanted) => number(wanted.to_f64().unwrap(), 1e-6),
            Quantity::Flag(flag) => said == if *flag { "TRUE" } else { "FALSE" },
            Quantity::Date(_) | Quantity::Absent(_) => true,
        };
        if !right {
            self.wrong.push(format!("{label} ({}): {said} and not {wanted:?}", figure.address));
        }
    }
}

/// The parts of a workbook's file that its formulas stand in.
pub(crate) struct Parts {
    pub(crate) workbook: String,
    sheets: Vec<(String, String)>,
}

impl Parts {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
            text
        };
        let workbook = part("xl/workbook.xml");
        let names: Vec<String> = workbook
            .split("<sheet name=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        let sheets = names.into_iter().zip(1..);
        let sheets = sheets.map(|(name, number)| (name, part(&format!("xl/worksheets/sheet{number}.xml"))));
        Self { sheets: sheets.collect(), workbook: workbook.clone() }
    }

    /// How many cells of a sheet hold a formula over cells.
    pub(crate) fn formulas(&self, sheet: &str) -> usize {
        let known = self.sheets.iter().find(|(name, _)| name == sheet);
        known.map_or(0, |(_, text)| text.matches("<f>").count())
    }
}
