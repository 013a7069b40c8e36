//! Who is paid what, in which order, out of which receipts.
//!
//! A [`RecoupmentPlan`](recoup_deal::recoupment::RecoupmentPlan) says how money walks from its sources
//! to the payees. [`compile()`] turns it into a flat [`Plan`]: numbered tiers, one row of counters, and
//! thresholds on counters. [`recoup()`] plays receipts, drawings, expenses and events against it and
//! answers with [`Posting`]s, each with its [`Cause`], with a [`Statement`] for every party and period,
//! and with what every [`Claim`] still is owed. [`recoup_recorded`] does the same through the book of
//! figures, so that every payment can be asked why. [`validate()`] says what is wrong with a plan before
//! any money moves, and [`breakeven_ladder`] at which receipts each claim has been paid out.
//!
//! Invariants:
//! * money is conserved: in every slice of a receipt exactly, in every statement period to the cent;
//! * a receipt is a flow: when a counter reaches a target, everything is decided again at that point;
//! * no payment is negative and no claim gets more than its limit, beyond the cent that rounds it;
//! * what is owed below a cent is carried, so rounding does not drift;
//! * the same plan and inputs give the same postings, whatever else runs.
//!
//! ```
//! use recoup_money::Currency;
//! use recoup_waterfall::{RunInputs, recoup};
//!
//! let plan = serde_json::from_str(r#"{
//!   "sources": [{"id": "world", "enters": "fee"}],
//!   "tiers": [
//!     {"id": "fee", "takes": {"kind": "share", "payee": "sales", "rate": "0.2"}, "then": "loan"},
//!     {"id": "loan", "takes": {"kind": "share", "payee": "lender",
//!       "limit": {"kind": "amount", "amount": "USD 500.00"}}, "then": "net"},
//!     {"id": "net", "takes": {"kind": "share", "payee": "producer"}}
//!   ]}"#)?;
//! let mut inputs = RunInputs::new(Currency::USD);
//! inputs.receipts = serde_json::from_str(
//!     r#"[{"id": "r1", "date": "2029-03-31", "source": "world", "amount": "USD 1000.00"}]"#)?;
//! let result = recoup(&plan, &inputs, &[])?;
//! let paid: Vec<String> = result.postings.iter().map(|posting| posting.amount.to_string()).collect();
//! assert_eq!(paid, ["USD 200.00", "USD 500.00", "USD 300.00"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(missing_docs)]

mod account;
pub mod cases;
mod compile;
mod derive;
mod error;
mod exact;
mod expiry;
mod explain;
pub mod flat;
mod flow;
mod inputs;
mod ladder;
mod outline;
mod plan;
mod posting;
mod probe;
mod recoup;
mod rows;
mod run;
mod scale;
mod settle;
mod statement;
mod table;
mod templates;
mod told;
mod totals;
mod validate;

pub use cases::{run_case, verify_case};
pub use compile::compile;
pub use derive::{Custom, CustomKind, Derived, derive_plan};
pub use error::WaterfallError;
pub use expiry::expiry_findings;
pub use explain::{
    Figures, InputNodes, PartyFigures, Played, RecordedRecoupment, record_breakeven, record_breakeven_gross,
    recoup_recorded,
};
pub use inputs::{Amendment, Change, DeclaredExpense, Drawing, FilmEvent, Receipt, RunInputs, UnitsCounted};
pub use ladder::{Breakeven, Forecast, breakeven_ladder, breakeven_of};
pub use plan::Plan;
pub use posting::{Cause, PeriodTotals, Posting, Postings};
pub use recoup::{Recoupment, recoup, recoup_compiled};
pub use rows::PostingRows;
pub use run::{Instead, Lapsed, Refund};
pub use statement::{
    Accounting, Accrual, Claim, ClaimHistory, ClaimPeriod, ContractDays, Difference, Differing, GroupHistory,
    GroupPeriod, Ledger, LedgerPeriod, LedgerRow, LineOf, PartyHistory, PartyLine, PartyPeriod,
    PeriodDifference, Reason, SourceHistory, Statement, StatementLine, StatementRows, Statements, Stop,
    difference,
};
pub use templates::{
    Operation, Parameter, ParameterKind, Place, Refused, Reshaped, Suggestion, Template, TemplateKind,
    Unfilled, User, Values, Words, as_plan, fill, insert, of_film, place_of, reserve_without_end, reshape,
    suggest, templates,
};
pub use told::{Kept, Told};
pub use totals::{Totals, recoup_totals};
pub use validate::{Surroundings, validate};
