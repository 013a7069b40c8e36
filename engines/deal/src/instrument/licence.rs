//! Money paid for rights: licences, presales, pickups. The same contract may stand behind a source of
//! the revenue plan; it is one thing and is counted once.

use recoup_calendar::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::milestone::DueDate;
use crate::timeline::Timeline;
use crate::window::Window;

/// What rights are given for the money.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LicenceTerms {
    /// Territories as codes, such as `DE` or `US`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<String>,
    /// Windows that are licensed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<Window>,
    /// Windows that nobody may exploit in these territories during the term.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<Window>,
    /// True when the licensed windows are exclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusive: Option<bool>,
    /// Length of the term in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term_years: Option<Decimal>,
    /// First day of the term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<DueDate>,
    /// True when the payer sits in another tax jurisdiction than the production company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_border: Option<bool>,
    /// Withholding tax on the price as a fraction; blank on a cross-border licence is a question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withholding: Option<Decimal>,
    /// Share of the price that goes to a sales agent, 0 to 1; absent means none is typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commission: Option<Decimal>,
}

impl LicenceTerms {
    /// The first day of the term and the first day after it; none where either is not known.
    pub fn term(&self, timeline: &Timeline) -> Option<(Date, Date)> {
        let first = timeline.due(self.starts.as_ref()?)?;
        let months = self.term_years?.checked_mul(Decimal::from(12))?.round().to_i32()?;
        Some((first, first.add_months(months).ok()?))
    }
}

/// Terms of a minimum guarantee for territories sold before the film is made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PresaleTerms {
    /// What is given.
    #[serde(default)]
    pub licence: LicenceTerms,
    /// Id of the distribution contract in the revenue plan that recoups the guarantee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Share of the overages that goes to the producer's side, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overage_share: Option<Decimal>,
}

/// Terms of a price paid on delivery.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NegativePickupTerms {
    /// What is given.
    #[serde(default)]
    pub licence: LicenceTerms,
    /// What has to be delivered, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_requirements: Option<String>,
}

/// Terms of a work made for a streaming service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostPlusTerms {
    /// Premium over cost, as a fraction of it. Where no amount is typed, the price is the budget with this premium.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium: Option<Decimal>,
    /// True when the service owns the copyright.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyout: Option<bool>,
    /// Months after the final delivery in which the price is paid, in equal parts at the end of each; absent means
    /// as the drawdown says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_months: Option<u32>,
}
