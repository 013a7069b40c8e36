//! Recoupments in a straight line, over quarters, eight paths at once: as fast as the processor allows.
//!
//! [`QuarterPlan`] is an order of payment that needs no more than the flow of each quarter: fees on receipts, claims one
//! after the other or side by side in proportion, growing debts, corridors, and shares that switch when a payee has had
//! an amount. [`Quarterly`] puts receipts before it and returns behind it. A plan that is none is computed by the flow
//! of the compiled plan instead.
//!
//! Amounts are `f64` in major units and good to far less than a cent; every figure that is shown as a fact comes from
//! the exact executor, to which this one is tied by tests on random plans.

mod of_plan;
mod plan;
mod quarterly;
mod rates;
mod receipts;
mod reference;
mod returns;
#[cfg(test)]
mod tests;
mod waterfall;

pub use of_plan::{Compiled, NotQuarterly};
pub use plan::{Amount, QuarterPlan, Share, Step, Unfit};
pub use quarterly::{Quarterly, Room, Stage};
pub use receipts::Receipts;
pub use reference::{Reference, ReferenceRoom, Unreadable};
pub use returns::{Investor, Returns};
