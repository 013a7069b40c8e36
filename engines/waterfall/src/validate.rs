//! What is wrong with a plan before any money moves, as findings

mod routes;
mod standing;

use std::collections::{HashMap, HashSet};

use recoup_deal::{
    Finding, FindingValue, Phrase, Severity,
    recoupment::{
        Condition, Limit, RateBase, Ratio, RecoupmentPlan, Share, Split, Takes, Target, Tier, Together,
    },
};
use recoup_money::Currency;
use rust_decimal::Decimal;

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
            Takes::Enters(part) => {
                rate_in_range(&format!("{path}.takes.rate"), part.rate, &mut out);
                for (index, condition) in part.conditions.iter().enumerate() {
                    let at = format!("{path}.takes.while[{index}]");
                    check_condition(&at, condition, &parties, &pools, around, &mut out);
                }
            }
        }
    }
    if let Some(party) = &plan.residual {
        party_known("recoupment.residual", party, &parties, &mut out);
    }
    routes::reachable(plan, &mut out);
    routes::exits(plan, &mut out);
    standing::undated(plan, &mut out);
    standing::amendments(plan, &parties, &mut out);
    standing::thresholds(plan, &mut out);
    sources(plan, around, &mut out);
    out
}

/// What the compiler refuses is said in its words.
fn unreadable(plan: &RecoupmentPlan, currency: Currency, out: &mut Vec<Finding>) {
    let Err(error) = compile(plan, currency) else { return };
    let problem = Phrase::from(&error);
    out.push(match &error {
        WaterfallError::Cycle { tiers } => {
            let path = format!("recoupment.tiers[{}].then", tiers.first().map_or("", String::as_str));
            Finding::new(Severity::Blocker, "RECOUPMENT_CYCLE", path)
                .with("problem", problem)
                .with("route", FindingValue::Route(tiers.clone()))
        }
        WaterfallError::UnknownReference { path, .. } => {
            Finding::new(Severity::Blocker, "UNKNOWN_REFERENCE", path).case("plan").with("problem", problem)
        }
        WaterfallError::DuplicateId { id } => {
            let path = format!("recoupment.tiers[{id}]");
            Finding::new(Severity::Blocker, "DUPLICATE_ID", path).with("problem", problem)
        }
        WaterfallError::Currency { path, .. } => {
            Finding::new(Severity::Blocker, "RECOUPMENT_CURRENCY", path).with("problem", problem)
        }
        WaterfallError::Meaningless { path, .. } => {
            Finding::new(Severity::Blocker, "RECOUPMENT_MEANINGLESS", path).with("problem", problem)
        }
        _ => Finding::new(Severity::Blocker, "RECOUPMENT_UNREADABLE", "recoupment").with("problem", problem),
    });
}

/// A part of a whole, for people; to two decimals of a per cent where it does not end.
fn per_cent(part: Ratio) -> FindingValue {
    let decimal = Decimal::from(part.numerator()).checked_div(Decimal::from(part.denominator()));
    FindingValue::Rate(decimal.unwrap_or_default())
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
        out.push(Finding::new(Severity::Blocker, "UNKNOWN_PARTY", path).with("party", party));
    }
}

fn pool_known(path: &str, pool: &str, known: &HashSet<&str>, out: &mut Vec<Finding>) {
    if !known.contains(pool) {
        out.push(Finding::new(Severity::Blocker, "UNKNOWN_POOL", path).with("pool", pool));
    }
}

fn instrument_known(path: &str, instrument: &str, around: &Surroundings, out: &mut Vec<Finding>) {
    if !around.instruments.is_empty() && !around.instruments.iter().any(|known| known == instrument) {
        out.push(Finding::new(Severity::Blocker, "UNKNOWN_INSTRUMENT", path).with("instrument", instrument));
    }
}

fn rate_in_range(at: &str, rate: Ratio, out: &mut Vec<Finding>) {
    if rate.exceeds(Ratio::ONE) || rate.numerator() < 0 {
        out.push(Finding::new(Severity::Blocker, "RATE_OUT_OF_RANGE", at).with("rate", per_cent(rate)));
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
    rate_in_range(&format!("{path}.takes.rate"), share.rate, out);
    let mut assigned = Ratio::ZERO;
    for (index, assignment) in share.assigned.iter().enumerate() {
        party_known(&format!("{path}.takes.assigned[{index}].to"), &assignment.to, parties, out);
        assigned = assigned.checked_add(assignment.part).unwrap_or(assigned);
    }
    if assigned.exceeds(Ratio::ONE) {
        let at = format!("{path}.takes.assigned");
        out.push(
            Finding::new(Severity::Blocker, "ASSIGNED_TOO_MUCH", at).with("assigned", per_cent(assigned)),
        );
    }
    if let Some(pool) = &share.limit_pool {
        pool_known(&format!("{path}.takes.limit_pool"), pool, pools, out);
    }
    match &share.limit {
        Some(
            Limit::Invested { instrument, .. }
            | Limit::Premium { instrument, .. }
            | Limit::PrincipalAndInterest { instrument, .. }
            | Limit::PreferredReturn { instrument, .. }
            | Limit::IrrHurdle { instrument, .. }
            | Limit::MultipleHurdle { instrument, .. },
        ) => instrument_known(&format!("{path}.takes.limit.instrument"), instrument, around, out),
        Some(Limit::Amount { .. } | Limit::Expenses { .. } | Limit::PerUnit { .. }) | None => {}
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
        | Condition::EventValue { .. }
        | Condition::Counted { .. } => {}
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
        Takes::Enters(part) => part.rate,
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
        out.push(Finding::new(Severity::Question, "DEAD_TIER", path).case("no_members"));
    }
    let on_gross = |tier: &Tier| matches!(&tier.takes, Takes::Share(share) if share.rate_base == RateBase::GrossOfReceipt);
    let fixed = group.members.iter().filter(|member| !on_gross(member)).cloned().collect::<Vec<_>>();
    let sum = sum_of_rates(&fixed);
    if group.split == Split::Fixed && sum.exceeds(Ratio::ONE) {
        let path = format!("{path}.takes.members");
        out.push(if group.shortfall_borne_by.is_none() {
            Finding::new(Severity::Blocker, "SHARES_OVER_WHOLE", path).with("sum", per_cent(sum))
        } else {
            Finding::new(Severity::Note, "SHARES_OVER_WHOLE", path).case("borne").with("sum", per_cent(sum))
        });
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
        Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) | Takes::Enters(_) => false,
    };
    let Some(first) = members.iter().position(always) else { return };
    for member in &members[first + 1..] {
        let path = format!("{path}.takes.members[{}]", member.id);
        out.push(
            Finding::new(Severity::Question, "DEAD_TIER", path)
                .case("never_tried")
                .with("before", &members[first].id),
        );
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
        Takes::Enters(part)
            if part.limit.is_none() && part.conditions.is_empty() && part.contract.is_none() =>
        {
            part.rate
        }
        Takes::Share(_) | Takes::Reserve(_) | Takes::Enters(_) => Ratio::ZERO,
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

fn sources(plan: &RecoupmentPlan, around: &Surroundings, out: &mut Vec<Finding>) {
    let takes_all = plan.sources.iter().any(|source| source.receives_others);
    let mut received: HashMap<&str, &str> = HashMap::new();
    for source in &plan.sources {
        let own = source.receives.is_empty().then_some(&source.id);
        for id in own.into_iter().chain(&source.receives) {
            let first = *received.entry(id).or_insert(&source.id);
            if first != source.id {
                let path = format!("recoupment.sources[{}].receives", source.id);
                out.push(
                    Finding::new(Severity::Question, "SOURCE_ENTERS_TWICE", path)
                        .with("source", id)
                        .with("first", first),
                );
            }
        }
    }
    for source in &plan.sources {
        received.entry(&source.id).or_insert(&source.id);
        for id in &source.receives {
            if !around.sources.is_empty() && !around.sources.contains(id) {
                let path = format!("recoupment.sources[{}].receives", source.id);
                out.push(Finding::new(Severity::Blocker, "UNKNOWN_SOURCE", path).with("source", id));
            }
        }
    }
    for id in around.sources.iter().filter(|id| !takes_all && !received.contains_key(id.as_str())) {
        out.push(Finding::new(Severity::Blocker, "NO_ENTRY", "recoupment.sources").with("source", id));
    }
}
