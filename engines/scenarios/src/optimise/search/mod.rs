//! A deterministic search for decisions that nothing beats.
//!
//! NSGA-II (Deb et al. 2002) on a grid of steps, with a memory of everything that was evaluated: no decision is paid for
//! twice, and the answer is the frontier of all of them, not of the last population. Half of every round are children of
//! the population; the other half are moves around the frontier, as in a pattern search, which is what finds the last
//! step before a cap or a cliff, and some leaps, which find what lies behind one. What is given at the start (templates, the deal as it stands) is evaluated first, so
//! that the answer is never worse than what was given.

mod sort;
mod state;
#[cfg(test)]
mod tests;
mod vary;

use std::collections::HashMap;
use std::ops::ControlFlow;

use rayon::prelude::*;
use serde::Serialize;

use super::counter::Counter;
use super::space::{Decision, Objectives, Space};
use crate::trade_off::dominates;
use state::Tried;

pub use state::{SearchRefused, Settings, State};

/// How far a search is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// Rounds so far.
    pub rounds: u64,
    /// Decisions evaluated so far.
    pub evaluated: usize,
    /// The most that will be.
    pub most: usize,
    /// Decisions on the frontier so far.
    pub efficient: usize,
    /// The least loss found for each objective; none while nothing is inside the constraints.
    pub best: Option<Vec<f64>>,
}

/// Why a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Every decision there is was evaluated: the answer is exact.
    Whole,
    /// As many were evaluated as allowed.
    Spent,
    /// The frontier has not moved for as many rounds as the patience allows.
    Settled,
    /// It was stopped, and may go on.
    Stopped,
}

/// A decision and what it is worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// The values, in the order of the decisions.
    pub values: Vec<f64>,
    /// What they come to.
    pub objectives: Objectives,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Decisions inside all hard constraints that nothing beats, by their first loss.
    pub frontier: Vec<Found>,
    /// Where nothing is inside the constraints: the decision that exceeds them least.
    pub nearest: Option<Found>,
    /// For each objective, by how much the least loss lies below that of everything that was given; zero where the
    /// search could not beat it, none where nothing given was inside the constraints.
    pub gained: Vec<Option<f64>>,
    /// Decisions that were evaluated.
    pub evaluated: usize,
    /// Why it ended.
    pub ended: Ended,
}

/// A search on its way.
pub struct Search<'s, S> {
    space: &'s S,
    state: State,
    known: HashMap<Vec<u32>, usize>,
}

/// Parts of a decision's range whose best are looked around.
const SLABS: f64 = 12.0;

/// From steps to others nearby.
type Move = fn(&[u32], &[Decision], &mut Counter) -> Vec<u32>;

/// How often another decision is drawn where one is known already.
const TRIES: u64 = 12;

impl<'s, S: Space> Search<'s, S> {
    /// Starts a search; `given` are decisions that are looked at first, each moved to its nearest steps.
    ///
    /// # Errors
    /// [`SearchRefused`] where there is nothing to decide or the settings are out of bounds.
    pub fn new(space: &'s S, settings: Settings, given: &[Vec<f64>]) -> Result<Self, SearchRefused> {
        let state = State::new(space, settings)?;
        let mut search = Self { space, state, known: HashMap::new() };
        let nearest = |values: &Vec<f64>| -> Vec<u32> {
            let pairs = space.decisions().iter().zip(values);
            pairs.map(|(decision, value)| decision.nearest(*value)).collect()
        };
        let whole = |values: &&Vec<f64>| values.len() == space.decisions().len();
        let given: Vec<Vec<u32>> = given.iter().filter(whole).map(nearest).collect();
        search.try_all(given);
        search.state.given = search.state.tried.len();
        let spread =
            vary::spread(space.decisions(), search.state.settings.population, search.state.settings.seed);
        search.try_all(spread);
        search.try_all(vary::corners(space.decisions()));
        search.survive((0..search.state.tried.len()).collect());
        Ok(search)
    }

    /// Takes a search up again.
    ///
    /// # Errors
    /// [`SearchRefused::OtherSpace`] where the state is not one of this space.
    pub fn resume(space: &'s S, state: State) -> Result<Self, SearchRefused> {
        if !state.is_about(space) {
            return Err(SearchRefused::OtherSpace);
        }
        let known =
            state.tried.iter().enumerate().map(|(place, tried)| (tried.steps.clone(), place)).collect();
        Ok(Self { space, state, known })
    }

    /// Everything that is known, to go on from later.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Searches until it ends or `watch` breaks it off; `watch` is told after every round.
    pub fn run(&mut self, mut watch: impl FnMut(&Progress) -> ControlFlow<()>) -> Answer {
        loop {
            if let Some(ended) = self.ended() {
                return self.answer(ended);
            }
            self.round();
            if watch(&self.progress()).is_break() {
                let ended = self.ended().unwrap_or(Ended::Stopped);
                return self.answer(ended);
            }
        }
    }

    fn ended(&self) -> Option<Ended> {
        let State { settings, tried, quiet, .. } = &self.state;
        if self.state.size().is_some_and(|size| tried.len() >= size) {
            Some(Ended::Whole)
        } else if tried.len() >= settings.evaluations {
            Some(Ended::Spent)
        } else {
            (*quiet >= settings.patience).then_some(Ended::Settled)
        }
    }

    /// One generation.
    fn round(&mut self) {
        self.state.round += 1;
        let room = self.state.settings.evaluations - self.state.tried.len();
        let count = self.state.settings.population.min(room);
        let fresh = match self.state.size() {
            Some(size) if size <= self.state.settings.evaluations => self.next_in_order(count),
            _ => self.drawn(count),
        };
        let before = self.state.frontier.clone();
        let first = self.state.tried.len();
        self.try_all(fresh);
        let mut all = std::mem::take(&mut self.state.members);
        all.extend(first..self.state.tried.len());
        self.survive(all);
        self.state.quiet = if self.state.frontier == before { self.state.quiet + 1 } else { 0 };
    }

    /// Decisions of a small space, one after the other.
    fn next_in_order(&self, count: usize) -> Vec<Vec<u32>> {
        let size = self.state.size().unwrap_or(0);
        let decision = |mut place: usize| -> Vec<u32> {
            let digit = |steps: &u32| {
                let base = *steps as usize + 1;
                let digit = place % base;
                place /= base;
                digit as u32
            };
            self.state.grid.iter().map(digit).collect()
        };
        (0..size).map(decision).filter(|steps| !self.known.contains_key(steps)).take(count).collect()
    }

    /// Decisions out of the population and around the frontier.
    fn drawn(&self, count: usize) -> Vec<Vec<u32>> {
        let fitness = sort::fitness(&self.worths(&self.state.members));
        let mut fresh: Vec<Vec<u32>> = Vec::with_capacity(count);
        for slot in 0..count {
            for again in 0..TRIES {
                let slot_of_try = slot as u64 * TRIES + again;
                let mut draw = Counter::new(self.state.settings.seed, self.state.round, slot_of_try);
                // Where the neighbourhood is known, look further and further.
                let steps = if again + 2 >= TRIES {
                    vary::anywhere(self.space.decisions(), &mut draw)
                } else {
                    match slot % 8 {
                        0..3 => self.child(&fitness, &mut draw),
                        3 | 4 => self.moved(&mut draw, vary::nudged),
                        5 | 6 => self.moved_elsewhere(&mut draw),
                        _ => self.moved(&mut draw, vary::leapt),
                    }
                };
                if !self.known.contains_key(&steps) && !fresh.contains(&steps) {
                    fresh.push(steps);
                    break;
                }
            }
        }
        fresh
    }

    fn child(&self, fitness: &[sort::Fitness], draw: &mut Counter) -> Vec<u32> {
        let decisions = self.space.decisions();
        if self.state.members.is_empty() {
            return vary::anywhere(decisions, draw);
        }
        let mut parent = || {
            let (one, two) = (draw.below(fitness.len()), draw.below(fitness.len()));
            self.state.members[if fitness[two].beats(&fitness[one]) { two } else { one }]
        };
        let (one, two) = (parent(), parent());
        let (one, two) = (&self.state.tried[one].steps, &self.state.tried[two].steps);
        let child = vary::crossed(one, two, decisions, draw);
        vary::mutated(child, decisions, draw)
    }

    /// A move from the frontier; every objective's best is asked as often as all the others together.
    fn moved(&self, draw: &mut Counter, step: Move) -> Vec<u32> {
        let decisions = self.space.decisions();
        let from = if self.state.frontier.is_empty() { &self.state.members } else { &self.state.frontier };
        if from.is_empty() {
            return vary::anywhere(decisions, draw);
        }
        let drawn = from[draw.below(from.len())];
        let place = if draw.even() < 0.5 {
            let objective = draw.below(self.state.objectives);
            let nearest =
                || from.iter().copied().min_by(|one, two| self.excess(*one).total_cmp(&self.excess(*two)));
            let best = if self.state.frontier.is_empty() { nearest() } else { self.least(objective, from) };
            best.unwrap_or(drawn)
        } else {
            drawn
        };
        step(&self.state.tried[place].steps, decisions, draw)
    }

    /// A move from the best in a slab of one decision's range, which is drawn. Behind a cliff the best is often an
    /// island that everything around it is worse than the frontier; in its own slab it need not be better than that
    /// (Mouret and Clune 2015, "Illuminating search spaces by mapping elites").
    fn moved_elsewhere(&self, draw: &mut Counter) -> Vec<u32> {
        let (decisions, tried) = (self.space.decisions(), &self.state.tried);
        let (decision, part) = (draw.below(decisions.len()), draw.even());
        let objective = draw.below(self.state.objectives);
        let slab = |step: u32| {
            let steps = decisions.get(decision).map_or(0, |decision| decision.steps);
            (f64::from(step) / (f64::from(steps) + 1.0) * SLABS) as u32
        };
        let here = |place: &usize| {
            let Tried { steps, worth } = &tried[*place];
            let in_slab = steps.get(decision).is_some_and(|step| slab(*step) == (part * SLABS) as u32);
            in_slab && worth.as_ref().is_some_and(Objectives::is_inside)
        };
        let among: Vec<usize> = (0..tried.len()).filter(here).collect();
        match self.least(objective, &among) {
            Some(place) => vary::nudged(&tried[place].steps, decisions, draw),
            None => self.moved(draw, vary::nudged),
        }
    }

    fn least(&self, objective: usize, among: &[usize]) -> Option<usize> {
        let loss = |place: usize| self.state.tried[place].worth.as_ref().map(|worth| worth.losses[objective]);
        let told = among.iter().filter_map(|&place| Some((place, loss(place)?)));
        told.reduce(|best, next| if next.1 < best.1 { next } else { best }).map(|(place, _)| place)
    }

    /// How far constraints are exceeded; without bound where nothing can be computed.
    fn excess(&self, place: usize) -> f64 {
        self.state.tried[place].worth.as_ref().map_or(f64::INFINITY, |worth| worth.excess)
    }

    fn worths(&self, places: &[usize]) -> Vec<&Objectives> {
        places.iter().filter_map(|&place| self.state.tried[place].worth.as_ref()).collect()
    }

    /// Evaluates what is not known, side by side, within what may be spent.
    fn try_all(&mut self, decisions: Vec<Vec<u32>>) {
        let room = self.state.settings.evaluations - self.state.tried.len();
        let mut fresh: Vec<Vec<u32>> = Vec::new();
        for steps in decisions {
            if fresh.len() < room && !self.known.contains_key(&steps) && !fresh.contains(&steps) {
                fresh.push(steps);
            }
        }
        let (space, objectives) = (self.space, self.state.objectives);
        let worth = |steps: &Vec<u32>| {
            let values = values_of(space, steps);
            space.evaluate(&values).filter(|worth| worth.is_told(objectives))
        };
        let worths: Vec<Option<Objectives>> = fresh.par_iter().map(worth).collect();
        for (steps, worth) in fresh.into_iter().zip(worths) {
            let place = self.state.tried.len();
            self.known.insert(steps.clone(), place);
            if worth.as_ref().is_some_and(Objectives::is_inside) {
                let losses = worth.as_ref().map_or(&[][..], |worth| &worth.losses);
                self.state.frontier = joined(&self.state.frontier, &self.state.tried, losses, place);
            }
            self.state.tried.push(Tried { steps, worth });
        }
    }

    /// Keeps the fittest.
    fn survive(&mut self, mut places: Vec<usize>) {
        places.retain(|&place| self.state.tried[place].worth.is_some());
        let kept = sort::fittest(&self.worths(&places), self.state.settings.population);
        self.state.members = kept.into_iter().map(|at| places[at]).collect();
    }

    fn progress(&self) -> Progress {
        let best = |objective| {
            let place = self.least(objective, &self.state.frontier)?;
            self.state.tried[place].worth.as_ref().map(|worth| worth.losses[objective])
        };
        Progress {
            rounds: self.state.round,
            evaluated: self.state.tried.len(),
            most: self.state.settings.evaluations.min(self.state.size().unwrap_or(usize::MAX)),
            efficient: self.state.frontier.len(),
            best: (0..self.state.objectives).map(best).collect(),
        }
    }

    /// What was found so far.
    pub fn answer(&self, ended: Ended) -> Answer {
        let State { tried, frontier, given, objectives, .. } = &self.state;
        let found = |place: usize| {
            let Tried { steps, worth } = &tried[place];
            Some(Found { values: values_of(self.space, steps), objectives: worth.clone()? })
        };
        let inside = |place: &usize| tried[*place].worth.as_ref().is_some_and(Objectives::is_inside);
        let given: Vec<usize> = (0..*given).filter(inside).collect();
        let gained = |objective: usize| {
            let loss = |place: usize| tried[place].worth.as_ref().map(|worth| worth.losses[objective]);
            let before = self.least(objective, &given).and_then(loss)?;
            let after = self.least(objective, frontier).and_then(loss)?;
            Some((before - after).max(0.0))
        };
        let mut found_on_it: Vec<Found> = frontier.iter().filter_map(|&place| found(place)).collect();
        found_on_it.sort_by(|one, two| one.objectives.losses[0].total_cmp(&two.objectives.losses[0]));
        let computed = (0..tried.len()).filter(|&place| tried[place].worth.is_some());
        let nearest = computed.min_by(|one, two| self.excess(*one).total_cmp(&self.excess(*two)));
        Answer {
            nearest: if frontier.is_empty() { nearest.and_then(found) } else { None },
            frontier: found_on_it,
            gained: (0..*objectives).map(gained).collect(),
            evaluated: tried.len(),
            ended,
        }
    }
}

fn values_of<S: Space>(space: &S, steps: &[u32]) -> Vec<f64> {
    space.decisions().iter().zip(steps).map(|(decision, step)| decision.value(*step)).collect()
}

/// The frontier with one more; equals of what stands there change nothing.
fn joined(frontier: &[usize], tried: &[Tried], losses: &[f64], place: usize) -> Vec<usize> {
    let of = |place: &usize| tried[*place].worth.as_ref().map_or(&[][..], |worth| &worth.losses);
    if frontier.iter().any(|stands| of(stands) == losses || dominates(of(stands), losses)) {
        return frontier.to_vec();
    }
    let kept = frontier.iter().copied().filter(|stands| !dominates(losses, of(stands)));
    kept.chain([place]).collect()
}
