//! Which deal is best, for whom, and why.
//!
//! A scenario is a complete deal: its own instruments, its own order of recoupment, its incentives computed. What
//! readers think of it is measured on the computed deal, never on what somebody wished for.
#![deny(missing_docs)]

mod candidate;
mod compare;
pub mod constraint;
mod evaluate;
mod measure;
pub mod negotiate;
pub mod optimise;
pub mod ownership;
mod price;
pub mod recommend;
#[cfg(test)]
mod sample;
mod template;
mod trade_off;

pub use candidate::{Base, Candidate, NoScenario, Options, Reason, Share, build, build_all, duplicates};
pub use compare::{
    Comparison, Criterion, Duel, Entry, Highlight, Mark, Perspective, PerspectiveRefused, Points, Reader,
    Scale, ScaleRefused, Score, Standing, compare, duel,
};
pub use evaluate::{Evaluated, Evaluating, compute_all, evaluate, evaluate_all};
pub use measure::{Chance, Direction, Measure, Measures, Told, Unit, Unknown};
pub use price::{MarketTerm, MarketTerms};
pub use template::{Origin, Price, Templates, Wish};
pub use trade_off::{Frontier, LeftOut, Objective, Place, Slope, TradeOffRefused, frontier, hypervolume};
