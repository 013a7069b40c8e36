//! When the money is back.

use recoup_calendar::Date;
use recoup_money::{Currency, Money, MoneyError};
use serde::Serialize;

use crate::multiple::running_balance;

/// The day from which an investor has been paid back for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Payback {
    /// The day of the first payment.
    pub first_drawdown: Date,
    /// The first day from which receipts cover all payments and the balance never falls below zero again.
    pub date: Date,
    /// Months of the calendar from the one to the other.
    pub months: i32,
}

/// The payback of flows; `None` when nothing was paid in or it never comes back. A balance that recovers and sinks
/// again with a later drawdown has not been paid back in between.
///
/// # Errors
/// [`MoneyError`] for a mix of currencies or a sum that does not fit.
pub fn payback(flows: &[(Date, Money)], currency: Currency) -> Result<Option<Payback>, MoneyError> {
    let balances = running_balance(flows, currency)?;
    let first = flows.iter().filter(|(_, amount)| amount.is_negative()).map(|(date, _)| *date).min();
    let last_short = balances.iter().rposition(|(_, balance)| balance.is_negative());
    let Some(first_drawdown) = first else { return Ok(None) };
    let date = match last_short {
        // Receipts of earlier days or of the same day covered every payment when it was made.
        None => Some(first_drawdown),
        Some(index) => balances.get(index + 1).map(|(date, _)| *date),
    };
    Ok(date.map(|date| {
        let months = date.year_month().months_since(first_drawdown.year_month());
        Payback { first_drawdown, date, months }
    }))
}
