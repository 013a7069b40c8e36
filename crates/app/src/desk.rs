//! The opened application: the deals that are open, and what use cases share between calls.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use recoup_deal::Deal;

use crate::{
    AppError, ErrorCode, FileTarget, Ports,
    history::{History, Revision},
};

/// The opened application. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    ports: Ports,
    desk: Mutex<Desk>,
}

/// The deals that are open, by the names they were given when they were opened.
#[derive(Default)]
pub(crate) struct Desk {
    open: BTreeMap<String, History>,
    opened: u32,
}

/// How many deals may be open at once; a host that forgets to close them is told so.
const MOST_OPEN: usize = 32;

impl App {
    /// Opens the application over what the host supplies.
    pub fn open(ports: Ports) -> Self {
        Self { inner: Arc::new(Inner { ports, desk: Mutex::default() }) }
    }

    /// Milliseconds since 1970 by the host's clock.
    pub(crate) fn now_ms(&self) -> i64 {
        self.inner.ports.clock.now_ms()
    }

    /// Where finished files go.
    pub(crate) fn files(&self) -> &dyn FileTarget {
        self.inner.ports.files.as_ref()
    }

    /// The state of an open deal that is looked at, and the count of its changes. The desk is free again
    /// when this returns, so computing does not keep others waiting.
    pub(crate) fn revision(&self, deal: &str) -> Result<(u32, Arc<Revision>), AppError> {
        let desk = self.desk();
        let history = desk.deal(deal)?;
        Ok((history.stamp(), Arc::clone(history.current())))
    }

    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        // A use case that panicked left the desk as it was before: histories only ever grow by whole
        // revisions.
        self.inner.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// Puts a deal on the desk and names it.
    pub(crate) fn place(&mut self, deal: Deal, label: &str, at_ms: i64) -> Result<String, AppError> {
        if self.open.len() >= MOST_OPEN {
            return Err(AppError::new(
                ErrorCode::Conflict,
                "Too many deals are open at once. Close one and open this one again.",
            )
            .with("limit", MOST_OPEN));
        }
        self.opened += 1;
        let name = format!("d{}", self.opened);
        self.open.insert(name.clone(), History::new(deal, label, at_ms));
        Ok(name)
    }

    /// The open deals in the order of their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &History)> {
        self.open.iter().map(|(name, history)| (name.as_str(), history))
    }

    /// The history of an open deal.
    pub(crate) fn deal(&self, name: &str) -> Result<&History, AppError> {
        self.open.get(name).ok_or_else(|| not_open(name))
    }

    /// The history of an open deal, to be changed.
    pub(crate) fn deal_mut(&mut self, name: &str) -> Result<&mut History, AppError> {
        self.open.get_mut(name).ok_or_else(|| not_open(name))
    }

    /// Takes a deal off the desk.
    pub(crate) fn clear(&mut self, name: &str) -> Result<(), AppError> {
        self.open.remove(name).map(|_| ()).ok_or_else(|| not_open(name))
    }
}

fn not_open(name: &str) -> AppError {
    AppError::new(ErrorCode::NotFound, "This deal is not open.").with("deal", name)
}
