//! Where everything stands in the workbook, before a cell is written: sheets, rows, columns, and for each
//! figure the one cell that is its home. Everywhere else the workbook refers to that cell.

use std::collections::{BTreeMap, HashMap};

use crate::document::{Block, Document, Section, SectionKind};
use crate::excel::{Ledger, Rounds, Workings};
use crate::exhibits::MonthTable;
use crate::program::Form;
use crate::render::xlsx::columns::{Slot, settle, slots};
use crate::render::xlsx::form::{self, Layout};
use crate::render::xlsx::tables;
use crate::render::xlsx::workings::Stand;
use crate::table::{Cell, ColumnKind, Figure, RowStyle, Table};
use crate::words::Words;

/// Rows above the first block: title, state, the answer, a blank one.
pub(super) const FIRST_ROW: u32 = 4;
/// Rows left free for a chart.
const CHART_ROWS: u32 = 22;
/// Column A is a gutter.
pub(super) const LEFT: u16 = 1;

/// The cell of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub sheet: usize,
    pub row: u32,
    pub column: u16,
}

/// A piece of a sheet and its first row.
#[derive(Debug)]
pub(super) enum Item<'a> {
    Heading(&'a str),
    Text(&'a str),
    Table { table: Table, columns: Vec<u16>, chart: bool },
    Months(&'a MonthTable),
    Form { form: &'a Form, layout: Layout },
    Workings(&'a Workings, Stand),
    Rounds(&'a Rounds, Stand),
    Ledger(&'a Ledger),
}

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    pub name: String,
    pub title: String,
    pub lead: &'a str,
    pub items: Vec<(u32, Item<'a>)>,
    /// What each column holds, from B on.
    pub slots: Vec<Slot>,
    /// The row after the last.
    pub end: u32,
}

/// The whole workbook.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub sheets: Vec<Sheet<'a>>,
    homes: HashMap<String, (u32, Place)>,
    /// Cells of forms by their key, and how many rows they take.
    cells: HashMap<String, (Place, u32)>,
}

impl<'a> Plan<'a> {
    /// Plans the sheets of the document's sections; a part of a section has its own sheet.
    pub(super) fn new(document: &'a Document) -> Self {
        let mut plan = Self { sheets: Vec::new(), homes: HashMap::new(), cells: HashMap::new() };
        let words = Words::of(document.edition.language);
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for section in &document.sections {
            for (title, blocks) in parts(section) {
                let name = sheet_name(title, &mut taken);
                let lead = if title == section.topic { section.lead.as_str() } else { "" };
                plan.add(Draft { name, title, lead, blocks, kind: section.kind }, words);
            }
        }
        plan
    }

    fn add(&mut self, draft: Draft<'a>, words: &'static Words) {
        // What charts are drawn from stands below what is read.
        let (drawn, read): (Vec<&Block>, Vec<&Block>) =
            draft.blocks.iter().partition(|block| matches!(block, Block::Outlook(_)));
        let mut items: Vec<Item<'a>> =
            read.into_iter().chain(drawn).flat_map(|block| items_of(block, words)).collect();
        if draft.kind == SectionKind::Risk {
            // Nothing here follows a cell that is typed over, and whoever opens the sheet alone must know.
            items.insert(0, Item::Text(words.say("risk.not_live")));
        }
        let slots = slots(&items);
        for item in &mut items {
            if let Item::Table { table, columns, .. } = item {
                *columns = settle(&table.columns, &slots);
            }
        }
        let mut sheet = Sheet {
            name: draft.name,
            title: draft.title.to_owned(),
            lead: draft.lead,
            items: Vec::new(),
            slots,
            end: FIRST_ROW,
        };
        let index = self.sheets.len();
        for mut item in items {
            let at = sheet.end;
            if let Item::Form { form, layout } = &mut item {
                *layout = Layout::of(form, at);
            }
            sheet.end += match &item {
                Item::Heading(_) => 1,
                Item::Text(_) => 2,
                Item::Table { table, chart, .. } => {
                    table.rows.len() as u32 + 2 + if *chart { CHART_ROWS } else { 0 }
                }
                Item::Months(months) => months.rows.len() as u32 + 2 + CHART_ROWS,
                Item::Form { layout, .. } => layout.high,
                Item::Workings(_, stand) | Item::Rounds(_, stand) => stand.high,
                Item::Ledger(ledger) => super::ledger::high(ledger),
            };
            self.house(&item, index, at, draft.kind);
            sheet.items.push((at, item));
        }
        self.sheets.push(sheet);
    }

    /// Gives the figures of an item their homes. A formula is a better home than a typed cell, a typed cell
    /// than a result; a section that is about a thing better than the table of the closing, and that better
    /// than the first page.
    fn house(&mut self, item: &Item<'_>, sheet: usize, at: u32, kind: SectionKind) {
        let rank = match kind {
            SectionKind::Summary => 0,
            SectionKind::Closing => 2,
            _ => 4,
        };
        match item {
            Item::Table { table, columns, chart } => {
                // A chart's rows repeat what stands elsewhere.
                let rank = if *chart { 1 } else { rank };
                for (offset, row) in table.rows.iter().enumerate() {
                    let live = u32::from(row.formula.is_some()) * 10;
                    for (cell, column) in row.cells.iter().zip(columns) {
                        let Cell::Figure(figure) = cell else { continue };
                        let place = Place { sheet, row: at + 1 + offset as u32, column: *column };
                        self.offer(&figure.address, rank + live, place);
                    }
                }
            }
            Item::Months(months) => {
                for (offset, row) in months.rows.iter().enumerate() {
                    let row_at = at + 1 + offset as u32;
                    for (index, figure) in row.months.iter().enumerate() {
                        let Some(figure) = figure else { continue };
                        let place = Place { sheet, row: row_at, column: LEFT + 1 + index as u16 };
                        self.offer(&figure.address, rank, place);
                    }
                    // What a row adds up to may be the amount that its months are a split of.
                    if let Some(total) = row.total.as_ref().filter(|total| !total.typed) {
                        let split = total.address.starts_with("budget.");
                        let place = Place { sheet, row: row_at, column: total_column(months) };
                        self.offer(&total.address, if split { 0 } else { rank + 10 }, place);
                    }
                }
            }
            Item::Form { form, layout } => {
                for ((key, home), row) in form::homes(form, layout, sheet).into_iter().zip(&form.rows) {
                    if let Some(figure) = &row.figure {
                        // A live line is the best home of its figure.
                        self.offer(&figure.address, rank + 20, home.0);
                    }
                    self.cells.insert(key, home);
                }
            }
            Item::Workings(_, stand) | Item::Rounds(_, stand) => {
                for (key, row, column) in stand.cells() {
                    let place = Place { sheet, row: at + row, column };
                    self.cells.insert(key.to_owned(), (place, 1));
                }
                for (address, live, row, column) in stand.figures() {
                    // What is computed here is at home here unless a sum of printed rows is; what was typed is at
                    // home where the pack tells of it.
                    let rank = if live { 8 } else { 1 };
                    self.offer(address, rank, Place { sheet, row: at + row, column });
                }
            }
            Item::Ledger(ledger) => {
                for (cell, row, column) in super::ledger::cells(ledger) {
                    let place = Place { sheet, row: at + row, column };
                    self.cells.insert(cell.key.clone(), (place, 1));
                    if let Some(figure) = &cell.figure {
                        let live = matches!(cell.content, crate::excel::LedgerContent::Computed(_));
                        self.offer(&figure.address, if live { 8 } else { 1 }, place);
                    }
                }
            }
            Item::Heading(_) | Item::Text(_) => {}
        }
    }

    fn offer(&mut self, address: &str, rank: u32, place: Place) {
        if address.is_empty() {
            return;
        }
        let known = self.homes.entry(address.to_owned()).or_insert((rank, place));
        if rank > known.0 {
            *known = (rank, place);
        }
    }

    /// The cell that is a figure's home.
    pub(super) fn home(&self, figure: &Figure) -> Option<Place> {
        self.homes.get(&figure.address).map(|(_, place)| *place)
    }

    /// A cell as a formula on a sheet names it: the cell of a form, the cells of a list, or the home of a figure
    /// or of a cell of the deal.
    pub(super) fn named_cell(&self, key: &str, sheet: usize) -> Option<String> {
        let (place, high) = match self.cells.get(key) {
            Some(known) => *known,
            None => (self.homes.get(key)?.1, 1),
        };
        let cell = rust_xlsxwriter::utility::row_col_to_cell(place.row, place.column);
        if place.sheet != sheet {
            return Some(self.reference(place));
        }
        if high == 1 {
            return Some(cell);
        }
        let last = rust_xlsxwriter::utility::row_col_to_cell(place.row + high - 1, place.column);
        Some(format!("{cell}:{last}"))
    }

    /// Every figure with an address and its home, by address.
    pub(super) fn named(&self) -> BTreeMap<&str, Place> {
        self.homes.iter().map(|(address, (_, place))| (address.as_str(), *place)).collect()
    }

    /// A reference to a cell from anywhere: `'Cash flow'!$C$12`.
    pub(super) fn reference(&self, place: Place) -> String {
        let name = self.sheets.get(place.sheet).map_or("", |sheet| sheet.name.as_str());
        let cell = rust_xlsxwriter::utility::row_col_to_cell_absolute(place.row, place.column);
        format!("'{}'!{cell}", name.replace('\'', "''"))
    }
}

/// The column after the months.
pub(super) fn total_column(months: &MonthTable) -> u16 {
    LEFT + 1 + months.months.len() as u16
}

struct Draft<'a> {
    name: String,
    title: &'a str,
    lead: &'a str,
    blocks: &'a [Block],
    kind: SectionKind,
}

/// A section's blocks, cut where a part begins; the workings behind them.
fn parts(section: &Section) -> Vec<(&str, &[Block])> {
    let mut out = Vec::new();
    let mut sheets = Vec::new();
    let mut told = section.blocks.len();
    let mut title = section.topic.as_str();
    let mut from = 0;
    for (index, block) in section.blocks.iter().enumerate() {
        let own = match block {
            Block::Part(next) => {
                out.push((title, &section.blocks[from..index]));
                title = next;
                from = index + 1;
                continue;
            }
            Block::Workings(workings) => &workings.title,
            Block::Rounds(rounds) => &rounds.title,
            Block::Ledger(ledger) => &ledger.title,
            _ => continue,
        };
        // What only a workbook computes has a sheet of its own, behind what the pages tell.
        sheets.push((own.as_str(), &section.blocks[index..=index]));
        told = told.min(index);
    }
    out.push((title, &section.blocks[from..told]));
    out.extend(sheets);
    out
}

/// A name a sheet may bear: 31 characters, none of those a formula reads, no two alike.
pub(super) fn sheet_name(topic: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let plain = topic.split(',').next().unwrap_or(topic);
    let clean: String = plain.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(28).collect();
    let count = taken.entry(clean.to_lowercase()).or_insert(0);
    *count += 1;
    if *count == 1 { clean } else { format!("{clean} {count}") }
}

/// What a block is on a sheet.
fn items_of<'a>(block: &'a Block, words: &Words) -> Vec<Item<'a>> {
    match block {
        Block::Program(program) => {
            let layout = Layout::of(&program.form, 0);
            vec![Item::Text(&program.intro), Item::Form { form: &program.form, layout }]
        }
        Block::Outlook(outlook) => {
            let table = |table| Item::Table { table, columns: Vec::new(), chart: false };
            let mut items = Vec::new();
            if let Some(drawn) = &outlook.histogram {
                items.extend([Item::Heading(&drawn.title), table(tables::histogram(drawn, words))]);
            }
            if let Some(drawn) = &outlook.fan {
                items.extend([Item::Heading(&drawn.title), table(tables::fan(drawn, words))]);
            }
            items
        }
        _ => item(block, words).into_iter().collect(),
    }
}

fn item<'a>(block: &'a Block, words: &Words) -> Option<Item<'a>> {
    let table = |table: Table, chart: bool| Some(Item::Table { table, columns: Vec::new(), chart });
    match block {
        Block::Heading(text) | Block::Page(text) => Some(Item::Heading(text)),
        Block::Periods(rows) => {
            let figures = crate::format::Figures::of(words.language());
            table(crate::render::text::of_periods(rows, figures, words.say("page.total")), false)
        }
        Block::Text(text) | Block::Fine(text) => Some(Item::Text(text)),
        Block::Table(rows) => table(rows.clone(), false),
        Block::Keys(keys) => table(tables::keys(keys, words), false),
        Block::Stack(parts) => table(super::charts::stack_table(parts, words), true),
        Block::Order(rungs) => table(tables::order(rungs, words), false),
        Block::Ladder(ladder) => table(tables::ladder(ladder, words), false),
        Block::Chances(chances) => table(tables::chances(chances, words), false),
        Block::Tornado(tornado) => table(tables::tornado(tornado, words), false),
        Block::Findings(findings) => {
            let mut rows = Table::new(&[
                (words.say("findings.rank"), ColumnKind::Text, 1.0),
                (words.say("findings.finding"), ColumnKind::Text, 4.0),
                (words.say("findings.remedy"), ColumnKind::Text, 3.0),
                (words.say("assumptions.field"), ColumnKind::Text, 2.0),
            ]);
            for finding in findings {
                let cells = vec![
                    finding.rank.as_str().into(),
                    finding.message.as_str().into(),
                    finding.remedy.as_str().into(),
                    finding.path.as_str().into(),
                ];
                rows.push(RowStyle::Plain, cells, None);
            }
            table(rows, false)
        }
        Block::Months(months) => Some(Item::Months(months)),
        Block::Workings(workings) => Some(Item::Workings(workings, Stand::of_workings(workings))),
        Block::Rounds(rounds) => Some(Item::Rounds(rounds, Stand::of_rounds(rounds))),
        Block::Ledger(ledger) => Some(Item::Ledger(ledger)),
        Block::Bars(_) | Block::Part(_) | Block::Program(_) | Block::Outlook(_) => None,
    }
}
