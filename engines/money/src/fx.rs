//! Exchange rates by date. A conversion says which rate, of which day, in which direction, it used.
//!
//! The date is a type parameter because money and the calendar are independent of each other.

use std::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::currency::Currency;
use crate::money::{Money, MoneyError};
use crate::rounding::Rounding;
use crate::wide::U256;

/// One quotation: on `date`, one unit of `base` was worth `rate` units of `quote`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FxRate<D> {
    /// The currency that is priced.
    pub base: Currency,
    /// The currency it is priced in.
    pub quote: Currency,
    /// The day of the quotation.
    pub date: D,
    /// Units of `quote` for one unit of `base`; above zero.
    pub rate: Decimal,
    /// Where the quotation comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A table of dated quotations without contradictions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Vec<FxRate<D>>", into = "Vec<FxRate<D>>")]
#[serde(bound(
    serialize = "D: Clone + Serialize",
    deserialize = "D: Ord + Clone + fmt::Display + Deserialize<'de>"
))]
#[schemars(with = "Vec<FxRate<D>>")]
pub struct FxTable<D> {
    /// Sorted by base, quote, date.
    rates: Vec<FxRate<D>>,
}

/// An amount converted, with what it was converted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conversion<D> {
    /// The amount given.
    pub from: Money,
    /// The amount in the other currency.
    pub to: Money,
    /// The quotation used; `None` when both currencies are the same.
    pub rate: Option<FxRate<D>>,
    /// Whether the quotation was for the opposite direction and the amount was divided by it.
    pub inverted: bool,
}

/// Why a table or a conversion cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FxError<D: fmt::Display> {
    /// No quotation of the pair, in either direction, on or before the date.
    #[error("there is no rate between {from} and {to} on or before {on}")]
    NoRate {
        /// The currency to convert from.
        from: Currency,
        /// The currency to convert to.
        to: Currency,
        /// The day asked for.
        on: D,
    },
    /// A quotation of zero or less.
    #[error("the rate from {base} to {quote} on {date} must be above zero, not {rate}")]
    NotPositive {
        /// The currency that is priced.
        base: Currency,
        /// The currency it is priced in.
        quote: Currency,
        /// The day of the quotation.
        date: D,
        /// The value given.
        rate: Decimal,
    },
    /// A quotation of a currency in itself.
    #[error("{base} cannot be quoted in itself ({date})")]
    SameCurrency {
        /// The currency.
        base: Currency,
        /// The day of the quotation.
        date: D,
    },
    /// Two quotations of one pair on one day.
    #[error("there are two rates from {base} to {quote} on {date}")]
    Duplicate {
        /// The currency that is priced.
        base: Currency,
        /// The currency it is priced in.
        quote: Currency,
        /// The day of both quotations.
        date: D,
    },
    /// The converted amount does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl<D> Default for FxTable<D> {
    fn default() -> Self {
        Self { rates: Vec::new() }
    }
}

impl<D: Ord + Clone + fmt::Display> FxTable<D> {
    /// Checks and sorts the quotations.
    ///
    /// # Errors
    /// [`FxError::NotPositive`], [`FxError::SameCurrency`], [`FxError::Duplicate`].
    pub fn new(mut rates: Vec<FxRate<D>>) -> Result<Self, FxError<D>> {
        rates.sort_by(|a, b| (a.base, a.quote, &a.date).cmp(&(b.base, b.quote, &b.date)));
        for row in &rates {
            let (base, quote, date) = (row.base, row.quote, row.date.clone());
            if row.rate <= Decimal::ZERO {
                return Err(FxError::NotPositive { base, quote, date, rate: row.rate });
            }
            if base == quote {
                return Err(FxError::SameCurrency { base, date });
            }
        }
        for pair in rates.windows(2) {
            if (pair[0].base, pair[0].quote, &pair[0].date) == (pair[1].base, pair[1].quote, &pair[1].date) {
                let FxRate { base, quote, ref date, .. } = pair[0];
                return Err(FxError::Duplicate { base, quote, date: date.clone() });
            }
        }
        Ok(Self { rates })
    }

    /// The quotations, sorted by base, quote and date.
    #[must_use]
    pub fn rates(&self) -> &[FxRate<D>] {
        &self.rates
    }

    /// The latest quotation of exactly this direction on or before the day.
    #[must_use]
    pub fn quotation(&self, base: Currency, quote: Currency, on: &D) -> Option<&FxRate<D>> {
        let after = self.rates.partition_point(|row| (row.base, row.quote, &row.date) <= (base, quote, on));
        let row = self.rates.get(after.checked_sub(1)?)?;
        (row.base == base && row.quote == quote).then_some(row)
    }

    /// Converts an amount at the latest rate on or before the day. A quotation of the asked direction is
    /// preferred; only where there is none is the opposite one used, and the amount divided by it. Rates of two
    /// pairs are never chained.
    ///
    /// # Errors
    /// [`FxError::NoRate`], [`FxError::Money`].
    pub fn convert(
        &self,
        from: Money,
        to: Currency,
        on: &D,
        rounding: Rounding,
    ) -> Result<Conversion<D>, FxError<D>> {
        let source = from.currency();
        if source == to {
            return Ok(Conversion { from, to: from, rate: None, inverted: false });
        }
        if let Some(row) = self.quotation(source, to, on) {
            let converted = multiplied(from, to, row.rate, rounding)?;
            return Ok(Conversion { from, to: converted, rate: Some(row.clone()), inverted: false });
        }
        if let Some(row) = self.quotation(to, source, on) {
            let converted = divided(from, to, row.rate, rounding)?;
            return Ok(Conversion { from, to: converted, rate: Some(row.clone()), inverted: true });
        }
        Err(FxError::NoRate { from: source, to, on: on.clone() })
    }
}

fn multiplied(from: Money, to: Currency, rate: Decimal, rounding: Rounding) -> Result<Money, MoneyError> {
    let down = rate.scale() + from.currency().exponent();
    from.scale_exact(rate.mantissa(), to.exponent(), U256::from_u128(1), down, to, rounding)
}

fn divided(from: Money, to: Currency, rate: Decimal, rounding: Rounding) -> Result<Money, MoneyError> {
    let up = rate.scale() + to.exponent();
    let divisor = U256::from_u128(rate.mantissa().unsigned_abs());
    from.scale_exact(1, up, divisor, from.currency().exponent(), to, rounding)
}

impl<D: Ord + Clone + fmt::Display> TryFrom<Vec<FxRate<D>>> for FxTable<D> {
    type Error = FxError<D>;

    fn try_from(rates: Vec<FxRate<D>>) -> Result<Self, Self::Error> {
        Self::new(rates)
    }
}

impl<D> From<FxTable<D>> for Vec<FxRate<D>> {
    fn from(table: FxTable<D>) -> Self {
        table.rates
    }
}
