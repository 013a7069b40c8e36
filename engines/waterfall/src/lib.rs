//! Who is paid what, in which order, out of which receipts
#![deny(missing_docs)]

mod account;
pub mod cases;
mod compile;
mod error;
mod exact;
mod flow;
mod inputs;
mod plan;
mod posting;
mod run;
mod settle;

pub use cases::verify_case;
pub use compile::compile;
pub use error::WaterfallError;
pub use inputs::{Amendment, Change, DeclaredExpense, Drawing, FilmEvent, Receipt, RunInputs};
pub use plan::Plan;
pub use posting::{Cause, PeriodTotals, Posting};
