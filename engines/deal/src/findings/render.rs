//! Findings in words: the templates, and which of them says a finding.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use toml::Table;

use super::template::Template;
use super::{Finding, FindingValue, Language, Phrase, numbers};

/// What a finding says to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// What is the matter, for a producer.
    pub message: String,
    /// What would cure it.
    pub remedy: String,
}

/// The two sentences of a code, or those in which one of its cases differs.
#[derive(Debug, Default)]
pub(super) struct Wording {
    message: Option<Template>,
    remedy: Option<Template>,
}

/// A code's sentences and its cases.
#[derive(Debug, Default)]
pub(super) struct Entry {
    usual: Wording,
    pub(super) cases: BTreeMap<String, Wording>,
}

/// Everything that can be said in one language.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) findings: BTreeMap<String, Entry>,
    pub(super) phrases: BTreeMap<String, Template>,
    pub(super) faults: Vec<String>,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("en.toml")));
static FRENCH: LazyLock<Words> =
    LazyLock::new(|| Words::read(include_str!("fr.toml")).and_phrases(POLICIES_IN_FRENCH));

/// What the policies say, which findings quote, stands with the policies: data, and nothing of their engine.
pub(super) const POLICIES_IN_FRENCH: &str = include_str!("../../../incentives/policies/fr.toml");

/// Name of the table that holds parts of sentences.
const PHRASES: &str = "phrase";

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
        }
    }

    /// Reads a file of templates. What cannot be read is a fault that the tests find; the rest is there.
    fn read(text: &str) -> Self {
        let mut words = Self::default();
        let tables = text.parse::<Table>().unwrap_or_else(|why| {
            words.faults.push(why.to_string());
            Table::new()
        });
        for (code, value) in &tables {
            let Some(table) = value.as_table() else {
                words.faults.push(format!("{code} is not a table"));
                continue;
            };
            if code == PHRASES {
                words.learn(table);
                continue;
            }
            let mut entry = Entry { usual: words.wording(code, table), cases: BTreeMap::new() };
            for (case, value) in table {
                if let Some(table) = value.as_table() {
                    entry.cases.insert(case.clone(), words.wording(&format!("{code}.{case}"), table));
                }
            }
            words.findings.insert(code.clone(), entry);
        }
        words
    }

    /// The same words and the phrases of another file, whose keys are the English phrases themselves.
    fn and_phrases(mut self, text: &str) -> Self {
        match text.parse::<Table>() {
            Ok(table) => self.learn(&table),
            Err(why) => self.faults.push(why.to_string()),
        }
        self
    }

    fn learn(&mut self, phrases: &Table) {
        for (name, value) in phrases {
            if let Some(template) = self.template(name, value) {
                self.phrases.insert(name.clone(), template);
            }
        }
    }

    fn wording(&mut self, at: &str, table: &Table) -> Wording {
        let mut wording = Wording::default();
        for (name, value) in table {
            match name.as_str() {
                "message" => wording.message = self.template(at, value),
                "remedy" => wording.remedy = self.template(at, value),
                _ if value.is_table() => {}
                _ => self.faults.push(format!("{at}.{name} is neither message nor remedy")),
            }
        }
        wording
    }

    fn template(&mut self, at: &str, value: &toml::Value) -> Option<Template> {
        let template = value.as_str().and_then(Template::read);
        if template.is_none() {
            self.faults.push(format!("{at} is not a template"));
        }
        template
    }

    /// The two templates of a code: those of the case before those of the code.
    pub(super) fn templates_of(&self, code: &str, case: Option<&str>) -> Option<(&Template, &Template)> {
        let entry = self.findings.get(code)?;
        let case = match case {
            Some(case) => Some(entry.cases.get(case)?),
            None => None,
        };
        let message = case.and_then(|case| case.message.as_ref()).or(entry.usual.message.as_ref());
        let remedy = case.and_then(|case| case.remedy.as_ref()).or(entry.usual.remedy.as_ref());
        message.zip(remedy)
    }

    fn sentence(&self, finding: &Finding, language: Language) -> Option<Sentence> {
        let (message, remedy) = self.templates_of(&finding.code, finding.chosen_case())?;
        let say = |value: &FindingValue| self.say(value, language);
        Some(Sentence {
            message: message.fill(&finding.values, language, &say)?,
            remedy: remedy.fill(&finding.values, language, &say)?,
        })
    }

    fn say(&self, value: &FindingValue, language: Language) -> Option<String> {
        Some(match value {
            FindingValue::Money(amount) => numbers::money(*amount, language),
            FindingValue::Rate(fraction) => numbers::per_cent(*fraction, language),
            FindingValue::Number(number) => numbers::number(*number, language),
            FindingValue::Date(day) => numbers::date(*day, language),
            FindingValue::Month(month) => numbers::month(*month, language),
            FindingValue::Count(number) => numbers::count(*number, language),
            FindingValue::Name(name) => name.clone(),
            FindingValue::Route(ids) => ids.join(" → "),
            FindingValue::Phrase(phrase) => self.phrase(phrase, language),
            FindingValue::Case(_) => return None,
        })
    }

    fn phrase(&self, phrase: &Phrase, language: Language) -> String {
        let say = |value: &FindingValue| self.say(value, language);
        let template = self.phrases.get(&phrase.code);
        template
            .and_then(|template| template.fill(&phrase.values, language, &say))
            .unwrap_or_else(|| phrase.code.clone())
    }
}

/// A finding in words. What a language lacks is said in English, and what has no words at all by its code
/// and the cell it concerns; the tests let neither happen.
#[must_use]
pub fn render(finding: &Finding, language: Language) -> Sentence {
    let said = Words::of(language).sentence(finding, language);
    said.or_else(|| Words::of(Language::English).sentence(finding, Language::English)).unwrap_or_else(|| {
        Sentence { message: format!("{}: {}", finding.code, finding.path), remedy: String::new() }
    })
}

/// A phrase in words.
#[must_use]
pub fn said(phrase: &Phrase, language: Language) -> String {
    Words::of(language).phrase(phrase, language)
}

/// The languages in which a finding cannot be said, for tests: no template, or a hole without a value.
#[must_use]
pub fn unsaid(finding: &Finding) -> Vec<Language> {
    let silent = |language: &Language| Words::of(*language).sentence(finding, *language).is_none();
    Language::ALL.into_iter().filter(silent).collect()
}
