//! `recoup deal receipts`: statements out of spreadsheets into deal files, and what they came to.

use std::{
    collections::BTreeMap,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use clap::{Args, Subcommand};
use recoup_app::{
    AppError,
    actuals::{export_receipts_of_file, import_into_deal_file, read_receipts_file, view_actuals_of_file},
    findings::Language,
    wire::{
        ActualsEffectDto, ActualsView, ComparedDto, FigureDto, MoneyDto, QuantityDto, ReceiptsColumnChoice,
        ReceiptsFile, ReceiptsRow, ReceiptsSheetMapping, ReceiptsSheetView, WeighedActuals,
    },
};

use crate::budget::{MOST_BYTES, added, pair, replaced};
use crate::outcome::{Answer, Output, Said, print, print_json, read, unreadable};

/// Take statements that came in out of a spreadsheet, show what they came to, or write them into one
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup deal receipts import q1.xlsx --deal film.deal.json\n  recoup deal receipts import q1.csv --deal film.deal.json --map net=F --source \"france=fr-all\" --write\n  recoup deal receipts show film.deal.json\n  recoup deal receipts export film.deal.json form.xlsx --blank"
)]
pub(crate) struct Receipts {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Show what the rows of a sheet would become, and with --out or --write put them into the deal
    ///
    /// Ends with 1 when cells cannot be read or names are no revenue source; then nothing is written unless
    /// --despite-errors is given.
    Import(Box<Import>),
    /// Show what came in against what was expected, and what it does to everybody
    Show {
        /// The deal file, or - for standard input
        file: PathBuf,
    },
    /// Write the statements of a deal as XLSX or CSV; no existing file is replaced
    Export {
        /// The deal file, or - for standard input
        deal: PathBuf,
        /// The file, ending in .xlsx or .csv
        file: PathBuf,
        /// A form with every revenue source to fill in, and not what came in
        #[arg(long)]
        blank: bool,
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
    /// What a column means, such as net=E or distribution_fee=C
    #[arg(long, value_name = "MEANING=COLUMN")]
    map: Vec<String>,
    /// The revenue source of a name of the sheet, by the key that is shown; nothing leaves its rows out
    #[arg(long = "source", value_name = "KEY=SOURCE")]
    sources: Vec<String>,
    /// The row of the header; 0 for none
    #[arg(long, value_name = "ROW")]
    header: Option<u32>,
    /// The first day of rows that do not say which days they report on
    #[arg(long, value_name = "DAY", requires = "to")]
    from: Option<String>,
    /// The last of these days
    #[arg(long, value_name = "DAY", requires = "from")]
    to: Option<String>,
    /// Read 03/04/2029 as 3 April or as March 4
    #[arg(long, value_parser = ["day_first", "month_first"])]
    days: Option<String>,
    /// The currency of amounts that name none
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// A row to leave out
    #[arg(long, value_name = "ROW")]
    leave: Vec<u32>,
    /// The party that reports, by its id
    #[arg(long, value_name = "PARTY")]
    sender: Option<String>,
    /// Let the statements wait until they are accepted
    #[arg(long)]
    draft: bool,
    /// Write the deal with the statements to a new file
    #[arg(long, value_name = "FILE", conflicts_with = "write")]
    out: Option<PathBuf>,
    /// Write the statements into the deal file itself
    #[arg(long)]
    write: bool,
    /// Write also when cells could not be read or names are no source
    #[arg(long)]
    despite_errors: bool,
}

impl Receipts {
    pub(crate) fn run(self, output: Output) -> Answer {
        match self.verb {
            Verb::Import(import) => imported(output, &import),
            Verb::Show { file } => shown(output, &read(&file)?),
            Verb::Export { deal, file, blank } => exported(output, &deal, &file, blank),
        }
    }
}

fn imported(output: Output, import: &Import) -> Answer {
    let text = read(&import.deal)?;
    let (preview, view) = read_receipts_file(&text, asked(import)?, Some(output.language.code()))?;
    if output.json {
        print_json(&view)?;
    } else {
        show_sheet(&view, output.language);
    }
    let errors = view.faults.iter().any(|fault| fault.weight == "error") || !view.unknown.is_empty();
    let target = import.out.as_deref().or(import.write.then_some(import.deal.as_path()));
    if let Some(target) = target.filter(|_| !errors || import.despite_errors) {
        let after = import_into_deal_file(&text, &preview, import.sender.as_deref(), import.draft)?;
        let kept = if import.write { replaced(target, &after) } else { added(target, after.as_bytes()) };
        kept.map_err(|reason| unreadable(&target.display().to_string(), reason))?;
    }
    Ok(if errors { Said::No } else { Said::Yes })
}

fn asked(import: &Import) -> Result<ReceiptsFile, AppError> {
    let mut bytes = Vec::new();
    File::open(&import.file)
        .and_then(|open| open.take(MOST_BYTES).read_to_end(&mut bytes))
        .map_err(|reason| unreadable(&import.file.display().to_string(), reason))?;
    let column = |text: &String| {
        let (meaning, column) = pair(text)?;
        Ok(ReceiptsColumnChoice { column, meaning })
    };
    Ok(ReceiptsFile {
        name: import.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        content: BASE64_STANDARD.encode(&bytes),
        sheet: import.sheet.clone(),
        mapping: Some(ReceiptsSheetMapping {
            header: import.header,
            columns: import.map.iter().map(column).collect::<Result<_, AppError>>()?,
            sources: import.sources.iter().map(|text| pair(text)).collect::<Result<BTreeMap<_, _>, _>>()?,
            currency: import.currency.clone(),
            days: import.days.clone(),
            from: import.from.clone(),
            to: import.to.clone(),
        }),
        leave: import.leave.clone(),
    })
}

fn show_sheet(view: &ReceiptsSheetView, language: Language) {
    let french = language == Language::French;
    let word = |english: &'static str, told: &'static str| if french { told } else { english };
    for column in view.columns.iter().filter(|column| column.meaning != "ignore") {
        print(&format!("{:<3} {:<28} {}", column.column, column.head, column.meaning));
    }
    print("");
    view.rows
        .iter()
        .filter(|row| row.reason.as_deref() != Some("BLANK"))
        .for_each(|row| show_row(row, language));
    print("");
    for statement in &view.statements {
        let amounts = written(&mut statement.amounts.iter(), language);
        print(&format!("{} – {}  {amounts:>20}  ({})", statement.from, statement.to, statement.lines));
        if !statement.already.is_empty() {
            let words = word("already reported", "déjà déclaré");
            print(&format!("    {words}: {}", statement.already.join(", ")));
        }
    }
    for name in &view.unknown {
        let words = word("no revenue source", "aucune source de recettes");
        print(&format!("{:<36} {words}  --source \"{}=…\"", name.shown, name.key));
        if !name.suggestions.is_empty() {
            print(&format!("    {}", name.suggestions.join(", ")));
        }
    }
    for fault in &view.faults {
        print(&format!("{:<16} {:<18} {}", fault.cell, fault.code, fault.message));
    }
    for currency in &view.without_rate {
        print(&format!("{} {currency}", word("The deal has no rate for", "Le projet n’a pas de cours pour")));
    }
    let totals = &view.totals;
    let line = |word: &str, amounts: &mut dyn Iterator<Item = &MoneyDto>| {
        let amounts = written(amounts, language);
        if !amounts.is_empty() {
            print(&format!("{word:<24} {amounts}"));
        }
    };
    line(word("Lines", "Lignes"), &mut totals.lines.iter());
    line(word("Left out", "Écarté"), &mut totals.left_out.iter());
    line(word("The sheet’s total", "Total du classeur"), &mut totals.stated.iter());
    line(word("Difference", "Différence"), &mut totals.difference.iter());
}

fn written(amounts: &mut dyn Iterator<Item = &MoneyDto>, language: Language) -> String {
    amounts.map(|amount| amount.written(language)).collect::<Vec<_>>().join(" + ")
}

fn show_row(row: &ReceiptsRow, language: Language) {
    let amount = row.amount.as_ref().map(|amount| amount.written(language)).unwrap_or_default();
    let days = match (&row.from, &row.to) {
        (Some(from), Some(to)) => format!("{from} – {to}"),
        _ => String::new(),
    };
    match (&row.source, &row.why) {
        (Some(source), _) => print(&format!("{:>5}  {source:<32} {days:<24} {amount:>20}", row.row)),
        (None, why) => {
            let text = row.cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
            print(&format!(
                "{:>5}  - {text:<55} {amount:>20}  {}",
                row.row,
                why.as_deref().unwrap_or_default()
            ));
        }
    }
}

fn shown(output: Output, text: &str) -> Answer {
    let (view, effect) = view_actuals_of_file(text)?;
    if output.json {
        print_json(&serde_json::json!({ "actuals": view, "effect": effect }))?;
    } else {
        told(&view, &effect, output.language);
    }
    Ok(Said::Yes)
}

fn told(view: &ActualsView, effect: &WeighedActuals, language: Language) {
    let heads = match language {
        Language::English => ["", "received", "expected", "difference"],
        Language::French => ["", "encaissé", "attendu", "écart"],
    };
    let row = |name: &str, cells: [String; 3]| {
        print(&format!("{name:<44} {:>20} {:>20} {:>20}", cells[0], cells[1], cells[2]));
    };
    let compared = |name: &str, compared: &ComparedDto| {
        let cells = [&compared.received, &compared.forecast, &compared.variance];
        row(name, cells.map(|figure| amount(figure, language)));
    };
    row(heads[0], [heads[1], heads[2], heads[3]].map(str::to_owned));
    for source in &view.sources {
        compared(&format!("{} – {}", source.label, source.covered_to), &source.compared);
        for quarter in &source.quarters {
            if let Some(found) = &quarter.compared {
                compared(&format!("  {}", quarter.quarter), found);
            }
        }
    }
    if let Some(total) = &view.total {
        compared("Total", total);
    }
    let moved = |name: &str, one: &ActualsEffectDto| {
        row(name, [&one.now, &one.forecast, &one.more].map(|figure| amount(figure, language)));
    };
    print("");
    for one in effect.account.iter().chain(&effect.parties) {
        moved(one.party.as_deref().unwrap_or("account"), one);
    }
}

fn amount(figure: &FigureDto, language: Language) -> String {
    match &figure.value {
        QuantityDto::Money { amount } => amount.written(language),
        QuantityDto::Absent { reason, .. } => reason.clone(),
        _ => String::new(),
    }
}

fn exported(output: Output, deal: &Path, file: &Path, blank: bool) -> Answer {
    let format = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = export_receipts_of_file(&read(deal)?, &format, blank, Some(output.language.code()))?;
    added(file, &bytes).map_err(|reason| unreadable(&file.display().to_string(), reason))?;
    if output.json {
        print_json(&serde_json::json!({ "file": file.display().to_string(), "bytes": bytes.len() }))?;
    }
    Ok(Said::Yes)
}
