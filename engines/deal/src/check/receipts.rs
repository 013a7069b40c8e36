//! The revenue plan: are the estimates there, in order, and the distributors' terms complete.

use recoup_money::Money;

use crate::document::Deal;
use crate::findings::{Finding, Severity};

/// An unsold source has an estimate; low, base and high, take and ask follow each other.
pub(super) fn estimates(deal: &Deal, out: &mut Vec<Finding>) {
    for source in &deal.revenue.sources {
        let path = format!("revenue.sources[{}].estimate", source.id);
        let estimate = &source.estimate;
        if source.sold_by.is_none() && estimate.base_case().is_none() {
            out.push(
                Finding::new(Severity::Question, "SOURCE_WITHOUT_ESTIMATE", path.clone())
                    .with("source", &source.label),
            );
        }
        let above = |pair: &(Option<Money>, Option<Money>)| {
            let (one, other) = pair.0.zip(pair.1)?;
            one.checked_cmp(other).is_ok_and(std::cmp::Ordering::is_gt).then_some((one, other))
        };
        let base = estimate.base_case();
        let pairs = [(estimate.low, base), (base, estimate.high), (estimate.take, estimate.ask)];
        if let Some((lower, upper)) = pairs.iter().find_map(above) {
            out.push(
                Finding::new(Severity::Blocker, "ESTIMATES_OUT_OF_ORDER", path)
                    .with("source", &source.label)
                    .with("lower", lower)
                    .with("upper", upper),
            );
        }
    }
}

/// A distributor has a fee; one that recoups a guarantee also has costs, which nobody has typed yet.
pub(super) fn contracts(deal: &Deal, out: &mut Vec<Finding>) {
    for contract in &deal.revenue.distribution {
        let at = |field: &str| format!("revenue.distribution[{}].{field}", contract.id);
        let label = contract.label.as_ref().unwrap_or(&contract.id);
        if contract.fee.is_none() && contract.window_fees.is_empty() {
            out.push(
                Finding::new(Severity::Question, "MISSING_TERM", at("fee"))
                    .case("distribution_fee")
                    .with("name", label),
            );
        }
        if contract.guarantee.is_some() && contract.p_and_a.is_none() && contract.expenses.is_none() {
            out.push(
                Finding::new(Severity::Question, "DISTRIBUTION_COST_UNKNOWN", at("p_and_a"))
                    .with("contract", label),
            );
        }
    }
    for agency in deal.revenue.sales_agencies.iter().filter(|agency| agency.commission.is_none()) {
        let path = format!("revenue.sales_agencies[{}].commission", agency.id);
        out.push(Finding::new(Severity::Question, "MISSING_TERM", path).case("sales_commission"));
    }
}
