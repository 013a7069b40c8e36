//! A balance that earns interest, told in the book

use recoup_calendar::Date;
use recoup_deal::recoupment::{Compounding, InterestTerms, PaymentOrder};
use recoup_explain::{Book, NodeId, Operation};
use rust_decimal::Decimal;

use crate::{account::next_addition, error::WaterfallError};

/// The same four figures as the executor's balance; none where a figure is nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct BalanceNodes {
    pub terms: Option<InterestTerms>,
    pub rate: Option<NodeId>,
    as_of: Option<Date>,
    pub invested: Option<NodeId>,
    pub interest: Option<NodeId>,
    base: Option<NodeId>,
    accrued: Option<NodeId>,
}

pub(super) fn value(book: &Book, node: Option<NodeId>) -> Decimal {
    node.and_then(|node| book.value(node).as_number()).unwrap_or_default()
}

pub(super) fn sum(book: &mut Book, one: Option<NodeId>, other: Option<NodeId>) -> Option<NodeId> {
    match (one, other) {
        (Some(one), Some(other)) => Some(book.compute(Operation::Sum, &[one, other])),
        (one, other) => one.or(other),
    }
}

/// The difference, and none when it is nothing.
pub(super) fn difference(book: &mut Book, one: Option<NodeId>, other: Option<NodeId>) -> Option<NodeId> {
    let node = match (one, other) {
        (Some(one), Some(other)) => book.compute(Operation::Difference, &[one, other]),
        (Some(one), None) => one,
        (None, Some(other)) => book.compute(Operation::Negate, &[other]),
        (None, None) => return None,
    };
    Some(node).filter(|node| !value(book, Some(*node)).is_zero())
}

impl BalanceNodes {
    pub(super) fn accrue(&mut self, book: &mut Book, date: Date) -> Result<(), WaterfallError> {
        let Some(mut from) = self.as_of else {
            self.as_of = Some(date);
            return Ok(());
        };
        if date <= from {
            return Ok(());
        }
        let compounding = self.terms.as_ref().map_or(Compounding::Simple, |terms| terms.compounding);
        if let Some(months) = compounding.months() {
            let mut addition = next_addition(from, months)?;
            while addition <= date {
                self.earn(book, from, addition);
                self.base = sum(book, self.base, self.accrued.take());
                from = addition;
                addition = next_addition(from, months)?;
            }
        }
        self.earn(book, from, date);
        self.as_of = Some(date);
        Ok(())
    }

    fn earn(&mut self, book: &mut Book, from: Date, to: Date) {
        let (Some(terms), Some(rate), Some(base)) = (&self.terms, self.rate, self.base) else { return };
        if value(book, Some(base)) <= Decimal::ZERO || from == to {
            return;
        }
        let (start, end) = (book.day(from), book.day(to));
        let years = book.compute(Operation::YearFraction { day_count: terms.day_count }, &[start, end]);
        let earned = book.compute(Operation::Product, &[base, rate, years]);
        self.accrued = sum(book, self.accrued, Some(earned));
        self.interest = sum(book, self.interest, Some(earned));
    }

    pub(super) fn draw(&mut self, book: &mut Book, amount: NodeId) {
        self.invested = sum(book, self.invested, Some(amount));
        self.base = sum(book, self.base, Some(amount));
    }

    pub(super) fn pay(&mut self, book: &mut Book, amount: NodeId) {
        match self.terms.as_ref().map_or(PaymentOrder::InterestFirst, |terms| terms.payments) {
            PaymentOrder::InterestFirst => self.pay_return(book, amount),
            PaymentOrder::PrincipalFirst => self.pay_principal(book, amount),
        }
    }

    pub(super) fn pay_return(&mut self, book: &mut Book, amount: NodeId) {
        let mut left = Some(amount);
        if let Some(accrued) = self.accrued {
            let interest = book.compute(Operation::Least, &[amount, accrued]);
            self.accrued = difference(book, Some(accrued), Some(interest));
            left = difference(book, left, Some(interest));
        }
        if left.is_some() {
            self.base =
                difference(book, self.base, left).filter(|base| value(book, Some(*base)) > Decimal::ZERO);
        }
    }

    pub(super) fn pay_principal(&mut self, book: &mut Book, amount: NodeId) {
        let compounding = self.terms.as_ref().map_or(Compounding::Simple, |terms| terms.compounding);
        let left = difference(book, self.base, Some(amount));
        let floor =
            if compounding == Compounding::Simple { None } else { difference(book, None, self.accrued) };
        self.base = if value(book, left) < value(book, floor) { floor } else { left };
    }
}
