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
    /// Rates of return of cash-flow series.
    Irr,
}

impl CaseKind {
    /// The name on the command line and in the answer.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Incentives => "incentives",
            Self::Waterfall => "waterfall",
            Self::Irr => "irr",
        }
    }

    fn check(self, name: &str, text: &str) -> CaseReport {
        let parsed = || serde_json::from_str::<Value>(text);
        match self {
            Self::Irr => recoup_returns::verify::verify_case(name, text),
            Self::Incentives => match parsed() {
                Ok(case) => recoup_incentives::cases::verify_case(&case),
                Err(reason) => CaseReport::unreadable(name, reason.to_string()),
            },
            Self::Waterfall => match parsed() {
                Ok(case) => recoup_waterfall::verify_case(&case),
                Err(reason) => CaseReport::unreadable(name, reason.to_string()),
            },
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
    match text {
        Ok(text) => kind.check(name, text),
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
