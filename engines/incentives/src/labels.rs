//! What the policies say in words, in another language: English text → text, as gettext does it.
//!
//! Policies are written in English; `policies/fr.toml` beside them gives the French of a text, and a text that
//! has none is said in English. The findings, which quote conditions, remedies and payments, read the same file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use recoup_deal::Language;

use crate::catalog::CatalogError;
use crate::policy::Policy;

/// The French of what policies say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    french: BTreeMap<String, String>,
}

static EMBEDDED: LazyLock<Labels> =
    LazyLock::new(|| Labels::read("fr.toml", include_str!("../policies/fr.toml")).unwrap_or_default());

impl Labels {
    /// The labels this build ships with.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a file of `"English" = "French"`.
    ///
    /// # Errors
    /// When it is anything else; the message names the line.
    pub fn read(file: &str, text: &str) -> Result<Self, CatalogError> {
        toml::from_str(text)
            .map(|french| Self { french })
            .map_err(|error| CatalogError::Unreadable { file: file.to_owned(), reason: error.to_string() })
    }

    /// The text in a language, where it is known in it.
    #[must_use]
    pub fn find<'a>(&'a self, text: &'a str, language: Language) -> Option<&'a str> {
        match language {
            Language::English => Some(text),
            Language::French => self.french.get(text).map(String::as_str),
        }
    }

    /// The text in a language, or as it is written.
    #[must_use]
    pub fn say<'a>(&'a self, text: &'a str, language: Language) -> &'a str {
        self.find(text, language).unwrap_or(text)
    }

    /// Texts of these policies that have no French, each once, in order.
    #[must_use]
    pub fn missing<'p>(&self, policies: impl IntoIterator<Item = &'p Policy>) -> BTreeSet<&'p str> {
        let texts = policies.into_iter().flat_map(spoken);
        texts.filter(|text| self.find(text, Language::French).is_none()).collect()
    }

    /// French of texts that none of these policies says any more.
    #[must_use]
    pub fn idle<'p>(&self, policies: impl IntoIterator<Item = &'p Policy>) -> Vec<&str> {
        let texts: BTreeSet<&str> = policies.into_iter().flat_map(spoken).collect();
        self.french.keys().map(String::as_str).filter(|text| !texts.contains(text)).collect()
    }
}

/// Every text of a policy that is shown to somebody who is not a lawyer: names, labels, conditions, grounds,
/// notes. Clauses, titles and statutes are cited as they are.
#[must_use]
pub fn spoken(policy: &Policy) -> Vec<&str> {
    let mut texts = vec![policy.legal_name.as_str(), &policy.short_name, &policy.version_by];
    texts.extend(policy.notes.iter().map(String::as_str));
    texts.extend(policy.missing.as_deref());
    texts.extend(policy.known.iter().flat_map(|fact| [fact.label.as_str(), &fact.text]));
    let inputs = policy.inputs.iter().chain(policy.short_forms.iter().flat_map(|short| &short.inputs));
    texts.extend(inputs.map(|input| input.label.as_str()));
    texts.extend(policy.constants.iter().map(|constant| constant.label.as_str()));
    let lines = policy.lines.iter().chain(policy.short_forms.iter().flat_map(|short| &short.lines));
    texts.extend(lines.map(|line| line.label.as_str()));
    for condition in &policy.conditions {
        texts.push(&condition.label);
        texts.extend(condition.remedy.as_deref());
    }
    for test in &policy.points_tests {
        texts.push(&test.label);
        texts.extend(test.sections.iter().map(|section| section.label.as_str()));
        texts.extend(test.mandatory.iter().map(|need| need.label.as_str()));
    }
    texts.extend(policy.cash.iter().flat_map(|payment| [payment.label.as_str(), &payment.ground]));
    for way in &policy.ways {
        texts.push(&way.ground);
        texts.extend(way.label.iter().chain(&way.buyers).map(String::as_str));
    }
    texts.push(&policy.tax.ground);
    texts.extend(policy.short_forms.iter().map(|short| short.label.as_str()));
    texts.retain(|text| !text.trim().is_empty());
    texts
}

#[cfg(test)]
mod tests {
    use recoup_deal::{Phrase, findings::said};

    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn a_text_is_said_in_french_or_as_it_is_written() {
        let labels = Labels::read("fr.toml", "\"Ceiling\" = \"Plafond\"").unwrap();
        assert_eq!(labels.say("Ceiling", Language::French), "Plafond");
        assert_eq!(labels.say("Ceiling", Language::English), "Ceiling");
        assert_eq!(labels.say("Unheard of", Language::French), "Unheard of");
        assert_eq!(labels.find("Unheard of", Language::French), None);
        assert!(Labels::read("fr.toml", "\"Ceiling\" = 1").is_err());
    }

    #[test]
    fn what_the_findings_quote_is_said_as_they_say_it() {
        let text = "Approved by the CNC";
        assert_eq!(Labels::embedded().say(text, Language::French), "Agréé par le CNC");
        assert_eq!(said(&Phrase::new(text), Language::French), "Agréé par le CNC");
    }

    #[test]
    fn what_is_missing_is_counted_once() {
        let catalog = Catalog::embedded().unwrap();
        let policies = || catalog.policies().map(AsRef::as_ref);
        let missing = Labels::default().missing(policies());
        let all: BTreeSet<&str> = policies().flat_map(spoken).collect();
        assert!(missing == all);
        let labels = Labels::read("fr.toml", "\"Nobody says this\" = \"Personne\"").unwrap();
        assert_eq!(labels.idle(policies()), ["Nobody says this"]);
    }

    #[test]
    fn the_file_beside_the_policies_is_read_and_has_no_idle_entry() {
        let text = include_str!("../policies/fr.toml");
        let labels = Labels::read("fr.toml", text).unwrap();
        assert_eq!(&labels, Labels::embedded());
        let catalog = Catalog::embedded().unwrap();
        assert_eq!(labels.idle(catalog.policies().map(AsRef::as_ref)), Vec::<&str>::new());
    }
}
