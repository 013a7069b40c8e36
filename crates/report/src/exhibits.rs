//! What a pack shows beside its tables: key figures, months, the order of recoupment.

use recoup_calendar::{Date, YearMonth};

use crate::table::{Figure, RowStyle};

/// A figure set large, with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyFigure {
    /// Its name.
    pub label: String,
    /// The figure.
    pub figure: Figure,
    /// Its unit.
    pub unit: String,
    /// Its derivation tag.
    pub tag: String,
}

/// Rows of figures under months.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthTable {
    /// The months, in order and without a gap.
    pub months: Vec<YearMonth>,
    /// Rows in order.
    pub rows: Vec<MonthRow>,
}

/// One row of a month table.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthRow {
    /// Its name.
    pub label: String,
    /// Weight and rules.
    pub style: RowStyle,
    /// One figure a month; none where nothing can be.
    pub months: Vec<Option<Figure>>,
    /// One figure a calendar year: the total of a flow, the last month of a balance.
    pub years: Vec<(i32, Option<Figure>)>,
    /// The total of a flow; none for a balance.
    pub total: Option<Figure>,
    /// Its derivation tag.
    pub tag: String,
    /// The line of a chart it is drawn as.
    pub drawn: Option<MonthLine>,
}

/// How a row of months is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthLine {
    /// Columns: what is owed.
    Debt,
    /// A line: what is at the bank.
    Cash,
}

/// Rows of figures under statement periods.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodTable {
    /// The last day of each period.
    pub days: Vec<Date>,
    /// Rows in order.
    pub rows: Vec<PeriodRow>,
}

/// One row of a table of periods.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodRow {
    /// Its name.
    pub label: String,
    /// Weight and rules.
    pub style: RowStyle,
    /// One figure a period; none where nothing moved.
    pub cells: Vec<Option<Figure>>,
    /// The whole.
    pub total: Option<Figure>,
    /// Its derivation tag.
    pub tag: String,
}

impl PeriodRow {
    /// A row that only names what follows.
    pub(crate) fn heading(label: String, periods: usize) -> Self {
        Self { label, style: RowStyle::Group, cells: vec![None; periods], total: None, tag: String::new() }
    }
}

/// A position in the order of recoupment.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// Its name.
    pub label: String,
    /// Its terms in words.
    pub terms: String,
    /// Whether it takes a part of the flow and lets the rest pass.
    pub corridor: bool,
    /// Claims beside each other.
    pub claims: Vec<RungClaim>,
}

/// A claim of a position.
#[derive(Debug, Clone, PartialEq)]
pub struct RungClaim {
    /// Who is paid.
    pub payee: String,
    /// Stakeholder class, the key of its colour.
    pub class: &'static str,
    /// What it took.
    pub paid: Figure,
    /// What it still is owed; none where it has no end.
    pub outstanding: Option<Figure>,
    /// Receipts at which it is paid out; none where it never is.
    pub out_at: Option<Figure>,
    /// The derivation tag of what it took.
    pub tag: String,
}

/// Receipts at which each party is paid all it is owed, drawn to scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// Parties in the order of the plan.
    pub steps: Vec<LadderStep>,
    /// What the estimates come to: a line across the steps.
    pub estimated: Option<Figure>,
}

/// One party of a ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderStep {
    /// Who is out.
    pub label: String,
    /// Stakeholder class, the key of its colour.
    pub class: &'static str,
    /// Worldwide gross at which it is.
    pub out: Figure,
    /// Its derivation tag.
    pub tag: String,
}
