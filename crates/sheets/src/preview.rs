//! A sheet as it would become lines of a budget: nothing is taken before somebody has seen this.

use std::collections::{BTreeMap, BTreeSet};

use recoup_deal::{BudgetLine, Language};
use recoup_money::{Currency, Money};

use crate::{
    account_words::AccountGround,
    arithmetic::{Draft, Kind, settle},
    columns::{Mapping, Read, heads, meanings, signature},
    dialect,
    fault::{CellFault, FaultCode},
    grid::{Cell, CellValue, Sheet, column_letters},
    header::header_row,
    lines::{Faults, Ground, points},
    meaning::Meaning,
    merge::free,
    open::{SheetError, Workbook},
    row_kind::{ByWords, LeftOut, by_words},
    spoken::in_groups,
    text::{plain, slug},
};

/// Values of a column that are shown beside its meaning.
const SAMPLES: usize = 3;
/// Longest id of a line.
const LONGEST_ID: usize = 64;
/// Longest part of a name that goes into an id.
const LONGEST_SLUG: usize = 40;

/// What is asked of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The sheet by name; else the one that looks most like a budget.
    pub sheet: Option<String>,
    /// What was decided about the columns.
    pub mapping: Mapping,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// Who a company or a payee may be.
    pub parties: Vec<Named>,
    /// Rows, counted from one, that are lines whatever they look like.
    pub keep: BTreeSet<u32>,
    /// Rows that are none.
    pub leave: BTreeSet<u32>,
    /// The language of names that stand in the place of unnamed lines.
    pub language: Language,
}

/// Something with an id and a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A sheet as it would become lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The sheet that was read.
    pub sheet: String,
    /// The row of the header, counted from one; none where there is no header.
    pub header: Option<u32>,
    /// The texts of the header as one; sheets of one kind have the same.
    pub signature: String,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// The columns with their meanings.
    pub columns: Vec<Column>,
    /// Every row below the header.
    pub rows: Vec<Row>,
    /// The lines.
    pub lines: Vec<SheetLine>,
    /// What is wrong, row by row.
    pub faults: Vec<CellFault>,
    /// What the lines add up to, beside what the sheet says.
    pub totals: Totals,
}

/// A column with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its letters.
    pub letters: String,
    /// Its header.
    pub head: String,
    /// What it means.
    pub meaning: Meaning,
    /// The place it is about.
    pub place: Option<String>,
    /// Nobody decided it.
    pub guessed: bool,
    /// The first values below the header.
    pub samples: Vec<String>,
}

/// A row below the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number, counted from one.
    pub number: u32,
    /// What its cells show, as far as they go.
    pub cells: Vec<String>,
    /// What it costs, also where it is no line.
    pub amount: Option<Money>,
    /// What becomes of it.
    pub fate: RowFate,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFate {
    /// It is a line.
    Line,
    /// It is none.
    Left(LeftOut),
}

/// A row as a line.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetLine {
    /// The row, counted from one.
    pub row: u32,
    /// What a chosen account is remembered under: the number of the account or, where it has none, the name.
    pub key: String,
    /// The number of the account in the sheet.
    pub code: Option<String>,
    /// How its standard account was found.
    pub ground: AccountGround,
    /// The line.
    pub line: BudgetLine,
}

/// What a sheet adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// The lines, by currency.
    pub lines: Vec<Money>,
    /// Costs that are no lines but part of the sheet's total: contingency, costs of financing, what was left out.
    pub beside: Vec<Money>,
    /// The address of the sheet's own total, and the total.
    pub stated: Option<(String, Money)>,
    /// How much more the sheet's total is than lines and costs beside them.
    pub difference: Option<Money>,
}

/// Reads a sheet as lines.
///
/// # Errors
/// [`SheetError`] where there is no sheet of that name.
pub fn preview(book: &Workbook, asked: &Asked) -> Result<Preview, SheetError> {
    let sheet = chosen(book, asked.sheet.as_deref())?;
    let header = match asked.mapping.header {
        Some(0) => None,
        Some(row) => Some(row as usize - 1),
        None => header_row(sheet),
    };
    let columns = meanings(sheet, header, &asked.mapping);
    let first = header.map_or(0, |row| row + 1);
    let mark = dialect::mark(book, sheet);
    let decided = asked.mapping.currency;
    let currency = decided
        .or_else(|| currency_of(sheet, header, &columns))
        .or_else(|| only_currency(sheet, first, &columns));
    let currency = currency.unwrap_or(asked.currency);
    let ground = Ground {
        sheet,
        columns: &columns,
        mapping: &asked.mapping,
        mark,
        currency,
        parties: &asked.parties,
        language: asked.language,
        points: points(sheet, &columns, first, mark),
    };
    let mut drafts: Vec<Draft> = (first..sheet.rows.len()).map(|row| draft(&ground, header, row)).collect();
    let amount = ground.column(Meaning::Amount).unwrap_or(0);
    let grand = settle(sheet, &mut drafts, amount);
    decide(&mut drafts, asked);
    let (lines, faults) = lines(&ground, &drafts);
    let totals = totals(sheet, &drafts, grand, amount);
    Ok(Preview {
        sheet: sheet.name.clone(),
        header: header.map(number),
        signature: signature(&heads(sheet, header)),
        currency,
        columns: shown_columns(sheet, &columns, first),
        rows: drafts.iter().map(|draft| shown_row(&ground, draft)).collect(),
        faults: unplaced(&ground, header).into_iter().chain(faults).collect(),
        lines,
        totals,
    })
}

fn number(row: usize) -> u32 {
    u32::try_from(row + 1).unwrap_or(u32::MAX)
}

/// The sheet of this name; without one the visible sheet whose header says most, else the first that holds anything.
fn chosen<'a>(book: &'a Workbook, name: Option<&str>) -> Result<&'a Sheet, SheetError> {
    if let Some(name) = name {
        return book.sheet(name).ok_or_else(|| {
            let known: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            SheetError::new("NO_SUCH_SHEET", "The file has no sheet of this name.")
                .given(name)
                .limit(known.join(", "))
        });
    }
    let weight = |sheet: &&Sheet| {
        let named = ["top", "budget", "devis", "summary", "recap"]
            .iter()
            .any(|word| plain(&sheet.name).contains(word));
        (!sheet.hidden, header_row(sheet).is_some(), named, sheet.width() > 0)
    };
    // Of equals the first; `max_by_key` would take the last.
    book.sheets
        .iter()
        .rev()
        .max_by_key(weight)
        .ok_or_else(|| SheetError::new("SHEET_EMPTY", "There is nothing in this file."))
}

/// The currency that the header of the amounts names, else the lines above the table.
fn currency_of(sheet: &Sheet, header: Option<usize>, columns: &[Read]) -> Option<Currency> {
    let amounts = columns.iter().filter(|read| read.meaning.is_money());
    let by_head = amounts.into_iter().find_map(|read| dialect::currency_in(&read.head));
    by_head.or_else(|| dialect::stated_currency(sheet, header.unwrap_or(0)))
}

/// The currency of all rows that name one: then also of those that name none, such as the total.
fn only_currency(sheet: &Sheet, first: usize, columns: &[Read]) -> Option<Currency> {
    let column = columns.iter().position(|read| read.meaning == Meaning::Currency)?;
    let cells = (first..sheet.rows.len()).map(|row| sheet.cell(row, column).shown());
    let mut named = cells.filter_map(|shown| dialect::currency_in(&shown.to_uppercase()));
    let one = named.next()?;
    named.all(|other| other == one).then_some(one)
}

/// A row by its words.
fn draft(ground: &Ground<'_>, header: Option<usize>, row: usize) -> Draft {
    let sheet = ground.sheet;
    let mut faults = Faults::new();
    let label_column = ground.column(Meaning::Label);
    let mut draft = Draft {
        row,
        kind: Kind::Out(LeftOut::Blank),
        code: ground.text(row, Meaning::Code),
        label: ground.text(row, Meaning::Label),
        amount: None,
        indent: label_column.map_or(0, |column| sheet.cell(row, column).indent),
        id: ground.text(row, Meaning::Line).filter(|id| is_id(id)),
        faults: Vec::new(),
    };
    if sheet.rows[row].iter().all(Cell::is_empty) {
        return draft;
    }
    if header.is_some_and(|header| repeats(ground, header, row)) {
        draft.kind = Kind::Out(LeftOut::HeaderAgain);
        return draft;
    }
    draft.amount = ground.cost(row, &mut faults);
    let priced = draft.amount.is_some() || !faults.is_empty();
    draft.kind = kind(&draft, priced, &words(ground, row, &draft));
    draft.faults = faults;
    draft
}

fn kind(draft: &Draft, priced: bool, words: &str) -> Kind {
    if draft.id.is_some() {
        return Kind::Line;
    }
    let named = draft.label.is_some() || draft.code.is_some();
    let nothing = || {
        if draft.amount.is_some_and(|amount| amount.is_zero()) { LeftOut::Zero } else { LeftOut::NoAmount }
    };
    let is_cost = draft.amount.is_some_and(|amount| !amount.is_zero());
    match by_words(words) {
        ByWords::Subtotal => Kind::Sum,
        ByWords::Total => Kind::Total,
        ByWords::Fringes { sum } if priced => Kind::Fringes { sum },
        ByWords::OfWhich => Kind::Out(LeftOut::OfWhich),
        ByWords::Contingency => Kind::Out(if is_cost { LeftOut::Contingency } else { nothing() }),
        ByWords::FinancingCost => Kind::Out(if is_cost { LeftOut::FinancingCost } else { nothing() }),
        ByWords::Line | ByWords::Fringes { .. } => match (priced, named) {
            (false, true) if draft.code.is_some() && draft.label.is_some() => Kind::Out(LeftOut::NoAmount),
            (false, true) => Kind::Out(LeftOut::Heading),
            (_, false) if draft.amount.is_none() => Kind::Out(LeftOut::Note),
            (false, false) => Kind::Out(LeftOut::Note),
            (true, _) if draft.amount.is_some_and(|amount| amount.is_zero()) => Kind::Out(LeftOut::Zero),
            (true, true) => Kind::Line,
            (true, false) => Kind::Unnamed,
        },
    }
}

/// The words that say what a row is: its name, else the first text of the row.
fn words(ground: &Ground<'_>, row: usize, draft: &Draft) -> String {
    let by_name = draft.label.clone().filter(|label| !crate::cells::is_code(label));
    by_name
        .or_else(|| {
            let cells = ground.sheet.rows[row].iter();
            cells
                .filter_map(|cell| match &cell.value {
                    CellValue::Text(text) => Some(text.clone()),
                    _ => None,
                })
                .next()
        })
        .unwrap_or_default()
}

/// Whether a row shows the header again: two of its columns and no other text in them.
fn repeats(ground: &Ground<'_>, header: usize, row: usize) -> bool {
    let read = ground.columns.iter().enumerate().filter(|(_, read)| read.meaning != Meaning::Ignore);
    let pairs =
        read.map(|(at, _)| (ground.sheet.cell(header, at).shown(), ground.sheet.cell(row, at).shown()));
    let told: Vec<(String, String)> = pairs.filter(|(head, _)| !head.is_empty()).collect();
    told.len() > 1 && told.iter().all(|(head, own)| plain(head) == plain(own))
}

/// What a person decided about rows goes over what was found.
fn decide(drafts: &mut [Draft], asked: &Asked) {
    for draft in drafts {
        let row = number(draft.row);
        if asked.leave.contains(&row) && draft.kind == Kind::Line {
            draft.kind = Kind::Out(LeftOut::Asked);
        }
        let blank = matches!(draft.kind, Kind::Out(LeftOut::Blank | LeftOut::HeaderAgain));
        if asked.keep.contains(&row) && !blank {
            draft.kind = Kind::Line;
        }
    }
}

fn lines(ground: &Ground<'_>, drafts: &[Draft]) -> (Vec<SheetLine>, Vec<CellFault>) {
    let mut ids = BTreeSet::new();
    let mut lines = Vec::new();
    let mut all = Vec::new();
    for draft in drafts {
        let sums = draft.faults.iter().filter(|fault| fault.code == FaultCode::SubtotalDiffers).cloned();
        if draft.kind != Kind::Line {
            all.extend(sums);
            continue;
        }
        let mut faults: Faults =
            draft.faults.iter().filter(|fault| fault.code != FaultCode::SubtotalDiffers).cloned().collect();
        lines.push(line(ground, draft, &mut ids, &mut faults));
        faults.sort_by_key(|fault| fault.column);
        all.extend(faults);
    }
    (lines, all)
}

fn line(ground: &Ground<'_>, draft: &Draft, ids: &mut BTreeSet<String>, faults: &mut Faults) -> SheetLine {
    let (row, code) = (draft.row, draft.code.as_deref());
    let amount_column = ground.column(Meaning::Amount).unwrap_or(0);
    let label_column = ground.column(Meaning::Label).unwrap_or(amount_column);
    if draft.amount.is_none() && faults.is_empty() && draft.id.is_none() {
        faults.push(CellFault::at(ground.sheet, (row, amount_column), FaultCode::AmountMissing));
    }
    if draft.amount.is_some_and(|amount| amount.minor() < 0) {
        faults.push(CellFault::at(ground.sheet, (row, amount_column), FaultCode::Negative));
    }
    let label = draft.label.clone().unwrap_or_else(|| {
        let name = unnamed(code, row, ground.language);
        if draft.id.is_none() {
            faults
                .push(CellFault::at(ground.sheet, (row, label_column), FaultCode::LabelMissing).with(&name));
        }
        name
    });
    let key = code.map_or_else(|| plain(&label), str::to_owned);
    let (account, account_ground) = ground.account(row, &key, (code, &label), faults);
    let mut line = ground.line(row, (label, draft.amount), account, faults);
    let wanted = draft.id.clone().unwrap_or_else(|| made_id(code, &line.label, row));
    line.id = free(&wanted, |id| ids.contains(id));
    if draft.id.is_some() && line.id != wanted {
        let column = ground.column(Meaning::Line).unwrap_or(label_column);
        faults.push(CellFault::at(ground.sheet, (row, column), FaultCode::LineTwice).with(&line.id));
    }
    ids.insert(line.id.clone());
    SheetLine { row: number(row), key, code: draft.code.clone(), ground: account_ground, line }
}

fn unnamed(code: Option<&str>, row: usize, language: Language) -> String {
    match (code, language) {
        (Some(code), _) => code.to_owned(),
        (None, Language::English) => format!("Row {}", row + 1),
        (None, Language::French) => format!("Ligne {}", row + 1),
    }
}

/// An id out of the account's number and the line's name, so that the same sheet makes the same ids again.
fn made_id(code: Option<&str>, label: &str, row: usize) -> String {
    let name: String = slug(label).chars().take(LONGEST_SLUG).collect();
    let code = code.map(slug).unwrap_or_default();
    let parts: Vec<&str> =
        [code.as_str(), name.trim_end_matches('-')].into_iter().filter(|part| !part.is_empty()).collect();
    let id: String = parts.join("-").chars().take(LONGEST_ID - 6).collect();
    if id.is_empty() { format!("row-{}", row + 1) } else { id }
}

fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ':'))
}

/// Columns of amounts spent in a place that nobody has named yet.
fn unplaced(ground: &Ground<'_>, header: Option<usize>) -> Vec<CellFault> {
    let Some(row) = header else { return Vec::new() };
    let open = ground.columns_of(Meaning::SpentIn).filter(|column| ground.columns[*column].place.is_none());
    open.map(|column| CellFault::at(ground.sheet, (row, column), FaultCode::UnknownPlace)).collect()
}

fn totals(sheet: &Sheet, drafts: &[Draft], grand: Option<usize>, amount_column: usize) -> Totals {
    let of = |wanted: &dyn Fn(&Draft) -> bool| by_currency(drafts.iter().filter(|draft| wanted(draft)));
    let lines = of(&|draft| draft.kind == Kind::Line);
    // What stands below the sheet's total is not part of it.
    let above = |draft: &Draft| grand.is_none_or(|grand| draft.row < grand);
    let beside = of(&|draft| matches!(draft.kind, Kind::Out(left) if left.is_cost()) && above(draft));
    let total = grand.and_then(|row| {
        let amount = drafts.iter().find(|draft| draft.row == row)?.amount?;
        Some((sheet.address(row, amount_column), amount))
    });
    let difference = total.as_ref().and_then(|(_, stated)| {
        let mut left = *stated;
        for part in lines.iter().chain(&beside) {
            left = left.checked_sub(*part).ok()?;
        }
        Some(left)
    });
    Totals { lines, beside, stated: total, difference }
}

fn by_currency<'a>(drafts: impl Iterator<Item = &'a Draft>) -> Vec<Money> {
    let mut sums: BTreeMap<String, Money> = BTreeMap::new();
    for amount in drafts.filter_map(|draft| draft.amount) {
        let sum = sums.entry(amount.currency().to_string()).or_insert(Money::zero(amount.currency()));
        *sum = sum.checked_add(amount).unwrap_or(*sum);
    }
    sums.into_values().collect()
}

fn shown_columns(sheet: &Sheet, columns: &[Read], first: usize) -> Vec<Column> {
    let shown = |(at, read): (usize, &Read)| {
        let values = (first..sheet.rows.len()).map(|row| sheet.cell(row, at).shown());
        Column {
            letters: column_letters(at),
            head: read.head.clone(),
            meaning: read.meaning,
            place: read.place.clone(),
            guessed: read.guessed,
            samples: values.filter(|value| !value.is_empty()).take(SAMPLES).collect(),
        }
    };
    columns.iter().enumerate().map(shown).collect()
}

fn shown_row(ground: &Ground<'_>, draft: &Draft) -> Row {
    let fate = match draft.kind {
        Kind::Out(left) => RowFate::Left(left),
        _ => RowFate::Line,
    };
    let shown = |(at, cell): (usize, &Cell)| match &cell.value {
        // A number cell is shown by its format, which is not here; amounts are shown as amounts.
        CellValue::Number(number)
            if !number.percent && ground.columns.get(at).is_some_and(|read| read.meaning.is_money()) =>
        {
            in_groups(&cell.shown(), ground.language)
        }
        _ => cell.shown(),
    };
    let cells = ground.sheet.rows[draft.row].iter().enumerate().map(shown).collect();
    Row { number: number(draft.row), cells, amount: draft.amount, fate }
}
