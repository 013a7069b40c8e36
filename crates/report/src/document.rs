//! A pack as data: sections, tables and figures, without a word of layout.

use recoup_calendar::Date;
use recoup_money::Money;

use crate::edition::Edition;
use crate::excel::{Ledger, Rounds, Workings};
use crate::exhibits::{KeyFigure, Ladder, MonthTable, PeriodTable, Rung};
use crate::outlook::{Chances, Outlook, Tornado};
use crate::program::Form;
use crate::references::Reference;
use crate::table::Table;

/// A whole pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its language and reader.
    pub edition: Edition,
    /// Title of the film.
    pub title: String,
    /// What the pack is.
    pub subtitle: String,
    /// Lines of the cover: label and text.
    pub facts: Vec<(String, String)>,
    /// Currency of every amount, as an ISO 4217 code.
    pub currency: String,
    /// Decimal places of that currency.
    pub currency_places: u32,
    /// Day the figures are of.
    pub day: Date,
    /// The same in words.
    pub as_of: String,
    /// For whom it is, in words.
    pub reader: String,
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
    /// The amount beside it, where it is shown.
    pub amount: Option<Money>,
    /// Address of the figure it draws.
    pub address: String,
    /// Stakeholder class, the key of its colour.
    pub class: &'static str,
    /// Hatched: not committed.
    pub conditional: bool,
}

/// One idea, beginning on a new page.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Which one it is.
    pub kind: SectionKind,
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
    /// A heading under which a workbook begins a sheet.
    Part(String),
    /// A heading that begins a page.
    Page(String),
    /// Running text.
    Text(String),
    /// How something was computed, in small type.
    Fine(String),
    /// A table.
    Table(Table),
    /// Bars of one scale, one above the other: name and parts.
    Bars(Vec<(String, Vec<Bar>)>),
    /// The capital stack as one column drawn to scale, from the first repaid up.
    Stack(Vec<Bar>),
    /// The main figures, set large.
    Keys(Vec<KeyFigure>),
    /// Figures month by month.
    Months(MonthTable),
    /// Figures by statement period.
    Periods(PeriodTable),
    /// The order of recoupment, drawn.
    Order(Vec<Rung>),
    /// Who is out at which receipts, drawn to scale.
    Ladder(Ladder),
    /// How returns and receipts are spread over the paths of a simulation.
    Outlook(Box<Outlook>),
    /// Probabilities on one scale.
    Chances(Chances),
    /// What one driver at a time does to a result.
    Tornado(Tornado),
    /// Findings ranked as a financier would.
    Findings(Vec<FindingLine>),
    /// A program's computation.
    Program(Box<Program>),
    /// What the months are computed from, live in a workbook.
    Workings(Box<Workings>),
    /// The search for the amount that fills the rest, unrolled in a workbook.
    Rounds(Box<Rounds>),
    /// The order of recoupment by periods or by receipts, live in a workbook.
    Ledger(Box<Ledger>),
}

impl Block {
    /// The block, and where it is a program's computation, what the pages tell of it before it.
    pub fn told(&self) -> impl Iterator<Item = &Self> {
        let pages = match self {
            Self::Program(program) => program.pages.as_slice(),
            _ => &[],
        };
        pages.iter().chain(std::iter::once(self))
    }
}

/// One program's computation: told on pages, live in a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// What it is, which version, and how sure it is.
    pub intro: String,
    /// What the pages tell: the credit in steps, the lines, conditions, payments and sources.
    pub pages: Vec<Block>,
    /// What a workbook computes.
    pub form: Form,
}

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// The deal on one page.
    Summary,
    /// The top sheet.
    Budget,
    /// Uses, sources and the difference.
    Closing,
    /// Public incentives.
    Incentives,
    /// The instruments and the lenders' tests.
    Capital,
    /// Month by month.
    CashFlow,
    /// Estimates and what reaches the account.
    Revenue,
    /// Who is paid, in which order.
    Recoupment,
    /// The same by statement period.
    Schedule,
    /// What each party is told, claim by claim.
    Statements,
    /// What each party gets.
    Returns,
    /// What the deal comes to when its numbers are uncertain.
    Risk,
    /// What nobody has typed.
    Assumptions,
    /// What a financier would ask.
    Findings,
}

/// A finding as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLine {
    /// `blocker`, `question` or `note`: the key of its sign.
    pub severity: &'static str,
    /// The same as a word in the pack's language.
    pub rank: String,
    /// What is so.
    pub message: String,
    /// What would cure it.
    pub remedy: String,
    /// The field it is about.
    pub path: String,
}
