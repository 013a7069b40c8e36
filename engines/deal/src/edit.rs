//! Reading and changing cells by path. An edit gives a new deal or a refusal; it never half-applies.

use serde_json::{Map, Value};

use crate::bounds::within_bounds;
use crate::document::Deal;
use crate::error::DealError;
use crate::path::{Step, id_of, parse, position, walk};
use crate::read::{deal_to_value, typed};

/// The value at a path; absent when the path is malformed, leads nowhere, or the cell is empty.
/// A path that ends in `[]` reads the order of a list: its ids.
pub fn get(deal: &Deal, path: &str) -> Option<Value> {
    get_in(&deal_to_value(deal).ok()?, path)
}

/// Like [`get`], on the JSON form; for many reads of one deal.
pub fn get_in(document: &Value, path: &str) -> Option<Value> {
    let steps = parse(path).ok()?;
    match steps.split_last() {
        Some((Step::Order, list)) => order_of(walk(document, list)?),
        _ => walk(document, &steps).cloned(),
    }
}

/// The deal with the value at `path` replaced; `null` empties the cell (and removes a list element).
/// Fields on the way that are still empty are created. Ids and the schema stay as they are.
pub fn set(deal: &Deal, path: &str, value: Value) -> Result<Deal, DealError> {
    let mut document = deal_to_value(deal)?;
    set_in(&mut document, path, value)?;
    retyped(document)
}

/// The deal with `element` added to the list at `list_path`, before the element `before` or at the end.
pub fn insert(deal: &Deal, list_path: &str, element: Value, before: Option<&str>) -> Result<Deal, DealError> {
    let mut document = deal_to_value(deal)?;
    insert_in(&mut document, list_path, element, before)?;
    retyped(document)
}

/// The deal without the list element at `path`.
pub fn remove(deal: &Deal, path: &str) -> Result<Deal, DealError> {
    set(deal, path, Value::Null)
}

/// A typed deal out of an edited document.
pub(crate) fn retyped(document: Value) -> Result<Deal, DealError> {
    within_bounds(&document, "", 0)?;
    typed(document)
}

fn nowhere(path: &str) -> DealError {
    DealError::new("NO_SUCH_CELL", format!("There is no cell `{path}` in this deal.")).at(path)
}

fn fixed(path: &str) -> DealError {
    let message = "An id stays as it is, because other parts of the deal and its history name it.";
    DealError::new("ID_IS_FIXED", message).at(path)
}

/// The order of a list of elements with ids.
pub(crate) fn order_of(list: &Value) -> Option<Value> {
    let ids = list.as_array()?.iter().map(|element| id_of(element).map(Value::from));
    ids.collect::<Option<Vec<_>>>().map(Value::from)
}

pub(crate) fn set_in(document: &mut Value, path: &str, value: Value) -> Result<(), DealError> {
    let steps = parse(path)?;
    let Some((last, parents)) = steps.split_last() else { return Err(nowhere(path)) };
    let within_element = matches!(parents.last(), Some(Step::Element(_)));
    let fixed_field = |name: &str| {
        (name == "id" && within_element) || (name == "schema" || name == "id") && parents.is_empty()
    };
    match last {
        Step::Field(name) => {
            let parent = reach(document, parents, path)?;
            let parent = parent.as_object_mut().ok_or_else(|| nowhere(path))?;
            if fixed_field(name) {
                return if parent.get(name) == Some(&value) { Ok(()) } else { Err(fixed(path)) };
            }
            if value.is_null() {
                parent.remove(name);
            } else {
                parent.insert(name.clone(), value);
            }
            Ok(())
        }
        Step::Element(id) => {
            let list = reach(document, parents, path)?.as_array_mut().ok_or_else(|| nowhere(path))?;
            let index = position(list, id).ok_or_else(|| nowhere(path))?;
            if value.is_null() {
                list.remove(index);
            } else if id_of(&list[index]) != id_of(&value) {
                return Err(fixed(path));
            } else {
                list[index] = value;
            }
            Ok(())
        }
        Step::Order => reorder(reach(document, parents, path)?, &value, path),
    }
}

/// The place before the last step, with empty fields on the way filled.
fn reach<'a>(document: &'a mut Value, steps: &[Step], path: &str) -> Result<&'a mut Value, DealError> {
    let mut at = document;
    for step in steps {
        at = match step {
            Step::Field(name) => at
                .as_object_mut()
                .ok_or_else(|| nowhere(path))?
                .entry(name.clone())
                .or_insert_with(|| Value::Object(Map::new())),
            Step::Element(id) => {
                let list = at.as_array_mut().ok_or_else(|| nowhere(path))?;
                let index = position(list, id).ok_or_else(|| nowhere(path))?;
                &mut list[index]
            }
            Step::Order => return Err(nowhere(path)),
        };
    }
    Ok(at)
}

pub(crate) fn insert_in(
    document: &mut Value,
    list_path: &str,
    element: Value,
    before: Option<&str>,
) -> Result<(), DealError> {
    let steps = parse(list_path)?;
    let list = reach(document, &steps, list_path)?;
    if list.as_object().is_some_and(Map::is_empty) {
        *list = Value::Array(Vec::new());
    }
    let list = list.as_array_mut().ok_or_else(|| nowhere(list_path))?;
    let index = match before {
        Some(id) => position(list, id).ok_or_else(|| nowhere(&format!("{list_path}[{id}]")))?,
        None => list.len(),
    };
    list.insert(index, element);
    Ok(())
}

fn reorder(list: &mut Value, order: &Value, path: &str) -> Result<(), DealError> {
    let refuse = || {
        let message = "An order names every element of the list once, by its id.";
        DealError::new("INVALID_ORDER", message).at(path).given(order)
    };
    let ids = order.as_array().ok_or_else(refuse)?;
    let elements = match list {
        Value::Array(elements) => elements,
        Value::Object(nothing) if nothing.is_empty() && ids.is_empty() => {
            *list = Value::Array(Vec::new());
            return Ok(());
        }
        _ => return Err(nowhere(path)),
    };
    if ids.len() != elements.len() {
        return Err(refuse());
    }
    let mut rest: Vec<Option<Value>> = elements.iter().cloned().map(Some).collect();
    let mut ordered = Vec::with_capacity(rest.len());
    for id in ids {
        let found = rest.iter_mut().find(|e| e.as_ref().and_then(id_of) == id.as_str() && e.is_some());
        ordered.push(found.and_then(Option::take).ok_or_else(refuse)?);
    }
    *elements = ordered;
    Ok(())
}
