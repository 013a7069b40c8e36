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
    /// Language of the pack's own words, `en` or `fr`; English where it is not given.
    #[serde(default)]
    pub language: Option<String>,
    /// For whom it is: `full`, `senior-lender`, `gap-lender`, `equity`, `soft-money`, `bond` or
    /// `co-producer`; the full pack where it is not given.
    #[serde(default)]
    pub reader: Option<String>,
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

/// Asks for the packs that were made of an open deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListPacks {
    /// The open deal.
    pub deal: String,
}

/// The packs that were made of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct IssuedPacks {
    /// The latest first.
    pub packs: Vec<IssuedPack>,
}

/// One file that was made of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct IssuedPack {
    /// Its name, without the folder.
    pub file: String,
    /// `pdf` or `xlsx`.
    pub format: String,
    /// For whom.
    pub reader: String,
    /// Its size in bytes.
    pub bytes: u32,
    /// SHA-256 of its content, hexadecimal.
    pub checksum: String,
    /// The revision it was made from.
    pub revision: String,
    /// The number of that revision.
    pub number: u32,
    /// Who made it.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}
