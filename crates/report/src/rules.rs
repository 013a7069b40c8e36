//! Operations in words.

use recoup_explain::{Comparison, How, Leaf, Operation};
use recoup_money::Rounding;

use crate::words::Words;

/// The rule of a node and its rounding.
pub(crate) fn rule(how: &How, words: &Words) -> String {
    let key = match how {
        How::Leaf(Leaf::Cell { .. }) => "rule.typed",
        How::Leaf(Leaf::Assumption { .. }) => "rule.assumption",
        How::Leaf(Leaf::Clause(_)) => "rule.statute",
        How::Leaf(Leaf::DatedRate { .. }) => "rule.dated_rate",
        How::Computed(operation) => {
            let name = words.say(operation_key(*operation));
            return match operation.rounding() {
                Some(rounding) => format!("{name}; {}", words.say(rounding_key(rounding))),
                None => name.to_owned(),
            };
        }
    };
    words.own(key)
}

/// How a figure of a simulation follows from its paths, by the parts of its address.
pub(crate) fn drawn(parts: &[&str]) -> &'static str {
    match parts {
        ["sensitivity", .., "first" | "total"] => "rule.index",
        ["sensitivity", ..] => "rule.moved",
        [.., "mean"] => "rule.mean",
        [.., "shortfall"] => "rule.shortfall",
        [.., "deviation"] => "rule.deviation",
        [.., "p5" | "p10" | "p25" | "p50" | "p75" | "p90" | "p95"] => "rule.quantile",
        [.., "received", _] => "rule.median",
        _ => "rule.share",
    }
}

fn operation_key(operation: Operation) -> &'static str {
    match operation {
        Operation::Carry => "operation.carry",
        Operation::Placed => "operation.placed",
        Operation::Decided => "operation.decided",
        Operation::Solved => "operation.solved",
        Operation::Sum => "operation.sum",
        Operation::Difference => "operation.difference",
        Operation::Negate => "operation.negate",
        Operation::Product => "operation.product",
        Operation::Scale { .. } => "operation.scale",
        Operation::Quotient => "operation.quotient",
        Operation::Least => "operation.least",
        Operation::Greatest => "operation.greatest",
        Operation::Round { .. } => "operation.round",
        Operation::ToMoney { .. } => "operation.to_money",
        Operation::ToNumber => "operation.to_number",
        Operation::Convert { .. } => "operation.convert",
        Operation::Apportion { .. } => "operation.apportion",
        Operation::Tiered => "operation.tiered",
        Operation::Banded => "operation.banded",
        Operation::If => "operation.if",
        Operation::All => "operation.all",
        Operation::Any => "operation.any",
        Operation::Not => "operation.not",
        Operation::Compare(Comparison::Less) => "operation.compare_less",
        Operation::Compare(Comparison::AtMost) => "operation.compare_at_most",
        Operation::Compare(Comparison::Equal) => "operation.compare_equal",
        Operation::Compare(Comparison::Different) => "operation.compare_different",
        Operation::Compare(Comparison::AtLeast) => "operation.compare_at_least",
        Operation::Compare(Comparison::Greater) => "operation.compare_greater",
        Operation::Given => "operation.given",
        Operation::FirstGiven => "operation.first_given",
        Operation::YearFraction { .. } => "operation.year_fraction",
        Operation::Growth { .. } => "operation.growth",
        Operation::AddMonths => "operation.add_months",
        Operation::AddDays => "operation.add_days",
        Operation::DateOfGreatest => "operation.date_of_greatest",
        Operation::ReturnOnGrid => "operation.return_on_grid",
        Operation::ReturnOnDates => "operation.return_on_dates",
        Operation::PresentValue { .. } => "operation.present_value",
        Operation::PresentValueOnDates { .. } => "operation.present_value_on_dates",
        Operation::Settle { .. } => "operation.settle",
        Operation::Payback => "operation.payback",
    }
}

fn rounding_key(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::HalfUp => "rounding.half_up",
        Rounding::HalfEven => "rounding.half_even",
        Rounding::Down => "rounding.down",
        Rounding::Up => "rounding.up",
        Rounding::Floor => "rounding.floor",
        Rounding::Ceiling => "rounding.ceiling",
    }
}
