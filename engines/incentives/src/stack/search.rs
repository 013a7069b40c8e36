//! The best legal combination of several programs, found by exact search, and why the others are not it.

use std::collections::BTreeSet;
use std::rc::Rc;

use recoup_deal::{FindingValue, Phrase};
use rust_decimal::Decimal;

use super::{Choice, Combination, EXCLUDE_EACH_OTHER, Member, Runs, StackError, barred, exact, unusual};
use crate::aid;
use crate::policy::Relation;
use crate::run::ProgramRun;

/// What forbids a set of members, whatever its members come to.
pub(super) enum Ground {
    /// Two that may not stand together.
    Apart(usize, usize),
    /// One that stands only beside one of the others.
    Beside(usize, Vec<usize>),
}

/// A search over some members.
pub(super) struct Search<'m, 'a> {
    pub(super) members: &'m [Member<'a>],
    pub(super) grounds: Vec<Ground>,
    fixed: &'m BTreeSet<String>,
    measure: &'m dyn Fn(usize, &ProgramRun) -> Decimal,
}

/// Searches the best legal combination by `worth`, which is told the member and its run. Members in `fixed`
/// (by name) are in every combination. Looked at and told are the largest legal sets, those without a member
/// where together they are more aid than one of them allows, and whatever smaller set is worth more than they
/// are: among up to a dozen members that touch each other every set is compared.
///
/// # Errors
/// When programs wait for each other, or a value is of the wrong kind.
pub fn best_combination(
    members: &[Member<'_>],
    fixed: &BTreeSet<String>,
    worth: &dyn Fn(usize, &ProgramRun) -> Decimal,
) -> Result<Choice, StackError> {
    let search = Search { members, fixed, measure: worth, grounds: grounds(members, fixed) };
    let mut known = Runs::new(members);
    let mut legal = Vec::new();
    let mut broken = Vec::new();
    let mut open = candidates(members, fixed);
    let mut seen = 0;
    while let Some(subset) = open.get(seen).cloned() {
        seen += 1;
        let (combination, runs, over) = search.look_at(&subset, &mut known)?;
        if over {
            for smaller in search.without_one(&subset) {
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
    let incumbent = legal.first().map(|(_, runs)| members_of(runs));
    if let Some(best) = exact::best(&search, &mut known, incumbent.as_deref())?
        && incumbent.is_none_or(|set| set != best)
    {
        let (combination, runs, _) = search.look_at(&best, &mut known)?;
        legal.insert(0, (combination, runs));
    }
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

pub(super) type MemberRuns = Vec<(usize, Rc<ProgramRun>)>;

fn members_of(runs: &MemberRuns) -> Vec<usize> {
    let mut members: Vec<usize> = runs.iter().map(|(member, _)| *member).collect();
    members.sort_unstable();
    members
}

impl Search<'_, '_> {
    pub(super) fn is_fixed(&self, member: usize) -> bool {
        self.fixed.contains(&self.members[member].name)
    }

    pub(super) fn worth(&self, runs: &MemberRuns) -> Decimal {
        let each = runs.iter().map(|(index, run)| (self.measure)(*index, run));
        each.fold(Decimal::ZERO, Decimal::saturating_add)
    }

    /// What is more aid than one of its programs allows, where something that counts may be left out.
    pub(super) fn over(&self, runs: &MemberRuns) -> Vec<Phrase> {
        let held: Vec<(&Member<'_>, &ProgramRun)> =
            runs.iter().map(|(index, run)| (&self.members[*index], run.as_ref())).collect();
        aid::over(&held, &|member| self.may_go(member))
    }

    /// One combination with its worth and what forbids it; whether it is more aid than one of its programs
    /// allows and something in it may be left out.
    fn look_at(
        &self,
        subset: &[usize],
        known: &mut Runs<'_, '_>,
    ) -> Result<(Combination, MemberRuns, bool), StackError> {
        let chosen: Vec<&Member<'_>> = subset.iter().map(|index| &self.members[*index]).collect();
        let mut reasons = breaches(&chosen, self.fixed);
        reasons.extend(
            self.fixed
                .iter()
                .filter(|name| chosen.iter().all(|member| member.name != **name))
                .filter_map(|name| self.members.iter().find(|member| member.name == *name))
                .map(|member| Phrase::new("leaves_out_claimed").with("program", &member.policy.short_name)),
        );
        let runs = known.of(subset)?;
        let over = self.over(&runs);
        let is_over = !over.is_empty();
        reasons.extend(over);
        let name = |index: &usize| self.members[*index].name.clone();
        let programs = runs.iter().map(|(index, _)| name(index)).collect();
        let credits =
            runs.iter().map(|(index, run)| (name(index), run.credit().unwrap_or_default())).collect();
        let worth = self.worth(&runs);
        Ok((Combination { programs, worth, credits, reasons }, runs, is_over))
    }

    /// Whether a member is aid and the deal leaves it open.
    fn may_go(&self, member: &Member<'_>) -> bool {
        member.common_rate.is_some() && aid::is_aid(member.policy) && !self.fixed.contains(&member.name)
    }

    /// The combination without each of its members that is aid and that the deal leaves open.
    fn without_one(&self, subset: &[usize]) -> Vec<Vec<usize>> {
        let open = subset.iter().filter(|index| self.may_go(&self.members[**index]));
        let without = |gone: usize| subset.iter().copied().filter(|index| *index != gone).collect();
        open.map(|gone| without(*gone)).collect()
    }
}

/// Every ground that [`breaches`] tells, by the place of the members.
fn grounds(members: &[Member<'_>], fixed: &BTreeSet<String>) -> Vec<Ground> {
    let mut found = Vec::new();
    for (at, member) in members.iter().enumerate() {
        for (place, other) in members.iter().enumerate().skip(at + 1) {
            let wished = fixed.contains(&member.name) && fixed.contains(&other.name);
            let doubted = || !wished && unusual(member.policy, other.policy).is_some();
            if barred(member, other).is_some() || doubted() {
                found.push(Ground::Apart(at, place));
            }
        }
        let required = member.policy.interactions.iter().filter(|one| one.relation == Relation::Requires);
        for interaction in required {
            let meets = |other: &usize| interaction.with.contains(&members[*other].policy.id);
            found.push(Ground::Beside(at, (0..members.len()).filter(meets).collect()));
        }
    }
    found
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
