//! Public incentives that are claimed or considered, with what only the producer can answer.

use std::collections::BTreeMap;

use recoup_calendar::Date;
use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::instrument::Fee;
use crate::milestone::{DueDate, PaymentStep};

/// A typed value given to a program's input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InputValue {
    /// An amount.
    Money(Money),
    /// A plain number, share or count.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Date(Date),
    /// A word out of the program's list.
    Text(String),
}

/// How far the claim has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimStatus {
    /// A calculation of the producer.
    Estimated,
    /// Applied for.
    Applied,
    /// The authority has said yes in principle or reserved the amount.
    Awarded,
    /// The final certificate is there.
    Certified,
    /// Paid.
    Paid,
    /// Refused.
    Refused,
}

/// Whether the claim belongs to the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Election {
    /// The engine picks the best legal combination.
    #[default]
    Best,
    /// Claimed, whatever else would be better.
    Claim,
    /// Shown for comparison only.
    Compare,
    /// Not claimed.
    Exclude,
}

/// How the credit becomes cash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Monetisation {
    /// Waited for.
    Direct,
    /// Lent against, by the id of the instrument.
    Loan(String),
    /// Sold at a price per unit of credit.
    Transfer(Decimal),
    /// Set off against the claimant's own tax.
    Offset,
}

/// One program, claimed by one party.
///
/// Several companies may claim the same program in one film, each with a claim of its own. A claim sees the
/// spend of its claimant: where a budget line or a part of its spend names another company, that spend is not
/// counted; where none is named, all of it is, unless another company claims the same program. What the law
/// counts per production (ceilings, thresholds) is then shared between them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IncentiveClaim {
    /// Stable id.
    pub id: String,
    /// Id of the program, such as `ca-qc-qpstc`.
    pub program: String,
    /// Day that chooses the program's version; absent means the start of production.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_on: Option<Date>,
    /// Jurisdiction whose spend the program looks at, such as `CA-QC`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
    /// Party id of who claims; absent means a claim that sees the spend of every company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimant: Option<String>,
    /// Share of the credit the claimant passes on to the production, 0 to 1; absent means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed_on: Option<Decimal>,
    /// Whether the claim belongs to the stack; absent means the engine chooses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub election: Option<Election>,
    /// Values that replace what the engine would take from the budget, by input name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub overrides: BTreeMap<String, InputValue>,
    /// Answers that no budget line can give, by input name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, InputValue>,
    /// The producer's own estimate, for comparison with the computed credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_amount: Option<Money>,
    /// How far the claim has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ClaimStatus>,
    /// Probability that it is paid, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<Decimal>,
    /// The claimant's own tax against which the credit may be set off, in the year it is set off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_tax: Option<Money>,
    /// How it becomes cash; absent means waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monetisation: Option<Monetisation>,
    /// When the cash comes in one sum; absent means by `instalments`, else as the program usually pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cash: Option<DueDate>,
    /// Parts in which the cash comes, where it is several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instalments: Vec<PaymentStep>,
    /// Share of the credit as computed that is paid in the end, 0 to 1; absent means all. What is lent is lent on the
    /// credit as computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_share: Option<Decimal>,
    /// Audit, filing and broker fees that belong to this claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// Tax on the credit as a fraction, where the producer overrides the program's treatment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<Decimal>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}
