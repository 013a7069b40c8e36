//! Money given back: taken from what the source brings next.

use recoup_deal::revenue::RevenueSource;
use recoup_deal::{Finding, Severity};
use recoup_explain::{Book, Cells, NodeId};
use recoup_revenue::QuarterReceipt;

use super::later::all;

/// Takes amounts below nothing out of the receipts that follow them; a plan never takes money back from those it
/// has paid. What nothing follows is asked about.
pub(super) fn settle(
    source: &RevenueSource,
    quarters: &mut [QuarterReceipt],
    findings: &mut Vec<Finding>,
    cells: &Cells,
    book: &mut Book,
) {
    let nothing = cells.nothing(book);
    let negative =
        |node: NodeId, book: &Book| book.value(node).as_money().is_some_and(|money| money.is_negative());
    let mut owed: Option<NodeId> = None;
    for quarter in quarters {
        if owed.is_none() && !negative(quarter.to_account, book) {
            continue;
        }
        let parts: Vec<NodeId> = owed.into_iter().chain([quarter.to_account]).collect();
        let left = book.plus(&parts);
        quarter.to_account = book.greatest(left, nothing);
        quarter.gross = all(&quarter.kept, quarter.to_account, book);
        owed = Some(book.least(left, nothing)).filter(|owed| negative(*owed, book));
    }
    let open = owed.and_then(|owed| book.value(owed).as_money()).and_then(|owed| owed.checked_neg().ok());
    if let Some(open) = open {
        let path = format!("revenue.sources[{}]", source.id);
        findings.push(
            Finding::new(Severity::Question, "ACTUALS_REFUND_OPEN", path)
                .with("source", &source.label)
                .with("open", open),
        );
    }
}
