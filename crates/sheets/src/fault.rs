//! What is wrong with a cell, at its address.

use recoup_deal::Language;

use crate::{grid::Sheet, spoken};

/// What is wrong with one cell. The rest of its row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The address, such as `Budget!C14`.
    pub cell: String,
    /// Its row, counted from one.
    pub row: u32,
    /// Its column, counted from zero.
    pub column: usize,
    /// What is wrong.
    pub code: FaultCode,
    /// What the cell shows.
    pub given: String,
    /// What it was compared with, or what was taken instead.
    pub other: Option<String>,
}

impl CellFault {
    pub(crate) fn at(sheet: &Sheet, (row, column): (usize, usize), code: FaultCode) -> Self {
        Self {
            cell: sheet.address(row, column),
            row: u32::try_from(row + 1).unwrap_or(u32::MAX),
            column,
            code,
            given: sheet.cell(row, column).shown(),
            other: None,
        }
    }

    pub(crate) fn with(mut self, other: impl ToString) -> Self {
        self.other = Some(other.to_string());
        self
    }

    /// The sentence in which a reader gets it.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        spoken::fault(self, language)
    }
}

/// Whether the cell could not be read, or could but a person should know how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultWeight {
    /// The cell is not taken.
    Error,
    /// The cell is taken as said.
    Note,
}

impl FaultWeight {
    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Note => "note",
        }
    }
}

/// The kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultCode {
    /// Text where a number belongs.
    NotANumber,
    /// A formula without a result.
    FormulaError,
    /// More than an amount may be.
    TooLarge,
    /// A share below nothing or above the whole.
    NotAShare,
    /// No currency code.
    UnknownCurrency,
    /// No place that is known.
    UnknownPlace,
    /// No standard account.
    UnknownAccount,
    /// No phase.
    UnknownPhase,
    /// None of the words there are for it.
    UnknownWord,
    /// Nobody of the deal.
    UnknownParty,
    /// A line without an amount.
    AmountMissing,
    /// An amount without a name.
    LabelMissing,
    /// The parts spent in places are more than the amount, or less.
    PlacesDiffer,
    /// The labour is more than the amount.
    LabourExceeds,
    /// The same line twice.
    LineTwice,
    /// It has more decimals than its currency.
    Rounded,
    /// Thousands or decimals: it could be either.
    Ambiguous,
    /// The amount is not quantity times rate.
    ProductDiffers,
    /// A total of the sheet is not the sum of its lines.
    SubtotalDiffers,
    /// Below nothing.
    Negative,
    /// No day.
    NotADay,
    /// A day in figures that could be another one.
    DayDoubtful,
    /// No period.
    NotAPeriod,
    /// A period that ends before it begins.
    PeriodReversed,
    /// The gross less the deductions is not the net.
    NetDiffers,
}

impl FaultCode {
    /// The code as it crosses the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotANumber => "NOT_A_NUMBER",
            Self::FormulaError => "FORMULA_ERROR",
            Self::TooLarge => "AMOUNT_TOO_LARGE",
            Self::NotAShare => "NOT_A_SHARE",
            Self::UnknownCurrency => "UNKNOWN_CURRENCY",
            Self::UnknownPlace => "UNKNOWN_PLACE",
            Self::UnknownAccount => "UNKNOWN_ACCOUNT",
            Self::UnknownPhase => "UNKNOWN_PHASE",
            Self::UnknownWord => "UNKNOWN_WORD",
            Self::UnknownParty => "UNKNOWN_PARTY",
            Self::AmountMissing => "AMOUNT_MISSING",
            Self::LabelMissing => "LABEL_MISSING",
            Self::PlacesDiffer => "PLACES_DIFFER",
            Self::LabourExceeds => "LABOUR_EXCEEDS",
            Self::LineTwice => "LINE_TWICE",
            Self::Rounded => "ROUNDED",
            Self::Ambiguous => "AMBIGUOUS_NUMBER",
            Self::ProductDiffers => "PRODUCT_DIFFERS",
            Self::SubtotalDiffers => "SUBTOTAL_DIFFERS",
            Self::Negative => "NEGATIVE",
            Self::NotADay => "NOT_A_DAY",
            Self::DayDoubtful => "DAY_DOUBTFUL",
            Self::NotAPeriod => "NOT_A_PERIOD",
            Self::PeriodReversed => "PERIOD_REVERSED",
            Self::NetDiffers => "NET_DIFFERS",
        }
    }

    /// Whether the cell is taken all the same.
    #[must_use]
    pub const fn weight(self) -> FaultWeight {
        match self {
            Self::Rounded
            | Self::Ambiguous
            | Self::ProductDiffers
            | Self::SubtotalDiffers
            | Self::DayDoubtful
            | Self::NetDiffers
            | Self::Negative => FaultWeight::Note,
            _ => FaultWeight::Error,
        }
    }
}
