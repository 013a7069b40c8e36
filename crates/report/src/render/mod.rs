//! One document, three forms.

mod description;
mod ladder;
mod pdf;
mod text;
mod xlsx;

pub use pdf::pdf;
pub use text::text;
pub use xlsx::xlsx;
