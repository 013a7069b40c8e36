//! What a scenario has to keep to.
mod conflict;
pub use conflict::smallest_conflict;
