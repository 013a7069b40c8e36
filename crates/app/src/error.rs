//! What a host is told when a use case cannot proceed.

use std::collections::BTreeMap;

use recoup_store::StoreError;
use recoup_vault::VaultError;
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
    /// Another project or version bears this name.
    NameTaken,
    /// The text of a program has faults.
    InvalidProgram,
    /// The person's database is closed.
    Locked,
    /// A passphrase must be chosen first.
    PassphraseNeeded,
    /// The passphrase is not the one.
    WrongPassphrase,
    /// The passphrase would be guessed.
    WeakPassphrase,
    /// There is no keychain, or it does not answer.
    KeychainUnavailable,
    /// The keychain is locked.
    KeychainLocked,
    /// The keychain, or the disk, has no key for this database.
    KeyMissing,
    /// The key does not open the database.
    WrongKey,
    /// Another window or program has the database open.
    DatabaseBusy,
    /// A newer program wrote the database.
    NewerDatabase,
    /// What is in the database is damaged.
    DatabaseDamaged,
    /// The file is no database, or no backup, of ours.
    NotADatabase,
    /// The database cannot be reached.
    DatabaseUnavailable,
    /// A database is already there.
    DatabaseExists,
    /// There is no room left to save.
    DiskFull,
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
            Self::NameTaken => "NAME_TAKEN",
            Self::InvalidProgram => "INVALID_PROGRAM",
            Self::Locked => "LOCKED",
            Self::PassphraseNeeded => "PASSPHRASE_NEEDED",
            Self::WrongPassphrase => "WRONG_PASSPHRASE",
            Self::WeakPassphrase => "WEAK_PASSPHRASE",
            Self::KeychainUnavailable => "KEYCHAIN_UNAVAILABLE",
            Self::KeychainLocked => "KEYCHAIN_LOCKED",
            Self::KeyMissing => "KEY_MISSING",
            Self::WrongKey => "WRONG_KEY",
            Self::DatabaseBusy => "DATABASE_BUSY",
            Self::NewerDatabase => "NEWER_DATABASE",
            Self::DatabaseDamaged => "DATABASE_DAMAGED",
            Self::NotADatabase => "NOT_A_DATABASE",
            Self::DatabaseUnavailable => "DATABASE_UNAVAILABLE",
            Self::DatabaseExists => "DATABASE_EXISTS",
            Self::DiskFull => "DISK_FULL",
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

/// The sentences of the store already say what to do; what is added is the code and the values.
impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        use ErrorCode as Code;
        let message = sentence(&error);
        let of = |code| Self::new(code, message.clone());
        match error {
            StoreError::NotFound { entity, id } => of(Code::NotFound).with("kind", entity).with("id", id),
            StoreError::Conflict { expected, found } => {
                of(Code::Conflict).with("expected", expected).with("current", found)
            }
            StoreError::Constraint { name } => {
                Self::new(Code::NameTaken, "This name is in use already. Choose another one.")
                    .with("rule", name)
            }
            StoreError::Unstorable { detail } => of(Code::InvalidRequest).with("reason", detail),
            StoreError::WrongKey { path } => of(Code::WrongKey).with("file", path.display()),
            StoreError::Newer { found, supported } => {
                of(Code::NewerDatabase).with("found", found).with("supported", supported)
            }
            StoreError::Locked { path } => of(Code::DatabaseBusy).with("file", path.display()),
            StoreError::DiskFull => of(Code::DiskFull),
            StoreError::Corrupt { detail } => of(Code::DatabaseDamaged).with("reason", detail),
            StoreError::NotADatabase { path, reason } => {
                of(Code::NotADatabase).with("file", path.display()).with("reason", reason)
            }
            StoreError::Unavailable { detail } => of(Code::DatabaseUnavailable).with("reason", detail),
        }
    }
}

/// As for the store: the vault's sentences say what to do.
impl From<VaultError> for AppError {
    fn from(error: VaultError) -> Self {
        use ErrorCode as Code;
        let message = sentence(&error);
        let of = |code| Self::new(code, message.clone());
        match error {
            VaultError::Unavailable { reason } => of(Code::KeychainUnavailable).with("reason", reason),
            VaultError::KeychainLocked => of(Code::KeychainLocked),
            VaultError::KeyMissing | VaultError::NoPassphrase => of(Code::KeyMissing),
            VaultError::WrongPassphrase => of(Code::WrongPassphrase),
            VaultError::WeakPassphrase { advice } => of(Code::WeakPassphrase).with("advice", advice),
            VaultError::KeyFileMissing { path } => of(Code::KeyMissing).with("file", path.display()),
            VaultError::KeyFileDamaged { path, detail } => {
                of(Code::DatabaseDamaged).with("file", path.display()).with("reason", detail)
            }
            VaultError::DatabaseExists { path } => of(Code::DatabaseExists).with("file", path.display()),
            VaultError::File { detail } => of(Code::DatabaseUnavailable).with("reason", detail),
        }
    }
}

/// An error's words as a sentence.
fn sentence(error: &dyn std::error::Error) -> String {
    let words = error.to_string();
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
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
