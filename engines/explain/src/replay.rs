//! Figures as a function of a few leaves, worked out again and again.
//!
//! A solver asks what some figures would be if some leaves were worth something else. [`Book::replay`] takes
//! the operations that lie between those leaves and those figures out of the book, in their order; what
//! does not depend on the leaves is a constant. So what is solved is the computation itself, and the book is
//! not written a second time. Which operations there are was decided on the leaves as they stood: an engine
//! that would have computed something else altogether has to be run anew.

use crate::answer::answer;
use crate::book::{Book, How, NodeId, with_values};
use crate::evaluate::{Parts, part_of, parts};
use crate::operation::Operation;
use crate::quantity::Quantity;

/// Some figures of a book as a function of some of its leaves.
///
/// ```
/// use recoup_explain::{Book, Operation};
/// use rust_decimal::Decimal;
///
/// let mut book = Book::new();
/// let (price, count) = (book.cell("price", Decimal::from(3)), book.cell("count", Decimal::from(5)));
/// let total = book.compute(Operation::Product, &[price, count]);
/// let mut replay = book.replay(&[count], &[total]);
/// replay.give(0, Decimal::from(7));
/// replay.run();
/// assert_eq!(replay.value(0).as_number(), Some(Decimal::from(21)));
/// assert_eq!(book.value(total).as_number(), Some(Decimal::from(15)));
/// ```
#[derive(Debug, Clone)]
pub struct Replay {
    values: Vec<Quantity>,
    steps: Vec<Step>,
    reads: Vec<u32>,
    given: Vec<u32>,
    asked: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    operation: Operation,
    reads: (u32, u32),
    writes: u32,
}

const NOWHERE: u32 = u32::MAX;

impl Book {
    /// The figures `asked` for as a function of the leaves `given`, or of other figures given in place of leaves.
    pub fn replay(&self, given: &[NodeId], asked: &[NodeId]) -> Replay {
        let end = asked.iter().chain(given).map(|node| node.index() + 1).max().unwrap_or(0);
        let mut moves = vec![false; end];
        let mut is_given = vec![false; end];
        for node in given {
            moves[node.index()] = true;
            is_given[node.index()] = true;
        }
        // Nothing before the first of the leaves depends on one.
        let begin = given.iter().map(|node| node.index()).min().unwrap_or(end);
        for index in begin..end {
            moves[index] |= self.inputs(NodeId::at(index)).iter().any(|input| moves[input.index()]);
        }
        let mut wanted = vec![false; end];
        for node in asked.iter().chain(given) {
            wanted[node.index()] = true;
        }
        // What is given is not worked out again, be it a leaf or not: what stood behind it no longer counts.
        for index in (0..end).rev().filter(|index| moves[*index] && !is_given[*index]) {
            if wanted[index] && matches!(self.how(NodeId::at(index)), How::Computed(_)) {
                self.inputs(NodeId::at(index)).iter().for_each(|input| wanted[input.index()] = true);
            }
        }
        let mut out = Replay {
            values: Vec::new(),
            steps: Vec::new(),
            reads: Vec::new(),
            given: Vec::with_capacity(given.len()),
            asked: Vec::with_capacity(asked.len()),
        };
        let mut places = vec![NOWHERE; end];
        for index in (0..end).filter(|index| wanted[*index]) {
            let node = NodeId::at(index);
            places[index] = out.values.len() as u32;
            out.values.push(self.value(node).clone());
            if let (true, How::Computed(operation)) = (moves[index] && !is_given[index], self.how(node)) {
                let first = out.reads.len() as u32;
                out.reads.extend(self.inputs(node).iter().map(|input| places[input.index()]));
                let reads = (first, out.reads.len() as u32);
                out.steps.push(Step { operation: *operation, reads, writes: places[index] });
            }
        }
        out.given.extend(given.iter().map(|node| places[node.index()]));
        out.asked.extend(asked.iter().map(|node| places[node.index()]));
        out
    }
}

impl Replay {
    /// Gives one of the leaves another value. What is asked for changes with the next [`run`](Self::run).
    pub fn give(&mut self, place: usize, value: impl Into<Quantity>) {
        if let Some(slot) = self.given.get(place).and_then(|slot| self.values.get_mut(*slot as usize)) {
            *slot = value.into();
        }
    }

    /// Works everything out with the leaves as they stand.
    pub fn run(&mut self) {
        let mut split: Option<(&[u32], Parts)> = None;
        for step in &self.steps {
            let reads = &self.reads[step.reads.0 as usize..step.reads.1 as usize];
            let values = &self.values;
            let value = |place: u32| &values[place as usize];
            let found = match step.operation {
                Operation::Apportion { part } | Operation::Settle { part } => {
                    let known = split.take().filter(|(known, _)| part > 0 && *known == reads);
                    let all = known.unwrap_or_else(|| {
                        (reads, with_values(value, reads, |values| parts(step.operation, values)))
                    });
                    let found = part_of(&all.1, part);
                    split = Some(all);
                    found
                }
                operation => answer(operation, reads, value),
            };
            self.values[step.writes as usize] = found.unwrap_or_else(Quantity::Absent);
        }
    }

    /// What one of the figures asked for is worth.
    pub fn value(&self, place: usize) -> &Quantity {
        &self.values[self.asked[place] as usize]
    }

    /// How many operations one run takes.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nothing that is asked for depends on what is given.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}
