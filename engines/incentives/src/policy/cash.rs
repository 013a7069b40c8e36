//! When a program pays, what tax falls on it, and over which periods it runs.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kind::Confidence;

use crate::parse::Formula;

/// From which day a payment counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CashStart {
    /// Start of production.
    StartOfProduction,
    /// End of production.
    EndOfProduction,
    /// Final delivery.
    Delivery,
}

/// One payment, or a row of equal ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CashPayment {
    /// In a producer's words.
    pub label: String,
    /// Line whose amount is paid, each time.
    pub line: String,
    /// Event the months count from.
    pub after: CashStart,
    /// Months from the event to the first payment.
    pub lag_months: u32,
    /// Number of payments.
    #[serde(default = "one")]
    pub times: u32,
    /// Months between them.
    #[serde(default)]
    pub every_months: u32,
    /// Where the timing comes from.
    pub ground: String,
    /// How sure it is.
    pub confidence: Confidence,
}

fn one() -> u32 {
    1
}

/// Whether the credit is taxed, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxSwitch {
    /// Whether tax is charged unless the deal says otherwise.
    pub on: bool,
    /// The legal ground.
    pub ground: String,
    /// Rate where the switch is on.
    #[serde(default)]
    pub rate: Option<Decimal>,
    /// Whether the cash lines are already net of the tax.
    #[serde(default)]
    pub already_in_lines: bool,
}

/// A claim in several periods: the form is run once per period, and some values are carried on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Periods {
    /// Names of the periods in order, as prefixes of inputs and outputs.
    pub prefixes: Vec<String>,
    /// Input of the next period → formula over the lines and inputs of this one.
    pub carry: BTreeMap<String, Formula>,
    /// Output names that are also totalled, as `total_<name>`.
    #[serde(default)]
    pub totals: Vec<String>,
}
