//! Worked cases: what others have computed, compared with what we compute.

use recoup_money::cases::{CaseReport, Verification};
use serde_json::Value;

pub use recoup_money::cases::{CaseStatus, FieldStatus};

/// The kinds of worked case there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseKind {
    /// Programs on typed inputs.
    Incentives,
    /// Recoupment plans with their receipts.
    Waterfall,
}

impl CaseKind {
    /// The name on the command line and in the answer.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Incentives => "incentives",
            Self::Waterfall => "waterfall",
        }
    }

    fn check(self, case: &Value) -> CaseReport {
        match self {
            Self::Incentives => recoup_incentives::cases::verify_case(case),
            Self::Waterfall => recoup_waterfall::verify_case(case),
        }
    }
}

/// A case by the name it was asked under: its text, or why it could not be read.
pub type NamedCase = (String, Result<String, String>);

/// Runs every case. One that cannot be read is an error with the reason, never skipped.
#[must_use]
pub fn verify_cases(kind: CaseKind, cases: &[NamedCase]) -> Verification {
    let reports = cases.iter().map(|(name, text)| verify_case(kind, name, text)).collect();
    Verification::new(kind.name(), reports)
}

fn verify_case(kind: CaseKind, name: &str, text: &Result<String, String>) -> CaseReport {
    let parsed = match text {
        Ok(text) => serde_json::from_str::<Value>(text).map_err(|error| error.to_string()),
        Err(reason) => Err(reason.clone()),
    };
    match parsed {
        Ok(case) => kind.check(&case),
        Err(reason) => CaseReport::unreadable(name, reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_that_cannot_be_read_is_an_error_with_its_reason() {
        let cases = [
            ("missing.json".to_owned(), Err("no such file".to_owned())),
            ("broken.json".to_owned(), Ok("{".to_owned())),
        ];
        let answer = verify_cases(CaseKind::Incentives, &cases);
        assert_eq!((answer.error, answer.cases.len()), (2, 2));
        assert!(!answer.all_agree());
        assert_eq!(answer.cases[0].message.as_deref(), Some("no such file"));
    }
}
