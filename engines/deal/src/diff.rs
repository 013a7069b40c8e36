//! What differs between two deals, as changes of cells that can be applied, shown and taken back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::document::Deal;
use crate::edit::{get_in, insert_in, order_of, retyped, set_in};
use crate::error::DealError;
use crate::path::{field_path, id_of};
use crate::read::deal_to_value;

/// One changed cell, one added or removed list element, or a new order of a list (path ends in `[]`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Where.
    pub path: String,
    /// What stood there; absent for what is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What stands there now; absent for what is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

impl Change {
    /// The change that takes this one back.
    pub fn inverse(&self) -> Change {
        Change { path: self.path.clone(), before: self.after.clone(), after: self.before.clone() }
    }

    /// Whether only the order of a list changed (or had to be kept with added or removed elements).
    pub fn is_order(&self) -> bool {
        self.path.ends_with("[]")
    }

    /// The list and the element, when the path selects a whole list element.
    fn element(&self) -> Option<&str> {
        let open = self.path.strip_suffix(']')?.rfind('[')?;
        (!self.is_order()).then(|| &self.path[..open])
    }
}

/// What has to change in `before` to become `after`, in an order in which it can be applied.
pub fn diff(before: &Deal, after: &Deal) -> Result<Vec<Change>, DealError> {
    let mut changes = Vec::new();
    compare("", &deal_to_value(before)?, &deal_to_value(after)?, &mut changes);
    Ok(changes)
}

/// The deal with every change applied. A cell that no longer holds what a change found there is a
/// conflict and refuses all of them.
pub fn apply(deal: &Deal, changes: &[Change]) -> Result<Deal, DealError> {
    let mut document = deal_to_value(deal)?;
    for change in changes.iter().filter(|change| !change.is_order()) {
        let standing = get_in(&document, &change.path);
        if standing != change.before {
            return Err(conflict(change, standing));
        }
        match (&change.after, change.before.is_none(), change.element()) {
            (Some(element), true, Some(list)) => insert_in(&mut document, list, element.clone(), None)?,
            (after, _, _) => {
                set_in(&mut document, &change.path, after.clone().unwrap_or(Value::Null))?;
            }
        }
    }
    for change in changes.iter().filter(|change| change.is_order()) {
        set_in(&mut document, &change.path, change.after.clone().unwrap_or(Value::Null))?;
    }
    retyped(document)
}

fn conflict(change: &Change, standing: Option<Value>) -> DealError {
    let message = "This cell has been changed in the meantime; look at both values and choose one.";
    let shown = standing.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
    DealError::new("CONFLICT", message).at(&change.path).given(shown)
}

fn compare(path: &str, before: &Value, after: &Value, out: &mut Vec<Change>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Value::Object(one), Value::Object(other)) => compare_objects(path, one, other, out),
        (Value::Array(one), Value::Array(other)) if have_ids(one) && have_ids(other) => {
            compare_lists(path, one, other, out);
        }
        _ => out.push(Change {
            path: path.to_owned(),
            before: Some(before.clone()),
            after: Some(after.clone()),
        }),
    }
}

fn have_ids(list: &[Value]) -> bool {
    list.iter().all(|element| id_of(element).is_some())
}

fn compare_objects(
    path: &str,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    out: &mut Vec<Change>,
) {
    for (name, was) in before {
        let at = field_path(path, name);
        match after.get(name) {
            Some(is) => compare(&at, was, is, out),
            None => out.push(Change { path: at, before: Some(was.clone()), after: None }),
        }
    }
    for (name, is) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
        out.push(Change { path: field_path(path, name), before: None, after: Some(is.clone()) });
    }
}

fn compare_lists(path: &str, before: &[Value], after: &[Value], out: &mut Vec<Change>) {
    let find =
        |list: &'_ [Value], element: &Value| list.iter().position(|other| id_of(other) == id_of(element));
    let at = |element: &Value| format!("{path}[{}]", id_of(element).unwrap_or_default());
    for was in before {
        match find(after, was) {
            Some(index) => compare(&at(was), was, &after[index], out),
            None => out.push(Change { path: at(was), before: Some(was.clone()), after: None }),
        }
    }
    for is in after.iter().filter(|is| find(before, is).is_none()) {
        out.push(Change { path: at(is), before: None, after: Some(is.clone()) });
    }
    let (was, is) = (order_of(&Value::from(before)), order_of(&Value::from(after)));
    if was != is {
        out.push(Change { path: format!("{path}[]"), before: was, after: is });
    }
}
