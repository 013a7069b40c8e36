//! The ways between tiers

use std::collections::{BTreeSet, HashMap, HashSet};

use recoup_deal::recoupment::{PlanSource, RecoupmentPlan, Takes, Tier};

use super::{Place, Refused, Result, no_tier};

/// The tiers that money of a source, or of a reserve that is reached, walks through.
pub(super) fn reached(plan: &RecoupmentPlan) -> BTreeSet<String> {
    let tiers = by_id(plan);
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = plan.sources.iter().map(|source| source.enters.as_str()).collect();
    while let Some(id) = open.pop() {
        let Some(tier) = tiers.get(id).filter(|_| !found.contains(id)) else { continue };
        found.insert(id.to_owned());
        open.extend(tier.then.as_deref());
        match &tier.takes {
            Takes::Reserve(reserve) => open.push(&reserve.release_to),
            Takes::Enters(part) => open.push(&part.into),
            Takes::Share(_) | Takes::Together(_) | Takes::Steps(_) => {}
        }
    }
    found
}

fn by_id(plan: &RecoupmentPlan) -> HashMap<&str, &Tier> {
    plan.tiers.iter().map(|tier| (tier.id.as_str(), tier)).collect()
}

/// The tiers behind one, nearest first; ends where the way would go round.
fn behind<'p>(tiers: &HashMap<&str, &'p Tier>, id: &str) -> Vec<&'p str> {
    let mut out: Vec<&str> = Vec::new();
    let mut at = tiers.get(id).and_then(|tier| tier.then.as_deref());
    while let Some(next) = at.filter(|next| *next != id && !out.contains(next)) {
        out.push(next);
        at = tiers.get(next).and_then(|tier| tier.then.as_deref());
    }
    out
}

pub(super) fn expect_no_circle(plan: &RecoupmentPlan) -> Result<()> {
    let tiers = by_id(plan);
    for tier in &plan.tiers {
        let last = behind(&tiers, &tier.id).last().copied().unwrap_or(&tier.id);
        if tiers.get(last).is_some_and(|end| end.then.is_some()) {
            return Err(Refused::GoesRound { tier: tier.id.clone() });
        }
    }
    Ok(())
}

/// What a reserve gives back enters behind it; where its target has moved away, the tier that follows it now.
pub(super) fn keep_releases_behind(plan: &mut RecoupmentPlan) -> Vec<String> {
    let tiers = by_id(plan);
    let mut elsewhere = Vec::new();
    for tier in &plan.tiers {
        let Takes::Reserve(reserve) = &tier.takes else { continue };
        let next =
            tier.then.as_deref().filter(|_| !behind(&tiers, &tier.id).contains(&reserve.release_to.as_str()));
        elsewhere.extend(next.map(|next| (tier.id.clone(), next.to_owned())));
    }
    for (id, next) in &elsewhere {
        if let Some(Takes::Reserve(reserve)) =
            plan.tiers.iter_mut().find(|tier| tier.id == *id).map(|tier| &mut tier.takes)
        {
            reserve.release_to.clone_from(next);
        }
    }
    elsewhere.into_iter().map(|(id, _)| id).collect()
}

/// Where a tier stands: between whatever leads to it and what it leads to.
pub(super) fn place_in_order(plan: &RecoupmentPlan, id: &str) -> Place {
    let sources = plan.sources.iter().filter(|source| source.enters == id).map(|source| source.id.clone());
    let tiers = plan.tiers.iter().filter(|tier| tier.then.as_deref() == Some(id)).map(|tier| tier.id.clone());
    let before = plan.tiers.iter().find(|tier| tier.id == id).and_then(|tier| tier.then.clone());
    Place::Among { of: sources.chain(tiers).collect(), before }
}

/// Takes a tier out: what led to it leads to what it led to.
pub(super) fn take_out(plan: &mut RecoupmentPlan, id: &str) -> Result<Tier> {
    let at = plan.tiers.iter().position(|tier| tier.id == id).ok_or_else(|| no_tier(id))?;
    let next = plan.tiers[at].then.clone();
    for source in plan.sources.iter_mut().filter(|source| source.enters == id) {
        let Some(next) = &next else { return Err(Refused::SourceLeftDry { from: source.id.clone() }) };
        source.enters.clone_from(next);
    }
    let mut tier = plan.tiers.remove(at);
    tier.then = None;
    for before in plan.tiers.iter_mut().filter(|before| before.then.as_deref() == Some(id)) {
        before.then.clone_from(&next);
    }
    Ok(tier)
}

/// Puts a tier that is linked to nothing into the order.
pub(super) fn put(plan: &mut RecoupmentPlan, mut tier: Tier, to: &Place) -> Result<()> {
    match to {
        Place::Before { tier: anchor } => {
            lead(plan, anchor, &tier.id, |_| true);
            tier.then = Some(anchor.clone());
        }
        Place::After { tier: anchor } => {
            let found = plan.tiers.iter_mut().find(|one| one.id == *anchor).ok_or_else(|| no_tier(anchor))?;
            tier.then = found.then.replace(tier.id.clone());
        }
        Place::Among { of, before } => {
            for id in of {
                expect_way(plan, id, before.as_deref())?;
            }
            match before {
                Some(before) => lead(plan, before, &tier.id, |id| of.iter().any(|one| one == id)),
                None => plan.tiers.iter_mut().filter(|one| of.contains(&one.id)).for_each(|one| {
                    one.then = Some(tier.id.clone());
                }),
            }
            tier.then.clone_from(before);
        }
        Place::Last => put_last(plan, &tier.id),
        Place::Into { group } => return Err(Refused::NoGroup { tier: group.clone() }),
    }
    plan.tiers.push(tier);
    Ok(())
}

/// Every way ends in it; where there is none, all money enters it.
fn put_last(plan: &mut RecoupmentPlan, id: &str) {
    for end in plan.tiers.iter_mut().filter(|tier| tier.then.is_none()) {
        end.then = Some(id.to_owned());
    }
    if plan.sources.is_empty() {
        plan.sources.push(PlanSource {
            id: "collections".to_owned(),
            enters: id.to_owned(),
            receives: Vec::new(),
            receives_others: true,
            contract: None,
            territories: Vec::new(),
            media: Vec::new(),
        });
    }
}

fn expect_way(plan: &RecoupmentPlan, from: &str, to: Option<&str>) -> Result<()> {
    let by_source = plan.sources.iter().any(|source| source.id == from && Some(source.enters.as_str()) == to);
    let by_tier = plan.tiers.iter().any(|tier| tier.id == from && tier.then.as_deref() == to);
    if by_source || by_tier { Ok(()) } else { Err(Refused::NoSuchWay { id: from.to_owned() }) }
}

/// What led to one tier leads to another, as far as `which` says so.
pub(super) fn lead(plan: &mut RecoupmentPlan, from: &str, to: &str, which: impl Fn(&str) -> bool) {
    for source in plan.sources.iter_mut().filter(|source| source.enters == from && which(&source.id)) {
        to.clone_into(&mut source.enters);
    }
    for tier in plan.tiers.iter_mut().filter(|tier| tier.then.as_deref() == Some(from) && which(&tier.id)) {
        tier.then = Some(to.to_owned());
    }
}

/// The tiers as money of one source after the other meets them; one that several ways lead to comes after all of them.
pub(super) fn in_reading_order(plan: &mut RecoupmentPlan) {
    let tiers = by_id(plan);
    let live = reached(plan);
    let mut ways: HashMap<&str, usize> = HashMap::new();
    for tier in plan.tiers.iter().filter(|tier| live.contains(&tier.id)) {
        *ways.entry(tier.then.as_deref().unwrap_or_default()).or_default() += 1;
    }
    let mut order: Vec<&str> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let releases = plan.tiers.iter().filter_map(|tier| match &tier.takes {
        Takes::Reserve(reserve) => Some(reserve.release_to.as_str()),
        Takes::Enters(part) => Some(part.into.as_str()),
        Takes::Share(_) | Takes::Together(_) | Takes::Steps(_) => None,
    });
    for start in plan.sources.iter().map(|source| source.enters.as_str()).chain(releases) {
        let mut at = Some(start);
        while let Some(tier) = at.and_then(|id| tiers.get(id)) {
            let waits = ways.get(tier.id.as_str()).copied().unwrap_or(0) > 0;
            if waits || !seen.insert(&tier.id) {
                break;
            }
            order.push(&tier.id);
            at = tier.then.as_deref();
            if let Some(left) = at.and_then(|next| ways.get_mut(next)) {
                *left = left.saturating_sub(1);
            }
        }
    }
    let rank: HashMap<String, usize> =
        order.iter().enumerate().map(|(rank, id)| ((*id).to_owned(), rank)).collect();
    plan.tiers.sort_by_key(|tier| rank.get(&tier.id).copied().unwrap_or(usize::MAX));
}
