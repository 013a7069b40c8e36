//! Limits that no deal may pass, whatever else is still open.

use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use crate::document::Deal;
use crate::error::DealError;

/// Smallest budget in US dollars.
pub const MIN_BUDGET_USD: i64 = 1_000_000;
/// Largest budget in US dollars.
pub const MAX_BUDGET_USD: i64 = 1_000_000_000;

/// Refuses a stated budget outside the limits, lines above them, and a wished stack that does not add up.
pub(crate) fn within_limits(deal: &Deal) -> Result<(), DealError> {
    if let Some(total) = deal.budget.total {
        budget_within(deal, total, "budget.total", true)?;
    }
    if let Some(lines) = lines_total(deal) {
        budget_within(deal, lines, "budget.lines", false)?;
    }
    for line in deal.budget.lines.iter().filter(|line| !line.months.is_empty()) {
        let usable = line.months.iter().all(|weight| !weight.is_sign_negative() || weight.is_zero());
        if !usable || line.months.iter().all(Decimal::is_zero) {
            let message =
                "The months of a line have weights of nought or more, and one of them has more than nought.";
            let path = format!("budget.lines[{}].months", line.id);
            let given = line.months.iter().map(Decimal::to_string).collect::<Vec<_>>().join(", ");
            return Err(DealError::new("INVALID_VALUE", message).at(path).given(given));
        }
    }
    for allocation in &deal.preferences.allocations {
        let sum: Decimal = allocation.parts.iter().map(|part| part.percent).sum();
        if (sum - Decimal::ONE_HUNDRED).abs() > Decimal::ONE {
            let message =
                format!("The parts of this allocation add up to {sum} %, not to 100 % (within one).");
            let path = format!("preferences.allocations[{}].parts", allocation.id);
            return Err(DealError::new("INVALID_ALLOCATION", message).at(path).given(sum).between(99, 101));
        }
    }
    Ok(())
}

/// Sum of the typed lines in the deal's currency; absent when there is none or one has no rate.
pub(crate) fn lines_total(deal: &Deal) -> Option<Money> {
    let mut total = None;
    for amount in deal.budget.lines.iter().filter_map(|line| line.amount) {
        let amount = deal.in_deal_currency(amount)?;
        total = Some(match total {
            None => amount,
            Some(sum) => amount.checked_add(sum).ok()?,
        });
    }
    total
}

fn budget_within(deal: &Deal, amount: Money, path: &str, also_below: bool) -> Result<(), DealError> {
    let too_small = also_below && below_minimum(deal, amount);
    if !too_small && usd(deal, amount) <= Decimal::from(MAX_BUDGET_USD) {
        return Ok(());
    }
    let message = "A budget lies between 1,000,000 and 1,000,000,000 US dollars at the deal's rate.";
    Err(DealError::new("INVALID_BUDGET", message)
        .at(path)
        .given(amount)
        .between(format!("USD {MIN_BUDGET_USD}.00"), format!("USD {MAX_BUDGET_USD}.00")))
}

/// Whether an amount is below the smallest budget.
pub(crate) fn below_minimum(deal: &Deal, amount: Money) -> bool {
    usd(deal, amount) < Decimal::from(MIN_BUDGET_USD)
}

/// Value in US dollars at the deal's rate; the amount itself where no rate is given.
fn usd(deal: &Deal, amount: Money) -> Decimal {
    let rate = deal.rate(amount.currency(), Currency::USD).unwrap_or(Decimal::ONE);
    amount.to_decimal().checked_mul(rate).unwrap_or(Decimal::MAX)
}
