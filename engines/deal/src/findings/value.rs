//! The values a finding speaks of.

use std::collections::BTreeMap;

use recoup_calendar::{Date, YearMonth};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One value of a finding, typed so that each language can write it in its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum FindingValue {
    /// An amount.
    Money(Money),
    /// A fraction that people read as per cent.
    Rate(Decimal),
    /// A number that is neither an amount nor a share.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// A month.
    Month(YearMonth),
    /// How many.
    Count(i64),
    /// What something is called, as somebody typed it; the same in every language.
    Name(String),
    /// Ids in an order, such as the tiers of a circle: for a drawing, and joined by arrows in a sentence.
    Route(Vec<String>),
    /// Part of a sentence that has templates of its own.
    Phrase(Phrase),
    /// Which of the code's sentences applies; never printed.
    Case(String),
}

/// Part of a sentence: a reason, a doubt. A phrase whose code no language knows is said as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Its code among the phrases of the templates.
    pub code: String,
    /// Its values.
    pub values: BTreeMap<String, FindingValue>,
}

impl Phrase {
    /// A phrase without values yet.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), values: BTreeMap::new() }
    }

    /// Why there is no figure: a cell that nobody has typed, or what the engine says.
    pub fn reason(missing_cell: Option<&str>, otherwise: impl ToString) -> Self {
        match missing_cell {
            Some(cell) => Self::new("not_given").with("cell", cell),
            None => Self::new(otherwise.to_string()),
        }
    }

    /// The same phrase with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<FindingValue>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }
}

impl From<Money> for FindingValue {
    fn from(amount: Money) -> Self {
        Self::Money(amount)
    }
}
impl From<Date> for FindingValue {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}
impl From<YearMonth> for FindingValue {
    fn from(month: YearMonth) -> Self {
        Self::Month(month)
    }
}
impl From<i64> for FindingValue {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}
impl From<i32> for FindingValue {
    fn from(count: i32) -> Self {
        Self::Count(i64::from(count))
    }
}
impl From<&str> for FindingValue {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}
impl From<&String> for FindingValue {
    fn from(name: &String) -> Self {
        Self::Name(name.clone())
    }
}
impl From<String> for FindingValue {
    fn from(name: String) -> Self {
        Self::Name(name)
    }
}
impl From<Currency> for FindingValue {
    fn from(currency: Currency) -> Self {
        Self::Name(currency.code().to_owned())
    }
}
impl From<Phrase> for FindingValue {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}
