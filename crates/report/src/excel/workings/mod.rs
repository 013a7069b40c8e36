//! The months of a deal as live formulas: what the lenders' schedule is computed from, cell by cell.
//!
//! The formulas are read from the book of figures, as the sheets of the programs are, so that the workbook computes
//! what the engine computes, whatever terms a deal has. A figure of a month stands in the column of its month; what
//! several figures use and no address names is a *working* and has a row beside the figure that it is made for.
//!
//! The amount that fills the rest depends on what it costs to finance, and that on the amount. A workbook that may
//! not refer to itself plays the months again for each trial ([`Rounds`]), as many times as the search needs.

mod formulas;
mod labels;
mod reach;
mod rounds;
mod rows;
mod search;
mod splits;
mod steps;

pub(crate) use labels::named;
pub(crate) use steps::NONE;

use recoup_calendar::YearMonth;
use recoup_explain::Quantity;

use crate::excel::Formula;
use crate::sections::Desk;
use crate::table::{Figure, RowStyle};

/// The workings of a deal's months.
#[derive(Debug, Clone, PartialEq)]
pub struct Workings {
    /// Name of the sheet.
    pub title: String,
    /// What it is, and what in it stays a value.
    pub intro: String,
    /// The months, in order.
    pub months: Vec<YearMonth>,
    /// Rows by what they are about.
    pub parts: Vec<WorkingPart>,
}

/// Rows about one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkingPart {
    /// What they are about.
    pub heading: String,
    /// Whether their cells stand under months, or are only counted.
    pub monthly: bool,
    /// Rows in order.
    pub rows: Vec<WorkingRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkingRow {
    /// Its name.
    pub label: String,
    /// The address of its figures or the path of its cell; empty for a working.
    pub note: String,
    /// Weight and rules.
    pub style: RowStyle,
    /// Its cells, by column.
    pub cells: Vec<WorkingCell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkingCell {
    /// Its column: nought for an amount of the whole, from one on for months or parts.
    pub column: usize,
    /// Under which formulas name it.
    pub key: String,
    /// What the engine gives.
    pub value: Quantity,
    /// What the cell holds.
    pub content: WorkingContent,
    /// The figure of the book that it is, where it has an address.
    pub figure: Option<Figure>,
}

/// What a cell of the workings holds.
#[derive(Debug, Clone, PartialEq)]
pub enum WorkingContent {
    /// A formula.
    Computed(Formula),
    /// A figure that is at home elsewhere, or a cell of the deal.
    Given,
    /// A value that no formula says.
    Written,
}

/// The search for the amount that fills the rest, unrolled.
#[derive(Debug, Clone, PartialEq)]
pub struct Rounds {
    /// Name of the sheet.
    pub title: String,
    /// How the search goes.
    pub intro: String,
    /// The months, in order.
    pub months: Vec<YearMonth>,
    /// Names of the columns of the table of trials, after the number of the round.
    pub heads: Vec<String>,
    /// One row a round: a cell under each head.
    pub trials: Vec<Vec<WorkingCell>>,
    /// What is taken from the last round: the amount, what is left over, what the last round changed.
    pub taken: Vec<WorkingRow>,
    /// What the first trial starts from and what the instruments may give together.
    pub bounds: Vec<WorkingRow>,
    /// The months played for each trial.
    pub played: Vec<Vec<WorkingRow>>,
}

impl Workings {
    /// Every cell.
    pub fn cells(&self) -> impl Iterator<Item = &WorkingCell> {
        self.parts.iter().flat_map(|part| &part.rows).flat_map(|row| &row.cells)
    }

    /// The names of rows that stay values, once each, in order.
    pub fn values_only(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for row in self.parts.iter().flat_map(|part| &part.rows) {
            let stays = row.cells.iter().any(|cell| {
                cell.content == WorkingContent::Written && !matches!(cell.value, Quantity::Absent(_))
            });
            if stays && !row.note.is_empty() && !found.contains(&row.label.as_str()) {
                found.push(&row.label);
            }
        }
        found
    }
}

impl Rounds {
    /// Every cell.
    pub fn cells(&self) -> impl Iterator<Item = &WorkingCell> {
        let rows = self.taken.iter().chain(&self.bounds).chain(self.played.iter().flatten());
        rows.flat_map(|row| &row.cells).chain(self.trials.iter().flatten())
    }
}

/// Writes the workings, and the rounds where an instrument fills the rest; nothing where no month could be computed.
pub(crate) fn build(desk: &Desk<'_>) -> Option<(Workings, Option<Rounds>)> {
    let capital = desk.results.capital?;
    let months: Vec<YearMonth> = capital.cash_flow.months.iter().map(|month| month.month).collect();
    let reach = reach::Reach::of(desk, &months);
    let splits = splits::Splits::of(&reach);
    let mut parts = rows::parts(desk, &reach, &splits);
    let rounds = rounds::unrolled(desk, capital, &reach, &splits, &parts);
    if let (None, Some(solution), Some(first)) = (&rounds, reach.solution, parts.first_mut()) {
        first.rows.push(rows::unsolved(desk, &reach, solution));
    }
    let rounds = rounds.map(|rounds| Rounds { months: months.clone(), ..rounds });
    let mut workings =
        Workings { title: desk.say("workings.title"), intro: desk.say("workings.intro"), months, parts };
    let values = workings.values_only().join(", ");
    if !values.is_empty() {
        let said = desk.words.with("workings.values", &[("rows", &values)]);
        workings.intro = format!("{} {said}", workings.intro);
    }
    if reach.solution.is_some() && rounds.is_none() {
        workings.intro = format!("{} {}", workings.intro, desk.say("workings.unsolved"));
    }
    Some((workings, rounds))
}
