//! Eight paths at once held against the exact executor, on plans that nobody thought of
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod agrees;
mod alike;
mod cells;
mod deals;
#[allow(unused_imports, reason = "the tests of the exact executor use all of it")]
#[path = "../../../waterfall/tests/plans/mod.rs"]
mod plans;
#[path = "../../../waterfall/tests/proof/search.rs"]
mod search;
mod wider;
