//! Statements out of spreadsheets and into them. A file is looked at as often as somebody likes; it changes the deal
//! once, as one edit, and what was decided about it is remembered for the next sheet with that header.

use recoup_calendar::Date;
use recoup_deal::actuals::{ReceivedStatement, StatementStanding};
use recoup_deal::{Deal, Language, deal_to_value, read_deal, read_deal_value};
use recoup_sheets::{
    KnownSource, ReceiptsAsked, ReceiptsMapping, ReceiptsPreview, SheetStatement, Workbook, preview_receipts,
    receipts_table, write_csv, write_xlsx,
};

use super::{decided, memory, shown};
use crate::{
    App, AppError, ErrorCode, backups,
    budget_sheets::{content_of, refused},
    deals::change,
    findings::spoken,
    sheet_memory,
    wire::{
        DealView, ExportReceipts, ImportReceipts, KeptFile, ReadReceiptsSheet, ReceiptsFile,
        ReceiptsSheetView,
    },
};

/// What the rows of a file would be.
pub async fn read_receipts_sheet(
    app: &App,
    request: ReadReceiptsSheet,
) -> Result<ReceiptsSheetView, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (_, state) = app.state(&request.deal)?;
    let read = read(app, request.file, &state.deal, language).await?;
    shown::view(&read, &state.deal, language, sheet_memory::is_kept(app).await)
}

/// Puts the statements of a file into the deal.
pub async fn import_receipts(app: &App, request: ImportReceipts) -> Result<DealView, AppError> {
    let (_, state) = app.state(&request.deal)?;
    let head = Head::of(&request)?;
    let read = read(app, request.file, &state.deal, Language::English).await?;
    let view = change(app, &request.deal, request.revision, "actuals.statements", |before| {
        taken(before, &read.preview, &head)
    })
    .await?;
    memory::remember(app, &read.preview, &read.mapping).await?;
    Ok(view)
}

/// Writes the statements as a file where the person finds it.
pub async fn export_receipts(app: &App, request: ExportReceipts) -> Result<KeptFile, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (_, state) = app.state(&request.deal)?;
    let bytes = written(&state.deal, &request.format, request.blank, language)?;
    let word = if request.blank { "receipts form" } else { "receipts" };
    backups::keep_file(app, &format!("{} {word}.{}", state.deal.id, request.format), &bytes)
}

/// What the rows of a file would be in a deal file, for readers without a desk.
pub fn read_receipts_file(
    text: &str,
    file: ReceiptsFile,
    tag: Option<&str>,
) -> Result<(ReceiptsPreview, ReceiptsSheetView), AppError> {
    let deal = read_deal(text)?;
    let language = spoken(tag)?;
    let read = looked_at(file, &deal, language, |_| None)?;
    let view = shown::view(&read, &deal, language, false)?;
    Ok((read.preview, view))
}

/// The text of a deal file with the statements of a sheet in it.
pub fn import_into_deal_file(
    text: &str,
    preview: &ReceiptsPreview,
    sender: Option<&str>,
    draft: bool,
) -> Result<String, AppError> {
    let head = Head { sender: sender.map(str::to_owned), reported: None, received: None, draft };
    Ok(recoup_deal::write_deal(&taken(&read_deal(text)?, preview, &head)?)?)
}

/// The statements of a deal file as the bytes of a sheet.
pub fn export_receipts_of_file(
    text: &str,
    format: &str,
    blank: bool,
    tag: Option<&str>,
) -> Result<Vec<u8>, AppError> {
    written(&read_deal(text)?, format, blank, spoken(tag)?)
}

/// A file as it was read, and what was decided about it.
pub(super) struct Read {
    pub(super) book: Workbook,
    pub(super) preview: ReceiptsPreview,
    pub(super) mapping: ReceiptsMapping,
    pub(super) recalled: bool,
}

/// What an import says about all its statements.
struct Head {
    sender: Option<String>,
    reported: Option<Date>,
    received: Option<Date>,
    draft: bool,
}

impl Head {
    fn of(request: &ImportReceipts) -> Result<Self, AppError> {
        let day = |path: &str, text: &Option<String>| {
            text.as_deref().map(|text| decided::day(path, text)).transpose()
        };
        Ok(Self {
            sender: request.sender.clone(),
            reported: day("reported", &request.reported)?,
            received: day("received", &request.received)?,
            draft: request.draft,
        })
    }
}

async fn read(app: &App, file: ReceiptsFile, deal: &Deal, language: Language) -> Result<Read, AppError> {
    let remembered = memory::all(app).await?;
    let deal = deal.clone();
    let reading = move || looked_at(file, &deal, language, |signature| remembered.of(signature));
    // A large file takes its time, and others are served meanwhile.
    tokio::task::spawn_blocking(reading).await.map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The file could not be read.").with("reason", reason)
    })?
}

fn looked_at(
    file: ReceiptsFile,
    deal: &Deal,
    language: Language,
    recall: impl Fn(&str) -> Option<ReceiptsMapping>,
) -> Result<Read, AppError> {
    let book = Workbook::read(&file.name, &content_of(&file.content)?).map_err(refused)?;
    let decided = file.mapping.as_ref().map(decided::mapping).transpose()?;
    let mut asked = ReceiptsAsked {
        sheet: file.sheet,
        mapping: decided.clone().unwrap_or_default(),
        currency: deal.currency,
        sources: sources(deal),
        leave: file.leave.into_iter().collect(),
        language,
    };
    let first = preview_receipts(&book, &asked).map_err(refused)?;
    let known = recall(&first.signature).filter(|_| decided.is_none());
    let recalled = known.is_some();
    let preview = match known {
        Some(mapping) => {
            asked.mapping = mapping;
            preview_receipts(&book, &asked).map_err(refused)?
        }
        None => first,
    };
    Ok(Read { book, preview, mapping: asked.mapping, recalled })
}

fn sources(deal: &Deal) -> Vec<KnownSource> {
    let known = |source: &recoup_deal::RevenueSource| KnownSource {
        id: source.id.clone(),
        label: source.label.clone(),
        territories: source.territories.clone(),
        window: source.window,
    };
    deal.revenue.sources.iter().map(known).collect()
}

/// A deal with the statements of a sheet.
fn taken(before: &Deal, preview: &ReceiptsPreview, head: &Head) -> Result<Deal, AppError> {
    if preview.statements.is_empty() {
        let message = "No row of this sheet says what a revenue source brought in which days.";
        return Err(AppError::new(ErrorCode::InvalidRequest, message).with("path", "file"));
    }
    let mut after = before.clone();
    for found in &preview.statements {
        let id = free_id(&after, found, head);
        after.actuals.statements.push(ReceivedStatement {
            id,
            from: found.period.start,
            to: found.period.end,
            reported: head.reported,
            received: found.received.or(head.received),
            sender: head.sender.clone(),
            standing: if head.draft { StatementStanding::Draft } else { StatementStanding::Accepted },
            document: None,
            note: None,
            lines: found.lines.clone(),
            expenses: Vec::new(),
        });
    }
    // What comes from outside meets the same bounds as what is typed.
    Ok(read_deal_value(deal_to_value(&after)?)?)
}

/// An id that says the days: `2029-q1`, or its two months; with the sender where one is named.
fn free_id(deal: &Deal, found: &SheetStatement, head: &Head) -> String {
    let period = found.period;
    let quarter = period.start.quarter();
    let days = if quarter.period() == period {
        quarter.to_string().to_lowercase()
    } else {
        format!("{}-to-{}", period.start.year_month(), period.end.year_month())
    };
    let wanted = match &head.sender {
        Some(sender) => format!("{sender}-{days}"),
        None => days,
    };
    let is_free = |id: &str| deal.actuals.statements.iter().all(|known| known.id != id);
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    std::iter::once(wanted.clone()).chain(numbered).find(|id| is_free(id)).unwrap_or(wanted.clone())
}

fn written(deal: &Deal, format: &str, blank: bool, language: Language) -> Result<Vec<u8>, AppError> {
    let statements = if blank { &[][..] } else { &deal.actuals.statements };
    let table = receipts_table(statements, &sources(deal), language);
    match format {
        "xlsx" => write_xlsx(&table).map_err(refused),
        "csv" => Ok(write_csv(&table)),
        other => Err(AppError::new(ErrorCode::InvalidRequest, "Receipts are written as xlsx or csv.")
            .with("path", "format")
            .with("given", other)
            .with("allowed", "xlsx, csv")),
    }
}
