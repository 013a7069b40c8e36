//! The small total language in which the law is written down: its values and its syntax tree.

use std::collections::BTreeSet;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A value of the language. `Absent` means *not given*: it is never zero, and it spreads through
/// arithmetic until a line says what to do without it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// An exact decimal: an amount, a rate, a count.
    Number(Decimal),
    /// A yes or a no.
    Flag(bool),
    /// A word out of a list, such as a category.
    Text(String),
    /// Items that a rule treats one by one, such as the pay of each person.
    List(Vec<Decimal>),
    /// Not given, or not computable from what is given.
    Absent,
}

impl Value {
    /// The number, where the value is one.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Flag(_) | Self::Text(_) | Self::List(_) | Self::Absent => None,
        }
    }

    /// The flag, where the value is one.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            Self::Number(_) | Self::Text(_) | Self::List(_) | Self::Absent => None,
        }
    }

    /// Whether anything was given.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The name of the value's type, for messages.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Flag(_) => "flag",
            Self::Text(_) => "text",
            Self::List(_) => "list",
            Self::Absent => "absent",
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{}", number.normalize()),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Text(text) => f.write_str(text),
            Self::List(items) => {
                let shown: Vec<String> = items.iter().map(|i| i.normalize().to_string()).collect();
                write!(f, "[{}]", shown.join(", "))
            }
            Self::Absent => f.write_str("not given"),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.collect_str(&number.normalize()),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                serializer.collect_seq(items.iter().map(|item| item.normalize().to_string()))
            }
            Self::Absent => serializer.serialize_none(),
        }
    }
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binary {
    /// Sum of two numbers.
    Add,
    /// Difference of two numbers.
    Subtract,
    /// Product of two numbers.
    Multiply,
    /// Quotient; a zero divisor is a typed error.
    Divide,
    /// Strictly below.
    Less,
    /// Below or equal.
    LessOrEqual,
    /// Strictly above.
    Greater,
    /// Above or equal.
    GreaterOrEqual,
    /// Equal; texts are compared without regard to case.
    Equal,
    /// Not equal.
    NotEqual,
    /// Both; a single *no* decides even where the other is not given.
    And,
    /// Either; a single *yes* decides even where the other is not given.
    Or,
}

impl Binary {
    /// Whether it compares two values.
    #[must_use]
    pub fn compares(self) -> bool {
        matches!(
            self,
            Self::Less
                | Self::LessOrEqual
                | Self::Greater
                | Self::GreaterOrEqual
                | Self::Equal
                | Self::NotEqual
        )
    }

    /// The sign as written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::And => "and",
            Self::Or => "or",
        }
    }

    /// How tightly it binds; the higher, the tighter.
    pub(crate) fn power(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Less
            | Self::LessOrEqual
            | Self::Greater
            | Self::GreaterOrEqual
            | Self::Equal
            | Self::NotEqual => 4,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide => 6,
        }
    }
}

/// An operator before one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unary {
    /// Minus.
    Negate,
    /// Logical not; not-given stays not given.
    Not,
}

/// The closed set of functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// `min(a, b, …)`: the lowest.
    Min,
    /// `max(a, b, …)`: the highest.
    Max,
    /// `clamp(x, low, high)`.
    Clamp,
    /// `if(test, then, otherwise)`; only the branch taken is evaluated.
    If,
    /// `sum(list)` or `sum(a, b, …)`.
    Sum,
    /// `sum_capped(list, cap)`: each item up to the cap (pay per person, cost per account).
    SumCapped,
    /// `sum_excess(list, cap)`: what lies above the cap, item by item.
    SumExcess,
    /// `count(list)`.
    Count,
    /// `round(x, digits, mode)`.
    Round,
    /// `round_money(x)`: half-up to the minor unit of the program's currency.
    RoundMoney,
    /// `tiered(x, rate, bound, rate, …)`: marginal rates, each on its own slice.
    Tiered,
    /// `banded(x, value, bound, value, …)`: the value of the band in which all of x lies.
    Banded,
    /// `choose(word, "a", value, "b", value, …, otherwise)`.
    Choose,
    /// `or_else(x, y)`: y where x is not given.
    OrElse,
    /// `given(x)`: whether x is given.
    Given,
    /// `refused(x)`: whether x is given and is *no*.
    Refused,
    /// `starts_with(word, "prefix")`, without regard to case.
    StartsWith,
}

impl Function {
    /// Every function with the name it is written by.
    pub const ALL: [(&'static str, Self); 17] = [
        ("min", Self::Min),
        ("max", Self::Max),
        ("clamp", Self::Clamp),
        ("if", Self::If),
        ("sum", Self::Sum),
        ("sum_capped", Self::SumCapped),
        ("sum_excess", Self::SumExcess),
        ("count", Self::Count),
        ("round", Self::Round),
        ("round_money", Self::RoundMoney),
        ("tiered", Self::Tiered),
        ("banded", Self::Banded),
        ("choose", Self::Choose),
        ("or_else", Self::OrElse),
        ("given", Self::Given),
        ("refused", Self::Refused),
        ("starts_with", Self::StartsWith),
    ];

    /// The function of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    /// The name it is written by.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }

    /// Whether that number of arguments can be meant.
    #[must_use]
    pub fn accepts(self, arguments: usize) -> bool {
        match self {
            Self::Min | Self::Max | Self::Sum => arguments >= 1,
            Self::Clamp | Self::If | Self::Round => arguments == 3,
            Self::SumCapped | Self::SumExcess | Self::OrElse | Self::StartsWith => arguments == 2,
            Self::Count | Self::RoundMoney | Self::Given | Self::Refused => arguments == 1,
            Self::Tiered | Self::Banded => arguments >= 2 && arguments.is_multiple_of(2),
            Self::Choose => arguments >= 4 && arguments.is_multiple_of(2),
        }
    }
}

/// A parsed expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A literal number.
    Number(Decimal),
    /// A literal word.
    Text(String),
    /// A literal yes or no.
    Flag(bool),
    /// An input, a constant or another line.
    Name(String),
    /// An operator before one operand.
    Unary(Unary, Box<Expression>),
    /// An operator between two operands.
    Binary(Binary, Box<Expression>, Box<Expression>),
    /// A function of the closed set.
    Call(Function, Vec<Expression>),
}

impl Expression {
    /// Calls `visit` on this expression and everything below it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        visit(self);
        match self {
            Self::Number(_) | Self::Text(_) | Self::Flag(_) | Self::Name(_) => {}
            Self::Unary(_, operand) => operand.walk(visit),
            Self::Binary(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Self::Call(_, arguments) => {
                for argument in arguments {
                    argument.walk(visit);
                }
            }
        }
    }

    /// Every name used, in order of appearance, without repetition.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        self.walk(&mut |expression| {
            if let Self::Name(name) = expression
                && seen.insert(name.as_str())
            {
                names.push(name);
            }
        });
        names
    }
}

/// How tightly an expression holds together where it stands inside another.
fn power(expression: &Expression) -> u8 {
    match expression {
        Expression::Binary(operator, ..) => operator.power(),
        Expression::Unary(Unary::Not, _) => 3,
        Expression::Unary(Unary::Negate, _) => 7,
        Expression::Number(number) if number.is_sign_negative() => 7,
        Expression::Number(_)
        | Expression::Text(_)
        | Expression::Flag(_)
        | Expression::Name(_)
        | Expression::Call(..) => 8,
    }
}

/// The text that reads as this expression again, with no more brackets than it needs.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operand = |f: &mut fmt::Formatter<'_>, inner: &Self, floor: u8| {
            if power(inner) < floor { write!(f, "({inner})") } else { write!(f, "{inner}") }
        };
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Name(name) => f.write_str(name),
            Self::Unary(Unary::Negate, inner) => {
                f.write_str("-")?;
                operand(f, inner, 7)
            }
            Self::Unary(Unary::Not, inner) => {
                f.write_str("not ")?;
                operand(f, inner, 3)
            }
            Self::Binary(operator, left, right) => {
                operand(f, left, operator.power())?;
                write!(f, " {} ", operator.sign())?;
                operand(f, right, operator.power() + 1)
            }
            Self::Call(function, arguments) => {
                write!(f, "{}(", function.name())?;
                for (index, argument) in arguments.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{argument}")?;
                }
                f.write_str(")")
            }
        }
    }
}
