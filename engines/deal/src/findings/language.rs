//! The languages in which the product speaks.

use serde::{Deserialize, Serialize};

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English, the language of the templates that everything falls back to.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// Its ISO 639-1 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The language of a tag such as `fr`, `fr-CA` or `fr_FR.UTF-8`; absent when it is not spoken here.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_its_first_part() {
        for tag in ["fr", "FR", "fr-CA", "fr_FR.UTF-8", "fr@euro"] {
            assert_eq!(Language::of_tag(tag), Some(Language::French), "{tag}");
        }
        assert_eq!(Language::of_tag("en_GB"), Some(Language::English));
        for tag in ["", "C", "POSIX", "de-DE", "fro"] {
            assert_eq!(Language::of_tag(tag), None, "{tag}");
        }
    }
}
