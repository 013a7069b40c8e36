//! Where a tree ends: the only things a figure may rest on.

use std::sync::Arc;

use recoup_calendar::Date;
use serde::{Deserialize, Serialize};

/// The end of an explanation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "leaf", rename_all = "snake_case")]
pub enum Leaf {
    /// A value the producer typed, at its path in the deal.
    Cell {
        /// Path in the deal, with stable ids: `budget.lines[animation].amount`.
        path: Arc<str>,
    },
    /// A value nobody typed, taken from a named source and shown as an assumption.
    Assumption {
        /// Path in the deal that would override it.
        path: Arc<str>,
        /// Where the value comes from.
        source: Arc<str>,
    },
    /// A number of the law.
    Clause(Clause),
    /// An exchange or base rate of a day.
    DatedRate {
        /// What the rate is, for example `EUR/USD`.
        name: Arc<str>,
        /// The day the rate is of.
        date: Date,
        /// Path in the deal where the rate stands.
        path: Arc<str>,
    },
}

/// A number in a dated version of a program, with its ground.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Clause {
    /// Program id, for example `ca-federal-cptc`.
    pub program: Arc<str>,
    /// The version's effective date.
    pub version: Arc<str>,
    /// The constant or line of the form.
    pub line: Arc<str>,
    /// The clause of the statute or authority's manual.
    pub clause: Arc<str>,
    /// Address of the document in which the clause was read.
    pub source: Arc<str>,
}

impl Leaf {
    /// The path in the deal that changes this leaf, when there is one.
    pub fn path(&self) -> Option<&Arc<str>> {
        match self {
            Self::Cell { path } | Self::Assumption { path, .. } | Self::DatedRate { path, .. } => Some(path),
            Self::Clause(_) => None,
        }
    }
}
