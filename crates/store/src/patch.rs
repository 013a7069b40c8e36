//! The difference between two JSON documents, by the stable ids of list elements.
//!
//! A list whose elements all carry a distinct string `id` is compared element by element, whatever their
//! order; any other list is one value. Paths therefore read like the cells of a deal,
//! `budget.lines[anim].amount`, and stay true when lines move. Invariant, held by a property test:
//! applying `edits(old, new)` to `old` gives `new`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Step {
    /// A field of an object.
    Field(String),
    /// The element of a list that has this id.
    Element {
        /// The stable id.
        id: String,
    },
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Edit {
    /// Puts a value at a place; an element that is not there yet goes to the end of its list.
    Set {
        /// Where.
        at: Vec<Step>,
        /// What.
        to: Value,
    },
    /// Takes a field or an element away.
    Remove {
        /// Where.
        at: Vec<Step>,
    },
    /// Puts the elements of a list in this order.
    Order {
        /// The list.
        at: Vec<Step>,
        /// Every id of the list, in its new order.
        ids: Vec<String>,
    },
}

/// One changed place, for a person to read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The cell, such as `budget.lines[anim].amount`.
    pub path: String,
    /// What stood there; `None` when nothing did.
    pub before: Option<Value>,
    /// What stands there; `None` when nothing does.
    pub after: Option<Value>,
}

/// A patch that does not fit the document it is applied to; holds the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit(pub(crate) String);

/// The changes that lead from `old` to `new`.
#[must_use]
pub fn edits(old: &Value, new: &Value) -> Vec<Edit> {
    let mut found = Vec::new();
    compare(&mut Vec::new(), old, new, &mut found);
    found
}

/// The changes as places with what stood and what stands there.
#[must_use]
pub fn differences(old: &Value, new: &Value) -> Vec<Difference> {
    edits(old, new)
        .iter()
        .map(|edit| {
            let (Edit::Set { at, .. } | Edit::Remove { at } | Edit::Order { at, .. }) = edit;
            match edit {
                Edit::Order { .. } => {
                    Difference { path: path(at), before: order_at(old, at), after: order_at(new, at) }
                }
                _ => Difference {
                    path: path(at),
                    before: look(old, at).cloned(),
                    after: look(new, at).cloned(),
                },
            }
        })
        .collect()
}

/// Writes a path the way cells of a deal are written.
#[must_use]
pub fn path(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Field(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Element { id } => {
                text.push('[');
                text.push_str(id);
                text.push(']');
            }
        }
    }
    text
}

/// Applies changes in order.
pub(crate) fn apply(mut document: Value, edits: &[Edit]) -> Result<Value, Misfit> {
    for edit in edits {
        match edit {
            Edit::Set { at, to } => set(&mut document, at, to)?,
            Edit::Remove { at } => remove(&mut document, at)?,
            Edit::Order { at, ids } => order(&mut document, at, ids)?,
        }
    }
    Ok(document)
}

fn compare(at: &mut Vec<Step>, old: &Value, new: &Value, found: &mut Vec<Edit>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => compare_fields(at, before, after, found),
        (Value::Array(before), Value::Array(after)) => match (ids(before), ids(after)) {
            (Some(from), Some(to)) => compare_elements(at, (before, &from), (after, &to), found),
            _ => found.push(Edit::Set { at: at.clone(), to: new.clone() }),
        },
        _ => found.push(Edit::Set { at: at.clone(), to: new.clone() }),
    }
}

fn compare_fields(
    at: &mut Vec<Step>,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    found: &mut Vec<Edit>,
) {
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        at.push(Step::Field(name.clone()));
        found.push(Edit::Remove { at: at.clone() });
        at.pop();
    }
    for (name, value) in after {
        at.push(Step::Field(name.clone()));
        match before.get(name) {
            Some(old) => compare(at, old, value, found),
            None => found.push(Edit::Set { at: at.clone(), to: value.clone() }),
        }
        at.pop();
    }
}

fn compare_elements(
    at: &mut Vec<Step>,
    (before, from): (&[Value], &[&str]),
    (after, to): (&[Value], &[&str]),
    found: &mut Vec<Edit>,
) {
    let element = |id: &str| Step::Element { id: id.to_owned() };
    for id in from.iter().filter(|id| !to.contains(id)) {
        at.push(element(id));
        found.push(Edit::Remove { at: at.clone() });
        at.pop();
    }
    for (value, id) in after.iter().zip(to) {
        at.push(element(id));
        match from.iter().position(|known| known == id) {
            Some(place) => compare(at, &before[place], value, found),
            None => found.push(Edit::Set { at: at.clone(), to: value.clone() }),
        }
        at.pop();
    }
    let kept = from.iter().filter(|id| to.contains(id));
    let added = to.iter().filter(|id| !from.contains(id));
    if !kept.chain(added).eq(to.iter()) {
        let ids = to.iter().map(|id| (*id).to_owned()).collect();
        found.push(Edit::Order { at: at.clone(), ids });
    }
}

/// The ids of a list, when every element has one and no two are equal.
fn ids(list: &[Value]) -> Option<Vec<&str>> {
    let mut seen = std::collections::HashSet::new();
    list.iter().map(|value| value.get("id").and_then(Value::as_str).filter(|id| seen.insert(*id))).collect()
}

fn look<'a>(document: &'a Value, at: &[Step]) -> Option<&'a Value> {
    at.iter().try_fold(document, |value, step| match step {
        Step::Field(name) => value.get(name),
        Step::Element { id } => value.as_array()?.iter().find(|element| has_id(element, id)),
    })
}

fn order_at(document: &Value, at: &[Step]) -> Option<Value> {
    let list = look(document, at)?.as_array()?;
    Some(list.iter().filter_map(|element| element.get("id").cloned()).collect())
}

fn has_id(element: &Value, id: &str) -> bool {
    element.get("id").and_then(Value::as_str) == Some(id)
}

fn place<'a>(document: &'a mut Value, at: &[Step]) -> Result<&'a mut Value, Misfit> {
    at.iter()
        .try_fold(document, |value, step| match step {
            Step::Field(name) => value.get_mut(name),
            Step::Element { id } => value.as_array_mut()?.iter_mut().find(|element| has_id(element, id)),
        })
        .ok_or_else(|| Misfit(path(at)))
}

fn set(document: &mut Value, at: &[Step], to: &Value) -> Result<(), Misfit> {
    let Some((last, parents)) = at.split_last() else {
        *document = to.clone();
        return Ok(());
    };
    match (place(document, parents)?, last) {
        (Value::Object(fields), Step::Field(name)) => {
            fields.insert(name.clone(), to.clone());
        }
        (Value::Array(list), Step::Element { id }) if has_id(to, id) => {
            match list.iter_mut().find(|element| has_id(element, id)) {
                Some(element) => *element = to.clone(),
                None => list.push(to.clone()),
            }
        }
        _ => return Err(Misfit(path(at))),
    }
    Ok(())
}

fn remove(document: &mut Value, at: &[Step]) -> Result<(), Misfit> {
    let misfit = || Misfit(path(at));
    let (last, parents) = at.split_last().ok_or_else(misfit)?;
    match (place(document, parents)?, last) {
        // Not `remove`: with insertion order kept, that one moves the last field into the gap.
        (Value::Object(fields), Step::Field(name)) => {
            fields.shift_remove(name).ok_or_else(misfit)?;
        }
        (Value::Array(list), Step::Element { id }) => {
            let index = list.iter().position(|element| has_id(element, id)).ok_or_else(misfit)?;
            list.remove(index);
        }
        _ => return Err(misfit()),
    }
    Ok(())
}

fn order(document: &mut Value, at: &[Step], ids: &[String]) -> Result<(), Misfit> {
    let list = place(document, at)?.as_array_mut().ok_or_else(|| Misfit(path(at)))?;
    let rank = |element: &Value| ids.iter().position(|id| has_id(element, id));
    if list.len() != ids.len() || list.iter().any(|element| rank(element).is_none()) {
        return Err(Misfit(path(at)));
    }
    list.sort_by_key(rank);
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_changed_amount_is_one_cell() {
        let old = json!({"budget":{"lines":[{"id":"anim","amount":"USD 1.00"},{"id":"music","amount":"USD 2.00"}]}});
        let new = json!({"budget":{"lines":[{"id":"music","amount":"USD 2.00"},{"id":"anim","amount":"USD 3.00"}]}});
        let found = differences(&old, &new);
        assert_eq!(found[0].path, "budget.lines[anim].amount");
        assert_eq!(found[0].before, Some(json!("USD 1.00")));
        assert_eq!(found[0].after, Some(json!("USD 3.00")));
        assert_eq!(found[1].path, "budget.lines");
        assert_eq!(found[1].after, Some(json!(["music", "anim"])));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_patch_for_another_document_is_refused_by_path() {
        let edits = [Edit::Remove { at: vec![Step::Field("a".into()), Step::Element { id: "x".into() }] }];
        assert_eq!(apply(json!({"a":[{"id":"y"}]}), &edits), Err(Misfit("a[x]".into())));
    }

    fn tree() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..3_i64).prop_map(Value::from),
            "[a-c]{0,2}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            let named = prop::collection::vec(("[a-d]", inner.clone()), 0..5).prop_map(|list| {
                list.into_iter().map(|(id, value)| json!({"id": id, "value": value})).collect::<Value>()
            });
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-d]", inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
                named.clone(),
                named,
            ]
        })
    }

    proptest! {
        #[test]
        fn applying_the_edits_gives_the_new_document(old in tree(), new in tree()) {
            let found = edits(&old, &new);
            let stored: Vec<Edit> = serde_json::from_str(&serde_json::to_string(&found).unwrap()).unwrap();
            prop_assert_eq!(apply(old.clone(), &stored), Ok(new.clone()));
            prop_assert_eq!(found.is_empty(), old == new);
        }
    }
}
