//! What must hold of every finance plan, shown on random ones.
#![expect(clippy::expect_used, clippy::panic, reason = "a test stops where it cannot go on")]

mod hostile;
mod instruments;
mod interest;
mod months;
mod more;
mod order;
mod plans;
mod solved;
