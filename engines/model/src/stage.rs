//! The stages of a computation, for those who watch it.

/// A part of a run, in the order in which the parts are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Incentives are assessed.
    Incentives,
    /// The document is checked, beside the incentives: what is left of it when they are assessed.
    Document,
    /// The stack is drawn, served and tested month by month.
    Capital,
    /// The film's earnings reach the collection account.
    Receipts,
    /// Worldwide gross is solved for, claim by claim, while the plan is run beside it.
    Gross,
    /// The run of the plan is told in the book.
    Recoupment,
    /// Receipts at the account are solved for, claim by claim, beside the two before: what is left of it then.
    Ladder,
    /// Returns of every party.
    Returns,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 8] = [
        Self::Incentives,
        Self::Document,
        Self::Capital,
        Self::Receipts,
        Self::Gross,
        Self::Recoupment,
        Self::Ladder,
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
