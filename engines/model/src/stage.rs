//! The stages of a computation, for those who watch it.

/// A part of a run, in the order in which the parts are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Dates are worked out and the document is checked.
    Document,
    /// Incentives are assessed.
    Incentives,
    /// The stack is drawn, served and tested month by month.
    Capital,
    /// The film's earnings reach the collection account.
    Receipts,
    /// The plan is run and told in the book.
    Recoupment,
    /// Receipts at the account are solved for, claim by claim.
    Ladder,
    /// Worldwide gross is solved for, claim by claim.
    Gross,
    /// Returns of every party.
    Returns,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 8] = [
        Self::Document,
        Self::Incentives,
        Self::Capital,
        Self::Receipts,
        Self::Recoupment,
        Self::Ladder,
        Self::Gross,
        Self::Returns,
    ];

    /// One word for a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Incentives => "incentives",
            Self::Capital => "capital",
            Self::Receipts => "receipts",
            Self::Recoupment => "recoupment",
            Self::Ladder => "ladder",
            Self::Gross => "gross",
            Self::Returns => "returns",
        }
    }
}
