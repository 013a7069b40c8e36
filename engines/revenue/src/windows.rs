//! What each window brings, quarter by quarter: the sources of one window added up.

use std::collections::BTreeMap;

use recoup_calendar::Quarter;
use recoup_deal::{Deal, Window};
use recoup_explain::{Book, Cells, NodeId, Operation};

use crate::channel::SourceReceipts;
use crate::naming::Naming;

/// Records the gross of every window, in each quarter and over the whole life.
pub fn by_window(deal: &Deal, sources: &[SourceReceipts], naming: &Naming, cells: &Cells, book: &mut Book) {
    let nothing = cells.nothing(book);
    let mut quarters: BTreeMap<(Window, Quarter), Vec<NodeId>> = BTreeMap::new();
    let mut whole: BTreeMap<Window, Vec<NodeId>> = BTreeMap::new();
    for receipts in sources {
        let source = deal.revenue.sources.iter().find(|source| source.id == receipts.source);
        let Some(window) = source.map(|source| source.window) else { continue };
        whole.entry(window).or_insert_with(|| vec![nothing]).push(receipts.gross);
        for part in &receipts.quarters {
            quarters.entry((window, part.quarter)).or_insert_with(|| vec![nothing]).push(part.gross);
        }
    }
    for (window, parts) in whole {
        book.figure(naming.total(&gross_of(window)), Operation::Sum, &parts);
    }
    for ((window, quarter), parts) in quarters {
        book.figure(naming.in_quarter(&gross_of(window), quarter), Operation::Sum, &parts);
    }
}

/// `windows.svod.gross`: the word of a window's gross in addresses.
fn gross_of(window: Window) -> String {
    format!("windows.{}.gross", window.word())
}
