//! The linear part of a stack, solved exactly.
//!
//! Amounts are free between bounds; sources pay for the uses and for what they cost themselves; rules bind sums of
//! amounts. Money that is not taken at all pays no opening costs, which makes the problem one of whole numbers. The
//! answer is the least loss there is: the bound that every other way of building the stack is held against.

use good_lp::solvers::{ObjectiveDirection, ResolutionError};
use good_lp::{
    Expression, ProblemVariables, Solution, SolverModel, Variable, constraint, default_solver, variable,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::constraint::smallest_conflict;

#[cfg(test)]
mod tests;

/// Money that may be taken. Amounts are major units of one currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Stable id.
    pub id: String,
    /// The least amount, where any is taken.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// Whether it may be left out altogether.
    pub optional: bool,
    /// What each unit costs in cash before delivery (fees, interest paid or reserved), to be financed with the rest.
    pub costs: f64,
    /// What taking any costs in cash, such as the lender's lawyers.
    pub opening: f64,
    /// What each unit adds to the loss that is kept small: its whole cost, or the ownership it takes.
    pub loss: f64,
    /// What taking any adds to the loss.
    pub opening_loss: f64,
}

/// How a sum stands to its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sense {
    /// No more than it.
    AtMost,
    /// No less than it.
    AtLeast,
}

/// A rule over amounts: the sum of amounts, each times its factor, against a limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinearRule {
    /// Stable id.
    pub id: String,
    /// Ids of sources and their factors; a source that is not named counts for nothing.
    pub factors: Vec<(String, f64)>,
    /// How the sum stands to the limit.
    pub sense: Sense,
    /// The limit.
    pub limit: f64,
}

/// A stack to be solved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinearStack {
    /// What has to be paid for besides the costs of the sources.
    pub uses: f64,
    /// Where the money may come from.
    pub sources: Vec<Source>,
    /// What has to hold.
    pub rules: Vec<LinearRule>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NoStack {
    /// A number that is none, a least above a most, or an amount below zero.
    #[error("{id}: the numbers make no stack")]
    Numbers {
        /// Of which source or rule.
        id: String,
    },
    /// A rule names a source that is not there.
    #[error("{rule} names {source_id}, which is no source of the stack")]
    UnknownSource {
        /// The rule.
        rule: String,
        /// What it names.
        source_id: String,
    },
    /// The sources do not pay for the uses, whatever the rules.
    #[error("the sources cannot pay for the uses, even without rules")]
    CannotClose,
    /// Rules that cannot hold together in a stack that closes.
    #[error("cannot hold together in a stack that closes: {}", rules.join(", "))]
    Conflict {
        /// The smallest set, by their ids.
        rules: Vec<String>,
    },
    /// The solver gave up.
    #[error("the solver gave up: {why}")]
    Solver {
        /// In its words.
        why: String,
    },
}

/// What a rule that binds costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShadowPrice {
    /// The rule.
    pub rule: String,
    /// By how much the loss falls for each unit by which the limit is eased, seen from here: the stack is solved again
    /// with the limit eased a little. Not below zero.
    pub eased: f64,
    /// By how much the loss rises for each unit by which it is tightened; none where nothing would close any more.
    pub tightened: Option<f64>,
}

/// The best stack.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Solved {
    /// Amounts, in the order of the sources.
    pub amounts: Vec<f64>,
    /// The least loss there is.
    pub loss: f64,
    /// Rules that bind, with their prices.
    pub binding: Vec<ShadowPrice>,
}

/// How near a sum is to its limit where the rule is said to bind, in parts of the uses.
const BINDS: f64 = 1e-7;

/// By how much a limit is moved for its price, in parts of the uses: far above what doubles leave, far below where
/// another rule usually begins to bind.
const MOVED: f64 = 1e-4;

impl LinearStack {
    /// Solves it.
    ///
    /// # Errors
    /// [`NoStack`] where the numbers make no stack, or where nothing closes inside the rules: with the smallest set of
    /// rules that cannot hold together.
    pub fn solve(&self) -> Result<Solved, NoStack> {
        self.check()?;
        let all: Vec<&LinearRule> = self.rules.iter().collect();
        let Some((amounts, loss)) = self.least(&all)? else { return Err(self.conflict()) };
        let unit = self.uses.abs().max(1.0);
        let mut binding = Vec::new();
        for (place, rule) in self.rules.iter().enumerate() {
            if (self.sum(rule, &amounts) - rule.limit).abs() > BINDS * unit {
                continue;
            }
            let moved = |by: f64| -> Result<Option<f64>, NoStack> {
                let outwards = if rule.sense == Sense::AtMost { by } else { -by };
                let other = LinearRule { limit: rule.limit + outwards, ..rule.clone() };
                let mut rules = all.clone();
                rules[place] = &other;
                Ok(self.least(&rules)?.map(|found| found.1))
            };
            let step = MOVED * unit;
            let eased = moved(step)?.map_or(0.0, |eased| ((loss - eased) / step).max(0.0));
            let tightened = moved(-step)?.map(|tightened| ((tightened - loss) / step).max(0.0));
            binding.push(ShadowPrice { rule: rule.id.clone(), eased, tightened });
        }
        Ok(Solved { amounts, loss, binding })
    }

    fn sum(&self, rule: &LinearRule, amounts: &[f64]) -> f64 {
        let amount =
            |id: &str| self.sources.iter().position(|source| source.id == id).map(|place| amounts[place]);
        rule.factors.iter().filter_map(|(id, factor)| Some(factor * amount(id)?)).sum()
    }

    fn check(&self) -> Result<(), NoStack> {
        let refused = |id: &str| Err(NoStack::Numbers { id: id.to_owned() });
        if !(self.uses.is_finite() && self.uses >= 0.0) {
            return refused("uses");
        }
        for source in &self.sources {
            let numbers =
                [source.least, source.most, source.costs, source.opening, source.loss, source.opening_loss];
            let ordered = 0.0 <= source.least && source.least <= source.most && source.opening >= 0.0;
            if !(numbers.iter().all(|number| number.is_finite()) && ordered) {
                return refused(&source.id);
            }
        }
        for rule in &self.rules {
            if !(rule.limit.is_finite() && rule.factors.iter().all(|factor| factor.1.is_finite())) {
                return refused(&rule.id);
            }
            for (id, _) in &rule.factors {
                if !self.sources.iter().any(|source| source.id == *id) {
                    let (rule, source_id) = (rule.id.clone(), id.clone());
                    return Err(NoStack::UnknownSource { rule, source_id });
                }
            }
        }
        Ok(())
    }

    fn conflict(&self) -> NoStack {
        let meets = |set: &[usize]| {
            let rules: Vec<&LinearRule> = set.iter().map(|place| &self.rules[*place]).collect();
            matches!(self.least(&rules), Ok(Some(_)))
        };
        match smallest_conflict(self.rules.len(), meets) {
            Some(set) if !set.is_empty() => NoStack::Conflict {
                rules: set.into_iter().map(|place| self.rules[place].id.clone()).collect(),
            },
            _ => NoStack::CannotClose,
        }
    }

    /// Amounts and loss of the best stack under some rules; none where nothing closes inside them. Everything is
    /// solved in parts of the uses: a solver's tolerances are absolute.
    fn least(&self, rules: &[&LinearRule]) -> Result<Option<(Vec<f64>, f64)>, NoStack> {
        let unit = self.uses.abs().max(1.0);
        let mut problem = ProblemVariables::new();
        let (mut amounts, mut loss) = (Vec::new(), Expression::from(0.0));
        let mut paid = Expression::from(0.0);
        let mut opened: Vec<(Variable, Variable, f64, f64)> = Vec::new();
        for source in &self.sources {
            let (least, most) = (source.least / unit, source.most / unit);
            let counted =
                source.optional && (source.least > 0.0 || source.opening > 0.0 || source.opening_loss != 0.0);
            let low = if source.optional { 0.0 } else { least };
            let amount = problem.add(variable().min(low).max(most));
            loss += source.loss * amount;
            paid += (1.0 - source.costs) * amount;
            if counted {
                let taken = problem.add(variable().binary());
                loss += source.opening_loss / unit * taken;
                paid -= source.opening / unit * taken;
                opened.push((amount, taken, least, most));
            } else {
                loss += source.opening_loss / unit;
                paid -= source.opening / unit;
            }
            amounts.push(amount);
        }
        let mut model = problem.optimise(ObjectiveDirection::Minimisation, loss).using(default_solver);
        model.add_constraint(constraint!(paid == self.uses / unit));
        for (amount, taken, least, most) in opened {
            model.add_constraint(constraint!(amount <= most * taken));
            model.add_constraint(constraint!(amount >= least * taken));
        }
        for rule in rules {
            let mut sum = Expression::from(0.0);
            for (id, factor) in &rule.factors {
                if let Some(place) = self.sources.iter().position(|source| source.id == *id) {
                    sum += *factor * amounts[place];
                }
            }
            let limit = rule.limit / unit;
            model.add_constraint(match rule.sense {
                Sense::AtMost => constraint!(sum <= limit),
                Sense::AtLeast => constraint!(sum >= limit),
            });
        }
        match model.solve() {
            Ok(solution) => {
                let values: Vec<f64> = amounts.iter().map(|amount| solution.value(*amount) * unit).collect();
                let loss = self.loss(&values);
                Ok(Some((values, loss)))
            }
            Err(ResolutionError::Infeasible) => Ok(None),
            Err(other) => Err(NoStack::Solver { why: other.to_string() }),
        }
    }

    /// The loss of amounts: what each unit adds, and what opening adds.
    fn loss(&self, amounts: &[f64]) -> f64 {
        let unit = self.uses.abs().max(1.0);
        let loss = |(source, amount): (&Source, &f64)| {
            let taken = !source.optional || *amount > BINDS * unit;
            source.loss * amount + if taken { source.opening_loss } else { 0.0 }
        };
        self.sources.iter().zip(amounts).map(loss).sum()
    }
}
