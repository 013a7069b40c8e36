//! One source of revenue: territories × window × contract.

use recoup_calendar::Date;
use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::profile::TimingProfile;
use super::ultimate::RevenueCase;
use crate::milestone::PaymentStep;
use crate::window::Window;

/// What an estimate is an estimate of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceBasis {
    /// Tickets sold; the exhibitors' share comes off first.
    BoxOffice,
    /// What the distributor receives before its fee and expenses.
    DistributorGross,
    /// The price a buyer pays for the territory, before sales commission.
    LicenceFee,
    /// What reaches the producer's side after every deduction of others.
    NetToProducer,
}

/// Amounts for one source. All are totals over the whole life of the source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// Low case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Money>,
    /// Base case; absent means the take price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Money>,
    /// High case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Money>,
    /// Price the agent asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<Money>,
    /// Price at which the agent would sell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<Money>,
}

impl Estimate {
    /// The amount of the base case: typed base, else take, else ask.
    pub fn base_case(&self) -> Option<Money> {
        self.base.or(self.take).or(self.ask)
    }

    /// The amount of a case with the word of its cell. Where the case is not typed, the base case stands for it.
    pub fn of(&self, case: RevenueCase) -> Option<(Money, &'static str)> {
        let own = match case {
            RevenueCase::Low => self.low,
            RevenueCase::Base => None,
            RevenueCase::High => self.high,
        };
        match own {
            Some(amount) => Some((amount, case.word())),
            None => self.base_case().zip(self.base_case_field()),
        }
    }

    /// The word of the cell that [`Estimate::base_case`] reads, for its address.
    pub fn base_case_field(&self) -> Option<&'static str> {
        match (self.base, self.take, self.ask) {
            (Some(_), _, _) => Some("base"),
            (None, Some(_), _) => Some("take"),
            (None, None, Some(_)) => Some("ask"),
            (None, None, None) => None,
        }
    }
}

/// When a source begins to bring money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceStart {
    /// Months after the first release; may be negative.
    MonthsAfterRelease(i32),
    /// Months after the final delivery.
    MonthsAfterDelivery(i32),
    /// A fixed day.
    Date(Date),
}

/// One source of revenue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevenueSource {
    /// Stable id.
    pub id: String,
    /// In the producer's words.
    pub label: String,
    /// Territories as codes; `ROW` is the rest of the world, `WW` all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<String>,
    /// Which window.
    pub window: Window,
    /// What the estimate is of; absent means the price of a licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<SourceBasis>,
    /// Amounts.
    #[serde(default)]
    pub estimate: Estimate,
    /// Share of the box office that cinemas keep, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exhibitor_share: Option<Decimal>,
    /// When money begins; absent means on release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<SourceStart>,
    /// Months over which it comes; absent means at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// How it falls over these months; absent means evenly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<TimingProfile>,
    /// Parts of a licence fee, each paid on an event; where there are any, they say when money comes instead
    /// of `start`, `months` and `profile`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<PaymentStep>,
    /// Months between earning and being paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporting_lag_months: Option<u32>,
    /// Id of the distribution contract that takes its share first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distribution: Option<String>,
    /// Id of the sales agency that takes its share; absent means none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_agency: Option<String>,
    /// Instrument id of the contract that sold it already; absent means unsold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sold_by: Option<String>,
    /// Withholding tax on the payments as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withholding: Option<Decimal>,
    /// Share that belongs to the producer's side before the plan sees it, 0 to 1; absent means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer_share: Option<Decimal>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}
