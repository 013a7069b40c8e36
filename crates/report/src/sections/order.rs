//! The order of recoupment as it is drawn: every position with its claims and its terms in words.

use std::collections::HashSet;

use recoup_deal::recoupment::{Limit, RateBase, Ratio, RecoupmentPlan, Share, Split, Takes, Tier};
use recoup_waterfall::Claim;
use rust_decimal::Decimal;

use crate::exhibits::{Rung, RungClaim};
use crate::sections::desk::Desk;
use crate::table::{ColumnKind, Figure};

/// Every position of the plan in the order in which money walks through it.
pub(crate) fn rungs(desk: &mut Desk<'_>) -> Vec<Rung> {
    let (Some(plan), Some(recoupment)) = (&desk.deal().recoupment, desk.results.recoupment) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for tier in walk(plan) {
        let claims: Vec<&Claim> = leaves(tier)
            .into_iter()
            .filter_map(|leaf| recoupment.claims.iter().find(|claim| claim.tier.as_ref() == leaf.id))
            .collect();
        let claims: Vec<RungClaim> =
            claims.into_iter().filter_map(|claim| claimed(desk, tier, claim)).collect();
        let terms = terms_of(desk, tier);
        out.push(Rung { label: name(tier), terms, corridor: is_corridor(tier), claims });
    }
    out
}

/// Tiers from each entry along `then`; what no money reaches comes last.
pub(crate) fn walk(plan: &RecoupmentPlan) -> Vec<&Tier> {
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    let entries = plan.sources.iter().map(|source| Some(source.enters.as_str()));
    for mut at in entries {
        while let Some(tier) = at.and_then(|id| plan.tiers.iter().find(|tier| tier.id == id)) {
            if !seen.insert(tier.id.as_str()) {
                break;
            }
            out.push(tier);
            at = tier.then.as_deref();
        }
    }
    out.extend(plan.tiers.iter().filter(|tier| !seen.contains(tier.id.as_str())));
    out
}

pub(crate) fn leaves(tier: &Tier) -> Vec<&Tier> {
    match &tier.takes {
        Takes::Together(_) | Takes::Steps(_) => tier.members().iter().flat_map(leaves).collect(),
        Takes::Share(_) | Takes::Reserve(_) | Takes::Enters(_) => vec![tier],
    }
}

pub(crate) fn name(tier: &Tier) -> String {
    tier.label.clone().unwrap_or_else(|| tier.id.replace('-', " "))
}

fn claimed(desk: &mut Desk<'_>, tier: &Tier, claim: &Claim) -> Option<RungClaim> {
    let at = |part: &str| format!("recoupment.claims.{}.{part}", claim.tier);
    let own = claim.label.as_deref().unwrap_or(&claim.tier).to_owned();
    let payee = match claim.payee.as_deref() {
        Some(party) => desk.party(party),
        None => desk.say("order.held"),
    };
    let class = desk.party_class(claim.payee.as_deref().unwrap_or_default());
    let label = if own == name(tier) { format!("{own}, {payee}") } else { format!("{}: {own}", name(tier)) };
    let (paid, tag) = desk.figure('W', &at("paid"), &label, ColumnKind::Money)?;
    let book = desk.results.book;
    let outstanding = claim.limit.and_then(|_| Figure::at(book, &at("outstanding"), ColumnKind::Money));
    let out_at = Figure::at(book, &at("breakeven_receipts"), ColumnKind::Money);
    Some(RungClaim { payee, class, paid, outstanding, out_at, tag })
}

/// A position that takes a part of what arrives and lets the rest pass to those below.
fn is_corridor(tier: &Tier) -> bool {
    let below_one = |rate: Ratio| rate.numerator() < rate.denominator();
    match &tier.takes {
        Takes::Share(share) => below_one(share.rate),
        Takes::Reserve(reserve) => below_one(reserve.rate),
        Takes::Enters(part) => below_one(part.rate),
        Takes::Steps(steps) => steps.members.iter().all(is_corridor),
        Takes::Together(group) => {
            let rates = group.members.iter().filter_map(|member| match &member.takes {
                Takes::Share(share) => decimal(share.rate),
                Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) | Takes::Enters(_) => None,
            });
            group.split == Split::Fixed
                && group.members.iter().all(|member| matches!(member.takes, Takes::Share(_)))
                && rates.sum::<Decimal>() < Decimal::ONE
        }
    }
}

fn decimal(ratio: Ratio) -> Option<Decimal> {
    Decimal::from(ratio.numerator()).checked_div(Decimal::from(ratio.denominator()))
}

fn percent(desk: &Desk<'_>, ratio: Ratio) -> String {
    decimal(ratio).map_or_else(String::new, |ratio| desk.figures.share(ratio))
}

/// The terms of a position in one line.
pub(crate) fn terms_of(desk: &Desk<'_>, tier: &Tier) -> String {
    let words = match &tier.takes {
        Takes::Share(share) => share_terms(desk, share),
        Takes::Together(group) => desk.say(match group.split {
            Split::Fixed => "order.by_shares",
            Split::Outstanding => "order.by_outstanding",
            Split::Invested => "order.by_invested",
        }),
        Takes::Steps(_) => desk.say("order.steps"),
        Takes::Enters(part) => {
            let into = desk.deal().recoupment.iter().flat_map(|plan| &plan.tiers);
            let into = into.filter(|tier| tier.id == part.into).map(name).next();
            let into = into.unwrap_or_else(|| part.into.clone());
            desk.words.with("order.enters", &[("part", &percent(desk, part.rate)), ("into", &into)])
        }
        Takes::Reserve(reserve) => desk.words.with(
            "order.reserve",
            &[("part", &percent(desk, reserve.rate)), ("months", &reserve.release_months.to_string())],
        ),
    };
    match &tier.clause {
        Some(clause) => format!("{words}; {clause}"),
        None => words,
    }
}

pub(crate) fn share_terms(desk: &Desk<'_>, share: &Share) -> String {
    let part = percent(desk, share.rate);
    let base = match share.rate_base {
        RateBase::Arriving => "order.of_arriving",
        RateBase::GrossOfReceipt => "order.of_gross",
    };
    let taken = desk.words.with(base, &[("part", &part)]);
    let Some(limit) = &share.limit else { return taken };
    let until = match limit {
        Limit::Amount { amount } => {
            desk.words.with("limit.amount", &[("amount", &desk.figures.amount(*amount))])
        }
        Limit::Expenses { .. } => desk.say("limit.expenses"),
        Limit::Invested { factor, .. } => {
            desk.words.with("limit.invested", &[("part", &percent(desk, *factor))])
        }
        Limit::Premium { rate, .. } => desk.words.with("limit.premium", &[("part", &percent(desk, *rate))]),
        Limit::PrincipalAndInterest { .. } => desk.say("limit.principal_and_interest"),
        Limit::PreferredReturn { interest, .. } => {
            desk.words.with("limit.preferred_return", &[("part", &percent(desk, interest.rate_annual))])
        }
        Limit::IrrHurdle { rate_annual, .. } => {
            desk.words.with("limit.irr_hurdle", &[("part", &percent(desk, *rate_annual))])
        }
        Limit::MultipleHurdle { multiple, .. } => {
            desk.words.with("limit.multiple_hurdle", &[("part", &percent(desk, *multiple))])
        }
        Limit::PerUnit { amount, .. } => {
            desk.words.with("limit.per_unit", &[("amount", &desk.figures.amount(*amount))])
        }
    };
    format!("{taken}, {until}")
}
