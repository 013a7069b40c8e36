//! The opened application: what use cases share between calls.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync;

use crate::{
    AppError, FileTarget, Ports,
    desk::{Desk, Opened},
    jobs::{self, Kinds},
    recoupment_statements::Drafts,
    shelf::{Library, Memory},
    state::State,
};

/// The opened application. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) ports: Ports,
    /// What can be run as a job.
    pub(crate) kinds: Kinds,
    desk: Mutex<Desk>,
    /// Where deals live that nobody has kept yet; made with the first of them.
    pub(crate) memory: sync::OnceCell<Memory>,
    /// The person's own database, while it is open.
    pub(crate) library: sync::RwLock<Option<Library>>,
    /// Why files that the system handed over at the start could not be opened.
    refused: Mutex<Vec<AppError>>,
    /// Plans that were compared lately, for those who ask why.
    drafts: Mutex<Drafts>,
    /// Held from reading a deal's version to storing the next one, so that two edits never race.
    writing: sync::Mutex<()>,
}

impl App {
    /// Opens the application over what the host supplies. Asks no disk and no keychain yet.
    pub fn open(ports: Ports) -> Self {
        Self {
            inner: Arc::new(Inner {
                ports,
                kinds: jobs::kinds(),
                desk: Mutex::default(),
                memory: sync::OnceCell::new(),
                library: sync::RwLock::new(None),
                refused: Mutex::default(),
                drafts: Mutex::default(),
                writing: sync::Mutex::new(()),
            }),
        }
    }

    /// Milliseconds since 1970 by the host's clock.
    pub(crate) fn now_ms(&self) -> i64 {
        self.inner.ports.clock.now_ms()
    }

    /// The day by the host's clock, in UTC.
    pub(crate) fn today(&self) -> String {
        moment(self.now_ms()).strftime("%Y-%m-%d").to_string()
    }

    /// Where finished files go.
    pub(crate) fn files(&self) -> &dyn FileTarget {
        self.inner.ports.files.as_ref()
    }

    /// An open deal as it is now. The desk is free again when this returns, so neither computing nor
    /// storing keeps others waiting.
    pub(crate) fn opened(&self, deal: &str) -> Result<Opened, AppError> {
        self.desk().deal(deal).cloned()
    }

    /// The state of an open deal that is looked at, and the count of its changes.
    pub(crate) fn state(&self, deal: &str) -> Result<(u32, Arc<State>), AppError> {
        let opened = self.opened(deal)?;
        Ok((count(opened.version), opened.state))
    }

    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        // A use case that panicked left the desk as it was before: it only ever replaces whole entries.
        self.inner.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is to be said about files that could not be opened.
    pub(crate) fn refused(&self) -> MutexGuard<'_, Vec<AppError>> {
        self.inner.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Plans that were compared lately.
    pub(crate) fn drafts(&self) -> MutexGuard<'_, Drafts> {
        self.inner.drafts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The right to change what is stored.
    pub(crate) async fn turn(&self) -> sync::MutexGuard<'_, ()> {
        self.inner.writing.lock().await
    }
}

/// A clock outside what a calendar can hold reads as 1970: no use case depends on more than order.
pub(crate) fn moment(now_ms: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(now_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

/// A count of the store as it crosses the wire.
pub(crate) fn count(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or(u32::MAX)
}
