//! Distribution contracts beside each other, beside what is sold, and beside the sources they take from.

use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::instrument::{Instrument, LicenceTerms, Terms};
use crate::revenue::{DistributionContract, RevenueSource, SourceBasis, WORLD, common_territory};
use crate::window::Window;

fn label(contract: &DistributionContract) -> &String {
    contract.label.as_ref().unwrap_or(&contract.id)
}

fn windows_meet(one: &[Window], other: &[Window]) -> bool {
    let all = one.is_empty() || other.is_empty();
    all || one.iter().any(|one| other.iter().any(|other| one.shares_rights(*other)))
}

/// Two contracts do not have the same window of one territory, nor a contract what an exclusive licence has.
pub(super) fn overlaps(deal: &Deal, out: &mut Vec<Finding>) {
    let contracts = &deal.revenue.distribution;
    for (place, one) in contracts.iter().enumerate() {
        let path = format!("revenue.distribution[{}].territories", one.id);
        for other in &contracts[..place] {
            let common = common_territory(&one.territories, &other.territories);
            if let Some(territory) = common.filter(|_| windows_meet(&one.windows, &other.windows)) {
                let first = format!("revenue.distribution[{}]", other.id);
                out.push(overlap(&path, (label(one), label(other)), territory, first));
            }
        }
        for (sale, licence) in deal.instruments.iter().filter_map(|one| Some((one, one.terms.licence()?))) {
            let apart = licence.exclusive == Some(false) || is_of(deal, one, sale);
            let common = common_territory(&one.territories, &licence.territories);
            let meet = !licence.windows.is_empty() && windows_meet(&one.windows, &licence.windows);
            if let Some(territory) = common.filter(|_| meet && !apart) {
                out.push(overlap(
                    &path,
                    (label(one), &sale.name),
                    territory,
                    format!("instruments[{}]", sale.id),
                ));
            }
        }
    }
}

fn overlap(path: &str, (one, other): (&String, &String), territory: &str, first: String) -> Finding {
    Finding::new(Severity::Question, "RIGHTS_OVERLAP", path)
        .with("one", one)
        .with("other", other)
        .with("territory", FindingValue::Name(territory.to_owned()))
        .with("first", FindingValue::Name(first))
}

/// Whether a sale and a contract are one agreement: the price of the one is the guarantee of the other.
fn is_of(deal: &Deal, contract: &DistributionContract, sale: &Instrument) -> bool {
    let names = match &sale.terms {
        Terms::Presale(terms) => terms.contract.as_ref(),
        Terms::SalesAgentAdvance(terms) => terms.contract.as_ref(),
        _ => None,
    };
    let sold = |source: &RevenueSource| {
        source.sold_by.as_ref() == Some(&sale.id) && source.distribution.as_ref() == Some(&contract.id)
    };
    names == Some(&contract.id)
        || contract.guarantee.as_ref() == Some(&sale.id)
        || deal.revenue.sources.iter().any(sold)
}

/// A source of a contract lies in its territories and windows; one that lies there names a contract.
pub(super) fn sources(deal: &Deal, out: &mut Vec<Finding>) {
    for source in &deal.revenue.sources {
        let path = format!("revenue.sources[{}].distribution", source.id);
        let covers = |contract: &&DistributionContract| {
            let place = common_territory(&contract.territories, &source.territories);
            place.is_some() && contract.has_window(source.window)
        };
        let named = |contract: &&DistributionContract| Some(&contract.id) == source.distribution.as_ref();
        let contracts = &deal.revenue.distribution;
        match contracts.iter().find(named) {
            Some(contract) if !contract.territories.is_empty() && !covers(&contract) => out.push(
                Finding::new(Severity::Question, "SOURCE_NOT_IN_CONTRACT", path)
                    .with("source", &source.label)
                    .with("contract", label(contract)),
            ),
            Some(_) => {}
            None => {
                // The world and other groups have in them what the contract leaves open.
                let whole = |contract: &&DistributionContract| {
                    let has = |code| contract.territories.contains(code);
                    contract.territories.iter().any(|code| code == WORLD)
                        || source.territories.iter().all(has)
                };
                let open = source.sold_by.is_none()
                    && source.distribution.is_none()
                    && source.basis != Some(SourceBasis::NetToProducer);
                let theirs = contracts.iter().filter(covers).find(whole);
                if let Some(contract) = theirs.filter(|_| open) {
                    out.push(
                        Finding::new(Severity::Question, "SOURCE_OUTSIDE_CONTRACT", path)
                            .with("id", &contract.id)
                            .with("source", &source.label)
                            .with("contract", label(contract)),
                    );
                }
            }
        }
    }
}

/// Whoever makes the film for a service that owns it has nothing left to estimate.
pub(super) fn buyout(deal: &Deal, out: &mut Vec<Finding>) {
    let bought = deal.instruments.iter().find(|instrument| match &instrument.terms {
        Terms::CostPlus(terms) => terms.buyout == Some(true),
        _ => false,
    });
    let Some(bought) = bought else { return };
    let open = |source: &&RevenueSource| source.sold_by.as_ref() != Some(&bought.id);
    for source in deal.revenue.sources.iter().filter(open) {
        let Some(amount) = source.estimate.base_case().filter(recoup_money::Money::is_positive) else {
            continue;
        };
        let path = format!("revenue.sources[{}].estimate", source.id);
        out.push(
            Finding::new(Severity::Blocker, "BUYOUT_AND_ESTIMATE", path)
                .with("source", &source.label)
                .with("estimate", amount)
                .with("buyer", &bought.name),
        );
    }
}

/// The producer's share of overages stands in the contract or on the presale, and is the same in both.
pub(super) fn overages(deal: &Deal, out: &mut Vec<Finding>) {
    for instrument in &deal.instruments {
        let Terms::Presale(terms) = &instrument.terms else { continue };
        let Some(share) = terms.overage_share else { continue };
        let path = format!("instruments[{}].terms.overage_share", instrument.id);
        let contract = deal.revenue.distribution.iter().find(|contract| is_of(deal, contract, instrument));
        let Some(contract) = contract else {
            out.push(
                Finding::new(Severity::Question, "OVERAGE_WITHOUT_CONTRACT", path)
                    .with("name", &instrument.name),
            );
            continue;
        };
        let agreed = contract.overage.as_ref().and_then(|overage| overage.producer_share);
        if let Some(agreed) = agreed.filter(|agreed| *agreed != share) {
            out.push(
                Finding::new(Severity::Question, "OVERAGE_DIFFERS", path)
                    .with("name", &instrument.name)
                    .with("share", FindingValue::Rate(share))
                    .with("contract", label(contract))
                    .with("agreed", FindingValue::Rate(agreed)),
            );
        }
    }
}

/// Whether a licence is a sale for the whole world, so that an estimate of one territory lies inside it.
pub(super) fn shares_a_territory(licence: &LicenceTerms, source: &RevenueSource) -> bool {
    let world = licence.territories.iter().any(|code| code == WORLD);
    let named = source.territories.iter().any(|code| licence.territories.contains(code));
    named || world && !source.territories.is_empty()
}
