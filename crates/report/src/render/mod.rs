//! One document, three forms.

mod pdf;
mod text;
mod xlsx;

pub use pdf::pdf;
pub use text::text;
pub use xlsx::{sheet_names, xlsx};
