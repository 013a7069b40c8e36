//! Present values: in doubles for curves and checks, and exact to the minor unit for figures that are shown.

use recoup_calendar::{Date, YearMonth};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::double_double::DoubleDouble;
use crate::error::ReturnsError;
use crate::scaled::Scaled;

/// The value at time 0 of equally spaced flows: `Σ flowₜ / (1 + rate)^t`.
///
/// # Errors
/// [`ReturnsError::DiscountRate`] unless the rate is above −1.
pub fn npv(rate: f64, flows: &[f64]) -> Result<f64, ReturnsError> {
    let ln_growth = ln_growth(rate)?;
    Ok(flows.iter().enumerate().map(|(period, flow)| flow * (-ln_growth * period as f64).exp()).sum())
}

/// The value on the earliest date of dated flows; years are actual days over 365 (ACT/365F).
///
/// # Errors
/// [`ReturnsError::DiscountRate`] unless the rate is above −1.
pub fn xnpv(rate: f64, flows: &[(Date, f64)]) -> Result<f64, ReturnsError> {
    let ln_growth = ln_growth(rate)?;
    let Some(origin) = flows.iter().map(|(date, _)| *date).min() else { return Ok(0.0) };
    let years = |date: Date| origin.days_until(date) as f64 / 365.0;
    Ok(flows.iter().map(|(date, flow)| flow * (-ln_growth * years(*date)).exp()).sum())
}

fn ln_growth(rate: f64) -> Result<f64, ReturnsError> {
    if rate > -1.0 && rate.is_finite() { Ok(rate.ln_1p()) } else { Err(ReturnsError::DiscountRate { rate }) }
}

/// The value at the end of month `as_of` of flows on the monthly axis, each at the end of its month, at an
/// effective annual rate: `Σ flow / (1 + rate)^(months / 12)`. Flows before `as_of` are compounded forward.
///
/// # Errors
/// [`ReturnsError::DiscountRate`] unless the rate is above −1; [`ReturnsError::Money`] for a flow in another
/// currency; [`ReturnsError::TooLarge`].
pub fn present_value(
    flows: &[(Date, Money)],
    currency: Currency,
    rate: Decimal,
    as_of: YearMonth,
    rounding: Rounding,
) -> Result<Money, ReturnsError> {
    discounted(flows, currency, rate, 12, rounding, |date| i64::from(date.year_month().months_since(as_of)))
}

/// The value on the day `as_of` of flows on their true dates, at an effective annual rate; years are actual days
/// over 365 (ACT/365F). Flows before `as_of` are compounded forward.
///
/// # Errors
/// As [`present_value`].
pub fn present_value_dated(
    flows: &[(Date, Money)],
    currency: Currency,
    rate: Decimal,
    as_of: Date,
    rounding: Rounding,
) -> Result<Money, ReturnsError> {
    discounted(flows, currency, rate, 365, rounding, |date| as_of.days_until(date))
}

fn discounted(
    flows: &[(Date, Money)],
    currency: Currency,
    rate: Decimal,
    per_year: i64,
    rounding: Rounding,
    units: impl Fn(Date) -> i64,
) -> Result<Money, ReturnsError> {
    let growth = Growth::new(rate)?;
    let mut total = Scaled::ZERO;
    for (date, amount) in flows {
        Money::zero(currency).same_currency(*amount)?;
        let minor = Scaled::new(DoubleDouble::from_integer(i128::from(amount.minor())), 0);
        total = total.add(minor.mul(growth.over(-units(*date), per_year)));
    }
    rounded(total.to_double_double(), currency, rounding)
}

/// Growth at an effective annual rate, to 31 digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Growth {
    ln: DoubleDouble,
}

impl Growth {
    pub(crate) fn new(rate: Decimal) -> Result<Self, ReturnsError> {
        let factor = Decimal::ONE.checked_add(rate).filter(|factor| *factor > Decimal::ZERO);
        let Some(factor) = factor else {
            return Err(ReturnsError::DiscountRate { rate: rate.to_f64().unwrap_or(f64::MAX) });
        };
        let mantissa = DoubleDouble::from_integer(factor.mantissa());
        let power = DoubleDouble::from_integer(10i128.pow(factor.scale()));
        Ok(Self { ln: if factor == Decimal::ONE { DoubleDouble::ZERO } else { (mantissa / power).ln() } })
    }

    /// `(1 + rate)^(units / per_year)`.
    pub(crate) fn over(self, units: i64, per_year: i64) -> Scaled {
        let years =
            DoubleDouble::from_integer(i128::from(units)) / DoubleDouble::from_integer(i128::from(per_year));
        Scaled::exp(self.ln * years)
    }
}

/// Rounds a number of minor units. What lies within a billionth of a unit is taken as equal first, so that the
/// last of 31 digits never pushes an exact result over the edge of a mode.
fn rounded(value: DoubleDouble, currency: Currency, rounding: Rounding) -> Result<Money, ReturnsError> {
    let too_large = ReturnsError::TooLarge { currency };
    // A billion times the largest amount has 93 bits, which neither the integer nor the decimal exceeds.
    if value.high.abs() > i64::MAX as f64 {
        return Err(too_large);
    }
    let billionths = value * DoubleDouble::from(1e9);
    let whole = billionths.high.round();
    let rest = (billionths - DoubleDouble::from(whole)).to_f64().round();
    let exact = Decimal::from_i128_with_scale(whole as i128 + rest as i128, 9);
    rounding.apply(exact, 0).to_i64().map(|minor| Money::new(minor, currency)).ok_or(too_large)
}
