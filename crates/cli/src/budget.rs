//! `recoup budget`: lines out of spreadsheets into deal files, and out of deal files into spreadsheets.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use clap::{Args, Subcommand};
use recoup_app::{
    AppError, ErrorCode,
    budget_sheets::{export_budget_of_file, import_into_deal_file, read_budget_file},
    findings::Language,
    wire::{BudgetSheetView, MoneyDto, SheetColumnChoice, SheetFile, SheetMapping, SheetRow},
};

use crate::outcome::{Answer, Output, Said, print, print_json, read, unreadable};

/// One byte more than is read of a sheet: enough to say that it is too large.
pub(crate) const MOST_BYTES: u64 = 5 * 1024 * 1024 + 1;

/// Take the lines of a budget out of a spreadsheet, or write them into one
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup budget import topsheet.xlsx --deal film.deal.json\n  recoup budget import topsheet.xlsx --deal film.deal.json --map amount=E --map spent_in:CA-QC=F --out new.deal.json\n  recoup budget export film.deal.json budget.xlsx"
)]
pub(crate) struct Budget {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Show what the rows of a sheet would become, and with --out or --write put them into the deal
    ///
    /// Ends with 1 when cells cannot be read; then nothing is written unless --despite-errors is given.
    Import(Box<Import>),
    /// Write the lines of a deal as XLSX or CSV; no existing file is replaced
    Export {
        /// The deal file, or - for standard input
        deal: PathBuf,
        /// The file, ending in .xlsx or .csv
        file: PathBuf,
    },
}

#[derive(Args)]
struct Import {
    /// The sheet: XLSX, XLS, ODS or CSV
    file: PathBuf,
    /// The deal file
    #[arg(long, value_name = "FILE")]
    deal: PathBuf,
    /// The sheet of the workbook, by name
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What a column means, such as amount=E or spent_in:CA-QC=F
    #[arg(long, value_name = "MEANING=COLUMN")]
    map: Vec<String>,
    /// The standard account of an account of the sheet, such as 4300=animation
    #[arg(long = "account", value_name = "NUMBER=ACCOUNT")]
    accounts: Vec<String>,
    /// The row of the header; 0 for none
    #[arg(long, value_name = "ROW")]
    header: Option<u32>,
    /// Where lines are spent about which the sheet does not say
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// The currency of amounts that name none, whatever the sheet says
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// A row that is a line whatever it looks like
    #[arg(long, value_name = "ROW")]
    keep: Vec<u32>,
    /// A row to leave out
    #[arg(long, value_name = "ROW")]
    leave: Vec<u32>,
    /// What becomes of the lines that are there
    #[arg(long, default_value = "replace", value_parser = ["replace", "append", "update_by_account"])]
    mode: String,
    /// Make the sheet's contingency the deal's
    #[arg(long)]
    contingency: bool,
    /// Write the deal with the lines to a new file
    #[arg(long, value_name = "FILE", conflicts_with = "write")]
    out: Option<PathBuf>,
    /// Write the lines into the deal file itself
    #[arg(long)]
    write: bool,
    /// Write also when cells could not be read
    #[arg(long)]
    despite_errors: bool,
}

impl Budget {
    pub(crate) fn run(self, output: Output) -> Answer {
        match self.verb {
            Verb::Import(import) => imported(output, &import),
            Verb::Export { deal, file } => exported(output, &deal, &file),
        }
    }
}

fn imported(output: Output, import: &Import) -> Answer {
    let text = read(&import.deal)?;
    let (preview, view) = read_budget_file(&text, asked(import)?, Some(output.language.code()))?;
    if output.json {
        print_json(&view)?;
    } else {
        show(&view, output.language);
    }
    let errors = view.faults.iter().any(|fault| fault.weight == "error");
    let target = import.out.as_deref().or(import.write.then_some(import.deal.as_path()));
    if let Some(target) = target.filter(|_| !errors || import.despite_errors) {
        let after = import_into_deal_file(&text, &preview, &import.mode, import.contingency)?;
        let kept = if import.write { replaced(target, &after) } else { added(target, after.as_bytes()) };
        kept.map_err(|reason| unreadable(&target.display().to_string(), reason))?;
    }
    Ok(if errors { Said::No } else { Said::Yes })
}

/// The whole text or the old one: a deal file is never half written.
pub(crate) fn replaced(target: &Path, text: &str) -> std::io::Result<()> {
    let beside = target.with_extension("json.part");
    fs::write(&beside, text)?;
    fs::rename(&beside, target)
}

pub(crate) fn added(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(target)?.write_all(bytes)
}

fn asked(import: &Import) -> Result<SheetFile, AppError> {
    let mut bytes = Vec::new();
    File::open(&import.file)
        .and_then(|open| open.take(MOST_BYTES).read_to_end(&mut bytes))
        .map_err(|reason| unreadable(&import.file.display().to_string(), reason))?;
    Ok(SheetFile {
        name: import.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        content: BASE64_STANDARD.encode(&bytes),
        sheet: import.sheet.clone(),
        mapping: Some(SheetMapping {
            header: import.header,
            columns: import.map.iter().map(|text| choice(text)).collect::<Result<_, _>>()?,
            accounts: import.accounts.iter().map(|text| pair(text)).collect::<Result<BTreeMap<_, _>, _>>()?,
            place: import.place.clone(),
            currency: import.currency.clone(),
        }),
        keep: import.keep.clone(),
        leave: import.leave.clone(),
    })
}

fn choice(text: &str) -> Result<SheetColumnChoice, AppError> {
    let (meaning, column) = pair(text)?;
    let (meaning, place) = match meaning.split_once(':') {
        Some((meaning, place)) => (meaning.to_owned(), Some(place.to_owned())),
        None => (meaning, None),
    };
    Ok(SheetColumnChoice { column, meaning, place })
}

pub(crate) fn pair(text: &str) -> Result<(String, String), AppError> {
    let (name, value) = text.split_once('=').ok_or_else(|| {
        AppError::new(ErrorCode::InvalidRequest, "Give it like amount=E or 4300=animation.")
            .with("given", text)
    })?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn show(view: &BudgetSheetView, language: Language) {
    let french = language == Language::French;
    for column in view.columns.iter().filter(|column| column.meaning != "ignore") {
        let place = column.place.as_deref().map(|place| format!(" {place}")).unwrap_or_default();
        print(&format!("{:<3} {:<28} {}{place}", column.column, column.head, column.meaning));
    }
    print("");
    view.rows
        .iter()
        .filter(|row| row.reason.as_deref() != Some("BLANK"))
        .for_each(|row| show_row(row, language));
    print("");
    for fault in &view.faults {
        print(&format!("{:<16} {:<18} {}", fault.cell, fault.code, fault.message));
    }
    let totals = &view.totals;
    let line = |word: &str, amounts: &mut dyn Iterator<Item = &MoneyDto>| {
        let amounts: Vec<String> = amounts.map(|amount| amount.written(language)).collect();
        if !amounts.is_empty() {
            print(&format!("{word:<24} {}", amounts.join(" + ")));
        }
    };
    for currency in &view.without_rate {
        let words = if french { "Le projet n’a pas de cours pour" } else { "The deal has no rate for" };
        print(&format!("{words} {currency}"));
    }
    line(if french { "Lignes" } else { "Lines" }, &mut totals.lines.iter());
    line(if french { "À côté des lignes" } else { "Beside the lines" }, &mut totals.beside.iter());
    line(if french { "Total du classeur" } else { "The sheet’s total" }, &mut totals.stated.iter());
    line(if french { "Différence" } else { "Difference" }, &mut totals.difference.iter());
}

fn show_row(row: &SheetRow, language: Language) {
    let amount = row.amount.as_ref().map(|amount| amount.written(language)).unwrap_or_default();
    match (&row.line, &row.why) {
        (Some(line), _) => {
            print(&format!("{:>5}  {:<36} {:<22} {amount:>20}", row.row, line.label, line.account));
        }
        (None, why) => {
            let text = row.cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
            print(&format!(
                "{:>5}  - {text:<57} {amount:>20}  {}",
                row.row,
                why.as_deref().unwrap_or_default()
            ));
        }
    }
}

fn exported(output: Output, deal: &Path, file: &Path) -> Answer {
    let format = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = export_budget_of_file(&read(deal)?, &format, Some(output.language.code()))?;
    added(file, &bytes).map_err(|reason| unreadable(&file.display().to_string(), reason))?;
    if output.json {
        print_json(&serde_json::json!({ "file": file.display().to_string(), "bytes": bytes.len() }))?;
    }
    Ok(Said::Yes)
}
