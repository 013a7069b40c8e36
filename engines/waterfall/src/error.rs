//! What cannot proceed

use recoup_calendar::{CalendarError, Date};
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
    /// A receipt below zero.
    #[error("receipt `{receipt}` is negative; enter a refund as a smaller receipt of the same source")]
    NegativeReceipt {
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
