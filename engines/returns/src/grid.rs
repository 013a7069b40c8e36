//! The deal's statement grid: one return per party, the same in the exact run and in a simulation.
//!
//! Money moves monthly during production and is reported quarterly in exploitation. A flow inside a quarter is put
//! on the quarter's last month by its value at the deal's own discount rate: `flow × (1 + rate)^(months / 12)`, zero
//! to two months. The present value at that rate is thereby the same on the grid as on the months.

use recoup_calendar::{Date, Quarter};
use recoup_money::Money;
use rust_decimal::Decimal;

use crate::double_double::DoubleDouble;
use crate::error::ReturnsError;
use crate::irr;
use crate::npv::Growth;
use crate::outcome::Solution;
use crate::scaled::Scaled;

/// Flows at the ends of quarters, from the first to the last quarter that has one.
#[derive(Clone, Debug)]
pub struct QuarterlyFlows {
    first: Option<Quarter>,
    /// Major units.
    amounts: Vec<Scaled>,
}

/// Puts flows on the quarters they fall in.
///
/// # Errors
/// [`ReturnsError::DiscountRate`] unless the rate is above −1; [`ReturnsError::Money`] for a mix of currencies.
pub fn place_on_quarters(flows: &[(Date, Money)], npv_rate: Decimal) -> Result<QuarterlyFlows, ReturnsError> {
    let growth = Growth::new(npv_rate)?;
    let within = [0, 1, 2].map(|months| growth.over(months, 12));
    let quarters = flows.iter().map(|(date, _)| date.quarter());
    let (Some(first), Some(last)) = (quarters.clone().min(), quarters.max()) else {
        return Ok(QuarterlyFlows { first: None, amounts: Vec::new() });
    };
    let count = usize::try_from(last.quarters_since(first)).unwrap_or(0) + 1;
    let mut amounts = vec![Scaled::ZERO; count];
    let currency = flows[0].1.currency();
    for (date, amount) in flows {
        Money::zero(currency).same_currency(*amount)?;
        let quarter = date.quarter();
        let months = quarter.last_month().months_since(date.year_month());
        let index = usize::try_from(quarter.quarters_since(first)).unwrap_or(0);
        let factor = within[usize::try_from(months).unwrap_or(0)];
        amounts[index] = amounts[index].add(major(*amount).mul(factor));
    }
    Ok(QuarterlyFlows { first: Some(first), amounts })
}

/// `(1 + rate)^(months / 12)` as a double: what a simulation multiplies a flow by to put it on the grid.
///
/// # Errors
/// [`ReturnsError::DiscountRate`] unless the rate is above −1.
pub fn accumulation(npv_rate: Decimal, months: i64) -> Result<f64, ReturnsError> {
    Ok(Growth::new(npv_rate)?.over(months, 12).to_double_double().to_f64())
}

fn major(amount: Money) -> Scaled {
    let minor = DoubleDouble::from_integer(i128::from(amount.minor()));
    let unit = DoubleDouble::from_integer(i128::from(amount.currency().minor_per_major()));
    Scaled::new(minor / unit, 0)
}

impl QuarterlyFlows {
    /// The quarter of the first amount; `None` when there are no flows.
    #[must_use]
    pub const fn first(&self) -> Option<Quarter> {
        self.first
    }

    /// The amounts in major units, one for each quarter from the first.
    #[must_use]
    pub fn amounts(&self) -> Vec<f64> {
        self.amounts.iter().map(|amount| amount.to_double_double().to_f64()).collect()
    }

    /// All annual effective rates of the flows: `(1 + quarterly rate)^4 − 1`.
    #[must_use]
    pub fn irr(&self) -> Solution {
        irr::solution((0i64..).zip(self.amounts.iter().copied()).collect(), 4.0)
    }
}

/// All annual effective rates of doubles on the grid, for simulations: the same solver, the same convention.
///
/// # Errors
/// [`ReturnsError::NotFinite`] for an amount that is not a number.
pub fn quarterly_irr(amounts: &[f64]) -> Result<Solution, ReturnsError> {
    let mut timed = Vec::with_capacity(amounts.len());
    for (quarter, amount) in (0i64..).zip(amounts) {
        timed.push((quarter, irr::finite(*amount)?));
    }
    Ok(irr::solution(timed, 4.0))
}
