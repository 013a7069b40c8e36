//! The capital stack: are the terms there, is the money sure, does it come in time.

use rust_decimal::Decimal;

use super::words::per_cent;
use crate::cost::CostKind;
use crate::document::Deal;
use crate::finding::Finding;
use crate::instrument::{AmountRule, Collateral, Instrument, Maturity, Terms};
use crate::milestone::{DueDate, Milestone};

fn at(instrument: &Instrument, field: &str) -> String {
    format!("instruments[{}].{field}", instrument.id)
}

/// Amount, provider and, for loans, rate and maturity.
pub(super) fn terms(deal: &Deal, out: &mut Vec<Finding>) {
    let mut remainders = 0;
    for instrument in &deal.instruments {
        let mut ask = |missing: bool, field: &str, what: &str| {
            if missing {
                let message = format!("\"{}\" has no {what}.", instrument.name);
                let remedy = "Type what the term sheet says, or take the market's.";
                out.push(Finding::question("MISSING_TERM", at(instrument, field), message, remedy));
            }
        };
        ask(instrument.amount.is_none(), "amount", "amount");
        ask(instrument.provider.is_none(), "provider", "provider");
        if instrument.terms.is_debt() {
            ask(instrument.rate.is_none(), "rate", "interest rate");
            ask(instrument.maturity.is_none(), "maturity", "maturity");
            ask(instrument.security.is_empty(), "security", "security");
        }
        if matches!(instrument.amount, Some(AmountRule::Remainder(_))) {
            remainders += 1;
            if remainders > 1 {
                let message = "Two instruments take what the others leave open; only one can.";
                let remedy = "Type an amount for all but one.";
                out.push(Finding::blocker("SEVERAL_REMAINDERS", at(instrument, "amount"), message, remedy));
            }
        }
    }
}

/// Money that nobody has promised.
pub(super) fn status(deal: &Deal, out: &mut Vec<Finding>) {
    for instrument in deal.instruments.iter().filter(|instrument| !instrument.is_committed()) {
        let message = format!("\"{}\" is not committed.", instrument.name);
        let remedy = "Get it in writing, or show what replaces it.";
        out.push(Finding::question("UNCOMMITTED_MONEY", at(instrument, "status"), message, remedy));
    }
}

/// Payment steps make one whole.
pub(super) fn steps(deal: &Deal, out: &mut Vec<Finding>) {
    let mut whole = |shares: Vec<Decimal>, path: String| {
        let sum: Decimal = shares.iter().copied().sum();
        if !shares.is_empty() && sum != Decimal::ONE {
            let message = format!("The payments add up to {}, not to 100 %.", per_cent(sum));
            out.push(Finding::blocker("STEPS_NOT_WHOLE", path, message, "Correct a payment."));
        }
    };
    for instrument in &deal.instruments {
        if let Some(drawdown) = &instrument.drawdown {
            let shares = drawdown.steps.iter().map(|step| step.share).collect();
            whole(shares, at(instrument, "drawdown.steps"));
        }
    }
    for claim in &deal.incentives {
        let shares = claim.instalments.iter().map(|step| step.share).collect();
        whole(shares, format!("incentives[{}].instalments", claim.id));
    }
}

/// A contract that pays mostly on delivery does not pay for production unless somebody discounts it.
pub(super) fn late_contracts(deal: &Deal, out: &mut Vec<Finding>) {
    for contract in deal.instruments.iter().filter(|instrument| instrument.terms.licence().is_some()) {
        let steps = contract.drawdown.iter().flat_map(|drawdown| &drawdown.steps);
        let late = |on: &Milestone| matches!(on, Milestone::FinalDelivery | Milestone::Release);
        let late: Decimal = steps.filter(|step| late(&step.on)).map(|step| step.share).sum();
        let discounted = deal.instruments.iter().any(|loan| {
            let over = Collateral::Instrument(contract.id.clone());
            loan.terms.is_debt() && loan.security.iter().any(|security| security.over == over)
        });
        if late > Decimal::new(5, 1) && !discounted {
            let message = format!(
                "\"{}\" pays {} on delivery or later; it cannot pay for production before.",
                contract.name,
                per_cent(late)
            );
            let remedy = "Add a loan that discounts the contract, or finance production without it.";
            out.push(Finding::question(
                "CONTRACT_PAYS_LATE",
                at(contract, "drawdown.steps"),
                message,
                remedy,
            ));
        }
    }
}

/// No loan is due before the cash of the claim it is secured on.
pub(super) fn maturity(deal: &Deal, out: &mut Vec<Finding>) {
    for loan in &deal.instruments {
        let Some(Maturity::After(due)) = &loan.maturity else { continue };
        for security in &loan.security {
            let Collateral::Claim(id) = &security.over else { continue };
            let claim = deal.incentives.iter().find(|claim| claim.id == *id);
            let Some(cash) = claim.and_then(|claim| claim.cash.as_ref()) else { continue };
            if due.after == cash.after && months(due) < months(cash) {
                let message = format!(
                    "\"{}\" is due {} months after the event on which its collateral pays only after {}.",
                    loan.name,
                    months(due),
                    months(cash)
                );
                let remedy = "Extend the loan beyond the cash date of the claim.";
                out.push(Finding::blocker("DUE_BEFORE_COLLATERAL", at(loan, "maturity"), message, remedy));
            }
        }
    }
}

fn months(due: &DueDate) -> i32 {
    due.months.unwrap_or(0)
}

/// A lender who asks for a bond gets one.
pub(super) fn bond(deal: &Deal, out: &mut Vec<Finding>) {
    if deal.budget.costs.iter().any(|cost| cost.kind == CostKind::CompletionBond) {
        return;
    }
    for instrument in &deal.instruments {
        let asks = match &instrument.terms {
            Terms::SeniorLoan(terms) | Terms::ContractLoan(terms) => terms.requires_bond,
            Terms::CreditLoan(terms) => terms.requires_bond,
            Terms::InterimFacility(terms) => terms.requires_bond,
            Terms::GapLoan(terms) => terms.requires_bond,
            _ => None,
        };
        if asks == Some(true) {
            let message = format!(
                "The lender of \"{}\" asks for a completion bond; the budget has none.",
                instrument.name
            );
            let remedy = "Add the bond to the costs, or get the lender's waiver.";
            out.push(Finding::question(
                "BOND_MISSING",
                at(instrument, "terms.requires_bond"),
                message,
                remedy,
            ));
        }
    }
}
