//! A plan as it is built: moved about, put together from usual pieces, taken over from another film.
//!
//! Nothing here runs a plan. [`reshape()`] makes one change to the order and leaves it one that money can walk:
//! every tier that was reached is reached, no way leads back, every id stands once.

mod fill;
mod form;
mod insert;
mod of_film;
mod shape;
mod suggest;
mod usual;

pub use fill::{Unfilled, fill};
pub use form::{Parameter, ParameterKind, Template, TemplateKind, Values, Words};
pub use insert::{as_plan, insert, reserve_without_end};
pub use of_film::of_film;
pub use shape::{Operation, Place, Refused, Reshaped, User, place_of, reshape};
pub use suggest::{Suggestion, suggest};
pub use usual::templates;

#[cfg(test)]
mod tests;
