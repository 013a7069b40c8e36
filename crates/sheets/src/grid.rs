//! Sheets of cells, however the file was written.

use recoup_money::Currency;
use rust_decimal::Decimal;

/// One sheet: rows of cells from A1 on; rows may end early.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name; a CSV file has one sheet named after the file.
    pub name: String,
    /// Hidden from whoever opens the workbook.
    pub hidden: bool,
    /// The cells.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// What it holds.
    pub value: CellValue,
    /// How far it is indented, by its format or by leading spaces.
    pub indent: u8,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum CellValue {
    /// Nothing.
    #[default]
    Empty,
    /// Text, without space around it.
    Text(String),
    /// A number that the file holds as one.
    Number(CellNumber),
    /// Yes or no.
    Flag(bool),
    /// A day, as the file shows it.
    Day(String),
    /// A formula without a result, such as `#REF!`.
    Fault(String),
}

/// A number cell: its shortest decimal form, and what its format says.
#[derive(Debug, Clone, PartialEq)]
pub struct CellNumber {
    /// The value.
    pub value: Decimal,
    /// It is shown as a percentage, so 0.45 is read as 45 %.
    pub percent: bool,
    /// The one currency its format names.
    pub currency: Option<Currency>,
}

impl Cell {
    /// A cell of text; none where there is nothing but space.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let bare = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if bare.is_empty() {
            return Self::default();
        }
        let lead = text.chars().take_while(|c| c.is_whitespace()).count();
        let indent = u8::try_from(lead.div_ceil(2)).unwrap_or(u8::MAX);
        Self { value: CellValue::Text(bare.to_owned()), indent }
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value == CellValue::Empty
    }

    /// What it shows, plainly.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.value {
            CellValue::Empty => String::new(),
            CellValue::Text(text) | CellValue::Day(text) | CellValue::Fault(text) => text.clone(),
            CellValue::Number(number) if number.percent => {
                let points = number.value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(number.value);
                format!("{} %", points.normalize())
            }
            CellValue::Number(number) => number.value.normalize().to_string(),
            CellValue::Flag(true) => "TRUE".to_owned(),
            CellValue::Flag(false) => "FALSE".to_owned(),
        }
    }
}

static NOTHING: Cell = Cell { value: CellValue::Empty, indent: 0 };

impl Sheet {
    /// The cell at a row and a column, both counted from zero.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&NOTHING)
    }

    /// The number of columns that hold something.
    #[must_use]
    pub fn width(&self) -> usize {
        let used = |row: &Vec<Cell>| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
        self.rows.iter().map(used).max().unwrap_or(0)
    }

    /// The address of a cell, such as `Budget!C14`.
    #[must_use]
    pub fn address(&self, row: usize, column: usize) -> String {
        format!("{}!{}{}", self.name, column_letters(column), row + 1)
    }
}

/// The letters of a column counted from zero: `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        // The remainder is below 26.
        letters.push(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        let lettered = [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")];
        for (column, letters) in lettered {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn leading_space_is_an_indent_and_not_text() {
        let cell = Cell::text("    Lead animators ");
        assert_eq!((cell.shown().as_str(), cell.indent), ("Lead animators", 2));
        assert!(Cell::text(" \u{a0} ").is_empty());
    }
}
