//! Net present value, internal rate of return, multiple and payback.

#![deny(missing_docs)]

mod discount_sum;
mod double_double;
mod error;
mod irr;
mod outcome;
mod scaled;
mod solver;
pub mod verify;

pub use error::ReturnsError;
pub use irr::{irr, xirr};
pub use outcome::{NoRate, Outcome, Root, RootRule, Solution, Status};
