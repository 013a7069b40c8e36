//! What a host is told when a use case cannot proceed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The closed set of reasons a consumer may branch on.
///
/// A code is added only together with the branch that uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErrorCode {
    /// The request itself is malformed.
    InvalidRequest,
    /// The named thing does not exist (any more).
    NotFound,
    /// A program fault: the answer could not be computed though the question was sound.
    Internal,
}

/// A refusal: a code to branch on, a sentence for a person, and the values it speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
    /// What a consumer branches on.
    pub code: ErrorCode,
    /// What a person reads; says what to do where something can be done.
    pub message: String,
    /// The values of the case: path, given, limits.
    pub details: BTreeMap<String, String>,
}

impl AppError {
    /// An error with a code and a sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: BTreeMap::new() }
    }

    /// The same error with one more value of the case.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.details.insert(name.to_owned(), value.to_string());
        self
    }
}

/// The error as it crosses the wire, the same bytes on every host: `{"error": {…}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ErrorBody {
    /// The refusal.
    pub error: AppError,
}

impl From<AppError> for ErrorBody {
    fn from(error: AppError) -> Self {
        Self { error }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_form_is_code_message_details_under_error() {
        let error = AppError::new(ErrorCode::NotFound, "No such deal is open.").with("deal", "d1");
        let json = serde_json::to_value(ErrorBody::from(error)).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"error": {"code": "NOT_FOUND", "message": "No such deal is open.", "details": {"deal": "d1"}}})
        );
    }
}
