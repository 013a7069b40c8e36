//! Typed values entering a book: which of them are assumed, and how amounts of other currencies meet.

use std::collections::HashMap;

use recoup_calendar::Date;
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;

use crate::book::{Book, NodeId};
use crate::finder::QuickState;
use crate::leaf::Leaf;
use crate::operation::Operation;
use crate::quantity::{Absence, Quantity};

/// One exchange rate of a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The currency of which one unit is priced.
    pub base: Currency,
    /// The currency in which it is priced.
    pub quote: Currency,
    /// Units of `quote` for one of `base`.
    pub rate: Decimal,
    /// Day of the rate.
    pub date: Date,
    /// Path of the rate in the deal.
    pub path: String,
}

/// Reads a deal's cells into a book: a value that the deal's author marked as assumed becomes an
/// assumption with its source, every other one a typed cell; amounts arrive in the deal's currency.
#[derive(Debug, Clone)]
pub struct Cells {
    currency: Currency,
    quotes: Vec<Quote>,
    assumed: HashMap<String, (String, String), QuickState>,
}

impl Cells {
    /// Cells of a deal in `currency`. `assumed` holds path, assumed value as written, and source.
    pub fn new(
        currency: Currency,
        quotes: Vec<Quote>,
        assumed: impl IntoIterator<Item = (String, String, String)>,
    ) -> Self {
        let assumed = assumed.into_iter().map(|(path, value, source)| (path, (value, source))).collect();
        Self { currency, quotes, assumed }
    }

    /// The currency in which the deal is modelled.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// A typed number, share or rate.
    pub fn number(&self, book: &mut Book, path: String, value: Option<Decimal>) -> NodeId {
        let same = |written: &str| {
            value.is_some_and(|value| written.parse::<Decimal>().is_ok_and(|written| written == value))
        };
        self.leaf(book, path, value.map(Quantity::Number), same)
    }

    /// A typed day.
    pub fn date(&self, book: &mut Book, path: String, value: Option<Date>) -> NodeId {
        self.leaf(book, path, value.map(Quantity::Date), |written| {
            value.is_some_and(|value| value.to_string() == written)
        })
    }

    /// A typed amount, in the deal's currency.
    pub fn money(&self, book: &mut Book, path: String, value: Option<Money>) -> NodeId {
        let leaf = self.leaf(book, path, value.map(Quantity::Money), |written| {
            value.is_some_and(|value| value.to_string() == written)
        });
        match value {
            Some(amount) => self.exchange(book, leaf, amount.currency(), self.currency),
            None => leaf,
        }
    }

    /// An amount as it falls due: the same amount, with the typed days and lengths that put it where it
    /// stands on the time axis.
    pub fn placed(
        &self,
        book: &mut Book,
        amount: NodeId,
        grounds: impl IntoIterator<Item = (String, Quantity)>,
    ) -> NodeId {
        let mut inputs = vec![amount];
        for (path, value) in grounds {
            let node = match value {
                Quantity::Date(day) => self.date(book, path, Some(day)),
                Quantity::Number(count) => self.number(book, path, Some(count)),
                Quantity::Money(_) | Quantity::Flag(_) | Quantity::Absent(_) => continue,
            };
            if !inputs.contains(&node) {
                inputs.push(node);
            }
        }
        if inputs.len() == 1 || book.value(amount).absence().is_some() {
            return amount;
        }
        book.compute(Operation::Placed, &inputs)
    }

    /// A value that the deal does not give and that is therefore assumed, with its source.
    pub fn usual(
        &self,
        book: &mut Book,
        path: impl Into<std::sync::Arc<str>> + AsRef<str>,
        value: impl Into<Quantity>,
        source: &str,
    ) -> NodeId {
        book.assumption(path, value, source)
    }

    /// Nothing, in the deal's currency.
    pub fn nothing(&self, book: &mut Book) -> NodeId {
        book.assumption("currency", Money::zero(self.currency), "an account opens at nothing")
    }

    /// An amount of one currency in another, at the deal's rate for the pair.
    pub fn exchange(&self, book: &mut Book, amount: NodeId, from: Currency, to: Currency) -> NodeId {
        if from == to {
            return amount;
        }
        let rate = self.rate(book, from, to);
        book.compute(Operation::Convert { currency: to, rounding: Rounding::HalfUp }, &[amount, rate])
    }

    /// Units of `to` for one of `from`; absent without a quotation of the pair either way.
    pub fn rate(&self, book: &mut Book, from: Currency, to: Currency) -> NodeId {
        let find = |base: Currency, quote: Currency| {
            self.quotes.iter().find(|candidate| candidate.base == base && candidate.quote == quote)
        };
        if let Some(direct) = find(from, to) {
            return self.quoted(book, direct);
        }
        if let Some(inverse) = find(to, from) {
            let rate = self.quoted(book, inverse);
            let one = book.assumption("fx", Decimal::ONE, "one unit of the base currency");
            return book.compute(Operation::Quotient, &[one, rate]);
        }
        let path = format!("fx[{}-{}].rate", from.code().to_lowercase(), to.code().to_lowercase());
        book.optional_cell::<Decimal>(path, None)
    }

    fn quoted(&self, book: &mut Book, quote: &Quote) -> NodeId {
        let name = format!("{}/{}", quote.base.code(), quote.quote.code());
        let leaf = Leaf::DatedRate { name: name.into(), date: quote.date, path: quote.path.clone().into() };
        book.leaf(leaf, Quantity::Number(quote.rate))
    }

    fn leaf(
        &self,
        book: &mut Book,
        path: String,
        value: Option<Quantity>,
        same: impl Fn(&str) -> bool,
    ) -> NodeId {
        match (value, self.assumed.get(&path)) {
            (None, _) => {
                let absent = Quantity::Absent(Absence::missing(path.as_str()));
                book.leaf(Leaf::Cell { path: path.into() }, absent)
            }
            (Some(value), Some((written, source))) if same(written) => {
                book.assumption(path, value, source.as_str())
            }
            (Some(value), _) => book.cell(path, value),
        }
    }
}
