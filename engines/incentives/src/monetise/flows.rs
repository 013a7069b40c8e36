//! From dated cash to what a way costs and what it is worth.

use recoup_calendar::Date;
use recoup_deal::Ground;
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_money::Rounding;

use super::{LoanFigures, WayEvent, WayFigures};
use crate::claim::{CashEvent, quantities};

/// How a value is taken.
pub(super) struct Value<'a> {
    pub(super) rate: NodeId,
    pub(super) probability: NodeId,
    pub(super) on: Option<Date>,
    pub(super) grounds: &'a [Ground],
}

/// A way with its cash, before anything is said about it.
pub(super) struct Made {
    pub(super) at: String,
    pub(super) credit: NodeId,
    pub(super) cash: NodeId,
    /// Cash that comes only where the credit is paid.
    pub(super) at_risk: Vec<CashEvent>,
    /// Cash that moves whether the credit is paid or not.
    pub(super) certain: Vec<CashEvent>,
    pub(super) events: Vec<WayEvent>,
    /// What waiting for the state would bring, where that is another way.
    pub(super) instead: Option<Vec<CashEvent>>,
    pub(super) price: Option<NodeId>,
    pub(super) floor: Option<NodeId>,
    pub(super) loan: Option<LoanFigures>,
}

impl Made {
    /// The figures of the way, named.
    pub(super) fn valued(mut self, value: &Value<'_>, cells: &Cells, book: &mut Book) -> WayFigures {
        self.events.sort_by_key(|event| event.cash.date);
        for (at, event) in self.events.iter_mut().enumerate() {
            event.cash.node = book.name(event.cash.node, format!("{}.cash[{}]", self.at, at + 1));
        }
        let cash = book.name(self.cash, format!("{}.cash", self.at));
        let cost = book.figure(format!("{}.cost", self.at), Operation::Difference, &[self.credit, cash]);
        let npv = self.npv(value, cells, book);
        let npv_expected = self.expected(npv, value, cells, book);
        let annual_cost = self.annual_cost(book);
        let (date, settled) = self.days(cells, book);
        let Self { at, events, price, floor, loan, .. } = self;
        let mut carried = |node: Option<NodeId>, name: &str| {
            node.map(|node| book.figure(format!("{at}.{name}"), Operation::Carry, &[node]))
        };
        let (price, floor) = (carried(price, "price"), carried(floor, "floor"));
        WayFigures { cash, cost, annual_cost, npv, npv_expected, date, settled, events, price, floor, loan }
    }

    fn npv(&self, value: &Value<'_>, cells: &Cells, book: &mut Book) -> Option<NodeId> {
        let events: Vec<&CashEvent> = self.events.iter().map(|event| &event.cash).collect();
        let npv = worth(&events, value, cells, book)?;
        Some(book.name(npv, format!("{}.npv", self.at)))
    }

    /// What depends on the credit counts with its probability; a lender is repaid in any case.
    fn expected(
        &self,
        npv: Option<NodeId>,
        value: &Value<'_>,
        cells: &Cells,
        book: &mut Book,
    ) -> Option<NodeId> {
        let scale = Operation::Scale { rounding: Rounding::HalfUp };
        let expected = if self.certain.is_empty() {
            book.compute(scale, &[npv?, value.probability])
        } else {
            let at_risk = worth(&self.at_risk.iter().collect::<Vec<_>>(), value, cells, book)?;
            let certain = worth(&self.certain.iter().collect::<Vec<_>>(), value, cells, book)?;
            let likely = book.compute(scale, &[at_risk, value.probability]);
            book.plus(&[likely, certain])
        };
        Some(book.name(expected, format!("{}.npv_expected", self.at)))
    }

    /// The rate at which the money that comes sooner is paid for by the money that does not come later.
    fn annual_cost(&self, book: &mut Book) -> Option<NodeId> {
        let mut flows: Vec<(Date, NodeId)> = Vec::new();
        match &self.instead {
            Some(instead) => {
                for event in &self.events {
                    flows.push((event.cash.date?, event.cash.node));
                }
                for event in instead {
                    let forgone = book.compute(Operation::Negate, &[event.node]);
                    flows.push((event.date?, forgone));
                }
            }
            None => {
                for leg in &self.certain {
                    flows.push((leg.date?, leg.node));
                }
            }
        }
        if flows.is_empty() {
            return None;
        }
        let dated = dated(&flows, book);
        Some(book.figure(format!("{}.annual_cost", self.at), Operation::ReturnOnDates, &dated))
    }

    /// The first day on which there is money, and the last on which any moves.
    fn days(&self, cells: &Cells, book: &mut Book) -> (Option<NodeId>, Option<NodeId>) {
        let has_money = |node: NodeId| book.value(node).as_money().is_none_or(|amount| amount.minor() > 0);
        let first = self.events.iter().find(|event| has_money(event.cash.node));
        let last = self.events.last();
        let mut named = |event: Option<&WayEvent>, name: &str| {
            let cash = &event?.cash;
            let day = book.day(cash.date?);
            let day = cells.placed(book, day, quantities(&cash.grounds));
            Some(book.name(day, format!("{}.{name}", self.at)))
        };
        (named(first, "date"), named(last, "settled"))
    }
}

/// The value of dated cash; none where a day is not known.
fn worth(events: &[&CashEvent], value: &Value<'_>, cells: &Cells, book: &mut Book) -> Option<NodeId> {
    let as_of = book.day(value.on?);
    let flows: Vec<(Date, NodeId)> =
        events.iter().map(|event| Some((event.date?, event.node))).collect::<Option<_>>()?;
    if flows.is_empty() {
        return None;
    }
    let mut inputs = vec![value.rate, as_of];
    inputs.extend(dated(&flows, book));
    let operation = Operation::PresentValueOnDates { rounding: Rounding::HalfUp };
    let worth = book.compute(operation, &inputs);
    Some(cells.placed(book, worth, quantities(value.grounds)))
}

fn dated(flows: &[(Date, NodeId)], book: &mut Book) -> Vec<NodeId> {
    let mut inputs = Vec::with_capacity(2 * flows.len());
    for (date, amount) in flows {
        inputs.push(book.day(*date));
        inputs.push(*amount);
    }
    inputs
}
