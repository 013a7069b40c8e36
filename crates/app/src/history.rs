//! The revisions of an open deal: what is undone can be redone until something else is typed.

use std::sync::{Arc, OnceLock};

use recoup_deal::Deal;
use recoup_model::Outcome;

use crate::{AppError, ErrorCode, computation};

/// How many revisions are kept in memory; the oldest go first.
const MOST_KEPT: usize = 500;

/// One state of a deal, and what led to it.
pub(crate) struct Revision {
    pub(crate) deal: Deal,
    pub(crate) label: String,
    pub(crate) at_ms: i64,
    outcome: OnceLock<Result<Outcome, AppError>>,
}

impl Revision {
    /// Everything that follows from this state, computed when it is first asked for.
    pub(crate) fn outcome(&self) -> Result<&Outcome, AppError> {
        self.outcome.get_or_init(|| computation::computed(&self.deal)).as_ref().map_err(Clone::clone)
    }
}

/// All kept states of a deal and the one that is looked at.
pub(crate) struct History {
    revisions: Vec<Arc<Revision>>,
    current: usize,
    stamp: u32,
}

impl History {
    pub(crate) fn new(deal: Deal, label: &str, at_ms: i64) -> Self {
        Self { revisions: vec![revision(deal, label, at_ms)], current: 0, stamp: 1 }
    }

    /// The state that is looked at.
    pub(crate) fn current(&self) -> &Arc<Revision> {
        // `current` always points into the list: it starts at the one revision and is only ever clamped.
        &self.revisions[self.current]
    }

    /// Counts every change, undoing included, so that a stale reader is recognised.
    pub(crate) fn stamp(&self) -> u32 {
        self.stamp
    }

    /// What undoing would take back.
    pub(crate) fn undoable(&self) -> Option<&str> {
        (self.current > 0).then(|| self.current().label.as_str())
    }

    /// What redoing would bring back.
    pub(crate) fn redoable(&self) -> Option<&str> {
        self.revisions.get(self.current + 1).map(|revision| revision.label.as_str())
    }

    /// The kept states, oldest first, and the position of the current one.
    pub(crate) fn revisions(&self) -> (&[Arc<Revision>], usize) {
        (&self.revisions, self.current)
    }

    /// Refuses an edit made on another state than the current one.
    pub(crate) fn expect(&self, stamp: u32) -> Result<(), AppError> {
        if stamp == self.stamp {
            return Ok(());
        }
        Err(AppError::new(
            ErrorCode::Conflict,
            "The deal has been changed since. Look at it again and repeat the change.",
        )
        .with("expected", stamp)
        .with("current", self.stamp))
    }

    /// Adds a state; what had been undone is gone.
    pub(crate) fn advance(&mut self, deal: Deal, label: &str, at_ms: i64) {
        self.revisions.truncate(self.current + 1);
        self.revisions.push(revision(deal, label, at_ms));
        let surplus = self.revisions.len().saturating_sub(MOST_KEPT);
        self.revisions.drain(..surplus);
        self.current = self.revisions.len() - 1;
        self.stamp += 1;
    }

    /// Goes back one state.
    pub(crate) fn undo(&mut self) -> Result<(), AppError> {
        self.current = self.current.checked_sub(1).ok_or_else(|| nothing("undo"))?;
        self.stamp += 1;
        Ok(())
    }

    /// Goes forward one state.
    pub(crate) fn redo(&mut self) -> Result<(), AppError> {
        if self.redoable().is_none() {
            return Err(nothing("redo"));
        }
        self.current += 1;
        self.stamp += 1;
        Ok(())
    }
}

fn revision(deal: Deal, label: &str, at_ms: i64) -> Arc<Revision> {
    Arc::new(Revision { deal, label: label.to_owned(), at_ms, outcome: OnceLock::new() })
}

fn nothing(what: &str) -> AppError {
    AppError::new(ErrorCode::Conflict, format!("There is nothing to {what}."))
}
