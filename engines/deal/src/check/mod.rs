//! Whether the document makes sense: rules that need nothing but the deal itself.
//!
//! A rule looks at one thing and adds what it finds. It never repairs and never refuses: what can be
//! read can be worked on.

mod actuals;
mod asked;
mod assumptions;
mod budget;
mod conditions;
mod contracts;
mod costs;
mod dates;
mod incentives;
mod lenders;
mod money;
mod quantities;
mod ranks;
mod receipts;
mod recoupment;
mod references;
mod rights;
mod risk;
mod stack;
mod treaty;
mod ultimates;

use serde_json::Value;

use crate::document::Deal;
use crate::findings::Finding;
use crate::read::deal_to_value;

/// A rule over the typed deal.
type Rule = fn(&Deal, &mut Vec<Finding>);

/// A rule over the document as it is written.
type DocumentRule = fn(&Value, &mut Vec<Finding>);

const RULES: &[Rule] = &[
    dates::start,
    dates::missing,
    dates::order,
    dates::phases,
    budget::size,
    budget::lines,
    budget::parts,
    budget::splits,
    budget::contingency,
    budget::costs,
    costs::missing,
    costs::collection,
    costs::overhead,
    costs::bond,
    costs::tax_shelters,
    treaty::shares,
    treaty::carried,
    treaty::bounds,
    money::rates,
    references::people,
    references::money,
    references::receipts,
    references::milestones,
    incentives::elections,
    incentives::loans,
    stack::terms,
    stack::remainders,
    stack::status,
    stack::steps,
    stack::late_contracts,
    stack::maturity,
    stack::bond,
    lenders::due_days,
    lenders::early_calls,
    lenders::advances,
    lenders::fees,
    ranks::ranks,
    ranks::charges,
    ranks::order,
    lenders::base_rates,
    asked::asked_for,
    asked::firmness,
    asked::late_grants,
    conditions::expected,
    rights::excluded,
    rights::counted_twice,
    rights::withholding,
    recoupment::present,
    receipts::estimates,
    receipts::contracts,
    actuals::days,
    actuals::periods,
    actuals::references,
    actuals::sums,
    actuals::caps,
    receipts::payments,
    receipts::profiles,
    contracts::overlaps,
    contracts::sources,
    contracts::buyout,
    contracts::overages,
    ultimates::whole,
    ultimates::sources,
    risk::distributions,
    risk::drivers,
    risk::twice,
    risk::correlations,
];

const DOCUMENT_RULES: [DocumentRule; 5] =
    [quantities::shares, quantities::amounts, recoupment::references, assumptions::answered, risk::numbers];

/// Everything the document alone says about itself, the gravest first, then by path.
pub fn check(deal: &Deal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        rule(deal, &mut findings);
    }
    if let Ok(document) = deal_to_value(deal) {
        for rule in DOCUMENT_RULES {
            rule(&document, &mut findings);
        }
    }
    findings.sort_by(|a, b| (a.severity, &a.path, &a.code).cmp(&(b.severity, &b.path, &b.code)));
    findings
}
