//! The revenue plan: are the estimates there, in order, and the distributors' terms complete.

use recoup_money::Money;

use crate::document::Deal;
use crate::finding::Finding;

/// An unsold source has an estimate; low, base and high, take and ask follow each other.
pub(super) fn estimates(deal: &Deal, out: &mut Vec<Finding>) {
    for source in &deal.revenue.sources {
        let path = format!("revenue.sources[{}].estimate", source.id);
        let estimate = &source.estimate;
        if source.sold_by.is_none() && estimate.base_case().is_none() {
            let message = format!("\"{}\" is unsold and has no estimate.", source.label);
            let remedy = "Type what it may bring, or name the contract that sold it.";
            out.push(Finding::question("SOURCE_WITHOUT_ESTIMATE", path.clone(), message, remedy));
        }
        let above = |one: Option<Money>, other: Option<Money>| match (one, other) {
            (Some(one), Some(other)) => one.checked_cmp(other).is_ok_and(std::cmp::Ordering::is_gt),
            _ => false,
        };
        let base = estimate.base_case();
        if above(estimate.low, base) || above(base, estimate.high) || above(estimate.take, estimate.ask) {
            let message = format!("The estimates of \"{}\" are not in order.", source.label);
            let remedy = "Low, base, high rise; the take price is not above the asking price.";
            out.push(Finding::blocker("ESTIMATES_OUT_OF_ORDER", path, message, remedy));
        }
    }
}

/// A distributor has a fee; one that recoups a guarantee also has costs, which nobody has typed yet.
pub(super) fn contracts(deal: &Deal, out: &mut Vec<Finding>) {
    for contract in &deal.revenue.distribution {
        let at = |field: &str| format!("revenue.distribution[{}].{field}", contract.id);
        let label = contract.label.as_ref().unwrap_or(&contract.id);
        if contract.fee.is_none() && contract.window_fees.is_empty() {
            let message = format!("\"{label}\" has no distribution fee.");
            let remedy = "Type what the contract says, or take the market's.";
            out.push(Finding::question("MISSING_TERM", at("fee"), message, remedy));
        }
        if contract.guarantee.is_some() && contract.p_and_a.is_none() && contract.expenses.is_none() {
            let message =
                format!("\"{label}\" recoups its costs before any overage; their amount is not known.");
            let remedy = "Ask for the release budget and a cap.";
            out.push(Finding::question("DISTRIBUTION_COST_UNKNOWN", at("p_and_a"), message, remedy));
        }
    }
    for agency in deal.revenue.sales_agencies.iter().filter(|agency| agency.commission.is_none()) {
        let path = format!("revenue.sales_agencies[{}].commission", agency.id);
        let message = "The sales agent has no commission.";
        let remedy = "Type what the contract says, or take the market's.";
        out.push(Finding::question("MISSING_TERM", path, message, remedy));
    }
}
