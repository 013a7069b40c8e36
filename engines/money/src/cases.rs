//! The report of a worked case: what was expected, what was computed, and whether they are equal.
//!
//! Every engine that checks itself against worked cases answers with these types, and the command line prints them.

use serde::Serialize;

/// The answer on all cases of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// `incentives`, `waterfall` or `irr`.
    pub kind: String,
    /// One report per case, in the order given.
    pub cases: Vec<CaseReport>,
    /// Number of cases with status [`CaseStatus::Equal`].
    pub equal: usize,
    /// Number of cases with status [`CaseStatus::Different`].
    pub different: usize,
    /// Number of cases with status [`CaseStatus::Disputed`].
    pub disputed: usize,
    /// Number of cases with status [`CaseStatus::Error`].
    pub error: usize,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseReport {
    /// The case's own name.
    pub id: String,
    /// The verdict.
    pub status: CaseStatus,
    /// Why it could not be computed or is disputed.
    pub message: Option<String>,
    /// One line per expected field.
    pub fields: Vec<FieldReport>,
}

/// The verdict on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseStatus {
    /// Every field is equal.
    Equal,
    /// At least one field is different or missing.
    Different,
    /// Different for a reason that is written down with its source.
    Disputed,
    /// The case could not be read or computed.
    Error,
}

/// One expected field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldReport {
    /// Name of the field.
    pub name: String,
    /// The case's value.
    pub expected: Option<String>,
    /// The computed value.
    pub got: Option<String>,
    /// How far apart they are, where that can be said.
    pub difference: Option<String>,
    /// The verdict.
    pub status: FieldStatus,
}

/// The verdict on a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldStatus {
    /// Equal within the tolerance of the kind.
    Equal,
    /// Not equal.
    Different,
    /// Expected but not computed, or computed but not expected.
    Missing,
}

impl Verification {
    /// Counts the verdicts.
    #[must_use]
    pub fn new(kind: impl Into<String>, cases: Vec<CaseReport>) -> Self {
        let count = |status| cases.iter().filter(|case| case.status == status).count();
        Self {
            kind: kind.into(),
            equal: count(CaseStatus::Equal),
            different: count(CaseStatus::Different),
            disputed: count(CaseStatus::Disputed),
            error: count(CaseStatus::Error),
            cases,
        }
    }

    /// Whether no case is different or unreadable.
    #[must_use]
    pub const fn all_agree(&self) -> bool {
        self.different == 0 && self.error == 0
    }
}

impl CaseReport {
    /// The verdict that follows from the fields: equal only when there are fields and all are equal.
    #[must_use]
    pub fn of(id: impl Into<String>, fields: Vec<FieldReport>) -> Self {
        let equal = !fields.is_empty() && fields.iter().all(|field| field.status == FieldStatus::Equal);
        let status = if equal { CaseStatus::Equal } else { CaseStatus::Different };
        Self { id: id.into(), status, message: None, fields }
    }

    /// A case that could not be read or computed, with the reason.
    #[must_use]
    pub fn unreadable(id: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { id: id.into(), status: CaseStatus::Error, message: Some(reason.into()), fields: Vec::new() }
    }

    /// The same report marked as disputed, if it is different; an equal case needs no dispute.
    #[must_use]
    pub fn disputed(mut self, reason: impl Into<String>) -> Self {
        if self.status == CaseStatus::Different {
            self.status = CaseStatus::Disputed;
            self.message = Some(reason.into());
        }
        self
    }
}

impl FieldReport {
    /// A field whose two values were compared by the caller.
    #[must_use]
    pub fn compared(
        name: impl Into<String>,
        expected: impl Into<String>,
        got: impl Into<String>,
        difference: Option<String>,
        equal: bool,
    ) -> Self {
        let status = if equal { FieldStatus::Equal } else { FieldStatus::Different };
        Self { name: name.into(), expected: Some(expected.into()), got: Some(got.into()), difference, status }
    }

    /// A field that was expected but not computed (`got` is `None`), or computed but not expected.
    #[must_use]
    pub fn missing(name: impl Into<String>, expected: Option<String>, got: Option<String>) -> Self {
        Self { name: name.into(), expected, got, difference: None, status: FieldStatus::Missing }
    }
}
