//! What lenders ask to be there before they lend, and whether what is said to be sure is.

use recoup_money::Money;
use rust_decimal::Decimal;

use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::incentive::ClaimStatus;
use crate::instrument::{Collateral, CoverBasis, Instrument, InstrumentStatus, Terms};
use crate::milestone::Milestone;
use crate::revenue::RevenueSource;

use super::lenders::{assigned, at, gives_nothing, loans};

/// What a lender has asked for is there.
pub(super) fn asked_for(deal: &Deal, out: &mut Vec<Finding>) {
    for loan in loans(deal) {
        match &loan.terms {
            Terms::CreditLoan(terms) if terms.certified_only == Some(true) => uncertified(deal, loan, out),
            Terms::GapLoan(terms) => {
                let sold = deal.instruments.iter().any(|one| {
                    matches!(one.terms, Terms::Presale(_) | Terms::NegativePickup(_)) && one.is_committed()
                });
                if terms.requires_presales == Some(true) && !sold {
                    out.push(
                        Finding::new(
                            Severity::Question,
                            "GAP_WITHOUT_PRESALES",
                            at(loan, "terms.requires_presales"),
                        )
                        .with("name", &loan.name),
                    );
                }
                let ask = terms.cover_basis == Some(CoverBasis::Ask);
                unsold(deal, loan, ask, out);
            }
            _ => {}
        }
    }
}

fn uncertified(deal: &Deal, loan: &Instrument, out: &mut Vec<Finding>) {
    let claims = assigned(loan).into_iter().filter_map(|over| match over {
        Collateral::Claim(id) => deal.incentives.iter().find(|claim| claim.id == *id),
        _ => None,
    });
    let sure = [Some(ClaimStatus::Certified), Some(ClaimStatus::Paid)];
    if let Some(claim) = claims.into_iter().find(|claim| !sure.contains(&claim.status)) {
        out.push(
            Finding::new(Severity::Question, "CREDIT_NOT_CERTIFIED", at(loan, "terms.certified_only"))
                .with("name", &loan.name)
                .with("program", &claim.program),
        );
    }
}

/// A gap loan stands on estimates of territories that are open, and somebody sells them.
fn unsold(deal: &Deal, loan: &Instrument, ask: bool, out: &mut Vec<Finding>) {
    let open: Vec<_> = deal
        .revenue
        .sources
        .iter()
        .filter(|source| source.sold_by.is_none() && source.distribution.is_none())
        .filter(|source| !shut_out(deal, source))
        .filter(|source| {
            let estimate = if ask { source.estimate.ask } else { source.estimate.take };
            estimate.is_some_and(|amount| amount.is_positive())
        })
        .collect();
    if open.is_empty() {
        out.push(
            Finding::new(Severity::Question, "GAP_WITHOUT_ESTIMATES", at(loan, "security"))
                .with("name", &loan.name),
        );
    }
    for source in open.into_iter().filter(|source| source.sales_agency.is_none()) {
        let path = format!("revenue.sources[{}].sales_agency", source.id);
        out.push(
            Finding::new(Severity::Question, "GAP_ON_UNREPRESENTED", path)
                .with("name", &loan.name)
                .with("source", &source.label)
                .with(
                    "estimate",
                    if ask { source.estimate.ask } else { source.estimate.take }
                        .unwrap_or(Money::zero(deal.currency)),
                ),
        );
    }
}

/// Whether a licence of the stack has the window in the same territory, or forbids it.
fn shut_out(deal: &Deal, source: &RevenueSource) -> bool {
    deal.instruments.iter().filter_map(|one| one.terms.licence()).any(|licence| {
        let shared = licence.territories.iter().any(|area| source.territories.contains(area));
        shared && (licence.excludes.contains(&source.window) || licence.windows.contains(&source.window))
    })
}

/// What is said to be sure is sure.
pub(super) fn firmness(deal: &Deal, out: &mut Vec<Finding>) {
    for instrument in deal.instruments.iter().filter(|one| one.is_committed()) {
        if let Some(chance) = instrument.probability.filter(|chance| *chance < Decimal::ONE) {
            out.push(
                Finding::new(Severity::Question, "COMMITTED_UNCERTAIN", at(instrument, "probability"))
                    .with("name", &instrument.name)
                    .with("chance", FindingValue::Rate(chance)),
            );
        }
        let open = instrument.conditions_precedent.iter().filter(|one| one.met != Some(true)).count();
        if instrument.status == Some(InstrumentStatus::Closed) && open > 0 {
            out.push(
                Finding::new(Severity::Question, "CLOSED_WITH_CONDITIONS", at(instrument, "status"))
                    .with("name", &instrument.name)
                    .with("open", i64::try_from(open).unwrap_or(i64::MAX))
                    .with("all", i64::try_from(instrument.conditions_precedent.len()).unwrap_or(i64::MAX)),
            );
        }
    }
}

/// Money that is not repaid, and comes mostly after delivery, does not pay for production unless bridged.
pub(super) fn late_grants(deal: &Deal, out: &mut Vec<Finding>) {
    for grant in &deal.instruments {
        if !matches!(grant.terms, Terms::Grant(_) | Terms::SoftLoan(_)) || gives_nothing(grant) {
            continue;
        }
        let steps = grant.drawdown.iter().flat_map(|drawdown| &drawdown.steps);
        let after = |on: &Milestone| matches!(on, Milestone::FinalDelivery | Milestone::Release);
        let late: Decimal = steps.filter(|step| after(&step.on)).map(|step| step.share).sum();
        let over = Collateral::Instrument(grant.id.clone());
        let bridged = loans(deal).any(|loan| assigned(loan).contains(&&over));
        if late > Decimal::new(5, 1) && !bridged {
            out.push(
                Finding::new(Severity::Question, "GRANT_PAYS_LATE", at(grant, "drawdown.steps"))
                    .with("name", &grant.name)
                    .with("late", FindingValue::Rate(late)),
            );
        }
    }
}
