//! The book of figures.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use recoup_money::Money;
use rust_decimal::Decimal;

use crate::evaluate::{Parts, evaluate, part_of, parts};
use crate::leaf::{Clause, Leaf};
use crate::operation::Operation;
use crate::quantity::{Absence, Quantity};

/// A node of one book; meaningless in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    pub(crate) fn at(index: usize) -> Self {
        Self(index as u32)
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// How a node came to be.
#[derive(Debug, Clone, PartialEq)]
pub enum How {
    /// It was given.
    Leaf(Leaf),
    /// It was computed from earlier nodes.
    Computed(Operation),
}

#[derive(Debug, Clone)]
struct Node {
    value: Quantity,
    how: How,
    first_input: u32,
    inputs: u32,
}

/// All figures of one run, in the order they were computed.
#[derive(Debug, Clone, Default)]
pub struct Book {
    nodes: Vec<Node>,
    inputs: Vec<NodeId>,
    by_address: HashMap<Arc<str>, NodeId>,
    address_of: HashMap<NodeId, Arc<str>>,
    order: Vec<(Arc<str>, NodeId)>,
    leaves: HashMap<Leaf, NodeId>,
    split: Option<Split>,
}

/// The last split, kept while its parts are asked for one after the other.
#[derive(Debug, Clone)]
struct Split {
    settles: bool,
    inputs: (u32, u32),
    parts: Parts,
}

impl Book {
    /// An empty book.
    pub fn new() -> Self {
        Self::default()
    }

    /// A value the producer typed. The same path is one node, however often it is asked for.
    pub fn cell(&mut self, path: impl Into<Arc<str>>, value: impl Into<Quantity>) -> NodeId {
        self.leaf(Leaf::Cell { path: path.into() }, value.into())
    }

    /// A typed value that may be missing.
    pub fn optional_cell<Q: Into<Quantity>>(
        &mut self,
        path: impl Into<Arc<str>>,
        value: Option<Q>,
    ) -> NodeId {
        let path = path.into();
        let value =
            value.map_or_else(|| Quantity::Absent(Absence::Missing { path: path.clone() }), Into::into);
        self.leaf(Leaf::Cell { path }, value)
    }

    /// A value that nobody typed, with the source it was taken from.
    pub fn assumption(
        &mut self,
        path: impl Into<Arc<str>>,
        value: impl Into<Quantity>,
        source: impl Into<Arc<str>>,
    ) -> NodeId {
        self.leaf(Leaf::Assumption { path: path.into(), source: source.into() }, value.into())
    }

    /// A number of the law.
    pub fn clause(&mut self, clause: Clause, value: impl Into<Quantity>) -> NodeId {
        self.leaf(Leaf::Clause(clause), value.into())
    }

    /// Any leaf. Asking for the same leaf again gives the same node; its first value stands.
    pub fn leaf(&mut self, leaf: Leaf, value: Quantity) -> NodeId {
        if let Some(node) = self.leaves.get(&leaf) {
            return *node;
        }
        let node = self.push(value, How::Leaf(leaf.clone()), &[]);
        self.leaves.insert(leaf, node);
        node
    }

    /// Computes a node from earlier ones. What has no answer is an absent quantity with its reason.
    pub fn compute(&mut self, operation: Operation, inputs: &[NodeId]) -> NodeId {
        let value = match operation {
            Operation::Apportion { part } | Operation::Settle { part } => self.part(operation, part, inputs),
            _ => with_values(
                |node| &self.nodes[node.index()].value,
                inputs,
                |values| evaluate(operation, values).unwrap_or_else(Quantity::Absent),
            ),
        };
        self.push(value, How::Computed(operation), inputs)
    }

    fn part(&mut self, operation: Operation, part: u16, inputs: &[NodeId]) -> Quantity {
        let settles = matches!(operation, Operation::Settle { .. });
        let known = self.split.as_ref().is_some_and(|split| {
            let (first, count) = (split.inputs.0 as usize, split.inputs.1 as usize);
            split.settles == settles && self.inputs.get(first..first + count) == Some(inputs)
        });
        if !known {
            let value = |node: NodeId| &self.nodes[node.index()].value;
            let parts = with_values(value, inputs, |values| parts(operation, values));
            // The node that is being made puts its inputs here.
            let inputs = (self.inputs.len() as u32, inputs.len() as u32);
            self.split = Some(Split { settles, inputs, parts });
        }
        let none = || Quantity::Absent(Absence::arithmetic("a split has no parts"));
        self.split
            .as_ref()
            .map_or_else(none, |split| part_of(&split.parts, part).unwrap_or_else(Quantity::Absent))
    }

    /// [`compute`](Self::compute) and [`name`](Self::name) in one.
    pub fn figure(
        &mut self,
        address: impl Into<Arc<str>>,
        operation: Operation,
        inputs: &[NodeId],
    ) -> NodeId {
        let node = self.compute(operation, inputs);
        self.name(node, address)
    }

    /// Gives a node its address and returns the node that bears it. A node that already has another address,
    /// or that is an assumption, gets a node of its own that carries the value; an address already taken
    /// keeps its first bearer.
    pub fn name(&mut self, node: NodeId, address: impl Into<Arc<str>>) -> NodeId {
        let address = address.into();
        if let Some(taken) = self.by_address.get(&address) {
            debug_assert!(
                self.value(*taken) == self.value(node),
                "address {address} names two different figures"
            );
            return *taken;
        }
        // A named assumption would lend its name to every other figure that rests on it.
        let shared = matches!(self.how(node), How::Leaf(Leaf::Assumption { .. }));
        let node = if shared || self.address_of.contains_key(&node) {
            self.compute(Operation::Carry, &[node])
        } else {
            node
        };
        self.by_address.insert(address.clone(), node);
        self.address_of.insert(node, address.clone());
        self.order.push((address, node));
        node
    }

    /// The node that bears an address.
    pub fn find(&self, address: &str) -> Option<NodeId> {
        self.by_address.get(address).copied()
    }

    /// The address of a node, when it has one.
    pub fn address(&self, node: NodeId) -> Option<&Arc<str>> {
        self.address_of.get(&node)
    }

    /// The value of a node.
    pub fn value(&self, node: NodeId) -> &Quantity {
        &self.nodes[node.index()].value
    }

    /// The value at an address.
    pub fn at(&self, address: &str) -> Option<&Quantity> {
        self.find(address).map(|node| self.value(node))
    }

    /// The amount at an address.
    pub fn money(&self, address: &str) -> Option<Money> {
        self.at(address).and_then(Quantity::as_money)
    }

    /// The number at an address.
    pub fn number(&self, address: &str) -> Option<Decimal> {
        self.at(address).and_then(Quantity::as_number)
    }

    /// How a node came to be.
    pub fn how(&self, node: NodeId) -> &How {
        &self.nodes[node.index()].how
    }

    /// What a node was computed from, in order.
    pub fn inputs(&self, node: NodeId) -> &[NodeId] {
        let node = &self.nodes[node.index()];
        &self.inputs[node.first_input as usize..(node.first_input + node.inputs) as usize]
    }

    /// All named figures in the order they were named.
    pub fn figures(&self) -> impl Iterator<Item = (&str, NodeId, &Quantity)> {
        self.order.iter().map(|(address, node)| (address.as_ref(), *node, self.value(*node)))
    }

    /// Every node in the order of computation: what a node was made from comes before it.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// Nodes in the book.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing has been computed.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every leaf below a node.
    pub fn leaves_of(&self, node: NodeId) -> BTreeSet<Leaf> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::from([node]);
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if let How::Leaf(leaf) = self.how(node) {
                found.insert(leaf.clone());
            }
            open.extend(self.inputs(node).iter().copied().filter(|input| seen.insert(*input)));
        }
        found
    }

    /// Evaluates every operation again, from the leaves. `changed` may give a leaf another value.
    pub fn recompute(&self, changed: &dyn Fn(&Leaf) -> Option<Quantity>) -> Vec<Quantity> {
        let mut values: Vec<Quantity> = Vec::with_capacity(self.nodes.len());
        for (index, node) in self.nodes.iter().enumerate() {
            let value = match &node.how {
                How::Leaf(leaf) => changed(leaf).unwrap_or_else(|| node.value.clone()),
                How::Computed(operation) => {
                    let inputs = self.inputs(NodeId(index as u32));
                    with_values(
                        |input| &values[input.index()],
                        inputs,
                        |inputs| evaluate(*operation, inputs).unwrap_or_else(Quantity::Absent),
                    )
                }
            };
            values.push(value);
        }
        values
    }

    /// The recomputed value of a node, out of [`recompute`](Self::recompute)'s answer.
    pub fn recomputed<'a>(&self, values: &'a [Quantity], node: NodeId) -> Option<&'a Quantity> {
        values.get(node.index())
    }

    fn push(&mut self, value: Quantity, how: How, inputs: &[NodeId]) -> NodeId {
        let node = NodeId(self.nodes.len() as u32);
        let first_input = self.inputs.len() as u32;
        self.inputs.extend_from_slice(inputs);
        self.nodes.push(Node { value, how, first_input, inputs: inputs.len() as u32 });
        node
    }
}

static BLANK: Quantity = Quantity::Flag(false);

/// Puts the values of nodes side by side, the few that most operations have without asking for memory.
pub(crate) fn with_values<'v, N: Copy, T>(
    value: impl Fn(N) -> &'v Quantity,
    nodes: &[N],
    then: impl FnOnce(&[&'v Quantity]) -> T,
) -> T {
    const FEW: usize = 8;
    if nodes.len() > FEW {
        return then(&nodes.iter().map(|node| value(*node)).collect::<Vec<_>>());
    }
    let mut few = [&BLANK; FEW];
    for (place, node) in few.iter_mut().zip(nodes) {
        *place = value(*node);
    }
    then(&few[..nodes.len()])
}
