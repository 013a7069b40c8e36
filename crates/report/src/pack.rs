//! From the results of a deal to the files a financier is handed.

use std::collections::BTreeSet;

use recoup_calendar::Period;
use recoup_capital::Capital;
use recoup_deal::{Deal, Finding, ProjectType, Technique};
use recoup_explain::Book;
use recoup_incentives::Assessment;
use recoup_money::Money;
use recoup_revenue::Receipts;
use recoup_waterfall::{InputNodes, Recoupment, RunInputs};
use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::edition::{Edition, Language, Reader};
use crate::error::ReportError;
use crate::render;
use crate::risk::Risk;
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
    /// What the recoupment plan was run on.
    pub feed: Option<Fed<'a>>,
    /// What a financier would ask.
    pub findings: &'a [Finding],
    /// The deal at other levels of worldwide gross, from the least.
    pub levels: &'a [Level],
    /// What a simulation of the deal came to, where something in it is uncertain.
    pub risk: Option<&'a Risk>,
}

/// The deal computed with its open estimates scaled to a worldwide gross.
#[derive(Debug, Clone)]
pub struct Level {
    /// The worldwide gross.
    pub gross: Money,
    /// How many quarters of the estimates it is.
    pub quarters: u8,
    /// Its figures.
    pub book: Book,
}

impl Level {
    /// What stands before the address of a figure of this level. Addresses hold no blanks.
    pub fn prefix(&self) -> String {
        format!("at({}).in.", self.gross.to_string().replace(' ', ""))
    }
}

/// What a recoupment plan was run on.
#[derive(Debug, Clone, Copy)]
pub struct Fed<'a> {
    /// What happened to the plan.
    pub inputs: &'a RunInputs,
    /// The nodes of its amounts.
    pub nodes: &'a InputNodes,
    /// The statement periods.
    pub schedule: &'a [Period],
}

impl Results<'_> {
    /// Parties with a statement that says something, in the deal's order.
    pub(crate) fn paid_parties(&self) -> Vec<String> {
        let known = |party: &String| self.book.money(&format!("recoupment.{party}.paid")).is_some();
        self.parties_with("recoupment.", ".paid").into_iter().filter(known).collect()
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

/// Describes the full pack in English.
pub fn document(results: Results<'_>) -> Result<Document, ReportError> {
    document_for(results, Edition::default())
}

/// Describes the pack of one reader in one language.
pub fn document_for(results: Results<'_>, edition: Edition) -> Result<Document, ReportError> {
    let deal = results.deal;
    let mut desk = Desk::new(results, edition);
    let sections = sections::write(&mut desk);
    let band = sections::source_bars(&desk);
    let mut fingerprint = fingerprint(deal)?;
    fingerprint.truncate(8);
    let as_of = desk.figures.day(deal.as_of);
    let words = desk.words;
    let mut facts = vec![
        (desk.say("cover.for"), desk.say(reader_key(edition.reader))),
        (desk.say("cover.film"), film(&desk)),
    ];
    if results.capital.is_some() {
        let cost = desk.prose("closing.uses_cash");
        facts.push((desk.say("cover.cost"), words.with("cover.cash_basis", &[("cost", &cost)])));
    }
    facts.push((desk.say("cover.incentives"), desk.prose("incentives.net")));
    let state = words.with("cover.draft", &[("date", &as_of), ("model", &fingerprint)]);
    facts.push((desk.say("cover.state"), state));
    let subtitle = words.with("cover.subtitle", &[("reader", &desk.say(reader_key(edition.reader)))]);
    Ok(Document {
        edition,
        title: deal.project.title.clone(),
        subtitle,
        facts,
        currency: deal.currency.code().to_owned(),
        currency_places: deal.currency.exponent(),
        day: deal.as_of,
        as_of,
        reader: desk.say(reader_key(edition.reader)),
        fingerprint,
        confidentiality: desk.say("cover.confidential"),
        band,
        sections,
        references: desk.tags.references(),
    })
}

fn reader_key(reader: Reader) -> &'static str {
    match reader {
        Reader::Full => "reader.full",
        Reader::SeniorLender => "reader.senior_lender",
        Reader::GapLender => "reader.gap_lender",
        Reader::Equity => "reader.equity",
        Reader::SoftMoney => "reader.soft_money",
        Reader::Bond => "reader.bond",
        Reader::CoProducer => "reader.co_producer",
    }
}

/// Makes the files of a pack.
pub fn pack(results: Results<'_>, edition: Edition, formats: &[PackFormat]) -> Result<Pack, ReportError> {
    let document = document_for(results, edition)?;
    let stem = file_stem(&document);
    let mut files = Vec::with_capacity(formats.len());
    for format in formats {
        let (bytes, parts) = match format {
            PackFormat::Pdf => render::pdf(&document)?,
            PackFormat::Xlsx => render::xlsx(&document)?,
        };
        let checksum = hexadecimal(&bytes);
        let name = format!("{stem}.{}", format.extension());
        files.push(PackFile { format: *format, name, bytes, checksum, parts });
    }
    Ok(Pack { fingerprint: fingerprint(results.deal)?, files })
}

/// The film, and what sets this edition apart from the full English pack: `dragons-quest-equity-fr`.
fn file_stem(document: &Document) -> String {
    let mut stem = stem(&document.title);
    if document.edition.reader != Reader::Full {
        stem.push('-');
        stem.push_str(document.edition.reader.name());
    }
    if document.edition.language != Language::English {
        stem.push('-');
        stem.push_str(document.edition.language.code());
    }
    stem
}

fn film(desk: &Desk<'_>) -> String {
    let project = &desk.deal().project;
    let mut parts = Vec::new();
    if let Some(kind) = project.project_type {
        parts.push(desk.say(match kind {
            ProjectType::Feature => "film.feature",
            ProjectType::Short => "film.short",
            ProjectType::Series => "film.series",
            ProjectType::LimitedSeries => "film.limited_series",
            ProjectType::Special => "film.special",
        }));
    }
    if let Some(technique) = project.technique {
        parts.push(desk.say(match technique {
            Technique::Cgi => "film.cgi",
            Technique::HandDrawn => "film.hand_drawn",
            Technique::StopMotion => "film.stop_motion",
            Technique::RealTime => "film.real_time",
            Technique::Hybrid => "film.hybrid",
        }));
    }
    if let Some(minutes) = project.runtime_minutes {
        parts.push(desk.words.with("film.minutes", &[("n", &minutes.to_string())]));
    }
    parts.join(", ")
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
