//! From the results of a deal to the files a financier is handed.

use std::collections::BTreeSet;

use recoup_capital::Capital;
use recoup_deal::{Deal, Finding};
use recoup_explain::Book;
use recoup_incentives::Assessment;
use recoup_revenue::Receipts;
use recoup_waterfall::Recoupment;
use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::error::ReportError;
use crate::format;
use crate::render;
use crate::sections::{self, Desk};

/// What a pack is written from. What could not be computed is left out of the pack, and the findings say
/// why.
#[derive(Debug, Clone, Copy)]
pub struct Results<'a> {
    /// The deal.
    pub deal: &'a Deal,
    /// All figures.
    pub book: &'a Book,
    /// The claims.
    pub incentives: &'a Assessment,
    /// Closing, cash and terms.
    pub capital: Option<&'a Capital>,
    /// Receipts.
    pub receipts: Option<&'a Receipts>,
    /// Who was paid.
    pub recoupment: Option<&'a Recoupment>,
    /// What a financier would ask.
    pub findings: &'a [Finding],
}

impl Results<'_> {
    /// Parties with a statement, in the deal's order.
    pub(crate) fn paid_parties(&self) -> Vec<String> {
        self.parties_with("recoupment.", ".paid")
    }

    /// Parties with a return, in the deal's order.
    pub(crate) fn investing_parties(&self) -> Vec<String> {
        self.parties_with("returns.", ".irr")
    }

    fn parties_with(&self, before: &str, after: &str) -> Vec<String> {
        let named: BTreeSet<&str> = self
            .book
            .figures()
            .filter_map(|(address, _, _)| address.strip_prefix(before)?.strip_suffix(after))
            .filter(|party| !party.contains(['.', '[']))
            .collect();
        self.deal
            .parties
            .iter()
            .map(|party| &party.id)
            .filter(|id| named.contains(id.as_str()))
            .cloned()
            .collect()
    }
}

/// A file format of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackFormat {
    /// Pages.
    Pdf,
    /// A workbook.
    Xlsx,
}

impl PackFormat {
    /// The file name's ending.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }
}

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Its format.
    pub format: PackFormat,
    /// Suggested file name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// SHA-256 of the content, hexadecimal.
    pub checksum: String,
    /// Pages of a PDF, sheets of a workbook.
    pub parts: usize,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Fingerprint of the deal it was made from.
    pub fingerprint: String,
    /// Its files.
    pub files: Vec<PackFile>,
}

/// SHA-256 of the deal's text, hexadecimal: the same deal has the same fingerprint.
pub fn fingerprint(deal: &Deal) -> Result<String, ReportError> {
    Ok(hexadecimal(&serde_json::to_vec(deal)?))
}

/// Describes the full pack.
pub fn document(results: Results<'_>) -> Result<Document, ReportError> {
    let deal = results.deal;
    let mut desk = Desk::new(results);
    let sections = sections::all(&mut desk);
    let band = sections::source_bars(&desk);
    let mut fingerprint = fingerprint(deal)?;
    fingerprint.truncate(8);
    let as_of = format::day(deal.as_of);
    let mut facts = vec![("Film".to_owned(), film(deal))];
    if results.capital.is_some() {
        facts.push(("Cost".to_owned(), format!("{} on a cash basis", desk.prose("closing.uses_cash"))));
    }
    facts.push(("Net incentives".to_owned(), desk.prose("incentives.net")));
    facts.push(("State".to_owned(), format!("Draft, {as_of}, model {fingerprint}")));
    Ok(Document {
        title: deal.project.title.clone(),
        subtitle: "Finance plan and recoupment model, full pack".to_owned(),
        facts,
        currency: deal.currency.code().to_owned(),
        as_of,
        fingerprint,
        confidentiality: "Confidential. Prepared for the addressee alone; not an offer of securities."
            .to_owned(),
        band,
        sections,
        references: desk.tags.references(),
    })
}

/// Makes the files of the full pack.
pub fn pack(results: Results<'_>, formats: &[PackFormat]) -> Result<Pack, ReportError> {
    let document = document(results)?;
    let stem = stem(&document.title);
    let mut files = Vec::with_capacity(formats.len());
    for format in formats {
        let (bytes, parts) = match format {
            PackFormat::Pdf => render::pdf(&document)?,
            PackFormat::Xlsx => (render::xlsx(&document)?, render::sheet_names(&document).len()),
        };
        let checksum = hexadecimal(&bytes);
        let name = format!("{stem}.{}", format.extension());
        files.push(PackFile { format: *format, name, bytes, checksum, parts });
    }
    Ok(Pack { fingerprint: fingerprint(results.deal)?, files })
}

fn film(deal: &Deal) -> String {
    let mut parts = Vec::new();
    if let Some(kind) = deal.project.project_type {
        parts.push(words(&kind));
    }
    if let Some(technique) = deal.project.technique {
        parts.push(words(&technique));
    }
    if let Some(minutes) = deal.project.runtime_minutes {
        parts.push(format!("{minutes} minutes"));
    }
    parts.join(", ")
}

fn words(value: &impl serde::Serialize) -> String {
    let name = serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned));
    name.unwrap_or_default().replace('_', " ")
}

fn stem(title: &str) -> String {
    let mut stem = String::new();
    for character in title.chars() {
        if character.is_alphanumeric() {
            stem.extend(character.to_lowercase());
        } else if character != '\'' && character != '’' && !stem.ends_with('-') && !stem.is_empty() {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-').to_owned();
    if stem.is_empty() { "pack".to_owned() } else { stem }
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
