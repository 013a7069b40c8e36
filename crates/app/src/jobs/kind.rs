//! What can be run as a job.

use std::sync::Arc;

use serde_json::Value;

use crate::AppError;

use super::watch::Watch;

/// A kind of long computation: the same input gives the same bytes, however often it was stopped on the way.
pub(crate) trait JobKind: Send + Sync {
    /// Its name in the database.
    fn name(&self) -> &'static str;

    /// Which computation it is; another one gives other bytes for the same input.
    fn version(&self) -> String;

    /// Computes, from the beginning or from a state it gave earlier, on a thread of its own. It asks the watch at
    /// least ten times a second whether to go on, and hands it a state and a preview when these are wanted.
    ///
    /// # Errors
    /// [`Fault`].
    fn run(&self, input: &Value, state: Option<&[u8]>, watch: &Arc<Watch>) -> Result<Ended, Fault>;
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// With a result: JSON, stored byte for byte.
    Done(String),
    /// It was stopped, and can go on from this state.
    Stopped(Vec<u8>),
}

/// Why a run ended without either.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The state it was given is not one it goes on from; it can begin anew.
    StateRefused,
    /// It cannot be run.
    Refused(AppError),
}

impl From<AppError> for Fault {
    fn from(reason: AppError) -> Self {
        Self::Refused(reason)
    }
}

/// The kinds that a queue knows.
#[derive(Clone)]
pub(crate) struct Kinds(Arc<[Arc<dyn JobKind>]>);

impl Kinds {
    pub(crate) fn new(kinds: impl IntoIterator<Item = Arc<dyn JobKind>>) -> Self {
        Self(kinds.into_iter().collect())
    }

    pub(crate) fn named(&self, name: &str) -> Option<Arc<dyn JobKind>> {
        self.0.iter().find(|kind| kind.name() == name).cloned()
    }
}

/// Which program computes a job: a state of another one is not gone on from, a result of another one not reused.
/// The program's own version stands for the law and everything else that is built into it.
pub(crate) fn kernel(kind: &dyn JobKind) -> String {
    format!("{} {} in {}", kind.name(), kind.version(), env!("CARGO_PKG_VERSION"))
}

/// What two jobs must share to be the same.
pub(crate) fn input_hash(kernel: &str, project: Option<&str>, input: &Value) -> String {
    let whole = serde_json::json!([kernel, project, input]).to_string();
    crate::backups::checksum(whole.as_bytes())
}
