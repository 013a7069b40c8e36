//! Operations in words.

use recoup_explain::{Comparison, How, Leaf, Operation};
use recoup_money::Rounding;

/// The rule of a node and its rounding.
pub(crate) fn rule(how: &How) -> String {
    match how {
        How::Leaf(Leaf::Cell { .. }) => "typed; exact".to_owned(),
        How::Leaf(Leaf::Assumption { .. }) => "assumption".to_owned(),
        How::Leaf(Leaf::Clause(_)) => "statute".to_owned(),
        How::Leaf(Leaf::DatedRate { .. }) => "dated rate".to_owned(),
        How::Computed(operation) => {
            let name = operation_words(*operation);
            match operation.rounding() {
                Some(rounding) => format!("{name}; {}", rounding_words(rounding)),
                None => name.to_owned(),
            }
        }
    }
}

fn operation_words(operation: Operation) -> &'static str {
    match operation {
        Operation::Carry => "same as",
        Operation::Placed => "the same, when it falls due",
        Operation::Solved => "solved for",
        Operation::Sum => "sum",
        Operation::Difference => "first less the others",
        Operation::Negate => "sign changed",
        Operation::Product => "product",
        Operation::Scale { .. } => "amount times rate",
        Operation::Quotient => "first divided by second",
        Operation::Least => "least of",
        Operation::Greatest => "greatest of",
        Operation::Round { .. } => "rounded",
        Operation::ToMoney { .. } => "rounded to the cent",
        Operation::ToNumber => "as a number",
        Operation::Convert { .. } => "converted at the dated rate",
        Operation::Apportion { .. } => "part of a split, largest remainder",
        Operation::Tiered => "marginal rates",
        Operation::Banded => "rate of the band on the whole",
        Operation::If => "depends on a condition",
        Operation::All => "all of",
        Operation::Any => "any of",
        Operation::Not => "not",
        Operation::Compare(Comparison::Less) => "less than",
        Operation::Compare(Comparison::AtMost) => "at most",
        Operation::Compare(Comparison::Equal) => "equal to",
        Operation::Compare(Comparison::Different) => "different from",
        Operation::Compare(Comparison::AtLeast) => "at least",
        Operation::Compare(Comparison::Greater) => "greater than",
        Operation::Given => "is given",
        Operation::FirstGiven => "first that is given",
        Operation::YearFraction { .. } => "years by day count",
        Operation::AddMonths => "months later",
        Operation::AddDays => "days later",
        Operation::DateOfGreatest => "date of the greatest",
        Operation::ReturnOnGrid => "annual effective rate on the quarterly grid",
        Operation::ReturnOnDates => "annual rate on true dates, ACT/365F",
        Operation::PresentValue { .. } => "value at the discount rate, whole months",
        Operation::Settle { .. } => "whole cents of what is due, the rest by largest remainder",
        Operation::Payback => "months until the money is back",
    }
}

fn rounding_words(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::HalfUp => "half-up",
        Rounding::HalfEven => "half-even",
        Rounding::Down => "down",
        Rounding::Up => "up",
        Rounding::Floor => "floor",
        Rounding::Ceiling => "ceiling",
    }
}
