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
    let case = deal.revenue.computed_case();
    for source in &deal.revenue.sources {
        let path = format!("revenue.sources[{}].estimate", source.id);
        note(source.estimate.of(case).map(|(amount, _)| amount), path, &source.label);
    }
    for ultimate in &deal.revenue.ultimates {
        let path = format!("revenue.ultimates[{}].estimate", ultimate.id);
        let label = ultimate.label.as_deref().unwrap_or(&ultimate.id);
        note(ultimate.estimate.of(case).map(|(amount, _)| amount), path, label);
    }
    for contract in &deal.revenue.distribution {
        let label = contract.label.as_deref().unwrap_or(&contract.id);
        let at = |field: &str| format!("revenue.distribution[{}].{field}", contract.id);
        note(contract.p_and_a.as_ref().and_then(|costs| costs.amount), at("p_and_a.amount"), label);
        let expenses = contract.expenses.as_ref();
        note(expenses.and_then(|costs| costs.amount), at("expenses.amount"), label);
        note(expenses.and_then(|costs| costs.cap), at("expenses.cap"), label);
    }
    for agency in &deal.revenue.sales_agencies {
        let label = agency.agent.as_deref().unwrap_or(&agency.id);
        let at = |field: &str| format!("revenue.sales_agencies[{}].{field}", agency.id);
        note(agency.expenses, at("expenses"), label);
        note(agency.expense_cap, at("expense_cap"), label);
    }
    seen
}
