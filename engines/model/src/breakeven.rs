//! How much the film has to gross worldwide until each claim is paid out.
//!
//! Every estimate of the revenue plan is scaled alike. Everything on the way is the revenue engine's own
//! computation, played again out of the book: exhibitors, distributors with their costs and guarantees,
//! agents. What reaches the account runs down the recoupment plan on the executor. What is fixed stays
//! fixed: the prices of territories that are sold already, what statements say came in, credits, drawings.

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, NodeId, Replay};
use recoup_money::Money;
use recoup_revenue::Receipts;
use recoup_waterfall::{Breakeven, Forecast, breakeven_of};

use crate::actuals::fixed;
use crate::feed::Feed;

/// The gross is solved to a millionth of the base case's, or to the minor unit where that is more.
const PARTS: i64 = 1_000_000;

/// The worldwide gross of every rung, as its receipts, and the reason for those that have none.
pub(crate) struct Gross {
    pub rungs: Vec<Breakeven>,
    pub none: &'static str,
}

/// Solves for the worldwide gross of every rung.
pub(crate) fn solve_gross(plan: &RecoupmentPlan, feed: &Feed, receipts: &Receipts, book: &Book) -> Gross {
    let without = |none| Gross { rungs: Vec::new(), none };
    let Some(mut worldwide) = Worldwide::new(receipts, &feed.nodes.receipts, book) else {
        return without("no estimate of the revenue plan says what the film grosses");
    };
    let until = feed.schedule.last().map(|period| period.end);
    // A plan that runs in the base case may still fail at a multiple of it.
    match breakeven_of(plan, &feed.inputs, until, &mut worldwide) {
        Ok(rungs) => {
            Gross { rungs, none: "not even a thousand times the estimates of the revenue plan pay it out" }
        }
        Err(_) => without("the recoupment plan cannot be run at another gross"),
    }
}

/// What the film earns as a function of its worldwide gross.
struct Worldwide {
    replay: Replay,
    estimates: Vec<Option<Money>>,
    gross: i64,
    /// What statements say: no estimate moves it any more.
    came: i64,
}

impl Worldwide {
    /// The receipts asked for, as they follow from the estimates; none where nothing is grossed.
    fn new(receipts: &Receipts, asked: &[NodeId], book: &Book) -> Option<Self> {
        let came = fixed(&receipts.sources, book);
        let gross = book.value(receipts.gross).as_money()?.minor().checked_sub(came)?;
        if gross <= 0 {
            return None;
        }
        let estimates = receipts.estimates.iter().map(|cell| book.value(*cell).as_money());
        Some(Worldwide {
            replay: book.replay(&receipts.estimates, asked),
            estimates: estimates.map(|estimate| estimate.filter(|amount| !amount.is_negative())).collect(),
            gross,
            came,
        })
    }
}

impl Forecast for Worldwide {
    fn size(&self) -> i64 {
        self.gross
    }

    fn tolerance(&self) -> i64 {
        self.gross / PARTS
    }

    fn told(&mut self, size: i64) -> i64 {
        size.saturating_add(self.came)
    }

    fn receipts(&mut self, size: i64, amounts: &mut [i64]) {
        for (place, estimate) in self.estimates.iter().enumerate() {
            let Some(estimate) = estimate else { continue };
            let scaled = i128::from(estimate.minor()) * i128::from(size) / i128::from(self.gross.max(1));
            let minor = i64::try_from(scaled).unwrap_or(i64::MAX);
            self.replay.give(place, Money::new(minor, estimate.currency()));
        }
        self.replay.run();
        for (place, amount) in amounts.iter_mut().enumerate() {
            let received = self.replay.value(place).as_money();
            *amount = received.map_or(0, |money| money.minor().max(0));
        }
    }
}

#[cfg(test)]
mod tests;
