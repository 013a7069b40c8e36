//! What a form asks for, and where a deal's budget answers it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kind::Unit;

/// What the form asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The one name of this quantity in the form.
    pub name: String,
    /// In a producer's words.
    pub label: String,
    /// What it is measured in.
    #[serde(default)]
    pub unit: Unit,
    /// Other names under which it is given.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Value where nothing is given.
    #[serde(default)]
    pub default: Option<InputDefault>,
    /// The words accepted, for a text.
    #[serde(default)]
    pub options: Vec<String>,
    /// Filled by other programs of the stack; see [`Interaction`].
    #[serde(default)]
    pub fed: bool,
    /// How it is read from a deal's budget.
    #[serde(default)]
    pub map: Option<BudgetMap>,
}

/// A default as TOML and JSON write it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum InputDefault {
    /// Yes or no.
    Flag(bool),
    /// A decimal in quotation marks, or a word.
    Text(String),
    /// Decimals in quotation marks.
    List(Vec<String>),
}

/// What is added up over the budget lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The whole cost.
    Cost,
    /// Labour of the company itself and its contractors.
    Labour,
    /// Labour without the work of contractors.
    InHouseLabour,
    /// Price of contracts.
    ContractPrice,
    /// Labour within contracts.
    ContractLabour,
    /// Cost that is not labour and not a contract.
    NonLabour,
    /// Minutes delivered.
    DeliveredMinutes,
    /// Cost there as a share of cost everywhere.
    CostShare,
    /// Number of episodes, for a series with episodes under 30 minutes.
    #[serde(rename = "episodes_under30")]
    EpisodesUnder30,
    /// Number of episodes, for a series with episodes of 30 minutes or more.
    #[serde(rename = "episodes_from30")]
    EpisodesFrom30,
    /// Budgeted cost of one episode.
    CostPerEpisode,
    /// Share of the cost that the co-production contract gives the area of `treaty_share`.
    TreatyShare,
    /// Whether the project is an official co-production.
    TreatyCoproduction,
    /// Form of the work, as a word of the program's list.
    ProjectType,
}

/// Which part of the budget a measure looks at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetMap {
    /// What is added up.
    pub measure: Measure,
    /// Jurisdiction codes whose spend counts, with everything inside them; empty means everywhere.
    #[serde(default)]
    pub within: Vec<String>,
    /// Jurisdiction codes whose spend is left out.
    #[serde(default)]
    pub without: Vec<String>,
    /// Only labour of residents.
    #[serde(default)]
    pub resident: bool,
    /// Only labour of residents of an area of this name, where the budget states the area.
    #[serde(default)]
    pub resident_area: Option<String>,
    /// `Some(true)`: only animation and effects; `Some(false)`: everything else.
    #[serde(default)]
    pub animation: Option<bool>,
    /// Only core expenditure.
    #[serde(default)]
    pub core: bool,
    /// Accounts left out.
    #[serde(default)]
    pub without_accounts: Vec<String>,
    /// Functions left out, person by person.
    #[serde(default)]
    pub without_roles: Vec<String>,
    /// Only within this share of the co-production, by jurisdiction code.
    #[serde(default)]
    pub treaty_share: Option<String>,
    /// Words for project types, where `measure` is `project_type`: type → word.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
}

impl BudgetMap {
    /// The measure over the whole budget.
    #[must_use]
    pub fn of(measure: Measure) -> Self {
        Self {
            measure,
            within: Vec::new(),
            without: Vec::new(),
            resident: false,
            resident_area: None,
            animation: None,
            core: false,
            without_accounts: Vec::new(),
            without_roles: Vec::new(),
            treaty_share: None,
            words: BTreeMap::new(),
        }
    }
}
