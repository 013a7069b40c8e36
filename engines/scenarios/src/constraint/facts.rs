//! What rules look at.

use recoup_money::Money;
use rust_decimal::Decimal;

use crate::measure::{Measures, Told};

/// A test that a lender asks for, as it came out.
#[derive(Debug, Clone, PartialEq)]
pub struct LenderTest {
    /// Its name, such as `gap_cover`.
    pub test: String,
    /// Path of what is tested.
    pub path: String,
    /// The loan that is tested; none for tests of the whole.
    pub instrument: Option<String>,
    /// What the loan comes to; none where that is not known or not one loan.
    pub principal: Option<Money>,
    /// What came out.
    pub ratio: Told<Decimal>,
    /// What is asked for.
    pub required: Told<Decimal>,
    /// Whether that is the least; else it is the most.
    pub at_least: bool,
    /// Whether it counts days.
    pub in_days: bool,
    /// Whether it is met; none where it cannot be computed.
    pub met: Option<bool>,
}

/// A scenario as rules look at it. All money is in the deal's currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The whole budget.
    pub budget: Told<Money>,
    /// Uses without a source; zero where it closes.
    pub missing: Told<Money>,
    /// How far the account falls below zero; zero where it never does.
    pub lowest: Told<Money>,
    /// Money at risk for a share of the film.
    pub equity: Told<Money>,
    /// Loans of every kind.
    pub debt: Told<Money>,
    /// Gap loans among them.
    pub gap: Told<Money>,
    /// Presales and pickups.
    pub presales: Told<Money>,
    /// Net incentives, grants and soft loans.
    pub aid: Told<Money>,
    /// Co-producers' contributions by instrument id, with the share of the cost each answers for.
    pub co_producers: Vec<(String, Decimal)>,
    /// The lenders' tests.
    pub tests: Vec<LenderTest>,
    /// What the scenario is worth.
    pub measures: Measures,
}
