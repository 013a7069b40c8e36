//! The versioned document of a film financing, and whether it makes sense.
//!
//! A [`Deal`] holds everything a producer knows about how one film is paid for: the work, its
//! schedule and budget, the incentives, the capital stack, the revenue plan, the order of recoupment.
//! Other engines compute from it; this crate only says what is written, whether it can be read and
//! what is missing.
//!
//! Invariants:
//! - A value that is not known is absent. Nothing stands for "unknown" by being zero.
//! - Every element of every list of objects has a stable `id`, unique in its list; a cell's address is
//!   its path, such as `budget.lines[anim].amount`. Undo, difference and explanation use the same paths.
//! - Shares and rates are fractions of one, written as decimal strings (`"0.125"`); money is written
//!   with its currency (`"USD 900000.00"`).
//! - The document is the only clock: "today" is [`Deal::as_of`].
//! - Reading refuses what cannot be typed with a [`DealError`]; what can be typed but does not make
//!   sense is a [`Finding`] from [`check`].
//!
//! ```
//! use recoup_deal::{apply, check, diff, read_deal, set};
//!
//! let deal = read_deal(r#"{
//!     "schema": "recoup-deal/1", "id": "short", "name": "Short", "currency": "EUR", "as_of": "2026-11-22",
//!     "project": {"title": "Short"},
//!     "budget": {"lines": [{"id": "anim", "account": "animation", "label": "Animation"}]}
//! }"#)?;
//! assert!(check(&deal).iter().any(|finding| finding.path == "budget.lines[anim].amount"));
//!
//! let priced = set(&deal, "budget.lines[anim].amount", "EUR 1800000.00".into())?;
//! let changes = diff(&deal, &priced)?;
//! assert_eq!(changes[0].path, "budget.lines[anim].amount");
//! assert_eq!(apply(&priced, &[changes[0].inverse()])?, deal);
//! # Ok::<(), recoup_deal::DealError>(())
//! ```
#![deny(missing_docs)]

mod account;
pub mod actuals;
mod assumption;
mod bounds;
mod budget;
mod check;
mod convention;
mod cost;
mod cure;
mod diff;
mod document;
mod edit;
mod error;
pub mod findings;
mod fx;
mod ground;
mod incentive;
pub mod instrument;
mod limits;
mod local;
mod market;
mod milestone;
mod party;
mod path;
mod preference;
mod program;
mod project;
mod read;
pub mod recoupment;
pub mod revenue;
mod risk;
mod schedule;
mod schema;
mod timeline;
mod upgrade;
mod window;

pub use account::{Account, Role};
pub use actuals::Actuals;
pub use assumption::{Assumption, Confidence};
pub use bounds::{MAX_BYTES, MAX_DEPTH, MAX_LIST, MAX_TEXT};
pub use budget::{
    Budget, BudgetLine, Contingency, LineItem, SpendCurve, SpendShare, Subcontract, lies_within,
};
pub use check::check;
pub use convention::{Convention, ShareBounds};
pub use cost::{CostAmount, CostBase, CostKind, CostShare, FinancingCost};
pub use cure::{Ask, AskKind, Cure, Edit, edited};
pub use diff::{Change, apply, diff};
pub use document::{Deal, SCHEMA, SchemaVersion};
pub use edit::{get, get_in, insert, remove, set};
pub use error::DealError;
pub use findings::{Finding, FindingValue, Language, Phrase, Severity};
pub use fx::FxQuote;
pub use ground::{Ground, GroundValue};
pub use incentive::{ClaimStatus, Election, IncentiveClaim, InputValue, Monetisation};
pub use instrument::{Instrument, InstrumentStatus, Terms};
pub use limits::{MAX_BUDGET_USD, MIN_BUDGET_USD};
pub use local::local_currency;
pub use market::{AdvanceByGrade, BaseRate, LenderLimits, Market, RatePoint};
pub use milestone::{DueDate, Milestone, PaymentStep};
pub use party::{CounterpartyGrade, Party, PartyRole};
pub use preference::{Allocation, AllocationKind, AllocationPart, Perspective, Preferences};
pub use program::DealProgram;
pub use project::{
    Attachment, Audience, ProjectProfile, ProjectType, Rights, Technique, Treaty, TreatyShare,
};
pub use read::{deal_to_value, read_deal, read_deal_value, write_deal};
pub use recoupment::RecoupmentPlan;
pub use revenue::{DistributionContract, RevenuePlan, RevenueSource, SalesAgency};
pub use risk::{
    BaseRateOf, BuyerDefault, CreditOf, Distribution, DrawEffect, HitOrMiss, Lognormal, Normal, Outcome,
    Overrun, Range, RankCorrelation, RiskDriver, RiskEvent, RiskPlan, SourceDelay, ThreePoint,
};
pub use schedule::{Delivery, Phase, PhaseSpan, ProjectStatus, Release, ReleaseTemplate, Schedule};
pub use schema::deal_schema;
pub use timeline::{PhaseMonths, Timeline};
pub use window::Window;
