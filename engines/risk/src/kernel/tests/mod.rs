//! The kernel against a plain computation, against the exact executor, and against itself on every processor.

mod plain;
mod processors;
