//! Scenarios that were made of one state of a deal, so that nobody makes them twice.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::made::Made;

/// Scenarios that are kept.
const MOST: usize = 48;

/// What was made of one state.
#[derive(Default)]
pub(crate) struct Memory {
    made: Mutex<VecDeque<Arc<Made>>>,
}

impl Memory {
    /// A scenario by its key.
    pub(super) fn find(&self, key: &str) -> Option<Arc<Made>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.iter().find(|one| one.key == key).cloned()
    }

    pub(super) fn keep(&self, new: &[Arc<Made>]) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        for one in new {
            made.retain(|known| known.key != one.key);
            made.push_back(one.clone());
        }
        while made.len() > MOST {
            made.pop_front();
        }
    }
}
