//! Which deal is best, for whom, and why.
//!
//! A scenario is a complete deal: its own instruments, its own order of recoupment, its incentives computed. What
//! readers think of it is measured on the computed deal, never on what somebody wished for.
#![deny(missing_docs)]

mod measure;

pub use measure::{Chance, Direction, Measure, Measures, Told, Unit, Unknown};
