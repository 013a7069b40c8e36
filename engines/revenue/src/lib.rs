//! What reaches the collection account, when and from whom.
//!
//! A source of the revenue plan is an estimate for some territories and one window. Its money falls over
//! quarters by a timing profile, is paid after a reporting lag, and loses on its way what exhibitors, tax
//! offices, distributors and sales agents keep by contract. What is left reaches the collection account,
//! where the recoupment plan begins.
//!
//! # Invariants
//! - Per source and quarter: gross = everything kept on the way + what reaches the account, to the cent.
//! - The price of a territory that is sold already belongs to the capital stack. Here such a source brings
//!   overages only: what its estimate leaves after the distributor has recouped the guarantee.
//! - Receipts of a quarter are dated on its last day.
//! - Where statements have come in for a source, its estimate is told under addresses that end in `forecast`; what
//!   stands in its place is the whole deal's computation to say.
//! - A deduction that the recoupment plan has a tier for is not taken a second time on the way.
#![deny(missing_docs)]

mod agency;
mod channel;
mod contract;
mod estimate;
mod findings;
mod horizon;
mod naming;
mod payments;
mod profile;
mod receipts;
mod release;
mod template;
mod windows;

pub use channel::{Kept, KeptBy, QuarterReceipt, SourceReceipts};
pub use naming::Naming;
pub use receipts::{Receipts, receipts};
pub use release::{ReleasePlan, Released, ReleasedPart, release};
pub use template::{WindowTiming, template};
pub use windows::by_window;
