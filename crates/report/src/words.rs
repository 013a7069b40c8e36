//! The pack's own words, in each of its languages.
//!
//! `words/en.toml` and `words/fr.toml` hold the same keys; a test compares them and finds every key in use.
//! What a producer typed and what a statute calls its lines are not translated here.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::edition::Language;

const ENGLISH: &str = include_str!("../words/en.toml");
const FRENCH: &str = include_str!("../words/fr.toml");

/// The words of one language, by dotted key.
#[derive(Debug)]
pub(crate) struct Words {
    language: Language,
    entries: BTreeMap<String, String>,
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        static LOADED: OnceLock<[Words; 2]> = OnceLock::new();
        let loaded = LOADED
            .get_or_init(|| [Self::read(Language::English, ENGLISH), Self::read(Language::French, FRENCH)]);
        match language {
            Language::English => &loaded[0],
            Language::French => &loaded[1],
        }
    }

    fn read(language: Language, text: &str) -> Self {
        let mut entries = BTreeMap::new();
        // The files are part of the program; the tests below read them as strictly as possible.
        if let Ok(table) = text.parse::<toml::Table>() {
            gather("", &table, &mut entries);
        }
        Self { language, entries }
    }

    /// The language.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The words of a key.
    pub(crate) fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.entries.get(key).map_or(key, String::as_str)
    }

    /// The words of a key, owned.
    pub(crate) fn own(&self, key: &str) -> String {
        self.say(key).to_owned()
    }

    /// The words of a key, if the language has it.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.entries.get(key).map(String::as_str)
    }

    /// The words of a key with its places filled.
    pub(crate) fn with(&self, key: &str, places: &[(&str, &str)]) -> String {
        places.iter().fold(self.own(key), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// A count in words: the key's `one` or `other`, with `{n}` filled. French counts nought as one.
    pub(crate) fn count(&self, key: &str, n: usize) -> String {
        let one = n == 1 || (n == 0 && self.language == Language::French);
        let form = if one { "one" } else { "other" };
        self.with(&format!("{key}.{form}"), &[("n", &n.to_string())])
    }
}

fn gather(before: &str, table: &toml::Table, entries: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        match value {
            toml::Value::Table(inner) => gather(&key, inner, entries),
            toml::Value::String(text) => {
                entries.insert(key, text.clone());
            }
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_)
            | toml::Value::Array(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
    }

    fn sources(folder: &Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, out);
            } else {
                out.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn both_files_are_read_whole() {
        for text in [ENGLISH, FRENCH] {
            text.parse::<toml::Table>().unwrap();
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_places() {
        let (english, french) = (Words::of(Language::English), Words::of(Language::French));
        let keys = |words: &Words| words.entries.keys().cloned().collect::<BTreeSet<_>>();
        let differ: Vec<_> = keys(english).symmetric_difference(&keys(french)).cloned().collect();
        assert_eq!(differ, Vec::<String>::new(), "keys of one language only");
        for (key, text) in &english.entries {
            assert_eq!(places(text), places(french.say(key)), "{key}");
            assert!(!text.trim().is_empty() && !french.say(key).trim().is_empty(), "{key} says nothing");
        }
    }

    #[test]
    fn every_key_is_used() {
        let mut code = String::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        sources(&root.join("src"), &mut code);
        let template = std::fs::read_to_string(root.join("templates/pack.typ")).unwrap();
        for key in Words::of(Language::English).entries.keys() {
            let counted = key.strip_suffix(".one").or_else(|| key.strip_suffix(".other"));
            let used = code.contains(&format!("\"{}\"", counted.unwrap_or(key)))
                || key.strip_prefix("page.").is_some_and(|name| template.contains(&format!("w.{name}")))
                || key.starts_with("absence.");
            assert!(used, "{key} is never said");
        }
    }

    #[test]
    fn the_reasons_are_those_the_engines_give() {
        for (key, text) in Words::of(Language::English).entries.iter() {
            let Some(name) = key.strip_prefix("absence.") else { continue };
            assert_eq!(crate::format::slug(text), name, "{key}");
        }
    }
}
