//! What a column of a statement can mean.

use recoup_deal::actuals::DeductionKind;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptMeaning {
    /// Not read.
    Ignore,
    /// What the source is called.
    Source,
    /// Its territory.
    Territory,
    /// Its window.
    Window,
    /// The days reported on, in one cell: `Q1 2029`, `2029-03`, `01/01/2029 – 31/03/2029`.
    Period,
    /// The first day reported on.
    From,
    /// The last day reported on.
    To,
    /// The day the money arrived.
    Received,
    /// Before anything is taken off.
    Gross,
    /// Something taken off on the way.
    Deduction(DeductionKind),
    /// What reached the account.
    Net,
    /// The currency of the amounts of the row.
    Currency,
    /// Units of the deal's currency for one of the row's.
    Rate,
    /// How many were sold.
    Units,
    /// Free text.
    Note,
}

const DEDUCTIONS: [(DeductionKind, &str); 12] = [
    (DeductionKind::DistributionFee, "distribution_fee"),
    (DeductionKind::DistributionExpenses, "distribution_expenses"),
    (DeductionKind::PAndA, "p_and_a"),
    (DeductionKind::SalesCommission, "sales_commission"),
    (DeductionKind::SalesExpenses, "sales_expenses"),
    (DeductionKind::SalesAdvance, "sales_advance"),
    (DeductionKind::GuaranteeRecouped, "guarantee_recouped"),
    (DeductionKind::OverageKept, "overage_kept"),
    (DeductionKind::Withholding, "withholding"),
    (DeductionKind::Exhibitors, "exhibitors"),
    (DeductionKind::OtherShares, "other_shares"),
    (DeductionKind::Other, "other"),
];

impl ReceiptMeaning {
    /// Every meaning, in the order in which a person is offered them.
    pub const ALL: [Self; 26] = [
        Self::Ignore,
        Self::Source,
        Self::Territory,
        Self::Window,
        Self::Period,
        Self::From,
        Self::To,
        Self::Received,
        Self::Gross,
        Self::Deduction(DeductionKind::DistributionFee),
        Self::Deduction(DeductionKind::DistributionExpenses),
        Self::Deduction(DeductionKind::PAndA),
        Self::Deduction(DeductionKind::SalesCommission),
        Self::Deduction(DeductionKind::SalesExpenses),
        Self::Deduction(DeductionKind::SalesAdvance),
        Self::Deduction(DeductionKind::GuaranteeRecouped),
        Self::Deduction(DeductionKind::OverageKept),
        Self::Deduction(DeductionKind::Withholding),
        Self::Deduction(DeductionKind::Exhibitors),
        Self::Deduction(DeductionKind::OtherShares),
        Self::Deduction(DeductionKind::Other),
        Self::Net,
        Self::Currency,
        Self::Rate,
        Self::Units,
        Self::Note,
    ];

    /// Its name on the wire and on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Source => "source",
            Self::Territory => "territory",
            Self::Window => "window",
            Self::Period => "period",
            Self::From => "from",
            Self::To => "to",
            Self::Received => "received",
            Self::Gross => "gross",
            Self::Deduction(kind) => {
                DEDUCTIONS.iter().find(|(known, _)| *known == kind).map_or("other", |(_, name)| name)
            }
            Self::Net => "net",
            Self::Currency => "currency",
            Self::Rate => "rate",
            Self::Units => "units",
            Self::Note => "note",
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
        matches!(self, Self::Ignore | Self::Deduction(_) | Self::Note)
    }

    /// Whether the column is read as money.
    pub(super) const fn is_money(self) -> bool {
        matches!(self, Self::Gross | Self::Deduction(_) | Self::Net)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_is_found_by_its_name() {
        for meaning in ReceiptMeaning::ALL {
            assert_eq!(ReceiptMeaning::of_name(meaning.name()), Some(meaning));
        }
        assert_eq!(ReceiptMeaning::of_name("amount"), None);
    }
}
