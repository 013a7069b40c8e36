//! The ways in which the law lets a credit become cash, and on which terms.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cash::CashStart;
use super::kind::{Confidence, ProgramKind};
use super::{Constant, Policy};

/// A way in which a credit becomes cash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    /// Paid out to the claimant, and waited for.
    Direct,
    /// Lent against until it is paid.
    Loan,
    /// Sold.
    Transfer,
    /// Set off against the claimant's own tax.
    Offset,
}

impl WayKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Loan, Self::Transfer, Self::Offset];

    /// The word used in files and addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Loan => "loan",
            Self::Transfer => "transfer",
            Self::Offset => "offset",
        }
    }
}

/// What becomes of a credit that exceeds the claimant's own tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// Paid out.
    Refunded,
    /// Set off in later years: no cash of this film.
    CarriedForward,
    /// Nothing.
    Lost,
}

/// What a unit of credit usually sells for: a price of the market, not a number of the law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsualPrice {
    /// A low price.
    pub low: Decimal,
    /// The usual one.
    pub usual: Decimal,
    /// A high price.
    pub high: Decimal,
    /// What a broker usually takes per unit of credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broker: Option<Decimal>,
    /// Source in which the price was read; none where it is an estimate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// One way, as the law allows or refuses it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// Which.
    pub way: WayKind,
    /// Whether the law allows it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub allowed: bool,
    /// Line that must answer yes for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_if: Option<String>,
    /// What the law says, in a producer's words.
    pub ground: String,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source in which it was read.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// What the payment is called; needed for a sale and an offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Line that is sold or set off, where it is not the credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// Number of the law that is the least price of a unit of credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<String>,
    /// Number of the law that is paid for registering a sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
    /// What a unit of credit usually sells for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<UsualPrice>,
    /// Who may buy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyers: Option<String>,
    /// How often it may be sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfers: Option<u32>,
    /// Event the months count from; the program's first payment where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<CashStart>,
    /// Months from the event to the cash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lag_months: Option<u32>,
    /// What becomes of what exceeds the claimant's own tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
    /// Years in which the rest may still be set off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u32>,
    /// Whether the line is limited by the claimant's own tax already.
    #[serde(default, skip_serializing_if = "is_no")]
    pub limited_in_line: bool,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
fn is_yes(flag: &bool) -> bool {
    *flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
fn is_no(flag: &bool) -> bool {
    !*flag
}

/// Why a way is not open, where no clause of the program says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// The policy itself refuses it, with its ground.
    ByLaw,
    /// What the law asks for is answered no.
    ConditionFails,
    /// Nothing read says that it may be sold.
    NotForSale,
    /// It is no credit against a tax.
    NoTax,
    /// It is not paid out.
    NotPaidOut,
    /// It is set off before it is paid out anyway: the same money on the same day.
    SameAsDirect,
    /// There is no payment by the state to lend against.
    NothingToLendOn,
}

impl Policy {
    /// What the policy says about a way.
    #[must_use]
    pub fn way(&self, kind: WayKind) -> Option<&Way> {
        self.ways.iter().find(|way| way.way == kind)
    }

    /// Why a way is not open: by the policy's own word, else by what kind of money it is.
    #[must_use]
    pub fn closed(&self, kind: WayKind) -> Option<Closed> {
        if let Some(way) = self.way(kind) {
            return (!way.allowed).then_some(Closed::ByLaw);
        }
        match (kind, self.kind) {
            (WayKind::Direct, ProgramKind::TransferableTaxCredit | ProgramKind::NonrefundableTaxCredit) => {
                Some(Closed::NotPaidOut)
            }
            (WayKind::Direct, _) => None,
            (WayKind::Loan, ProgramKind::NonrefundableTaxCredit | ProgramKind::TaxShelter) => {
                Some(Closed::NothingToLendOn)
            }
            (WayKind::Loan, _) => None,
            (WayKind::Transfer, ProgramKind::TransferableTaxCredit) => None,
            (WayKind::Transfer, _) => Some(Closed::NotForSale),
            (WayKind::Offset, ProgramKind::TransferableTaxCredit | ProgramKind::NonrefundableTaxCredit) => {
                None
            }
            (WayKind::Offset, ProgramKind::RefundableTaxCredit | ProgramKind::TaxableExpenditureCredit) => {
                Some(Closed::SameAsDirect)
            }
            (WayKind::Offset, _) => Some(Closed::NoTax),
        }
    }

    /// A number of the law.
    #[must_use]
    pub fn constant(&self, id: &str) -> Option<&Constant> {
        self.constants.iter().find(|constant| constant.id == id)
    }
}
