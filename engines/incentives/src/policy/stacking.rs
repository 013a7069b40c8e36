//! How programs of one deal bear on each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How programs touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Not both for one production.
    Excludes,
    /// A line of this program is added to an input of the other (assistance that grinds it).
    ReducesBaseOf,
    /// A line of this program fills an input of the other where nothing is given.
    Supplies,
    /// This program exists only beside the other.
    Requires,
    /// Not barred by the texts read, but not usual: claimed together only where the deal says so.
    Unusual,
}

/// One edge of the interaction graph, from this program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interaction {
    /// How they touch.
    pub relation: Relation,
    /// The other programs. `requires` is met by any one of them.
    pub with: Vec<String>,
    /// Line of this program that is handed over.
    #[serde(default)]
    pub line: Option<String>,
    /// Input of the other program that receives it.
    #[serde(default)]
    pub input: Option<String>,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
}
