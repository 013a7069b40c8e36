//! How much a claim may take in total

use recoup_calendar::DayCount;
use recoup_money::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ratio;

/// The most a claim may take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Limit {
    /// A fixed sum: a guarantee, a set-up fee, a deferral, a corridor that ends.
    Amount {
        /// The sum.
        amount: Money,
    },
    /// Declared expenses under their cap, times a factor (1.1 for an overhead of 10 %).
    Expenses {
        /// The type of expense.
        of: String,
        /// How many times.
        #[serde(default)]
        factor: Ratio,
    },
    /// What was put in under an instrument, times a factor.
    Invested {
        /// The instrument.
        instrument: String,
        /// How many times; 1 for the investment itself.
        #[serde(default)]
        factor: Ratio,
    },
    /// A premium on what was put in, as a part of it.
    Premium {
        /// The instrument.
        instrument: String,
        /// Which part of the investment.
        rate: Ratio,
    },
    /// What was drawn under an instrument and the interest it earns until it is paid.
    PrincipalAndInterest {
        /// The instrument.
        instrument: String,
        /// Its terms; without them those the capital plan gives for the instrument apply.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interest: Option<InterestTerms>,
        /// How many times the total.
        #[serde(default)]
        factor: Ratio,
    },
    /// A return on what was put in, on top of it, that grows until it is paid.
    PreferredReturn {
        /// The instrument.
        instrument: String,
        /// The rate and how it compounds.
        interest: InterestTerms,
    },
    /// An internal rate of return on what was put in: open until everything that the claims on the instrument
    /// have had, whatever their tier, is worth what was put in, both compounded from day to day at this rate.
    IrrHurdle {
        /// The instrument. Its claims are those whose limit, or `in_proportion_to`, names it.
        instrument: String,
        /// The annual effective rate.
        rate_annual: Ratio,
        /// How days become years.
        #[serde(default = "act_365_fixed")]
        day_count: DayCount,
    },
    /// A multiple of what was put in, on everything that the claims on the instrument have had, whatever their tier.
    MultipleHurdle {
        /// The instrument. Its claims are those whose limit, or `in_proportion_to`, names it.
        instrument: String,
        /// How many times what was put in.
        multiple: Ratio,
    },
    /// An amount for every unit counted so far, such as ten cents a ticket.
    PerUnit {
        /// The series.
        series: String,
        /// How much for each unit.
        amount: Money,
        /// Units that bring nothing: a bonus for every ticket beyond the first half million.
        #[serde(default, skip_serializing_if = "is_zero")]
        beyond: i64,
    },
}

fn is_zero(units: &i64) -> bool {
    *units == 0
}

/// How interest grows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterestTerms {
    /// The rate for a year.
    pub rate_annual: Ratio,
    /// When interest is added to what bears interest.
    #[serde(default)]
    pub compounding: Compounding,
    /// How days become years.
    #[serde(default = "act_365_fixed")]
    pub day_count: DayCount,
    /// What a payment reduces first.
    #[serde(default)]
    pub payments: PaymentOrder,
}

/// When interest is added to what bears interest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compounding {
    /// Never.
    #[default]
    Simple,
    /// On the first of January.
    Yearly,
    /// On the first of January and July.
    HalfYearly,
    /// On the first day of each quarter.
    Quarterly,
    /// On the first day of each month.
    Monthly,
    /// From day to day at an annual effective rate, as an internal rate of return compounds: an amount
    /// grows by `(1 + rate)^years`.
    Effective,
}

impl Compounding {
    /// Months between two additions; `None` where interest is never added, or is added every day.
    pub fn months(self) -> Option<u32> {
        match self {
            Compounding::Simple | Compounding::Effective => None,
            Compounding::Yearly => Some(12),
            Compounding::HalfYearly => Some(6),
            Compounding::Quarterly => Some(3),
            Compounding::Monthly => Some(1),
        }
    }
}

/// What a payment reduces first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentOrder {
    /// Interest, then principal.
    #[default]
    InterestFirst,
    /// Principal, then interest.
    PrincipalFirst,
}

fn act_365_fixed() -> DayCount {
    DayCount::Act365F
}
