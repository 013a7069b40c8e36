//! No formatted number in a pack without an address: not in the document that the files are rendered from,
//! not in the files themselves.
//!
//! - A number in a table, a chart or a key figure stands at its address: in the book, worth what the book
//!   says, or as a leaf of the book at its path.
//! - Words may hold digits only where they quote: a name or id of the deal, a clause or source of a program,
//!   a day; a typed cell; an amount of the book; how many things the section lists. Whatever else has a
//!   digit is a number that nobody can ask about.
//! - A workbook's amounts are the document's figures, and a page's numbers are numbers of the document; the
//!   templates add page and section numbers, scales and the calendar.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use recoup_deal::{Deal, read_deal, set};
use recoup_explain::Quantity;
use recoup_incentives::Catalog;
use recoup_model::Outcome;
use recoup_report::{
    Block, Cell, ColumnKind, Document, Edition, Fed, Figure, Level, Reader, Results, document_for, render,
};
use support::document::Judge;
use support::files;

fn examples() -> Vec<(&'static str, Deal)> {
    [
        ("dragons-quest", include_str!("../../../examples/dragons-quest.deal.json")),
        ("nimbus-and-pip", include_str!("../../../examples/nimbus-and-pip.deal.json")),
        ("tin-orchard", include_str!("../../../examples/tin-orchard.deal.json")),
    ]
    .map(|(name, text)| (name, read_deal(text).expect(name)))
    .to_vec()
}

fn outcome(deal: &Deal) -> Outcome {
    recoup_model::run(deal, Catalog::embedded().unwrap())
}

fn levels(deal: &Deal, outcome: &Outcome) -> Vec<Level> {
    let levels = recoup_model::at_usual_levels(deal, &outcome.book, Catalog::embedded().unwrap());
    levels.into_iter().map(|(quarters, gross, of)| Level { quarters, gross, book: of.book }).collect()
}

fn described(deal: &Deal, (outcome, levels): (&Outcome, &[Level]), reader: Reader) -> Document {
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
        levels,
        risk: None,
    };
    document_for(results, Edition { reader, ..Edition::default() }).unwrap()
}

/// Other deals of the same kinds: an amount changed, receipts gone, no schedule, no plan, another day.
fn variants(deal: &Deal) -> Vec<(&'static str, Deal)> {
    let mut found = vec![("as it is", deal.clone())];
    let line = &deal.budget.lines[0];
    let dearer = line.amount.unwrap().scale("1.0371".parse().unwrap(), recoup_money::Rounding::HalfUp);
    let path = format!("budget.lines[{}].amount", line.id);
    found.push(("a dearer line", set(deal, &path, dearer.unwrap().to_string().into()).unwrap()));
    found.push(("another day", set(deal, "as_of", "2026-12-09".into()).unwrap()));
    found.push(("another rate", set(deal, "market.npv_rate", "0.1375".into()).unwrap()));
    let mut unsold = deal.clone();
    unsold.revenue = Default::default();
    found.push(("nothing sold", unsold));
    let mut undated = deal.clone();
    undated.schedule = Default::default();
    found.push(("no schedule", undated));
    let mut unplanned = deal.clone();
    unplanned.recoupment = None;
    found.push(("no plan", unplanned));
    found
}

#[test]
fn every_number_of_a_document_has_an_address() {
    for (name, deal) in examples() {
        for (variant, deal) in variants(&deal) {
            let outcome = outcome(&deal);
            let levels = levels(&deal, &outcome);
            let judge = Judge::of(&deal, &outcome, &levels);
            let readers = if variant == "as it is" { &Reader::ALL[..] } else { &[Reader::Full] };
            for reader in readers {
                let document = described(&deal, (&outcome, &levels), *reader);
                let wrong = judge.judge(&document);
                assert!(wrong.is_empty(), "{name}, {variant}, {reader:?}: {} wrong\n{wrong:#?}", wrong.len());
                let least = if variant == "no schedule" { 20 } else { 80 };
                let printed = support::contents::figures(&document).len();
                assert!(printed > least, "{name}, {variant}, {reader:?} prints next to nothing");
            }
        }
    }
}

#[test]
fn a_planted_number_is_found() {
    let (_, deal) = examples().remove(0);
    let outcome = outcome(&deal);
    let levels = levels(&deal, &outcome);
    let judge = Judge::of(&deal, &outcome, &levels);
    let sound = described(&deal, (&outcome, &levels), Reader::Full);
    let plant = |plant: &dyn Fn(&mut Document)| {
        let mut document = sound.clone();
        plant(&mut document);
        judge.judge(&document).len()
    };
    let first_figure = |document: &mut Document, change: &dyn Fn(&mut Cell)| {
        let cells = document.sections.iter_mut().flat_map(|section| &mut section.blocks);
        let cells =
            cells.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        let mut cells = cells.flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells);
        change(cells.find(|cell| matches!(cell, Cell::Figure(_))).unwrap());
    };
    assert_eq!(plant(&|_| {}), 0);
    let words = |text: &'static str| {
        move |document: &mut Document| {
            first_figure(document, &|cell| *cell = Cell::Text(text.into()));
        }
    };
    assert!(plant(&words("1,234,567")) > 0, "an amount as words");
    assert!(plant(&words("12.5 %")) > 0, "a rate as words");
    assert!(plant(&|document| document.sections[0].lead = "About USD 1,001 is missing.".into()) > 0);
    assert!(plant(&|document| document.sections[0].lead.push_str(" 977 questions.")) > 0);
    assert!(plant(&|document| document.sections[1].blocks.push(Block::Text("See 4,711 pages.".into()))) > 0);
    assert!(plant(&|document| document.facts[0].1 = "83.25 minutes".into()) > 0);
    let figure = |address: &str, value| Figure {
        address: address.into(),
        value,
        kind: ColumnKind::Money,
        typed: false,
    };
    let elsewhere = figure("closing.nowhere", Quantity::Flag(true));
    assert!(plant(&|document| first_figure(document, &|cell| *cell = Cell::Figure(elsewhere.clone()))) > 0);
    let other = figure("closing.uses_cash", Quantity::Number(7.into()));
    assert!(plant(&|document| first_figure(document, &|cell| *cell = Cell::Figure(other.clone()))) > 0);
    assert!(plant(&|document| document.references[0].value = Quantity::Number(7.into())) > 0);
}

#[test]
fn a_workbook_holds_no_amount_that_the_document_does_not() {
    for (name, deal) in examples() {
        for (variant, deal) in variants(&deal).into_iter().step_by(3) {
            let outcome = outcome(&deal);
            let levels = levels(&deal, &outcome);
            let document = described(&deal, (&outcome, &levels), Reader::Full);
            let workbook = files::Workbook::read(&render::xlsx(&document).unwrap().0);
            let known = files::values(&document);
            let numbers: Vec<f64> = workbook.sheets.concat();
            let strange: Vec<&f64> =
                numbers.iter().filter(|number| !files::is_known(**number, &known)).collect();
            assert!(strange.is_empty(), "{name}, {variant}: {strange:?}");
            assert!(numbers.len() > 100 || variant == "no schedule", "{name}, {variant}: {}", numbers.len());
            // Every amount of the tables reaches the workbook.
            let held: Vec<f64> = support::contents::table_values(&document);
            let missing: Vec<&f64> =
                held.iter().filter(|value| !files::is_known(**value, &numbers)).collect();
            assert!(missing.is_empty(), "{name}, {variant}: {missing:?} is not in the workbook");
        }
    }
}

#[test]
fn a_page_prints_no_number_that_the_document_does_not_hold() {
    for (name, deal) in examples() {
        let outcome = outcome(&deal);
        let levels = levels(&deal, &outcome);
        let document = described(&deal, (&outcome, &levels), Reader::Full);
        let (pdf, pages) = render::pdf(&document).unwrap();
        let Some(text) = files::pdf_text(&pdf) else { return };
        let mut known: BTreeSet<String> = BTreeSet::new();
        for held in files::texts(&document) {
            known.extend(files::numbers_in(&held));
        }
        // Page numbers, and sections numbered from one.
        known.extend((1..=pages.max(document.sections.len() + 1)).map(|number| number.to_string()));
        let printed = files::numbers_in(&text);
        assert!(printed.len() > 500, "{name} prints {} numbers", printed.len());
        let strange: BTreeSet<&String> = printed.iter().filter(|number| !known.contains(*number)).collect();
        assert!(strange.is_empty(), "{name}: {strange:?}");
    }
}
