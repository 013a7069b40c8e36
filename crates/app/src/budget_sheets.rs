//! Budgets out of spreadsheets and into them. A file is looked at as often as somebody likes; it changes the deal
//! once, as one edit, and what was decided about its columns is remembered for the next sheet with that header.

use base64::{Engine, prelude::BASE64_STANDARD};
use recoup_deal::{
    Account, BudgetLine, Contingency, Deal, Language, deal_to_value, read_deal, read_deal_value,
};
use recoup_money::Money;
use recoup_sheets::{
    Asked, ImportMode, LeftOut, Named, Preview, RowFate, SheetError, Workbook, exported, merged, preview,
    write_csv, write_xlsx,
};

use crate::{
    App, AppError, ErrorCode, backups,
    deals::change,
    findings::spoken,
    sheet_memory,
    wire::{BudgetSheetView, DealView, ExportBudget, ImportBudget, KeptFile, ReadBudgetSheet, SheetFile},
};

mod decided;
mod memory;
mod shown;

pub(crate) use shown::{counted, fault, money, monies, sheet_names};

/// What the lines of a file would be.
pub async fn read_budget_sheet(app: &App, request: ReadBudgetSheet) -> Result<BudgetSheetView, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (_, state) = app.state(&request.deal)?;
    let read = read(app, request.file, &state.deal, language).await?;
    shown::view(&read, language, sheet_memory::is_kept(app).await)
}

/// Puts the lines of a file into the budget.
pub async fn import_budget(app: &App, request: ImportBudget) -> Result<DealView, AppError> {
    let language = spoken(request.language.as_deref())?;
    let mode = mode(&request.mode)?;
    let (_, state) = app.state(&request.deal)?;
    let read = read(app, request.file, &state.deal, language).await?;
    if read.preview.lines.is_empty() {
        return Err(no_lines());
    }
    let view = change(app, &request.deal, request.revision, "budget.lines", |before| {
        taken(before, &read.preview, mode, request.contingency)
    })
    .await?;
    memory::remember(app, &read.preview, &read.mapping).await?;
    Ok(view)
}

/// Writes the lines of the budget as a file where the person finds it.
pub async fn export_budget(app: &App, request: ExportBudget) -> Result<KeptFile, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (_, state) = app.state(&request.deal)?;
    let bytes = written(&state.deal, &request.format, language)?;
    backups::keep_file(app, &format!("{} budget.{}", state.deal.id, request.format), &bytes)
}

/// What the lines of a file would be in a deal file, for readers without a desk.
pub fn read_budget_file(
    text: &str,
    file: SheetFile,
    tag: Option<&str>,
) -> Result<(Preview, BudgetSheetView), AppError> {
    let deal = read_deal(text)?;
    let language = spoken(tag)?;
    let read = looked_at(file, &deal, language, |_| None)?;
    let view = shown::view(&read, language, false)?;
    Ok((read.preview, view))
}

/// The text of a deal file with the lines of a sheet in it.
pub fn import_into_deal_file(
    text: &str,
    preview: &Preview,
    name: &str,
    contingency: bool,
) -> Result<String, AppError> {
    let deal = read_deal(text)?;
    if preview.lines.is_empty() {
        return Err(no_lines());
    }
    let after = taken(&deal, preview, mode(name)?, contingency)?;
    Ok(recoup_deal::write_deal(&after)?)
}

/// The lines of a deal file as the bytes of a sheet.
pub fn export_budget_of_file(text: &str, format: &str, tag: Option<&str>) -> Result<Vec<u8>, AppError> {
    written(&read_deal(text)?, format, spoken(tag)?)
}

/// A file as it was read, and what was decided about it.
pub(crate) struct Read {
    pub(crate) book: Workbook,
    pub(crate) preview: Preview,
    pub(crate) mapping: recoup_sheets::Mapping,
    pub(crate) recalled: bool,
    /// Currencies of the lines that no rate of the deal leads from.
    pub(crate) without_rate: Vec<String>,
}

async fn read(app: &App, file: SheetFile, deal: &Deal, language: Language) -> Result<Read, AppError> {
    let remembered = memory::all(app).await?;
    let deal = deal.clone();
    let reading = move || looked_at(file, &deal, language, |signature| remembered.of(signature));
    // A large file takes its time, and others are served meanwhile.
    tokio::task::spawn_blocking(reading).await.map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The file could not be read.").with("reason", reason)
    })?
}

fn looked_at(
    file: SheetFile,
    deal: &Deal,
    language: Language,
    recall: impl Fn(&str) -> Option<recoup_sheets::Mapping>,
) -> Result<Read, AppError> {
    let book = Workbook::read(&file.name, &content_of(&file.content)?).map_err(refused)?;
    let decided = file.mapping.as_ref().map(decided::mapping).transpose()?;
    let mut asked = Asked {
        sheet: file.sheet,
        mapping: decided.clone().unwrap_or_default(),
        currency: deal.currency,
        parties: parties(deal),
        keep: file.keep.into_iter().collect(),
        leave: file.leave.into_iter().collect(),
        language,
    };
    let first = preview(&book, &asked).map_err(refused)?;
    let known = recall(&first.signature).filter(|_| decided.is_none());
    let recalled = known.is_some();
    let preview = match known {
        Some(mapping) => {
            asked.mapping = mapping;
            preview(&book, &asked).map_err(refused)?
        }
        None => first,
    };
    let without_rate = without_rate(deal, &preview);
    Ok(Read { book, preview, mapping: asked.mapping, recalled, without_rate })
}

/// The bytes of a file that came as Base64.
pub(crate) fn content_of(content: &str) -> Result<Vec<u8>, AppError> {
    // Three bytes are four letters: what is longer is not even looked at.
    if content.len() / 4 * 3 > recoup_sheets::MAX_FILE_BYTES + 3 {
        let message = "The file is larger than 5 MB. Export the top sheet alone.";
        let error = AppError {
            code: "SHEET_TOO_LARGE".to_owned(),
            ..AppError::new(ErrorCode::InvalidRequest, message)
        };
        return Err(error.with("limit", recoup_sheets::MAX_FILE_BYTES));
    }
    BASE64_STANDARD.decode(content.as_bytes()).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, "The content of the file is not Base64.")
            .with("reason", reason)
    })
}

fn without_rate(deal: &Deal, preview: &Preview) -> Vec<String> {
    let foreign = preview.totals.lines.iter().map(Money::currency);
    foreign.filter(|from| deal.rate(*from, deal.currency).is_none()).map(|from| from.to_string()).collect()
}

fn parties(deal: &Deal) -> Vec<Named> {
    deal.parties.iter().map(|party| Named { id: party.id.clone(), name: party.name.clone() }).collect()
}

/// A deal with the lines of a sheet, and its contingency where that is wished.
fn taken(before: &Deal, preview: &Preview, mode: ImportMode, contingency: bool) -> Result<Deal, AppError> {
    let mut after = before.clone();
    after.budget.lines = merged(&before.budget.lines, preview, mode);
    if let Some(amount) = contingency_of(preview).filter(|_| contingency) {
        let reserve = before.budget.contingency.clone().unwrap_or_default();
        after.budget.contingency = Some(Contingency { share: None, amount: Some(amount), ..reserve });
    }
    // What comes from outside meets the same bounds as what is typed.
    Ok(read_deal_value(deal_to_value(&after)?)?)
}

/// What the sheet sets aside for what goes wrong, in one currency.
pub(crate) fn contingency_of(preview: &Preview) -> Option<Money> {
    let rows = preview.rows.iter().filter(|row| row.fate == RowFate::Left(LeftOut::Contingency));
    let amounts: Vec<Money> = rows.filter_map(|row| row.amount).collect();
    Money::sum(amounts.first()?.currency(), amounts).ok().filter(|sum| sum.minor() > 0)
}

fn written(deal: &Deal, format: &str, language: Language) -> Result<Vec<u8>, AppError> {
    let lines: &[BudgetLine] = &deal.budget.lines;
    let table = exported(lines, &parties(deal), language);
    match format {
        "xlsx" => write_xlsx(&table).map_err(refused),
        "csv" => Ok(write_csv(&table)),
        other => Err(AppError::new(ErrorCode::InvalidRequest, "A budget is written as xlsx or csv.")
            .with("path", "format")
            .with("given", other)
            .with("allowed", "xlsx, csv")),
    }
}

fn mode(name: &str) -> Result<ImportMode, AppError> {
    ImportMode::of_name(name).ok_or_else(|| {
        AppError::new(ErrorCode::InvalidRequest, "This is none of the ways to import lines.")
            .with("path", "mode")
            .with("given", name)
            .with("allowed", ImportMode::ALL.map(ImportMode::name).join(", "))
    })
}

fn no_lines() -> AppError {
    AppError::new(ErrorCode::InvalidRequest, "No row of this sheet is a line of a budget.")
        .with("path", "file")
}

/// The refusal of a file keeps the code that its reader gives it.
pub(crate) fn refused(error: SheetError) -> AppError {
    let mut refusal = AppError::new(ErrorCode::InvalidRequest, error.message);
    error.code.clone_into(&mut refusal.code);
    let refusal = error.given.iter().fold(refusal, |refusal, given| refusal.with("given", given));
    error.limit.iter().fold(refusal, |refusal, limit| refusal.with("limit", limit))
}

/// A standard account by its name in the deal document.
pub(crate) fn account(name: &str) -> Option<Account> {
    Account::ALL.into_iter().find(|account| account_key(*account) == name)
}

/// The name of a standard account in the deal document.
pub(crate) fn account_key(account: Account) -> String {
    serde_json::to_value(account).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
