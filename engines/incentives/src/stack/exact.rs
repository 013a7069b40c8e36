//! Which members are worth more left out: every legal set of them, where the largest sets do not tell.
//!
//! A program may cost another more than it brings, or its fees may be more than its credit, and then the best
//! combination is not one of the largest. Only members that touch each other decide about each other, so each
//! group of them is searched by itself, with amounts that are remembered, until no set left may be worth more.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::search::{Ground, Search};
use super::{Member, Runs, StackError, touch, touches};
use crate::aid;
use crate::policy::Relation;

/// Members of a group that may be left out, beyond which its sets are not all looked at.
pub(super) const MOST_LEFT_OPEN: usize = 12;

/// A set of members with the most that it may be worth, where that can be told.
type Bounded = (Option<Decimal>, Vec<usize>);

/// The best legal set of all members: per group that of the greatest worth, `incumbent` among equals.
///
/// # Errors
/// When programs wait for each other, or a value is of the wrong kind.
pub(super) fn best(
    search: &Search<'_, '_>,
    known: &mut Runs<'_, '_>,
    incumbent: Option<&[usize]>,
) -> Result<Option<Vec<usize>>, StackError> {
    let mut best = Vec::new();
    for group in groups(search.members) {
        let standing: Option<Vec<usize>> =
            incumbent.map(|set| set.iter().copied().filter(|member| group.contains(member)).collect());
        match of_group(search, known, &group, standing)? {
            Some(found) => best.extend(found),
            None => return Ok(None),
        }
    }
    best.sort_unstable();
    Ok(Some(best))
}

fn of_group(
    search: &Search<'_, '_>,
    known: &mut Runs<'_, '_>,
    group: &[usize],
    standing: Option<Vec<usize>>,
) -> Result<Option<Vec<usize>>, StackError> {
    let (fixed, open): (Vec<usize>, Vec<usize>) = group.iter().partition(|member| search.is_fixed(**member));
    if open.len() > MOST_LEFT_OPEN {
        return smaller(search, known, standing);
    }
    let mut best: Option<(Decimal, Vec<usize>)> = match standing {
        Some(set) => search.worth_of(known, &set)?.map(|worth| (worth, set)),
        None => None,
    };
    for (most, set) in sets(search, known, &fixed, &open)? {
        if best.as_ref().is_some_and(|(worth, _)| most.is_some_and(|most| most <= *worth)) {
            break;
        }
        let Some(worth) = search.worth_of(known, &set)? else { continue };
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, set));
        }
    }
    Ok(best.map(|(_, set)| set))
}

/// Every set of a group, with the most that it may be worth where that can be told, the most promising first and
/// of equals the larger.
///
/// What is handed over as assistance, or counted as other aid, never makes a credit greater: no program is worth
/// more beside others than alone. What merely fills an input of another may do either, and tells nothing.
fn sets(
    search: &Search<'_, '_>,
    known: &mut Runs<'_, '_>,
    fixed: &[usize],
    open: &[usize],
) -> Result<Vec<Bounded>, StackError> {
    let mut alone: BTreeMap<usize, Decimal> = BTreeMap::new();
    for member in fixed.iter().chain(open) {
        alone.insert(*member, search.worth(&known.of(&[*member])?));
    }
    let supplied = alone.keys().any(|one| {
        let mut others = alone.keys().map(|other| search.members[*other].policy);
        others.any(|other| touches(search.members[*one].policy, other, Relation::Supplies))
    });
    let mut found: Vec<Bounded> = (0u32..1 << open.len())
        .map(|mask| {
            let picked = open.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0);
            let mut set: Vec<usize> =
                fixed.iter().copied().chain(picked.map(|(_, member)| *member)).collect();
            set.sort_unstable();
            let worth = set.iter().filter_map(|member| alone.get(member));
            let most = worth.copied().fold(Decimal::ZERO, Decimal::saturating_add);
            ((!supplied).then_some(most), set)
        })
        .collect();
    found.sort_by_key(|(most, set)| std::cmp::Reverse((*most, set.len())));
    Ok(found)
}

/// Where a group is too large: what stands, without one member after another for as long as that is worth more.
fn smaller(
    search: &Search<'_, '_>,
    known: &mut Runs<'_, '_>,
    standing: Option<Vec<usize>>,
) -> Result<Option<Vec<usize>>, StackError> {
    let Some(mut set) = standing else { return Ok(None) };
    let Some(mut most) = search.worth_of(known, &set)? else { return Ok(None) };
    loop {
        let mut better = None;
        for gone in set.iter().filter(|member| !search.is_fixed(**member)) {
            let without: Vec<usize> = set.iter().copied().filter(|member| member != gone).collect();
            if let Some(worth) = search.worth_of(known, &without)?.filter(|worth| *worth > most) {
                (most, better) = (worth, Some(without));
            }
        }
        match better {
            Some(without) => set = without,
            None => return Ok(Some(set)),
        }
    }
}

/// Members that touch each other, directly or by way of others.
fn groups(members: &[Member<'_>]) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = (0..members.len()).collect();
    let mut found = Vec::new();
    while let Some(first) = left.first().copied() {
        let mut group = vec![first];
        let mut seen = 0;
        while let Some(at) = group.get(seen).copied() {
            seen += 1;
            let near = left.iter().copied().filter(|other| decide(&members[at], &members[*other]));
            let near: Vec<usize> = near.filter(|other| !group.contains(other)).collect();
            group.extend(near);
        }
        left.retain(|member| !group.contains(member));
        group.sort_unstable();
        found.push(group);
    }
    found
}

/// Whether one member may change what the other is worth, or whether it may stand.
fn decide(a: &Member<'_>, b: &Member<'_>) -> bool {
    let limits = |one: &Member<'_>, other: &Member<'_>| {
        let limit = one.policy.aid_limit.as_ref();
        limit.is_some_and(|limit| aid::counts(limit, one.policy, other.policy))
    };
    a.policy.id == b.policy.id || touch(a.policy, b.policy) || limits(a, b) || limits(b, a)
}

impl Search<'_, '_> {
    /// What a legal set is worth; none where something forbids it.
    fn worth_of(&self, known: &mut Runs<'_, '_>, set: &[usize]) -> Result<Option<Decimal>, StackError> {
        if self.is_barred(set) {
            return Ok(None);
        }
        let runs = known.of(set)?;
        if !self.over(&runs).is_empty() {
            return Ok(None);
        }
        Ok(Some(self.worth(&runs)))
    }

    fn is_barred(&self, set: &[usize]) -> bool {
        self.grounds.iter().any(|ground| match ground {
            Ground::Apart(a, b) => set.contains(a) && set.contains(b),
            Ground::Beside(member, others) => {
                set.contains(member) && !others.iter().any(|other| set.contains(other))
            }
        })
    }
}
