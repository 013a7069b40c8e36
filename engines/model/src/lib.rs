//! The whole deterministic computation of a deal in one book of figures.
//!
//! [`run`] takes a deal and the policy library and computes incentives, capital, receipts, recoupment and
//! returns, each through the same [`Book`](recoup_explain::Book): every figure has an address and can be
//! recomputed from typed cells, assumptions, clauses and dated rates.
//!
//! # Invariants
//! - The same deal and library give the same book.
//! - A deal that is not complete computes as far as it can. What cannot be computed is absent with its
//!   reason, and a finding says what would cure it; nothing panics and nothing stands silently at nothing.
//! - The addresses that every reader relies on exist for every deal: `closing.{uses_cash,sources_cash,
//!   difference}`, `incentives.net`, `capital.{peak_funding,peak_month}`, and for every party of the
//!   recoupment plan `recoupment.<party>.{entitlement,paid,outstanding,breakeven_receipts,breakeven_gross}` and
//!   `returns.<party>.{irr,npv,multiple,payback_months}`.
//!
//! ```
//! let deal = recoup_deal::read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
//! let outcome = recoup_model::run(&deal, recoup_incentives::Catalog::embedded().unwrap());
//! let (uses, sources) = (outcome.book.money("closing.uses_cash"), outcome.book.money("closing.sources_cash"));
//! assert!(uses.unwrap().minor() > sources.unwrap().minor(), "this film is not financed yet");
//! assert!(outcome.book.explain("closing.difference", 3).is_some());
//! ```
#![deny(missing_docs)]

mod absent;
mod actuals;
mod bare;
mod beside;
mod breakeven;
mod cure;
mod feed;
mod flows;
mod levels;
mod outcome;
mod rebalance;
mod repay;
mod returns;
mod solve_for;
mod stage;
mod statements;

pub use actuals::{Actuals, SourceActuals, StatementActuals};
pub use bare::{Bare, Outside, run_bare};
pub use cure::{Trial, curable_codes, cures, may_be_cured, tried};
pub use feed::Feed;
pub use flows::{
    FlowColumn, FlowPeriod, FlowSeries, FlowStanding, FlowTerm, FlowView, Flows, Station, Stream, flows,
};
pub use levels::{NoLevel, USUAL_QUARTERS, at_gross, at_usual_levels, quarters_of};
pub use outcome::{Outcome, run, run_in_stages};
pub use rebalance::{Shift, Unbalanced, give_way, rebalance};
pub use returns::PartyReturns;
pub use solve_for::{NoSolution, SolvedCell, SolvedFor, Unknown, closing_difference, solve_for};
pub use stage::Stage;
pub use statements::accounting;
