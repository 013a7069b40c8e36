//! What a node is worth.

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_money::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The value of a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Quantity {
    /// An exact amount in minor units of one currency.
    Money(Money),
    /// A rate, share, factor, count or an amount not yet rounded to minor units.
    Number(Decimal),
    /// The answer to a question.
    Flag(bool),
    /// A civil date.
    Date(Date),
    /// Nothing could be computed, and why.
    Absent(Absence),
}

/// Why a quantity is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Absence {
    /// The producer has not typed it yet.
    #[error("{path} is not given")]
    Missing {
        /// Path of the empty cell in the deal.
        path: Arc<str>,
    },
    /// The arithmetic has no answer: overflow, mixed currencies, division by zero.
    #[error("{message}")]
    Arithmetic {
        /// What went wrong, with the operation's name.
        message: Arc<str>,
    },
    /// The figure does not exist for this deal, for example a rate of return without a positive flow.
    #[error("{message}")]
    Undefined {
        /// Why there is no such figure.
        message: Arc<str>,
    },
}

impl Absence {
    /// A cell that has not been typed.
    pub fn missing(path: impl Into<Arc<str>>) -> Self {
        Self::Missing { path: path.into() }
    }
    /// Arithmetic without an answer.
    pub fn arithmetic(message: impl Into<Arc<str>>) -> Self {
        Self::Arithmetic { message: message.into() }
    }
    /// A figure that does not exist for this deal.
    pub fn undefined(message: impl Into<Arc<str>>) -> Self {
        Self::Undefined { message: message.into() }
    }
    /// The empty cell, when that is the reason.
    pub fn missing_cell(&self) -> Option<&str> {
        if let Self::Missing { path } = self { Some(path) } else { None }
    }
}

impl Quantity {
    /// The amount, when it is one.
    pub fn as_money(&self) -> Option<Money> {
        if let Self::Money(money) = self { Some(*money) } else { None }
    }
    /// The number, when it is one.
    pub fn as_number(&self) -> Option<Decimal> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }
    /// The answer, when it is one.
    pub fn as_flag(&self) -> Option<bool> {
        if let Self::Flag(flag) = self { Some(*flag) } else { None }
    }
    /// The date, when it is one.
    pub fn as_date(&self) -> Option<Date> {
        if let Self::Date(date) = self { Some(*date) } else { None }
    }
    /// The reason, when nothing could be computed.
    pub fn absence(&self) -> Option<&Absence> {
        if let Self::Absent(absence) = self { Some(absence) } else { None }
    }
    /// The name of the kind, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Money(_) => "money",
            Self::Number(_) => "number",
            Self::Flag(_) => "flag",
            Self::Date(_) => "date",
            Self::Absent(_) => "absent",
        }
    }
}

impl From<Money> for Quantity {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}
impl From<Decimal> for Quantity {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}
impl From<bool> for Quantity {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}
impl From<Date> for Quantity {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}
