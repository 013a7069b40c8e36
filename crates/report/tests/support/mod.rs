//! What the tests of a pack share: the judge of its document, and readers of its files.

pub(crate) mod contents;
pub(crate) mod document;
pub(crate) mod files;
