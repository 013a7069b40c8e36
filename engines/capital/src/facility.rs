//! One loan's account through the months.
//!
//! It is kept as the recoupment plan keeps its balances, so that both say the same on the same day: interest
//! runs from day to day on what was drawn and what has joined it, joins on the first day of a calendar
//! period, and is rounded to minor units only where it is told or paid. What is told month by month adds up
//! to what is owed.

use recoup_calendar::{Date, DayCount};
use recoup_deal::Deal;
use recoup_deal::instrument::InterestPayment;
use recoup_explain::{Book, Cells, Comparison, NodeId, Operation};
use recoup_money::{Currency, Rounding};

use crate::axis::Axis;
use crate::plan::Interest;

/// What a loan owes.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    /// What bears interest, exactly: drawn, with the interest that joined it, less what was repaid.
    base: NodeId,
    /// Earned and not yet joined or paid, exactly.
    accrued: NodeId,
    /// All interest so far, exactly.
    earned: NodeId,
    /// All interest told so far, in whole minor units.
    told: NodeId,
    /// Until when interest has run.
    as_of: Option<Date>,
    nothing: NodeId,
    nought: NodeId,
    currency: Currency,
    /// Whether anything was ever drawn on it in this run: before that there is nothing to compute.
    pub alive: bool,
}

impl Account {
    pub(crate) fn new(cells: &Cells, book: &mut Book) -> Self {
        let nothing = cells.nothing(book);
        let nought = book.compute(Operation::ToNumber, &[nothing]);
        Self {
            base: nought,
            accrued: nought,
            earned: nought,
            told: nothing,
            as_of: None,
            nothing,
            nought,
            currency: cells.currency(),
            alive: false,
        }
    }

    /// Everything owed, in whole minor units.
    pub(crate) fn balance(&self, book: &mut Book) -> NodeId {
        let exact = book.plus(&[self.base, self.accrued]);
        let owed = self.whole(exact, book);
        book.greatest(owed, self.nothing)
    }

    /// The nearest minor units, where a millionth of one below a half counts as the half.
    fn whole(&self, exact: NodeId, book: &mut Book) -> NodeId {
        let rounding = Rounding::HalfUp;
        let places = u8::try_from(self.currency.exponent()).unwrap_or(2) + 6;
        let near = book.compute(Operation::Round { places, rounding }, &[exact]);
        book.compute(Operation::ToMoney { currency: self.currency, rounding }, &[near])
    }

    /// Money drawn on a day.
    pub(crate) fn draw(&mut self, amount: NodeId, day: Date, book: &mut Book) {
        let amount = book.compute(Operation::ToNumber, &[amount]);
        self.base = book.plus(&[self.base, amount]);
        self.as_of = self.as_of.or(Some(day));
        self.alive = true;
    }

    /// Lets a month pass, and tells its interest. `joins` where interest may join what bears it.
    pub(crate) fn interest(
        &mut self,
        terms: &Interest,
        (index, joins): (usize, bool),
        axis: &mut Axis,
        deal: &Deal,
        cells: &Cells,
        book: &mut Book,
    ) -> NodeId {
        let rate = terms.rate_on(axis.month(index).first_day(), deal, cells, book);
        let to = axis.date(index);
        let mut from = self.as_of.unwrap_or(to);
        while let Some(day) = terms.every.and_then(|months| next_joining(from, months)) {
            if day > to || !joins {
                break;
            }
            self.earn(rate, terms.day_count, (from, day), axis, book);
            self.join(book);
            from = day;
        }
        self.earn(rate, terms.day_count, (from, to), axis, book);
        self.as_of = Some(to);
        let told = self.whole(self.earned, book);
        let interest = book.less(told, self.told);
        self.told = told;
        interest
    }

    fn earn(
        &mut self,
        rate: NodeId,
        day_count: DayCount,
        (from, to): (Date, Date),
        axis: &mut Axis,
        book: &mut Book,
    ) {
        if from >= to {
            return;
        }
        let years = axis.years(from, to, day_count, book);
        let earned = book.compute(Operation::Product, &[self.base, rate, years]);
        self.accrued = book.plus(&[self.accrued, earned]);
        self.earned = book.plus(&[self.earned, earned]);
    }

    fn join(&mut self, book: &mut Book) {
        self.base = book.plus(&[self.base, self.accrued]);
        self.accrued = self.nought;
    }

    /// Says what becomes of a month's interest: paid in cash until delivery where it is served, else owed.
    /// Simple interest that is capitalised until delivery joins once, there.
    pub(crate) fn charge(
        &mut self,
        terms: &Interest,
        interest: NodeId,
        (index, delivery): (usize, usize),
        book: &mut Book,
    ) -> Option<NodeId> {
        if terms.is_served(index, delivery) {
            let paid = book.compute(Operation::ToNumber, &[interest]);
            self.accrued = book.less(self.accrued, paid);
            return Some(interest);
        }
        let at_delivery = terms.payment == InterestPayment::CapitalisedUntilDelivery && index == delivery;
        if at_delivery && terms.every.is_none() {
            self.join(book);
        }
        None
    }

    /// Pays interest, then principal, out of `money`; returns what is paid and the surplus.
    pub(crate) fn repay(&mut self, money: NodeId, book: &mut Book) -> (NodeId, NodeId) {
        let owed = self.balance(book);
        let paid = book.least(money, owed);
        let exact = book.compute(Operation::ToNumber, &[paid]);
        let interest = book.least(exact, self.accrued);
        self.accrued = book.less(self.accrued, interest);
        let rest = book.less(exact, interest);
        self.base = book.less(self.base, rest);
        self.settle(paid, owed, book);
        (paid, book.less(money, paid))
    }

    /// What a payment of the whole leaves below a minor unit is settled with it, so that a loan which is drawn again
    /// starts from nothing and what is told still adds up to what is owed.
    fn settle(&mut self, paid: NodeId, owed: NodeId, book: &mut Book) {
        let whole = book.compute(Operation::Compare(Comparison::Equal), &[paid, owed]);
        let told = book.compute(Operation::ToNumber, &[self.told]);
        self.base = book.choose(whole, self.nought, self.base);
        self.accrued = book.choose(whole, self.nought, self.accrued);
        self.earned = book.choose(whole, told, self.earned);
    }
}

/// The first day after `after` on which interest joins: the first of a calendar month, quarter, half, year.
fn next_joining(after: Date, months: i32) -> Option<Date> {
    let first = (after.month() - 1) / months * months + 1;
    Date::new(after.year(), first, 1).ok()?.add_months(months).ok()
}
