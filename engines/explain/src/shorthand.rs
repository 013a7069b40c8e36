//! The operations that cash arithmetic is made of, by short names.

use recoup_money::Rounding;

use crate::book::{Book, NodeId};
use crate::operation::{Comparison, Operation};

impl Book {
    /// All inputs added.
    pub fn plus(&mut self, parts: &[NodeId]) -> NodeId {
        match parts {
            [only] => *only,
            _ => self.compute(Operation::Sum, parts),
        }
    }

    /// The first less the second.
    pub fn less(&mut self, from: NodeId, taken: NodeId) -> NodeId {
        self.compute(Operation::Difference, &[from, taken])
    }

    /// The smaller of two.
    pub fn least(&mut self, one: NodeId, other: NodeId) -> NodeId {
        self.compute(Operation::Least, &[one, other])
    }

    /// The greater of two.
    pub fn greatest(&mut self, one: NodeId, other: NodeId) -> NodeId {
        self.compute(Operation::Greatest, &[one, other])
    }

    /// An amount times numbers, rounded half-up to minor units once.
    pub fn scaled(&mut self, amount: NodeId, factors: &[NodeId]) -> NodeId {
        let inputs: Vec<NodeId> = std::iter::once(amount).chain(factors.iter().copied()).collect();
        self.compute(Operation::Scale { rounding: Rounding::HalfUp }, &inputs)
    }

    /// A question whether the first is greater than the second.
    pub fn is_greater(&mut self, one: NodeId, other: NodeId) -> NodeId {
        self.compute(Operation::Compare(Comparison::Greater), &[one, other])
    }

    /// One of two answers.
    pub fn choose(&mut self, question: NodeId, then: NodeId, otherwise: NodeId) -> NodeId {
        self.compute(Operation::If, &[question, then, otherwise])
    }
}
