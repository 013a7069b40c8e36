//! Several programs on one production: who is computed first, what is handed over, what may stand together.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use recoup_deal::{FindingValue, Phrase};
use rust_decimal::Decimal;
use serde::Serialize;
use thiserror::Error;

use crate::answers::{AnswerError, Answers};
use crate::expression::Value;
use crate::policy::{Policy, Relation};
use crate::run::{ProgramRun, run};

/// One program with what is given to it.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The version of the program.
    pub policy: &'a Policy,
    /// What is given to its form.
    pub answers: Answers,
}

/// Why a stack cannot be computed.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum StackError {
    /// Programs that each wait for the other.
    #[error("these programs each need the other first: {}", .path.join(" → "))]
    Cycle {
        /// The programs in order, the first repeated at the end.
        path: Vec<String>,
    },
    /// A value of the wrong kind.
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

/// The same fault as a part of a sentence, which every language says in its own words.
impl From<&StackError> for Phrase {
    fn from(error: &StackError) -> Self {
        match error {
            StackError::Cycle { path } => {
                Phrase::new("programs_in_circle").with("programs", path.join(" → "))
            }
            StackError::Answer(AnswerError::Mismatch { name, wanted, given }) => {
                Phrase::new("answer_mismatch")
                    .with("input", name)
                    .with("wanted", Phrase::new(*wanted))
                    .with("given", given)
            }
            StackError::Answer(AnswerError::NotAnObject) => Phrase::new("answers_not_an_object"),
        }
    }
}

/// Two programs that may not stand together, with the ground.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exclusion {
    /// One program.
    pub program: String,
    /// The other.
    pub other: String,
    /// The clause.
    pub clause: String,
}

/// Code of the reason that two programs of a combination may not stand together.
pub(crate) const EXCLUDE_EACH_OTHER: &str = "exclude_each_other";

/// A combination that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Combination {
    /// Its programs, in order of computation.
    pub programs: Vec<String>,
    /// What it is worth by the measure of the search.
    pub worth: Decimal,
    /// The credit of each program in it, in the program's currency.
    pub credits: BTreeMap<String, Decimal>,
    /// Why it was not chosen; empty for the one that was.
    pub reasons: Vec<Phrase>,
}

impl Combination {
    /// No program at all.
    #[must_use]
    pub fn nothing() -> Self {
        Self { programs: Vec::new(), worth: Decimal::ZERO, credits: BTreeMap::new(), reasons: Vec::new() }
    }
}

/// The best legal combination and all others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// What to claim.
    pub chosen: Combination,
    /// Its runs, in order of computation.
    pub runs: Vec<ProgramRun>,
    /// The others, best first, each with the reason.
    pub rejected: Vec<Combination>,
}

fn touches(from: &Policy, to: &Policy, relation: Relation) -> bool {
    from.interactions.iter().any(|i| i.relation == relation && i.with.contains(&to.id))
}

/// Whether two programs exclude each other, whichever of them says so.
#[must_use]
pub fn exclusion(a: &Policy, b: &Policy) -> Option<Exclusion> {
    [(a, b), (b, a)].into_iter().find_map(|(from, to)| {
        from.interactions
            .iter()
            .find(|i| i.relation == Relation::Excludes && i.with.contains(&to.id))
            .map(|i| Exclusion { program: a.id.clone(), other: b.id.clone(), clause: i.clause.clone() })
    })
}

/// Whether two programs are not usually claimed together, whichever of them says so.
fn unusual(a: &Policy, b: &Policy) -> Option<Phrase> {
    [(a, b), (b, a)].into_iter().find_map(|(from, to)| {
        let found =
            from.interactions.iter().find(|i| i.relation == Relation::Unusual && i.with.contains(&to.id))?;
        Some(
            Phrase::new("unusual_beside")
                .with("program", &from.short_name)
                .with("other", &to.short_name)
                .with("clause", &found.clause),
        )
    })
}

/// The order in which programs are computed: whoever hands something over comes first.
///
/// # Errors
/// When programs wait for each other; the circle is named.
pub fn order(policies: &[&Policy]) -> Result<Vec<usize>, StackError> {
    let before =
        |a: &Policy, b: &Policy| touches(a, b, Relation::ReducesBaseOf) || touches(a, b, Relation::Supplies);
    let mut placed: Vec<usize> = Vec::new();
    while placed.len() < policies.len() {
        let open: Vec<usize> = (0..policies.len()).filter(|i| !placed.contains(i)).collect();
        let free = open.iter().copied().find(|candidate| {
            open.iter().all(|other| other == candidate || !before(policies[*other], policies[*candidate]))
        });
        match free {
            Some(free) => placed.push(free),
            None => return Err(StackError::Cycle { path: circle(policies, &open, &before) }),
        }
    }
    Ok(placed)
}

/// Walks backwards from any waiting program until one repeats.
fn circle(policies: &[&Policy], open: &[usize], before: &dyn Fn(&Policy, &Policy) -> bool) -> Vec<String> {
    let mut path: Vec<usize> = open.iter().take(1).copied().collect();
    while let Some(at) = path.last().copied() {
        let waits_for =
            open.iter().copied().find(|other| *other != at && before(policies[*other], policies[at]));
        let Some(next) = waits_for else { break };
        if let Some(start) = path.iter().position(|known| *known == next) {
            path.drain(..start);
            path.push(next);
            break;
        }
        path.push(next);
    }
    path.reverse();
    path.iter().map(|index| policies[*index].id.clone()).collect()
}

/// Computes a stack in its order, handing the rounded results over as the interactions say.
///
/// # Errors
/// When programs wait for each other, or a value is of the wrong kind.
pub fn run_stack(members: &[Member<'_>]) -> Result<Vec<ProgramRun>, StackError> {
    let all: Vec<usize> = (0..members.len()).collect();
    let runs = Runs::new(members).of(&all)?;
    Ok(runs.into_iter().map(Rc::unwrap_or_clone).collect())
}

/// Runs of the members of several stacks. A program that is handed the same amounts gives the same result.
struct Runs<'m, 'a> {
    members: &'m [Member<'a>],
    known: Vec<Vec<(Answers, Rc<ProgramRun>)>>,
}

impl<'m, 'a> Runs<'m, 'a> {
    fn new(members: &'m [Member<'a>]) -> Self {
        Self { members, known: members.iter().map(|_| Vec::new()).collect() }
    }

    /// The runs of a stack of some of the members, in order of computation.
    fn of(&mut self, stack: &[usize]) -> Result<Vec<Rc<ProgramRun>>, StackError> {
        let policies: Vec<&Policy> = stack.iter().map(|index| self.members[*index].policy).collect();
        let mut fed: BTreeMap<&str, Answers> = BTreeMap::new();
        let mut runs = Vec::with_capacity(stack.len());
        for place in order(&policies)? {
            let policy = policies[place];
            let given = fed.remove(policy.id.as_str()).unwrap_or_default();
            let result = self.one(stack[place], given)?;
            hand_over(policy, &result, &policies, &mut fed);
            runs.push(result);
        }
        Ok(runs)
    }

    fn one(&mut self, index: usize, given: Answers) -> Result<Rc<ProgramRun>, StackError> {
        if let Some((_, known)) = self.known[index].iter().find(|(fed, _)| *fed == given) {
            return Ok(Rc::clone(known));
        }
        let member = &self.members[index];
        let result = Rc::new(run(member.policy, &member.answers, &given)?);
        self.known[index].push((given, Rc::clone(&result)));
        Ok(result)
    }
}

fn hand_over<'a>(
    policy: &Policy,
    result: &ProgramRun,
    policies: &[&'a Policy],
    fed: &mut BTreeMap<&'a str, Answers>,
) {
    for interaction in &policy.interactions {
        let (Some(line), Some(input)) = (&interaction.line, &interaction.input) else { continue };
        let Some(value) = result.value(line) else { continue };
        for other in policies {
            let receives = interaction.with.contains(&other.id);
            if !receives || exclusion(policy, other).is_some() {
                continue;
            }
            let target = fed.entry(&other.id).or_default();
            let handed = match (interaction.relation, target.get(input), value) {
                (Relation::ReducesBaseOf, Some(Value::Number(so_far)), Value::Number(more)) => {
                    Value::Number(so_far.saturating_add(*more))
                }
                _ => value.clone(),
            };
            target.set(input, handed);
        }
    }
}

/// Searches the best legal combination by `worth`. Programs in `fixed` are in every combination; a
/// program that conflicts with no other is in all of them too, so only conflicts are searched.
///
/// # Errors
/// When programs wait for each other, or a value is of the wrong kind.
pub fn best_combination(
    members: &[Member<'_>],
    fixed: &BTreeSet<String>,
    worth: &dyn Fn(&ProgramRun) -> Decimal,
) -> Result<Choice, StackError> {
    let mut known = Runs::new(members);
    let mut legal = Vec::new();
    let mut broken = Vec::new();
    for subset in candidates(members, fixed) {
        let chosen: Vec<&Member<'_>> = subset.iter().map(|index| &members[*index]).collect();
        let mut reasons = breaches(&chosen, fixed);
        reasons.extend(
            fixed
                .iter()
                .filter(|id| chosen.iter().all(|member| member.policy.id != **id))
                .filter_map(|id| members.iter().find(|member| member.policy.id == *id))
                .map(|member| Phrase::new("leaves_out_claimed").with("program", &member.policy.short_name)),
        );
        let runs = known.of(&subset)?;
        let total = runs.iter().map(|run| worth(run)).fold(Decimal::ZERO, Decimal::saturating_add);
        let programs = runs.iter().map(|run| run.program.clone()).collect();
        let credits =
            runs.iter().map(|run| (run.program.clone(), run.credit().unwrap_or_default())).collect();
        let combination = Combination { programs, worth: total, credits, reasons };
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
    let runs = runs.iter().map(|run| ProgramRun::clone(run)).collect();
    Ok(Choice { chosen, runs, rejected })
}

/// All members, and every way to resolve the conflicts among them by leaving out as few as possible: the
/// legal ways, and among them the usual ones.
fn candidates(members: &[Member<'_>], fixed: &BTreeSet<String>) -> Vec<Vec<usize>> {
    let barred = |a: usize, b: usize| exclusion(members[a].policy, members[b].policy).is_some();
    let doubted = |a: usize, b: usize| {
        let (a, b) = (members[a].policy, members[b].policy);
        unusual(a, b).is_some() && !(fixed.contains(&a.id) && fixed.contains(&b.id))
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
            if let Some(exclusion) = exclusion(member.policy, other.policy) {
                reasons.push(
                    Phrase::new(EXCLUDE_EACH_OTHER)
                        .with("program", &member.policy.short_name)
                        .with("other", &other.policy.short_name)
                        .with("clause", exclusion.clause),
                );
            }
        }
        for other in &members[index + 1..] {
            let wished = fixed.contains(&member.policy.id) && fixed.contains(&other.policy.id);
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
