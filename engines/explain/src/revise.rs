//! A leaf given another value after figures were computed from it.

use crate::answer::answer;
use crate::book::{Book, How, NodeId, with_values};
use crate::evaluate::{Parts, part_of, parts};
use crate::operation::Operation;
use crate::quantity::Quantity;

impl Book {
    /// Gives a leaf another value and works out again, in their order, the figures that rest on it. A solver that
    /// found what a leaf must be thereby leaves a book that was computed from the solution.
    ///
    /// ```
    /// use recoup_explain::{Book, Operation};
    /// use rust_decimal::Decimal;
    ///
    /// let mut book = Book::new();
    /// let (price, count) = (book.cell("price", Decimal::from(3)), book.cell("count", Decimal::from(5)));
    /// let total = book.compute(Operation::Product, &[price, count]);
    /// book.revise(count, Decimal::from(7));
    /// assert_eq!(book.value(total).as_number(), Some(Decimal::from(21)));
    /// ```
    pub fn revise(&mut self, leaf: NodeId, value: impl Into<Quantity>) {
        self.set(leaf, value.into());
        let mut moves = vec![false; self.len()];
        if let Some(moved) = moves.get_mut(leaf.index()) {
            *moved = true;
        }
        let mut split: Option<(NodeId, Parts)> = None;
        for index in leaf.index() + 1..self.len() {
            let node = NodeId::at(index);
            let inputs = self.inputs(node);
            moves[index] = inputs.iter().any(|input| moves[input.index()]);
            let (true, How::Computed(operation)) = (moves[index], self.how(node)) else { continue };
            let value = |node: NodeId| self.value(node);
            let found = match *operation {
                Operation::Apportion { part } | Operation::Settle { part } => {
                    let kept = split.take().filter(|(first, _)| part > 0 && self.inputs(*first) == inputs);
                    let all = kept.unwrap_or_else(|| {
                        (node, with_values(value, inputs, |values| parts(*operation, values)))
                    });
                    let found = part_of(&all.1, part);
                    split = Some(all);
                    found
                }
                operation => answer(operation, inputs, value),
            };
            self.set(node, found.unwrap_or_else(Quantity::Absent));
        }
    }
}
