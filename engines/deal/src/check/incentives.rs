//! Incentive claims: what the deal itself says about them.

use rust_decimal::Decimal;

use super::words::per_cent;
use crate::document::Deal;
use crate::finding::Finding;
use crate::incentive::{ClaimStatus, Election, IncentiveClaim, Monetisation};
use crate::instrument::{AmountRule, Collateral, Instrument};

fn counted(claim: &IncentiveClaim) -> bool {
    !matches!(claim.election, Some(Election::Compare | Election::Exclude))
}

/// A refused claim is no money; an uncertain one is known to be uncertain.
pub(super) fn elections(deal: &Deal, out: &mut Vec<Finding>) {
    for claim in deal.incentives.iter().filter(|claim| counted(claim)) {
        if claim.status == Some(ClaimStatus::Refused) {
            let message = format!("The claim under {} is refused but still counted.", claim.program);
            let path = format!("incentives[{}].election", claim.id);
            out.push(Finding::blocker("CLAIM_REFUSED", path, message, "Exclude the claim."));
        }
        if let Some(chance) = claim.probability.filter(|chance| *chance < Decimal::ONE) {
            let message =
                format!("The claim under {} is paid with probability {}.", claim.program, per_cent(chance));
            let path = format!("incentives[{}].probability", claim.id);
            let remedy = "Have a source ready for the case that it is not.";
            out.push(Finding::note("CLAIM_UNCERTAIN", path, message, remedy));
        }
        if claim.claimant.is_none() {
            let message = format!("Nobody is named to claim under {}.", claim.program);
            let path = format!("incentives[{}].claimant", claim.id);
            out.push(Finding::question(
                "CLAIM_WITHOUT_CLAIMANT",
                path,
                message,
                "Choose the company that claims.",
            ));
        }
    }
}

/// A claim that is lent against and its loan name each other; no loan stands on a claim that is not made.
pub(super) fn loans(deal: &Deal, out: &mut Vec<Finding>) {
    for claim in &deal.incentives {
        let Some(Monetisation::Loan(id)) = &claim.monetisation else { continue };
        let Some(loan) = deal.instruments.iter().find(|instrument| instrument.id == *id) else { continue };
        if advances(loan).all(|over| *over != Collateral::Claim(claim.id.clone())) {
            let message =
                format!("\"{}\" is to be lent against this claim but advances nothing on it.", loan.name);
            let path = format!("incentives[{}].monetisation", claim.id);
            let remedy = "Add the claim to the loan's advances, or wait for the cash.";
            out.push(Finding::question("CLAIM_NOT_ADVANCED", path, message, remedy));
        }
    }
    for loan in &deal.instruments {
        for over in advances(loan) {
            let Collateral::Claim(id) = over else { continue };
            let claim = deal.incentives.iter().find(|claim| claim.id == *id && !counted(claim));
            if let Some(claim) = claim {
                let message =
                    format!("\"{}\" advances against {}, which is not claimed.", loan.name, claim.program);
                let path = format!("instruments[{}].amount.advance", loan.id);
                let remedy = "Elect the claim or take it out of the loan.";
                out.push(Finding::blocker("LOAN_ON_UNCLAIMED", path, message, remedy));
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
