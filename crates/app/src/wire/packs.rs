//! Packs: the files a financier is handed.

use serde::{Deserialize, Serialize};

/// Makes the pack of an open deal and keeps its files.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ExportPack {
    /// The open deal.
    pub deal: String,
    /// `pdf`, `xlsx` or both.
    pub formats: Vec<String>,
}

/// A pack that has been made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ExportedPack {
    /// Fingerprint of the deal it was made from.
    pub fingerprint: String,
    /// Its files.
    pub files: Vec<ExportedFile>,
}

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ExportedFile {
    /// Where it is.
    pub place: String,
    /// SHA-256 of its content, hexadecimal.
    pub checksum: String,
    /// Its size in bytes.
    pub bytes: u32,
    /// Pages of a PDF, sheets of a workbook.
    pub parts: u32,
}
