//! From a book to a tape.

use std::collections::HashMap;

use recoup_explain::{Absence, Book, How, NodeId, Operation, Quantity};
use rust_decimal::prelude::ToPrimitive;

use super::fold::fold;
use super::op::{Op, Step};
use super::{Solved, Tape};

/// The amount that closes the deal: a leaf of the book that was searched for.
#[derive(Debug, Clone, Copy)]
pub struct Closing {
    /// The leaf.
    pub amount: NodeId,
    /// Sources less uses, which it brings to nought.
    pub difference: NodeId,
    /// The most that the instruments which fill the rest may give, in major units.
    pub most: f64,
}

/// Why a figure has no tape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTaped {
    /// An operation on days, or a return over dated flows.
    #[error("{operation} moves with what is given and has no step")]
    Operation {
        /// The operation's name.
        operation: &'static str,
        /// The address of the figure, where it has one.
        address: Option<String>,
    },
    /// A solution that was searched for, other than the closing's.
    #[error("{address} was searched for")]
    Searched {
        /// Its address.
        address: String,
    },
    /// A figure that the deal as typed does not have.
    #[error("the deal as typed has no such figure: {0}")]
    Absent(Absence),
}

impl Tape {
    /// The figures `asked` for as a function of cells, each given by the leaves that hold it.
    ///
    /// # Errors
    /// Where an operation stands between that has no step; the reason names it.
    pub fn compile(
        book: &Book,
        given: &[Vec<NodeId>],
        asked: &[NodeId],
        closing: Option<Closing>,
    ) -> Result<Self, NotTaped> {
        let slice = Slice::of(book, given, asked, closing);
        let mut writer = Writer::new(book, &slice, closing);
        let given: Vec<Option<u32>> = given.iter().map(|leaves| writer.given(leaves)).collect();
        for index in (0..slice.wanted.len()).filter(|index| slice.wanted[*index] && slice.moves[*index]) {
            writer.node(index)?;
        }
        let mut places = Vec::with_capacity(asked.len());
        for node in asked {
            places.push(writer.place(*node));
        }
        let solved = closing
            .filter(|closing| slice.moves[closing.amount.index()])
            .map(|closing| (writer.place(closing.amount), writer.place(closing.difference), closing.most));
        Ok(writer.close(given, places, solved))
    }
}

/// Which nodes move, and which are needed.
struct Slice {
    nodes: Vec<NodeId>,
    moves: Vec<bool>,
    wanted: Vec<bool>,
    given: Vec<bool>,
}

impl Slice {
    fn of(book: &Book, given: &[Vec<NodeId>], asked: &[NodeId], closing: Option<Closing>) -> Self {
        let nodes: Vec<NodeId> = book.nodes().collect();
        let mut moves = vec![false; nodes.len()];
        for node in given.iter().flatten() {
            moves[node.index()] = true;
        }
        let is_given = moves.clone();
        for node in &nodes {
            let inputs = book.inputs(*node);
            moves[node.index()] |= match book.how(*node) {
                How::Computed(operation) if carries(*operation) => {
                    inputs.first().is_some_and(|input| moves[input.index()])
                }
                _ => inputs.iter().any(|input| moves[input.index()]),
            };
            if moves[node.index()]
                && let (How::Computed(Operation::Solved), Some(closing)) = (book.how(*node), closing)
                && inputs.first() == Some(&closing.amount)
            {
                moves[closing.amount.index()] = true;
            }
        }
        let mut wanted = vec![false; nodes.len()];
        let mut open: Vec<NodeId> = asked.to_vec();
        open.extend(
            closing.filter(|closing| moves[closing.amount.index()]).map(|closing| closing.difference),
        );
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut wanted[node.index()], true) || is_given[node.index()] {
                continue;
            }
            let inputs = book.inputs(node);
            let read = match book.how(node) {
                How::Computed(operation) if carries(*operation) || *operation == Operation::Solved => 1,
                _ => inputs.len(),
            };
            open.extend(inputs.iter().take(read).filter(|input| moves[input.index()]));
        }
        Self { nodes, moves, wanted, given: is_given }
    }
}

/// Whether the value is the first input's, whatever the others are.
fn carries(operation: Operation) -> bool {
    matches!(operation, Operation::Carry | Operation::Placed | Operation::Decided)
}

struct Writer<'b> {
    book: &'b Book,
    slice: &'b Slice,
    unknown: Option<NodeId>,
    slots: HashMap<usize, u32>,
    start: Vec<f64>,
    fixed: Vec<bool>,
    steps: Vec<Step>,
    reads: Vec<u32>,
    sums: HashMap<Vec<u32>, u32>,
    roundings: u32,
}

impl<'b> Writer<'b> {
    fn new(book: &'b Book, slice: &'b Slice, closing: Option<Closing>) -> Self {
        Self {
            book,
            slice,
            unknown: closing.map(|closing| closing.amount),
            slots: HashMap::new(),
            start: Vec::new(),
            fixed: Vec::new(),
            steps: Vec::new(),
            reads: Vec::new(),
            sums: HashMap::new(),
            roundings: 0,
        }
    }

    fn slot(&mut self, start: f64, fixed: bool) -> u32 {
        self.start.push(start);
        self.fixed.push(fixed);
        (self.start.len() - 1) as u32
    }

    /// One slot for all leaves that hold a cell; none where no figure that is asked for reads it.
    fn given(&mut self, leaves: &[NodeId]) -> Option<u32> {
        let read: Vec<&NodeId> = leaves.iter().filter(|leaf| self.slice.wanted[leaf.index()]).collect();
        let first = read.first()?;
        let slot = self.slot(double(self.book.value(**first)), false);
        for leaf in read {
            self.slots.insert(leaf.index(), slot);
        }
        Some(slot)
    }

    /// Where a node's value stands.
    fn place(&mut self, node: NodeId) -> u32 {
        if let Some(slot) = self.slots.get(&node.index()) {
            return *slot;
        }
        let moves = self.slice.moves[node.index()];
        let slot = self.slot(double(self.book.value(node)), !moves);
        self.slots.insert(node.index(), slot);
        slot
    }

    /// As [`place`](Self::place), for an answer: one that is not known is neither yes nor no.
    fn answer(&mut self, node: NodeId) -> u32 {
        match self.book.value(node) {
            Quantity::Absent(_) if !self.slice.moves[node.index()] => self.slot(0.5, true),
            _ => self.place(node),
        }
    }

    fn node(&mut self, index: usize) -> Result<(), NotTaped> {
        let node = self.slice.nodes[index];
        if self.slice.given[index] || self.unknown == Some(node) {
            self.place(node);
            return Ok(());
        }
        let How::Computed(operation) = *self.book.how(node) else { return Ok(()) };
        let inputs = self.book.inputs(node);
        self.roundings += u32::from(rounds(operation));
        let slot = match operation {
            Operation::Carry | Operation::Placed | Operation::Decided => self.alias(node, inputs)?,
            Operation::Solved if self.unknown.as_ref() == inputs.first() => self.alias(node, inputs)?,
            Operation::Solved => {
                let address = self.book.address(node).map(ToString::to_string).unwrap_or_default();
                return Err(NotTaped::Searched { address });
            }
            Operation::ToMoney { .. } | Operation::ToNumber | Operation::Settle { .. } => {
                let read = match operation {
                    Operation::Settle { part } => usize::from(part) + 1,
                    _ => 0,
                };
                inputs.get(read).map_or(0, |input| self.place(*input))
            }
            Operation::FirstGiven => self.first_given(inputs),
            Operation::Apportion { part } => self.part(inputs, usize::from(part)),
            Operation::All | Operation::Any | Operation::Not | Operation::If => {
                self.question(operation, inputs)
            }
            Operation::Given => self.slot(1.0, true),
            _ => self.plain(node, operation, inputs)?,
        };
        self.slots.insert(index, slot);
        Ok(())
    }

    fn alias(&mut self, node: NodeId, inputs: &[NodeId]) -> Result<u32, NotTaped> {
        match (inputs.first(), self.book.value(node)) {
            (_, Quantity::Date(_)) | (None, _) => Err(self.refused(node)),
            (Some(first), _) => Ok(self.place(*first)),
        }
    }

    fn refused(&self, node: NodeId) -> NotTaped {
        let operation = match self.book.how(node) {
            How::Computed(operation) => operation.name(),
            How::Leaf(_) => "leaf",
        };
        NotTaped::Operation { operation, address: self.book.address(node).map(ToString::to_string) }
    }

    fn first_given(&mut self, inputs: &[NodeId]) -> u32 {
        let present = inputs.iter().find(|input| self.book.value(**input).absence().is_none());
        let present = present.or(inputs.first()).copied();
        present.map_or(0, |input| self.place(input))
    }

    /// A part of a whole by its weight among all weights.
    fn part(&mut self, inputs: &[NodeId], part: usize) -> u32 {
        let Some((total, weights)) = inputs.split_first() else { return self.slot(f64::NAN, true) };
        let total = self.place(*total);
        let weights: Vec<u32> = weights.iter().map(|weight| self.place(*weight)).collect();
        let Some(own) = weights.get(part).copied() else { return self.slot(f64::NAN, true) };
        let sum = match self.sums.get(&weights) {
            Some(sum) => *sum,
            None => {
                let sum = self.write(Op::Sum, &weights);
                self.sums.insert(weights, sum);
                sum
            }
        };
        let share = self.write(Op::Quotient, &[own, sum]);
        self.write(Op::Product, &[total, share])
    }

    fn question(&mut self, operation: Operation, inputs: &[NodeId]) -> u32 {
        let op = match operation {
            Operation::All => Op::Least,
            Operation::Any => Op::Greatest,
            Operation::Not => Op::Not,
            _ => Op::If,
        };
        let reads: Vec<u32> = match (op, inputs) {
            (Op::If, [question, then, otherwise]) => {
                let question = self.answer(*question);
                if self.fixed[question as usize] {
                    let chosen = if self.start[question as usize] > 0.75 { then } else { otherwise };
                    return self.place(*chosen);
                }
                vec![question, self.place(*then), self.place(*otherwise)]
            }
            _ => inputs.iter().map(|input| self.answer(*input)).collect(),
        };
        self.write(op, &reads)
    }

    fn plain(&mut self, node: NodeId, operation: Operation, inputs: &[NodeId]) -> Result<u32, NotTaped> {
        let op = match operation {
            Operation::Sum => Op::Sum,
            Operation::Difference => Op::Less,
            Operation::Negate => Op::Negate,
            Operation::Product | Operation::Scale { .. } | Operation::Convert { .. } => Op::Product,
            Operation::Quotient => Op::Quotient,
            Operation::Least => Op::Least,
            Operation::Greatest => Op::Greatest,
            Operation::Tiered => Op::Tiered,
            Operation::Banded => Op::Banded,
            Operation::Round { places, .. } if places > FINE => Op::Sum,
            Operation::Round { places, rounding } => {
                Op::Round { unit: 0.1f64.powi(i32::from(places)), rounding }
            }
            Operation::Compare(comparison) => Op::Compare(comparison, self.near(inputs)),
            _ => return Err(self.refused(node)),
        };
        if inputs.iter().any(|input| matches!(self.book.value(*input), Quantity::Date(_))) {
            return Err(self.refused(node));
        }
        let mut reads = Vec::with_capacity(inputs.len());
        for input in inputs {
            reads.push(self.place(*input));
        }
        Ok(self.write(op, &reads))
    }

    /// How close two values are the same: half a minor unit for amounts, what doubles lose for numbers.
    fn near(&self, inputs: &[NodeId]) -> f64 {
        let values = inputs.iter().map(|input| self.book.value(*input));
        let amount = values.clone().find_map(Quantity::as_money);
        match amount {
            Some(amount) => 0.5 / amount.currency().minor_per_major() as f64,
            None => 1e-11 * values.map(|value| double(value).abs()).fold(1.0, f64::max),
        }
    }

    /// Writes a step, but for what is known already.
    fn write(&mut self, op: Op, reads: &[u32]) -> u32 {
        let fixed = |slot: &u32| self.fixed[*slot as usize];
        if reads.iter().all(fixed) {
            let values: Vec<f64> = reads.iter().map(|slot| self.start[*slot as usize]).collect();
            return self.slot(fold(op, &values), true);
        }
        let mut reads = reads.to_vec();
        match op {
            Op::Sum => self.gather(&mut reads, 0, op, 0.0),
            Op::Product => self.gather(&mut reads, 0, op, 1.0),
            Op::Less => self.gather(&mut reads, 1, Op::Sum, 0.0),
            _ => {}
        }
        if let ([only], Op::Sum | Op::Product | Op::Less | Op::Least | Op::Greatest) = (reads.as_slice(), op)
        {
            return *only;
        }
        let first = self.reads.len() as u32;
        self.reads.extend_from_slice(&reads);
        let writes = self.slot(f64::NAN, false);
        self.steps.push(Step { op, first, count: reads.len() as u32, writes });
        writes
    }

    /// Makes one constant of all constants from a place on, and none where it changes nothing.
    fn gather(&mut self, reads: &mut Vec<u32>, from: usize, by: Op, neutral: f64) {
        let known: Vec<f64> = reads
            .iter()
            .skip(from)
            .filter(|slot| self.fixed[**slot as usize])
            .map(|slot| self.start[*slot as usize])
            .collect();
        if known.is_empty() {
            return;
        }
        let mut kept: Vec<u32> = reads.iter().take(from).copied().collect();
        kept.extend(reads.iter().skip(from).filter(|slot| !self.fixed[**slot as usize]));
        let value = fold(by, &known);
        if value != neutral {
            let slot = self.slot(value, true);
            kept.push(slot);
        }
        *reads = kept;
    }

    /// Leaves out what nobody reads and puts the steps in order.
    fn close(self, given: Vec<Option<u32>>, asked: Vec<u32>, solved: Option<(u32, u32, f64)>) -> Tape {
        let read = |step: &Step| &self.reads[step.first as usize..(step.first + step.count) as usize];
        let cone = |ends: &[u32]| {
            let mut live = vec![false; self.start.len()];
            ends.iter().for_each(|slot| live[*slot as usize] = true);
            for step in self.steps.iter().rev() {
                if live[step.writes as usize] {
                    read(step).iter().for_each(|slot| live[*slot as usize] = true);
                }
            }
            live
        };
        let ends: Vec<u32> = asked.iter().copied().chain(solved.map(|solved| solved.1)).collect();
        let live = cone(&ends);
        let mut steps: Vec<Step> =
            self.steps.iter().copied().filter(|step| live[step.writes as usize]).collect();
        let solved = solved.map(|(unknown, residual, most)| {
            let mut after = vec![false; self.start.len()];
            after[unknown as usize] = true;
            for step in &steps {
                after[step.writes as usize] = read(step).iter().any(|slot| after[*slot as usize]);
            }
            let to_residual = cone(&[residual]);
            let stage = |step: &Step| match (after[step.writes as usize], to_residual[step.writes as usize]) {
                (false, _) => 0,
                (true, true) => 1,
                (true, false) => 2,
            };
            steps.sort_by_key(stage);
            let count = |wanted: i32| steps.iter().filter(|step| stage(step) == wanted).count();
            Solved { unknown, residual, before: count(0), within: count(1), most }
        });
        let Self { start, reads, roundings, .. } = self;
        Tape { start, steps, reads, given, asked, solved, roundings }
    }
}

/// Digits after the point beyond which a number is not rounded: what is rounded there is an amount on its way to
/// minor units.
const FINE: u8 = 6;

fn rounds(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::Scale { .. }
            | Operation::ToMoney { .. }
            | Operation::Convert { .. }
            | Operation::Apportion { .. }
            | Operation::Settle { .. }
    )
}

/// A quantity as a double, in major units; what is absent or a day is no number.
pub(crate) fn double(quantity: &Quantity) -> f64 {
    match quantity {
        Quantity::Money(amount) => amount.to_f64(),
        Quantity::Number(number) => number.to_f64().unwrap_or(f64::NAN),
        Quantity::Flag(yes) => f64::from(u8::from(*yes)),
        Quantity::Date(_) | Quantity::Absent(_) => f64::NAN,
    }
}
