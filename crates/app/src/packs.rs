//! Packs: the results of a deal as files for a financier.

mod simulated;

use recoup_deal::{Deal, read_deal};
use recoup_model::{Outcome, at_usual_levels};
use recoup_report::{Edition, Fed, Language, Level, Pack, PackFormat, Reader, Results, Risk, pack};
use recoup_store::NewPack;

use crate::{
    App, AppError, ErrorCode, FileTarget,
    app::count,
    computation::{self, catalog},
    wire::{ExportPack, ExportedFile, ExportedPack, IssuedPack, IssuedPacks, ListPacks},
};

/// Makes the pack of an open deal and keeps its files where their user finds them.
pub async fn export_pack(app: &App, request: ExportPack) -> Result<ExportedPack, AppError> {
    let opened = app.opened(&request.deal)?;
    let edition = edition(request.language.as_deref(), request.reader.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    let risk = simulated::of_state(&state, revision, edition.reader)?;
    let pack = made(&opened.state.deal, opened.state.outcome()?, risk.as_ref(), edition, &request.formats)?;
    let exported = kept(&pack, app.files())?;
    let shelf = app.shelf(opened.place).await?;
    for file in &pack.files {
        let format = file.name.rsplit('.').next().unwrap_or_default();
        let new = NewPack {
            revision: &opened.revision,
            reader: edition.reader.name(),
            format,
            file_name: &file.name,
            size_bytes: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
            sha256: &file.checksum,
            author: shelf.author(),
        };
        shelf.store.register_pack(&new).await?;
    }
    Ok(exported)
}

/// The packs that were made of an open deal, the latest first.
pub async fn list_packs(app: &App, request: ListPacks) -> Result<IssuedPacks, AppError> {
    let opened = app.opened(&request.deal)?;
    let packs = app.shelf(opened.place).await?.store.list_packs(&opened.project).await?;
    Ok(IssuedPacks { packs: packs.into_iter().map(issued).collect() })
}

fn issued(pack: recoup_store::Pack) -> IssuedPack {
    IssuedPack {
        file: pack.file_name,
        format: pack.format,
        reader: pack.reader,
        bytes: count(pack.size_bytes),
        checksum: pack.sha256,
        revision: pack.revision.to_string(),
        number: count(pack.seq),
        author: pack.author,
        at: pack.created_at,
    }
}

/// Makes the pack of a deal file, for readers without a desk.
pub fn export_pack_of_file(
    text: &str,
    formats: &[String],
    (language, reader): (&str, &str),
    files: &dyn FileTarget,
) -> Result<ExportedPack, AppError> {
    let deal = read_deal(text)?;
    let edition = edition(Some(language), Some(reader))?;
    let risk = risk_of_deal(&deal, edition.reader)?;
    kept(&made(&deal, &computation::computed(&deal)?, risk.as_ref(), edition, formats)?, files)
}

/// What a reader's pack tells of the simulation of a deal: 10,240 paths from the seed 1, as the page shows them. Nothing where
/// nothing is uncertain.
pub fn risk_of_deal(deal: &Deal, reader: Reader) -> Result<Option<Risk>, AppError> {
    simulated::of_deal(deal, reader)
}

/// The edition of these names; what is not given is English and everything.
fn edition(language: Option<&str>, reader: Option<&str>) -> Result<Edition, AppError> {
    let mut edition = Edition::default();
    if let Some(tag) = language {
        edition.language = Language::of_tag(tag).ok_or_else(|| {
            AppError::new(ErrorCode::InvalidRequest, "A pack is written in en or fr.").with("given", tag)
        })?;
    }
    if let Some(name) = reader {
        edition.reader = Reader::from_name(name).ok_or_else(|| {
            let known = Reader::ALL.map(Reader::name).join(", ");
            AppError::new(ErrorCode::InvalidRequest, "No pack is made for this reader.")
                .with("given", name)
                .with("known", known)
        })?;
    }
    Ok(edition)
}

fn made(
    deal: &Deal,
    outcome: &Outcome,
    risk: Option<&Risk>,
    edition: Edition,
    formats: &[String],
) -> Result<Pack, AppError> {
    let formats = formats.iter().map(|name| format(name)).collect::<Result<Vec<_>, _>>()?;
    if formats.is_empty() {
        return Err(AppError::new(ErrorCode::InvalidRequest, "A pack has at least one format."));
    }
    let levels = levels_of(deal, outcome)?;
    let results = Results {
        deal,
        book: &outcome.book,
        incentives: &outcome.incentives,
        capital: outcome.capital.as_ref(),
        receipts: Some(&outcome.receipts),
        recoupment: outcome.recoupment.as_ref(),
        feed: outcome.feed.as_ref().map(|feed| Fed {
            inputs: &feed.inputs,
            nodes: &feed.nodes,
            schedule: &feed.schedule,
        }),
        findings: &outcome.findings,
        levels: &levels,
        risk,
    };
    pack(results, edition, &formats).map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The pack cannot be made.").with("reason", reason)
    })
}

fn levels_of(deal: &Deal, outcome: &Outcome) -> Result<Vec<Level>, AppError> {
    let levels = at_usual_levels(deal, &outcome.book, catalog()?).into_iter();
    Ok(levels.map(|(quarters, gross, outcome)| Level { quarters, gross, book: outcome.book }).collect())
}

fn format(name: &str) -> Result<PackFormat, AppError> {
    [PackFormat::Pdf, PackFormat::Xlsx].into_iter().find(|format| format.extension() == name).ok_or_else(
        || AppError::new(ErrorCode::InvalidRequest, "A pack is made as pdf or xlsx.").with("given", name),
    )
}

fn kept(pack: &Pack, target: &dyn FileTarget) -> Result<ExportedPack, AppError> {
    let mut files = Vec::with_capacity(pack.files.len());
    for file in &pack.files {
        let place = target.keep(&file.name, &file.bytes).map_err(|reason| {
            AppError::new(
                ErrorCode::InvalidRequest,
                "The file cannot be kept. Free some space or allow writing there.",
            )
            .with("file", &file.name)
            .with("reason", reason)
        })?;
        files.push(ExportedFile {
            place,
            checksum: file.checksum.clone(),
            bytes: u32::try_from(file.bytes.len()).unwrap_or(u32::MAX),
            parts: u32::try_from(file.parts).unwrap_or(u32::MAX),
        });
    }
    Ok(ExportedPack { fingerprint: pack.fingerprint.clone(), files })
}
