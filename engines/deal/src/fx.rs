//! Exchange rates of the deal, each with its day and the uncertainty the producer sees in it.
//!
//! Several quotes of one pair with different days are a curve: the rate of a day is the latest quote on or before it,
//! else the earliest. The deal's rate is the one in force on its `as_of`. What is paid on a later day is converted at
//! that day's rate, but for the hedged share, which is fixed at the deal's.

use recoup_calendar::Date;
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Deal;

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
    /// Share of what is paid while this quote is in force that is hedged at the deal's rate, 0 to 1; absent means as
    /// the deal's own quote of the pair says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hedged_share: Option<Decimal>,
    /// Where the rate was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Deal {
    /// Units of `to` for one unit of `from` at the deal's rate, the one in force on its `as_of`: directly, inversely or
    /// through one third currency; absent when no rate leads there.
    pub fn rate(&self, from: Currency, to: Currency) -> Option<Decimal> {
        self.rate_on(from, to, self.as_of)
    }

    /// As [`Deal::rate`], at the rates in force on a day.
    pub fn rate_on(&self, from: Currency, to: Currency, day: Date) -> Option<Decimal> {
        let through = |middle: Currency| {
            self.direct_rate(from, middle, day)?.checked_mul(self.direct_rate(middle, to, day)?)
        };
        self.direct_rate(from, to, day)
            .or_else(|| self.fx.iter().flat_map(|quote| [quote.base, quote.quote]).find_map(through))
    }

    fn direct_rate(&self, from: Currency, to: Currency, day: Date) -> Option<Decimal> {
        if from == to {
            return Some(Decimal::ONE);
        }
        let quote = self.quote_on(from, to, day)?;
        if quote.base == from { Some(quote.rate) } else { Decimal::ONE.checked_div(quote.rate) }
    }

    /// The quote of a pair, either way round, that is in force on a day: the latest on or before it, else the earliest.
    pub fn quote_on(&self, one: Currency, other: Currency, day: Date) -> Option<&FxQuote> {
        let dated = |quote: &&FxQuote| quote.date.unwrap_or(self.as_of);
        let of_pair = |quote: &&FxQuote| {
            let pair = (quote.base, quote.quote);
            quote.rate > Decimal::ZERO && (pair == (one, other) || pair == (other, one))
        };
        let pair = || self.fx.iter().filter(of_pair);
        pair().filter(|quote| dated(quote) <= day).max_by_key(dated).or_else(|| pair().min_by_key(dated))
    }

    /// An amount in the deal's currency at the deal's rate, half up; absent when no rate leads there.
    pub fn in_deal_currency(&self, amount: Money) -> Option<Money> {
        if amount.currency() == self.currency {
            return Some(amount);
        }
        let rate = self.rate(amount.currency(), self.currency)?;
        let value = amount.to_decimal().checked_mul(rate)?;
        Money::from_decimal(value, self.currency, Rounding::HalfUp).ok()
    }
}
