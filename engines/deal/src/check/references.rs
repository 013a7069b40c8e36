//! References: whatever is named exists.

use std::collections::HashSet;

use crate::document::Deal;
use crate::findings::{Finding, Phrase, Severity};
use crate::incentive::Monetisation;
use crate::instrument::{AmountRule, Collateral, InterestRate, Maturity, Terms};
use crate::milestone::Milestone;

/// Ids of one kind, and the phrase that says there is none of it.
struct Known<'a> {
    what: &'static str,
    ids: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn new(what: &'static str, ids: impl Iterator<Item = &'a String>) -> Self {
        Self { what, ids: ids.map(String::as_str).collect() }
    }

    fn needs(&self, id: Option<&String>, path: impl FnOnce() -> String, out: &mut Vec<Finding>) {
        let Some(id) = id.filter(|id| !self.ids.contains(id.as_str())) else { return };
        out.push(
            Finding::new(Severity::Blocker, "UNKNOWN_REFERENCE", path())
                .with("what", Phrase::new(self.what))
                .with("id", id),
        );
    }
}

fn parties(deal: &Deal) -> Known<'_> {
    Known::new("no_party", deal.parties.iter().map(|party| &party.id))
}

fn instruments(deal: &Deal) -> Known<'_> {
    Known::new("no_instrument", deal.instruments.iter().map(|instrument| &instrument.id))
}

fn claims(deal: &Deal) -> Known<'_> {
    Known::new("no_claim", deal.incentives.iter().map(|claim| &claim.id))
}

fn lines(deal: &Deal) -> Known<'_> {
    Known::new("no_line", deal.budget.lines.iter().map(|line| &line.id))
}

/// Parties.
pub(super) fn people(deal: &Deal, out: &mut Vec<Finding>) {
    let known = parties(deal);
    let project = &deal.project;
    known.needs(project.company.as_ref(), || "project.company".into(), out);
    let owner = project.rights.as_ref().and_then(|rights| rights.owner.as_ref());
    known.needs(owner, || "project.rights.owner".into(), out);
    for side in project.treaty.iter().flat_map(|treaty| &treaty.shares) {
        let path = || format!("project.treaty.shares[{}].co_producer", side.id);
        known.needs(side.co_producer.as_ref(), path, out);
    }
    for party in &deal.parties {
        known.needs(party.controlled_by.as_ref(), || format!("parties[{}].controlled_by", party.id), out);
    }
    for line in &deal.budget.lines {
        known.needs(line.payee.as_ref(), || format!("budget.lines[{}].payee", line.id), out);
        known.needs(line.company.as_ref(), || format!("budget.lines[{}].company", line.id), out);
        for part in &line.spend {
            let path = || format!("budget.lines[{}].spend[{}].company", line.id, part.id);
            known.needs(part.company.as_ref(), path, out);
        }
        for part in &line.subcontracts {
            let path = || format!("budget.lines[{}].subcontracts[{}].party", line.id, part.id);
            known.needs(part.party.as_ref(), path, out);
        }
    }
    for cost in &deal.budget.costs {
        known.needs(cost.payee.as_ref(), || format!("budget.costs[{}].payee", cost.id), out);
    }
    for claim in &deal.incentives {
        known.needs(claim.claimant.as_ref(), || format!("incentives[{}].claimant", claim.id), out);
    }
    for instrument in &deal.instruments {
        let at = |field: &str| format!("instruments[{}].{field}", instrument.id);
        known.needs(instrument.provider.as_ref(), || at("provider"), out);
        for condition in &instrument.conditions_precedent {
            let path = || at(&format!("conditions_precedent[{}].owner", condition.id));
            known.needs(condition.owner.as_ref(), path, out);
        }
        if let Terms::Equity(terms) | Terms::ProducerInvestment(terms) = &instrument.terms {
            known.needs(terms.assigned_to.as_ref(), || at("terms.assigned_to"), out);
        }
    }
    for contract in &deal.revenue.distribution {
        let at = |field: &str| format!("revenue.distribution[{}].{field}", contract.id);
        known.needs(contract.distributor.as_ref(), || at("distributor"), out);
        let advanced_by = contract.p_and_a.as_ref().and_then(|costs| costs.advanced_by.as_ref());
        known.needs(advanced_by, || at("p_and_a.advanced_by"), out);
    }
    for agency in &deal.revenue.sales_agencies {
        known.needs(agency.agent.as_ref(), || format!("revenue.sales_agencies[{}].agent", agency.id), out);
    }
}

/// Instruments, claims, lines and base rates named by the stack.
pub(super) fn money(deal: &Deal, out: &mut Vec<Finding>) {
    let (stack, lines) = (instruments(deal), lines(deal));
    let bases = Known::new("no_base_rate", deal.market.base_rates.iter().map(|base| &base.id));
    let contracts = deal.revenue.distribution.iter().map(|contract| &contract.id);
    let agencies = deal.revenue.sales_agencies.iter().map(|agency| &agency.id);
    let contracts = Known::new("no_contract", contracts.chain(agencies));
    for claim in &deal.incentives {
        if let Some(Monetisation::Loan(loan)) = &claim.monetisation {
            stack.needs(Some(loan), || format!("incentives[{}].monetisation.loan", claim.id), out);
        }
    }
    for instrument in &deal.instruments {
        let at = |field: &str| format!("instruments[{}].{field}", instrument.id);
        if let Some(AmountRule::Advance(advance)) = &instrument.amount {
            for part in &advance.parts {
                let path = at(&format!("amount.advance.parts[{}].against", part.id));
                collateral(deal, &part.against, &path, out);
            }
        }
        for security in &instrument.security {
            collateral(deal, &security.over, &at(&format!("security[{}].over", security.id)), out);
        }
        if let Some(InterestRate::OverBase(rate)) = &instrument.rate {
            bases.needs(Some(&rate.base), || at("rate.over_base.base"), out);
        }
        match &instrument.terms {
            Terms::Deferral(terms) => {
                terms.lines.iter().for_each(|line| lines.needs(Some(line), || at("terms.lines"), out));
            }
            Terms::InKind(terms) => {
                terms.lines.iter().for_each(|line| lines.needs(Some(line), || at("terms.lines"), out));
            }
            Terms::Bridge(terms) => {
                stack.needs(terms.bridges_to.as_ref(), || at("terms.bridges_to"), out);
            }
            Terms::Presale(terms) => contracts.needs(terms.contract.as_ref(), || at("terms.contract"), out),
            Terms::SalesAgentAdvance(terms) => {
                contracts.needs(terms.contract.as_ref(), || at("terms.contract"), out);
            }
            _ => {}
        }
    }
    for line in deal.budget.contingency.iter().flat_map(|reserve| &reserve.without_lines) {
        lines.needs(Some(line), || "budget.contingency.without_lines".into(), out);
    }
}

fn collateral(deal: &Deal, over: &Collateral, path: &str, out: &mut Vec<Finding>) {
    match over {
        Collateral::Claim(id) => claims(deal).needs(Some(id), || format!("{path}.claim"), out),
        Collateral::Instrument(id) => instruments(deal).needs(Some(id), || format!("{path}.instrument"), out),
        Collateral::Source(id) => {
            let sources = Known::new("no_source", deal.revenue.sources.iter().map(|source| &source.id));
            sources.needs(Some(id), || format!("{path}.source"), out);
        }
        Collateral::UnsoldTerritories | Collateral::AllAssets => {}
    }
}

/// Contracts and instruments named by the revenue plan, drivers named by correlations.
pub(super) fn receipts(deal: &Deal, out: &mut Vec<Finding>) {
    let stack = instruments(deal);
    let contracts = deal.revenue.distribution.iter().map(|contract| &contract.id);
    let contracts = Known::new("no_distribution", contracts);
    let agencies = Known::new("no_agency", deal.revenue.sales_agencies.iter().map(|agency| &agency.id));
    for source in &deal.revenue.sources {
        let at = |field: &str| format!("revenue.sources[{}].{field}", source.id);
        contracts.needs(source.distribution.as_ref(), || at("distribution"), out);
        agencies.needs(source.sales_agency.as_ref(), || at("sales_agency"), out);
        stack.needs(source.sold_by.as_ref(), || at("sold_by"), out);
    }
    for contract in &deal.revenue.distribution {
        let path = || format!("revenue.distribution[{}].guarantee", contract.id);
        stack.needs(contract.guarantee.as_ref(), path, out);
    }
    for agency in &deal.revenue.sales_agencies {
        let path = || format!("revenue.sales_agencies[{}].advance", agency.id);
        stack.needs(agency.advance.as_ref(), path, out);
    }
    let drivers = Known::new("no_driver", deal.risk.drivers.iter().map(|driver| &driver.id));
    for pair in &deal.risk.correlations {
        drivers.needs(Some(&pair.one), || format!("risk.correlations[{}].one", pair.id), out);
        drivers.needs(Some(&pair.other), || format!("risk.correlations[{}].other", pair.id), out);
    }
}

/// Deliveries and phases named by milestones.
pub(super) fn milestones(deal: &Deal, out: &mut Vec<Finding>) {
    let deliveries = Known::new("no_delivery", deal.schedule.deliveries.iter().map(|delivery| &delivery.id));
    let mut needs = |milestone: &Milestone, path: String| match milestone {
        Milestone::Delivery(id) => deliveries.needs(Some(id), || format!("{path}.delivery"), out),
        Milestone::StartOf(phase) | Milestone::EndOf(phase)
            if !deal.schedule.phases.iter().any(|span| span.phase == *phase) =>
        {
            out.push(Finding::new(Severity::Blocker, "UNKNOWN_REFERENCE", path).case("phase"));
        }
        _ => {}
    };
    for cost in &deal.budget.costs {
        if let Some(due) = &cost.due {
            needs(due, format!("budget.costs[{}].due", cost.id));
        }
    }
    for claim in &deal.incentives {
        if let Some(cash) = &claim.cash {
            needs(&cash.after, format!("incentives[{}].cash.after", claim.id));
        }
        for step in &claim.instalments {
            needs(&step.on, format!("incentives[{}].instalments[{}].on", claim.id, step.id));
        }
    }
    for instrument in &deal.instruments {
        for step in instrument.drawdown.iter().flat_map(|drawdown| &drawdown.steps) {
            needs(&step.on, format!("instruments[{}].drawdown.steps[{}].on", instrument.id, step.id));
        }
        for condition in &instrument.conditions_precedent {
            if let Some(due) = &condition.by {
                let path =
                    format!("instruments[{}].conditions_precedent[{}].by.after", instrument.id, condition.id);
                needs(&due.after, path);
            }
        }
        if let Some(Maturity::After(due)) = &instrument.maturity {
            needs(&due.after, format!("instruments[{}].maturity.after.after", instrument.id));
        }
    }
}
