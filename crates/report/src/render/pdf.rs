//! The document as a PDF, set by typst from the template beside this crate's sources.
//!
//! The document reaches the template as JSON, never as markup, so no text a producer types can be read as
//! an instruction. Only the fonts bundled here are known, and there is no clock: equal documents are equal
//! bytes.

use std::sync::OnceLock;

use serde_json::{Value, json};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

use crate::document::{Bar, Block, Cell, ColumnKind, Document, Row, RowStyle, Section, Table};
use crate::error::ReportError;
use crate::format::figure;
use crate::render::text::words;

const TEMPLATE: &str = include_str!("../../templates/pack.typ");
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
    let bytes =
        typst_pdf::pdf(&paged, &typst_pdf::PdfOptions::default()).map_err(|errors| refused(&errors))?;
    Ok((bytes, paged.pages().len()))
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
    template: Source,
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
        Ok(Self {
            library: LIBRARY.get_or_init(|| LazyHash::new(Library::default())),
            fonts,
            template: Source::new(file("pack.typ")?, TEMPLATE.to_owned()),
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
        self.template.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
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

fn description(document: &Document) -> Value {
    json!({
        "title": document.title,
        "subtitle": document.subtitle,
        "facts": document.facts,
        "currency": document.currency,
        "as_of": document.as_of,
        "fingerprint": document.fingerprint,
        "confidentiality": document.confidentiality,
        "band": bars(&document.band),
        "sections": document.sections.iter().map(section).collect::<Vec<_>>(),
        "references": document.references.iter().map(|row| json!({
            "tag": row.tag,
            "label": row.label,
            "value": figure(&row.value, row.kind),
            "rule": row.rule,
            "made_from": breakable(&row.made_from),
        })).collect::<Vec<_>>(),
    })
}

fn section(section: &Section) -> Value {
    json!({
        "topic": section.topic,
        "lead": section.lead,
        "blocks": section.blocks.iter().map(block).collect::<Vec<_>>(),
    })
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading(text) => json!({ "kind": "heading", "text": text }),
        Block::Text(text) => json!({ "kind": "text", "text": text }),
        Block::Table(rows) => table(rows),
        Block::Bars(lines) => json!({
            "kind": "bars",
            "lines": lines.iter().map(|(name, parts)| json!({ "name": name, "parts": bars(parts) }))
                .collect::<Vec<_>>(),
        }),
        Block::Findings(findings) => json!({
            "kind": "findings",
            "findings": findings.iter().map(|finding| json!({
                "severity": finding.severity,
                "message": finding.message,
                "remedy": finding.remedy,
                "path": finding.path,
            })).collect::<Vec<_>>(),
        }),
    }
}

fn bars(parts: &[Bar]) -> Value {
    parts
        .iter()
        .map(|bar| {
            json!({ "label": bar.label, "size": bar.minor, "class": bar.class, "conditional": bar.conditional })
        })
        .collect()
}

fn table(table: &Table) -> Value {
    json!({
        "kind": "table",
        "columns": table.columns.iter().map(|column| json!({
            "header": column.header,
            "width": column.width,
            "right": !matches!(column.kind, ColumnKind::Text),
            "tag": column.kind == ColumnKind::Tag,
        })).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(|line| row(line, table)).collect::<Vec<_>>(),
    })
}

fn row(row: &Row, table: &Table) -> Value {
    let style = match row.style {
        RowStyle::Plain => "plain",
        RowStyle::Group => "group",
        RowStyle::Subtotal => "subtotal",
        RowStyle::Total => "total",
        RowStyle::Muted => "muted",
    };
    let cells: Vec<Value> = row
        .cells
        .iter()
        .zip(&table.columns)
        .map(|(cell, column)| {
            let class = if let Cell::Key { class, .. } = cell { *class } else { "" };
            let text = words(cell, column.kind);
            let text = if column.kind == ColumnKind::Text { breakable(&text) } else { text };
            json!({ "text": text, "class": class })
        })
        .collect();
    json!({ "style": style, "cells": cells })
}

/// Paths and addresses have no spaces; a zero-width space after their joints lets them break in a column.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        out.push(character);
        if matches!(character, '.' | '_' | '/' | ']' | '-' | '=' | '&' | '?' | ':') {
            out.push('\u{200b}');
        }
    }
    out
}
