//! Numbers and texts of the finished files, and of the document as it should reach them.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use recoup_explain::Quantity;
use recoup_report::{Block, Cell, ColumnKind, Document};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::contents;
use super::document::printed;

/// A workbook as far as a reader sees numbers.
pub(crate) struct Workbook {
    /// The numbers of every sheet, in reading order.
    pub(crate) sheets: Vec<Vec<f64>>,
}

impl Workbook {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).ok()?.read_to_string(&mut text).unwrap();
            Some(text)
        };
        let mut sheets = Vec::new();
        while let Some(sheet) = part(&format!("xl/worksheets/sheet{}.xml", sheets.len() + 1)) {
            sheets.push(between(&sheet, "<c ", "</c>").into_iter().filter_map(number).collect());
        }
        Self { sheets }
    }
}

/// A cell's number; none for a text, an answer or an error, which say so.
fn number(cell: &str) -> Option<f64> {
    // An empty cell has no end of its own and is read with the next one.
    let cell = cell.rsplit_once("<c ").map_or(cell, |(_, last)| last);
    let (attributes, content) = cell.split_once('>')?;
    if attributes.contains(" t=\"") {
        return None;
    }
    between(content, "<v>", "</v>").first().map(|value| value.parse().unwrap())
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).filter_map(|part| part.split_once(end)).map(|(inside, _)| inside).collect()
}

/// What a figure is worth as a workbook's number.
pub(crate) fn number_of(value: &Quantity) -> Option<f64> {
    match value {
        Quantity::Money(amount) => amount.to_decimal().to_f64(),
        Quantity::Number(number) => number.to_f64(),
        Quantity::Flag(_) | Quantity::Date(_) | Quantity::Absent(_) => None,
    }
}

/// Everything in a document that a workbook may show as a number.
pub(crate) fn values(document: &Document) -> Vec<f64> {
    let mut found: Vec<f64> =
        contents::figures(document).into_iter().filter_map(|figure| number_of(&figure.value)).collect();
    // A form's cells hold what its lines give before they are rounded for a page.
    found.extend(contents::form_values(document).iter().filter_map(Decimal::to_f64));
    found.extend(contents::ledger_values(document).iter().filter_map(Decimal::to_f64));
    found.extend(contents::steps(document).into_iter().filter_map(number_of));
    let amounts = contents::bars(document).filter_map(|bar| bar.amount);
    found.extend(amounts.filter_map(|amount| amount.to_decimal().to_f64()));
    found.extend(document.references.iter().filter_map(|row| number_of(&row.value)));
    for section in &document.sections {
        for text in contents::words_of(section) {
            let numbers = written_in(&text);
            found.extend(numbers.iter().filter_map(|number| number.replace(',', "").parse::<f64>().ok()));
        }
    }
    found
}

/// Whether a number is one of those known, or a day of the calendar as workbooks count them.
pub(crate) fn is_known(number: f64, known: &[f64]) -> bool {
    let near = |value: &f64| (value - number).abs() <= 1e-9 * value.abs().max(1.0);
    let is_day = number.fract() == 0.0 && (36_526.0..73_051.0).contains(&number);
    known.iter().any(near) || is_day
}

/// Every text that a document brings to a file.
pub(crate) fn texts(document: &Document) -> BTreeSet<String> {
    let mut found =
        BTreeSet::from([document.title.clone(), document.as_of.clone(), document.fingerprint.clone()]);
    found.extend([&document.subtitle, &document.confidentiality, &document.reader].map(Clone::clone));
    for (name, fact) in &document.facts {
        found.extend([name.clone(), fact.clone()]);
    }
    for section in &document.sections {
        found.extend(contents::words_of(section));
        for block in section.blocks.iter().flat_map(Block::told) {
            match block {
                Block::Table(table) => {
                    found.extend(table.rows.iter().flat_map(|row| &row.cells).flat_map(tags));
                }
                Block::Keys(keys) => found.extend(keys.iter().map(|key| key.tag.clone())),
                Block::Months(months) => {
                    found.extend(months.rows.iter().map(|row| row.tag.clone()));
                    found.extend(months.months.iter().map(|month| month.year().to_string()));
                }
                Block::Order(rungs) => {
                    found.extend(rungs.iter().flat_map(|rung| &rung.claims).map(|claim| claim.tag.clone()));
                }
                Block::Ladder(ladder) => found.extend(ladder.steps.iter().map(|step| step.tag.clone())),
                Block::Findings(lines) => found.extend(lines.iter().map(|line| line.path.clone())),
                Block::Program(program) => {
                    found.extend(program.form.rows.iter().map(|row| row.tag.clone()));
                }
                Block::Periods(periods) => {
                    found.extend(periods.rows.iter().map(|row| row.tag.clone()));
                    found.extend(periods.days.iter().map(|day| day.to_string()));
                }
                Block::Chances(chances) => found.extend(chances.rows.iter().map(|row| row.tag.clone())),
                Block::Tornado(tornado) => {
                    found.extend(tornado.swings.iter().flat_map(|swing| swing.tags.clone()));
                }
                Block::Outlook(outlook) => {
                    found.extend(outlook.histogram.iter().map(|histogram| histogram.tag.clone()));
                    found.extend(outlook.fan.iter().map(|fan| fan.tag.clone()));
                }
                Block::Heading(_)
                | Block::Page(_)
                | Block::Part(_)
                | Block::Text(_)
                | Block::Fine(_)
                | Block::Bars(_)
                | Block::Stack(_)
                | Block::Workings(_)
                | Block::Rounds(_)
                | Block::Ledger(_) => {}
            }
        }
    }
    found.extend(contents::figures(document).into_iter().map(|figure| printed(&figure.value, figure.kind)));
    let amounts = contents::bars(document).filter_map(|bar| bar.amount);
    found.extend(amounts.map(|amount| printed(&Quantity::Money(amount), ColumnKind::Money)));
    for row in &document.references {
        found.extend([&row.tag, &row.label, &row.address, &row.rule, &row.made_from].map(Clone::clone));
        found.insert(printed(&row.value, row.kind));
    }
    found
}

fn tags(cell: &Cell) -> Vec<String> {
    match cell {
        Cell::Tags(tags) => tags.clone(),
        Cell::Text(_) | Cell::Key { .. } | Cell::Verdict { .. } | Cell::Figure(_) | Cell::Blank => Vec::new(),
    }
}

/// The numbers of a text as they are written, with separators and decimals.
pub(crate) fn written_in(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'));
    runs.map(|run| run.trim_matches([',', '.']).to_owned()).filter(|run| !run.is_empty()).collect()
}

/// The numbers of a text: runs of digits with their separators. A point may end a line in a narrow column,
/// so what stands on either side of it counts as well.
pub(crate) fn numbers_in(text: &str) -> Vec<String> {
    let joined = text.replace('\u{200b}', "");
    let mut found = Vec::new();
    for run in joined.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')) {
        let run = run.trim_matches([',', '.']);
        if !run.is_empty() {
            found.extend(run.split('.').filter(|part| !part.is_empty()).map(str::to_owned));
        }
    }
    found
}

/// The text of a PDF, where `pdftotext` is at hand.
pub(crate) fn pdf_text(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pack.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output = std::process::Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output().ok()?;
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).unwrap())
}
