//! Formulas of a workbook: what a program's form computes, in the language of spreadsheets.
//!
//! A [`Formula`] names cells by key; where they stand is known only when the workbook is laid out. It uses the
//! part of the language that every office has had since 2013, no macro, no array entry and no defined name.
//!
//! *Not given* is `#N/A` inside a formula, because it spreads there as it spreads in a form, and a word in the
//! cell, because a financier is shown no errors. A reference to a cell that may hold the word turns it back.

mod derived;
mod law;
mod runs;
mod shapes;
mod waterfall;
mod workings;

use std::fmt::Write as _;

use rust_decimal::Decimal;

pub(crate) use derived::{Derived, Homes, cell_key};
pub use law::{Kind, Named, Translation, translate};
pub(crate) use waterfall::build as build_waterfall;
pub use waterfall::{Ledger, LedgerCell, LedgerColumn, LedgerContent, LedgerPart, LedgerRow, LedgerUnit};
pub(crate) use workings::{NONE, build as build_workings, named};
pub use workings::{Rounds, WorkingCell, WorkingContent, WorkingPart, WorkingRow, Workings};

/// A formula over named cells.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number.
    Number(Decimal),
    /// A word.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A cell, or the cells of a list, by key.
    Cell(String),
    /// All cells from one to another, by key.
    Range(String, String),
    /// Minus.
    Minus(Box<Formula>),
    /// Two operands and a sign.
    Infix(&'static str, Box<Formula>, Box<Formula>),
    /// A function.
    Call(&'static str, Vec<Formula>),
}

impl Formula {
    pub(crate) fn infix(sign: &'static str, left: Self, right: Self) -> Self {
        Self::Infix(sign, Box::new(left), Box::new(right))
    }

    /// A cell whose word for *not given* is turned back into what spreads.
    pub(crate) fn given(cell: &str, kind: Kind, word: &str) -> Self {
        let cell = Self::Cell(cell.to_owned());
        let lacks = match kind {
            Kind::Text => Self::infix("=", cell.clone(), Self::Text(word.to_owned())),
            Kind::Number | Kind::Flag | Kind::List => Self::Call("ISTEXT", vec![cell.clone()]),
        };
        Self::Call("IF", vec![lacks, Self::nothing(), cell])
    }

    /// What is not given.
    pub(crate) fn nothing() -> Self {
        Self::Call("NA", Vec::new())
    }

    /// The other formula where this one is not given; any other error stays.
    pub(crate) fn or(self, other: Self) -> Self {
        Self::Call("_xlfn.IFNA", vec![self, other])
    }

    /// The word where this formula has no value.
    pub(crate) fn or_word(self, word: &str) -> Self {
        Self::Call("IFERROR", vec![self, Self::Text(word.to_owned())])
    }

    /// Half-up to so many places, as the engine rounds.
    pub(crate) fn rounded(self, places: u32) -> Self {
        Self::Call("ROUND", vec![self, Self::Number(places.into())])
    }

    /// The same over cells of other names.
    pub(crate) fn renamed(&self, own: &dyn Fn(&str) -> String) -> Self {
        match self {
            Self::Number(_) | Self::Text(_) | Self::Flag(_) => self.clone(),
            Self::Cell(key) => Self::Cell(own(key)),
            Self::Range(from, to) => Self::Range(own(from), own(to)),
            Self::Minus(inner) => Self::Minus(Box::new(inner.renamed(own))),
            Self::Infix(sign, left, right) => Self::infix(sign, left.renamed(own), right.renamed(own)),
            Self::Call(name, arguments) => {
                Self::Call(name, arguments.iter().map(|argument| argument.renamed(own)).collect())
            }
        }
    }

    /// The cells it names.
    pub fn cells(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.gather(&mut found);
        found
    }

    fn gather<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Number(_) | Self::Text(_) | Self::Flag(_) => {}
            Self::Cell(key) => found.push(key),
            Self::Range(from, to) => found.extend([from.as_str(), to.as_str()]),
            Self::Minus(inner) => inner.gather(found),
            Self::Infix(_, left, right) => {
                left.gather(found);
                right.gather(found);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|argument| argument.gather(found)),
        }
    }

    /// As a cell holds it, with an equals sign; nothing where a cell it names stands nowhere.
    pub fn text(&self, place: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let mut out = "=".to_owned();
        self.write(&mut out, place)?;
        Some(out)
    }

    fn write(&self, out: &mut String, place: &dyn Fn(&str) -> Option<String>) -> Option<()> {
        match self {
            Self::Number(number) => out.push_str(&number.normalize().to_string()),
            Self::Text(text) => {
                // Writing to a string does not fail.
                let _ = write!(out, "\"{}\"", text.replace('"', "\"\""));
            }
            Self::Flag(flag) => out.push_str(if *flag { "TRUE" } else { "FALSE" }),
            Self::Cell(key) => out.push_str(&place(key)?),
            Self::Range(from, to) => out.push_str(&range(&place(from)?, &place(to)?)),
            Self::Minus(inner) => {
                out.push('-');
                inner.operand(out, place, 4)?;
            }
            Self::Infix(sign, left, right) => {
                let power = power(sign);
                left.operand(out, place, power)?;
                out.push_str(sign);
                right.operand(out, place, power + 1)?;
            }
            Self::Call(name, arguments) => {
                out.push_str(name);
                out.push('(');
                let mut written = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    let mut text = String::new();
                    argument.write(&mut text, place)?;
                    written.push(text);
                }
                // Neighbours are added as one range.
                let written = if *name == "SUM" { runs::joined(written) } else { written };
                out.push_str(&written.join(","));
                out.push(')');
            }
        }
        Some(())
    }

    fn operand(&self, out: &mut String, place: &dyn Fn(&str) -> Option<String>, floor: u8) -> Option<()> {
        let own = match self {
            Self::Infix(sign, ..) => power(sign),
            // Two signs beside each other are hard to read.
            Self::Minus(_) => 1,
            Self::Number(number) if number.is_sign_negative() => 1,
            Self::Number(_)
            | Self::Text(_)
            | Self::Flag(_)
            | Self::Cell(_)
            | Self::Range(..)
            | Self::Call(..) => 5,
        };
        if own < floor {
            out.push('(');
            self.write(out, place)?;
            out.push(')');
            Some(())
        } else {
            self.write(out, place)
        }
    }
}

/// From one cell to another of the same sheet.
fn range(from: &str, to: &str) -> String {
    let last = to.rsplit_once('!').map_or(to, |(_, cell)| cell);
    format!("{from}:{last}")
}

/// How tightly a sign binds.
fn power(sign: &str) -> u8 {
    match sign {
        "*" | "/" => 3,
        "+" | "-" => 2,
        _ => 1,
    }
}
