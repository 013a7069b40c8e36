//! What a sales agent keeps: commission, expenses under their cap, its advance.

use recoup_deal::Deal;
use recoup_deal::revenue::SalesAgency;
use recoup_explain::{Book, Cells, NodeId};
use rust_decimal::Decimal;

use crate::channel::{Channel, Kept};
use crate::contract::price;

/// An agency while its quarters are settled one after the other.
pub(crate) struct Selling<'d> {
    agency: &'d SalesAgency,
    one: NodeId,
    nothing: NodeId,
    commission: Option<NodeId>,
    commission_after: Option<NodeId>,
    expenses: Option<NodeId>,
    advance: Option<NodeId>,
}

impl<'d> Selling<'d> {
    pub(crate) fn open(deal: &Deal, agency: &'d SalesAgency, cells: &Cells, book: &mut Book) -> Self {
        let path = format!("revenue.sales_agencies[{}]", agency.id);
        let number = |book: &mut Book, word: &str, value: Option<Decimal>| {
            value.map(|value| cells.number(book, format!("{path}.{word}"), Some(value)))
        };
        let commission = number(book, "commission", agency.commission);
        let commission_after =
            number(book, "commission_after_recoupment", agency.commission_after_recoupment);
        let mut limits = Vec::new();
        for (word, amount) in [("expenses", agency.expenses), ("expense_cap", agency.expense_cap)] {
            if amount.is_some() {
                limits.push(cells.money(book, format!("{path}.{word}"), amount));
            }
        }
        let expenses = limits.into_iter().reduce(|one, other| book.least(one, other));
        let advance = agency.advance.as_deref().and_then(|id| price(deal, id, cells, book));
        let one = cells.usual(book, path.as_str(), Decimal::ONE, "the whole");
        let nothing = cells.nothing(book);
        Self { agency, one, nothing, commission, commission_after, expenses, advance }
    }

    pub(crate) fn settle(&mut self, channel: &mut Channel, book: &mut Book) {
        let agent = self.agency.agent.as_deref();
        if let Some(commission) = self.commission(channel, book) {
            channel.keep(book, Kept::Commission, agent, commission);
        }
        if let Some(owed) = self.expenses {
            self.expenses = Some(channel.recoup(book, Kept::SalesExpenses, agent, owed));
        }
        if let Some(owed) = self.advance {
            self.advance = Some(channel.recoup(book, Kept::SalesAdvance, agent, owed));
        }
    }

    /// One rate on what it takes to recoup the advance, and another one on what comes after it.
    fn commission(&self, channel: &Channel, book: &mut Book) -> Option<NodeId> {
        let (before, after, advance) = match (self.commission, self.commission_after, self.advance) {
            (Some(before), Some(after), Some(advance)) => (before, after, advance),
            (before, after, _) => return before.or(after).map(|rate| book.scaled(channel.left, &[rate])),
        };
        let parts: Vec<NodeId> = [Some(advance), self.expenses].into_iter().flatten().collect();
        let owed = book.plus(&parts);
        let until = channel.until_paid(book, self.one, before, owed);
        // Expenses alone do not keep the first rate: it ends with the advance.
        let still = book.is_greater(advance, self.nothing);
        let until = book.choose(still, until, self.nothing);
        let first = book.scaled(until, &[before]);
        let beyond = book.less(channel.left, until);
        let second = book.scaled(beyond, &[after]);
        Some(book.plus(&[first, second]))
    }
}
