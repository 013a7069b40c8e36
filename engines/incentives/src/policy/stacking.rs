//! How programs of one deal bear on each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::parse::Formula;

/// What a number or a rule of the law looks at where several companies claim in one film.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// The production: its claimants together.
    #[default]
    Production,
    /// Each claimant for itself.
    Claimant,
}

impl Counting {
    /// Whether it is the default, for files that leave it out.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
    pub(crate) fn is_production(&self) -> bool {
        *self == Self::Production
    }
}

/// The limit of all public aid to a production, as a program states it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AidLimit {
    /// The largest share of aid, over the lines, inputs and constants of the form.
    pub share: Formula,
    /// Line or input that it is a share of.
    pub of: String,
    /// Input that holds the other aid.
    pub input: String,
    /// Whether only aid of the program's own country counts, because `of` is a national share.
    #[serde(default)]
    pub national: bool,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
}

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
    /// Whether it holds for the production, or for a company that claims both.
    #[serde(default, skip_serializing_if = "Counting::is_production")]
    pub per: Counting,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
}
