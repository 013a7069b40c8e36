//! The document as a PDF, set by typst from the template beside this crate's sources.
//!
//! The document reaches the template as JSON, never as markup, so no text a producer types can be read as
//! an instruction. Only the fonts bundled here are known, and there is no clock: equal documents are equal
//! bytes.

use std::sync::OnceLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::document::Document;
use crate::error::ReportError;
use crate::render::description::description;

/// The pages, and what they import.
const TEMPLATES: [(&str, &str); 3] = [
    ("pack.typ", include_str!("../../templates/pack.typ")),
    ("style.typ", include_str!("../../templates/style.typ")),
    ("risk.typ", include_str!("../../templates/risk.typ")),
];
const FONTS: [&[u8]; 6] = [
    include_bytes!("../../fonts/Inter-Light.otf"),
    include_bytes!("../../fonts/Inter-Regular.otf"),
    include_bytes!("../../fonts/Inter-Medium.otf"),
    include_bytes!("../../fonts/Inter-SemiBold.otf"),
    include_bytes!("../../fonts/InterDisplay-Light.otf"),
    include_bytes!("../../fonts/InterDisplay-Medium.otf"),
];

/// The PDF's bytes and how many pages it has.
pub fn pdf(document: &Document) -> Result<(Vec<u8>, usize), ReportError> {
    let paged = typeset(document)?;
    // PDF/A-2b is what an archive takes. It refuses a letter that the bundled family does not have, which a
    // title in another script may bring; such a pack is an ordinary tagged PDF.
    let bytes = match export(&paged, &[PdfStandard::A_2b]) {
        Ok(bytes) => bytes,
        Err(_) => export(&paged, &[])?,
    };
    Ok((bytes, paged.pages().len()))
}

fn export(paged: &PagedDocument, standards: &[PdfStandard]) -> Result<Vec<u8>, ReportError> {
    let standards = PdfStandards::new(standards)
        .map_err(|reason| ReportError::Typesetting(reason.message().to_string()))?;
    let creator = Smart::Custom(Some("Recoup".to_owned()));
    let options = PdfOptions { standards, creator, ..PdfOptions::default() };
    typst_pdf::pdf(paged, &options).map_err(|errors| refused(&errors))
}

fn typeset(document: &Document) -> Result<PagedDocument, ReportError> {
    let world = Desk::new(&description(document))?;
    typst::compile::<PagedDocument>(&world).output.map_err(|errors| refused(&errors))
}

fn refused(errors: &[typst::diag::SourceDiagnostic]) -> ReportError {
    let messages: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
    ReportError::Typesetting(messages.join("; "))
}

struct Desk {
    library: &'static LazyHash<Library>,
    fonts: &'static (LazyHash<FontBook>, Vec<Font>),
    /// The first is the one that is set.
    templates: [Source; TEMPLATES.len()],
    data: (FileId, Bytes),
}

impl Desk {
    fn new(description: &Value) -> Result<Self, ReportError> {
        static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
        static LOADED: OnceLock<(LazyHash<FontBook>, Vec<Font>)> = OnceLock::new();
        let fonts = LOADED.get_or_init(|| {
            let fonts: Vec<Font> = FONTS.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
            (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
        });
        let source = |(name, text): (&str, &str)| Ok(Source::new(file(name)?, text.to_owned()));
        let [pack, style, risk] = TEMPLATES.map(source);
        let templates: [Result<Source, ReportError>; TEMPLATES.len()] = [pack, style, risk];
        let [pack, style, risk] = templates;
        Ok(Self {
            library: LIBRARY.get_or_init(|| LazyHash::new(Library::default())),
            fonts,
            templates: [pack?, style?, risk?],
            data: (file("document.json")?, Bytes::new(serde_json::to_vec(description)?)),
        })
    }
}

fn file(name: &str) -> Result<FileId, ReportError> {
    let path = VirtualPath::new(name).map_err(|error| ReportError::Typesetting(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.0
    }
    fn main(&self) -> FileId {
        self.templates[0].id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        self.templates.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.1.get(index).cloned()
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
