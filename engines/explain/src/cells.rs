//! Typed values entering a book: which of them are assumed, and how amounts of other currencies meet.

use std::collections::HashMap;

use recoup_calendar::Date;
use recoup_money::{Currency, Money};
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
    /// The share that is fixed at the deal's rate, with its path in the deal; none where the quote has none.
    pub hedged: Option<(String, Decimal)>,
}

/// Reads a deal's cells into a book: a value that the deal's author marked as assumed becomes an
/// assumption with its source, every other one a typed cell; amounts arrive in the deal's currency.
#[derive(Debug, Clone)]
pub struct Cells {
    currency: Currency,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) as_of: Option<Date>,
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
        Self { currency, quotes, as_of: None, assumed }
    }

    /// The day of the deal, at which its own exchange rates are read. Without one the earliest quotes stand.
    #[must_use]
    pub fn as_of(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
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
        let leaf = self.typed(book, path, value);
        match value {
            Some(amount) => self.exchange(book, leaf, amount.currency(), self.currency),
            None => leaf,
        }
    }

    /// A typed amount, in the currency in which it is typed.
    pub fn typed(&self, book: &mut Book, path: String, value: Option<Money>) -> NodeId {
        self.leaf(book, path, value.map(Quantity::Money), |written| {
            value.is_some_and(|value| value.to_string() == written)
        })
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
