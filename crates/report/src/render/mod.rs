//! One document, three forms.

mod description;
mod histogram;
mod ladder;
mod outlook;
mod pdf;
mod scale;
mod text;
mod xlsx;

pub use pdf::pdf;
pub use text::text;
pub use xlsx::xlsx;
