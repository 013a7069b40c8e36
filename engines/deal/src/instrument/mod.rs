//! The capital stack: who gives money, on which terms, against what.
//!
//! What every instrument has stands on [`Instrument`]; what only one kind has stands in [`Terms`].

mod amount;
mod debt;
mod equity;
mod licence;
mod security;
mod soft;
mod terms;

use recoup_calendar::{Date, DayCount};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::milestone::{DueDate, Milestone, PaymentStep};

pub use amount::{Advance, AdvancePart, AmountRule, BudgetShare, Remainder};
pub use debt::{
    BridgeTerms, CoverBasis, CreditLoanTerms, FacilityTerms, GapTerms, LoanTerms, MezzanineTerms,
};
pub use equity::{ContributionTerms, EquityTerms, TaxShelterTerms};
pub use licence::{CostPlusTerms, LicenceTerms, NegativePickupTerms, PresaleTerms};
pub use security::{Collateral, Condition, Security};
pub use soft::{
    AgentAdvanceTerms, DeferralOf, DeferralTerms, GrantTerms, InKindTerms, SoftLoanRank, SoftLoanTerms,
};
pub use terms::Terms;

/// How sure the money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentStatus {
    /// Hoped for.
    Prospective,
    /// Spoken about.
    Negotiating,
    /// A term sheet is there.
    TermSheet,
    /// Promised in writing.
    Committed,
    /// Signed.
    Signed,
    /// Conditions are met; the money may be drawn.
    Closed,
}

impl InstrumentStatus {
    /// Whether a financier would count the money as there.
    pub fn is_committed(self) -> bool {
        self >= InstrumentStatus::Committed
    }
}

/// What an interest rate is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterestRate {
    /// An annual rate as a fraction, such as 0.085.
    Fixed(Decimal),
    /// A margin over a base rate of the deal's market.
    OverBase(MarginOverBase),
}

/// A margin over a base rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarginOverBase {
    /// Id of the base rate in `market.base_rates`.
    pub base: String,
    /// Annual margin as a fraction.
    pub margin: Decimal,
}

/// When interest joins the balance it is computed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "LoanCompounding")]
pub enum Compounding {
    /// Never.
    Simple,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
    /// Every half-year.
    HalfYearly,
    /// Every year.
    Yearly,
}

/// When interest is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterestPayment {
    /// In cash, period by period.
    Current,
    /// Added to the balance until the final delivery, paid afterwards.
    CapitalisedUntilDelivery,
    /// Added to the balance until it is repaid (payment in kind).
    PaidInKind,
    /// In one sum with the principal.
    AtMaturity,
}

/// When the balance is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Maturity {
    /// On a day.
    Date(Date),
    /// Some months after an event.
    After(DueDate),
}

/// How money is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DrawMethod {
    /// Month by month as spend falls due, until exhausted.
    AsSpendFallsDue,
    /// All at once when the financing closes.
    AtClose,
    /// As the payment steps say.
    Steps,
    /// As the cash of the collateral or claim arrives.
    AsReceived,
}

/// When an instrument's money arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drawdown {
    /// How it is called.
    pub method: DrawMethod,
    /// Place in the order in which money is called; smaller goes first. Absent means by cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
    /// First event on which it may be called; absent means the financial close.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Milestone>,
    /// Parts that are paid on milestones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<PaymentStep>,
}

/// What a fee is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Arranging the loan.
    Origination,
    /// Keeping undrawn money ready.
    Commitment,
    /// The financier's lawyers.
    Legal,
    /// Audit of a claim.
    Audit,
    /// Filing with an authority.
    Filing,
    /// A broker.
    Broker,
    /// On leaving.
    Exit,
    /// Anything else.
    Other,
}

/// How much a fee is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeAmount {
    /// A typed amount.
    Fixed(Money),
    /// A share of the principal (of a claim: of the credit), 0 to 1.
    Share(Decimal),
    /// An annual share of the undrawn balance, 0 to 1.
    ShareOfUndrawn(Decimal),
}

/// A fee for giving money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Stable id.
    pub id: String,
    /// What it is for.
    pub kind: FeeKind,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<FeeAmount>,
    /// When it is paid; absent means at the first drawing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DueDate>,
    /// True when it is held back from the money drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<bool>,
}

/// One source of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Stable id.
    pub id: String,
    /// In the producer's words.
    pub name: String,
    /// Party id of who gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// What only this kind of money has.
    pub terms: Terms,
    /// How much, typed or by rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<AmountRule>,
    /// Currency of the contract; absent means the deal's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// How sure it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<InstrumentStatus>,
    /// Probability that it comes, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<Decimal>,
    /// Share of the price of a contract that is paid in the end, 0 to 1; absent means all. What is lent is lent on the
    /// whole price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_share: Option<Decimal>,
    /// When it arrives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawdown: Option<Drawdown>,
    /// What it costs to get.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// Annual interest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<InterestRate>,
    /// When interest joins the balance; absent means never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compounding: Option<Compounding>,
    /// How days are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_count: Option<DayCount>,
    /// When interest is paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest_payment: Option<InterestPayment>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maturity: Option<Maturity>,
    /// What it is secured on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<Security>,
    /// What must be there before it may be drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions_precedent: Vec<Condition>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

impl Instrument {
    /// The currency of the contract in a deal reported in `deal_currency`.
    pub fn contract_currency(&self, deal_currency: Currency) -> Currency {
        match &self.amount {
            Some(AmountRule::Fixed(money)) => money.currency(),
            _ => self.currency.unwrap_or(deal_currency),
        }
    }

    /// Whether a financier would count the money as there. Unknown status is not.
    pub fn is_committed(&self) -> bool {
        self.status.is_some_and(InstrumentStatus::is_committed)
    }
}
