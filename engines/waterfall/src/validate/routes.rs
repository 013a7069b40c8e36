//! The ways money can take: tiers that none leads to, claims that none of it reaches, ways that end with nobody

use std::collections::{BTreeMap, HashMap, VecDeque};

use recoup_deal::{
    Finding, FindingValue, Severity,
    recoupment::{RecoupmentPlan, Takes, Tier},
};

use super::takes_everything;

/// A way money can take, from where it starts.
#[derive(Clone, Copy)]
struct Step<'p> {
    /// The tier it came from; none where it enters.
    from: Option<&'p str>,
    /// Whether any money can still be there.
    flowing: bool,
}

/// How money gets to every tier it can get to; a way on which it flows counts before one on which it does not.
struct Ways<'p> {
    tiers: HashMap<&'p str, &'p Tier>,
    reached: BTreeMap<&'p str, Step<'p>>,
}

/// The orders that a tier or its members feed.
fn enters(tier: &Tier) -> Vec<&str> {
    let mut out = Vec::new();
    let mut open = vec![tier];
    while let Some(tier) = open.pop() {
        if let Takes::Enters(part) = &tier.takes
            && !part.rate.is_zero()
        {
            out.push(part.into.as_str());
        }
        open.extend(tier.members());
    }
    out
}

impl<'p> Ways<'p> {
    fn from(plan: &'p RecoupmentPlan, starts: &[&'p str]) -> Self {
        let tiers = plan.tiers.iter().map(|tier| (tier.id.as_str(), tier)).collect();
        let mut ways = Ways { tiers, reached: BTreeMap::new() };
        let mut open: VecDeque<(&str, Step<'p>)> =
            starts.iter().map(|start| (*start, Step { from: None, flowing: true })).collect();
        while let Some((id, step)) = open.pop_front() {
            let Some(tier) = ways.tiers.get(id).copied() else { continue };
            let better = ways.reached.get(id).is_none_or(|known| step.flowing && !known.flowing);
            if !better {
                continue;
            }
            let id = tier.id.as_str();
            ways.reached.insert(id, step);
            let next = |flowing: bool| Step { from: Some(id), flowing };
            open.extend(enters(tier).into_iter().map(|into| (into, next(step.flowing))));
            if let Takes::Reserve(reserve) = &tier.takes {
                open.push_back((reserve.release_to.as_str(), next(step.flowing)));
            }
            let on = step.flowing && !takes_everything(tier);
            open.extend(tier.then.as_deref().map(|then| (then, next(on))));
        }
        ways
    }

    /// The tiers passed on the way to one, in order.
    fn to(&self, id: &'p str) -> Vec<String> {
        let mut route = Vec::new();
        let mut at = Some(id);
        while let Some(id) = at.filter(|id| !route.iter().any(|seen| seen == id)) {
            route.push(id.to_owned());
            at = self.reached.get(id).and_then(|step| step.from);
        }
        route.reverse();
        route
    }

    /// The tier on the way to one that takes everything.
    fn stopped_by(&self, id: &'p str) -> Option<&'p str> {
        let mut at = self.reached.get(id)?.from?;
        while let Some(step) = self.reached.get(at).filter(|step| !step.flowing) {
            at = step.from?;
        }
        Some(at)
    }
}

/// Tiers that nothing leads to, and claims below a tier that leaves nothing.
pub(super) fn reachable(plan: &RecoupmentPlan, out: &mut Vec<Finding>) {
    let entries: Vec<&str> = plan.sources.iter().map(|source| source.enters.as_str()).collect();
    let ways = Ways::from(plan, &entries);
    for tier in &plan.tiers {
        let path = format!("recoupment.tiers[{}]", tier.id);
        match ways.reached.get(tier.id.as_str()) {
            None => {
                out.push(Finding::new(Severity::Question, "DEAD_TIER", path).with("tier", &tier.id));
            }
            Some(step) if !step.flowing => {
                let by = ways.stopped_by(&tier.id).unwrap_or_default();
                out.push(
                    Finding::new(Severity::Question, "UNREACHABLE_CLAIM", path)
                        .with("tier", &tier.id)
                        .with("by", by)
                        .with("route", FindingValue::Route(ways.to(&tier.id))),
                );
            }
            Some(_) => {}
        }
    }
}

/// Whether money can reach the end with nobody entitled to it, and by which way.
pub(super) fn exits(plan: &RecoupmentPlan, out: &mut Vec<Finding>) {
    if plan.residual.is_some() {
        return;
    }
    for source in &plan.sources {
        let ways = Ways::from(plan, &[source.enters.as_str()]);
        let ends = |(id, step): (&&str, &Step<'_>)| {
            let tier = ways.tiers.get(*id).copied()?;
            let ends = step.flowing && tier.then.is_none() && !takes_everything(tier);
            ends.then_some(tier.id.as_str())
        };
        if let Some(end) = ways.reached.iter().find_map(ends) {
            let path = format!("recoupment.sources[{}]", source.id);
            out.push(
                Finding::new(Severity::Question, "NO_WAY_OUT", path)
                    .with("source", &source.id)
                    .with("end", end)
                    .with("route", FindingValue::Route(ways.to(end))),
            );
        }
    }
}
