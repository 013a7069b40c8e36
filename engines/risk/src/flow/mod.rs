//! A recoupment plan for eight futures at once.
//!
//! [`FlowProgram::new`] decides everything that does not depend on amounts: the order in which things happen, which
//! facts hold for which receipt, how long interest runs, when reserves let go, which tiers a receipt can come to.
//! [`FlowProgram::run`] then lets the receipts of eight paths down, one path in each lane, by the algorithm of the exact
//! executor (`recoup_waterfall`): pour all that is left, look for the first counter that passes a goal, take back, pour
//! as much as brings it there, and decide again for the rest. Every decision is a mask, so lanes do not see each other.
//!
//! Amounts are doubles in minor units. The exact executor keeps trillionths and rounds payments to the cent; here
//! nothing is rounded, and what both pay differs by what was rounded: less than half a cent for each payment.
//! What cannot be compiled is refused by name ([`FlowError::Unsupported`]); what goes wrong in one path alone (a group
//! that takes more than its base with nobody to answer for it, a sum that does not come out) is told of that path
//! ([`FlowWorkspace::broken`]), so that it can be run exactly.

mod compile;
mod form;
mod program;
mod rows;
mod run;

pub use program::{FlowAsk, FlowError, FlowProgram, Told};
pub use run::{FlowBatch, FlowWorkspace};
