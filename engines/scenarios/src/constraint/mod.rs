//! What a scenario has to keep to, and what is wrong where it does not.
//!
//! A hard constraint makes a scenario no deal at all; a soft one costs points by its weight. What is broken says by how
//! much, in money where it is money, and what would cure it. What cannot be told is not kept and not broken: it is said.

mod conflict;
mod facts;
mod read;
mod rule;
#[cfg(test)]
mod tests;

use recoup_money::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::measure::{Measure, Unknown};

pub use conflict::smallest_conflict;
pub use facts::{Facts, LenderTest};

/// What may be asked of a scenario. Shares are fractions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Rule {
    /// Sources pay for all uses on a cash basis.
    Closes,
    /// The production account is never below zero.
    CashNeverBelowZero,
    /// A test that lenders ask for is met by every loan it is asked of: `gap_cover`, `contract_cover`, `presale_cover`,
    /// `credit_advance`, `loan_to_value`, `gap_to_budget`, `days_after_cash` (due after the credit is paid),
    /// `contingency`, `debt_service_cover`.
    LenderTest {
        /// Name of the test.
        test: String,
    },
    /// Equity of at least a share of the budget.
    EquityAtLeast {
        /// The share.
        share: Decimal,
    },
    /// Loans of at most a share of the budget.
    DebtAtMost {
        /// The share.
        share: Decimal,
    },
    /// Gap loans of at most a share of the budget.
    GapAtMost {
        /// The share.
        share: Decimal,
    },
    /// Who takes a gap loan has sold in advance: presales of at least a share of the gap loans, and some.
    GapNeedsPresales {
        /// The share.
        share: Decimal,
    },
    /// Every co-producer answers for a share of the cost between these, as its treaty says.
    CoProducerShare {
        /// The least.
        least: Decimal,
        /// The most.
        most: Decimal,
    },
    /// Public money of at most a share of the budget: net incentives, grants, and soft loans at their face.
    AidAtMost {
        /// The share.
        share: Decimal,
    },
    /// A measure of at least a value, in its unit.
    AtLeast {
        /// Which.
        measure: Measure,
        /// The least.
        value: f64,
    },
    /// A measure of at most a value, in its unit.
    AtMost {
        /// Which.
        measure: Measure,
        /// The most.
        value: f64,
    },
}

/// A rule and how firm it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// Stable id.
    pub id: String,
    /// What is asked.
    pub rule: Rule,
    /// How much it counts where it is soft, above zero; none where it is hard.
    pub weight: Option<f64>,
}

/// By how much something is off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "unit", content = "amount", rename_all = "snake_case")]
pub enum Amount {
    /// Money.
    Money(Money),
    /// A ratio or a share, as a fraction.
    Ratio(Decimal),
    /// Days.
    Days(Decimal),
    /// In the unit of the measure.
    Measured(f64),
}

/// What would cure it, everything else as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "cure", rename_all = "snake_case")]
pub enum Cure {
    /// Find this much more money, or spend as much less.
    FindMoney {
        /// How much.
        amount: Money,
    },
    /// Have this much more money in the account at its lowest: a bridge, or money that comes earlier.
    BridgeMoney {
        /// How much.
        amount: Money,
    },
    /// Put this much more equity in the place of other money.
    MoreEquity {
        /// How much.
        amount: Money,
    },
    /// Borrow this much less.
    BorrowLess {
        /// Of which loan; none where it may be any.
        instrument: Option<String>,
        /// How much.
        amount: Money,
    },
    /// Sell this much more in advance.
    SellInAdvance {
        /// How much.
        amount: Money,
    },
    /// Let the loan fall due this many days later.
    DueLater {
        /// Which loan.
        instrument: String,
        /// How many days.
        days: Decimal,
    },
    /// Move this share of the cost to the co-producer; below zero: away from it.
    MoveShare {
        /// The co-producer's contribution.
        instrument: String,
        /// The share.
        share: Decimal,
    },
    /// Take this much less public money.
    LessAid {
        /// How much.
        amount: Money,
    },
    /// There is no single number to change: the measure or test has to be met by another stack.
    AnotherStack,
}

/// A rule that is broken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Violation {
    /// Id of the constraint.
    pub constraint: String,
    /// Whether it makes the scenario no deal.
    pub hard: bool,
    /// Path or id of what breaks it, where it is one thing.
    pub at: Option<String>,
    /// By how much.
    pub by: Amount,
    /// The same in parts of the limit, to add up and to search by; above zero.
    pub excess: f64,
    /// What would cure it.
    pub cure: Cure,
}

/// A rule that could not be looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Untold {
    /// Id of the constraint.
    pub constraint: String,
    /// Whether it would make the scenario no deal.
    pub hard: bool,
    /// Why.
    pub why: Unknown,
}

/// How a scenario stands to its constraints.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Verdict {
    /// What is broken, in the order of the constraints.
    pub violations: Vec<Violation>,
    /// What could not be looked at.
    pub untold: Vec<Untold>,
    /// Hard excesses, added up; zero where every hard rule that could be looked at holds.
    pub excess: f64,
    /// Soft excesses times their weights, added up.
    pub penalty: f64,
}

impl Verdict {
    /// Whether every hard rule was looked at and holds.
    pub fn is_feasible(&self) -> bool {
        self.excess == 0.0 && !self.untold.iter().any(|untold| untold.hard)
    }
}

/// Why constraints cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ConstraintRefused {
    /// A weight that is not above zero.
    #[error("{id}: a soft constraint needs a weight above zero")]
    Weight {
        /// Of which.
        id: String,
    },
    /// A share below zero, a least above a most, or a value that is no number.
    #[error("{id}: the limit is none")]
    Limit {
        /// Of which.
        id: String,
    },
    /// The same id twice.
    #[error("{id} stands twice among the constraints")]
    Twice {
        /// Which.
        id: String,
    },
}

/// Holds a scenario against its constraints.
///
/// # Errors
/// [`ConstraintRefused`] where a constraint makes no sense.
pub fn judge(facts: &Facts, constraints: &[Constraint]) -> Result<Verdict, ConstraintRefused> {
    let mut verdict = Verdict::default();
    for (place, constraint) in constraints.iter().enumerate() {
        let id = || constraint.id.clone();
        if constraints[..place].iter().any(|earlier| earlier.id == constraint.id) {
            return Err(ConstraintRefused::Twice { id: id() });
        }
        if constraint.weight.is_some_and(|weight| !(weight.is_finite() && weight > 0.0)) {
            return Err(ConstraintRefused::Weight { id: id() });
        }
        if !constraint.rule.has_limits() {
            return Err(ConstraintRefused::Limit { id: id() });
        }
        let hard = constraint.weight.is_none();
        match rule::broken(facts, &constraint.rule) {
            Err(why) => verdict.untold.push(Untold { constraint: id(), hard, why }),
            Ok(broken) => {
                for rule::Broken { at, by, excess, cure } in broken {
                    match constraint.weight {
                        None => verdict.excess += excess,
                        Some(weight) => verdict.penalty += weight * excess,
                    }
                    verdict.violations.push(Violation { constraint: id(), hard, at, by, excess, cure });
                }
            }
        }
    }
    Ok(verdict)
}

/// What banks and public funds usually ask: hard rules that every scenario is held against unless others are given.
pub fn usual_constraints() -> Vec<Constraint> {
    let hard = |id: &str, rule: Rule| Constraint { id: id.to_owned(), rule, weight: None };
    let test = |test: &str| hard(test, Rule::LenderTest { test: test.to_owned() });
    let share = |percent: i64| Decimal::new(percent, 2);
    vec![
        hard("closes", Rule::Closes),
        hard("cash", Rule::CashNeverBelowZero),
        test("gap_cover"),
        test("contract_cover"),
        test("credit_advance"),
        test("days_after_cash"),
        hard("equity_least", Rule::EquityAtLeast { share: share(15) }),
        hard("debt_most", Rule::DebtAtMost { share: share(75) }),
        hard("gap_needs_presales", Rule::GapNeedsPresales { share: Decimal::ZERO }),
    ]
}
