//! Cures: edits of the document that make a finding go away, with what they do in words.

use serde_json::Value;

use crate::document::Deal;
use crate::edit::{insert_in, retyped, set_in};
use crate::error::DealError;
use crate::findings::Phrase;
use crate::read::deal_to_value;

/// One change of a document, as [`set`](crate::set), [`insert`](crate::insert) and [`remove`](crate::remove)
/// make it.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The cell at a path takes a value; null empties it.
    Set {
        /// The cell.
        path: String,
        /// What it takes.
        value: Value,
    },
    /// A list takes one more element.
    Insert {
        /// The list.
        list: String,
        /// The element, with its id.
        element: Value,
        /// Id of the element it stands before; none for the end.
        before: Option<String>,
    },
    /// An element leaves its list.
    Remove {
        /// The element.
        path: String,
    },
}

impl Edit {
    /// The cell at `path` takes `value`.
    pub fn set(path: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::Set { path: path.into(), value: value.into() }
    }

    /// The list takes `element` at its end.
    pub fn insert(list: impl Into<String>, element: Value) -> Self {
        Self::Insert { list: list.into(), element, before: None }
    }

    /// The element at `path` leaves its list.
    pub fn remove(path: impl Into<String>) -> Self {
        Self::Remove { path: path.into() }
    }

    fn apply(&self, document: &mut Value) -> Result<(), DealError> {
        match self {
            Self::Set { path, value } => set_in(document, path, value.clone()),
            Self::Insert { list, element, before } => {
                insert_in(document, list, element.clone(), before.as_deref())
            }
            Self::Remove { path } => set_in(document, path, Value::Null),
        }
    }
}

/// What is to be typed into a cell that only the producer knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskKind {
    /// A fraction, such as a tax or a share.
    Share,
    /// An amount in the deal's currency.
    Money,
    /// A day.
    Date,
    /// An exchange rate.
    Rate,
    /// A party of the deal, by its id.
    Party,
    /// A place, as a code.
    Jurisdiction,
}

/// A cell whose value nobody but the producer knows. Nothing stands in it beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The cell.
    pub path: String,
    /// What kind of value it takes.
    pub kind: AskKind,
}

/// What would make a finding go away.
#[derive(Debug, Clone, PartialEq)]
pub struct Cure {
    /// What is done, step by step.
    pub steps: Vec<Phrase>,
    /// How it is done: one edit of the document, in this order.
    pub edits: Vec<Edit>,
    /// What has to be typed in addition before it can be done; empty where nothing is missing.
    pub asks: Vec<Ask>,
}

impl Cure {
    /// A cure of one step.
    pub fn new(step: Phrase, edits: Vec<Edit>) -> Self {
        Self { steps: vec![step], edits, asks: Vec::new() }
    }

    /// A cure that waits for the value of a cell.
    pub fn asking(step: Phrase, path: impl Into<String>, kind: AskKind) -> Self {
        let ask = Ask { path: path.into(), kind };
        Self { steps: vec![step], edits: Vec::new(), asks: vec![ask] }
    }

    /// The same cure with one more step.
    #[must_use]
    pub fn and(mut self, step: Phrase, edits: impl IntoIterator<Item = Edit>) -> Self {
        self.steps.push(step);
        self.edits.extend(edits);
        self
    }

    /// Whether it can be done as it stands.
    pub fn is_ready(&self) -> bool {
        self.asks.is_empty()
    }
}

/// The deal after several edits, made one after the other; none of them is made where one is refused.
///
/// # Errors
/// When a path leads nowhere or what comes out is no deal.
pub fn edited(deal: &Deal, edits: &[Edit]) -> Result<Deal, DealError> {
    let mut document = deal_to_value(deal)?;
    for edit in edits {
        edit.apply(&mut document)?;
    }
    retyped(document)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::{get, read_deal};

    #[test]
    fn edits_are_made_together_or_not_at_all() {
        let deal = read_deal(include_str!("../tests/tidy.deal.json")).unwrap();
        let edits = [
            Edit::set("budget.contingency.share", "0.08"),
            Edit::insert("budget.costs", json!({"id": "legal", "kind": "legal"})),
            Edit::set("budget.costs[legal].amount", json!({"fixed": "USD 90000.00"})),
            Edit::remove("budget.costs[bond]"),
        ];
        let after = edited(&deal, &edits).unwrap();
        assert_eq!(get(&after, "budget.contingency.share"), Some(json!("0.08")));
        assert_eq!(get(&after, "budget.costs[]"), Some(json!(["insurance", "counsel", "audit", "legal"])));
        let refused = [edits.as_slice(), &[Edit::set("budget.costs[none].amount", Value::Null)]].concat();
        assert_eq!(edited(&deal, &refused).unwrap_err().code, "NO_SUCH_CELL");
    }
}
