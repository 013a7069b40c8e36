//! What a template says, and what it asks for

use std::collections::BTreeMap;

use recoup_deal::findings::Language;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A usual order, or a piece of one, with holes that a deal fills.
///
/// Its tiers are tiers as a deal file writes them, with three additions: a text `$name` is replaced by the value of that
/// parameter, a text `@rest:name` by what of the whole that rate leaves, and a tier with `each` stands once for every
/// instrument of the parameter it names, beside each other where there are several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Stable id.
    pub id: String,
    /// Whether it is a whole order or a piece.
    pub kind: TemplateKind,
    /// What people call it.
    pub name: Words,
    /// What it does.
    pub note: Words,
    /// What it asks for, in the order of asking.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// Its tiers, each followed by the next.
    pub tiers: Vec<Value>,
    /// Where money enters, of an order whose tiers say what follows them.
    #[serde(default)]
    pub sources: Vec<Value>,
    /// Costs that are recouped as they are declared.
    #[serde(default)]
    pub expense_types: Vec<Value>,
    /// Costs of the film that open a share once they are covered.
    #[serde(default)]
    pub film_costs: Vec<Value>,
    /// Contracts that bound shares.
    #[serde(default)]
    pub contracts: Vec<Value>,
    /// What is counted besides money.
    #[serde(default)]
    pub unit_series: Vec<Value>,
    /// Who receives what reaches the end.
    #[serde(default)]
    pub residual: Option<String>,
}

/// Whether a template is a whole order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateKind {
    /// From the account to the last share.
    Order,
    /// Some tiers of an order.
    Piece,
}

/// The same in every language of the product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

impl Words {
    /// A name that is the same in every language.
    #[must_use]
    pub fn alike(name: &str) -> Self {
        Self { en: name.to_owned(), fr: name.to_owned() }
    }

    /// In one language.
    #[must_use]
    pub fn said(&self, language: Language) -> &str {
        match language {
            Language::French => &self.fr,
            Language::English => &self.en,
        }
    }
}

/// Something a template asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name in the tiers, behind `$`.
    pub id: String,
    /// What is asked for.
    pub kind: ParameterKind,
    /// How it is asked for.
    pub name: Words,
    /// Roles of parties that it usually is, or kinds of instruments; empty means any.
    #[serde(default)]
    pub of: Vec<String>,
    /// Whether tiers that need it are left out where there is none.
    #[serde(default)]
    pub optional: bool,
    /// The least that is usual.
    #[serde(default)]
    pub low: Option<String>,
    /// What is usual: a rate or an amount.
    #[serde(default)]
    pub usual: Option<String>,
    /// The most that is usual.
    #[serde(default)]
    pub high: Option<String>,
    /// `high`, `medium` or `low`; a low one is an estimate of the makers and has no source.
    #[serde(default)]
    pub confidence: Option<String>,
    /// Where the usual value was read.
    #[serde(default)]
    pub source: Option<String>,
}

/// What a parameter stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    /// A party of the deal.
    Party,
    /// An exact share.
    Rate,
    /// An amount in the deal's currency.
    Amount,
    /// An instrument of the deal.
    Instrument,
    /// Every instrument of some kinds.
    Instruments,
    /// A source of the plan.
    Source,
}

impl ParameterKind {
    /// The word it is written with.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Rate => "rate",
            Self::Amount => "amount",
            Self::Instrument => "instrument",
            Self::Instruments => "instruments",
            Self::Source => "source",
        }
    }
}

/// What fills the holes, by the names of the parameters.
pub type Values = BTreeMap<String, String>;
