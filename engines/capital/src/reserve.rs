//! An interest reserve: money of a loan that is set aside for its own interest.
//!
//! With the first drawing a share of the principal is drawn as well and put on a restricted balance. Interest that is
//! served in cash until delivery comes out of it first. What is left at delivery repays the loan: its interest, then its
//! principal, and what that does not need goes to production. So the reserve leaves the loan's cash as interest or goes
//! back, and both are uses. Interest that is added to the balance needs no reserve, and none is set aside for it.

use recoup_deal::instrument::InterestPayment;
use recoup_deal::{Deal, Instrument};
use recoup_explain::{Book, Cells, NodeId, Operation};

use crate::axis::Axis;
use crate::cash::Passed;
use crate::facility::Account;
use crate::flow::InstrumentRun;
use crate::plan::{Comes, Interest};

/// What an instrument's terms ask to be set aside; none where they ask for nothing.
pub(crate) fn asked(
    instrument: &Instrument,
    principal: NodeId,
    comes: Comes,
    interest: Option<&Interest>,
    cells: &Cells,
    book: &mut Book,
) -> Option<NodeId> {
    let share =
        instrument.terms.interest_reserve().filter(|share| share.is_sign_positive() && !share.is_zero())?;
    let served = interest.is_some_and(|terms| terms.payment == InterestPayment::Current);
    if !served || !matches!(comes, Comes::Called | Comes::Paid) {
        return None;
    }
    let path = format!("instruments[{}].terms.interest_reserve", instrument.id);
    let share = cells.number(book, path, Some(share));
    Some(book.scaled(principal, &[share]))
}

/// What happened to a loan's interest reserve.
#[derive(Debug, Clone, PartialEq)]
pub struct ReserveRun {
    /// What was set aside.
    pub set_aside: NodeId,
    /// The interest that it paid.
    pub paid: NodeId,
    /// What went back to the lender at delivery.
    pub returned: NodeId,
    /// What stood on it at the end of each month, by the place of the month on the axis.
    pub balances: Vec<(usize, NodeId)>,
}

/// A reserve on its way through the months.
pub(crate) struct Reserve {
    pub asked: NodeId,
    balance: NodeId,
    set_aside: Vec<NodeId>,
    paid: Vec<NodeId>,
    returned: Vec<NodeId>,
    balances: Vec<(usize, NodeId)>,
    nothing: NodeId,
}

impl Reserve {
    pub(crate) fn of(asked: NodeId, nothing: NodeId) -> Self {
        let none = Vec::new;
        let (set_aside, paid, returned) = (none(), none(), none());
        Self { asked, balance: nothing, set_aside, paid, returned, balances: Vec::new(), nothing }
    }

    pub(crate) fn put(&mut self, amount: NodeId, book: &mut Book) {
        self.balance = book.plus(&[self.balance, amount]);
        self.set_aside.push(amount);
    }

    /// Whether anything may have been set aside already.
    pub(crate) fn begun(&self) -> bool {
        !self.set_aside.is_empty()
    }

    /// The part of a month's interest that the reserve pays.
    pub(crate) fn pay(&mut self, interest: NodeId, book: &mut Book) -> NodeId {
        let paid = book.least(interest, self.balance);
        self.balance = book.less(self.balance, paid);
        self.paid.push(paid);
        paid
    }

    /// Gives back what is left: what the lender takes, and what production keeps.
    pub(crate) fn give_back(&mut self, account: &mut Account, book: &mut Book) -> (NodeId, NodeId) {
        let (repaid, surplus) = account.repay(self.balance, book);
        self.balance = self.nothing;
        self.returned.push(repaid);
        (repaid, surplus)
    }

    /// What stands on it at the end of a month, under its address; none before anything could be set aside.
    pub(crate) fn close(&mut self, id: &str, index: usize, axis: &Axis, book: &mut Book) -> Option<NodeId> {
        if !self.begun() {
            return None;
        }
        let month = axis.month(index);
        let balance = book.name(self.balance, format!("capital.{id}.reserve_balance[{month}]"));
        self.balances.push((index, balance));
        Some(balance)
    }

    /// The whole of it, with its addresses.
    pub(crate) fn told(self, id: &str, book: &mut Book) -> ReserveRun {
        let nothing = self.nothing;
        let mut total = |word: &str, parts: Vec<NodeId>| {
            let parts: Vec<NodeId> = std::iter::once(nothing).chain(parts).collect();
            book.figure(format!("capital.{id}.{word}"), Operation::Sum, &parts)
        };
        ReserveRun {
            set_aside: total("reserve", self.set_aside),
            paid: total("reserve_paid", self.paid),
            returned: total("reserve_returned", self.returned),
            balances: self.balances,
        }
    }
}

/// Names what happened to restricted cash in all, and by year, where any instrument has a reserve.
pub(crate) fn totals(passed: &Passed, book: &mut Book) {
    if passed.runs.iter().all(|run| run.reserve.is_none()) {
        return;
    }
    for (word, flow) in [("to_reserve", 0), ("from_reserve", 1)] {
        let of =
            |month: &crate::flow::CashMonth| if flow == 0 { month.to_reserve } else { month.from_reserve };
        let months: Vec<(i32, NodeId)> =
            passed.months.iter().map(|month| (month.month.year(), of(month))).collect();
        crate::years::years(&format!("cash_flow.{word}"), &months, book);
        let all: Vec<NodeId> = months.iter().map(|month| month.1).collect();
        book.figure(format!("cash_flow.{word}"), Operation::Sum, &all);
    }
}

/// The rows of the closing's uses: what of each reserve goes back to its lender.
pub(crate) fn returned<'r>(
    deal: &'r Deal,
    runs: &'r [InstrumentRun],
) -> impl Iterator<Item = (&'r Instrument, NodeId)> {
    let rows = runs.iter().zip(&deal.instruments);
    rows.filter_map(|(run, instrument)| Some((instrument, run.reserve.as_ref()?.returned)))
}
