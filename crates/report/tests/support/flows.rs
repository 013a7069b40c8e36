//! Deals with their waterfall in a workbook, cells of it typed over, and what a recalculated one says.

use std::collections::BTreeMap;

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_deal::{Deal, set};
use recoup_explain::Quantity;
use recoup_model::{Feed, Outcome};
use recoup_money::Money;
use recoup_report::{Block, Document, Ledger, LedgerContent, render};
use recoup_waterfall::{Recoupment, recoup};

use crate::months::{described, outcome};
use crate::offices::Sheets;

/// A cell of the plan and what is typed over it, or a receipt by its place.
#[derive(Debug, Clone)]
pub(crate) enum Typed {
    Cell(String, String),
    Receipt(usize, Money),
}

/// A workbook, and what the engine gives of the deal that it must say.
pub(crate) struct Flow {
    pub(crate) name: String,
    pub(crate) document: Document,
    pub(crate) wanted: Recoupment,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn ledgers(document: &Document) -> Vec<&Ledger> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| if let Block::Ledger(ledger) = block { Some(&**ledger) } else { None })
        .collect()
}

/// The workbook of a deal with cells typed over, and the run of the plan so changed.
pub(crate) fn flow(name: &str, deal: &Deal, run: &Outcome, edits: &[Typed]) -> Flow {
    let mut document = described(deal, run);
    let feed = run.feed.as_ref().unwrap();
    let (mut after, mut inputs) = (deal.clone(), feed.inputs.clone());
    for edit in edits {
        match edit {
            Typed::Cell(path, value) => {
                after = set(&after, path, value.clone().into()).unwrap();
                type_over(&mut document, path, value);
            }
            Typed::Receipt(place, amount) => {
                inputs.receipts[*place].amount = *amount;
                receive(&mut document, feed, *place, *amount);
            }
        }
    }
    let plan: &RecoupmentPlan = after.recoupment.as_ref().unwrap();
    let wanted = recoup(plan, &inputs, &feed.schedule).unwrap();
    let bytes = render::xlsx(&document).unwrap().0;
    Flow { name: name.to_owned(), document, wanted, bytes }
}

fn ledger_mut<'d>(document: &'d mut Document, title: &str) -> &'d mut Ledger {
    let blocks = document.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let mut ledgers =
        blocks.filter_map(|block| if let Block::Ledger(ledger) = block { Some(ledger) } else { None });
    ledgers.find(|ledger| ledger.title == title).unwrap_or_else(|| panic!("no sheet {title}"))
}

fn type_over(document: &mut Document, path: &str, value: &str) {
    let mut typed = 0;
    for row in ledger_mut(document, "Waterfall").parts.iter_mut().flat_map(|part| &mut part.rows) {
        for cell in row.cells.iter_mut().filter(|cell| cell.content == LedgerContent::Given) {
            let Some(figure) = cell.figure.as_mut().filter(|figure| figure.address == path) else { continue };
            figure.value = match &figure.value {
                Quantity::Number(_) => Quantity::Number(value.parse().unwrap()),
                _ => Quantity::Money(value.parse().unwrap()),
            };
            typed += 1;
        }
    }
    assert!(typed > 0, "no cell for {path}");
}

/// Types a receipt over: the cells of receipts stand in the order of the feed.
fn receive(document: &mut Document, feed: &Feed, place: usize, amount: Money) {
    let ledger = ledger_mut(document, "Receipt by receipt");
    let mut cells: Vec<_> = ledger
        .parts
        .iter_mut()
        .flat_map(|part| &mut part.rows)
        .flat_map(|row| &mut row.cells)
        .filter(|cell| cell.key.starts_with("r receipt@"))
        .collect();
    assert_eq!(cells.len(), feed.inputs.receipts.len());
    cells.sort_by_key(|cell| cell.column);
    let figure = cells[place].figure.as_mut().unwrap();
    figure.value = Quantity::Money(amount);
}

/// What a recalculated sheet says under a key.
pub(crate) fn said<'s>(sheets: &'s Sheets, name: &str, ledger: &Ledger) -> BTreeMap<String, &'s str> {
    let sheet = &sheets[&format!("{name}-{}", ledger.title)];
    let mut out = BTreeMap::new();
    let mut at = 6;
    for part in &ledger.parts {
        assert_eq!(sheet[at].get(1), Some(&part.heading), "row {at} of {name}");
        for row in &part.rows {
            at += 1;
            for cell in &row.cells {
                let said = sheet[at].get(3 + cell.column).map_or("", String::as_str);
                out.insert(cell.key.clone(), said);
            }
        }
        at += 2;
    }
    out
}

/// Everything that differs from the engine.
pub(crate) fn wrong(sheets: &Sheets, flow: &Flow) -> (usize, Vec<String>) {
    let (mut held, mut wrong) = (0, Vec::new());
    let ledgers = ledgers(&flow.document);
    assert_eq!(ledgers.len(), 2, "{}: {}", flow.name, ledgers[0].intro);
    let said = said(sheets, &flow.name, ledgers[0]);
    let mut hold = |key: String, wanted: Money| {
        let Some(cell) = said.get(&key) else {
            if !wanted.is_zero() {
                wrong.push(format!("{key} is not there and not {wanted}"));
            }
            return;
        };
        held += 1;
        let live: f64 = cell.parse().unwrap_or(f64::NAN);
        // What is no number is not close to any.
        let close = (live - wanted.to_f64()).abs() < 0.000_5;
        if !close {
            wrong.push(format!("{key}: {cell} and not {wanted}"));
        }
    };
    let currency = flow.wanted.left_over.currency();
    let nodes = nodes(&flow.document);
    for (period, totals) in flow.wanted.periods.iter().enumerate() {
        let column = period + 1;
        hold(format!("w in all@{column}"), totals.receipts);
        hold(format!("w t held@{column}"), totals.held);
        hold(format!("w t difference@{column}"), Money::zero(currency));
        for (tier, node) in &nodes {
            let postings = flow.wanted.postings.iter().filter(|posting| {
                posting.period as usize == period && posting.tier.as_deref() == Some(tier.as_str())
            });
            let paid: i64 = postings.map(|posting| posting.amount.minor()).sum();
            hold(format!("w p paid {node}@{column}"), Money::new(paid, currency));
        }
        let rest = flow
            .wanted
            .postings
            .iter()
            .filter(|posting| posting.period as usize == period && posting.tier.is_none());
        let rest: i64 = rest.map(|posting| posting.amount.minor()).sum();
        hold(format!("w t rest@{column}"), Money::new(rest, currency));
    }
    for statement in &flow.wanted.statements {
        let column = statement.period as usize + 1;
        for line in &statement.lines {
            let Some(node) = line.tier.as_deref().and_then(|tier| nodes.get(tier)) else { continue };
            let Some(limit) = line.entitlement else { continue };
            hold(format!("w p limit {node}@{column}"), limit);
            if line.outstanding.is_positive() {
                hold(format!("w p owed {node}@{column}"), line.outstanding);
            }
        }
    }
    (held, wrong)
}

/// The number of each claim, by the row that names it.
fn nodes(document: &Document) -> BTreeMap<String, usize> {
    let ledger = ledgers(document)[0];
    let rows = ledger.parts.iter().flat_map(|part| &part.rows);
    rows.flat_map(|row| row.cells.iter().map(move |cell| (row, cell)))
        .filter_map(|(row, cell)| {
            let number = cell.key.strip_prefix("w p paid ")?.split_once('@')?.0.parse().ok()?;
            let id = row.note.strip_prefix("recoupment.claims.")?.strip_suffix(".paid")?;
            Some((id.to_owned(), number))
        })
        .collect()
}

pub(crate) fn planned(deal: &Deal, plan: RecoupmentPlan) -> (Deal, Outcome) {
    let deal = Deal { recoupment: Some(plan), ..deal.clone() };
    let run = outcome(&deal);
    (deal, run)
}
