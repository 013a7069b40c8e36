//! The revenue plan: are the estimates there, in order and shared out whole, and the distributors' terms complete.

use recoup_money::Money;
use rust_decimal::Decimal;

use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::revenue::{Estimate, TimingProfile};

/// An unsold source has an estimate; low, base and high, take and ask follow each other.
pub(super) fn estimates(deal: &Deal, out: &mut Vec<Finding>) {
    for ultimate in &deal.revenue.ultimates {
        let label = ultimate.label.as_ref().unwrap_or(&ultimate.id);
        let path = format!("revenue.ultimates[{}].estimate", ultimate.id);
        out.extend(out_of_order(&ultimate.estimate, path, label));
    }
    for source in &deal.revenue.sources {
        let path = format!("revenue.sources[{}].estimate", source.id);
        let estimate = &source.estimate;
        let shared = deal.revenue.ultimate_of(source).is_some();
        if source.sold_by.is_none() && estimate.base_case().is_none() && !shared {
            out.push(
                Finding::new(Severity::Question, "SOURCE_WITHOUT_ESTIMATE", path.clone())
                    .with("source", &source.label),
            );
        }
        out.extend(out_of_order(estimate, path, &source.label));
    }
}

fn out_of_order(estimate: &Estimate, path: String, label: &String) -> Option<Finding> {
    let above = |pair: &(Option<Money>, Option<Money>)| {
        let (one, other) = pair.0.zip(pair.1)?;
        one.checked_cmp(other).is_ok_and(std::cmp::Ordering::is_gt).then_some((one, other))
    };
    let base = estimate.base_case();
    let pairs = [
        (estimate.low, base),
        (base, estimate.high),
        (estimate.low, estimate.high),
        (estimate.take, estimate.ask),
    ];
    let (lower, upper) = pairs.iter().find_map(above)?;
    Some(
        Finding::new(Severity::Blocker, "ESTIMATES_OUT_OF_ORDER", path)
            .with("source", label)
            .with("lower", lower)
            .with("upper", upper),
    )
}

/// The parts of a licence fee make one whole.
pub(super) fn payments(deal: &Deal, out: &mut Vec<Finding>) {
    for source in deal.revenue.sources.iter().filter(|source| !source.payments.is_empty()) {
        let sum: Decimal = source.payments.iter().map(|step| step.share).sum();
        if sum != Decimal::ONE {
            let path = format!("revenue.sources[{}].payments", source.id);
            out.push(
                Finding::new(Severity::Blocker, "STEPS_NOT_WHOLE", path).with("sum", FindingValue::Rate(sum)),
            );
        }
    }
}

/// Typed weights divide something, and where they look like shares they make a whole.
pub(super) fn profiles(deal: &Deal, out: &mut Vec<Finding>) {
    for source in &deal.revenue.sources {
        let Some(TimingProfile::Typed(steps)) = &source.profile else { continue };
        let path = format!("revenue.sources[{}].profile", source.id);
        let sum: Decimal = steps.iter().map(|step| step.weight).sum();
        let negative = steps.iter().any(|step| step.weight.is_sign_negative() && !step.weight.is_zero());
        let shares = steps.len() > 1 && steps.iter().all(|step| step.weight <= Decimal::ONE);
        if negative || sum.is_zero() {
            out.push(
                Finding::new(Severity::Blocker, "PROFILE_WITHOUT_WEIGHT", path).with("source", &source.label),
            );
        } else if shares && sum != Decimal::ONE && sum > Decimal::new(5, 1) && sum < Decimal::new(15, 1) {
            out.push(
                Finding::new(Severity::Question, "PROFILE_NOT_WHOLE", path)
                    .with("source", &source.label)
                    .with("sum", FindingValue::Rate(sum)),
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
