//! A balance that earns interest, told in the book

use recoup_calendar::Date;
use recoup_deal::recoupment::{Compounding, InterestTerms, PaymentOrder};
use recoup_explain::{Book, NodeId, Operation};
use rust_decimal::Decimal;

use crate::{account::next_addition, error::WaterfallError};

/// The same four figures as the executor's balance; none where a figure is nothing.
///
/// A base that has come to nothing stays in the book: what it was paid off with decides until when interest
/// runs. The interest on it is told once for the whole time in which nothing bears interest.
#[derive(Debug, Clone, Default)]
pub(super) struct BalanceNodes {
    pub terms: Option<InterestTerms>,
    pub rate: Option<NodeId>,
    as_of: Option<Date>,
    pub invested: Option<NodeId>,
    pub interest: Option<NodeId>,
    base: Option<NodeId>,
    accrued: Option<NodeId>,
    /// Since when nothing bears interest.
    still: Option<Date>,
    /// What was paid, how much of it reduced the base, and what was added to it.
    paid: Option<NodeId>,
    principal: Option<NodeId>,
    added: Option<NodeId>,
    /// The days on which something happened, where statements tell them.
    pub days: Vec<Day>,
}

/// Sums of a balance so far.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Standing {
    pub invested: Option<NodeId>,
    pub interest: Option<NodeId>,
    pub added: Option<NodeId>,
    pub paid: Option<NodeId>,
    pub principal: Option<NodeId>,
}

/// A day on which something happened to a balance.
#[derive(Debug, Clone)]
pub(super) struct Day {
    pub on: Date,
    /// What bore interest until that day, and the rate of it.
    pub bearing: Option<(NodeId, NodeId)>,
    pub standing: Standing,
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
    less(book, one, other).filter(|node| !value(book, Some(*node)).is_zero())
}

/// The difference, also when it is nothing.
pub(super) fn less(book: &mut Book, one: Option<NodeId>, other: Option<NodeId>) -> Option<NodeId> {
    match (one, other) {
        (Some(one), Some(other)) => Some(book.compute(Operation::Difference, &[one, other])),
        (Some(one), None) => Some(one),
        (None, Some(other)) => Some(book.compute(Operation::Negate, &[other])),
        (None, None) => None,
    }
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
                if self.accrued.is_some() {
                    self.resume(book, addition);
                    let added = self.accrued.take();
                    self.base = sum(book, self.base, added);
                    self.added = sum(book, self.added, added);
                    self.note(addition, None);
                }
                from = addition;
                addition = next_addition(from, months)?;
            }
        }
        self.earn(book, from, date);
        if let (Compounding::Effective, Some(added)) = (compounding, self.accrued) {
            self.accrued = None;
            self.base = sum(book, self.base, Some(added));
            self.added = sum(book, self.added, Some(added));
            self.note(date, None);
        }
        self.as_of = Some(date);
        Ok(())
    }

    fn earn(&mut self, book: &mut Book, from: Date, to: Date) {
        if value(book, self.base) <= Decimal::ZERO {
            self.still = self.still.or(self.base.map(|_| from));
            return;
        }
        if let Some(earned) = self.earned(book, from, to) {
            self.accrued = sum(book, self.accrued, Some(earned));
            self.interest = sum(book, self.interest, Some(earned));
            self.note(to, self.base.zip(self.rate));
        }
    }

    pub(super) fn standing(&self) -> Standing {
        let BalanceNodes { invested, interest, added, paid, principal, .. } = *self;
        Standing { invested, interest, added, paid, principal }
    }

    /// Keeps how the balance stands after what happened on a day.
    fn note(&mut self, on: Date, bearing: Option<(NodeId, NodeId)>) {
        let standing = self.standing();
        match self.days.last_mut().filter(|day| day.on == on) {
            Some(day) => {
                day.standing = standing;
                day.bearing = day.bearing.or(bearing);
            }
            None => self.days.push(Day { on, bearing, standing }),
        }
    }

    /// Keeps what was paid and how much of it reduced the base.
    fn note_paid(&mut self, book: &mut Book, amount: NodeId, before: Option<NodeId>) {
        self.paid = sum(book, self.paid, Some(amount));
        let principal = difference(book, before, self.base);
        self.principal = sum(book, self.principal, principal);
        if let Some(on) = self.as_of {
            self.note(on, None);
        }
    }

    /// What the base earns from one day to another.
    fn earned(&self, book: &mut Book, from: Date, to: Date) -> Option<NodeId> {
        let (Some(terms), Some(rate), Some(base)) = (&self.terms, self.rate, self.base) else { return None };
        if from == to {
            return None;
        }
        let (start, end) = (book.day(from), book.day(to));
        if terms.compounding == Compounding::Effective {
            let grown = Operation::Growth { day_count: terms.day_count };
            let grown = book.compute(grown, &[rate, start, end]);
            return Some(book.compute(Operation::Product, &[base, grown]));
        }
        let years = book.compute(Operation::YearFraction { day_count: terms.day_count }, &[start, end]);
        Some(book.compute(Operation::Product, &[base, rate, years]))
    }

    /// Tells that nothing bore interest until `date`, where that is so.
    pub(super) fn resume(&mut self, book: &mut Book, date: Date) {
        let Some(since) = self.still.take() else { return };
        let nothing = self.earned(book, since, date);
        self.interest = sum(book, self.interest, nothing);
    }

    pub(super) fn draw(&mut self, book: &mut Book, date: Date, amount: NodeId) {
        self.resume(book, date);
        self.invested = sum(book, self.invested, Some(amount));
        self.base = sum(book, self.base, Some(amount));
        self.note(date, None);
    }

    pub(super) fn pay(&mut self, book: &mut Book, amount: NodeId) {
        match self.terms.as_ref().map_or(PaymentOrder::InterestFirst, |terms| terms.payments) {
            PaymentOrder::InterestFirst => self.pay_return(book, amount),
            PaymentOrder::PrincipalFirst => self.pay_principal(book, amount),
        }
    }

    pub(super) fn pay_return(&mut self, book: &mut Book, amount: NodeId) {
        let before = self.base;
        let mut left = Some(amount);
        if let Some(accrued) = self.accrued {
            let interest = book.compute(Operation::Least, &[amount, accrued]);
            self.accrued = difference(book, Some(accrued), Some(interest));
            left = difference(book, left, Some(interest));
        }
        if left.is_some() {
            let base = less(book, self.base, left);
            self.base = floored(book, base);
        }
        self.note_paid(book, amount, before);
    }

    pub(super) fn pay_principal(&mut self, book: &mut Book, amount: NodeId) {
        let compounding = self.terms.as_ref().map_or(Compounding::Simple, |terms| terms.compounding);
        let before = self.base;
        let left = less(book, self.base, Some(amount));
        let floor = if compounding == Compounding::Simple { None } else { less(book, None, self.accrued) };
        self.base = match floor {
            Some(_) if value(book, left) < value(book, floor) => floor,
            Some(_) => left,
            None => floored(book, left),
        };
        self.note_paid(book, amount, before);
    }
}

/// A base, and nothing where more was paid than it.
fn floored(book: &mut Book, base: Option<NodeId>) -> Option<NodeId> {
    let base = base?;
    if value(book, Some(base)) >= Decimal::ZERO {
        return Some(base);
    }
    let nothing = book.assumption("currency", Decimal::ZERO, "nothing bears interest once all is paid");
    Some(book.greatest(base, nothing))
}
