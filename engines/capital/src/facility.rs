//! One loan's account through the months.

use recoup_deal::Deal;
use recoup_deal::instrument::InterestPayment;
use recoup_explain::{Book, Cells, NodeId};

use crate::axis::Axis;
use crate::plan::Interest;

/// What a loan owes: principal, interest that joined the balance, interest that has not yet.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub principal: NodeId,
    pub capitalised: NodeId,
    pub accrued: NodeId,
    /// Whether anything was ever drawn on it in this run: before that there is nothing to compute.
    pub alive: bool,
}

impl Account {
    pub(crate) fn new(nothing: NodeId) -> Self {
        Self { principal: nothing, capitalised: nothing, accrued: nothing, alive: false }
    }

    pub(crate) fn balance(&self, book: &mut Book) -> NodeId {
        book.plus(&[self.principal, self.capitalised, self.accrued])
    }

    /// Interest of a month on the balance it began with.
    pub(crate) fn interest(
        &self,
        terms: &Interest,
        index: usize,
        axis: &mut Axis,
        deal: &Deal,
        cells: &Cells,
        book: &mut Book,
    ) -> NodeId {
        let bearing = book.plus(&[self.principal, self.capitalised]);
        let rate = terms.rate_on(axis.month(index).first_day(), deal, cells, book);
        let fraction = axis.fraction(index, terms.day_count, cells, book);
        book.scaled(bearing, &[rate, fraction])
    }

    /// Adds a month's interest to what is owed; returns what is paid in cash instead.
    pub(crate) fn charge(
        &mut self,
        terms: &Interest,
        interest: NodeId,
        (index, delivery): (usize, usize),
        axis: &Axis,
        book: &mut Book,
    ) -> Option<NodeId> {
        if terms.payment == InterestPayment::Current && index <= delivery {
            return Some(interest);
        }
        self.accrued = book.plus(&[self.accrued, interest]);
        let month = axis.month(index).month();
        let joins = terms.every.is_some_and(|every| month % every == 0);
        let at_delivery = terms.payment == InterestPayment::CapitalisedUntilDelivery && index == delivery;
        if joins || at_delivery {
            self.capitalised = book.plus(&[self.capitalised, self.accrued]);
            self.accrued = book.less(self.accrued, self.accrued);
        }
        None
    }

    /// Pays interest, then principal, out of `money`; returns interest paid, principal paid and the surplus.
    pub(crate) fn repay(&mut self, money: NodeId, book: &mut Book) -> (NodeId, NodeId, NodeId) {
        let from_accrued = book.least(money, self.accrued);
        let money = book.less(money, from_accrued);
        let from_capitalised = book.least(money, self.capitalised);
        let money = book.less(money, from_capitalised);
        let from_principal = book.least(money, self.principal);
        self.accrued = book.less(self.accrued, from_accrued);
        self.capitalised = book.less(self.capitalised, from_capitalised);
        self.principal = book.less(self.principal, from_principal);
        let interest = book.plus(&[from_accrued, from_capitalised]);
        (interest, from_principal, book.less(money, from_principal))
    }
}
