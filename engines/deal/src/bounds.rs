//! Bounds on a document before anything looks into it: size, nesting, lists, texts, names, ids.

use std::collections::HashSet;

use serde_json::Value;

use crate::error::DealError;
use crate::path::{element_path, field_path, id_of, is_id, is_key};

/// Largest document in bytes.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;
/// Deepest nesting of lists and objects.
pub const MAX_DEPTH: usize = 40;
/// Longest list.
pub const MAX_LIST: usize = 2_000;
/// Longest text in bytes.
pub const MAX_TEXT: usize = 20_000;

/// Refuses what is too large, too deep, ill named or ambiguous.
pub(crate) fn within_bounds(value: &Value, path: &str, depth: usize) -> Result<(), DealError> {
    if depth > MAX_DEPTH {
        let message = format!("The document is nested more than {MAX_DEPTH} levels deep.");
        return Err(DealError::new("TOO_DEEP", message).at(path).given(depth).at_most(MAX_DEPTH));
    }
    match value {
        Value::String(text) if text.len() > MAX_TEXT => {
            let message = format!("This text is longer than {MAX_TEXT} bytes.");
            Err(DealError::new("TEXT_TOO_LONG", message).at(path).given(text.len()).at_most(MAX_TEXT))
        }
        Value::Array(list) => {
            if list.len() > MAX_LIST {
                let message = format!("This list has more than {MAX_LIST} elements.");
                return Err(DealError::new("LIST_TOO_LONG", message)
                    .at(path)
                    .given(list.len())
                    .at_most(MAX_LIST));
            }
            distinct_ids(list, path)?;
            list.iter()
                .enumerate()
                .try_for_each(|(i, e)| within_bounds(e, &element_path(path, i, e), depth + 1))
        }
        Value::Object(fields) => fields.iter().try_for_each(|(name, inner)| {
            if !is_key(name) {
                let message = "A name may hold letters, digits, hyphens and underscores, up to 64 of them.";
                return Err(DealError::new("INVALID_NAME", message).at(path).given(name));
            }
            within_bounds(inner, &field_path(path, name), depth + 1)
        }),
        _ => Ok(()),
    }
}

fn distinct_ids(list: &[Value], path: &str) -> Result<(), DealError> {
    let mut seen = HashSet::new();
    for element in list {
        let Some(id) = id_of(element) else { continue };
        if !is_id(id) {
            let message = "An id begins with a letter or digit and holds letters, digits, and . _ - : \
                           up to 64 of them.";
            return Err(DealError::new("INVALID_ID", message).at(path).given(id));
        }
        if !seen.insert(id) {
            let message = format!("Two elements of this list have the id `{id}`. Give one of them another.");
            return Err(DealError::new("DUPLICATE_ID", message).at(format!("{path}[{id}]")).given(id));
        }
    }
    Ok(())
}

/// Removes fields that say nothing, so that absent has one form only.
pub(crate) fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, inner| !inner.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(list) => list.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn code(value: &Value) -> String {
        within_bounds(value, "", 0).err().map(|e| e.code).unwrap_or_default()
    }

    #[test]
    fn depth_length_and_text_are_bounded() {
        let nested = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(code(&nested(MAX_DEPTH)), "");
        assert_eq!(code(&nested(MAX_DEPTH + 1)), "TOO_DEEP");
        assert_eq!(code(&json!(vec![0; MAX_LIST])), "");
        assert_eq!(code(&json!(vec![0; MAX_LIST + 1])), "LIST_TOO_LONG");
        assert_eq!(code(&json!("x".repeat(MAX_TEXT))), "");
        assert_eq!(code(&json!("x".repeat(MAX_TEXT + 1))), "TEXT_TOO_LONG");
    }

    #[test]
    fn ids_are_well_formed_and_distinct_within_one_list() {
        assert_eq!(code(&json!({"a": [{"id": "x"}, {"id": "y"}], "b": [{"id": "x"}]})), "");
        assert_eq!(code(&json!({"a": [{"id": "x"}, {"id": "x"}]})), "DUPLICATE_ID");
        assert_eq!(code(&json!([{"id": "no space"}])), "INVALID_ID");
        assert_eq!(code(&json!({"a.b": 1})), "INVALID_NAME");
    }
}
