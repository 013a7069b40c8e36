//! What is wrong with a plan before any money moves, as findings

use std::collections::{BTreeSet, HashMap, HashSet};

use recoup_deal::{
    Finding,
    recoupment::{
        Condition, Limit, RateBase, Ratio, RecoupmentPlan, Share, Split, Takes, Target, Tier, Together,
    },
};
use recoup_money::Currency;

use crate::{compile::compile, error::WaterfallError};

/// What a plan is checked against.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Parties of the deal; empty when the plan stands alone and names its own.
    pub parties: Vec<String>,
    /// Instruments of the deal; empty when it is not known which there are.
    pub instruments: Vec<String>,
    /// Sources of the revenue plan; empty when it is not known which there are.
    pub sources: Vec<String>,
}

/// Every finding on a plan, in the order of the document.
pub fn validate(plan: &RecoupmentPlan, currency: Currency, around: &Surroundings) -> Vec<Finding> {
    let mut out = Vec::new();
    unreadable(plan, currency, &mut out);
    let parties: HashSet<&str> = plan.parties.iter().chain(&around.parties).map(String::as_str).collect();
    let pools = pools(plan);
    for (path, tier) in plan.positions() {
        match &tier.takes {
            Takes::Share(share) => check_share(&path, share, &parties, &pools, around, &mut out),
            Takes::Together(group) => {
                if let Some(party) = &group.shortfall_borne_by {
                    party_known(&format!("{path}.takes.shortfall_borne_by"), party, &parties, &mut out);
                }
                check_group(&path, group, &mut out);
            }
            Takes::Steps(ladder) => dead_steps(&path, &ladder.members, &mut out),
            Takes::Reserve(_) => {}
        }
    }
    if let Some(party) = &plan.residual {
        party_known("recoupment.residual", party, &parties, &mut out);
    }
    reachable(plan, &mut out);
    exits(plan, &mut out);
    sources(plan, around, &mut out);
    out
}

/// What the compiler refuses is said in its words.
fn unreadable(plan: &RecoupmentPlan, currency: Currency, out: &mut Vec<Finding>) {
    let Err(error) = compile(plan, currency) else { return };
    let (code, path, remedy) = match &error {
        WaterfallError::Cycle { tiers } => {
            let first = tiers.first().map_or("", String::as_str);
            (
                "RECOUPMENT_CYCLE",
                format!("recoupment.tiers[{first}].then"),
                "Let one of these tiers lead on instead.",
            )
        }
        WaterfallError::UnknownReference { path, .. } => {
            ("UNKNOWN_REFERENCE", path.clone(), "Name one that exists, or add it.")
        }
        WaterfallError::DuplicateId { id } => {
            ("DUPLICATE_ID", format!("recoupment.tiers[{id}]"), "Give every tier and member its own id.")
        }
        WaterfallError::Currency { path, .. } => {
            ("RECOUPMENT_CURRENCY", path.clone(), "State the amount in the currency of the deal.")
        }
        WaterfallError::Meaningless { path, .. } => {
            ("RECOUPMENT_MEANINGLESS", path.clone(), "Change or remove it.")
        }
        _ => ("RECOUPMENT_UNREADABLE", "recoupment".to_owned(), "Change the plan."),
    };
    out.push(Finding::blocker(code, path, error.to_string(), remedy));
}

fn pools(plan: &RecoupmentPlan) -> HashSet<&str> {
    let mut pools = HashSet::new();
    for (_, tier) in plan.positions() {
        if let Takes::Share(share) = &tier.takes {
            pools.extend(share.pools.iter().map(String::as_str));
        }
    }
    pools
}

fn party_known(path: &str, party: &str, known: &HashSet<&str>, out: &mut Vec<Finding>) {
    if !known.is_empty() && !known.contains(party) {
        let message = format!("`{party}` is not a party of this deal.");
        out.push(Finding::blocker(
            "UNKNOWN_PARTY",
            path,
            message,
            "Name a party of the deal, or add this one.",
        ));
    }
}

fn pool_known(path: &str, pool: &str, known: &HashSet<&str>, out: &mut Vec<Finding>) {
    if !known.contains(pool) {
        let message = format!("No claim adds to the pool `{pool}`, so it stays at nothing.");
        out.push(Finding::blocker("UNKNOWN_POOL", path, message, "Put the claims that count into the pool."));
    }
}

fn instrument_known(path: &str, instrument: &str, around: &Surroundings, out: &mut Vec<Finding>) {
    if !around.instruments.is_empty() && !around.instruments.iter().any(|known| known == instrument) {
        let message = format!("`{instrument}` is not an instrument of this deal.");
        out.push(Finding::blocker(
            "UNKNOWN_INSTRUMENT",
            path,
            message,
            "Name an instrument of the capital plan.",
        ));
    }
}

fn check_share(
    path: &str,
    share: &Share,
    parties: &HashSet<&str>,
    pools: &HashSet<&str>,
    around: &Surroundings,
    out: &mut Vec<Finding>,
) {
    party_known(&format!("{path}.takes.payee"), &share.payee, parties, out);
    if share.rate.exceeds(Ratio::ONE) || share.rate.numerator() < 0 {
        let message = format!("A claim cannot take {} of what arrives.", share.rate);
        let remedy = "Write a rate between 0 and 1.";
        out.push(Finding::blocker("RATE_OUT_OF_RANGE", format!("{path}.takes.rate"), message, remedy));
    }
    let mut assigned = Ratio::ZERO;
    for (index, assignment) in share.assigned.iter().enumerate() {
        party_known(&format!("{path}.takes.assigned[{index}].to"), &assignment.to, parties, out);
        assigned = assigned.checked_add(assignment.part).unwrap_or(assigned);
    }
    if assigned.exceeds(Ratio::ONE) {
        let message = format!("{assigned} of the payments is assigned, which is more than there is.");
        let remedy = "Assign at most the whole.";
        out.push(Finding::blocker("ASSIGNED_TOO_MUCH", format!("{path}.takes.assigned"), message, remedy));
    }
    if let Some(pool) = &share.limit_pool {
        pool_known(&format!("{path}.takes.limit_pool"), pool, pools, out);
    }
    match &share.limit {
        Some(
            Limit::Invested { instrument, .. }
            | Limit::Premium { instrument, .. }
            | Limit::PrincipalAndInterest { instrument, .. }
            | Limit::PreferredReturn { instrument, .. },
        ) => instrument_known(&format!("{path}.takes.limit.instrument"), instrument, around, out),
        Some(Limit::Amount { .. } | Limit::Expenses { .. }) | None => {}
    }
    for (index, condition) in share.conditions.iter().enumerate() {
        check_condition(&format!("{path}.takes.while[{index}]"), condition, parties, pools, around, out);
    }
}

fn check_condition(
    path: &str,
    condition: &Condition,
    parties: &HashSet<&str>,
    pools: &HashSet<&str>,
    around: &Surroundings,
    out: &mut Vec<Finding>,
) {
    match condition {
        Condition::All { of } | Condition::Any { of } => {
            for (index, inner) in of.iter().enumerate() {
                check_condition(&format!("{path}.of[{index}]"), inner, parties, pools, around, out);
            }
        }
        Condition::PaidToParty { party, target, .. } => {
            party_known(&format!("{path}.party"), party, parties, out);
            check_target(path, target, around, out);
        }
        Condition::PaidInPool { pool, target, .. }
        | Condition::PassedPool { pool, target, .. }
        | Condition::NotionalInPool { pool, target, .. } => {
            pool_known(&format!("{path}.pool"), pool, pools, out);
            check_target(path, target, around, out);
        }
        Condition::PaidToTier { target, .. }
        | Condition::ReachedTier { target, .. }
        | Condition::Received { target, .. } => check_target(path, target, around, out),
        Condition::PaidAgainstInvestmentAndInterest { party, instrument, .. } => {
            party_known(&format!("{path}.party"), party, parties, out);
            instrument_known(&format!("{path}.instrument"), instrument, around, out);
        }
        Condition::Recouped { .. }
        | Condition::NotRecouped { .. }
        | Condition::FilmCostCovered { .. }
        | Condition::ReceiptTerritory { .. }
        | Condition::ReceiptMedia { .. }
        | Condition::ReceiptSource { .. }
        | Condition::ReceiptDate { .. }
        | Condition::ContractValue { .. }
        | Condition::EventValue { .. } => {}
    }
}

fn check_target(path: &str, target: &Target, around: &Surroundings, out: &mut Vec<Finding>) {
    if let Target::Invested { instrument, .. } = target {
        instrument_known(&format!("{path}.target.invested.instrument"), instrument, around, out);
    }
}

/// The most a member can take of its base: a ladder takes at most its largest step.
fn largest_rate(tier: &Tier) -> Ratio {
    match &tier.takes {
        Takes::Share(share) => share.rate,
        Takes::Reserve(reserve) => reserve.rate,
        Takes::Together(group) if group.split != Split::Fixed => group.base_rate,
        Takes::Together(group) => scaled(group.base_rate, sum_of_rates(&group.members)),
        Takes::Steps(ladder) => {
            let largest = ladder
                .members
                .iter()
                .map(largest_rate)
                .fold(Ratio::ZERO, |most, rate| if rate.exceeds(most) { rate } else { most });
            scaled(ladder.base_rate, largest)
        }
    }
}

fn scaled(a: Ratio, b: Ratio) -> Ratio {
    let top = i128::from(a.numerator()) * i128::from(b.numerator());
    Ratio::new(top, i128::from(a.denominator()) * i128::from(b.denominator())).unwrap_or(a)
}

fn sum_of_rates(members: &[Tier]) -> Ratio {
    members.iter().map(largest_rate).fold(Ratio::ZERO, |sum, rate| sum.checked_add(rate).unwrap_or(sum))
}

fn check_group(path: &str, group: &Together, out: &mut Vec<Finding>) {
    if group.members.is_empty() {
        let remedy = "Add members or remove the tier.";
        out.push(Finding::question(
            "DEAD_TIER",
            path,
            "The group has no members, so it takes nothing.",
            remedy,
        ));
    }
    let on_gross = |tier: &Tier| matches!(&tier.takes, Takes::Share(share) if share.rate_base == RateBase::GrossOfReceipt);
    let fixed = group.members.iter().filter(|member| !on_gross(member)).cloned().collect::<Vec<_>>();
    let sum = sum_of_rates(&fixed);
    if group.split == Split::Fixed && sum.exceeds(Ratio::ONE) {
        let path = format!("{path}.takes.members");
        let message =
            format!("The members may take {sum} of their base together, which is more than there is.");
        if group.shortfall_borne_by.is_none() {
            let remedy = "Lower the rates, or name who bears the shortfall.";
            out.push(Finding::blocker("SHARES_OVER_WHOLE", path, message, remedy));
        } else {
            let remedy = "Lower the rates if nobody is meant to pay the difference.";
            out.push(Finding::note("SHARES_OVER_WHOLE", path, message, remedy));
        }
    }
}

/// A step after one that always takes is never tried.
fn dead_steps(path: &str, members: &[Tier], out: &mut Vec<Finding>) {
    let always = |tier: &Tier| match &tier.takes {
        Takes::Share(share) => {
            share.conditions.is_empty()
                && share.limit.is_none()
                && share.contract.is_none()
                && !share.rate.is_zero()
        }
        Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) => false,
    };
    let Some(first) = members.iter().position(always) else { return };
    for member in &members[first + 1..] {
        let path = format!("{path}.takes.members[{}]", member.id);
        let message =
            format!("The step before, `{}`, always applies, so this one never does.", members[first].id);
        out.push(Finding::question(
            "DEAD_TIER",
            path,
            message,
            "Put it first, or give the other a condition.",
        ));
    }
}

/// Whether a tier takes all that arrives whatever happens.
fn takes_everything(tier: &Tier) -> bool {
    !Ratio::ONE.exceeds(certain_rate(tier))
}

/// What a share without limit or condition takes whatever happens.
fn unconditional(share: &Share) -> bool {
    share.limit.is_none()
        && share.conditions.is_empty()
        && share.contract.is_none()
        && share.rate_base == RateBase::Arriving
}

/// The part of what arrives that a tier takes whatever happens.
fn certain_rate(tier: &Tier) -> Ratio {
    match &tier.takes {
        Takes::Share(share) if unconditional(share) => share.rate,
        Takes::Share(_) | Takes::Reserve(_) => Ratio::ZERO,
        Takes::Together(group) if group.split == Split::Fixed => {
            let sum = group.members.iter().map(certain_rate);
            scaled(group.base_rate, sum.fold(Ratio::ZERO, |sum, rate| sum.checked_add(rate).unwrap_or(sum)))
        }
        Takes::Together(group) => {
            let open = |member: &Tier| matches!(&member.takes, Takes::Share(share) if unconditional(share));
            if group.members.iter().any(open) { group.base_rate } else { Ratio::ZERO }
        }
        Takes::Steps(ladder) => {
            let always = |tier: &Tier| !certain_rate(tier).is_zero();
            let Some(last) = ladder.members.iter().position(always) else { return Ratio::ZERO };
            let least = ladder.members[..=last]
                .iter()
                .map(largest_rate)
                .fold(Ratio::ONE, |least, rate| if least.exceeds(rate) { rate } else { least });
            scaled(ladder.base_rate, least)
        }
    }
}

/// Claims that no source leads to, and claims below a tier that leaves nothing.
fn reachable(plan: &RecoupmentPlan, out: &mut Vec<Finding>) {
    let tiers: HashMap<&str, &Tier> = plan.tiers.iter().map(|tier| (tier.id.as_str(), tier)).collect();
    let (mut walked, mut fed) = (BTreeSet::new(), BTreeSet::new());
    let releases = plan.tiers.iter().filter_map(|tier| match &tier.takes {
        Takes::Reserve(reserve) => Some(reserve.release_to.as_str()),
        Takes::Share(_) | Takes::Together(_) | Takes::Steps(_) => None,
    });
    for entry in plan.sources.iter().map(|source| source.enters.as_str()).chain(releases) {
        let (mut at, mut flowing) = (Some(entry), true);
        let mut seen = HashSet::new();
        while let Some(tier) = at.and_then(|id| tiers.get(id)).filter(|tier| seen.insert(tier.id.as_str())) {
            walked.insert(tier.id.as_str());
            if flowing {
                fed.insert(tier.id.as_str());
            }
            flowing = flowing && !takes_everything(tier);
            at = tier.then.as_deref();
        }
    }
    for tier in &plan.tiers {
        let path = format!("recoupment.tiers[{}]", tier.id);
        if !walked.contains(tier.id.as_str()) {
            let message = format!("No source leads to `{}`.", tier.id);
            let remedy = "Let a source enter it or a tier lead to it, or remove it.";
            out.push(Finding::question("DEAD_TIER", path, message, remedy));
        } else if !fed.contains(tier.id.as_str()) {
            let message =
                format!("Nothing is ever left for `{}`: a tier above it takes everything.", tier.id);
            let remedy = "Limit the tier above, or move this one up.";
            out.push(Finding::question("UNREACHABLE_CLAIM", path, message, remedy));
        }
    }
}

/// Whether money can reach the end with nobody entitled to it.
fn exits(plan: &RecoupmentPlan, out: &mut Vec<Finding>) {
    if plan.residual.is_some() {
        return;
    }
    let tiers: HashMap<&str, &Tier> = plan.tiers.iter().map(|tier| (tier.id.as_str(), tier)).collect();
    for source in &plan.sources {
        let mut at = tiers.get(source.enters.as_str());
        let mut seen = HashSet::new();
        let mut ends = true;
        while let Some(tier) = at.filter(|tier| seen.insert(tier.id.as_str())) {
            ends = ends && !takes_everything(tier);
            at = tier.then.as_deref().and_then(|next| tiers.get(next));
        }
        if ends {
            let path = format!("recoupment.sources[{}]", source.id);
            let message =
                format!("Receipts of `{}` can reach the end with nobody entitled to them.", source.id);
            let remedy = "Name a residual party, or end with shares that add up to the whole.";
            out.push(Finding::question("NO_WAY_OUT", path, message, remedy));
        }
    }
}

fn sources(plan: &RecoupmentPlan, around: &Surroundings, out: &mut Vec<Finding>) {
    let takes_all = plan.sources.iter().any(|source| source.receives_others);
    let mut received = HashSet::new();
    for source in &plan.sources {
        received.insert(source.id.as_str());
        for id in &source.receives {
            received.insert(id.as_str());
            if !around.sources.is_empty() && !around.sources.contains(id) {
                let path = format!("recoupment.sources[{}].receives", source.id);
                let message = format!("`{id}` is not a source of the revenue plan.");
                out.push(Finding::blocker(
                    "UNKNOWN_SOURCE",
                    path,
                    message,
                    "Name a source of the revenue plan.",
                ));
            }
        }
    }
    for id in around.sources.iter().filter(|id| !takes_all && !received.contains(id.as_str())) {
        let message = format!("Receipts of `{id}` enter the recoupment plan nowhere.");
        let remedy = "Add it to a source of the plan, or let one receive all others.";
        out.push(Finding::blocker("NO_ENTRY", "recoupment.sources", message, remedy));
    }
}
