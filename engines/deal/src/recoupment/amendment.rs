//! What happens to an agreement after it is signed: amendments, and events its conditions wait for
//!
//! Both are dated and both leave the past alone. On its day an amendment or an event applies before the
//! expenses and the receipts of that day; what was paid before that day stays as it was paid.

use recoup_calendar::Date;
use recoup_money::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ratio;

/// Something that happens to the film on a day, with the value that conditions compare with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanEvent {
    /// Stable id.
    pub id: String,
    /// When it happens. Receipts of this day see it already.
    pub date: Date,
    /// Its name in conditions; the latest value of a name counts.
    pub event: String,
    /// Its value from now on; 1 for what simply happened.
    #[serde(default)]
    pub value: Ratio,
}

/// A change of the agreement from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanAmendment {
    /// Stable id.
    pub id: String,
    /// From when. Receipts of this day are distributed under it; those before are not touched.
    pub date: Date,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The clause or instrument it is agreed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What changes.
    pub change: Change,
}

/// What an amendment changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// The rate of a share.
    Rate {
        /// The tier or member.
        tier: String,
        /// Its rate from now on.
        rate: Ratio,
    },
    /// The end or the price of a contract.
    Contract {
        /// The contract.
        contract: String,
        /// Its last day from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
        /// Its price from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Money>,
    },
    /// How much a claim may take in total, in the terms its limit is written in. What it has had
    /// counts against the new limit; nothing is paid back where it has had more already.
    Limit {
        /// The tier or member, which has a limit.
        tier: String,
        /// The sum from now on, of a limit that is an amount, or an amount for each unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// How many times from now on, of a limit on expenses or on what was put in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        factor: Option<Ratio>,
        /// The rate from now on: of a premium the part of the investment, otherwise the rate for a year
        /// at which the balance behind the limit grows from this day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rate: Option<Ratio>,
    },
    /// Who holds a share: a buy-out, or an assignment of the whole share. The new holder steps into
    /// the claim as it stands; what the old one had stays theirs.
    Payee {
        /// The tier or member.
        tier: String,
        /// Who is credited from now on.
        payee: String,
    },
    /// The cap of a type of expense, for all that is declared of it, earlier or later.
    ExpenseCap {
        /// The type.
        expense_type: String,
        /// The most that counts from now on.
        cap: Money,
    },
}
