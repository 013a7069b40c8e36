//! Exchange rates of the deal, each with its day and the uncertainty the producer sees in it.

use recoup_calendar::Date;
use recoup_money::Currency;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One unit of `base` costs `rate` units of `quote`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FxQuote {
    /// Stable id, such as `usd-cad`.
    pub id: String,
    /// The currency of which one unit is priced.
    pub base: Currency,
    /// The currency in which it is priced.
    pub quote: Currency,
    /// Units of `quote` for one unit of `base`.
    pub rate: Decimal,
    /// Day of the rate; absent means the deal's `as_of`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Uncertainty as a fraction either way, such as 0.05 for plus or minus five per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<Decimal>,
    /// Share of the exposure that is hedged at this rate, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hedged_share: Option<Decimal>,
    /// Where the rate was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}
