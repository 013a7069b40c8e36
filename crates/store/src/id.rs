//! Identifiers, moments and pages: the small change of every table.

use serde::{Deserialize, Serialize};

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// A new identifier; later ones sort after earlier ones.
            pub(crate) fn fresh() -> Self {
                Self(uuid::Uuid::now_v7().to_string())
            }

            /// The text of the identifier.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )*};
}

identifiers! {
    /// A person.
    UserId;
    /// A project: one film, one deal document, its history.
    ProjectId;
    /// One saved state of a deal.
    RevisionId;
    /// A branch of a deal.
    ScenarioId;
    /// A stored recoupment plan.
    WaterfallStructureId;
    /// A long computation.
    JobId;
    /// A policy a person added.
    CustomPolicyId;
    /// A name given to a revision.
    NamedVersionId;
    /// A document handed out.
    PackId;
}

/// Rows of one page, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// Rows on all pages.
    pub total: i64,
    /// This page, counted from 1.
    pub page: i64,
    /// Rows a full page holds.
    pub page_size: i64,
}

/// First row of a page; pages below 1 are read as 1.
pub(crate) fn offset(page: i64, page_size: i64) -> i64 {
    page.max(1).saturating_sub(1).saturating_mul(page_size)
}

/// Time as it is stored: RFC 3339, UTC, milliseconds, fixed width, so that text order is time order.
pub(crate) fn stamp(moment: jiff::Timestamp) -> String {
    format!("{moment:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_time_sorts_as_text() {
        let early: jiff::Timestamp = "2027-03-01T09:00:00Z".parse().unwrap();
        let late: jiff::Timestamp = "2027-03-01T09:00:00.123456Z".parse().unwrap();
        assert_eq!(stamp(early), "2027-03-01T09:00:00.000Z");
        assert!(stamp(early) < stamp(late));
        assert_eq!(offset(3, 20), 40);
        assert_eq!(offset(-1, 20), 0);
    }
}
