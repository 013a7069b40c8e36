//! The capital stack: are the terms there, is the money sure, does it come in time.

use recoup_money::Money;
use rust_decimal::Decimal;

use crate::cost::CostKind;
use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Phrase, Severity};
use crate::instrument::{AmountRule, Collateral, Instrument, Maturity, Terms};
use crate::milestone::{DueDate, Milestone};

fn at(instrument: &Instrument, field: &str) -> String {
    format!("instruments[{}].{field}", instrument.id)
}

/// Amount, provider and, for loans, rate and maturity.
pub(super) fn terms(deal: &Deal, out: &mut Vec<Finding>) {
    for instrument in &deal.instruments {
        let mut ask = |missing: bool, field: &str, what: &str| {
            if missing {
                out.push(
                    Finding::new(Severity::Question, "MISSING_TERM", at(instrument, field))
                        .with("name", &instrument.name)
                        .with("what", Phrase::new(what)),
                );
            }
        };
        ask(instrument.amount.is_none(), "amount", "no_amount");
        ask(instrument.provider.is_none(), "provider", "no_provider");
        if instrument.terms.is_debt() {
            ask(instrument.rate.is_none(), "rate", "no_rate");
            ask(instrument.maturity.is_none(), "maturity", "no_maturity");
            ask(instrument.security.is_empty(), "security", "no_security");
        }
    }
}

/// Several instruments may fill what the others leave open, one after the other; nothing is left for one that
/// stands behind one without a limit.
pub(super) fn remainders(deal: &Deal, out: &mut Vec<Finding>) {
    let mut filling: Vec<(&Instrument, Option<Money>)> = Vec::new();
    for instrument in &deal.instruments {
        let Some(AmountRule::Remainder(rest)) = &instrument.amount else { continue };
        let path = at(instrument, "amount");
        if let Some((endless, _)) = filling.iter().find(|(_, limit)| limit.is_none()) {
            out.push(
                Finding::new(Severity::Blocker, "REMAINDER_UNREACHED", path)
                    .with("name", &instrument.name)
                    .with("before", &endless.name),
            );
        } else if let Some((before, Some(limit))) = filling.last() {
            out.push(
                Finding::new(Severity::Note, "SEVERAL_REMAINDERS", path)
                    .with("name", &instrument.name)
                    .with("before", &before.name)
                    .with("limit", *limit),
            );
        }
        filling.push((instrument, rest.at_most));
    }
}

/// Money that nobody has promised.
pub(super) fn status(deal: &Deal, out: &mut Vec<Finding>) {
    for instrument in deal.instruments.iter().filter(|instrument| !instrument.is_committed()) {
        out.push(
            Finding::new(Severity::Question, "UNCOMMITTED_MONEY", at(instrument, "status"))
                .with("name", &instrument.name),
        );
    }
}

/// Payment steps make one whole.
pub(super) fn steps(deal: &Deal, out: &mut Vec<Finding>) {
    let mut whole = |shares: Vec<Decimal>, path: String| {
        let sum: Decimal = shares.iter().copied().sum();
        if !shares.is_empty() && sum != Decimal::ONE {
            out.push(
                Finding::new(Severity::Blocker, "STEPS_NOT_WHOLE", path).with("sum", FindingValue::Rate(sum)),
            );
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
            let path = at(contract, "drawdown.steps");
            out.push(
                Finding::new(Severity::Question, "CONTRACT_PAYS_LATE", path)
                    .with("name", &contract.name)
                    .with("late", FindingValue::Rate(late)),
            );
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
                out.push(
                    Finding::new(Severity::Blocker, "DUE_BEFORE_COLLATERAL", at(loan, "maturity"))
                        .with("name", &loan.name)
                        .with("due", months(due))
                        .with("paid", months(cash)),
                );
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
            let path = at(instrument, "terms.requires_bond");
            out.push(Finding::new(Severity::Question, "BOND_MISSING", path).with("name", &instrument.name));
        }
    }
}
