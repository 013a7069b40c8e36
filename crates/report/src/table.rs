//! Tables of figures, each figure with its address.

use recoup_explain::{Book, How, Leaf, NodeId, Quantity};

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
    /// The words its cells choose from, where there is such a list.
    pub options: Vec<String>,
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
    /// Words over the whole width.
    Note,
    /// What the figures of the row above may be off by.
    Error,
}

/// A formula over rows of the same table, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFormula {
    /// Sum of these rows.
    Sum(Vec<usize>),
    /// The first row less the others.
    Difference(usize, Vec<usize>),
    /// Sum of the first rows less the others, where a row without an amount in a column adds nothing to it.
    Net(Vec<usize>, Vec<usize>),
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
    Figure(Figure),
    /// Whether something is met, in words that a workbook chooses from by the figure at an address.
    Verdict {
        /// The words.
        text: String,
        /// The address of the answer.
        met: String,
        /// The words for yes and for no.
        words: [String; 2],
    },
    /// Derivation tags of the row's figures.
    Tags(Vec<String>),
    /// Not applicable.
    Blank,
}

/// A number on a page and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its value.
    pub value: Quantity,
    /// Its address in the book of figures, or the path of the cell where it was typed.
    pub address: String,
    /// How it is set.
    pub kind: ColumnKind,
    /// Whether it is a typed cell: a workbook lets it be typed over.
    pub typed: bool,
}

impl Figure {
    /// The figure of a node: its address, or the path of its cell. A node with neither has no figure.
    pub fn of(book: &Book, node: NodeId, kind: ColumnKind) -> Option<Self> {
        let leaf = match book.how(node) {
            How::Leaf(leaf) => Some(leaf),
            How::Computed(_) => None,
        };
        let path = leaf.and_then(Leaf::path);
        let address = book.address(node).or(path)?.to_string();
        let typed = matches!(leaf, Some(Leaf::Cell { .. }));
        Some(Self { value: book.value(node).clone(), address, kind, typed })
    }

    /// The figure at an address.
    pub fn at(book: &Book, address: &str, kind: ColumnKind) -> Option<Self> {
        Self::of(book, book.find(address)?, kind)
    }
}

impl Table {
    /// An empty table with these columns: heading, kind, share of the width.
    pub fn new(columns: &[(&str, ColumnKind, f64)]) -> Self {
        let columns = columns
            .iter()
            .map(|(header, kind, width)| Column {
                header: (*header).to_owned(),
                kind: *kind,
                width: *width,
                options: Vec::new(),
            })
            .collect();
        Self { columns, rows: Vec::new() }
    }

    /// Says from which words the cells of a column are chosen.
    pub fn offer(&mut self, column: usize, options: Vec<String>) {
        if let Some(column) = self.columns.get_mut(column) {
            column.options = options;
        }
    }

    /// The amount in a cell, in minor units.
    pub(crate) fn minor(&self, row: usize, column: usize) -> Option<i64> {
        match self.rows.get(row)?.cells.get(column)? {
            Cell::Figure(figure) => figure.value.as_money().map(|amount| amount.minor()),
            Cell::Text(_) | Cell::Key { .. } | Cell::Verdict { .. } | Cell::Tags(_) | Cell::Blank => None,
        }
    }

    /// What a formula gives in a column of amounts, in minor units. A workbook may only recalculate what
    /// its printed rows really give.
    pub(crate) fn result(&self, formula: &RowFormula, column: usize) -> Option<i64> {
        let minor = |row: &usize| self.minor(*row, column);
        match formula {
            RowFormula::Sum(rows) => rows.iter().map(minor).sum(),
            RowFormula::Difference(first, others) => {
                let others: i64 = others.iter().map(minor).sum::<Option<i64>>()?;
                minor(first)?.checked_sub(others)
            }
            RowFormula::Net(plus, less) => {
                let known = |row: &usize| match self.rows.get(*row)?.cells.get(column)? {
                    Cell::Blank => Some(0),
                    _ => minor(row),
                };
                let plus = plus.iter().map(known).sum::<Option<i64>>()?;
                plus.checked_sub(less.iter().map(known).sum::<Option<i64>>()?)
            }
        }
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
impl From<Figure> for Cell {
    fn from(figure: Figure) -> Self {
        Self::Figure(figure)
    }
}
impl From<Option<Figure>> for Cell {
    fn from(figure: Option<Figure>) -> Self {
        figure.map_or(Self::Blank, Self::Figure)
    }
}
