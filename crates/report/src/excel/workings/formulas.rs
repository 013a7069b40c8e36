//! A node of the book as the formula of its cell.

use recoup_calendar::DayCount;
use recoup_explain::{Comparison, How, NodeId, Operation, Quantity};
use recoup_money::Rounding;
use rust_decimal::Decimal;

use super::reach::Reach;
use super::splits::Splits;
use crate::excel::Formula;

/// The key of a node's cell.
pub(super) fn key(node: NodeId) -> String {
    format!("{node:?}")
}

/// The key of the head of a month.
pub(super) fn month_key(place: usize) -> String {
    format!("month {place}")
}

/// Whether a formula can say what an operation does.
pub(super) fn says(operation: Operation) -> bool {
    let half_up = |rounding| rounding == Rounding::HalfUp;
    match operation {
        Operation::Scale { rounding }
        | Operation::Round { rounding, .. }
        | Operation::ToMoney { rounding, .. }
        | Operation::Convert { rounding, .. } => half_up(rounding),
        Operation::Carry
        | Operation::Placed
        | Operation::Decided
        | Operation::Solved
        | Operation::Sum
        | Operation::Difference
        | Operation::Negate
        | Operation::Product
        | Operation::Quotient
        | Operation::Least
        | Operation::Greatest
        | Operation::ToNumber
        | Operation::Apportion { .. }
        | Operation::If
        | Operation::All
        | Operation::Any
        | Operation::Not
        | Operation::Compare(_)
        | Operation::YearFraction { .. } => true,
        _ => false,
    }
}

/// Reads nodes as formulas over cells.
pub(super) struct Speaker<'a, 'b> {
    pub reach: &'b Reach<'a>,
    pub splits: &'b Splits,
}

impl Speaker<'_, '_> {
    /// What the cell of a node computes; nothing where it stays a value.
    pub(super) fn of(&self, node: NodeId) -> Option<Formula> {
        let book = self.reach.book;
        let How::Computed(operation) = book.how(node) else { return None };
        if self.reach.is_given(node) || book.value(node).absence().is_some() {
            return None;
        }
        if let Some((series, what)) = self.reach.peak_of(node) {
            return self.peak(&series, what);
        }
        let formula = match operation {
            Operation::Apportion { part } => self.splits.part(book.inputs(node), *part)?,
            _ => self.computed(*operation, node)?,
        };
        Some(self.whole(node, formula))
    }

    /// An amount is whole minor units: binary sums are rounded to what they stand for.
    fn whole(&self, node: NodeId, formula: Formula) -> Formula {
        match self.reach.book.value(node) {
            Quantity::Money(amount) if is_loose(&formula) => formula.rounded(amount.currency().exponent()),
            _ => formula,
        }
    }

    /// A node inside a formula: its cell, a constant, or its own formula.
    pub(super) fn operand(&self, node: NodeId) -> Option<Formula> {
        let node = self.reach.meant(node);
        if self.reach.nodes.get(&node).is_none_or(|seen| seen.cell) {
            return Some(Formula::Cell(key(node)));
        }
        match self.reach.book.how(node) {
            How::Leaf(_) => constant(self.reach.book.value(node)),
            How::Computed(operation) => self.computed(*operation, node),
        }
    }

    fn computed(&self, operation: Operation, node: NodeId) -> Option<Formula> {
        let book = self.reach.book;
        let mut parts = Vec::new();
        for input in self.reach.reads(node) {
            let part = self.operand(input)?;
            // What is compared or chosen by must be the amount itself, not what binary sums leave of it.
            let exact = matches!(operation, Operation::Compare(_));
            parts.push(if exact { self.whole(input, part) } else { part });
        }
        let places = |node: NodeId| Some(book.value(node).as_money()?.currency().exponent());
        Some(match operation {
            Operation::Sum => sum(parts),
            Operation::Difference => difference(parts)?,
            Operation::Product => chain("*", parts)?,
            Operation::Quotient => chain("/", parts)?,
            Operation::Negate => Formula::Minus(Box::new(parts.pop()?)),
            Operation::Scale { .. } | Operation::Convert { .. } => chain("*", parts)?.rounded(places(node)?),
            Operation::ToMoney { .. } => parts.pop()?.rounded(places(node)?),
            Operation::Round { places, .. } => parts.pop()?.rounded(places.into()),
            Operation::Least => Formula::Call("MIN", parts),
            Operation::Greatest => Formula::Call("MAX", parts),
            Operation::If => Formula::Call("IF", parts),
            Operation::All => Formula::Call("AND", parts),
            Operation::Any => Formula::Call("OR", parts),
            Operation::Not => Formula::Call("NOT", parts),
            Operation::Compare(comparison) => chain(sign(comparison), parts)?,
            Operation::YearFraction { day_count } => self.years(day_count, node)?,
            Operation::Carry
            | Operation::Placed
            | Operation::Decided
            | Operation::Solved
            | Operation::ToNumber => parts.pop()?,
            _ => return None,
        })
    }

    /// Days over the days of a year.
    fn years(&self, day_count: DayCount, node: NodeId) -> Option<Formula> {
        let [from, to] = self.reach.book.inputs(node) else { return None };
        let (first, last) = (self.reach.book.value(*from).as_date()?, self.reach.book.value(*to).as_date()?);
        let number = |number: i64| Formula::Number(number.into());
        let year = match day_count {
            DayCount::Act365F => 365,
            DayCount::Act360 => 360,
            DayCount::Thirty360 => {
                return Some(Formula::infix("/", number(day_count.days(first, last)), number(360)));
            }
            DayCount::ActAct => return None,
        };
        let days = Formula::infix("-", self.operand(*to)?, self.operand(*from)?);
        Some(Formula::infix("/", days, number(year)))
    }

    /// The greatest of a row of months, or the month in which it is reached first.
    fn peak(&self, series: &str, what: &str) -> Option<Formula> {
        let reach = self.reach;
        let ours = reach.nodes.iter().filter(|(_, seen)| seen.cell).filter_map(|(node, _)| {
            let address = reach.book.address(*node)?;
            (reach.row_of(address) == series).then(|| Some((reach.month_of(address)?, *node)))?
        });
        let mut cells: Vec<(usize, NodeId)> = ours.collect();
        cells.sort_unstable();
        let ((first, start), (last, end)) = (*cells.first()?, *cells.last()?);
        if last - first + 1 != cells.len() {
            return None;
        }
        let row = || Formula::Range(key(start), key(end));
        let most = Formula::Call("MAX", vec![row()]);
        if what == "amount" {
            return Some(most);
        }
        let place = Formula::Call("MATCH", vec![most, row(), Formula::Number(Decimal::ZERO)]);
        if what == "date" {
            let heads = Formula::Range(month_key(first), month_key(last));
            return Some(Formula::Call("INDEX", vec![heads, place]));
        }
        // Months are counted from the start of the deal.
        let before = i64::try_from(first).unwrap_or(0) - 1 + i64::from(reach.origin);
        Some(Formula::infix("+", place, Formula::Number(before.into())))
    }
}

/// A constant inside a formula.
fn constant(value: &Quantity) -> Option<Formula> {
    Some(match value {
        Quantity::Money(amount) => Formula::Number(amount.to_decimal()),
        Quantity::Number(number) => Formula::Number(*number),
        Quantity::Flag(flag) => Formula::Flag(*flag),
        Quantity::Date(day) => {
            let parts = [day.year(), day.month(), day.day()];
            Formula::Call("DATE", parts.map(|part| Formula::Number(part.into())).to_vec())
        }
        Quantity::Absent(_) => return None,
    })
}

fn is_nought(part: &Formula) -> bool {
    matches!(part, Formula::Number(number) if number.is_zero())
}

/// What is nothing adds nothing, and is not written.
fn sum(parts: Vec<Formula>) -> Formula {
    let mut parts: Vec<Formula> = parts.into_iter().filter(|part| !is_nought(part)).collect();
    match parts.len() {
        0 => Formula::Number(Decimal::ZERO),
        1 => parts.remove(0),
        2 => {
            let second = parts.remove(1);
            Formula::infix("+", parts.remove(0), second)
        }
        _ => Formula::Call("SUM", parts),
    }
}

fn difference(parts: Vec<Formula>) -> Option<Formula> {
    let mut parts = parts.into_iter();
    let first = parts.next()?;
    let others: Vec<Formula> = parts.filter(|part| !is_nought(part)).collect();
    Some(others.into_iter().fold(first, |left, right| Formula::infix("-", left, right)))
}

fn chain(sign: &'static str, parts: Vec<Formula>) -> Option<Formula> {
    parts.into_iter().reduce(|left, right| Formula::infix(sign, left, right))
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "=",
        Comparison::Different => "<>",
        Comparison::AtLeast => ">=",
        Comparison::Greater => ">",
    }
}

/// Whether a sum of a formula reaches its result unrounded.
fn is_loose(formula: &Formula) -> bool {
    match formula {
        Formula::Number(_)
        | Formula::Text(_)
        | Formula::Flag(_)
        | Formula::Cell(_)
        | Formula::Range(..)
        | Formula::Call("ROUND", _) => false,
        Formula::Minus(inner) => is_loose(inner),
        Formula::Infix(..) | Formula::Call("SUM" | "SUMPRODUCT", _) => true,
        Formula::Call(_, arguments) => arguments.iter().any(is_loose),
    }
}
