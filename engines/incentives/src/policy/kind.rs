//! What a program is, and how sure its facts are.

use recoup_calendar::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of public money it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProgramKind {
    /// Paid out where it exceeds the tax.
    RefundableTaxCredit,
    /// Paid out, but itself taxed.
    TaxableExpenditureCredit,
    /// Sold or carried forward.
    TransferableTaxCredit,
    /// Set off against the claimant's own tax.
    NonrefundableTaxCredit,
    /// Paid by an agency after the spend.
    CashRebate,
    /// A grant within a fund.
    Grant,
    /// A part of another program.
    Component,
    /// A deduction that investors use.
    TaxShelter,
    /// Equity, advances or contributions that a fund grants case by case.
    SelectiveFund,
    /// A rule or a register entry that pays nothing by itself.
    Record,
}

/// Whether it rewards national content or work done for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// National content.
    Content,
    /// Services, whoever owns the work.
    Service,
    /// Either.
    Either,
}

/// What a value is measured in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Major units of the program's currency.
    #[default]
    Money,
    /// A fraction.
    Rate,
    /// A plain number.
    Number,
    /// Yes or no.
    Flag,
    /// A word.
    Text,
    /// Amounts item by item.
    List,
}

/// How sure the facts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Hearsay or recollection: shown as *unverified*.
    Low,
    /// A secondary source, or a reading of an unclear text.
    Medium,
    /// The statute or the authority itself.
    High,
}

/// A document in which a fact was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name used by constants and lines.
    pub id: String,
    /// Title of the document.
    pub title: String,
    /// Where it stands.
    pub address: String,
    /// Date of the document, as it gives it.
    #[serde(default)]
    pub date: Option<String>,
    /// Day on which it was read.
    pub seen: Date,
    /// Statute, authority, court, press, …
    pub kind: String,
}
