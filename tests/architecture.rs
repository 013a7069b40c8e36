//! The arrows of the house, checked against what cargo says; each check is shown able to fail.
//!
//! `docs/ARCHITECTURE.md` draws the same arrows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "architecture/arrows.rs"]
mod arrows;
#[path = "architecture/bans.rs"]
mod bans;
#[path = "architecture/files.rs"]
mod files;
#[path = "architecture/licences.rs"]
mod licences;
