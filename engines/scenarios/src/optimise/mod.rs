//! Better deals than the ones somebody thought of.
//!
//! [`linear`] solves exactly what is linear in a stack: amounts, closing on cash, cover, shares. [`search`] looks for
//! what is not, with the risk engine in the loop. Both are deterministic.

mod counter;
pub mod linear;
pub mod search;
mod space;

pub(crate) use counter::Counter;
pub use space::{Decision, DecisionRefused, Objectives, Space};
