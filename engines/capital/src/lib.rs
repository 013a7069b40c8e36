//! Whether the money arrives before it is spent.
//!
//! The budget becomes uses by month; the instruments are drawn as typed, in one forward pass; credits and
//! contracts that are assigned repay their own loans on the day their cash comes. The closing table sets
//! sources against uses and shows the signed difference. Where an instrument fills what the others leave open,
//! its amount is solved for: what it costs to finance depends on what is drawn, and that on the amount.
//!
//! # Invariants
//! - Month by month: opening cash + what comes in − what goes out = closing cash, to the cent.
//! - All cash of a month is dated on its last day; interest of a month runs on the balance it began with.
//! - Money assigned to a lender pays interest, then principal; the surplus goes to the production account
//!   or, once the film is delivered and nothing is short, to the collection account.
//! - Cash below nothing is a finding, never hidden by a source that nobody promised.
//! - A deferral is never cash; it stands among uses and sources with the same amount.
//! - No money of an instrument comes before its conditions precedent are met or expected to be.
//! - What is set aside for a loan's interest leaves its reserve as interest or goes back to the lender at delivery.
//! - What is paid in another currency is worth the rate of its day, but for the hedged share.
#![deny(missing_docs)]

mod amounts;
mod axis;
mod budget;
mod cash;
mod close;
mod conditions;
mod contract;
mod coverage;
mod exposure;
mod facility;
mod findings;
mod flow;
mod given;
mod grounds;
mod order;
mod plan;
mod pledge;
mod reserve;
mod run;
mod solve;
mod solved;
mod spread;
mod sums;
mod years;

pub use axis::Axis;
pub use budget::{BudgetUses, CostUse, LineUse};
pub use close::{Closing, ClosingRow, Standing};
pub use conditions::{ConditionGate, ConditionState};
pub use coverage::{CoverTest, TestUnit};
pub use exposure::{Exposure, ExposureMonth};
pub use flow::{CashFlow, CashMonth, CollectionPayment, InstrumentRun, LoanBearing};
pub use reserve::ReserveRun;
pub use run::{Capital, ClaimCash, ClaimPayment, finance};
pub use solve::Solution;
