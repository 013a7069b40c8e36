//! Who owns and who decides: four scores from the terms of the deal, and rights that are given twice.
//!
//! Each term takes a share of what the producer has left, so that the score of a dimension is `100 · Π (1 − share)`: it
//! falls with every term, by less the more is gone already, and reaches nothing only where everything is given away.
//! Friction is what terms add up to the same way, `100 · (1 − Π (1 − share))`: it never reaches 100. A score therefore
//! tells the seventh deal from the tenth, which a sum that is cut at its ends does not.
//!
//! What is not typed is taken as the market usually means it, and listed: a licence without a term runs for good, one
//! without a word on exclusivity is exclusive.

mod rights;
mod score;
mod terms;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use serde::Serialize;

pub use rights::{RightsConflict, rights_conflicts};
pub use score::ownership;
pub use terms::{Approval, ControlTerms, RightsHolder};

/// What is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// How much of the rights stays with the producer.
    Ownership,
    /// How much the producer decides alone.
    Control,
    /// How many ways stay open.
    Optionality,
    /// How much has to be agreed with others: more is worse.
    Friction,
}

/// A term and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Of which dimension.
    pub dimension: Dimension,
    /// Id of the instrument.
    pub instrument: String,
    /// The term, as a stable word: `licence`, `copyright`, `final_cut`, `veto`, …
    pub term: String,
    /// The share of what is left that it takes (of friction: of what is still easy), 0 to 1.
    pub share: Decimal,
}

/// The four scores and what they are made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scores {
    /// 0 to 100; more is better.
    pub ownership: Decimal,
    /// 0 to 100; more is better.
    pub control: Decimal,
    /// 0 to 100; more is better.
    pub optionality: Decimal,
    /// 0 to 100; less is better.
    pub friction: Decimal,
    /// Every term that moves a score, in the order of the instruments.
    pub taken: Vec<Taken>,
    /// Paths of what was not typed and was taken as the market usually means it.
    pub assumed: Vec<String>,
}

impl Scores {
    /// All four as one number from 0 to 100: 35 % ownership, 30 % control, 20 % optionality, 15 % absence of friction.
    pub fn composite(&self) -> Decimal {
        let percent = |weight: i64| Decimal::new(weight, 2);
        self.ownership * percent(35)
            + self.control * percent(30)
            + self.optionality * percent(20)
            + (Decimal::ONE_HUNDRED - self.friction) * percent(15)
    }
}
