//! What stands in the way, what is still asked, and what is worth knowing: findings as data.
//!
//! An engine says *what* it found: a code, a cell, and the values of the case. The sentences are templates
//! in `en.toml` and `fr.toml`, filled in by [`render`] in the language of whoever reads.

mod language;
mod numbers;
mod render;
mod template;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use language::Language;
pub use numbers::money as money_in_words;
pub use render::{Sentence, render, said, unsaid};
pub use value::{FindingValue, Phrase};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The deal cannot be closed or computed like this.
    Blocker,
    /// Somebody will ask; the answer may change the figures.
    Question,
    /// Worth knowing.
    Note,
}

/// Something a reader of the deal must know, with the cell it concerns and the values it speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Stable code, upper case with underscores.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Path in the deal, such as `budget.lines[anim].amount`.
    pub path: String,
    /// The values of the case, by the names that the templates of its code know them under.
    pub values: BTreeMap<String, FindingValue>,
}

impl Finding {
    /// A finding of a code on a cell; its values follow with [`with`](Self::with).
    pub fn new(severity: Severity, code: &str, path: impl Into<String>) -> Self {
        Self { code: code.to_owned(), severity, path: path.into(), values: BTreeMap::new() }
    }

    /// The same finding with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<FindingValue>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// The same finding, told by the sentence of its code that fits this case.
    #[must_use]
    pub fn case(self, case: &str) -> Self {
        self.with(CASE, FindingValue::Case(case.to_owned()))
    }

    /// The sentence of its code that applies, where the code has several.
    fn chosen_case(&self) -> Option<&str> {
        match self.values.get(CASE) {
            Some(FindingValue::Case(case)) => Some(case),
            _ => None,
        }
    }
}

/// Name of the value that chooses among the sentences of a code.
const CASE: &str = "case";
