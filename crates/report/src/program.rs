//! A program's form as a sheet of live formulas: what it asks for, the numbers of the law, the lines, the
//! conditions, and what is left of the credit.
//!
//! The sheet is generated from the same lines that the engine computes; nothing of a program is written here.

use std::str::FromStr;

use recoup_incentives::{Confidence, Input, InputDefault, Unit, Value};
use recoup_money::Currency;
use rust_decimal::Decimal;

use crate::excel::{Formula, Kind};
use crate::table::{Figure, RowStyle};

/// How many items a list has room for.
const LIST_ROOM: usize = 8;

/// A form with its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Currency of its amounts.
    pub currency: Currency,
    /// The word for what is not given.
    pub word: String,
    /// Rows in order, part by part.
    pub rows: Vec<FormRow>,
}

/// A part of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormPart {
    /// What it asks for.
    Asked,
    /// The numbers of the law.
    Law,
    /// The computation.
    Lines,
    /// What the law demands.
    Conditions,
    /// What is left of the credit, and when it comes.
    Left,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormRow {
    /// Its part.
    pub part: FormPart,
    /// The key of its cell.
    pub key: String,
    /// In a producer's words.
    pub label: String,
    /// Where it comes from, or how it is computed, in words.
    pub ground: String,
    /// Where in the law it stands.
    pub clause: String,
    /// The document in which that was read.
    pub source: String,
    /// How sure it is, in words.
    pub confidence: String,
    /// The words it is chosen from, where there are such.
    pub options: Vec<String>,
    /// Its derivation tag.
    pub tag: String,
    /// What it is measured in.
    pub unit: Unit,
    /// Its value in the engine, unrounded.
    pub value: Value,
    /// What its cell holds.
    pub cell: FormCell,
    /// Weight and rules.
    pub style: RowStyle,
    /// The same as a figure of the book, where it is one.
    pub figure: Option<Figure>,
}

/// What a cell of a form holds.
#[derive(Debug, Clone, PartialEq)]
pub enum FormCell {
    /// Something asked for: what the deal offers, and what is typed in its place.
    Asked {
        /// How the deal gives it.
        offered: Offer,
        /// Typed over it.
        typed: Option<Value>,
    },
    /// A number of the law, or a line that is given instead of computed.
    Typed,
    /// A formula.
    Computed(Formula),
    /// A value that no formula of a cell can follow.
    Written,
}

/// What a deal gives for something that a form asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Offer {
    /// Nothing.
    Nothing,
    /// A value: the form's default, or a word of the deal.
    Value(Value),
    /// Read from other cells.
    Live(Formula),
}

/// The kind of a value, by what it is measured in.
pub(crate) fn kind_of(unit: Unit) -> Kind {
    match unit {
        Unit::Money | Unit::Rate | Unit::Number => Kind::Number,
        Unit::Flag => Kind::Flag,
        Unit::Text => Kind::Text,
        Unit::List => Kind::List,
    }
}

/// What a form takes where nothing is given.
pub(crate) fn default_of(input: &Input) -> Option<Value> {
    let decimal = |text: &String| Decimal::from_str(text).ok();
    match input.default.as_ref()? {
        InputDefault::Flag(flag) => Some(Value::Flag(*flag)),
        InputDefault::Text(text) if input.unit == Unit::Text => Some(Value::Text(text.clone())),
        InputDefault::Text(text) => decimal(text).map(Value::Number),
        InputDefault::List(items) => items.iter().map(decimal).collect::<Option<_>>().map(Value::List),
    }
}

/// How sure a fact is, as a key of the words.
pub(crate) fn confidence_words(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "confidence.high",
        Confidence::Medium => "confidence.medium",
        Confidence::Low => "confidence.unverified",
    }
}

/// The key of a number of the law.
pub(crate) fn constant_key(key: &str, id: &str) -> String {
    format!("incentives.{key}.law.{id}")
}

/// The key of a line: not its address, which is that of the rounded amount.
pub(crate) fn line_key(key: &str, id: &str) -> String {
    format!("incentives.{key}.lines.{id}")
}

/// The key of a condition.
pub(crate) fn condition_key(key: &str, id: &str) -> String {
    format!("incentives.{key}.condition.{id}")
}

impl FormRow {
    /// How many rows of a sheet it takes: a list has a row for each item and some to spare.
    pub(crate) fn high(&self) -> u32 {
        match (&self.cell, self.unit) {
            (FormCell::Asked { typed, .. }, Unit::List) => {
                let items = match typed {
                    Some(Value::List(items)) => items.len(),
                    _ => 0,
                };
                u32::try_from(items.max(LIST_ROOM)).unwrap_or(u32::MAX)
            }
            _ => 1,
        }
    }
}
