//! What a column of a budget can mean.

use serde::{Deserialize, Serialize};

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Not read.
    Ignore,
    /// The id of the line, as an export writes it.
    Line,
    /// The number of the account in the sheet's own chart.
    Code,
    /// One of the standard accounts by name.
    Account,
    /// What the line is called.
    Label,
    /// What it costs.
    Amount,
    /// How many, where the cost is a product.
    Quantity,
    /// How many times, beside the quantity.
    Multiplier,
    /// What one costs.
    Rate,
    /// The currency of the amounts of the row.
    Currency,
    /// Where the line is spent, with shares where there are several places.
    Place,
    /// The part of the amount that is spent in the place of the column.
    SpentIn,
    /// Share of the line that is labour.
    Labour,
    /// The part of the amount that is labour.
    LabourAmount,
    /// Share of the labour that is resident.
    Resident,
    /// The area in which a person counts as resident.
    ResidentArea,
    /// Share of the labour that is animation.
    Animation,
    /// When it is spent.
    Phase,
    /// How it falls within the phase.
    Curve,
    /// Whether it is core expenditure.
    Core,
    /// The company that spends it.
    Company,
    /// Who is paid.
    Payee,
    /// Words by which programs pick lines.
    Tags,
    /// Free text.
    Notes,
}

impl Meaning {
    /// Every meaning, in the order in which a person is offered them.
    pub const ALL: [Self; 24] = [
        Self::Ignore,
        Self::Label,
        Self::Amount,
        Self::Code,
        Self::Account,
        Self::Currency,
        Self::Place,
        Self::SpentIn,
        Self::Labour,
        Self::LabourAmount,
        Self::Resident,
        Self::ResidentArea,
        Self::Animation,
        Self::Phase,
        Self::Curve,
        Self::Core,
        Self::Quantity,
        Self::Multiplier,
        Self::Rate,
        Self::Company,
        Self::Payee,
        Self::Tags,
        Self::Notes,
        Self::Line,
    ];

    /// Its name on the wire and on a command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Line => "line",
            Self::Code => "code",
            Self::Account => "account",
            Self::Label => "label",
            Self::Amount => "amount",
            Self::Quantity => "quantity",
            Self::Multiplier => "multiplier",
            Self::Rate => "rate",
            Self::Currency => "currency",
            Self::Place => "place",
            Self::SpentIn => "spent_in",
            Self::Labour => "labour",
            Self::LabourAmount => "labour_amount",
            Self::Resident => "resident",
            Self::ResidentArea => "resident_area",
            Self::Animation => "animation",
            Self::Phase => "phase",
            Self::Curve => "curve",
            Self::Core => "core",
            Self::Company => "company",
            Self::Payee => "payee",
            Self::Tags => "tags",
            Self::Notes => "notes",
        }
    }

    /// The meaning of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.name() == name)
    }

    /// Whether several columns of one sheet may mean it.
    #[must_use]
    pub const fn may_repeat(self) -> bool {
        matches!(self, Self::Ignore | Self::SpentIn | Self::Multiplier | Self::Notes)
    }

    /// Whether the column is read as money.
    pub(crate) const fn is_money(self) -> bool {
        matches!(self, Self::Amount | Self::SpentIn | Self::LabourAmount | Self::Rate)
    }

    /// Whether the column is read as a share of one.
    pub(crate) const fn is_share(self) -> bool {
        matches!(self, Self::Labour | Self::Resident | Self::Animation)
    }
}
