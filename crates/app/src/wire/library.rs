//! The person's own database: whether there is one, who it belongs to, how it is opened.

use serde::{Deserialize, Serialize};

/// Asks how things stand with the database of this person.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewLibrary {}

/// Whether there is a database, and whether it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum LibraryState {
    /// There is none yet.
    Absent,
    /// There is one, and it is closed.
    Locked,
    /// It is open.
    Open,
}

/// How things stand with the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct LibraryView {
    /// Whether it is there and open.
    pub state: LibraryState,
    /// Where it is or will be.
    pub place: String,
    /// The system's keychain holds its key.
    pub by_keychain: bool,
    /// A passphrase opens it.
    pub by_passphrase: bool,
    /// Whose it is; known while it is open.
    pub profile: Option<ProfileView>,
}

/// A person as packs and revisions name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProfileView {
    /// Name.
    pub full_name: String,
    /// Company.
    pub organization: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// Counts its changes.
    pub version: u32,
}

/// Makes the database and its first profile, and moves nothing into it yet.
#[derive(Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CreateLibrary {
    /// Name of the person.
    pub full_name: String,
    /// Company.
    pub organization: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// What opens the database. Without one the system's keychain is asked to hold the key; where it does
    /// not answer the request is refused with `PASSPHRASE_NEEDED`.
    pub passphrase: Option<String>,
}

/// Opens the database.
#[derive(Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct UnlockLibrary {
    /// Without one the system's keychain is asked.
    pub passphrase: Option<String>,
}

/// Closes the database and takes its deals off the desk.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct LockLibrary {}

/// Asks what a passphrase is worth.
#[derive(Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RatePassphrase {
    /// The passphrase.
    pub passphrase: String,
    /// Words somebody who knows the person would try first.
    pub about: Vec<String>,
}

/// What a passphrase is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PassphraseRating {
    /// It would be taken.
    pub accepted: bool,
    /// From 0, guessed at once, to 4, out of reach.
    pub score: u32,
    /// Its length in characters.
    pub length: u32,
    /// The least length in characters.
    pub shortest: u32,
    /// What would make it better.
    pub advice: Option<String>,
}

/// Gives the database a passphrase, or another one.
#[derive(Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ChangePassphrase {
    /// The one it has; needed where it has one.
    pub old: Option<String>,
    /// The one it gets.
    pub new: String,
}

/// Lets the system's keychain hold the key as well, or takes it out of there.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ChooseKeychain {
    /// Whether the keychain shall hold it.
    pub keep: bool,
}

/// Changes what a person says about themselves.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ChangeProfile {
    /// The version the change was made on.
    pub version: u32,
    /// Name.
    pub full_name: String,
    /// Company.
    pub organization: Option<String>,
    /// Address.
    pub email: Option<String>,
}

/// Writes a backup where the person finds it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct BackUpLibrary {}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct KeptFile {
    /// Where it is.
    pub place: String,
    /// Its size in bytes.
    pub bytes: u32,
    /// SHA-256 of its content, hexadecimal.
    pub checksum: String,
}

/// Puts a backup in the place of the database.
#[derive(Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RestoreLibrary {
    /// The backup file, as Base64.
    pub content: String,
    /// The passphrase the database had when the backup was made.
    pub passphrase: String,
}

/// A database that was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RestoredLibrary {
    /// How things stand now.
    pub library: LibraryView,
    /// Where the database is that stood in its place.
    pub replaced: Option<String>,
}

/// Asks whether everything in the database is whole.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CheckLibrary {}

/// What a check of the database found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct LibraryCheck {
    /// Projects looked at, the bin included.
    pub projects: u32,
    /// Revisions put together again and compared with their fingerprint.
    pub revisions: u32,
    /// What is wrong; empty when all is well.
    pub problems: Vec<String>,
}
