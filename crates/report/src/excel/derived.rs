//! From the book of figures to the language of spreadsheets: how an input follows from the budget, and what is
//! left of a credit.
//!
//! The tree of a figure is read down to what has a cell: a line of the form, a condition, a cell of the deal.

use std::collections::HashMap;

use recoup_explain::{Book, Comparison, How, Leaf, NodeId, Operation, Quantity};
use recoup_money::Rounding;
use rust_decimal::Decimal;

use super::Formula;
use super::law::Kind;
use super::shapes::rounding;

/// Parts of one formula: a cell holds 8,192 characters.
const MAX_PARTS: usize = 220;
/// How deep a tree is followed.
const MAX_DEPTH: usize = 40;

/// The cell that a figure is read from.
#[derive(Debug, Clone)]
struct Home {
    key: String,
    kind: Kind,
    /// Whether the cell may hold a word instead.
    lacks: bool,
    /// The places to which the figure rounds what its cell holds.
    places: Option<u32>,
}

/// The figures that have a cell.
#[derive(Debug, Default)]
pub(crate) struct Homes {
    nodes: HashMap<NodeId, Home>,
}

impl Homes {
    /// A figure that stands in a cell.
    pub(crate) fn put(&mut self, node: NodeId, key: &str, kind: Kind, lacks: bool) {
        self.nodes.insert(node, Home { key: key.to_owned(), kind, lacks, places: None });
    }

    /// A line of a form: the cell holds what the formula gives, the figure is rounded to minor units.
    pub(crate) fn put_line(&mut self, book: &Book, node: NodeId, key: &str, kind: Kind, lacks: bool) {
        let raw = match (book.how(node), book.inputs(node), book.value(node)) {
            (How::Computed(Operation::ToMoney { currency, .. }), [raw], _) => {
                Some((*raw, currency.exponent()))
            }
            _ => None,
        };
        if let Some((raw, places)) = raw {
            let home = Home { key: key.to_owned(), kind, lacks, places: Some(places) };
            self.nodes.insert(node, home);
            self.put(raw, key, kind, lacks);
        } else {
            self.put(node, key, kind, lacks);
        }
    }
}

/// Reads figures as formulas, and notes the cells of the deal that they rest on.
pub(crate) struct Derived<'a> {
    pub(crate) book: &'a Book,
    pub(crate) homes: &'a Homes,
    /// The word for *not given*.
    pub(crate) word: &'a str,
    /// Cells of the deal that were read, once each, in order.
    pub(crate) leaves: Vec<NodeId>,
    parts: usize,
}

impl<'a> Derived<'a> {
    pub(crate) fn new(book: &'a Book, homes: &'a Homes, word: &'a str) -> Self {
        Self { book, homes, word, leaves: Vec::new(), parts: 0 }
    }

    /// How a figure is computed; nothing where it is a cell itself, or computed in a way that no short formula
    /// says.
    pub(crate) fn of(&mut self, node: NodeId) -> Option<Formula> {
        self.parts = 0;
        let known = self.leaves.len();
        let read = match self.book.how(node) {
            How::Leaf(_) => self.leaf(node),
            How::Computed(operation) => self.computed(*operation, node, 0),
        };
        if read.is_none() {
            self.leaves.truncate(known);
        }
        read
    }

    fn read(&mut self, node: NodeId, depth: usize) -> Option<Formula> {
        self.parts += 1;
        if depth > MAX_DEPTH || self.parts > MAX_PARTS {
            return None;
        }
        if let Some(home) = self.homes.nodes.get(&node) {
            let cell = if home.lacks {
                Formula::given(&home.key, home.kind, self.word)
            } else {
                Formula::Cell(home.key.clone())
            };
            return Some(match home.places {
                Some(places) => cell.rounded(places),
                None => cell,
            });
        }
        match self.book.how(node) {
            How::Leaf(_) => self.leaf(node),
            How::Computed(operation) => self.computed(*operation, node, depth),
        }
    }

    /// A cell of the deal by its path; nought, one and yes as they are where nobody could type them.
    fn leaf(&mut self, node: NodeId) -> Option<Formula> {
        let (How::Leaf(leaf), value) = (self.book.how(node), self.book.value(node)) else { return None };
        let path = leaf.path()?;
        let has_place = path.contains(['[', '.']) && !path.contains(' ');
        let plain = match value {
            Quantity::Money(amount) if amount.minor() == 0 => Some(Formula::Number(Decimal::ZERO)),
            Quantity::Number(number) if number.is_zero() || *number == Decimal::ONE => {
                Some(Formula::Number(*number))
            }
            Quantity::Flag(flag) => Some(Formula::Flag(*flag)),
            Quantity::Money(_) | Quantity::Number(_) => None,
            Quantity::Date(_) | Quantity::Absent(_) => return None,
        };
        match (plain, leaf) {
            (Some(plain), Leaf::Assumption { .. }) if !has_place => Some(plain),
            // A yes or no of the deal has no row among its numbers.
            (Some(flag @ Formula::Flag(_)), Leaf::Assumption { .. } | Leaf::Cell { .. }) => Some(flag),
            (_, Leaf::Clause(_)) => None,
            _ => {
                if !self.leaves.contains(&node) {
                    self.leaves.push(node);
                }
                cell_key(self.book, node).map(Formula::Cell)
            }
        }
    }

    fn computed(&mut self, operation: Operation, node: NodeId, depth: usize) -> Option<Formula> {
        let book = self.book;
        let inputs = book.inputs(node);
        if operation == Operation::Sum
            && let Some(whole) = whole_of_parts(book, inputs)
        {
            return self.read(whole, depth + 1);
        }
        if let Operation::Apportion { part } = operation {
            return self.part(part, inputs, node, depth);
        }
        if matches!(operation, Operation::Carry | Operation::Placed | Operation::Decided) {
            return self.read(*inputs.first()?, depth + 1);
        }
        let mut parts = Vec::with_capacity(inputs.len());
        for input in inputs {
            parts.push(self.read(*input, depth + 1)?);
        }
        let whole = |mode: Rounding, amount: Formula| {
            let places = book.value(node).as_money()?.currency().exponent();
            rounding(amount, places, name_of(mode))
        };
        Some(match operation {
            Operation::Sum if parts.len() == 1 => parts.pop()?,
            Operation::Sum => Formula::Call("SUM", parts),
            Operation::Difference => chain("-", parts)?,
            Operation::Product => chain("*", parts)?,
            Operation::Quotient => chain("/", parts)?,
            Operation::Negate => Formula::Minus(Box::new(parts.pop()?)),
            Operation::Scale { rounding } => whole(rounding, chain("*", parts)?)?,
            Operation::Convert { rounding, .. } => whole(rounding, chain("*", parts)?)?,
            Operation::ToMoney { rounding, .. } => whole(rounding, parts.pop()?)?,
            Operation::ToNumber => parts.pop()?,
            Operation::Round { places, rounding: mode } => {
                rounding(parts.pop()?, places.into(), name_of(mode))?
            }
            Operation::Least => Formula::Call("MIN", parts),
            Operation::Greatest => Formula::Call("MAX", parts),
            Operation::If => Formula::Call("IF", parts),
            Operation::All => Formula::Call("AND", parts),
            Operation::Any => Formula::Call("OR", parts),
            Operation::Not => Formula::Call("NOT", parts),
            Operation::Compare(comparison) => chain(sign(comparison), parts)?,
            Operation::FirstGiven => {
                let last = parts.pop()?;
                parts.into_iter().rev().fold(last, |otherwise, one| one.or(otherwise))
            }
            _ => return None,
        })
    }

    /// A part of an amount that is split in one or two: the other one is what the first leaves, which is where
    /// the largest remainder puts the last unit.
    fn part(&mut self, part: u16, inputs: &[NodeId], node: NodeId, depth: usize) -> Option<Formula> {
        let places = self.book.value(node).as_money()?.currency().exponent();
        let (amount, weights) = inputs.split_first()?;
        let amount = self.read(*amount, depth + 1)?;
        let [first, second] = weights else {
            return (weights.len() == 1).then_some(amount);
        };
        let (first, second) = (self.read(*first, depth + 1)?, self.read(*second, depth + 1)?);
        let both = Formula::infix("+", first.clone(), second);
        let share = Formula::infix("/", Formula::infix("*", amount.clone(), first), both);
        let first = share.rounded(places);
        Some(if part == 0 { first } else { Formula::infix("-", amount, first) })
    }
}

/// Under which key a cell of the deal stands in the workbook: the address that the budget or the closing shows
/// it at, else its path. What a program calls it is a name of the program's own cell.
pub(crate) fn cell_key(book: &Book, node: NodeId) -> Option<String> {
    let How::Leaf(leaf) = book.how(node) else { return None };
    let address = book.address(node).filter(|address| !address.starts_with("incentives."));
    address.or(leaf.path()).map(ToString::to_string)
}

/// The amount that these are all the parts of.
fn whole_of_parts(book: &Book, inputs: &[NodeId]) -> Option<NodeId> {
    let mut split: Option<&[NodeId]> = None;
    for (number, input) in inputs.iter().enumerate() {
        let mut node = *input;
        while let How::Computed(Operation::Placed | Operation::Carry) = book.how(node) {
            node = *book.inputs(node).first()?;
        }
        let How::Computed(Operation::Apportion { part }) = book.how(node) else { return None };
        let of = book.inputs(node);
        if usize::from(*part) != number || split.is_some_and(|known| known != of) {
            return None;
        }
        split = Some(of);
    }
    let split = split?;
    (split.len() == inputs.len() + 1).then(|| split.first().copied())?
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

fn name_of(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::HalfUp => "half_up",
        Rounding::HalfEven => "half_even",
        Rounding::Down => "down",
        Rounding::Up => "up",
        Rounding::Floor => "floor",
        Rounding::Ceiling => "ceiling",
    }
}
