//! Why a key could not be had, in words that say what to do.

use std::path::PathBuf;

/// What stands between a person and the key of their database. No case leaves a key on the plain disk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no keychain here, or it does not answer.
    #[error("the system keychain is not available ({reason}); use a passphrase instead")]
    Unavailable {
        /// What the system said.
        reason: String,
    },
    /// The keychain is there and locked.
    #[error("the system keychain is locked; unlock it and try again, or use your passphrase")]
    KeychainLocked,
    /// The keychain answers and has no key for this database.
    #[error(
        "the system keychain holds no key for this database; use your passphrase, or restore a backup with its key file"
    )]
    KeyMissing,
    /// The passphrase does not open the key file.
    #[error("the passphrase is not right")]
    WrongPassphrase,
    /// This database was never given a passphrase.
    #[error("this database has no passphrase; it is opened by the system keychain")]
    NoPassphrase,
    /// The passphrase would be guessed.
    #[error("this passphrase is too easy to guess: {advice}")]
    WeakPassphrase {
        /// What would make it better.
        advice: String,
    },
    /// A database without the file that says how it is opened.
    #[error("{path} is missing; it belongs beside the database and is in every backup, put it back")]
    KeyFileMissing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The key file cannot be read as one.
    #[error("{path} is damaged ({detail}); put back the copy from a backup")]
    KeyFileDamaged {
        /// The key file.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// A new key was asked for where a database exists already.
    #[error("{path} exists already and needs the key it was made with")]
    DatabaseExists {
        /// The database.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("the key file cannot be reached: {detail}")]
    File {
        /// What the system said.
        detail: String,
    },
}
