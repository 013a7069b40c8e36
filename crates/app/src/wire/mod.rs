//! The shapes that cross the wire, the same on every host and in the generated TypeScript.

mod about;
mod asked;
mod money;

pub use about::{DescribeProduct, Product};
pub use asked::Asked;
pub use money::{MoneyDto, UnsafeAmount};
