//! What a pack draws of a simulation.

use crate::risk::{Bands, Counted};
use crate::table::Figure;

/// A histogram and a fan side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The returns.
    pub histogram: Option<Histogram>,
    /// The receipts.
    pub fan: Option<Fan>,
}

/// Paths by the return of one party.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Whose return.
    pub title: String,
    /// Stakeholder class, the key of its colour.
    pub class: &'static str,
    /// Bars and ends.
    pub counted: Counted,
    /// Percentiles that are marked.
    pub marks: Vec<Percentile>,
    /// The derivation tag of the median.
    pub tag: String,
}

/// A percentile that is marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Percentile {
    /// Which one: `p10`.
    pub id: &'static str,
    /// Where it lies.
    pub figure: Figure,
}

/// What one party has received by the end of each quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// Whose receipts.
    pub title: String,
    /// Stakeholder class, the key of its colour.
    pub class: &'static str,
    /// Percentiles by quarter.
    pub bands: Bands,
    /// The median at the end.
    pub last: Figure,
    /// Its derivation tag.
    pub tag: String,
}

/// Probabilities on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Chances {
    /// In the order of the plan.
    pub rows: Vec<Chance>,
}

/// One probability.
#[derive(Debug, Clone, PartialEq)]
pub struct Chance {
    /// Of what.
    pub label: String,
    /// Stakeholder class, the key of its colour.
    pub class: &'static str,
    /// The probability.
    pub figure: Figure,
    /// Its standard error in words.
    pub error: String,
    /// Its derivation tag.
    pub tag: String,
}

/// A result with one driver at a time at another value.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// Stakeholder class, the key of its colour.
    pub class: &'static str,
    /// The result with every driver in its middle.
    pub base: Figure,
    /// The widest first.
    pub swings: Vec<Swing>,
}

/// One driver of a tornado.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// The driver.
    pub label: String,
    /// Its two values in words.
    pub inputs: String,
    /// The result at its 10th percentile.
    pub low: Figure,
    /// The result at its 90th.
    pub high: Figure,
    /// Their derivation tags.
    pub tags: Vec<String>,
}
