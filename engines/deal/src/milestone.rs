//! The events of the making on which money moves.

use recoup_calendar::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::schedule::Phase;

/// An event on which money moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// Signature of the contract; for the model the financial close unless dated otherwise.
    Signature,
    /// Financial close.
    FinancialClose,
    /// Start of pre-production, month 0.
    Start,
    /// First day of a phase.
    StartOf(Phase),
    /// Last day of a phase.
    EndOf(Phase),
    /// All deliveries, in proportion to the episodes in each (equally where episodes are not given).
    Deliveries,
    /// One delivery, by id.
    Delivery(String),
    /// The last delivery.
    FinalDelivery,
    /// First release.
    Release,
    /// Months counted from month 0.
    Month(i32),
    /// A fixed day.
    Date(Date),
}

/// A milestone and a delay after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DueDate {
    /// The event.
    pub after: Milestone,
    /// Months after the event; absent means none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<i32>,
}

/// A part of an amount that is paid on a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentStep {
    /// Stable id.
    pub id: String,
    /// Share of the whole amount, 0 to 1. The shares of a schedule add up to one.
    pub share: Decimal,
    /// On which event.
    pub on: Milestone,
    /// Months after the event; absent means none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lag_months: Option<u32>,
}
