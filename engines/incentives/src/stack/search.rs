//! The best legal combination of several programs, found by exact search, and why the others are not it.

use std::collections::BTreeSet;
use std::rc::Rc;

use recoup_deal::{FindingValue, Phrase};
use rust_decimal::Decimal;

use super::{Choice, Combination, EXCLUDE_EACH_OTHER, Member, Runs, StackError, barred, unusual};
use crate::aid;
use crate::policy::Relation;
use crate::run::ProgramRun;

/// Searches the best legal combination by `worth`, which is told the member and its run. Members in `fixed`
/// (by name) are in every combination; one that conflicts with no other is in all of them too, so only
/// conflicts are searched, and where together they are more aid than one of them allows, what to leave out.
///
/// # Errors
/// When programs wait for each other, or a value is of the wrong kind.
pub fn best_combination(
    members: &[Member<'_>],
    fixed: &BTreeSet<String>,
    worth: &dyn Fn(usize, &ProgramRun) -> Decimal,
) -> Result<Choice, StackError> {
    let mut known = Runs::new(members);
    let mut legal = Vec::new();
    let mut broken = Vec::new();
    let mut open = candidates(members, fixed);
    let mut seen = 0;
    while let Some(subset) = open.get(seen).cloned() {
        seen += 1;
        let (combination, runs, over) = look_at(members, fixed, &subset, &mut known, worth)?;
        if over {
            for smaller in without_one(members, fixed, &subset) {
                if !open.contains(&smaller) && open.len() < MOST_LOOKED_AT {
                    open.push(smaller);
                }
            }
        }
        if combination.reasons.is_empty() {
            legal.push((combination, runs));
        } else {
            broken.push(combination);
        }
    }
    // Stable: among equals the one listed first by the deal stands.
    legal.sort_by_key(|(combination, _)| std::cmp::Reverse(combination.worth));
    let mut legal = legal.into_iter();
    let (chosen, runs) = legal.next().unwrap_or_else(|| (Combination::nothing(), Vec::new()));
    let mut rejected: Vec<Combination> = legal
        .map(|(mut combination, _)| {
            let less = chosen.worth.saturating_sub(combination.worth);
            combination.reasons.push(Phrase::new("worth_less").with("less", FindingValue::Number(less)));
            combination
        })
        .collect();
    broken.sort_by_key(|combination| std::cmp::Reverse(combination.worth));
    rejected.extend(broken);
    let runs = runs.iter().map(|(_, run)| ProgramRun::clone(run)).collect();
    Ok(Choice { chosen, runs, rejected })
}

/// More combinations than a production's aid ever asks for.
const MOST_LOOKED_AT: usize = 4096;

type MemberRuns = Vec<(usize, Rc<ProgramRun>)>;

/// One combination with its worth and what forbids it; whether it is more aid than one of its programs allows
/// and something in it may be left out.
fn look_at<'m>(
    members: &'m [Member<'_>],
    fixed: &BTreeSet<String>,
    subset: &[usize],
    known: &mut Runs<'m, '_>,
    worth: &dyn Fn(usize, &ProgramRun) -> Decimal,
) -> Result<(Combination, MemberRuns, bool), StackError> {
    let chosen: Vec<&Member<'_>> = subset.iter().map(|index| &members[*index]).collect();
    let mut reasons = breaches(&chosen, fixed);
    reasons.extend(
        fixed
            .iter()
            .filter(|name| chosen.iter().all(|member| member.name != **name))
            .filter_map(|name| members.iter().find(|member| member.name == *name))
            .map(|member| Phrase::new("leaves_out_claimed").with("program", &member.policy.short_name)),
    );
    let runs = known.of(subset)?;
    let held: Vec<(&Member<'_>, &ProgramRun)> =
        runs.iter().map(|(index, run)| (&members[*index], run.as_ref())).collect();
    let over = if without_one(members, fixed, subset).is_empty() { Vec::new() } else { aid::over(&held) };
    let is_over = !over.is_empty();
    reasons.extend(over);
    let total =
        runs.iter().map(|(index, run)| worth(*index, run)).fold(Decimal::ZERO, Decimal::saturating_add);
    let programs = runs.iter().map(|(index, _)| members[*index].name.clone()).collect();
    let credits = runs
        .iter()
        .map(|(index, run)| (members[*index].name.clone(), run.credit().unwrap_or_default()))
        .collect();
    Ok((Combination { programs, worth: total, credits, reasons }, runs, is_over))
}

/// The combination without each of its members that is aid and that the deal leaves open.
fn without_one(members: &[Member<'_>], fixed: &BTreeSet<String>, subset: &[usize]) -> Vec<Vec<usize>> {
    let may_go = |index: &&usize| {
        let member = &members[**index];
        member.common_rate.is_some() && aid::is_aid(member.policy) && !fixed.contains(&member.name)
    };
    let without = |gone: usize| subset.iter().copied().filter(|index| *index != gone).collect();
    subset.iter().filter(may_go).map(|gone| without(*gone)).collect()
}

/// All members, and every way to resolve the conflicts among them by leaving out as few as possible: the
/// legal ways, and among them the usual ones.
fn candidates(members: &[Member<'_>], fixed: &BTreeSet<String>) -> Vec<Vec<usize>> {
    let barred = |a: usize, b: usize| barred(&members[a], &members[b]).is_some();
    let doubted = |a: usize, b: usize| {
        let (a, b) = (&members[a], &members[b]);
        unusual(a.policy, b.policy).is_some() && !(fixed.contains(&a.name) && fixed.contains(&b.name))
    };
    let all: Vec<usize> = (0..members.len()).collect();
    let mut found = vec![all.clone()];
    for subset in
        maximal(&all, &barred).into_iter().chain(maximal(&all, &|a, b| barred(a, b) || doubted(a, b)))
    {
        if !found.contains(&subset) {
            found.push(subset);
        }
    }
    found
}

/// The largest sets of members without a conflict inside.
fn maximal(all: &[usize], conflict: &dyn Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let conflict = |a: usize, b: usize| a != b && conflict(a, b);
    let (contested, free): (Vec<usize>, Vec<usize>) =
        all.iter().partition(|a| all.iter().any(|b| conflict(**a, *b)));
    // Beyond a dozen contested programs the search would be large; a production never has so many.
    let contested = &contested[..contested.len().min(12)];
    let mut found = Vec::new();
    for mask in 0u32..(1 << contested.len()) {
        let picked: Vec<usize> =
            (0..contested.len()).filter(|p| mask & (1 << p) != 0).map(|p| contested[p]).collect();
        let clean = picked.iter().all(|a| picked.iter().all(|b| !conflict(*a, *b)));
        let full =
            contested.iter().filter(|c| !picked.contains(c)).all(|c| picked.iter().any(|p| conflict(*c, *p)));
        if clean && full {
            let mut subset: Vec<usize> = free.iter().copied().chain(picked).collect();
            subset.sort_unstable();
            found.push(subset);
        }
    }
    found
}

/// What forbids a combination.
fn breaches(members: &[&Member<'_>], fixed: &BTreeSet<String>) -> Vec<Phrase> {
    let mut reasons = Vec::new();
    for (index, member) in members.iter().enumerate() {
        for other in &members[index + 1..] {
            if let Some(exclusion) = barred(member, other) {
                reasons.push(
                    Phrase::new(EXCLUDE_EACH_OTHER)
                        .with("program", &member.policy.short_name)
                        .with("other", &other.policy.short_name)
                        .with("clause", exclusion.clause),
                );
            }
        }
        for other in &members[index + 1..] {
            let wished = fixed.contains(&member.name) && fixed.contains(&other.name);
            reasons.extend(unusual(member.policy, other.policy).filter(|_| !wished));
        }
        for interaction in &member.policy.interactions {
            let met = members.iter().any(|other| interaction.with.contains(&other.policy.id));
            if interaction.relation == Relation::Requires && !met {
                reasons.push(
                    Phrase::new("stands_only_beside")
                        .with("program", &member.policy.short_name)
                        .with("others", interaction.with.join(", "))
                        .with("clause", &interaction.clause),
                );
            }
        }
    }
    reasons
}
