//! The kernel against a plain computation, against the exact executor, and against itself on every processor.

mod exact;
mod plain;
mod processors;
