//! Where the revenue plan is incomplete or contradicts the stack.

mod timing;

use recoup_calendar::Quarter;
use recoup_deal::recoupment::Role;
use recoup_deal::revenue::{RevenueCase, RevenueSource, SourceBasis};
use recoup_deal::{Deal, DistributionContract, Finding, FindingValue, Phrase, Severity, Timeline, Window};
use recoup_money::Money;

use crate::horizon::Horizon;

/// Whether the recoupment plan itself takes a deduction of this kind.
pub(crate) fn plan_takes(deal: &Deal, role: Role) -> bool {
    deal.recoupment.as_ref().is_some_and(|plan| plan.positions().iter().any(|(_, tier)| tier.role == role))
}

pub(crate) fn no_date(source: &RevenueSource) -> Finding {
    let path = format!("revenue.sources[{}].start", source.id);
    Finding::new(Severity::Blocker, "REVENUE_NO_DATE", path).with("source", &source.label)
}

/// Money that would be paid after the end of what is modelled.
pub(crate) fn beyond(
    source: &RevenueSource,
    end: &Horizon,
    last: Quarter,
    lost: Option<Money>,
) -> Option<Finding> {
    let lost = lost.filter(Money::is_positive)?;
    let path = format!("revenue.sources[{}].months", source.id);
    Some(
        Finding::new(Severity::Question, "SOURCE_BEYOND_HORIZON", path)
            .with("source", &source.label)
            .with("lost", lost)
            .with("last", last.last_month())
            .with("end", end.last().last_month()),
    )
}

/// Whoever reads the figures has to know that they are not those of the base case.
fn not_base(deal: &Deal) -> Option<Finding> {
    let case = deal.revenue.case.filter(|case| *case != RevenueCase::Base)?;
    let finding = Finding::new(Severity::Note, "CASE_NOT_BASE", "revenue.case");
    Some(if case == RevenueCase::Low { finding.case("low") } else { finding })
}

/// Sources for which the computed case is not typed count with their base case.
fn fallen_back(deal: &Deal) -> Option<Finding> {
    let case = deal.revenue.case.filter(|case| *case != RevenueCase::Base)?;
    let own = |estimate: &recoup_deal::revenue::Estimate| {
        estimate.of(case).is_none_or(|(_, field)| field == case.word())
    };
    let sources = deal.revenue.sources.iter().filter(|source| source.sold_by.is_none());
    let ultimates = deal.revenue.ultimates.iter();
    let missing: Vec<&String> = sources
        .filter(|source| !own(&source.estimate))
        .map(|source| &source.label)
        .chain(ultimates.filter(|one| !own(&one.estimate)).map(|one| one.label.as_ref().unwrap_or(&one.id)))
        .collect();
    let first = missing.first()?;
    let finding = Finding::new(Severity::Note, "CASE_FALLS_BACK", "revenue.case")
        .with("count", FindingValue::Count(i64::try_from(missing.len()).unwrap_or(i64::MAX)))
        .with("first", *first);
    Some(if case == RevenueCase::Low { finding.case("low") } else { finding })
}

/// What does not fit together in the revenue plan.
pub(crate) fn inconsistencies(deal: &Deal, timeline: &Timeline) -> Vec<Finding> {
    let mut found = Vec::new();
    for source in &deal.revenue.sources {
        found.extend(own_cells(deal, source));
    }
    found.extend(deal.revenue.distribution.iter().filter_map(|contract| not_crossed(deal, contract)));
    found.extend(twice(deal));
    found.extend(not_base(deal));
    found.extend(fallen_back(deal));
    timing::inconsistencies(deal, timeline, &mut found);
    found
}

/// A contract that does not cross its windows has to say what each of them recoups. Where it names one
/// amount for several, there is nothing to separate them by.
fn not_crossed(deal: &Deal, contract: &DistributionContract) -> Option<Finding> {
    let own = |source: &&RevenueSource| source.distribution.as_deref() == Some(contract.id.as_str());
    let of_one = |windows: &[Window]| windows.len() == 1;
    let sources: Vec<&RevenueSource> = deal.revenue.sources.iter().filter(own).collect();
    let spent = contract.p_and_a.as_ref().is_some_and(|spent| !of_one(&spent.recouped_from));
    let recoups = spent || contract.guarantee.is_some() || contract.expenses.is_some();
    let separate = contract.cross_collateralised == Some(false) && sources.len() > 1 && recoups;
    separate.then(|| {
        let at = format!("revenue.distribution[{}].cross_collateralised", contract.id);
        let name = contract.label.as_deref().unwrap_or(&contract.id);
        Finding::new(Severity::Question, "CONTRACT_NOT_CROSSED", at).with("contract", name)
    })
}

fn own_cells(deal: &Deal, source: &RevenueSource) -> Vec<Finding> {
    let path = format!("revenue.sources[{}]", source.id);
    let mut found = Vec::new();
    if source.basis == Some(SourceBasis::BoxOffice) && source.exhibitor_share.is_none() {
        let at = format!("{path}.exhibitor_share");
        found.push(
            Finding::new(Severity::Blocker, "REVENUE_NO_EXHIBITOR_SHARE", at).with("source", &source.label),
        );
    }
    let contract = source
        .distribution
        .as_deref()
        .map(|id| (id, deal.revenue.distribution.iter().find(|contract| contract.id == id)));
    match contract {
        Some((id, Some(contract))) if contract.fee_on(source.window).is_none() => {
            let at = format!("revenue.distribution[{id}].fee");
            found.push(Finding::new(Severity::Question, "REVENUE_NO_FEE", at).with("source", &source.label));
        }
        _ => {}
    }
    if source.basis == Some(SourceBasis::NetToProducer)
        && (source.distribution.is_some() || source.sales_agency.is_some())
    {
        let at = format!("{path}.basis");
        found.push(
            Finding::new(Severity::Question, "REVENUE_NET_AND_CONTRACT", at).with("source", &source.label),
        );
    }
    found
}

/// Deductions that stand both in the contracts and in the recoupment plan are taken by the plan.
fn twice(deal: &Deal) -> Vec<Finding> {
    let note = |path: &str, what: &str| {
        Finding::new(Severity::Note, "REVENUE_DEDUCTED_BY_PLAN", path).with("deduction", Phrase::new(what))
    };
    let mut found = Vec::new();
    if plan_takes(deal, Role::DistributionFee) && !deal.revenue.distribution.is_empty() {
        found.push(note("revenue.distribution", "the_distribution_fee"));
    }
    if plan_takes(deal, Role::SalesCommission) && !deal.revenue.sales_agencies.is_empty() {
        found.push(note("revenue.sales_agencies", "the_sales_commission"));
    }
    found
}
