//! What a sales agent keeps: commission, expenses under their cap, its advance.

use recoup_deal::Deal;
use recoup_deal::revenue::SalesAgency;
use recoup_explain::{Book, Cells, NodeId};

use crate::channel::{Channel, Kept};
use crate::contract::price;

/// An agency while its quarters are settled one after the other.
pub(crate) struct Selling<'d> {
    agency: &'d SalesAgency,
    nothing: NodeId,
    commission: Option<NodeId>,
    commission_after: Option<NodeId>,
    expenses: Option<NodeId>,
    advance: Option<NodeId>,
}

impl<'d> Selling<'d> {
    pub(crate) fn open(deal: &Deal, agency: &'d SalesAgency, cells: &Cells, book: &mut Book) -> Self {
        let path = format!("revenue.sales_agencies[{}]", agency.id);
        let number = |book: &mut Book, word: &str, value: Option<rust_decimal::Decimal>| {
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
        Self { agency, nothing: cells.nothing(book), commission, commission_after, expenses, advance }
    }

    pub(crate) fn settle(&mut self, channel: &mut Channel, book: &mut Book) {
        let agent = self.agency.agent.as_deref();
        if let Some(rate) = self.rate(book) {
            let commission = book.scaled(channel.left, &[rate]);
            channel.keep(book, Kept::Commission, agent, commission);
        }
        if let Some(owed) = self.expenses {
            self.expenses = Some(channel.recoup(book, Kept::SalesExpenses, agent, owed));
        }
        if let Some(owed) = self.advance {
            self.advance = Some(channel.recoup(book, Kept::SalesAdvance, agent, owed));
        }
    }

    /// The commission in force: another one applies once the advance is recouped.
    fn rate(&self, book: &mut Book) -> Option<NodeId> {
        match (self.commission, self.commission_after, self.advance) {
            (Some(before), Some(after), Some(owed)) => {
                let still = book.is_greater(owed, self.nothing);
                Some(book.choose(still, before, after))
            }
            (before, after, _) => before.or(after),
        }
    }
}
