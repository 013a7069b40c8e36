//! Statements in place of the estimates they replace.
//!
//! Per source one day decides: the last that any of its statements covers. What the estimate expected to be earned
//! up to that day is replaced by what the statements say came in, gaps included: where nobody reported, nothing
//! came. A quarter of the estimate that the day falls into is divided by its days. After that day the estimate
//! stands, or what [`Rest`](recoup_deal::actuals::Rest) makes of it.
//!
//! What counts is told under the addresses of the revenue plan, `revenue.<source>.to_account[<quarter>]`; the
//! estimate beside it with `.forecast`. `actuals.{received,forecast,variance}[.<source>][[<quarter>]]` compare the two
//! as far as statements reach, and `actuals.statements.<statement>.<source>.…` each statement for the days it reports.
//!
//! An estimate that comes in exactly as expected leaves every figure of the deal as it was.

mod entry;
mod expenses;
mod later;
mod netting;
mod told;
mod variance;

use recoup_calendar::Date;
use recoup_deal::revenue::RevenueSource;
use recoup_deal::{Deal, Finding};
use recoup_explain::{Book, Cells, NodeId};
use recoup_revenue::{QuarterReceipt, Receipts, SourceReceipts};

use entry::Entry;
pub(crate) use expenses::declared;

/// How far the statements of a deal reach, and what they say against the estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Actuals {
    /// Every source that a statement has a line for, in the deal's order.
    pub sources: Vec<SourceActuals>,
    /// Every statement that counts, in order of its days.
    pub statements: Vec<StatementActuals>,
    /// Quarters in which money came or was expected by now, in order.
    pub quarters: Vec<recoup_calendar::Quarter>,
}

/// One source as far as its statements reach.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceActuals {
    /// Id of the source.
    pub source: String,
    /// The last day that its statements cover.
    pub covered_to: Date,
    /// What came.
    pub received: NodeId,
    /// What was expected by that day.
    pub forecast: NodeId,
    /// What came more than expected.
    pub variance: NodeId,
}

/// One statement against what was expected of its days.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementActuals {
    /// Id of the statement.
    pub statement: String,
    /// What each of its sources brought, with what was expected of them.
    pub sources: Vec<(String, NodeId, NodeId, NodeId)>,
    /// All of them together: received, expected, more than expected.
    pub total: (NodeId, NodeId, NodeId),
}

/// What is told of a source while it is put together.
pub(crate) struct Covered<'d> {
    source: &'d RevenueSource,
    covered_to: Date,
    /// The cell of that day.
    day: NodeId,
    entries: Vec<Entry<'d>>,
    estimate: Vec<QuarterReceipt>,
    /// The part of each of the estimate's quarters that statements replace.
    replaced: Vec<later::Part>,
}

/// Puts statements in place of the estimates they replace. A deal without statements is left as it is.
pub(crate) fn replace(
    deal: &Deal,
    mut receipts: Receipts,
    cells: &Cells,
    book: &mut Book,
) -> (Receipts, Option<Actuals>) {
    if !deal.actuals.is_counted() {
        return (receipts, None);
    }
    let estimated = std::mem::take(&mut receipts.sources);
    let mut covered = Vec::new();
    for source in &deal.revenue.sources {
        let estimate = estimated.iter().find(|known| known.source == source.id);
        let Some(covered_to) = deal.actuals.covered_to(&source.id) else {
            receipts.sources.extend(estimate.cloned());
            continue;
        };
        let day = covering_day(deal, source, covered_to, cells, book);
        let entries = entry::entries(deal, source, cells, book);
        let estimate = estimate.map(|estimate| estimate.quarters.clone()).unwrap_or_default();
        let replaced = later::replaced(&estimate, covered_to, day, book);
        let mut one = Covered { source, covered_to, day, entries, estimate, replaced };
        let quarters = one.quarters(deal, &mut receipts.findings, cells, book);
        receipts.sources.push(told::source(deal, source, quarters, cells, book));
        covered.push(one);
    }
    told::totals(deal, &mut receipts, cells, book);
    let actuals = variance::record(deal, &covered, cells, book);
    (receipts, Some(actuals))
}

/// The cell of the day that decides how far a source is covered.
fn covering_day(deal: &Deal, source: &RevenueSource, day: Date, cells: &Cells, book: &mut Book) -> NodeId {
    let mine = |line: &recoup_deal::actuals::StatementLine| line.source == source.id;
    let statements = deal.actuals.counted();
    let found = statements.iter().find(|statement| statement.to == day && statement.lines.iter().any(mine));
    match found {
        Some(statement) => cells.date(book, format!("actuals.statements[{}].to", statement.id), Some(day)),
        None => book.day(day),
    }
}

impl Covered<'_> {
    /// What the source brings: what came, then what is still expected.
    fn quarters(
        &mut self,
        deal: &Deal,
        findings: &mut Vec<Finding>,
        cells: &Cells,
        book: &mut Book,
    ) -> Vec<QuarterReceipt> {
        let mut quarters: Vec<QuarterReceipt> = self.entries.iter().map(Entry::receipt).collect();
        quarters.extend(self.later(deal, findings, cells, book));
        quarters.sort_by_key(|quarter| quarter.date);
        netting::settle(self.source, &mut quarters, findings, cells, book);
        quarters
    }
}

/// The gross of a film that no estimate moves any more: what statements say.
pub(crate) fn fixed(sources: &[SourceReceipts], book: &Book) -> i64 {
    let actual = sources.iter().flat_map(|source| &source.quarters).filter(|quarter| quarter.actual);
    actual.filter_map(|quarter| book.value(quarter.gross).as_money()).map(|gross| gross.minor()).sum()
}
