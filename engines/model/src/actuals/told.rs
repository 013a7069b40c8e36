//! What counts, under the addresses of the revenue plan.

use std::collections::BTreeMap;

use recoup_calendar::Quarter;
use recoup_deal::Deal;
use recoup_deal::revenue::RevenueSource;
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_revenue::{Naming, QuarterReceipt, Receipts, SourceReceipts, by_window};

/// Nodes of one word by quarter.
type ByQuarter = BTreeMap<Quarter, Vec<NodeId>>;

/// Adds a source up and names its figures.
pub(super) fn source(
    deal: &Deal,
    source: &RevenueSource,
    quarters: Vec<QuarterReceipt>,
    cells: &Cells,
    book: &mut Book,
) -> SourceReceipts {
    let naming = Naming::of_source(deal, &source.id).counted();
    let mut words: BTreeMap<&str, ByQuarter> = BTreeMap::from([("gross", ByQuarter::new())]);
    words.insert("to_account", ByQuarter::new());
    for quarter in &quarters {
        let mut note = |word: &'static str, node: NodeId| {
            words.entry(word).or_default().entry(quarter.quarter).or_default().push(node);
        };
        note("gross", quarter.gross);
        note("to_account", quarter.to_account);
        for kept in &quarter.kept {
            note(kept.kind.word(), kept.amount);
        }
    }
    let mut totals = BTreeMap::new();
    for (word, by_quarter) in words {
        let mut parts = vec![cells.nothing(book)];
        for (quarter, nodes) in by_quarter {
            let sum = book.plus(&nodes);
            parts.push(book.name(sum, naming.in_quarter(word, quarter)));
        }
        totals.insert(word, book.figure(naming.total(word), Operation::Sum, &parts));
    }
    SourceReceipts {
        source: source.id.clone(),
        label: source.label.clone(),
        quarters,
        gross: totals["gross"],
        to_account: totals["to_account"],
    }
}

/// All sources together, over their life and by quarter.
pub(super) fn totals(deal: &Deal, receipts: &mut Receipts, cells: &Cells, book: &mut Book) {
    let naming = Naming::of_all(deal).counted();
    let nothing = cells.nothing(book);
    let sum = |word: &str, of: &dyn Fn(&SourceReceipts) -> NodeId, book: &mut Book| {
        let parts: Vec<NodeId> = std::iter::once(nothing).chain(receipts.sources.iter().map(of)).collect();
        book.figure(naming.total(word), Operation::Sum, &parts)
    };
    let gross = sum("gross", &|source| source.gross, book);
    let to_account = sum("to_account", &|source| source.to_account, book);
    let mut words: [(&str, ByQuarter); 2] = [("gross", ByQuarter::new()), ("to_account", ByQuarter::new())];
    for quarter in receipts.sources.iter().flat_map(|source| &source.quarters) {
        for ((_, by_quarter), node) in words.iter_mut().zip([quarter.gross, quarter.to_account]) {
            by_quarter.entry(quarter.quarter).or_insert_with(|| vec![nothing]).push(node);
        }
    }
    for (word, by_quarter) in words {
        for (quarter, parts) in by_quarter {
            book.figure(naming.in_quarter(word, quarter), Operation::Sum, &parts);
        }
    }
    by_window(deal, &receipts.sources, &naming, cells, book);
    receipts.gross = gross;
    receipts.to_account = to_account;
}
