//! Where the revenue plan is incomplete or contradicts the stack.

use recoup_deal::recoupment::Role;
use recoup_deal::revenue::{RevenueSource, SourceBasis};
use recoup_deal::{Deal, Finding};

/// Whether the recoupment plan itself takes a deduction of this kind.
pub(crate) fn plan_takes(deal: &Deal, role: Role) -> bool {
    deal.recoupment.as_ref().is_some_and(|plan| plan.positions().iter().any(|(_, tier)| tier.role == role))
}

pub(crate) fn no_date(source: &RevenueSource) -> Finding {
    Finding::blocker(
        "REVENUE_NO_DATE",
        format!("revenue.sources[{}].start", source.id),
        format!("{} cannot be dated, so it brings nothing yet.", source.label),
        "Give a release date (schedule.release.date), or a start date of the source.",
    )
}

/// What does not fit together in the revenue plan.
pub(crate) fn inconsistencies(deal: &Deal) -> Vec<Finding> {
    let mut found = Vec::new();
    for source in &deal.revenue.sources {
        found.extend(own_cells(deal, source));
    }
    found.extend(twice(deal));
    found
}

fn own_cells(deal: &Deal, source: &RevenueSource) -> Vec<Finding> {
    let path = format!("revenue.sources[{}]", source.id);
    let mut found = Vec::new();
    if source.basis == Some(SourceBasis::BoxOffice) && source.exhibitor_share.is_none() {
        found.push(Finding::blocker(
            "REVENUE_NO_EXHIBITOR_SHARE",
            format!("{path}.exhibitor_share"),
            format!(
                "{} is box office; without the cinemas' share nothing of it can be counted.",
                source.label
            ),
            "Type the share that cinemas keep.",
        ));
    }
    let contract = source
        .distribution
        .as_deref()
        .map(|id| (id, deal.revenue.distribution.iter().find(|contract| contract.id == id)));
    match contract {
        Some((id, Some(contract))) if contract.fee_on(source.window).is_none() => {
            found.push(Finding::question(
                "REVENUE_NO_FEE",
                format!("revenue.distribution[{id}].fee"),
                format!("No distribution fee is given for {}; none is taken.", source.label),
                "Type the fee, or 0 when there is none.",
            ))
        }
        _ => {}
    }
    if source.basis == Some(SourceBasis::NetToProducer)
        && (source.distribution.is_some() || source.sales_agency.is_some())
    {
        found.push(Finding::question(
            "REVENUE_NET_AND_CONTRACT",
            format!("{path}.basis"),
            format!("{} is typed net to the producer; its contracts are not taken off again.", source.label),
            "Type the gross amount, or remove the contracts from the source.",
        ));
    }
    found
}

/// Deductions that stand both in the contracts and in the recoupment plan are taken by the plan.
fn twice(deal: &Deal) -> Vec<Finding> {
    let note = |path: &str, what: &str| {
        Finding::note(
            "REVENUE_DEDUCTED_BY_PLAN",
            path,
            format!("{what} stands in the recoupment plan; it is taken there and not on the way as well."),
            "Keep it in one of the two places.",
        )
    };
    let mut found = Vec::new();
    if plan_takes(deal, Role::DistributionFee) && !deal.revenue.distribution.is_empty() {
        found.push(note("revenue.distribution", "The distribution fee"));
    }
    if plan_takes(deal, Role::SalesCommission) && !deal.revenue.sales_agencies.is_empty() {
        found.push(note("revenue.sales_agencies", "The sales commission"));
    }
    found
}
