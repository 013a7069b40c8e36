//! What is counted besides money: admissions, downloads, copies
//!
//! A count is a memo. It moves what a right priced per unit may take and what a condition on it says, and it is
//! never a part of any total of money.

use recoup_calendar::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that is counted while the film is exploited: tickets, downloads, or public box office in whole units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitSeries {
    /// Stable id; limits and conditions name it.
    pub id: String,
    /// What is counted, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The counts as they become known.
    #[serde(default)]
    pub counts: Vec<UnitCount>,
}

/// Units that are added to a series on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitCount {
    /// Stable id.
    pub id: String,
    /// When they count. Receipts of this day see them already.
    pub date: Date,
    /// How many more; below zero where an earlier count was too high.
    pub count: i64,
}
