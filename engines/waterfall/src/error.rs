//! What cannot proceed

use recoup_calendar::{CalendarError, Date};
use recoup_deal::Phrase;
use recoup_money::Currency;

/// Why a plan cannot be run. Plans that only look wrong run and are described by findings.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WaterfallError {
    /// Two tiers bear the same id.
    #[error("the id `{id}` is used twice")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// Something names what is not there.
    #[error("{path} names the {kind} `{id}`, which the plan does not have")]
    UnknownReference {
        /// Where it is named.
        path: String,
        /// What it should be.
        kind: &'static str,
        /// The name.
        id: String,
    },
    /// Money would go round for ever.
    #[error("the tiers go round in a circle: {}", tiers.join(" → "))]
    Cycle {
        /// The circle in order, its first tier named again at the end.
        tiers: Vec<String>,
    },
    /// A tier says something that has no meaning.
    #[error("{path}: {reason}")]
    Meaningless {
        /// Where it stands.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// A group gives away more than its base and nobody bears the shortfall.
    #[error(
        "the members of `{tier}` take more than its base in receipt `{receipt}` and nobody bears the shortfall"
    )]
    OverAllocated {
        /// The group.
        tier: String,
        /// The receipt.
        receipt: String,
    },
    /// A receipt that no entry of the plan receives.
    #[error("receipt `{receipt}` comes from `{source_id}`, which enters the plan nowhere")]
    NoEntry {
        /// The receipt.
        receipt: String,
        /// Its source.
        source_id: String,
    },
    /// A receipt dated after the last statement period.
    #[error("receipt `{receipt}` of {date} is later than the last statement period")]
    OutsideSchedule {
        /// The receipt.
        receipt: String,
        /// Its date.
        date: Date,
    },
    /// An amount in another currency than the run.
    #[error("{path} is in {found}, the run is in {expected}")]
    Currency {
        /// Where it stands.
        path: String,
        /// The currency of the run.
        expected: Currency,
        /// The currency found.
        found: Currency,
    },
    /// Conditions that switch each other without any money moving.
    #[error("receipt `{receipt}` is cut again and again at `{tier}` without end")]
    Unsettled {
        /// The receipt.
        receipt: String,
        /// The tier at which it is cut.
        tier: String,
    },
    /// Money appeared or disappeared. It names the period and the last tier that moved.
    #[error("period {period}: {difference} minor units do not add up at `{tier}`")]
    Conservation {
        /// The period.
        period: String,
        /// The tier.
        tier: String,
        /// Received less accounted for.
        difference: i128,
    },
    /// A date that does not exist.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

/// The same refusal as a part of a sentence, which every language says in its own words.
impl From<&WaterfallError> for Phrase {
    fn from(error: &WaterfallError) -> Self {
        match error {
            WaterfallError::DuplicateId { id } => Phrase::new("id_twice").with("id", id),
            WaterfallError::UnknownReference { path, kind, id } => {
                Phrase::new("plan_lacks").with("cell", path).with("kind", Phrase::new(*kind)).with("id", id)
            }
            WaterfallError::Cycle { tiers } => {
                Phrase::new("tiers_in_circle").with("tiers", tiers.join(" → "))
            }
            WaterfallError::Meaningless { path, reason } => {
                Phrase::new("at_place").with("cell", path).with("reason", Phrase::new(reason.as_str()))
            }
            WaterfallError::OverAllocated { tier, receipt } => {
                Phrase::new("over_allocated").with("tier", tier).with("receipt", receipt)
            }
            WaterfallError::NoEntry { receipt, source_id } => {
                Phrase::new("receipt_without_entry").with("receipt", receipt).with("source", source_id)
            }
            WaterfallError::OutsideSchedule { receipt, date } => {
                Phrase::new("receipt_too_late").with("receipt", receipt).with("day", *date)
            }
            WaterfallError::Currency { path, expected, found } => Phrase::new("in_other_currency")
                .with("cell", path)
                .with("found", *found)
                .with("expected", *expected),
            WaterfallError::Unsettled { receipt, tier } => {
                Phrase::new("unsettled").with("receipt", receipt).with("tier", tier)
            }
            // A fault of the program or of a date: said as it is.
            WaterfallError::Conservation { .. } | WaterfallError::Calendar(_) => {
                Phrase::new(error.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::str::FromStr;

    use recoup_deal::{Language, findings::said};

    use super::*;

    #[test]
    fn a_refusal_says_the_same_as_a_phrase() {
        let name = |text: &str| text.to_owned();
        for error in [
            WaterfallError::DuplicateId { id: name("a") },
            WaterfallError::UnknownReference { path: name("p"), kind: "tier", id: name("x") },
            WaterfallError::Cycle { tiers: vec![name("a"), name("b"), name("a")] },
            WaterfallError::Meaningless { path: name("p"), reason: name("the limit bears no interest") },
            WaterfallError::OverAllocated { tier: name("t"), receipt: name("r") },
            WaterfallError::NoEntry { receipt: name("r"), source_id: name("s") },
            WaterfallError::OutsideSchedule {
                receipt: name("r"),
                date: Date::from_str("2030-01-02").unwrap(),
            },
            WaterfallError::Currency { path: name("p"), expected: Currency::USD, found: Currency::EUR },
            WaterfallError::Unsettled { receipt: name("r"), tier: name("t") },
        ] {
            let phrase = Phrase::from(&error);
            // People read a day in words, programs as it is written in files.
            let english = said(&phrase, Language::English).replace("2\u{a0}January 2030", "2030-01-02");
            assert_eq!(english, error.to_string());
            assert_ne!(said(&phrase, Language::French), error.to_string());
        }
    }
}
