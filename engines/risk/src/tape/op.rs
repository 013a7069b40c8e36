//! The steps of a tape.

use recoup_explain::Comparison;
use recoup_money::Rounding;

/// One step: what it does to the slots it reads, and the slot it writes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub op: Op,
    pub first: u32,
    pub count: u32,
    pub writes: u32,
}

/// What a step does. Amounts and numbers are doubles; an answer is 1 for yes, 0 for no, ½ for not known, so that "all"
/// is the least and "any" the greatest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Op {
    Sum,
    /// The first less all the others.
    Less,
    Negate,
    Product,
    Quotient,
    Least,
    Greatest,
    /// `[x, from0, rate0, from1, rate1, …]`.
    Tiered,
    Banded,
    /// `[question, then, otherwise]`.
    If,
    Not,
    /// Two numbers compared; they are equal where they lie this close.
    Compare(Comparison, f64),
    /// To a multiple of a unit.
    Round {
        unit: f64,
        rounding: Rounding,
    },
}
