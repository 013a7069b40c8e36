//! Currencies: is there a rate for each.

use recoup_money::Money;
use rust_decimal::Decimal;

use crate::cost::CostAmount;
use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::instrument::{AmountRule, FeeAmount};

/// Every currency that appears has a rate to the deal's, and every rate is above zero.
pub(super) fn rates(deal: &Deal, out: &mut Vec<Finding>) {
    for quote in deal.fx.iter().filter(|quote| quote.rate <= Decimal::ZERO || quote.base == quote.quote) {
        out.push(
            Finding::new(Severity::Blocker, "INVALID_RATE", format!("fx[{}].rate", quote.id))
                .with("rate", FindingValue::Number(quote.rate))
                .with("from", quote.base)
                .with("to", quote.quote),
        );
    }
    for (amount, path, what) in amounts(deal) {
        let foreign = amount.currency();
        if foreign != deal.currency && deal.rate(foreign, deal.currency).is_none() {
            out.push(
                Finding::new(Severity::Blocker, "MISSING_RATE", path)
                    .with("what", what)
                    .with("from", foreign)
                    .with("to", deal.currency),
            );
        }
    }
}

/// Every amount that is counted, with its cell and what it is called.
fn amounts(deal: &Deal) -> Vec<(Money, String, String)> {
    let mut seen = Vec::new();
    let mut note = |amount: Option<Money>, path: String, what: &str| {
        seen.extend(amount.map(|amount| (amount, path, what.to_owned())));
    };
    for line in &deal.budget.lines {
        note(line.amount, format!("budget.lines[{}].amount", line.id), &line.label);
    }
    for cost in &deal.budget.costs {
        if let Some(CostAmount::Fixed(money)) = cost.amount {
            let label = cost.label.as_deref().unwrap_or(&cost.id);
            note(Some(money), format!("budget.costs[{}].amount", cost.id), label);
        }
    }
    for instrument in &deal.instruments {
        if let Some(AmountRule::Fixed(money)) = instrument.amount {
            note(Some(money), format!("instruments[{}].amount", instrument.id), &instrument.name);
        }
        for fee in &instrument.fees {
            if let Some(FeeAmount::Fixed(money)) = fee.amount {
                let path = format!("instruments[{}].fees[{}].amount", instrument.id, fee.id);
                note(Some(money), path, &instrument.name);
            }
        }
    }
    for source in &deal.revenue.sources {
        let path = format!("revenue.sources[{}].estimate", source.id);
        note(source.estimate.base_case(), path, &source.label);
    }
    seen
}
