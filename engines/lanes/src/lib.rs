//! Eight doubles at once, with the same bits on every processor.
#![deny(missing_docs)]
