//! One source on its way to the collection account.

use recoup_calendar::{Date, Period, Quarter};
use recoup_explain::{Book, NodeId, Operation};
use recoup_money::Rounding;

/// Who or what keeps a part on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// Cinemas.
    Exhibitors,
    /// Tax withheld by the payer's country.
    Withholding,
    /// The distributor's fee.
    DistributionFee,
    /// Prints and advertising with overhead and premium.
    PrintsAndAds,
    /// The distributor's other expenses.
    DistributionExpenses,
    /// The minimum guarantee or advance that the distributor recoups.
    Guarantee,
    /// The distributor's part of the overage.
    OverageKept,
    /// The sales agent's commission.
    Commission,
    /// The sales agent's expenses.
    SalesExpenses,
    /// The sales agent's advance.
    SalesAdvance,
    /// The part of others in the producer's side.
    OtherShares,
    /// What a statement took off without saying for what.
    NotItemised,
}

impl Kept {
    /// The word used in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exhibitors => "exhibitors",
            Self::Withholding => "withholding",
            Self::DistributionFee => "distribution_fee",
            Self::PrintsAndAds => "p_and_a",
            Self::DistributionExpenses => "distribution_expenses",
            Self::Guarantee => "guarantee_recouped",
            Self::OverageKept => "overage_kept",
            Self::Commission => "sales_commission",
            Self::SalesExpenses => "sales_expenses",
            Self::SalesAdvance => "sales_advance",
            Self::OtherShares => "other_shares",
            Self::NotItemised => "not_itemised",
        }
    }
}

/// An amount kept on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptBy {
    /// What it is.
    pub kind: Kept,
    /// Party id of who keeps it, where a contract names one.
    pub party: Option<String>,
    /// How much.
    pub amount: NodeId,
}

/// One source in one calendar quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct QuarterReceipt {
    /// The quarter.
    pub quarter: Quarter,
    /// The days in which it is earned.
    pub earned: Period,
    /// Whether a statement says so, and not the estimate.
    pub actual: bool,
    /// The day the money counts as received: of an estimate the quarter's last.
    pub date: Date,
    /// Before anything is kept.
    pub gross: NodeId,
    /// What is kept on the way, in order.
    pub kept: Vec<KeptBy>,
    /// What reaches the collection account.
    pub to_account: NodeId,
}

/// One source over its life.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceReceipts {
    /// Id of the source.
    pub source: String,
    /// In the producer's words.
    pub label: String,
    /// Quarters in order of time.
    pub quarters: Vec<QuarterReceipt>,
    /// Total of all quarters before anything is kept.
    pub gross: NodeId,
    /// Total that reaches the account.
    pub to_account: NodeId,
}

/// What is left of a quarter's money while deductions are taken.
pub(crate) struct Channel {
    pub quarter: Quarter,
    pub earned: Period,
    pub gross: NodeId,
    pub left: NodeId,
    pub kept: Vec<KeptBy>,
    /// Whether cinemas have had their share already, as in what an ultimate shares out.
    pub after_cinemas: bool,
}

impl Channel {
    pub(crate) fn new(quarter: Quarter, earned: Period, gross: NodeId) -> Self {
        Self { quarter, earned, gross, left: gross, kept: Vec::new(), after_cinemas: false }
    }

    pub(crate) fn shared(self, after_cinemas: bool) -> Self {
        Self { after_cinemas, ..self }
    }

    /// Takes an amount out of what is left.
    pub(crate) fn keep(&mut self, book: &mut Book, kind: Kept, party: Option<&str>, amount: NodeId) {
        self.left = book.less(self.left, amount);
        self.kept.push(KeptBy { kind, party: party.map(str::to_owned), amount });
    }

    /// The part of what is left that it takes to pay `owed` out of what a fee at `rate` leaves of it: money
    /// beyond that comes after recoupment, though it comes in the same quarter.
    pub(crate) fn until_paid(&self, book: &mut Book, one: NodeId, rate: NodeId, owed: NodeId) -> NodeId {
        let Some(currency) = book.value(self.left).as_money().map(|left| left.currency()) else {
            return self.left;
        };
        let kept = book.less(one, rate);
        if book.value(kept).as_number().is_some_and(|kept| kept.is_zero()) {
            return self.left;
        }
        let owed = book.compute(Operation::ToNumber, &[owed]);
        let needed = book.compute(Operation::Quotient, &[owed, kept]);
        let rounding = Rounding::HalfUp;
        let needed = book.compute(Operation::ToMoney { currency, rounding }, &[needed]);
        book.least(self.left, needed)
    }

    /// Takes as much of a claim as there is, and returns what stays owed.
    pub(crate) fn recoup(
        &mut self,
        book: &mut Book,
        kind: Kept,
        party: Option<&str>,
        owed: NodeId,
    ) -> NodeId {
        let taken = book.least(self.left, owed);
        self.keep(book, kind, party, taken);
        book.less(owed, taken)
    }
}
