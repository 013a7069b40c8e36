//! The application layer: one function per use case, shared by every host.
//!
//! A host (the desktop window, the loopback server, the command line) supplies its [`Ports`], opens one
//! [`App`] and serves the list in `with_use_cases!`. It adds presentation and nothing else: whatever is
//! more than that belongs here.
//!
//! Invariants: every use case is `async fn(&App, Request) -> Result<Response, AppError>`; requests and
//! responses live in [`wire`]; no money crosses the wire as a float; an error has a code, a sentence and
//! the values it is about.
//!
//! ```
//! use recoup_app::{App, Ports, wire::DescribeProduct};
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let app = App::open(Ports::system());
//! let product = recoup_app::about::describe_product(&app, DescribeProduct {}).await.unwrap();
//! assert_eq!(product.name, "Recoup");
//! # });
//! ```
#![deny(missing_docs)]

pub mod about;
pub mod actuals;
mod app;
pub mod assessment;
pub mod backups;
pub mod budget_sheets;
pub mod closing;
pub mod computation;
pub mod cures;
pub mod deals;
pub mod derived_plan;
mod desk;
mod error;
mod example_kind;
pub mod figures;
pub mod findings;
pub mod history;
pub mod incentives;
pub mod jobs;
pub mod law;
pub mod levels;
pub mod library;
mod market_terms;
pub mod own_programs;
pub mod packs;
pub mod plan_edits;
pub mod plan_templates;
pub mod points_sheet;
mod ports;
pub mod program_runs;
mod program_sheet;
pub mod projects;
pub mod rebalancing;
pub mod recoupment;
pub mod recoupment_flows;
pub mod recoupment_statements;
mod reference_rates;
pub mod returns;
pub mod revenue;
pub mod risk;
pub mod samples;
pub mod scenarios;
pub mod settings;
mod sheet_memory;
mod shelf;
mod state;
mod use_cases;
pub mod verify;
pub mod wire;

pub use app::App;
pub use error::{AppError, ErrorBody, ErrorCode};
pub use ports::{Clock, DownloadsFolder, FileTarget, Ports, SystemClock};
pub use recoup_vault::Cost;
