//! Paths: the addresses of cells in a deal, such as `budget.lines[anim].amount`.
//!
//! A path is walked on the JSON form of the document. A name selects a field, a bracket selects the
//! element of a list by its `id` (by its position in the few lists whose elements have none), and an
//! empty bracket at the end stands for the order of the list.

use serde_json::Value;

use crate::error::DealError;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A field by name.
    Field(String),
    /// An element of a list by id.
    Element(String),
    /// The order of a list.
    Order,
}

/// Longest path that is read.
const LONGEST: usize = 512;

/// Characters of field names and map keys.
pub(crate) fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// Characters of the ids of list elements.
pub(crate) fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':');
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(plain)
        && text.as_bytes()[0].is_ascii_alphanumeric()
}

fn malformed(path: &str) -> DealError {
    DealError::new("MALFORMED_PATH", "This is not the path of a cell, such as budget.lines[anim].amount.")
        .at(path)
        .given(path)
}

/// Reads a path into steps.
pub(crate) fn parse(path: &str) -> Result<Vec<Step>, DealError> {
    if path.is_empty() || path.len() > LONGEST {
        return Err(malformed(path));
    }
    let mut steps = Vec::new();
    let mut rest = path;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        if !is_key(&rest[..end]) {
            return Err(malformed(path));
        }
        steps.push(Step::Field(rest[..end].to_owned()));
        rest = &rest[end..];
        while let Some(inside) = rest.strip_prefix('[') {
            let close = inside.find(']').ok_or_else(|| malformed(path))?;
            let id = &inside[..close];
            rest = &inside[close + 1..];
            if id.is_empty() && rest.is_empty() {
                steps.push(Step::Order);
            } else if is_id(id) {
                steps.push(Step::Element(id.to_owned()));
            } else {
                return Err(malformed(path));
            }
        }
        if rest.is_empty() {
            return Ok(steps);
        }
        rest = rest.strip_prefix('.').ok_or_else(|| malformed(path))?;
    }
}

/// The id of a list element.
pub(crate) fn id_of(element: &Value) -> Option<&str> {
    element.get("id").and_then(Value::as_str)
}

/// How an element at `index` is addressed inside its list.
pub(crate) fn element_path(list: &str, index: usize, element: &Value) -> String {
    match id_of(element) {
        Some(id) => format!("{list}[{id}]"),
        None => format!("{list}[{index}]"),
    }
}

/// The path of a field inside `parent` (the document itself for an empty one).
pub(crate) fn field_path(parent: &str, field: &str) -> String {
    if parent.is_empty() { field.to_owned() } else { format!("{parent}.{field}") }
}

/// The position of the element that a bracket selects.
pub(crate) fn position(list: &[Value], id: &str) -> Option<usize> {
    list.iter().position(|element| id_of(element) == Some(id)).or_else(|| {
        let index: usize = id.parse().ok()?;
        list.get(index).filter(|element| id_of(element).is_none()).map(|_| index)
    })
}

/// The value a path leads to.
pub(crate) fn walk<'a>(root: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    steps.iter().try_fold(root, |at, step| match step {
        Step::Field(name) => at.as_object()?.get(name),
        Step::Element(id) => {
            let list = at.as_array()?;
            list.get(position(list, id)?)
        }
        Step::Order => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_selects_fields_and_elements_by_id() {
        let root = json!({"budget": {"lines": [{"id": "a", "amount": 1}, {"id": "b.1", "amount": 2}]}});
        let read = |path: &str| parse(path).ok().and_then(|steps| walk(&root, &steps).cloned());
        assert_eq!(read("budget.lines[b.1].amount"), Some(json!(2)));
        assert_eq!(read("budget.lines[a]"), Some(json!({"id": "a", "amount": 1})));
        assert_eq!(read("budget.lines[c].amount"), None);
        assert_eq!(read("budget.lines[0].amount"), None, "elements with ids have no positions");
    }

    #[test]
    fn elements_without_ids_are_addressed_by_position() {
        let root = json!({"while": [{"measure": "x"}, {"measure": "y"}]});
        assert_eq!(walk(&root, &parse("while[1].measure").unwrap()), Some(&json!("y")));
    }

    #[test]
    fn malformed_paths_are_refused() {
        for path in ["", ".", "a.", "a..b", "a[", "a[]b", "a[].b", "[a]", "a[b]c", "a b", "a[-x]"] {
            assert_eq!(parse(path).unwrap_err().code, "MALFORMED_PATH", "{path}");
        }
    }
}
