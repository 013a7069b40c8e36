//! Who is paid what, in which order, out of which receipts
#![deny(missing_docs)]

mod account;
pub mod cases;
mod compile;
mod error;
mod exact;
mod flow;
mod inputs;
mod ladder;
mod plan;
mod posting;
mod recoup;
mod run;
mod settle;
mod statement;
mod validate;

pub use cases::verify_case;
pub use compile::compile;
pub use error::WaterfallError;
pub use inputs::{Amendment, Change, DeclaredExpense, Drawing, FilmEvent, Receipt, RunInputs};
pub use ladder::{Breakeven, breakeven_ladder};
pub use plan::Plan;
pub use posting::{Cause, PeriodTotals, Posting};
pub use recoup::{Recoupment, recoup, recoup_compiled};
pub use statement::{Claim, Statement, StatementLine, Stop};
pub use validate::{Surroundings, validate};
