//! Which uncertain number moves a result, and by how much.
//!
//! Every answer comes from inputs that were really changed: the model is computed with other values in the drivers'
//! places. Nothing is scaled afterwards.

mod driven;
mod goal;
mod indices;
mod table;
mod tornado;
mod uniforms;

pub use driven::{DrivenModel, Held};
pub use goal::{Goal, GoalRefused, Jump, Root, Sought, seek};
pub use indices::{Index, Indices, IndicesRefused, MOST_ROWS, indices};
pub use table::{TwoWay, two_way};
pub use tornado::{Bar, Point, Spider, base, spider, tornado};
pub use uniforms::uniforms;

#[cfg(test)]
mod tests;
