//! Restricted cash of a month: what is set aside for the interest of loans, and what leaves it.

use recoup_explain::{Book, NodeId, Operation};

use super::{Pass, Sums};
use crate::axis::Axis;
use crate::given::Inflow;

/// What moved on all reserves in a month, and what stands on them at its end.
pub(super) struct Restricted {
    pub to_reserve: NodeId,
    pub from_reserve: NodeId,
    pub balance: NodeId,
}

impl Pass<'_> {
    /// Interest comes out of the reserve first; what is left of it at delivery repays the loan.
    pub(super) fn spend_reserve(
        &mut self,
        place: usize,
        interest: NodeId,
        (index, axis): (usize, &Axis),
        sums: &mut Sums,
        book: &mut Book,
    ) {
        let Some(reserve) = self.reserves[place].as_mut().filter(|reserve| reserve.begun()) else { return };
        let paid = reserve.pay(interest, book);
        sums.from_reserve.push(paid);
        sums.relief.push(paid);
        if index == self.given.delivery {
            let (repaid, surplus) = reserve.give_back(&mut self.accounts[place], book);
            sums.from_reserve.extend([repaid, surplus]);
            sums.relief.push(surplus);
            sums.lenders.push(repaid);
            self.runs[place].repaid.push((axis.date(index), repaid));
        }
    }

    /// What of a loan that is paid rather than called is set aside from its first payment.
    pub(super) fn set_aside(
        &mut self,
        index: usize,
        inflow: &Inflow,
        left: NodeId,
        sums: &mut Sums,
        book: &mut Book,
    ) -> NodeId {
        let reserve = inflow.place.and_then(|place| self.reserves[place].as_mut());
        let Some(reserve) = reserve.filter(|reserve| !reserve.begun() && index < self.given.delivery) else {
            return left;
        };
        let amount = book.least(reserve.asked, left);
        reserve.put(amount, book);
        sums.to_reserve.push(amount);
        book.less(left, amount)
    }

    /// The rows of restricted cash; none in a deal without a reserve.
    pub(super) fn restricted(
        &mut self,
        index: usize,
        axis: &Axis,
        sums: &Sums,
        book: &mut Book,
    ) -> Option<Restricted> {
        if self.reserves.iter().all(Option::is_none) {
            return None;
        }
        let mut balances = Vec::new();
        for (place, held) in self.reserves.iter_mut().enumerate() {
            let id = &self.given.parties[place].id;
            balances.extend(held.as_mut().and_then(|held| held.close(id, index, axis, book)));
        }
        let month = axis.label(index);
        let row = |book: &mut Book, word: &str, parts: &[NodeId]| {
            let parts: Vec<NodeId> = std::iter::once(self.nothing).chain(parts.iter().copied()).collect();
            book.figure(format!("cash_flow.{word}[{month}]"), Operation::Sum, &parts)
        };
        Some(Restricted {
            to_reserve: row(book, "to_reserve", &sums.to_reserve),
            from_reserve: row(book, "from_reserve", &sums.from_reserve),
            balance: row(book, "restricted", &balances),
        })
    }
}
