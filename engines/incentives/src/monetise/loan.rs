//! A loan against one credit, from the day it is drawn to the days on which the credit is paid.
//!
//! It keeps its account as the capital engine keeps its facilities: interest runs from day to day, joins on the
//! first day of a calendar period where it compounds, and is rounded to minor units only where it is paid.

use recoup_calendar::{Date, DayCount};
use recoup_deal::Ground;
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_money::Rounding;

use super::{Flow, LoanFigures, WayEvent};
use crate::claim::{CashEvent, Paid, quantities};

/// What a lender lends on one credit, and at which interest.
pub(super) struct LoanTerms {
    /// The instrument of the deal; none where usual terms are taken.
    pub(super) instrument: Option<String>,
    pub(super) principal: NodeId,
    pub(super) fees: NodeId,
    pub(super) rate: Rate,
    pub(super) day_count: DayCount,
    /// Months between the days on which interest joins; none for simple interest.
    pub(super) every: Option<i32>,
    /// Last day on which interest joins or is paid as it runs; none where that has no end.
    pub(super) until: Option<Date>,
    /// Whether interest is paid month by month until then.
    pub(super) served: bool,
    pub(super) drawn: Option<Date>,
    pub(super) grounds: Vec<Ground>,
}

/// The annual rate from day to day.
pub(super) enum Rate {
    /// One rate.
    Fixed(NodeId),
    /// Each from its day on; the first holds before it as well.
    Steps(Vec<(Date, NodeId)>),
}

impl Rate {
    fn on(&self, day: Date) -> Option<NodeId> {
        match self {
            Self::Fixed(rate) => Some(*rate),
            Self::Steps(steps) => {
                let in_force = steps.iter().rev().find(|(from, _)| *from <= day);
                in_force.or(steps.first()).map(|(_, rate)| *rate)
            }
        }
    }
}

/// A loan that has run its course.
pub(super) struct Lent {
    /// Everything the production has in the end.
    pub(super) cash: NodeId,
    /// What passes between lender and production, the lender's money first.
    pub(super) legs: Vec<CashEvent>,
    /// What the production has on each day.
    pub(super) events: Vec<WayEvent>,
    pub(super) figures: LoanFigures,
}

/// Lends on a credit and repays out of its payments; the last of them settles what is still owed.
pub(super) fn lend(terms: &LoanTerms, paid: &Paid, at: &str, cells: &Cells, book: &mut Book) -> Option<Lent> {
    let drawn = terms.drawn?;
    let mut payments = Vec::new();
    for event in &paid.cash {
        payments.push((event.date?, event));
    }
    payments.sort_by_key(|(date, _)| *date);
    let last = payments.iter().rposition(|(date, _)| *date >= drawn)?;
    let principal = book.name(terms.principal, format!("{at}.principal"));
    let fees = book.name(terms.fees, format!("{at}.loan_fees"));
    let mut account = Account::open(terms, principal, drawn, cells, book);
    let in_hand = book.less(principal, fees);
    let in_hand = account.placed(in_hand, cells, book);
    let advance = account.event("Advance", drawn, in_hand);
    let mut events = vec![WayEvent { kind: Flow::Advance, cash: advance.clone() }];
    let mut legs = vec![advance];
    let mut back = Vec::new();
    for (place, (date, event)) in payments.into_iter().enumerate() {
        if date < drawn {
            events.push(WayEvent::paid(event.clone()));
            continue;
        }
        account.grounds.extend(event.grounds.iter().cloned());
        for (day, interest) in account.run_to(date, cells, book) {
            back.push(interest);
            let out = book.compute(Operation::Negate, &[interest]);
            let out = account.placed(out, cells, book);
            let leg = account.event("Interest", day, out);
            events.push(WayEvent { kind: Flow::Interest, cash: leg.clone() });
            legs.push(leg);
        }
        let repaid = account.repay(event.node, place == last, cells, book);
        back.push(repaid);
        let out = book.compute(Operation::Negate, &[repaid]);
        legs.push(CashEvent { node: out, grounds: account.grounds.clone(), ..event.clone() });
        let node = book.less(event.node, repaid);
        events.push(WayEvent::paid(CashEvent { node, grounds: account.grounds.clone(), ..event.clone() }));
    }
    let back = book.plus(&back);
    let interest = book.figure(format!("{at}.interest"), Operation::Difference, &[back, principal]);
    let cash = book.compute(Operation::Difference, &[paid.net, interest, fees]);
    let day = book.day(drawn);
    let day = cells.placed(book, day, quantities(&terms.grounds));
    let drawn = book.name(day, format!("{at}.drawn"));
    let instrument = terms.instrument.clone();
    Some(Lent { cash, legs, events, figures: LoanFigures { instrument, principal, interest, fees, drawn } })
}

struct Account<'t> {
    terms: &'t LoanTerms,
    /// What bears interest, exactly.
    base: NodeId,
    /// Earned and not yet joined or paid, exactly.
    accrued: NodeId,
    nought: NodeId,
    nothing: NodeId,
    as_of: Date,
    /// The cells that decide the days so far.
    grounds: Vec<Ground>,
}

impl<'t> Account<'t> {
    fn open(terms: &'t LoanTerms, principal: NodeId, drawn: Date, cells: &Cells, book: &mut Book) -> Self {
        let nothing = cells.nothing(book);
        let nought = book.compute(Operation::ToNumber, &[nothing]);
        let base = book.compute(Operation::ToNumber, &[principal]);
        Self { terms, base, accrued: nought, nought, nothing, as_of: drawn, grounds: terms.grounds.clone() }
    }

    fn event(&self, label: &str, date: Date, node: NodeId) -> CashEvent {
        CashEvent { label: label.to_owned(), date: Some(date), node, grounds: self.grounds.clone() }
    }

    fn placed(&self, amount: NodeId, cells: &Cells, book: &mut Book) -> NodeId {
        cells.placed(book, amount, quantities(&self.grounds))
    }

    /// Lets time pass; tells what interest was paid on the way.
    fn run_to(&mut self, date: Date, cells: &Cells, book: &mut Book) -> Vec<(Date, NodeId)> {
        let mut served = Vec::new();
        while let Some(day) = self.next_stop(date) {
            self.earn(day, book);
            let in_time = self.terms.until.is_none_or(|until| day <= until);
            if self.terms.served && in_time && day.is_month_end() {
                let interest = self.whole(self.accrued, cells, book);
                let exact = book.compute(Operation::ToNumber, &[interest]);
                self.accrued = book.less(self.accrued, exact);
                served.push((day, interest));
            }
            if in_time && self.terms.every.is_some_and(|months| joins(day, months)) {
                self.base = book.plus(&[self.base, self.accrued]);
                self.accrued = self.nought;
            }
        }
        self.earn(date, book);
        served
    }

    /// The next day before `date` on which interest joins or is paid, or the rate changes.
    fn next_stop(&self, date: Date) -> Option<Date> {
        let mut days = Vec::new();
        if self.terms.served {
            days.extend(self.as_of.add_days(1).ok().map(|day| day.month_end()));
        }
        if let Some(months) = self.terms.every {
            let mut first = self.as_of.month_start().add_months(1).ok();
            while let Some(day) = first.filter(|day| !joins(*day, months)) {
                first = day.add_months(1).ok();
            }
            days.extend(first);
        }
        if let Rate::Steps(steps) = &self.terms.rate {
            days.extend(steps.iter().map(|(from, _)| *from).find(|from| *from > self.as_of));
        }
        days.into_iter().filter(|day| *day < date).min()
    }

    fn earn(&mut self, day: Date, book: &mut Book) {
        if day <= self.as_of {
            return;
        }
        if let Some(rate) = self.terms.rate.on(self.as_of) {
            let (from, to) = (book.day(self.as_of), book.day(day));
            let years = Operation::YearFraction { day_count: self.terms.day_count };
            let years = book.compute(years, &[from, to]);
            let earned = book.compute(Operation::Product, &[self.base, rate, years]);
            self.accrued = book.plus(&[self.accrued, earned]);
        }
        self.as_of = day;
    }

    /// The nearest minor units, where a millionth of one below a half counts as the half.
    fn whole(&self, exact: NodeId, cells: &Cells, book: &mut Book) -> NodeId {
        let (currency, rounding) = (cells.currency(), Rounding::HalfUp);
        let places = u8::try_from(currency.exponent()).unwrap_or(2) + 6;
        let near = book.compute(Operation::Round { places, rounding }, &[exact]);
        book.compute(Operation::ToMoney { currency, rounding }, &[near])
    }

    /// Pays interest, then principal, out of a payment; the last one settles everything.
    fn repay(&mut self, cash: NodeId, last: bool, cells: &Cells, book: &mut Book) -> NodeId {
        let owed = book.plus(&[self.base, self.accrued]);
        let owed = self.whole(owed, cells, book);
        let repaid = if last {
            owed
        } else {
            let cash = book.greatest(cash, self.nothing);
            book.least(cash, owed)
        };
        let exact = book.compute(Operation::ToNumber, &[repaid]);
        let interest = book.least(exact, self.accrued);
        self.accrued = book.less(self.accrued, interest);
        let rest = book.less(exact, interest);
        let base = book.less(self.base, rest);
        self.base = book.greatest(base, self.nought);
        self.placed(repaid, cells, book)
    }
}

/// Whether interest joins on a day: the first of a calendar month, quarter, half or year.
fn joins(day: Date, months: i32) -> bool {
    day.day() == 1 && (day.month() - 1) % months == 0
}
