//! Why a document or an edit is refused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A refusal: a stable code, a sentence for a producer, and where it applies the cell, the value given
/// and the limits. Nothing has been changed when one is returned.
#[derive(Debug, Clone, PartialEq, Eq, Default, Error, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[error("{message}")]
pub struct DealError {
    /// Stable code, upper case with underscores.
    pub code: String,
    /// What is the matter and what to do.
    pub message: String,
    /// Path of the cell; absent when the whole document is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The value given, shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// The smallest value allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The largest value allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// The values or fields allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
}

/// Longest piece of a given value that is repeated in an error.
const SHOWN: usize = 80;

impl DealError {
    /// A refusal of the whole document.
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), ..Self::default() }
    }

    /// The same refusal, naming the cell.
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same refusal, naming the value given.
    pub(crate) fn given(mut self, given: impl ToString) -> Self {
        let text = given.to_string();
        self.given = Some(match text.char_indices().nth(SHOWN) {
            Some((cut, _)) => format!("{}…", &text[..cut]),
            None => text,
        });
        self
    }

    /// The same refusal, naming the limits.
    pub(crate) fn between(mut self, min: impl ToString, max: impl ToString) -> Self {
        self.min = Some(min.to_string());
        self.max = Some(max.to_string());
        self
    }

    /// The same refusal, naming the largest value.
    pub(crate) fn at_most(mut self, max: impl ToString) -> Self {
        self.max = Some(max.to_string());
        self
    }

    /// The same refusal, naming what is allowed.
    pub(crate) fn one_of(mut self, allowed: impl IntoIterator<Item = String>) -> Self {
        self.allowed = allowed.into_iter().collect();
        self
    }
}
