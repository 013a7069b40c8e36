//! What must hold for a share to take

use recoup_calendar::Date;
use recoup_money::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{InterestTerms, Ratio};

/// A condition. Counters move while a receipt is distributed; everything else stands still in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "measure", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// Every one of the list.
    All {
        /// The list.
        of: Vec<Condition>,
    },
    /// At least one of the list.
    Any {
        /// The list.
        of: Vec<Condition>,
    },
    /// All that a party has had, from every claim.
    PaidToParty {
        /// The party.
        party: String,
        /// How it compares.
        is: Relation,
        /// With what.
        target: Target,
    },
    /// What a tier or member has taken.
    PaidToTier {
        /// The tier or member.
        tier: String,
        /// How it compares.
        is: Relation,
        /// With what.
        target: Target,
    },
    /// What has arrived at a tier or member.
    ReachedTier {
        /// The tier or member.
        tier: String,
        /// How it compares.
        is: Relation,
        /// With what.
        target: Target,
    },
    /// Whether a claim has had all that its limit allows.
    Recouped {
        /// The claim, which has a limit.
        tier: String,
    },
    /// Whether a claim is still owed something under its limit.
    NotRecouped {
        /// The claim, which has a limit.
        tier: String,
    },
    /// What the shares of a pool have taken.
    PaidInPool {
        /// The pool.
        pool: String,
        /// How it compares.
        is: Relation,
        /// With what.
        target: Target,
    },
    /// The money that arrived at the first share of a pool on its way.
    PassedPool {
        /// The pool.
        pool: String,
        /// How it compares.
        is: Relation,
        /// With what.
        target: Target,
    },
    /// What the shares of a pool would have taken but for conditions of this kind.
    NotionalInPool {
        /// The pool.
        pool: String,
        /// How it compares.
        is: Relation,
        /// With what.
        target: Target,
    },
    /// Cumulative receipts of some sources.
    Received {
        /// The sources; empty means all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sources: Vec<String>,
        /// How it compares.
        is: Relation,
        /// With what.
        target: Target,
    },
    /// All that a party has had against what it put in under an instrument and interest on it.
    PaidAgainstInvestmentAndInterest {
        /// The party.
        party: String,
        /// The instrument.
        instrument: String,
        /// The interest.
        interest: InterestTerms,
        /// How many times the total.
        #[serde(default)]
        factor: Ratio,
        /// How it compares.
        is: Relation,
    },
    /// How far receipts and other finance cover a cost of the film.
    FilmCostCovered {
        /// The cost.
        film_cost: String,
        /// How many times the cost.
        #[serde(default)]
        factor: Ratio,
        /// How it compares.
        is: Relation,
    },
    /// Whether one of the receipt's territories is in a list.
    ReceiptTerritory {
        /// In it or not.
        is: Membership,
        /// The list.
        list: Vec<String>,
    },
    /// Whether one of the receipt's media is in a list.
    ReceiptMedia {
        /// In it or not.
        is: Membership,
        /// The list.
        list: Vec<String>,
    },
    /// Whether the receipt's source is in a list.
    ReceiptSource {
        /// In it or not.
        is: Membership,
        /// The list.
        list: Vec<String>,
    },
    /// Whether the receipt falls in a span of days, both included.
    ReceiptDate {
        /// The first day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        /// The last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
    },
    /// The price of the receipt's contract.
    ContractValue {
        /// How it compares.
        is: Relation,
        /// With what.
        target: Money,
    },
    /// The latest value of an event; false while it has not happened.
    EventValue {
        /// The event.
        event: String,
        /// How it compares.
        is: Relation,
        /// With what.
        target: Ratio,
    },
    /// How many units of a series have been counted so far; nothing before the first count.
    Counted {
        /// The series.
        series: String,
        /// How it compares.
        is: Relation,
        /// With what.
        target: i64,
    },
}

/// How a counter compares with its target.
///
/// Money is a flow, so a share that takes "below" a target stops exactly at it and one that takes "up to" it
/// stops there as well. They differ where something else stands at the target: a party that has been paid exactly
/// what the target says is no longer below it, and not yet beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Strictly below.
    Below,
    /// At or below.
    UpTo,
    /// At or above.
    AtLeast,
    /// Strictly above.
    MoreThan,
}

impl Relation {
    /// Whether it holds from the target on, rather than until it.
    pub fn opens(self) -> bool {
        matches!(self, Relation::AtLeast | Relation::MoreThan)
    }

    /// Whether the target itself belongs to what lies before the switch.
    pub fn beyond(self) -> bool {
        matches!(self, Relation::UpTo | Relation::MoreThan)
    }
}

/// Whether a value is in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// Any of the receipt's values is in the list.
    In,
    /// None of them is.
    NotIn,
}

/// What a counter is compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Target {
    /// A fixed sum.
    Amount(Money),
    /// Declared expenses of a type under their cap.
    Expenses {
        /// The type.
        of: String,
        /// How many times.
        #[serde(default)]
        factor: Ratio,
    },
    /// What was put in under an instrument.
    Invested {
        /// The instrument.
        instrument: String,
        /// How many times.
        #[serde(default)]
        factor: Ratio,
    },
}
