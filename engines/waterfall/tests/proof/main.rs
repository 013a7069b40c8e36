//! The executor held against the rules: a second interpreter, plans that nobody thought of, files that nobody wrote
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod agrees;
mod cases;
mod metamorphic;
#[path = "../plans/mod.rs"]
mod plans;
mod properties;
#[path = "../reference/mod.rs"]
mod reference;
mod search;
mod spoilt;
