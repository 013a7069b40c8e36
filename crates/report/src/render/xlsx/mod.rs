//! The document as a workbook: one sheet a section, every figure in one home and linked from everywhere
//! else, sums live, every tag resolved in the last sheet.
//!
//! A cell that was typed in the deal is blue, unlocked and held to its limits. A sum follows it; what an
//! engine computed does not, and the checks then say so. Sheets are protected without a password.

mod charts;
mod checks;
mod columns;
mod figures;
mod form;
mod formats;
mod ledger;
mod months;
mod plan;
mod sheet;
mod tables;
mod workings;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::document::Document;
use crate::error::ReportError;
use crate::format::Figures;
use crate::table::{Cell, ColumnKind, RowStyle, Table};
use crate::words::Words;

use plan::{FIRST_ROW, LEFT, Plan};
use sheet::Writer;

/// Widths of the derivations, in characters.
const WIDTHS: [f64; 6] = [8.0, 38.0, 20.0, 30.0, 60.0, 44.0];

/// The workbook's bytes and how many sheets it has.
pub fn xlsx(document: &Document) -> Result<(Vec<u8>, usize), ReportError> {
    let words = Words::of(document.edition.language);
    let plan = Plan::new(document);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document)?);
    let mut writer = Writer::new(document, &plan);
    cover(workbook.add_worksheet(), &writer, &plan)?;
    for index in 0..plan.sheets.len() {
        writer.sheet(workbook.add_worksheet(), index)?;
    }
    let checks = std::mem::take(&mut writer.checks);
    checks::write(workbook.add_worksheet(), &writer, &checks)?;
    derivations(workbook.add_worksheet(), &writer)?;
    for (name, place) in names(&plan) {
        workbook.define_name(name, &format!("={}", plan.reference(place)))?;
    }
    workbook.define_name("chk_all", &format!("='{}'!$C$3", words.say("checks.topic")))?;
    let sheets = plan.sheets.len() + 3;
    Ok((workbook.save_to_buffer()?, sheets))
}

/// The day of the deal, not of the clock: the same deal is the same bytes.
fn properties(document: &Document) -> Result<DocProperties, ReportError> {
    let day = document.day;
    let (year, month, day) = (day.year(), day.month(), day.day());
    let created = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(2000),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )?;
    Ok(DocProperties::new()
        .set_title(&document.title)
        .set_subject(&document.subtitle)
        .set_author("Recoup")
        .set_keywords(format!("{}, {}", document.currency, document.fingerprint))
        .set_comment(&document.confidentiality)
        .set_creation_datetime(&created))
}

/// Names for the figures that are not rows of something: `closing.difference` is `closing_difference`.
fn names(plan: &Plan<'_>) -> Vec<(String, plan::Place)> {
    let mut taken = std::collections::BTreeSet::new();
    let mut out = Vec::new();
    for (address, place) in plan.named() {
        if address.contains('[') {
            continue;
        }
        let name: String = address
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
            .collect();
        if taken.insert(name.clone()) {
            out.push((name, place));
        }
    }
    out
}

/// Title, facts, and a list of the sheets.
fn cover(sheet: &mut Worksheet, writer: &Writer<'_>, plan: &Plan<'_>) -> Result<(), ReportError> {
    let (document, words) = (writer.document, writer.words);
    writer.open(sheet, words.say("cover.topic"), &document.title, 4)?;
    let mut at = FIRST_ROW;
    sheet.write_string_with_format(2, LEFT, &document.subtitle, &formats::base().set_italic())?;
    for (label, fact) in &document.facts {
        sheet.write_string_with_format(at, LEFT, label, &formats::quiet())?;
        sheet.write_string_with_format(at, LEFT + 1, fact, &formats::base())?;
        at += 1;
    }
    at += 1;
    sheet.write_string_with_format(at, LEFT, words.say("page.contents"), &formats::heading())?;
    let names = plan.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.lead));
    let last = [(words.say("checks.topic"), ""), (words.say("page.derivations"), "")];
    for (name, lead) in names.chain(last) {
        at += 1;
        let link = rust_xlsxwriter::Url::new(format!("internal:'{}'!A1", name.replace('\'', "''")));
        sheet.write_url_with_options(
            at,
            LEFT,
            link,
            name,
            "",
            Some(&formats::base().set_font_color(0x000B_5563)),
        )?;
        sheet.write_string_with_format(at, LEFT + 1, lead, &formats::quiet())?;
    }
    at += 2;
    for key in ["legend.typed", "legend.link", "legend.written", "legend.result"] {
        let ink = match key {
            "legend.typed" => formats::Ink::Typed,
            "legend.link" => formats::Ink::Link,
            "legend.written" => formats::Ink::Written,
            _ => formats::Ink::Plain,
        };
        let format = formats::inked(formats::base(), ink);
        sheet.write_string_with_format(at, LEFT, words.say("legend.sample"), &format)?;
        sheet.write_string_with_format(at, LEFT + 1, words.say(key), &formats::base())?;
        at += 1;
    }
    sheet.write_string_with_format(at + 1, LEFT, &document.confidentiality, &formats::quiet())?;
    sheet.set_column_width(LEFT, 30)?;
    sheet.set_column_width(LEFT + 1, 96)?;
    writer.finish(sheet, at + 1, LEFT + 1, None)?;
    Ok(())
}

fn derivations(sheet: &mut Worksheet, writer: &Writer<'_>) -> Result<(), ReportError> {
    let words = writer.words;
    let figures = Figures::of(writer.document.edition.language);
    writer.open(sheet, words.say("page.derivations"), words.say("page.references"), 6)?;
    let mut rows = Table::new(&[
        (words.say("column.ref"), ColumnKind::Text, 0.5),
        (words.say("page.figure"), ColumnKind::Text, 2.5),
        (words.say("page.value"), ColumnKind::Text, 1.0),
        (words.say("page.rule"), ColumnKind::Text, 2.5),
        (words.say("page.made_from"), ColumnKind::Text, 5.0),
        (words.say("page.address"), ColumnKind::Text, 3.0),
    ]);
    for reference in &writer.document.references {
        let cells: Vec<Cell> = vec![
            reference.tag.as_str().into(),
            reference.label.as_str().into(),
            figures.prose(&reference.value, reference.kind).into(),
            reference.rule.as_str().into(),
            reference.made_from.as_str().into(),
            reference.address.as_str().into(),
        ];
        rows.push(RowStyle::Plain, cells, None);
    }
    for (index, column) in rows.columns.iter().enumerate() {
        let format = formats::head(true);
        sheet.write_string_with_format(FIRST_ROW, LEFT + index as u16, &column.header, &format)?;
    }
    for (offset, row) in rows.rows.iter().enumerate() {
        let lines = row.cells.iter().zip(WIDTHS).map(|(cell, width)| match cell {
            Cell::Text(text) => sheet::lines_of(text, width),
            Cell::Key { .. } | Cell::Verdict { .. } | Cell::Figure(_) | Cell::Tags(_) | Cell::Blank => 1.0,
        });
        let high = lines.fold(1.0_f64, f64::max) * 12.0 + 1.5;
        sheet.set_row_height(FIRST_ROW + 1 + offset as u32, high)?;
        for (index, cell) in row.cells.iter().enumerate() {
            let Cell::Text(text) = cell else { continue };
            let format = formats::words(row.style, index == 0);
            sheet.write_string_with_format(
                FIRST_ROW + 1 + offset as u32,
                LEFT + index as u16,
                text,
                &format,
            )?;
        }
    }
    for (index, width) in WIDTHS.into_iter().enumerate() {
        sheet.set_column_width(LEFT + index as u16, width)?;
    }
    let last = FIRST_ROW + rows.rows.len() as u32;
    sheet.autofilter(FIRST_ROW, LEFT, last, LEFT + 5)?;
    sheet.set_freeze_panes(FIRST_ROW + 1, LEFT + 1)?;
    writer.finish(sheet, last, LEFT + 5, Some(FIRST_ROW))?;
    Ok(())
}
