//! A sheet of amounts under days or periods, cell by cell, each with its formula and what it comes to as packed.

use std::collections::HashMap;

use recoup_calendar::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::excel::Formula;
use crate::table::{Figure, RowStyle};

/// A sheet whose columns are days or periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Name of the sheet.
    pub title: String,
    /// What it is, and what in it stays a value.
    pub intro: String,
    /// The columns behind the one for terms.
    pub columns: Vec<LedgerColumn>,
    /// Rows by what they are about.
    pub parts: Vec<LedgerPart>,
}

/// A column of a ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerColumn {
    /// Its day: the last of a period, or the one on which something happens.
    pub day: Date,
    /// What it is about: a source, a drawing, a release.
    pub about: String,
    /// Whether it opens a statement period.
    pub opens: bool,
}

/// Rows about one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerPart {
    /// What they are about.
    pub heading: String,
    /// Its terms in words; may be empty.
    pub terms: String,
    /// Rows in order.
    pub rows: Vec<LedgerRow>,
    /// Whether the rows are working steps, shown folded.
    pub folded: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerRow {
    /// Its name.
    pub label: String,
    /// The address of its figures or the path of its cell.
    pub note: String,
    /// Weight and rules.
    pub style: RowStyle,
    /// Its cells by column; 0 is the column of terms.
    pub cells: Vec<LedgerCell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerCell {
    /// Its column: nought for a term, from one on for days and periods.
    pub column: usize,
    /// Under which formulas name it.
    pub key: String,
    /// What it comes to as packed.
    pub value: Decimal,
    /// What it measures.
    pub unit: LedgerUnit,
    /// What it holds.
    pub content: LedgerContent,
    /// The figure of the book that it is.
    pub figure: Option<Figure>,
    /// Whether the checks hold it against the engine.
    pub checked: bool,
}

/// What a cell measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerUnit {
    /// An amount of the deal's currency.
    Amount,
    /// A part of a whole.
    Share,
    /// A plain number.
    Count,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum LedgerContent {
    /// A formula.
    Computed(Formula),
    /// Typed, and may be typed over; or at home elsewhere.
    Given,
    /// A value that no formula says.
    Written,
}

impl Ledger {
    /// Every cell.
    pub fn cells(&self) -> impl Iterator<Item = &LedgerCell> {
        self.parts.iter().flat_map(|part| &part.rows).flat_map(|row| &row.cells)
    }
}

/// Where a row of a draft stands: its part and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct RowAt {
    part: usize,
    row: usize,
}

/// Ledgers on the drawing board, and what every cell comes to.
#[derive(Debug, Default)]
pub(super) struct Values {
    known: HashMap<String, Decimal>,
}

/// A ledger on the drawing board.
#[derive(Debug)]
pub(super) struct Draft {
    name: &'static str,
    pub columns: Vec<LedgerColumn>,
    parts: Vec<LedgerPart>,
    rows: HashMap<String, RowAt>,
    /// Rows that stay though no cell falls into them.
    heads: Vec<String>,
}

impl Draft {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, columns: Vec::new(), parts: Vec::new(), rows: HashMap::new(), heads: Vec::new() }
    }

    pub(super) fn part(&mut self, heading: String, terms: String, folded: bool) -> usize {
        self.parts.push(LedgerPart { heading, terms, rows: Vec::new(), folded });
        self.parts.len() - 1
    }

    /// A row under its own name; the name is that of its cells.
    pub(super) fn row(&mut self, part: usize, name: &str, label: String, note: String, style: RowStyle) {
        if self.rows.contains_key(name) {
            return;
        }
        let Some(of) = self.parts.get_mut(part) else { return };
        self.rows.insert(name.to_owned(), RowAt { part, row: of.rows.len() });
        of.rows.push(LedgerRow { label, note, style, cells: Vec::new() });
    }

    /// A row that names what follows.
    pub(super) fn head(&mut self, part: usize, name: &str, label: String, note: String) {
        self.row(part, name, label, note, RowStyle::Group);
        self.heads.push(name.to_owned());
    }

    fn key(&self, name: &str, column: usize) -> String {
        format!("{} {name}@{column}", self.name)
    }

    /// The key of a cell, whether it is there or not.
    pub(super) fn named(&self, name: &str, column: usize) -> String {
        self.key(name, column)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.rows.contains_key(name)
    }

    fn place(&mut self, name: &str, cell: LedgerCell) {
        let Some(at) = self.rows.get(name) else {
            debug_assert!(false, "no row {name}");
            return;
        };
        if let Some(row) = self.parts.get_mut(at.part).and_then(|part| part.rows.get_mut(at.row)) {
            row.cells.push(cell);
        }
    }

    /// Puts a formula in a row and returns the cell.
    pub(super) fn compute(
        &mut self,
        values: &mut Values,
        (name, column): (&str, usize),
        formula: Formula,
        unit: LedgerUnit,
    ) -> Formula {
        let value = values.of(&formula);
        self.figure(values, (name, column), formula, (unit, value), None)
    }

    /// Puts a formula in a row whose figure the engine gives.
    pub(super) fn figure(
        &mut self,
        values: &mut Values,
        (name, column): (&str, usize),
        formula: Formula,
        (unit, value): (LedgerUnit, Decimal),
        figure: Option<Figure>,
    ) -> Formula {
        let key = self.key(name, column);
        values.known.insert(key.clone(), value);
        let (content, checked) = (LedgerContent::Computed(formula), figure.is_some());
        self.place(name, LedgerCell { column, key: key.clone(), value, unit, content, figure, checked });
        Formula::Cell(key)
    }

    /// Puts a formula in a row that has to come to an amount, though it has no address.
    pub(super) fn held(
        &mut self,
        values: &mut Values,
        (name, column): (&str, usize),
        formula: Formula,
        (unit, value): (LedgerUnit, Decimal),
    ) -> Formula {
        let cell = self.figure(values, (name, column), formula, (unit, value), None);
        let at = self.rows.get(name).copied();
        let row = at.and_then(|at| self.parts.get_mut(at.part)?.rows.get_mut(at.row));
        if let Some(cell) = row.and_then(|row| row.cells.last_mut()) {
            cell.checked = true;
        }
        cell
    }

    /// Puts an amount or a rate there that is typed in the deal, or known elsewhere in the pack.
    pub(super) fn given(
        &mut self,
        values: &mut Values,
        (name, column): (&str, usize),
        (unit, value): (LedgerUnit, Decimal),
        figure: Figure,
    ) -> Formula {
        let key = self.key(name, column);
        values.known.insert(key.clone(), value);
        let content = LedgerContent::Given;
        let figure = Some(figure);
        self.place(
            name,
            LedgerCell { column, key: key.clone(), value, unit, content, figure, checked: false },
        );
        Formula::Cell(key)
    }

    /// Puts a value there that no formula says.
    pub(super) fn written(
        &mut self,
        values: &mut Values,
        (name, column): (&str, usize),
        (unit, value): (LedgerUnit, Decimal),
        figure: Option<Figure>,
    ) -> Formula {
        let key = self.key(name, column);
        values.known.insert(key.clone(), value);
        let content = LedgerContent::Written;
        self.place(
            name,
            LedgerCell { column, key: key.clone(), value, unit, content, figure, checked: false },
        );
        Formula::Cell(key)
    }

    pub(super) fn finish(mut self, title: String, intro: String) -> Ledger {
        let heads: Vec<RowAt> = self.heads.iter().filter_map(|name| self.rows.get(name).copied()).collect();
        for (part, of) in self.parts.iter_mut().enumerate() {
            let mut row = 0;
            of.rows.retain(|one| {
                let head = heads.contains(&RowAt { part, row });
                row += 1;
                head || !one.cells.is_empty()
            });
        }
        self.parts.retain(|part| !part.rows.is_empty());
        Ledger { title, intro, columns: self.columns, parts: self.parts }
    }
}

impl Values {
    pub(super) fn holds(&self, key: &str) -> bool {
        self.known.contains_key(key)
    }

    pub(super) fn of(&self, formula: &Formula) -> Decimal {
        match formula {
            Formula::Number(number) => *number,
            Formula::Cell(key) => self.known.get(key).copied().unwrap_or_default(),
            Formula::Minus(inner) => -self.of(inner),
            Formula::Infix(sign, left, right) => infix(sign, self.of(left), self.of(right)),
            Formula::Call(name, arguments) => self.call(name, arguments),
            Formula::Flag(flag) => Decimal::from(u8::from(*flag)),
            Formula::Text(_) | Formula::Range(..) => Decimal::ZERO,
        }
    }

    fn call(&self, name: &str, arguments: &[Formula]) -> Decimal {
        let value = |place: usize| arguments.get(place).map_or(Decimal::ZERO, |formula| self.of(formula));
        let each = || arguments.iter().flat_map(|argument| self.listed(argument));
        match name {
            "IF" if value(0).is_zero() => value(2),
            "IF" => value(1),
            "MIN" => each().min().unwrap_or_default(),
            "MAX" => each().max().unwrap_or_default(),
            "SUM" => each().sum(),
            "AND" => Decimal::from(u8::from(each().all(|one| !one.is_zero()))),
            "OR" => Decimal::from(u8::from(each().any(|one| !one.is_zero()))),
            "NOT" => Decimal::from(u8::from(value(0).is_zero())),
            "ABS" => value(0).abs(),
            "SIGN" => sign(value(0)),
            "ROUND" => round(value(0), value(1), RoundingStrategy::MidpointAwayFromZero),
            "ROUNDDOWN" => round(value(0), value(1), RoundingStrategy::ToZero),
            "RANK" => {
                let own = value(0);
                let above = arguments
                    .get(1)
                    .map_or(0, |list| self.listed(list).into_iter().filter(|other| *other > own).count());
                Decimal::from(above + 1)
            }
            "COUNTIF" => {
                let own = value(1);
                let equal = arguments
                    .first()
                    .map_or(0, |list| self.listed(list).into_iter().filter(|other| *other == own).count());
                Decimal::from(equal)
            }
            _ => Decimal::ZERO,
        }
    }

    /// The cells of a list; those that hold nothing are none. The rows of a range are numbered in their names.
    fn listed(&self, formula: &Formula) -> Vec<Decimal> {
        let Formula::Range(from, to) = formula else { return vec![self.of(formula)] };
        let read = |key: &str| {
            let (row, column) = key.rsplit_once('@')?;
            let (name, number) = row.rsplit_once(' ')?;
            Some((name.to_owned(), number.parse::<usize>().ok()?, column.to_owned()))
        };
        let (Some((name, first, column)), Some((_, last, _))) = (read(from), read(to)) else {
            return Vec::new();
        };
        (first..=last)
            .filter_map(|number| self.known.get(&format!("{name} {number}@{column}")).copied())
            .collect()
    }
}

fn infix(sign: &str, left: Decimal, right: Decimal) -> Decimal {
    let flag = |holds: bool| Decimal::from(u8::from(holds));
    match sign {
        "+" => left + right,
        "-" => left - right,
        "*" => left.checked_mul(right).unwrap_or_default(),
        "/" => left.checked_div(right).unwrap_or_default(),
        ">" => flag(left > right),
        "<" => flag(left < right),
        ">=" => flag(left >= right),
        "<=" => flag(left <= right),
        "=" => flag(left == right),
        _ => Decimal::ZERO,
    }
}

fn round(value: Decimal, places: Decimal, how: RoundingStrategy) -> Decimal {
    let places = u32::try_from(places.trunc().mantissa()).unwrap_or(0);
    value.round_dp_with_strategy(places, how)
}

fn sign(value: Decimal) -> Decimal {
    match value {
        nothing if nothing.is_zero() => Decimal::ZERO,
        below if below.is_sign_negative() => Decimal::NEGATIVE_ONE,
        _ => Decimal::ONE,
    }
}
