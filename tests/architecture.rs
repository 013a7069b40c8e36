//! The arrows of the house, checked against what cargo says; each check is shown able to fail.
//!
//! `docs/ARCHITECTURE.md` draws the same arrows.

#[path = "architecture/arrows.rs"]
mod arrows;
#[path = "architecture/files.rs"]
mod files;
#[path = "architecture/licences.rs"]
mod licences;
