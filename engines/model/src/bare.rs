//! What a deal puts into its recoupment plan, and nothing else of what readers ask for.
//!
//! Whoever computes a deal many times with other numbers needs what moves money, not what explains it: no findings,
//! no ladder, no statements, no measures of return. Everything here is computed as [`run`](crate::run) does.

use recoup_calendar::Date;
use recoup_capital::{Capital, finance};
use recoup_deal::{Deal, Timeline};
use recoup_explain::{Book, NodeId};
use recoup_incentives::{Catalog, UsualLoan, assess, cells_of, monetise};
use recoup_revenue::{Receipts, receipts};

use crate::actuals::replace;
use crate::feed::{Feed, feed_with_idle};
use crate::outcome::{USUAL_NODES, claims};
use crate::returns::{npv_rate, outside};

/// What a party puts in and has back outside of the recoupment plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Outside {
    /// Id of the party.
    pub party: String,
    /// Money put in, dated; amounts are not negative.
    pub put_in: Vec<(Date, NodeId)>,
    /// Money that came back, dated.
    pub came_back: Vec<(Date, NodeId)>,
}

/// A deal up to its recoupment plan.
#[derive(Debug, Clone)]
pub struct Bare {
    /// Every figure up to there.
    pub book: Book,
    /// When things happen.
    pub timeline: Timeline,
    /// Closing table, cash flow, instruments; none while the schedule has no start.
    pub capital: Option<Capital>,
    /// What the film earns and what reaches the collection account.
    pub receipts: Receipts,
    /// What the plan runs on, with drawings that come to nothing as the deal is typed; none without a plan.
    pub feed: Option<Feed>,
    /// What parties have outside of the plan, in the deal's order, with flows that come to nothing.
    pub outside: Vec<Outside>,
    /// The deal's discount rate.
    pub npv_rate: NodeId,
}

/// Computes a deal up to its recoupment plan.
pub fn run_bare(deal: &Deal, catalog: &Catalog) -> Bare {
    let mut book = Book::with_capacity(USUAL_NODES);
    let cells = cells_of(deal);
    let timeline = Timeline::of(deal);
    let mut incentives = assess(deal, catalog, &mut book);
    monetise(deal, &mut incentives, &UsualLoan::market(), &mut book);
    let claims = claims(deal, &incentives, &timeline, &cells, &mut Vec::new(), &mut book);
    let capital = finance(deal, &timeline, &claims, &cells, &mut book).ok();
    let estimated = receipts(deal, &timeline, &cells, &mut book);
    let (receipts, _) = replace(deal, estimated, &cells, &mut book);
    let feed = deal
        .recoupment
        .as_ref()
        .map(|plan| feed_with_idle((deal, &timeline, plan), &receipts, capital.as_ref(), &cells, &mut book));
    let found = outside(deal, &timeline, capital.as_ref(), &receipts, &book, true);
    let order = |party: &str| deal.parties.iter().position(|known| known.id == party).unwrap_or(usize::MAX);
    let mut outside: Vec<Outside> = found
        .into_iter()
        .map(|(party, flows)| Outside { party, put_in: flows.put_in, came_back: flows.came_back })
        .collect();
    outside.sort_by_key(|flows| order(&flows.party));
    let npv_rate = npv_rate(deal, &cells, &mut book);
    Bare { book, timeline, capital, receipts, feed, outside, npv_rate }
}
