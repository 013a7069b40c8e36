//! A pack as data: sections, tables and figures, without a word of layout.

use recoup_explain::Quantity;

use crate::references::Reference;

/// A whole pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Title of the film.
    pub title: String,
    /// What the pack is.
    pub subtitle: String,
    /// Lines of the cover: label and text.
    pub facts: Vec<(String, String)>,
    /// Currency of every amount, as an ISO 4217 code.
    pub currency: String,
    /// Day the figures are of, in words.
    pub as_of: String,
    /// First eight hexadecimal digits of the deal's fingerprint.
    pub fingerprint: String,
    /// The line on the foot of every page.
    pub confidentiality: String,
    /// Sources drawn to scale on the cover.
    pub band: Vec<Bar>,
    /// Sections in the order of reading.
    pub sections: Vec<Section>,
    /// Where every printed tag resolves.
    pub references: Vec<Reference>,
}

/// A part of a bar drawn to scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Name beside it.
    pub label: String,
    /// Size in minor units; the bar is drawn to the sum.
    pub minor: i64,
    /// Stakeholder class, the key of its colour.
    pub class: &'static str,
    /// Hatched: not committed.
    pub conditional: bool,
}

/// One idea, beginning on a new page.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Name of the sheet and outline entry.
    pub topic: String,
    /// The answer in one sentence.
    pub lead: String,
    /// What stands below.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading inside the section.
    Heading(String),
    /// Running text.
    Text(String),
    /// A table.
    Table(Table),
    /// Bars of one scale, one above the other: name and parts.
    Bars(Vec<(String, Vec<Bar>)>),
    /// Findings ranked as a financier would.
    Findings(Vec<FindingLine>),
}

/// A finding as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLine {
    /// `blocker`, `question` or `note`.
    pub severity: &'static str,
    /// What is so.
    pub message: String,
    /// What would cure it.
    pub remedy: String,
    /// The field it is about.
    pub path: String,
}

/// Rows of figures under headed columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Columns in order; the last one of a table with figures holds tags.
    pub columns: Vec<Column>,
    /// Rows in order.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Heading, with the unit.
    pub header: String,
    /// What its cells are.
    pub kind: ColumnKind,
    /// Share of the width.
    pub width: f64,
}

/// What the cells of a column are, and so how they are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, flush left.
    Text,
    /// Whole currency units.
    Money,
    /// A fraction shown in percent, one decimal.
    Percent,
    /// A fraction shown in percent, two decimals.
    Rate,
    /// A multiple, two decimals.
    Multiple,
    /// A count or a plain number.
    Number,
    /// Derivation tags.
    Tag,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Weight and rules.
    pub style: RowStyle,
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// How a workbook recalculates the row's first amount.
    pub formula: Option<RowFormula>,
}

/// How a row is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowStyle {
    /// An ordinary row.
    Plain,
    /// A heading inside the table.
    Group,
    /// A sum on the way.
    Subtotal,
    /// The sum.
    Total,
    /// Said quietly: a difference, a note.
    Muted,
}

/// A formula over rows of the same table, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFormula {
    /// Sum of these rows.
    Sum(Vec<usize>),
    /// The first row less the second.
    Difference(usize, usize),
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Words after a square in a stakeholder's colour.
    Key {
        /// The words.
        text: String,
        /// Stakeholder class.
        class: &'static str,
    },
    /// A figure of the book.
    Figure(Quantity),
    /// A derivation tag.
    Tag(String),
    /// Not applicable.
    Blank,
}

impl Table {
    /// An empty table with these columns: heading, kind, share of the width.
    pub fn new(columns: &[(&str, ColumnKind, f64)]) -> Self {
        let columns = columns
            .iter()
            .map(|(header, kind, width)| Column { header: (*header).to_owned(), kind: *kind, width: *width })
            .collect();
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row and returns its index.
    pub fn push(&mut self, style: RowStyle, cells: Vec<Cell>, formula: Option<RowFormula>) -> usize {
        debug_assert_eq!(cells.len(), self.columns.len(), "a row has one cell a column");
        self.rows.push(Row { style, cells, formula });
        self.rows.len() - 1
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<Quantity> for Cell {
    fn from(quantity: Quantity) -> Self {
        Self::Figure(quantity)
    }
}
