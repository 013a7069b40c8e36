//! A sheet as it would become statements: nothing is taken before somebody has seen this.

use std::collections::{BTreeMap, BTreeSet};

use recoup_calendar::{Date, Period};
use recoup_deal::Language;
use recoup_deal::actuals::StatementLine;
use recoup_money::{Currency, Money};

use super::columns::{Read, ReceiptsMapping, header_row, meanings};
use super::days::DayOrder;
use super::meaning::ReceiptMeaning;
use super::rows::{Amounts, Reader, order};
use super::sources::{About, KnownSource, Naming, SourceGround, UnknownSource, unknown};
use crate::{
    columns::signature,
    dialect,
    fault::CellFault,
    grid::{Cell, CellValue, Sheet, column_letters},
    lines::Faults,
    merge::free,
    open::{SheetError, Workbook},
    row_kind::{ByWords, by_words},
    spoken::in_groups,
    text::{plain, slug},
};

/// Values of a column that are shown beside its meaning.
const SAMPLES: usize = 3;

/// What is asked of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiptsAsked {
    /// The sheet by name; else the one whose header says most.
    pub sheet: Option<String>,
    /// What was decided.
    pub mapping: ReceiptsMapping,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// The revenue sources of the deal.
    pub sources: Vec<KnownSource>,
    /// Rows, counted from one, that are left out.
    pub leave: BTreeSet<u32>,
    /// The language of the reader, which settles the order of days that nothing else does.
    pub language: Language,
}

/// A sheet as it would become statements.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiptsPreview {
    /// The sheet that was read.
    pub sheet: String,
    /// The row of the header, counted from one.
    pub header: Option<u32>,
    /// The texts of the header as one; sheets of one kind have the same.
    pub signature: String,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// Which comes first in days written in figures.
    pub days: DayOrder,
    /// The columns with their meanings.
    pub columns: Vec<ReceiptColumn>,
    /// Every row below the header.
    pub rows: Vec<ReceiptRow>,
    /// What the rows make together, by the days they report on.
    pub statements: Vec<SheetStatement>,
    /// Names that are no source yet.
    pub unknown: Vec<UnknownSource>,
    /// What is wrong, row by row.
    pub faults: Vec<CellFault>,
    /// What the rows add up to, beside what the sheet says.
    pub totals: ReceiptTotals,
}

/// A column with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptColumn {
    /// Its letters.
    pub letters: String,
    /// Its header.
    pub head: String,
    /// What it means.
    pub meaning: ReceiptMeaning,
    /// Nobody decided this.
    pub guessed: bool,
    /// Its first values.
    pub samples: Vec<String>,
}

/// A row and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiptRow {
    /// Its number, counted from one.
    pub number: u32,
    /// Its cells as they are shown.
    pub cells: Vec<String>,
    /// What reached the account by it.
    pub amount: Option<Money>,
    /// The days it reports on.
    pub period: Option<Period>,
    /// What becomes of it.
    pub fate: ReceiptFate,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptFate {
    /// A line about this source.
    Line(String, SourceGround),
    /// Left out.
    Left(ReceiptLeft),
}

/// Why a row is no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptLeft {
    /// Nothing stands in it.
    Blank,
    /// The header once more.
    HeaderAgain,
    /// A sum of other rows.
    Total,
    /// No amount.
    NoAmount,
    /// A text beside the table.
    Note,
    /// Its name is no source that is known: a person has to say which.
    NoSource,
    /// It does not say which days it reports on.
    NoPeriod,
    /// A person said that its name is nothing of this film's, or left the row out.
    Asked,
}

impl ReceiptLeft {
    /// The code as it crosses the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blank => "BLANK",
            Self::HeaderAgain => "HEADER_AGAIN",
            Self::Total => "TOTAL",
            Self::NoAmount => "NO_AMOUNT",
            Self::Note => "NOTE",
            Self::NoSource => "NO_SOURCE",
            Self::NoPeriod => "NO_PERIOD",
            Self::Asked => "LEFT_OUT",
        }
    }

    /// The words in which a reader gets it.
    #[must_use]
    pub fn said(self, language: Language) -> &'static str {
        let (english, french) = match self {
            Self::Blank => ("Blank", "Vide"),
            Self::HeaderAgain => ("The header again", "L’en-tête, répété"),
            Self::Total => ("A sum of other rows", "Somme d’autres lignes"),
            Self::NoAmount => ("No amount", "Sans montant"),
            Self::Note => ("A text beside the table", "Un texte à côté du tableau"),
            Self::NoSource => ("Choose its revenue source", "Choisissez sa source de recettes"),
            Self::NoPeriod => ("Its days are not known", "Sa période n’est pas connue"),
            Self::Asked => ("You left it out", "Vous l’avez écartée"),
        };
        match language {
            Language::English => english,
            Language::French => french,
        }
    }
}

/// The lines of one stretch of days, received on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetStatement {
    /// The days reported on.
    pub period: Period,
    /// The day the money arrived.
    pub received: Option<Date>,
    /// Its lines, with ids of their own.
    pub lines: Vec<StatementLine>,
    /// The rows they come from, counted from one.
    pub rows: Vec<u32>,
}

/// What a sheet adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReceiptTotals {
    /// Sums of the lines by currency.
    pub lines: Vec<Money>,
    /// Sums of rows that hold an amount and are no line yet, by currency.
    pub left_out: Vec<Money>,
    /// The address of the sheet's own total, and the total.
    pub stated: Option<(String, Money)>,
    /// How much more the sheet's total is than lines and rows left out.
    pub difference: Option<Money>,
}

/// A row on its way.
struct Draft {
    row: usize,
    naming: Naming,
    about: About,
    amounts: Amounts,
    period: Option<Period>,
    received: Option<Date>,
    left: Option<ReceiptLeft>,
    line: Option<StatementLine>,
    faults: Faults,
}

/// Reads a sheet as statements.
///
/// # Errors
/// [`SheetError`] where there is no sheet of that name.
pub fn preview_receipts(book: &Workbook, asked: &ReceiptsAsked) -> Result<ReceiptsPreview, SheetError> {
    let sheet = chosen(book, asked.sheet.as_deref())?;
    let header = match asked.mapping.header {
        Some(0) => None,
        Some(row) => Some(row as usize - 1),
        None => header_row(sheet),
    };
    let columns = meanings(sheet, header, &asked.mapping);
    let first = header.map_or(0, |row| row + 1);
    let (day_order, doubtful) = order(sheet, &columns, first, asked.mapping.days, asked.language);
    let reader = Reader {
        sheet,
        columns: &columns,
        mapping: &asked.mapping,
        mark: dialect::mark(book, sheet),
        currency: currency(sheet, header, &columns, asked),
        order: day_order,
        doubtful,
        language: asked.language,
    };
    let stated = stated_period(&reader, header.unwrap_or(0));
    let mut drafts: Vec<Draft> = Vec::with_capacity(sheet.rows.len().saturating_sub(first));
    let mut last = None;
    for row in first..sheet.rows.len() {
        let mut draft = draft(&reader, header, row, asked);
        // Cells below a period that is written once belong to it.
        draft.period = draft.period.or(last).or(asked.mapping.period).or(stated);
        if reader.column(ReceiptMeaning::Period).is_some() && draft.left.is_none() {
            last = draft.period;
        }
        decide(&reader, &mut draft);
        drafts.push(draft);
    }
    let heads: Vec<String> = columns.iter().map(|read| read.head.clone()).collect();
    Ok(ReceiptsPreview {
        sheet: sheet.name.clone(),
        header: header.map(number),
        signature: signature(&heads),
        currency: reader.currency,
        days: day_order,
        columns: shown_columns(sheet, &columns, first),
        statements: statements(&drafts),
        unknown: unknown(waiting(&drafts), &asked.sources),
        totals: totals(&reader, &drafts),
        rows: drafts.iter().map(|draft| shown_row(&reader, draft)).collect(),
        faults: drafts.into_iter().flat_map(|draft| draft.faults).collect(),
    })
}

fn number(row: usize) -> u32 {
    u32::try_from(row + 1).unwrap_or(u32::MAX)
}

/// The sheet of this name; without one the visible sheet with a header, else the first that holds anything.
fn chosen<'a>(book: &'a Workbook, name: Option<&str>) -> Result<&'a Sheet, SheetError> {
    if let Some(name) = name {
        return book.sheet(name).ok_or_else(|| {
            let known: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            SheetError::new("NO_SUCH_SHEET", "The file has no sheet of this name.")
                .given(name)
                .limit(known.join(", "))
        });
    }
    let weight = |sheet: &&Sheet| (!sheet.hidden, header_row(sheet).is_some(), sheet.width() > 0);
    // Of equals the first; `max_by_key` would take the last.
    let best = book.sheets.iter().rev().max_by_key(weight);
    best.ok_or_else(|| SheetError::new("SHEET_EMPTY", "There is nothing in this file."))
}

fn currency(sheet: &Sheet, header: Option<usize>, columns: &[Read], asked: &ReceiptsAsked) -> Currency {
    let amounts = || columns.iter().filter(|read| read.meaning.is_money());
    let by_head = || amounts().find_map(|read| dialect::currency_in(&read.head));
    let decided = asked.mapping.currency.or_else(by_head);
    decided.or_else(|| dialect::stated_currency(sheet, header.unwrap_or(0))).unwrap_or(asked.currency)
}

/// The days that the lines above the table state, as in `Period: Q1 2029`.
fn stated_period(reader: &Reader<'_>, above: usize) -> Option<Period> {
    let sheet = reader.sheet;
    for (row, cells) in sheet.rows.iter().enumerate().take(above) {
        for (column, cell) in cells.iter().enumerate() {
            let CellValue::Text(text) = &cell.value else { continue };
            let words = plain(text);
            if !["period", "periode", "quarter", "trimestre"].iter().any(|word| words.contains(word)) {
                continue;
            }
            let after = text.split_once(':').map_or("", |(_, after)| after.trim());
            let beside = sheet.cell(row, column + 1).shown();
            let read = |text: &str| super::days::read_period(text, reader.order);
            if let Some(period) = read(after).or_else(|| read(&beside)).or_else(|| read(text)) {
                return Some(period);
            }
        }
    }
    None
}

fn draft(reader: &Reader<'_>, header: Option<usize>, row: usize, asked: &ReceiptsAsked) -> Draft {
    let mut draft = Draft {
        row,
        naming: Naming::default(),
        about: About::Nothing,
        amounts: Amounts::default(),
        period: None,
        received: None,
        left: None,
        line: None,
        faults: Faults::new(),
    };
    if reader.sheet.rows[row].iter().all(Cell::is_empty) {
        draft.left = Some(ReceiptLeft::Blank);
        return draft;
    }
    if header.is_some_and(|header| repeats(reader, header, row)) {
        draft.left = Some(ReceiptLeft::HeaderAgain);
        return draft;
    }
    draft.naming = reader.naming(row);
    draft.amounts = reader.amounts(row, &mut draft.faults);
    if !matches!(by_words(&words(reader, row)), ByWords::Line) && is_sum(reader, row) {
        draft.left = Some(ReceiptLeft::Total);
        draft.faults.clear();
        return draft;
    }
    draft.about = draft.naming.about(&asked.sources, &reader.mapping.sources);
    draft.period = reader.period(row, &mut draft.faults);
    draft.received = reader.day(row, ReceiptMeaning::Received, &mut draft.faults);
    if asked.leave.contains(&number(row)) {
        draft.left = Some(ReceiptLeft::Asked);
    }
    draft
}

/// The first text of a row.
fn words(reader: &Reader<'_>, row: usize) -> String {
    let cells = reader.sheet.rows[row].iter();
    let texts = cells.filter_map(|cell| match &cell.value {
        CellValue::Text(text) => Some(text.clone()),
        _ => None,
    });
    texts.into_iter().next().unwrap_or_default()
}

fn is_sum(reader: &Reader<'_>, row: usize) -> bool {
    matches!(by_words(&words(reader, row)), ByWords::Total | ByWords::Subtotal)
}

/// Whether a row shows the header again.
fn repeats(reader: &Reader<'_>, header: usize, row: usize) -> bool {
    let read = reader.columns.iter().enumerate().filter(|(_, read)| read.meaning != ReceiptMeaning::Ignore);
    let sheet = reader.sheet;
    let pairs = read.map(|(at, _)| (sheet.cell(header, at).shown(), sheet.cell(row, at).shown()));
    let told: Vec<(String, String)> = pairs.filter(|(head, _)| !head.is_empty()).collect();
    told.len() > 1 && told.iter().all(|(head, own)| plain(head) == plain(own))
}

/// What becomes of a row that is not left out by its words.
fn decide(reader: &Reader<'_>, draft: &mut Draft) {
    if draft.left.is_some() {
        return;
    }
    draft.left = match &draft.about {
        _ if draft.amounts.is_empty() && draft.about == About::Nothing => Some(ReceiptLeft::Note),
        _ if draft.amounts.is_empty() => Some(ReceiptLeft::NoAmount),
        About::LeftOut => Some(ReceiptLeft::Asked),
        About::Unknown(_) | About::Nothing => Some(ReceiptLeft::NoSource),
        About::Source(..) if draft.period.is_none() => Some(ReceiptLeft::NoPeriod),
        About::Source(..) => None,
    };
    if let (None, About::Source(source, _)) = (draft.left, &draft.about) {
        draft.line = reader.line(draft.row, source, &draft.amounts, &mut draft.faults);
    }
}

fn waiting(drafts: &[Draft]) -> impl Iterator<Item = (&Naming, &About)> {
    let open = drafts.iter().filter(|draft| draft.left == Some(ReceiptLeft::NoSource));
    open.map(|draft| (&draft.naming, &draft.about))
}

/// Lines by their days and the day they were received, in order of time.
fn statements(drafts: &[Draft]) -> Vec<SheetStatement> {
    let mut found: BTreeMap<(Date, Date, Option<Date>), SheetStatement> = BTreeMap::new();
    for draft in drafts {
        let (Some(line), Some(period)) = (&draft.line, draft.period) else { continue };
        let key = (period.end, period.start, draft.received);
        let statement = found.entry(key).or_insert_with(|| SheetStatement {
            period,
            received: draft.received,
            lines: Vec::new(),
            rows: Vec::new(),
        });
        let wanted = slug(&line.source);
        let wanted = if wanted.is_empty() { "line".to_owned() } else { wanted };
        let id = free(&wanted, |id| statement.lines.iter().any(|line| line.id == id));
        statement.lines.push(StatementLine { id, ..line.clone() });
        statement.rows.push(number(draft.row));
    }
    found.into_values().collect()
}

fn totals(reader: &Reader<'_>, drafts: &[Draft]) -> ReceiptTotals {
    let reached = |draft: &Draft| draft.amounts.net.or_else(|| draft.amounts.left());
    let of = |wanted: &dyn Fn(&Draft) -> bool| {
        let mut sums: BTreeMap<String, Money> = BTreeMap::new();
        for amount in drafts.iter().filter(|draft| wanted(draft)).filter_map(reached) {
            let sum = sums.entry(amount.currency().to_string()).or_insert(Money::zero(amount.currency()));
            *sum = sum.checked_add(amount).unwrap_or(*sum);
        }
        sums.into_values().collect::<Vec<Money>>()
    };
    let lines = of(&|draft| draft.line.is_some());
    let left_out = of(&|draft| draft.line.is_none() && draft.left != Some(ReceiptLeft::Total));
    let total = drafts.iter().rev().find(|draft| draft.left == Some(ReceiptLeft::Total));
    let column = reader.column(ReceiptMeaning::Net).or_else(|| reader.column(ReceiptMeaning::Gross));
    let stated = total.and_then(|total| {
        let amount = if reader.column(ReceiptMeaning::Net).is_some() {
            total.amounts.net
        } else {
            total.amounts.left()
        };
        Some((reader.sheet.address(total.row, column?), amount?))
    });
    let difference = stated.as_ref().and_then(|(_, stated)| {
        let mut parts = lines.iter().chain(&left_out);
        parts.try_fold(*stated, |left, part| left.checked_sub(*part).ok())
    });
    ReceiptTotals { lines, left_out, stated, difference }
}

fn shown_columns(sheet: &Sheet, columns: &[Read], first: usize) -> Vec<ReceiptColumn> {
    let shown = |(at, read): (usize, &Read)| {
        let values = (first..sheet.rows.len()).map(|row| sheet.cell(row, at).shown());
        ReceiptColumn {
            letters: column_letters(at),
            head: read.head.clone(),
            meaning: read.meaning,
            guessed: read.guessed,
            samples: values.filter(|value| !value.is_empty()).take(SAMPLES).collect(),
        }
    };
    columns.iter().enumerate().map(shown).collect()
}

fn shown_row(reader: &Reader<'_>, draft: &Draft) -> ReceiptRow {
    let fate = match (&draft.line, &draft.about, draft.left) {
        (Some(_), About::Source(source, ground), None) => ReceiptFate::Line(source.clone(), *ground),
        (.., left) => ReceiptFate::Left(left.unwrap_or(ReceiptLeft::NoAmount)),
    };
    let shown = |(at, cell): (usize, &Cell)| match &cell.value {
        // A number cell is shown by its format, which is not here; amounts are shown as amounts.
        CellValue::Number(number)
            if !number.percent && reader.columns.get(at).is_some_and(|read| read.meaning.is_money()) =>
        {
            in_groups(&cell.shown(), reader.language)
        }
        _ => cell.shown(),
    };
    ReceiptRow {
        number: number(draft.row),
        cells: reader.sheet.rows[draft.row].iter().enumerate().map(shown).collect(),
        amount: draft.amounts.net.or_else(|| draft.amounts.left()),
        period: draft.period,
        fate,
    }
}
