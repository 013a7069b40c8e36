//! What a deal comes to when its numbers are uncertain.
//!
//! A path is one drawn future of the film: every uncertain number takes a value, and everything that follows from
//! it follows as in the exact computation. Path `i` depends on the seed and on `i` alone: results have the same
//! bits for any number of threads, any processor, and after a run was stopped and taken up again.
#![deny(missing_docs)]

pub mod draw;
pub mod film;
pub mod flow;
pub mod kernel;
mod model;
mod numeric;
pub mod rate;
pub mod run;
pub mod sensitivity;
pub mod statistics;
pub mod tape;
#[cfg(test)]
mod toy;

pub use model::{CHUNK, Column, Measure, PathModel};
