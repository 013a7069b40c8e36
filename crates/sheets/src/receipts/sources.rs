//! Which revenue source a row is about: as it is written, as its territory and window leave no other, or as a person
//! decided. Anything else is only suggested.

use std::collections::{BTreeMap, BTreeSet};

use recoup_deal::Window;

use super::words::{window_named, window_within};
use crate::{
    places::{place_named, place_within},
    text::plain,
};

/// Suggestions for a name.
const SUGGESTED: usize = 3;
/// Names for which suggestions are looked for; a statement has dozens.
const MOST_NAMES: usize = 200;

/// A revenue source as far as a statement may name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSource {
    /// Its id.
    pub id: String,
    /// What the producer calls it.
    pub label: String,
    /// Its territories.
    pub territories: Vec<String>,
    /// Its window.
    pub window: Window,
}

/// Why a row is about a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceGround {
    /// It is written: by id or by name.
    Named,
    /// No other source has this territory and window.
    Only,
    /// A person decided.
    Chosen,
}

impl SourceGround {
    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Only => "only",
            Self::Chosen => "chosen",
        }
    }
}

/// A name of the sheet that is no source yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSource {
    /// The key under which it is decided.
    pub key: String,
    /// As the sheet writes it.
    pub shown: String,
    /// How many rows bear it.
    pub rows: usize,
    /// Ids of sources that come near it, the nearest first.
    pub suggestions: Vec<String>,
}

/// What the cells of a row say about its source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Naming {
    pub(super) source: String,
    pub(super) territory: String,
    pub(super) window: String,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum About {
    Source(String, SourceGround),
    /// A person said that it is nothing of this film's.
    LeftOut,
    Unknown(String),
    /// The row names nothing.
    Nothing,
}

impl Naming {
    fn parts(&self) -> impl Iterator<Item = &str> {
        [&self.source, &self.territory, &self.window]
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
    }

    /// As a person reads it.
    pub(super) fn shown(&self) -> String {
        self.parts().collect::<Vec<_>>().join(" · ")
    }

    fn key(&self) -> String {
        self.parts().map(plain).collect::<Vec<_>>().join(" | ")
    }

    pub(super) fn about(&self, known: &[KnownSource], decided: &BTreeMap<String, String>) -> About {
        let key = self.key();
        if key.is_empty() {
            return About::Nothing;
        }
        match decided.get(&key).map(String::as_str) {
            Some("") => return About::LeftOut,
            Some(id) if known.iter().any(|source| source.id == id) => {
                return About::Source(id.to_owned(), SourceGround::Chosen);
            }
            _ => {}
        }
        if let Some(id) = self.named(known) {
            return About::Source(id, SourceGround::Named);
        }
        match self.only(known) {
            Some(id) => About::Source(id, SourceGround::Only),
            None => About::Unknown(key),
        }
    }

    /// The source whose id or name stands here, where only one has it.
    fn named(&self, known: &[KnownSource]) -> Option<String> {
        let name = plain(&self.source);
        if name.is_empty() {
            return None;
        }
        if let Some(by_id) = known.iter().find(|source| source.id == self.source.trim()) {
            return Some(by_id.id.clone());
        }
        let mut same = known.iter().filter(|source| plain(&source.label) == name);
        let one = same.next()?;
        same.next().is_none().then(|| one.id.clone())
    }

    /// The one source of a named territory and window.
    fn only(&self, known: &[KnownSource]) -> Option<String> {
        let place = place_named(&self.territory)?;
        let window = window_named(&self.window)?;
        let mut same =
            known.iter().filter(|source| source.window == window && source.territories.contains(&place));
        let one = same.next()?;
        same.next().is_none().then(|| one.id.clone())
    }

    /// Sources that share words, a territory or a window with what stands here.
    fn suggestions(&self, known: &[KnownSource]) -> Vec<String> {
        let text = self.parts().collect::<Vec<_>>().join(" ");
        let own: BTreeSet<String> = plain(&text).split(' ').map(str::to_owned).collect();
        let place = place_named(&self.territory).or_else(|| place_within(&text));
        let window = window_named(&self.window).or_else(|| window_within(&text));
        let mut near: Vec<(usize, &KnownSource)> = known
            .iter()
            .map(|source| {
                let label = plain(&source.label);
                let words = label.split(' ').filter(|word| own.contains(*word)).count();
                let same_place = place.as_ref().is_some_and(|place| source.territories.contains(place));
                let same_window = window == Some(source.window);
                // The window alone is shared by too many to be a likeness.
                let near = 2 * words + 3 * usize::from(same_place);
                (if near > 0 { near + 2 * usize::from(same_window) } else { 0 }, source)
            })
            .filter(|(score, _)| *score > 0)
            .collect();
        near.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        near.into_iter().take(SUGGESTED).map(|(_, source)| source.id.clone()).collect()
    }
}

/// Names that are no source yet, each once, in the order of the sheet.
pub(super) fn unknown<'a>(
    rows: impl Iterator<Item = (&'a Naming, &'a About)>,
    known: &[KnownSource],
) -> Vec<UnknownSource> {
    let mut found: Vec<UnknownSource> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (naming, about) in rows {
        let About::Unknown(key) = about else { continue };
        match places.get(key.as_str()) {
            Some(at) => found[*at].rows += 1,
            None => {
                places.insert(key, found.len());
                let suggestions =
                    if found.len() < MOST_NAMES { naming.suggestions(known) } else { Vec::new() };
                let (key, shown) = (key.clone(), naming.shown());
                found.push(UnknownSource { key, shown, rows: 1, suggestions });
            }
        }
    }
    found
}
