//! Templates of sentences: text with named holes.

use std::collections::BTreeMap;

use super::{FindingValue, Language, numbers};

/// Text with holes: `{name}` takes a value, `{name:month|months}` a count with the noun that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(String),
    Counted { name: String, one: String, other: String },
}

impl Template {
    /// Reads a template; absent when a brace is left open or a hole has no name.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (hole, left) = after.split_once('}')?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(match hole.split_once(':') {
                None => Piece::Value(named(hole)?),
                Some((name, nouns)) => {
                    let (one, other) = nouns.split_once('|')?;
                    Piece::Counted { name: named(name)?, one: one.to_owned(), other: other.to_owned() }
                }
            });
            rest = left;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Some(Self(pieces))
    }

    /// The names of its holes.
    #[cfg(test)]
    pub(super) fn holes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Value(name) | Piece::Counted { name, .. } => Some(name.as_str()),
        })
    }

    /// The text with its holes filled; absent when a value is missing or cannot be said.
    pub(super) fn fill(
        &self,
        values: &BTreeMap<String, FindingValue>,
        language: Language,
        say: &dyn Fn(&FindingValue) -> Option<String>,
    ) -> Option<String> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Value(name) => text.push_str(&say(values.get(name)?)?),
                Piece::Counted { name, one, other } => {
                    let FindingValue::Count(number) = values.get(name)? else { return None };
                    text.push_str(&numbers::count(*number, language));
                    text.push(numbers::before_noun(language));
                    text.push_str(if numbers::is_one(*number, language) { one } else { other });
                }
            }
        }
        Some(text)
    }
}

fn named(name: &str) -> Option<String> {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    plain.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_take_values_and_counts_take_their_noun() {
        let template = Template::read("{name} is due in {months:month|months}.").unwrap();
        assert_eq!(template.holes().collect::<Vec<_>>(), ["name", "months"]);
        let said = |months: i64| {
            let values =
                BTreeMap::from([("name".to_owned(), "Gap".into()), ("months".to_owned(), months.into())]);
            template.fill(&values, Language::English, &|value| match value {
                FindingValue::Name(name) => Some(name.clone()),
                _ => None,
            })
        };
        assert_eq!(said(1).as_deref(), Some("Gap is due in 1 month."));
        assert_eq!(said(12).as_deref(), Some("Gap is due in 12 months."));
        assert_eq!(template.fill(&BTreeMap::new(), Language::English, &|_| None), None);
    }

    #[test]
    fn an_open_brace_is_no_template() {
        for text in ["{", "a {b", "{}", "{A}", "{n:month}"] {
            assert_eq!(Template::read(text), None, "{text}");
        }
    }
}
