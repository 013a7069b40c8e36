//! Currencies: is there a rate for each, and who bears its movement.

use std::collections::BTreeMap;

use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use super::words::per_cent;
use crate::cost::CostAmount;
use crate::document::Deal;
use crate::finding::Finding;
use crate::instrument::AmountRule;

/// Every currency that appears has a rate to the deal's, and every rate is above zero.
pub(super) fn rates(deal: &Deal, out: &mut Vec<Finding>) {
    for quote in deal.fx.iter().filter(|quote| quote.rate <= Decimal::ZERO || quote.base == quote.quote) {
        let message = "This is not an exchange rate between two currencies.";
        let path = format!("fx[{}].rate", quote.id);
        out.push(Finding::blocker("INVALID_RATE", path, message, "Type a rate above zero."));
    }
    for (currency, path) in currencies(deal) {
        if deal.rate(currency, deal.currency).is_none() {
            let message = format!("There is no rate from {currency} to {}.", deal.currency);
            let remedy = "Add a dated rate on the exchange-rate list.";
            out.push(Finding::blocker("MISSING_RATE", path, message, remedy));
        }
    }
}

/// A rate that may move and is not hedged moves the stack.
pub(super) fn hedging(deal: &Deal, out: &mut Vec<Finding>) {
    for quote in &deal.fx {
        let open = Decimal::ONE - quote.hedged_share.unwrap_or(Decimal::ZERO);
        let Some(moves) = quote.uncertainty.filter(|moves| *moves > Decimal::ZERO) else { continue };
        if open > Decimal::ZERO {
            out.push(Finding::question(
                "CURRENCY_UNHEDGED",
                format!("fx[{}].hedged_share", quote.id),
                format!(
                    "{} of the exposure in {} and {} is not hedged; the rate may move {} either way.",
                    per_cent(open),
                    quote.base,
                    quote.quote,
                    per_cent(moves)
                ),
                "Hedge at financial close, or keep a reserve for the movement.",
            ));
        }
    }
}

/// Currencies other than the deal's, each with the first cell that uses it.
fn currencies(deal: &Deal) -> BTreeMap<Currency, String> {
    let mut seen = BTreeMap::new();
    let mut note = |money: Option<Money>, path: String| {
        if let Some(money) = money.filter(|money| money.currency() != deal.currency) {
            seen.entry(money.currency()).or_insert(path);
        }
    };
    for line in &deal.budget.lines {
        note(line.amount, format!("budget.lines[{}].amount", line.id));
    }
    for cost in &deal.budget.costs {
        if let Some(CostAmount::Fixed(money)) = cost.amount {
            note(Some(money), format!("budget.costs[{}].amount", cost.id));
        }
    }
    for instrument in &deal.instruments {
        if let Some(AmountRule::Fixed(money)) = instrument.amount {
            note(Some(money), format!("instruments[{}].amount", instrument.id));
        }
    }
    for source in &deal.revenue.sources {
        note(source.estimate.base_case(), format!("revenue.sources[{}].estimate", source.id));
    }
    seen
}
