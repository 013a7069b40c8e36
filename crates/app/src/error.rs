//! What a host is told when a use case cannot proceed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The application's own reasons. A refusal of the deal's content keeps the code the deal engine gives it,
/// such as `INVALID_BUDGET`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// The request itself is malformed.
    InvalidRequest,
    /// The named thing does not exist (any more).
    NotFound,
    /// It has been changed since it was looked at.
    Conflict,
    /// A program fault: the answer could not be computed though the question was sound.
    Internal,
}

impl ErrorCode {
    /// The code as it crosses the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "INVALID_REQUEST",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::Internal => "INTERNAL",
        }
    }
}

/// A refusal: a code to branch on, a sentence for a person, and the values it speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
    /// What a consumer branches on.
    pub code: String,
    /// What a person reads; says what to do where something can be done.
    pub message: String,
    /// The values of the case: path, given, limits.
    pub details: BTreeMap<String, String>,
}

impl AppError {
    /// An error with a code and a sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code: code.as_str().to_owned(), message: message.into(), details: BTreeMap::new() }
    }

    /// Whether this is the application's own reason of that code.
    #[must_use]
    pub fn is(&self, code: ErrorCode) -> bool {
        self.code == code.as_str()
    }

    /// The same error with one more value of the case.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.details.insert(name.to_owned(), value.to_string());
        self
    }
}

impl From<recoup_deal::DealError> for AppError {
    fn from(error: recoup_deal::DealError) -> Self {
        let named = [("path", error.path), ("given", error.given), ("min", error.min), ("max", error.max)];
        let mut details: BTreeMap<String, String> = named
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| (name.to_owned(), value)))
            .collect();
        if !error.allowed.is_empty() {
            details.insert("allowed".to_owned(), error.allowed.join(", "));
        }
        Self { code: error.code, message: error.message, details }
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
