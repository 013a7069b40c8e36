//! Every measure of return of one party or instrument.

use recoup_calendar::{Date, YearMonth};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::error::ReturnsError;
use crate::grid::place_on_quarters;
use crate::irr::xirr;
use crate::multiple::{Turnover, peak_exposure};
use crate::npv::present_value;
use crate::outcome::Outcome;
use crate::payback::{Payback, payback};

/// What the measures depend on besides the flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnTerms {
    /// The currency of the flows.
    pub currency: Currency,
    /// The deal's discount rate, effective per year, as a fraction.
    pub npv_rate: Decimal,
    /// The month at whose end the present value is taken.
    pub as_of: YearMonth,
    /// How the present value is rounded to the minor unit.
    pub rounding: Rounding,
}

/// Every measure of return of one series of flows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReturnSummary {
    /// Present value at the end of the month asked for.
    pub npv: Money,
    /// The return: annual effective rate on the quarterly grid.
    pub irr: Outcome,
    /// The rate on true dates (ACT/365F), shown beside the return and named as such.
    pub xirr: Outcome,
    /// Payments, receipts and profit.
    pub turnover: Turnover,
    /// Receipts for each unit invested; `None` when nothing was invested.
    pub multiple: Option<Decimal>,
    /// When the money is back; `None` when it never is.
    pub payback: Option<Payback>,
    /// The largest amount that was out at the end of any day.
    pub peak_exposure: Money,
}

/// Measures the return of dated flows, payments negative.
///
/// # Errors
/// [`ReturnsError`] for a mix of currencies, an impossible discount rate, or sums that do not fit.
pub fn summarise(flows: &[(Date, Money)], terms: &ReturnTerms) -> Result<ReturnSummary, ReturnsError> {
    let currency = terms.currency;
    let turnover = Turnover::of(flows, currency)?;
    let doubles: Vec<(Date, f64)> =
        flows.iter().map(|(date, amount)| (*date, amount.minor() as f64)).collect();
    Ok(ReturnSummary {
        npv: present_value(flows, currency, terms.npv_rate, terms.as_of, terms.rounding)?,
        irr: place_on_quarters(flows, terms.npv_rate)?.irr().outcome(),
        xirr: xirr(&doubles)?.outcome(),
        turnover,
        multiple: turnover.multiple(),
        payback: payback(flows, currency)?,
        peak_exposure: peak_exposure(flows, currency)?,
    })
}
