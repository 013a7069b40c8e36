//! The book of figures.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use recoup_calendar::Date;
use recoup_money::Money;
use rust_decimal::Decimal;

use crate::answer::answer;
use crate::evaluate::{Parts, evaluate, part_of, parts};
use crate::finder::{Finder, QuickState, fingerprint};
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

    /// Its place in the order of computation, from 0.
    pub fn index(self) -> usize {
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

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Its place among the ways in which nodes came to be.
    how: u32,
    first_input: u32,
    inputs: u32,
    /// Its place in the order of names, plus one.
    named: u32,
}

/// All figures of one run, in the order they were computed.
#[derive(Debug, Clone, Default)]
pub struct Book {
    nodes: Vec<Node>,
    values: Vec<Quantity>,
    inputs: Vec<NodeId>,
    /// Leaves each once; an operation is written once for all nodes that it makes.
    hows: Vec<How>,
    operations: Finder,
    /// Where the operations that most nodes are made by are written, plus one.
    usual: [u32; Operation::USUAL],
    leaves: Finder,
    days: HashMap<Date, NodeId, QuickState>,
    order: Vec<(Arc<str>, NodeId)>,
    addresses: Finder,
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

    /// An empty book with room for so many nodes.
    pub fn with_capacity(nodes: usize) -> Self {
        Self {
            nodes: Vec::with_capacity(nodes),
            values: Vec::with_capacity(nodes),
            inputs: Vec::with_capacity(4 * nodes),
            ..Self::default()
        }
    }

    /// A value the producer typed. The same path is one node, however often it is asked for.
    pub fn cell(&mut self, path: impl Into<Arc<str>> + AsRef<str>, value: impl Into<Quantity>) -> NodeId {
        let known = self.known_cell(path.as_ref());
        known.unwrap_or_else(|| self.leaf(Leaf::Cell { path: path.into() }, value.into()))
    }

    fn known_cell(&self, path: &str) -> Option<NodeId> {
        let is = |node: u32| matches!(self.how(NodeId(node)), How::Leaf(Leaf::Cell { path: known }) if known.as_ref() == path);
        self.leaves.find(cell_mark(path), is).map(NodeId)
    }

    /// A typed value that may be missing.
    pub fn optional_cell<Q: Into<Quantity>>(
        &mut self,
        path: impl Into<Arc<str>> + AsRef<str>,
        value: Option<Q>,
    ) -> NodeId {
        if let Some(known) = self.known_cell(path.as_ref()) {
            return known;
        }
        let path = path.into();
        let value =
            value.map_or_else(|| Quantity::Absent(Absence::Missing { path: path.clone() }), Into::into);
        self.leaf(Leaf::Cell { path }, value)
    }

    /// A value that nobody typed, with the source it was taken from.
    pub fn assumption(
        &mut self,
        path: impl Into<Arc<str>> + AsRef<str>,
        value: impl Into<Quantity>,
        source: impl Into<Arc<str>> + AsRef<str>,
    ) -> NodeId {
        let (at, from) = (path.as_ref(), source.as_ref());
        let is = |node: u32| match self.how(NodeId(node)) {
            How::Leaf(Leaf::Assumption { path, source }) => path.as_ref() == at && source.as_ref() == from,
            _ => false,
        };
        if let Some(known) = self.leaves.find(assumption_mark(at, from), is) {
            return NodeId(known);
        }
        self.leaf(Leaf::Assumption { path: path.into(), source: source.into() }, value.into())
    }

    /// A day, as a leaf that rests on the calendar alone.
    pub fn day(&mut self, date: Date) -> NodeId {
        if let Some(node) = self.days.get(&date) {
            return *node;
        }
        let node = self.assumption(format!("calendar[{date}]"), date, "a day of the calendar");
        self.days.insert(date, node);
        node
    }

    /// A number of the law.
    pub fn clause(&mut self, clause: Clause, value: impl Into<Quantity>) -> NodeId {
        self.leaf(Leaf::Clause(clause), value.into())
    }

    /// Any leaf. Asking for the same leaf again gives the same node; its first value stands.
    pub fn leaf(&mut self, leaf: Leaf, value: Quantity) -> NodeId {
        let mark = match &leaf {
            Leaf::Cell { path } => cell_mark(path),
            Leaf::Assumption { path, source } => assumption_mark(path, source),
            Leaf::Clause(_) | Leaf::DatedRate { .. } => fingerprint(&leaf),
        };
        let is = |node: u32| matches!(self.how(NodeId(node)), How::Leaf(known) if *known == leaf);
        if let Some(node) = self.leaves.find(mark, is) {
            return NodeId(node);
        }
        let how = self.hows.len() as u32;
        self.hows.push(How::Leaf(leaf));
        let node = self.push(value, how, &[]);
        self.leaves.insert(mark, node.0);
        node
    }

    /// Computes a node from earlier ones. What has no answer is an absent quantity with its reason.
    pub fn compute(&mut self, operation: Operation, inputs: &[NodeId]) -> NodeId {
        let value = match operation {
            Operation::Apportion { part } | Operation::Settle { part } => self.part(operation, part, inputs),
            _ => {
                let value = |node: NodeId| &self.values[node.index()];
                answer(operation, inputs, value).unwrap_or_else(Quantity::Absent)
            }
        };
        let how = self.operation(operation);
        self.push(value, how, inputs)
    }

    fn operation(&mut self, operation: Operation) -> u32 {
        let Some(slot) = operation.usual() else { return self.written(operation) };
        if self.usual[slot] == 0 {
            self.usual[slot] = self.written(operation) + 1;
        }
        self.usual[slot] - 1
    }

    fn written(&mut self, operation: Operation) -> u32 {
        let mark = fingerprint(&operation);
        let is = |how: u32| self.hows[how as usize] == How::Computed(operation);
        if let Some(how) = self.operations.find(mark, is) {
            return how;
        }
        let how = self.hows.len() as u32;
        self.hows.push(How::Computed(operation));
        self.operations.insert(mark, how);
        how
    }

    fn part(&mut self, operation: Operation, part: u16, inputs: &[NodeId]) -> Quantity {
        let settles = matches!(operation, Operation::Settle { .. });
        let known = self.split.as_ref().is_some_and(|split| {
            let (first, count) = (split.inputs.0 as usize, split.inputs.1 as usize);
            split.settles == settles && self.inputs.get(first..first + count) == Some(inputs)
        });
        if !known {
            let value = |node: NodeId| &self.values[node.index()];
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
        let mark = fingerprint(address.as_ref());
        if let Some(taken) = self.addresses.find(mark, |place| self.order[place as usize].0 == address) {
            let taken = self.order[taken as usize].1;
            debug_assert!(
                self.value(taken) == self.value(node),
                "address {address} names two different figures"
            );
            return taken;
        }
        // A named assumption would lend its name to every other figure that rests on it.
        let shared = matches!(self.how(node), How::Leaf(Leaf::Assumption { .. }));
        let node = if shared || self.address(node).is_some() {
            self.compute(Operation::Carry, &[node])
        } else {
            node
        };
        self.addresses.insert(mark, self.order.len() as u32);
        self.order.push((address, node));
        self.nodes[node.index()].named = self.order.len() as u32;
        node
    }

    /// The node that bears an address.
    pub fn find(&self, address: &str) -> Option<NodeId> {
        let is = |place: u32| self.order[place as usize].0.as_ref() == address;
        self.addresses.find(fingerprint(address), is).map(|place| self.order[place as usize].1)
    }

    /// The address of a node, when it has one.
    pub fn address(&self, node: NodeId) -> Option<&Arc<str>> {
        let place = (self.nodes[node.index()].named as usize).checked_sub(1)?;
        self.order.get(place).map(|(address, _)| address)
    }

    /// Puts another value in a node's place. What was split last is forgotten: it may have rested on it.
    pub(crate) fn set(&mut self, node: NodeId, value: Quantity) {
        self.split = None;
        if let Some(slot) = self.values.get_mut(node.index()) {
            *slot = value;
        }
    }

    /// The value of a node.
    pub fn value(&self, node: NodeId) -> &Quantity {
        &self.values[node.index()]
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
        &self.hows[self.nodes[node.index()].how as usize]
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
        for node in self.nodes() {
            let value = match self.how(node) {
                How::Leaf(leaf) => changed(leaf).unwrap_or_else(|| self.value(node).clone()),
                How::Computed(operation) => with_values(
                    |input| &values[input.index()],
                    self.inputs(node),
                    |inputs| evaluate(*operation, inputs).unwrap_or_else(Quantity::Absent),
                ),
            };
            values.push(value);
        }
        values
    }

    /// The recomputed value of a node, out of [`recompute`](Self::recompute)'s answer.
    pub fn recomputed<'a>(&self, values: &'a [Quantity], node: NodeId) -> Option<&'a Quantity> {
        values.get(node.index())
    }

    fn push(&mut self, value: Quantity, how: u32, inputs: &[NodeId]) -> NodeId {
        let node = NodeId(self.nodes.len() as u32);
        let first_input = self.inputs.len() as u32;
        self.inputs.extend_from_slice(inputs);
        self.nodes.push(Node { how, first_input, inputs: inputs.len() as u32, named: 0 });
        self.values.push(value);
        node
    }
}

fn cell_mark(path: &str) -> u32 {
    fingerprint(&(0u8, path))
}

fn assumption_mark(path: &str, source: &str) -> u32 {
    fingerprint(&(1u8, path, source))
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
