//! Several programs on one production: who is computed first, what is handed over, what may stand together.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use recoup_deal::Phrase;
use rust_decimal::Decimal;
use serde::Serialize;
use thiserror::Error;

use crate::aid;
use crate::answers::{AnswerError, Answers};
use crate::expression::Value;
use crate::policy::{Counting, Policy, Relation};
use crate::run::{ProgramRun, run_beside};

mod exact;
mod search;

pub use search::best_combination;

/// One program with what is given to it.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The version of the program.
    pub policy: &'a Policy,
    /// What is given to its form.
    pub answers: Answers,
    /// What the combination calls it: the program, and the claimant where another company claims it too.
    pub name: String,
    /// Who claims, where it is said.
    pub claimant: Option<String>,
    /// What the whole production would give to the form, where several companies claim for themselves.
    pub production: Option<Answers>,
    /// Units of one common currency for one of the program's, where its credit is held against the limits of
    /// aid that other programs state.
    pub common_rate: Option<Decimal>,
}

impl<'a> Member<'a> {
    /// A program by itself, whoever claims it.
    #[must_use]
    pub fn new(policy: &'a Policy, answers: Answers) -> Self {
        let name = policy.id.clone();
        Self { policy, answers, name, claimant: None, production: None, common_rate: None }
    }
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

/// Whether two claims bar each other: their programs do, and not only for a company that claims both.
fn barred(a: &Member<'_>, b: &Member<'_>) -> Option<Exclusion> {
    let apart = a.claimant.is_some() && b.claimant.is_some() && a.claimant != b.claimant;
    let holds = |from: &Policy, to: &Policy| {
        from.interactions.iter().any(|i| {
            i.relation == Relation::Excludes
                && i.with.contains(&to.id)
                && !(apart && i.per == Counting::Claimant)
        })
    };
    exclusion(a.policy, b.policy).filter(|_| holds(a.policy, b.policy) || holds(b.policy, a.policy))
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

/// Whether one program hands something to another, and so comes first.
fn feeds(giver: &Policy, receiver: &Policy) -> bool {
    touches(giver, receiver, Relation::ReducesBaseOf) || touches(giver, receiver, Relation::Supplies)
}

/// Whether two programs say anything of each other.
fn touch(a: &Policy, b: &Policy) -> bool {
    let says = |from: &Policy, of: &Policy| from.interactions.iter().any(|one| one.with.contains(&of.id));
    says(a, b) || says(b, a)
}

/// The order in which programs are computed: whoever hands something over comes first.
///
/// # Errors
/// When programs wait for each other; the circle is named.
pub fn order(policies: &[&Policy]) -> Result<Vec<usize>, StackError> {
    let before = |one: usize, other: usize| feeds(policies[one], policies[other]);
    sequence(policies.len(), &before, &|place| policies[place].aid_limit.is_some())
        .map_err(|open| StackError::Cycle { path: circle(policies, &open, &feeds) })
}

/// Places in order of computation, or those that wait for each other.
fn sequence(
    count: usize,
    before: &dyn Fn(usize, usize) -> bool,
    limits_aid: &dyn Fn(usize) -> bool,
) -> Result<Vec<usize>, Vec<usize>> {
    let mut placed: Vec<usize> = Vec::with_capacity(count);
    let mut open: Vec<usize> = (0..count).collect();
    while !open.is_empty() {
        let mut free = open
            .iter()
            .copied()
            .filter(|candidate| open.iter().all(|other| other == candidate || !before(*other, *candidate)));
        // Who has to leave room for the aid of others is computed after them, where nothing else decides.
        let first = free.clone().find(|place| !limits_aid(*place));
        let Some(next) = first.or_else(|| free.next()) else { return Err(open) };
        open.retain(|place| *place != next);
        placed.push(next);
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
    Ok(run_members(members)?.into_iter().map(|(_, run)| run).collect())
}

/// The same, each run with the place of its member.
pub(crate) fn run_members(members: &[Member<'_>]) -> Result<Vec<(usize, ProgramRun)>, StackError> {
    let all: Vec<usize> = (0..members.len()).collect();
    let runs = Runs::new(members).of(&all)?;
    Ok(runs.into_iter().map(|(member, run)| (member, Rc::unwrap_or_clone(run))).collect())
}

/// Runs of the members of several stacks. A program that is handed the same amounts gives the same result.
struct Runs<'m, 'a> {
    members: &'m [Member<'a>],
    known: Vec<HashMap<Answers, Rc<ProgramRun>>>,
    /// Who waits for whom, by the places of both.
    waits: Vec<Vec<bool>>,
}

impl<'m, 'a> Runs<'m, 'a> {
    fn new(members: &'m [Member<'a>]) -> Self {
        let waits_for = |one: &Member<'_>, other: &Member<'_>| feeds(other.policy, one.policy);
        let waits = members.iter().map(|one| members.iter().map(|other| waits_for(one, other)).collect());
        Self { members, known: members.iter().map(|_| HashMap::new()).collect(), waits: waits.collect() }
    }

    /// The runs of a stack of some of the members, in order of computation, each with its member.
    fn of(&mut self, stack: &[usize]) -> Result<Vec<(usize, Rc<ProgramRun>)>, StackError> {
        let mut fed: BTreeMap<usize, Answers> = BTreeMap::new();
        let mut runs: Vec<(usize, Rc<ProgramRun>)> = Vec::with_capacity(stack.len());
        for index in self.in_order(stack)? {
            let mut given = fed.remove(&index).unwrap_or_default();
            let earlier = runs.iter().map(|(other, run)| (&self.members[*other], run.as_ref()));
            if let Some((input, aid)) = aid::of_others(&self.members[index], earlier) {
                given.set(input, Value::Number(aid));
            }
            let result = self.one(index, given)?;
            self.hand_over(index, &result, stack, &mut fed);
            runs.push((index, result));
        }
        Ok(runs)
    }

    /// The members of a stack in order of computation.
    fn in_order(&self, stack: &[usize]) -> Result<Vec<usize>, StackError> {
        let before = |one: usize, other: usize| self.waits[stack[other]][stack[one]];
        let limits = |place: usize| self.members[stack[place]].policy.aid_limit.is_some();
        match sequence(stack.len(), &before, &limits) {
            Ok(places) => Ok(places.into_iter().map(|place| stack[place]).collect()),
            Err(open) => {
                let policies: Vec<&Policy> = stack.iter().map(|index| self.members[*index].policy).collect();
                Err(StackError::Cycle { path: circle(&policies, &open, &feeds) })
            }
        }
    }

    fn one(&mut self, index: usize, given: Answers) -> Result<Rc<ProgramRun>, StackError> {
        if let Some(known) = self.known[index].get(&given) {
            return Ok(Rc::clone(known));
        }
        let member = &self.members[index];
        let answers = aid::beside(member, &given);
        let result = run_beside(member.policy, &answers, &given, member.production.as_ref())?;
        let result = Rc::new(result);
        self.known[index].insert(given, Rc::clone(&result));
        Ok(result)
    }

    fn hand_over(
        &self,
        giver: usize,
        result: &ProgramRun,
        stack: &[usize],
        fed: &mut BTreeMap<usize, Answers>,
    ) {
        for interaction in &self.members[giver].policy.interactions {
            let (Some(line), Some(input)) = (&interaction.line, &interaction.input) else { continue };
            let Some(value) = result.value(line) else { continue };
            for other in stack.iter().filter(|other| **other != giver) {
                if !interaction.with.contains(&self.members[*other].policy.id)
                    || !reaches(self.members, stack, giver, *other)
                {
                    continue;
                }
                let target = fed.entry(*other).or_default();
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
}

/// Whether what one member hands over is the other's: they stand together, and where several companies claim
/// the receiving program it goes to the giver's own claim, or to the first where the giver has none.
pub(crate) fn reaches(members: &[Member<'_>], stack: &[usize], giver: usize, receiver: usize) -> bool {
    let (from, to) = (&members[giver], &members[receiver]);
    if exclusion(from.policy, to.policy).is_some() {
        return false;
    }
    // A company is not charged with what another received on spend of its own.
    let has_its_own = stack.iter().map(|other| &members[*other]).any(|other| {
        other.policy.id == from.policy.id && other.claimant.is_some() && other.claimant == to.claimant
    });
    if to.policy.per == Counting::Claimant && has_its_own && from.claimant != to.claimant {
        return false;
    }
    let same: Vec<usize> =
        stack.iter().copied().filter(|other| members[*other].policy.id == to.policy.id).collect();
    let own = same.iter().find(|other| from.claimant.is_some() && members[**other].claimant == from.claimant);
    own.or(same.first()).is_none_or(|place| *place == receiver)
}

#[cfg(test)]
mod tests;
