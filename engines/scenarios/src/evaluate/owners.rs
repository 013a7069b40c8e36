//! Who gives money, and what the producer keeps of rights and profits.

use recoup_deal::recoupment::{Ratio, RecoupmentPlan, Role, Share, Split, Takes, Tier, Together};
use recoup_deal::{Deal, Instrument, PartyRole, Terms};
use recoup_model::Outcome;
use rust_decimal::Decimal;

use crate::measure::{Told, Unknown};

/// Whether a party is the producer's side.
pub(super) fn is_producer(deal: &Deal, party: &str) -> bool {
    let role = deal.parties.iter().find(|one| one.id == party).map(|one| one.role);
    matches!(role, Some(PartyRole::Producer | PartyRole::ProductionCompany))
}

fn given_by(deal: &Deal, gives: impl Fn(&Instrument) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for one in deal.instruments.iter().filter(|one| gives(one)) {
        if let Some(party) = one.provider.as_ref().filter(|party| !is_producer(deal, party))
            && !found.contains(party)
        {
            found.push(party.clone());
        }
    }
    found
}

/// Parties that lend or invest: whose money is meant to come back with something on it. The producer's own is not
/// financed by anybody.
pub(super) fn financiers(deal: &Deal) -> Vec<String> {
    let gives = |one: &Instrument| {
        one.terms.is_debt() || one.terms.is_equity() || matches!(one.terms, Terms::SoftLoan(_))
    };
    given_by(deal, gives)
}

/// Parties whose loans are repaid out of assigned money, first of all.
pub(super) fn senior_lenders(deal: &Deal) -> Vec<String> {
    let lends = |one: &Instrument| {
        one.terms.is_debt() && !matches!(one.terms, Terms::GapLoan(_) | Terms::Mezzanine(_))
    };
    given_by(deal, lends)
}

/// Whose return stands for the equity: who gives most of it, the producer only where nobody else does.
pub(super) fn equity(deal: &Deal, outcome: &Outcome) -> Option<String> {
    let invests = |one: &&Instrument| matches!(one.terms, Terms::Equity(_) | Terms::ProducerInvestment(_));
    let mut sums: Vec<(String, bool, i64)> = Vec::new();
    for one in deal.instruments.iter().filter(invests) {
        let Some(party) = &one.provider else { continue };
        let given = outcome.book.money(&format!("capital.{}.principal", one.id));
        let given = given.map_or(0, |given| given.minor());
        match sums.iter_mut().find(|sum| sum.0 == *party) {
            Some(sum) => sum.2 = sum.2.saturating_add(given),
            None => sums.push((party.clone(), !is_producer(deal, party), given)),
        }
    }
    let most =
        sums.into_iter().reduce(|most, one| if (one.1, one.2) > (most.1, most.2) { one } else { most });
    most.map(|most| most.0)
}

/// What investors and co-producers do not own.
pub(super) fn retained_ownership(deal: &Deal) -> Told<Decimal> {
    let mut kept = Decimal::ONE;
    for one in &deal.instruments {
        let (field, share) = match &one.terms {
            Terms::Equity(terms) => ("ownership", terms.ownership),
            Terms::CoProducerContribution(terms) => ("cost_share", terms.cost_share),
            _ => continue,
        };
        if one.provider.as_ref().is_some_and(|party| is_producer(deal, party)) {
            continue;
        }
        kept -= share.ok_or_else(|| Unknown::Missing {
            what: format!("instruments[{}].terms.{field}", one.id),
            why: "what it owns is not typed".to_owned(),
        })?;
    }
    Ok(kept.max(Decimal::ZERO))
}

/// The producer's part of net profits, by the rates of the plan.
pub(super) fn backend_share(deal: &Deal, outcome: &Outcome) -> Told<Decimal> {
    let missing = |why: &str| Unknown::Missing { what: "recoupment".to_owned(), why: why.to_owned() };
    let plan: &RecoupmentPlan =
        deal.recoupment.as_ref().ok_or_else(|| missing("there is no order of recoupment"))?;
    let tiers: Vec<&Tier> = plan.tiers.iter().filter(|tier| tier.role == Role::NetProfits).collect();
    if tiers.is_empty() {
        return Err(missing("the order of recoupment names no net profits"));
    }
    let (mut producers, mut all) = (Decimal::ZERO, Decimal::ZERO);
    for tier in tiers {
        walk(deal, outcome, tier, Decimal::ONE, &mut producers, &mut all);
    }
    producers.checked_div(all).ok_or_else(|| missing("nobody has a share of net profits"))
}

fn number(ratio: Ratio) -> Decimal {
    Decimal::from(ratio.numerator()).checked_div(Decimal::from(ratio.denominator())).unwrap_or_default()
}

fn walk(
    deal: &Deal,
    outcome: &Outcome,
    tier: &Tier,
    weight: Decimal,
    producers: &mut Decimal,
    all: &mut Decimal,
) {
    let mut counts = |share: &Share, part: Decimal| {
        *all += part;
        if is_producer(deal, &share.payee) {
            *producers += part;
        }
    };
    match &tier.takes {
        Takes::Share(share) => counts(share, weight * number(share.rate)),
        Takes::Together(group) => {
            let base = weight * number(group.base_rate);
            for (member, part) in group.members.iter().zip(parts(outcome, group)) {
                walk(deal, outcome, member, base * part, producers, all);
            }
        }
        Takes::Steps(_) | Takes::Reserve(_) | Takes::Enters(_) => {}
    }
}

/// What each member has of a group: all of it where rates divide it, else by what was invested.
fn parts(outcome: &Outcome, group: &Together) -> Vec<Decimal> {
    if group.split == Split::Fixed {
        return vec![Decimal::ONE; group.members.len()];
    }
    let invested = |member: &Tier| match &member.takes {
        Takes::Share(share) => share
            .in_proportion_to
            .as_ref()
            .and_then(|id| outcome.book.money(&format!("capital.{id}.principal")))
            .map_or(Decimal::ZERO, |given| given.to_decimal()),
        _ => Decimal::ZERO,
    };
    let given: Vec<Decimal> = group.members.iter().map(invested).collect();
    let sum: Decimal = given.iter().sum();
    given.into_iter().map(|one| one.checked_div(sum).unwrap_or_default()).collect()
}
