//! Every figure as a tree that can be recomputed from its leaves.
//!
//! The engines do not compute a figure and then describe it: they compute *through* a [`Book`], which keeps
//! what was done. A node of the book is either a [`Leaf`] (a typed cell, an assumption with its source, a
//! clause of a dated program, a dated rate) or an [`Operation`] over earlier nodes. A node may carry an
//! address such as `capital.gap.interest[2028-03]`; pages, packs and the command line ask for figures by
//! that address.
//!
//! # Invariants
//! - A node refers only to earlier nodes, so the book is acyclic by construction.
//! - [`Book::recompute`] evaluates the operations again from the leaves and must give the same quantities:
//!   the explanation *is* the computation.
//! - What cannot be computed is [`Quantity::Absent`] with its reason. It is never zero and never a panic, and
//!   it travels to everything that depends on it.
//! - Money is rounded only where an operation carries a [`Rounding`](recoup_money::Rounding).
//!
//! ```
//! use recoup_explain::{Book, Operation, Quantity};
//! use recoup_money::{Currency, Money, Rounding};
//! use rust_decimal::Decimal;
//!
//! let usd = Currency::from_code("USD").unwrap();
//! let mut book = Book::new();
//! let loan = book.cell("instruments[gap].amount", Quantity::Money(Money::new(400_000_000, usd)));
//! let rate = book.cell("instruments[gap].fee", Quantity::Number(Decimal::new(35, 3)));
//! let fee = book.compute(Operation::Scale { rounding: Rounding::HalfUp }, &[loan, rate]);
//! book.name(fee, "capital.gap.fee");
//! assert_eq!(book.money("capital.gap.fee"), Some(Money::new(14_000_000, usd)));
//! ```
#![deny(missing_docs)]

mod answer;
mod book;
mod cells;
mod evaluate;
mod exchange;
mod finder;
mod leaf;
mod operation;
mod quantity;
mod replay;
mod revise;
mod shorthand;
mod tree;

pub use book::{Book, How, NodeId};
pub use cells::{Cells, Quote};
pub use leaf::{Clause, Leaf};
pub use operation::{Comparison, Operation};
pub use quantity::{Absence, Quantity};
pub use replay::Replay;
pub use tree::Tree;
