//! Incentive claims: what the deal itself says about them.

use rust_decimal::Decimal;

use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::incentive::{ClaimStatus, Election, IncentiveClaim, Monetisation};
use crate::instrument::{AmountRule, Collateral, Instrument};

fn counted(claim: &IncentiveClaim) -> bool {
    !matches!(claim.election, Some(Election::Compare | Election::Exclude))
}

/// A refused claim is no money; an uncertain one is known to be uncertain.
pub(super) fn elections(deal: &Deal, out: &mut Vec<Finding>) {
    for claim in deal.incentives.iter().filter(|claim| counted(claim)) {
        if claim.status == Some(ClaimStatus::Refused) {
            let path = format!("incentives[{}].election", claim.id);
            out.push(Finding::new(Severity::Blocker, "CLAIM_REFUSED", path).with("program", &claim.program));
        }
        if let Some(chance) = claim.probability.filter(|chance| *chance < Decimal::ONE) {
            let path = format!("incentives[{}].probability", claim.id);
            out.push(
                Finding::new(Severity::Note, "CLAIM_UNCERTAIN", path)
                    .with("program", &claim.program)
                    .with("chance", FindingValue::Rate(chance)),
            );
        }
        if claim.claimant.is_none() {
            let path = format!("incentives[{}].claimant", claim.id);
            out.push(
                Finding::new(Severity::Question, "CLAIM_WITHOUT_CLAIMANT", path)
                    .with("program", &claim.program),
            );
        }
    }
}

/// A claim that is lent against and its loan name each other; no loan stands on a claim that is not made.
pub(super) fn loans(deal: &Deal, out: &mut Vec<Finding>) {
    for claim in deal.incentives.iter().filter(|claim| counted(claim)) {
        let Some(Monetisation::Loan(id)) = &claim.monetisation else { continue };
        let Some(loan) = deal.instruments.iter().find(|instrument| instrument.id == *id) else { continue };
        if advances(loan).all(|over| *over != Collateral::Claim(claim.id.clone())) {
            let path = format!("incentives[{}].monetisation", claim.id);
            out.push(Finding::new(Severity::Question, "CLAIM_NOT_ADVANCED", path).with("loan", &loan.name));
        }
    }
    for loan in &deal.instruments {
        for over in advances(loan) {
            let Collateral::Claim(id) = over else { continue };
            let claim = deal.incentives.iter().find(|claim| claim.id == *id && !counted(claim));
            if let Some(claim) = claim {
                let path = format!("instruments[{}].amount.advance", loan.id);
                out.push(
                    Finding::new(Severity::Blocker, "LOAN_ON_UNCLAIMED", path)
                        .with("loan", &loan.name)
                        .with("program", &claim.program),
                );
            }
        }
    }
}

fn advances(loan: &Instrument) -> impl Iterator<Item = &Collateral> {
    let parts = match &loan.amount {
        Some(AmountRule::Advance(advance)) => advance.parts.as_slice(),
        _ => &[],
    };
    parts.iter().map(|part| &part.against)
}
