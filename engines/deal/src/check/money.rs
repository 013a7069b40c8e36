//! Currencies: is there a rate for each, and who bears its movement.

use std::collections::BTreeMap;

use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use crate::cost::CostAmount;
use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::instrument::AmountRule;

/// Every currency that appears has a rate to the deal's, and every rate is above zero.
pub(super) fn rates(deal: &Deal, out: &mut Vec<Finding>) {
    for quote in deal.fx.iter().filter(|quote| quote.rate <= Decimal::ZERO || quote.base == quote.quote) {
        out.push(Finding::new(Severity::Blocker, "INVALID_RATE", format!("fx[{}].rate", quote.id)));
    }
    for (currency, path) in currencies(deal) {
        if deal.rate(currency, deal.currency).is_none() {
            out.push(
                Finding::new(Severity::Blocker, "MISSING_RATE", path)
                    .with("from", currency)
                    .with("to", deal.currency),
            );
        }
    }
}

/// A rate that may move and is not hedged moves the stack.
pub(super) fn hedging(deal: &Deal, out: &mut Vec<Finding>) {
    for quote in &deal.fx {
        let open = Decimal::ONE - quote.hedged_share.unwrap_or(Decimal::ZERO);
        let Some(moves) = quote.uncertainty.filter(|moves| *moves > Decimal::ZERO) else { continue };
        if open > Decimal::ZERO {
            let path = format!("fx[{}].hedged_share", quote.id);
            out.push(
                Finding::new(Severity::Question, "CURRENCY_UNHEDGED", path)
                    .with("open", FindingValue::Rate(open))
                    .with("base", quote.base)
                    .with("quote", quote.quote)
                    .with("moves", FindingValue::Rate(moves)),
            );
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
