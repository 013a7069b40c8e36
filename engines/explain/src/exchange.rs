//! How amounts of other currencies meet: at the deal's rate, or at the rate of the day on which they are paid.
//!
//! Several quotes of one pair are a curve. The rate of a day is the latest quote on or before it, else the earliest;
//! the deal's rate is the one in force on the day of the deal. Which quote is in force was decided by the days of all
//! of them, so all of them stand in the tree.

use recoup_calendar::Date;
use recoup_money::{Currency, Rounding};
use rust_decimal::Decimal;

use crate::book::{Book, NodeId};
use crate::cells::{Cells, Quote};
use crate::leaf::Leaf;
use crate::operation::Operation;
use crate::quantity::Quantity;

impl Cells {
    /// An amount of one currency in another, at the deal's rate for the pair.
    pub fn exchange(&self, book: &mut Book, amount: NodeId, from: Currency, to: Currency) -> NodeId {
        if from == to {
            return amount;
        }
        let rate = self.rate(book, from, to);
        book.compute(Operation::Convert { currency: to, rounding: Rounding::HalfUp }, &[amount, rate])
    }

    /// An amount that is paid on a day, in the deal's currency: the hedged share at the deal's rate, the rest at the
    /// day's.
    pub fn exchange_on(&self, book: &mut Book, amount: NodeId, from: Currency, day: Date) -> NodeId {
        let to = self.currency();
        if from == to {
            return amount;
        }
        let rate = self.rate_paid(book, from, to, day);
        book.compute(Operation::Convert { currency: to, rounding: Rounding::HalfUp }, &[amount, rate])
    }

    /// Whether the rate of a currency in the deal's own differs from day to day.
    pub fn is_dated(&self, from: Currency) -> bool {
        let to = self.currency();
        let legs = self.legs(from, to);
        legs.is_some_and(|legs| legs.iter().any(|(one, other)| self.pair(*one, *other).nth(1).is_some()))
    }

    /// Units of `to` for one of `from` at the deal's rate: directly, inversely or through one third currency; absent
    /// without quotes that lead there.
    pub fn rate(&self, book: &mut Book, from: Currency, to: Currency) -> NodeId {
        self.through(book, from, to, &|book, one, other| self.leg(book, one, other, self.as_of))
    }

    /// As [`Cells::rate`], at the quotes in force on a day.
    pub fn rate_on(&self, book: &mut Book, from: Currency, to: Currency, day: Date) -> NodeId {
        self.through(book, from, to, &|book, one, other| self.leg(book, one, other, Some(day)))
    }

    /// As [`Cells::rate_on`], but for the hedged share, which is fixed at the deal's rate.
    pub fn rate_paid(&self, book: &mut Book, from: Currency, to: Currency, day: Date) -> NodeId {
        self.through(book, from, to, &|book, one, other| self.hedged(book, one, other, day))
    }

    fn through(
        &self,
        book: &mut Book,
        from: Currency,
        to: Currency,
        leg: &dyn Fn(&mut Book, Currency, Currency) -> NodeId,
    ) -> NodeId {
        match self.legs(from, to).as_deref() {
            Some([(one, other)]) => leg(book, *one, *other),
            Some(legs) => {
                let rates: Vec<NodeId> = legs.iter().map(|(one, other)| leg(book, *one, *other)).collect();
                book.compute(Operation::Product, &rates)
            }
            None => {
                let path = format!("fx[{}-{}].rate", from.code().to_lowercase(), to.code().to_lowercase());
                book.optional_cell::<Decimal>(path, None)
            }
        }
    }

    /// The pairs that lead from one currency to another.
    fn legs(&self, from: Currency, to: Currency) -> Option<Vec<(Currency, Currency)>> {
        let quoted = |one: Currency, other: Currency| self.pair(one, other).next().is_some();
        if quoted(from, to) {
            return Some(vec![(from, to)]);
        }
        let mut middles = self.quotes.iter().flat_map(|quote| [quote.base, quote.quote]);
        let middle = middles.find(|middle| quoted(from, *middle) && quoted(*middle, to))?;
        Some(vec![(from, middle), (middle, to)])
    }

    /// The quotes of a pair, either way round.
    fn pair(&self, one: Currency, other: Currency) -> impl Iterator<Item = &Quote> {
        self.quotes.iter().filter(move |quote| {
            let pair = (quote.base, quote.quote);
            quote.rate > Decimal::ZERO && (pair == (one, other) || pair == (other, one))
        })
    }

    /// The quote in force on a day: the latest on or before it, else the earliest.
    fn in_force(&self, one: Currency, other: Currency, day: Option<Date>) -> Option<&Quote> {
        let begun = day.and_then(|day| {
            self.pair(one, other).filter(|quote| quote.date <= day).max_by_key(|quote| quote.date)
        });
        begun.or_else(|| self.pair(one, other).min_by_key(|quote| quote.date))
    }

    fn leg(&self, book: &mut Book, from: Currency, to: Currency, day: Option<Date>) -> NodeId {
        let Some(quote) = self.in_force(from, to, day) else {
            return book.optional_cell::<Decimal>("fx", None);
        };
        let rate = self.decided(book, quote);
        if quote.base == from {
            return rate;
        }
        let one = book.assumption("fx", Decimal::ONE, "one unit of the base currency");
        book.compute(Operation::Quotient, &[one, rate])
    }

    /// The rate of a quote that stands, where there are several, for what their days decided.
    fn decided(&self, book: &mut Book, quote: &Quote) -> NodeId {
        let rate = quoted(book, quote);
        let mut inputs = vec![rate];
        for other in self.pair(quote.base, quote.quote).filter(|other| other.path != quote.path) {
            let other = quoted(book, other);
            inputs.push(other);
        }
        if inputs.len() == 1 {
            return rate;
        }
        inputs.extend(self.as_of.map(|day| book.cell("as_of", Quantity::Date(day))));
        book.compute(Operation::Decided, &inputs)
    }

    fn hedged(&self, book: &mut Book, from: Currency, to: Currency, day: Date) -> NodeId {
        let dated = self.leg(book, from, to, Some(day));
        let (here, own) = (self.in_force(from, to, Some(day)), self.in_force(from, to, self.as_of));
        if here.map(|quote| &quote.path) == own.map(|quote| &quote.path) {
            return dated;
        }
        let share =
            here.and_then(|quote| quote.hedged.clone()).or(own.and_then(|quote| quote.hedged.clone()));
        let Some((path, share)) = share else { return dated };
        let fixed = self.leg(book, from, to, self.as_of);
        let share = self.number(book, path, Some(share));
        let one = book.assumption("fx", Decimal::ONE, "one unit of the base currency");
        let rest = book.less(one, share);
        let fixed = book.compute(Operation::Product, &[share, fixed]);
        let open = book.compute(Operation::Product, &[rest, dated]);
        book.plus(&[fixed, open])
    }
}

fn quoted(book: &mut Book, quote: &Quote) -> NodeId {
    let name = format!("{}/{}", quote.base.code(), quote.quote.code());
    let leaf = Leaf::DatedRate { name: name.into(), date: quote.date, path: quote.path.clone().into() };
    book.leaf(leaf, Quantity::Number(quote.rate))
}

#[cfg(test)]
mod tests;
