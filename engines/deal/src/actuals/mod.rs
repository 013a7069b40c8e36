//! What really came in: statements of distributors, sales agents, the collection account or the producer itself.
//!
//! A statement reports a stretch of days, source by source. Up to the last day that any statement covers, a source
//! brings what its statements say and nothing of its estimate; after that day the estimate stands as it was, unless
//! the deal says otherwise for that source ([`Rest`]). A source for which no statement has a line stays an estimate,
//! whoever else has reported.
//!
//! Money counts on the day it was received. Without one it counts as the estimate would: on the last day of the
//! quarter in which the statement's last day, moved by the source's reporting lag, falls.

mod line;
mod statement;

use recoup_calendar::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use line::{Deduction, DeductionKind, StatementLine};
pub use statement::{ReceivedStatement, StatementExpense, StatementStanding};

/// Statements, and what they leave of the estimates.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Actuals {
    /// Statements in any order; their days decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<ReceivedStatement>,
    /// What stands of an estimate after the last covered day, where it is not simply its later part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests: Vec<RestOfEstimate>,
}

/// What stands of one source's estimate after the last day that statements cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestOfEstimate {
    /// Stable id.
    pub id: String,
    /// Id of the revenue source.
    pub source: String,
    /// What is done with the rest.
    pub rest: Rest,
}

/// What is done with the part of an estimate that statements have not replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// The later part stands as it was estimated; what came in below or above the estimate is lost or won.
    #[default]
    KeepForecast,
    /// What was expected by now and has not come arrives late: in the first period after the covered days.
    Shift,
    /// Nothing more is expected.
    Drop,
    /// The later part is scaled so that the source brings its whole estimate after all, but never less than nothing.
    ScaleToEstimate,
}

impl Actuals {
    /// Whether nothing is written here.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.rests.is_empty()
    }

    /// Statements that count, a draft does not, in order of their days; of one period in the order they are written.
    pub fn counted(&self) -> Vec<&ReceivedStatement> {
        let counts = |statement: &&ReceivedStatement| statement.standing == StatementStanding::Accepted;
        let mut found: Vec<&ReceivedStatement> = self.statements.iter().filter(counts).collect();
        found.sort_by_key(|statement| (statement.to, statement.from, statement.id.as_str()));
        found
    }

    /// Whether any statement counts.
    pub fn is_counted(&self) -> bool {
        self.statements
            .iter()
            .any(|statement| statement.standing == StatementStanding::Accepted && !statement.lines.is_empty())
    }

    /// Whether a statement that counts has a line for a source.
    pub fn covers(&self, source: &str) -> bool {
        self.covered_to(source).is_some()
    }

    /// The last day that statements cover for a source.
    pub fn covered_to(&self, source: &str) -> Option<Date> {
        let mine = |statement: &&ReceivedStatement| {
            statement.standing == StatementStanding::Accepted
                && statement.lines.iter().any(|line| line.source == source)
        };
        self.statements.iter().filter(mine).map(|statement| statement.to).max()
    }

    /// What is done with the rest of a source's estimate.
    pub fn rest_of(&self, source: &str) -> Rest {
        self.rests.iter().find(|rest| rest.source == source).map(|rest| rest.rest).unwrap_or_default()
    }
}
