//! What was put in, what came back, and how much was at stake at the worst time.

use recoup_calendar::Date;
use recoup_money::{Currency, Money, MoneyError};
use rust_decimal::Decimal;
use serde::Serialize;

/// Payments into and receipts out of an investment, from the investor's side: payments are negative flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Turnover {
    /// Sum of the payments, as an amount above zero.
    pub invested: Money,
    /// Sum of the receipts.
    pub received: Money,
    /// Receipts less payments.
    pub profit: Money,
}

impl Turnover {
    /// Adds up the flows of one currency.
    ///
    /// # Errors
    /// [`MoneyError`] for a mix of currencies or a sum that does not fit.
    pub fn of(flows: &[(Date, Money)], currency: Currency) -> Result<Self, MoneyError> {
        let amounts = || flows.iter().map(|(_, amount)| *amount);
        let received = Money::sum(currency, amounts().filter(|amount| !amount.is_negative()))?;
        let paid = Money::sum(currency, amounts().filter(Money::is_negative))?;
        Ok(Self { invested: paid.checked_neg()?, received, profit: received.checked_add(paid)? })
    }

    /// Receipts for each unit invested (multiple on invested capital); `None` when nothing was invested.
    #[must_use]
    pub fn multiple(&self) -> Option<Decimal> {
        self.received.ratio_to(self.invested).ok().flatten()
    }
}

/// The running balance of flows, day by day in order of time, flows of one day added up.
///
/// # Errors
/// [`MoneyError`] for a mix of currencies or a sum that does not fit.
pub fn running_balance(
    flows: &[(Date, Money)],
    currency: Currency,
) -> Result<Vec<(Date, Money)>, MoneyError> {
    let mut ordered = flows.to_vec();
    ordered.sort_by_key(|(date, _)| *date);
    let mut balances: Vec<(Date, Money)> = Vec::with_capacity(ordered.len());
    let mut balance = Money::zero(currency);
    for (date, amount) in ordered {
        balance = balance.checked_add(amount)?;
        match balances.last_mut() {
            Some(last) if last.0 == date => last.1 = balance,
            _ => balances.push((date, balance)),
        }
    }
    Ok(balances)
}

/// The largest amount that was out at the end of any day, as an amount not below zero.
///
/// # Errors
/// [`MoneyError`] for a mix of currencies or a sum that does not fit.
pub fn peak_exposure(flows: &[(Date, Money)], currency: Currency) -> Result<Money, MoneyError> {
    let mut lowest = Money::zero(currency);
    for (_, balance) in running_balance(flows, currency)? {
        lowest = lowest.checked_min(balance)?;
    }
    lowest.checked_neg()
}
