//! The database on the producer's own disk: projects, the history of each deal, and what was handed out.
//!
//! One encrypted SQLite file (SQLCipher, a raw 256-bit key), one process at a time, one writer in it. A deal
//! is one JSON document; the store keeps it, every state it ever had, and a log of every change, and
//! does not interpret it beyond the few fields its lists show.
//!
//! Invariants:
//! - What is acknowledged is on the disk: WAL with `synchronous = FULL`, one transaction per use case. A
//!   killed process, a full disk or a power cut lose only what was not yet answered.
//! - History is only ever appended to. Undo, redo and restore move or add, they never rewrite; each
//!   revision carries the SHA-256 of its document, checked whenever it is read.
//! - Every write carries the version its author has seen and is refused with [`StoreError::Conflict`]
//!   when somebody else was faster.
//! - Columns beside a document are copies, written with it; [`Store::integrity_check`] compares them.
//! - A file this program cannot fully understand is refused with a typed error and left as it was.
//!
//! ```
//! # async fn example() -> Result<(), recoup_store::StoreError> {
//! use recoup_store::{NewProject, Profile, Store};
//! use serde_json::json;
//!
//! let store = Store::in_memory().await?;
//! let profile = Profile { full_name: "Producer".into(), ..Profile::default() };
//! let user = store.create_user(&profile).await?;
//! let document = json!({ "name": "The Comet", "currency": "EUR" });
//! let new = NewProject {
//!     user: &user.id, name: "The Comet", description: "", document: &document,
//!     author: &user.full_name, summary: "First draft",
//! };
//! let project = store.create_project(&new).await?;
//! let edited = json!({ "name": "The Comet", "currency": "USD" });
//! let saved = store.save_deal(&project.id, project.version, &edited, "Producer", "Currency").await?;
//! let back = store.undo(&project.id, saved.version, "Producer").await?;
//! assert!(back.is_some_and(|deal| deal.document == document));
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
//! ```
#![deny(missing_docs)]

mod backup;
mod belongings;
mod carry;
mod change_log;
mod custom_policies;
mod db;
mod deals;
mod document;
mod error;
mod export;
mod history;
mod id;
mod integrity;
mod job_checkpoints;
mod job_queue;
mod jobs;
mod key;
mod lock;
mod migrate;
mod named_versions;
mod packs;
mod patch;
mod policy_editions;
mod project_list;
mod projects;
mod scenarios;
mod settings;
mod statements;
mod users;
mod waterfall_structures;

pub use carry::Destination;
pub use change_log::Change;
pub use custom_policies::{CustomPolicy, CustomPolicyVersion};
pub use db::{Clock, Options, Store};
pub use deals::{OpenedDeal, Saved};
pub use error::StoreError;
pub use history::{History, REVISIONS_PER_PAGE, Revision, RevisionKind, RevisionQuery};
pub use id::{
    CustomPolicyId, JobId, NamedVersionId, PackId, Page, ProjectId, RevisionId, ScenarioId, UserId,
    WaterfallStructureId,
};
pub use integrity::Integrity;
pub use job_checkpoints::Checkpoint;
pub use jobs::{Enqueued, Job, JobProgress, JobStatus, NewJob};
pub use key::Key;
pub use migrate::schema_version;
pub use named_versions::NamedVersion;
pub use packs::{NewPack, Pack};
pub use patch::{Difference, Edit, Step, differences, edits, path};
pub use policy_editions::{PolicyEdition, ProjectEdition};
pub use project_list::{PROJECTS_PER_PAGE, ProjectFacets, ProjectQuery, ProjectSort};
pub use projects::{BIN_DAYS, NewProject, Project};
pub use scenarios::{Evaluation, NewScenario, Scenario, ScenarioOrigin};
pub use users::{Profile, User};
pub use waterfall_structures::{StructureDraft, WaterfallStructure};
