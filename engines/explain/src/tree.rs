//! A figure's explanation as a tree to show.

use std::sync::Arc;

use recoup_money::Rounding;
use serde::Serialize;

use crate::book::{Book, How, NodeId};
use crate::leaf::Leaf;
use crate::quantity::Quantity;

/// One node of an explanation with what it was made from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tree {
    /// Address, when the node is a named figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Arc<str>>,
    /// Its value.
    pub value: Quantity,
    /// The operation's name, for a computed node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<&'static str>,
    /// The rounding performed here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Rounding>,
    /// Where the explanation ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaf: Option<Leaf>,
    /// What the node was made from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Tree>,
    /// How many inputs were left out because the depth asked for was reached.
    #[serde(skip_serializing_if = "is_zero")]
    pub folded: usize,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Book {
    /// The explanation of the figure at an address, `depth` levels deep; `None` for an unknown address.
    pub fn explain(&self, address: &str, depth: usize) -> Option<Tree> {
        self.find(address).map(|node| self.tree(node, depth))
    }

    /// The explanation of a node. What lies deeper than `depth` is folded, and its inputs are counted.
    pub fn tree(&self, node: NodeId, depth: usize) -> Tree {
        let (operation, rounding, leaf) = match self.how(node) {
            How::Leaf(leaf) => (None, None, Some(leaf.clone())),
            How::Computed(operation) => (Some(operation.name()), operation.rounding(), None),
        };
        let inputs = self.inputs(node);
        Tree {
            address: self.address(node).cloned(),
            value: self.value(node).clone(),
            operation,
            rounding,
            leaf,
            inputs: if depth == 0 {
                Vec::new()
            } else {
                inputs.iter().map(|input| self.tree(*input, depth - 1)).collect()
            },
            folded: if depth == 0 { inputs.len() } else { 0 },
        }
    }
}
