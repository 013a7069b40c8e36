//! Net present value, internal rate of return, multiple and payback.
//!
//! Flows are seen from the investor: payments are negative, receipts positive.
//!
//! Invariants:
//! * a search for rates finds **all** of them above −100 %, or says why there is none ([`NoRate`]); there is no NaN
//!   and no zero that stands for "unknown";
//! * where several rates solve the flows, the one nearest to zero stands for them, and of two equally near the
//!   positive one ([`RootRule`]);
//! * putting money in and getting none back is a total loss: no rate solves it, and it counts as −100 % in
//!   distributions ([`Outcome::rate_or_total_loss`]);
//! * one return per party: the annual effective rate on the quarterly grid ([`grid`]); the rate on true dates
//!   ([`xirr`]) is shown beside it and named as such;
//! * amounts of money come out of 31-digit arithmetic and one rounding that the caller names.
//!
//! ```
//! use recoup_returns::{NoRate, Status, irr};
//!
//! let solution = irr(&[-100.0, 230.0, -132.0])?;
//! assert_eq!(solution.status, Status::Multiple); // 10 % and 20 %
//! assert!((solution.nearest_zero().map_or(0.0, |root| root.rate) - 0.1).abs() < 1e-15);
//! assert_eq!(irr(&[-100.0, 0.0])?.outcome().reason(), Some(NoRate::TotalLoss));
//! # Ok::<(), recoup_returns::ReturnsError>(())
//! ```

#![deny(missing_docs)]

mod discount_sum;
mod double_double;
mod error;
pub mod grid;
mod irr;
mod multiple;
mod npv;
mod outcome;
mod payback;
mod scaled;
mod solver;
mod summary;
pub mod verify;

pub use error::ReturnsError;
pub use irr::{irr, xirr};
pub use multiple::{Turnover, peak_exposure, running_balance};
pub use npv::{npv, present_value, present_value_dated, xnpv};
pub use outcome::{NoRate, Outcome, Root, RootRule, Solution, Status};
pub use payback::{Payback, payback};
pub use summary::{ReturnSummary, ReturnTerms, summarise};
