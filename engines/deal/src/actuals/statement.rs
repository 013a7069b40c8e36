//! One statement: who reports what, for which days, and when the money came.

use recoup_calendar::Date;
use recoup_money::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::line::StatementLine;

/// Whether a statement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementStanding {
    /// It has come in and nobody has accepted it; it is shown and moves nothing.
    Draft,
    /// It counts.
    #[default]
    Accepted,
}

impl StatementStanding {
    fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted)
    }
}

/// A statement that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceivedStatement {
    /// Stable id.
    pub id: String,
    /// First day it reports on.
    pub from: Date,
    /// Last day it reports on.
    pub to: Date,
    /// Day on which it was issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<Date>,
    /// Day on which the money arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
    /// Party id of who reports; for its own direct sales the producer itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// Whether it counts.
    #[serde(default, skip_serializing_if = "StatementStanding::is_accepted")]
    pub standing: StatementStanding,
    /// Where the paper lies: a number, a file name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What each source brought. A source without a line is not reported on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<StatementLine>,
    /// Expenses declared with it, which the recoupment plan recoups by their type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expenses: Vec<StatementExpense>,
}

/// An expense declared with a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementExpense {
    /// Stable id.
    pub id: String,
    /// Id of the expense type of the recoupment plan.
    pub expense_type: String,
    /// When it is declared; absent means the statement's last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// How much.
    pub amount: Money,
    /// Whether the cap of its type applies to it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub counts_to_cap: bool,
}

fn yes() -> bool {
    true
}

fn is_yes(flag: &bool) -> bool {
    *flag
}
