//! What statements tell besides the plan itself: the gross behind what each source brought, and the whole accounting

use recoup_calendar::Period;
use recoup_deal::Deal;
use recoup_explain::{Book, NodeId, Operation};
use recoup_revenue::Receipts;
use recoup_waterfall::{Accounting, Played, WaterfallError};

use crate::feed::Feed;
use crate::outcome::Outcome;

/// What is accounted to the participants of a computed deal; none without a plan that runs.
///
/// The run is played again rather than kept: a statement is looked at far less often than a deal is computed.
pub fn accounting(deal: &Deal, outcome: &Outcome) -> Option<Result<Accounting, WaterfallError>> {
    let (plan, feed) = (deal.recoupment.as_ref()?, outcome.feed.as_ref()?);
    outcome.recoupment.as_ref()?;
    let Feed { inputs, schedule, .. } = feed;
    Some(Played::of(plan, inputs, schedule).map(|played| played.accounting()))
}

/// Names `recoupment.sources.<source>.gross[<month>]`, what a source earned in a statement period before anything was
/// taken on its way to the account.
pub(crate) fn gross_by_period(receipts: &Receipts, schedule: &[Period], book: &mut Book) {
    // Which quarters a statement covers is decided by where the first one begins and how long they are.
    let Some(begin) = book.find("recoupment.statements.begin") else { return };
    for source in &receipts.sources {
        let mut sums: Vec<Vec<NodeId>> = vec![Vec::new(); schedule.len()];
        for quarter in &source.quarters {
            let period = schedule.iter().position(|period| quarter.date <= period.end).unwrap_or(0);
            if let Some(parts) = sums.get_mut(period) {
                parts.push(quarter.gross);
            }
        }
        for (period, parts) in schedule.iter().zip(sums).filter(|(_, parts)| !parts.is_empty()) {
            let whole = book.plus(&parts);
            let month = period.end.year_month();
            let address = format!("recoupment.sources.{}.gross[{month}]", source.source);
            book.figure(address, Operation::Placed, &[whole, begin]);
        }
    }
}
