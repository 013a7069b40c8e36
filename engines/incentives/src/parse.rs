//! Text to typed tree, within bounds: a form that cannot be read in a moment is refused.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::expression::{Binary, Expression, Function, Unary};

/// Longest expression accepted, in characters.
pub const MAX_TEXT: usize = 2_000;
/// Deepest nesting accepted.
pub const MAX_DEPTH: usize = 40;
/// Most nodes accepted in one expression.
pub const MAX_NODES: usize = 400;

/// Why an expression could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseError {
    /// The text is longer than the bound.
    #[error("the expression has {given} characters; at most {limit} are read")]
    TooLong {
        /// Characters given.
        given: usize,
        /// The bound.
        limit: usize,
    },
    /// The nesting is deeper than the bound.
    #[error("the expression nests deeper than {limit}")]
    TooDeep {
        /// The bound.
        limit: usize,
    },
    /// More nodes than the bound.
    #[error("the expression has more than {limit} parts")]
    TooLarge {
        /// The bound.
        limit: usize,
    },
    /// A sign that means nothing here.
    #[error("unexpected {found} at character {at}")]
    Unexpected {
        /// What stands there.
        found: String,
        /// Where, counted from zero.
        at: usize,
    },
    /// A function that does not exist.
    #[error("there is no function {name}")]
    UnknownFunction {
        /// The name used.
        name: String,
    },
    /// A function with a number of arguments that cannot be meant.
    #[error("{name} does not take {given} arguments")]
    WrongArguments {
        /// The function.
        name: String,
        /// Arguments given.
        given: usize,
    },
    /// A number out of range.
    #[error("{text} is not a number that can be held exactly")]
    BadNumber {
        /// The text.
        text: String,
    },
}

/// An expression together with the text it was read from.
///
/// Serialises as its text, so that a policy file is read and written as people write it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Formula {
    text: String,
    expression: Expression,
    names: Vec<String>,
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// When the text is no expression or passes a bound.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(Self::written(text.to_owned(), parse(text)?))
    }

    /// The formula of an expression, with the text that reads as it.
    #[must_use]
    pub fn of(expression: Expression) -> Self {
        Self::written(expression.to_string(), expression)
    }

    fn written(text: String, expression: Expression) -> Self {
        let names = expression.names().into_iter().map(str::to_owned).collect();
        Self { text, expression, names }
    }

    /// Every name used, in order of appearance, without repetition.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The text as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree.
    #[must_use]
    pub fn expression(&self) -> &Expression {
        &self.expression
    }
}

impl TryFrom<String> for Formula {
    type Error = ParseError;
    fn try_from(text: String) -> Result<Self, ParseError> {
        Self::parse(&text)
    }
}

impl From<Formula> for String {
    fn from(formula: Formula) -> Self {
        formula.text
    }
}

impl schemars::JsonSchema for Formula {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Formula".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "maxLength": MAX_TEXT })
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(Decimal),
    Text(String),
    Name(String),
    Sign(&'static str),
}

struct Placed {
    token: Token,
    at: usize,
}

const SIGNS: [&str; 13] = ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "(", ")", ","];

/// Reads an expression.
///
/// # Errors
/// When the text is no expression or passes a bound.
pub fn parse(text: &str) -> Result<Expression, ParseError> {
    let given = text.chars().count();
    if given > MAX_TEXT {
        return Err(ParseError::TooLong { given, limit: MAX_TEXT });
    }
    let mut reader = Reader { tokens: tokenize(text)?, next: 0, nodes: 0, end: text.len() };
    let expression = reader.expression(0, 0)?;
    match reader.tokens.get(reader.next) {
        None => Ok(expression),
        Some(placed) => Err(unexpected(placed)),
    }
}

fn tokenize(text: &str) -> Result<Vec<Placed>, ParseError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if first.is_ascii_digit() {
            let length =
                rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')).unwrap_or(rest.len());
            let plain = rest[..length].replace('_', "");
            let number =
                Decimal::from_str(&plain).map_err(|_| ParseError::BadNumber { text: plain.clone() })?;
            tokens.push(Placed { token: Token::Number(number), at });
            at += length;
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            tokens.push(Placed { token: Token::Name(rest[..length].to_owned()), at });
            at += length;
        } else if first == '"' {
            let length = rest[1..]
                .find('"')
                .ok_or_else(|| ParseError::Unexpected { found: "an open quotation mark".to_owned(), at })?;
            tokens.push(Placed { token: Token::Text(rest[1..=length].to_owned()), at });
            at += length + 2;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push(Placed { token: Token::Sign(sign), at });
            at += sign.len();
        } else {
            return Err(ParseError::Unexpected { found: first.to_string(), at });
        }
    }
    Ok(tokens)
}

fn unexpected(placed: &Placed) -> ParseError {
    let found = match &placed.token {
        Token::Number(number) => number.to_string(),
        Token::Text(text) => format!("\"{text}\""),
        Token::Name(name) => name.clone(),
        Token::Sign(sign) => (*sign).to_owned(),
    };
    ParseError::Unexpected { found, at: placed.at }
}

struct Reader {
    tokens: Vec<Placed>,
    next: usize,
    nodes: usize,
    end: usize,
}

impl Reader {
    fn node(&mut self, expression: Expression) -> Result<Expression, ParseError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(ParseError::TooLarge { limit: MAX_NODES });
        }
        Ok(expression)
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(
            self.tokens.get(self.next).map(|placed| &placed.token),
            Some(Token::Sign(given)) if *given == sign
        );
        if found {
            self.next += 1;
        }
        found
    }

    fn expect_sign(&mut self, sign: &str) -> Result<(), ParseError> {
        if self.take_sign(sign) {
            return Ok(());
        }
        Err(self.tokens.get(self.next).map_or_else(
            || ParseError::Unexpected { found: format!("the end, where {sign} was due"), at: self.end },
            unexpected,
        ))
    }

    /// Precedence climbing; comparisons do not chain.
    fn expression(&mut self, floor: u8, depth: usize) -> Result<Expression, ParseError> {
        if depth > MAX_DEPTH {
            return Err(ParseError::TooDeep { limit: MAX_DEPTH });
        }
        let mut left = self.operand(depth)?;
        while let Some((operator, power)) = self.operator() {
            if power < floor {
                break;
            }
            self.next += 1;
            let right = self.expression(power + 1, depth + 1)?;
            left = self.node(Expression::Binary(operator, Box::new(left), Box::new(right)))?;
        }
        Ok(left)
    }

    fn operator(&self) -> Option<(Binary, u8)> {
        let operator = match &self.tokens.get(self.next)?.token {
            Token::Name(name) if name == "or" => Binary::Or,
            Token::Name(name) if name == "and" => Binary::And,
            Token::Sign("<") => Binary::Less,
            Token::Sign("<=") => Binary::LessOrEqual,
            Token::Sign(">") => Binary::Greater,
            Token::Sign(">=") => Binary::GreaterOrEqual,
            Token::Sign("==") => Binary::Equal,
            Token::Sign("!=") => Binary::NotEqual,
            Token::Sign("+") => Binary::Add,
            Token::Sign("-") => Binary::Subtract,
            Token::Sign("*") => Binary::Multiply,
            Token::Sign("/") => Binary::Divide,
            Token::Number(_) | Token::Text(_) | Token::Name(_) | Token::Sign(_) => return None,
        };
        Some((operator, operator.power()))
    }

    fn operand(&mut self, depth: usize) -> Result<Expression, ParseError> {
        let Some(placed) = self.tokens.get(self.next) else {
            return Err(ParseError::Unexpected { found: "the end".to_owned(), at: self.end });
        };
        let token = placed.token.clone();
        let wrong = unexpected(placed);
        self.next += 1;
        match token {
            Token::Number(number) => self.node(Expression::Number(number)),
            Token::Text(text) => self.node(Expression::Text(text)),
            Token::Sign("(") => {
                let inner = self.expression(0, depth + 1)?;
                self.expect_sign(")")?;
                Ok(inner)
            }
            Token::Sign("-") => {
                let operand = self.expression(7, depth + 1)?;
                self.node(Expression::Unary(Unary::Negate, Box::new(operand)))
            }
            Token::Name(name) if name == "not" => {
                let operand = self.expression(3, depth + 1)?;
                self.node(Expression::Unary(Unary::Not, Box::new(operand)))
            }
            Token::Name(name) if name == "true" => self.node(Expression::Flag(true)),
            Token::Name(name) if name == "false" => self.node(Expression::Flag(false)),
            Token::Name(name) if name == "and" || name == "or" => Err(wrong),
            Token::Name(name) => {
                if self.take_sign("(") {
                    self.call(name, depth)
                } else {
                    self.node(Expression::Name(name))
                }
            }
            Token::Sign(_) => Err(wrong),
        }
    }

    fn call(&mut self, name: String, depth: usize) -> Result<Expression, ParseError> {
        let Some(function) = Function::named(&name) else {
            return Err(ParseError::UnknownFunction { name });
        };
        let mut arguments = Vec::new();
        if !self.take_sign(")") {
            loop {
                arguments.push(self.expression(0, depth + 1)?);
                if self.take_sign(")") {
                    break;
                }
                self.expect_sign(",")?;
            }
        }
        if !function.accepts(arguments.len()) {
            return Err(ParseError::WrongArguments { name, given: arguments.len() });
        }
        self.node(Expression::Call(function, arguments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precedence_is_that_of_arithmetic() {
        assert_eq!(parse("1 + 2 * 3"), parse("1 + (2 * 3)"));
        assert_eq!(parse("a - b - c"), parse("(a - b) - c"));
        assert_eq!(parse("not a and b or c"), parse("((not a) and b) or c"));
        assert_eq!(parse("-a + b"), parse("(-a) + b"));
        assert_eq!(parse("a + b < c * d"), parse("(a + b) < (c * d)"));
    }

    #[test]
    fn an_expression_is_written_with_no_more_brackets_than_it_needs() {
        for text in [
            "a - (b - c) * -2 / (d + e)",
            "not (a and b) or not c == d",
            "(not a) == b and (c or d)",
            "if(a >= 1.50, tiered(x, 0.3, 1000000, 0.25), round(-(a + b), 2, \"half_up\"))",
        ] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn bounds_hold() {
        let deep = format!("{}1{}", "(".repeat(60), ")".repeat(60));
        assert_eq!(parse(&deep), Err(ParseError::TooDeep { limit: MAX_DEPTH }));
        let wide = vec!["1"; 500].join("+");
        assert!(matches!(parse(&wide), Err(ParseError::TooLarge { .. })));
        assert!(matches!(parse(&"a".repeat(3_000)), Err(ParseError::TooLong { .. })));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(matches!(parse("1 +"), Err(ParseError::Unexpected { .. })));
        assert!(matches!(parse("f(1)"), Err(ParseError::UnknownFunction { .. })));
        assert!(matches!(parse("clamp(1)"), Err(ParseError::WrongArguments { .. })));
        assert!(matches!(parse("\"open"), Err(ParseError::Unexpected { .. })));
        assert!(matches!(parse("1 2"), Err(ParseError::Unexpected { .. })));
    }
}
