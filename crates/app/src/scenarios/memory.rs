//! Scenarios that were made of one state of a deal and what they are worth, so that nobody computes them twice.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use recoup_scenarios::Measures;

use super::made::Made;

/// Scenarios that are kept.
const MOST: usize = 64;

/// What a scenario is worth, and how that was found.
#[derive(Clone)]
pub(super) struct Worth {
    pub(super) key: String,
    pub(super) paths: u64,
    pub(super) seed: u64,
    pub(super) measures: Arc<Measures>,
}

/// What was made of one state.
#[derive(Default)]
pub(crate) struct Memory {
    made: Mutex<VecDeque<Arc<Made>>>,
    worth: Mutex<VecDeque<Worth>>,
}

/// Whole entries come and go: what a panic left is what was there before.
fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory {
    /// A scenario by its key.
    pub(super) fn find(&self, key: &str) -> Option<Arc<Made>> {
        locked(&self.made).iter().find(|one| one.key == key).cloned()
    }

    pub(super) fn keep(&self, new: &Arc<Made>) {
        let mut made = locked(&self.made);
        made.retain(|known| known.key != new.key);
        made.push_back(new.clone());
        while made.len() > MOST {
            made.pop_front();
        }
    }

    /// Forgets a scenario that is not what its key said any more.
    pub(super) fn forget(&self, key: &str) {
        locked(&self.made).retain(|known| known.key != key);
        locked(&self.worth).retain(|known| known.key != key);
    }

    /// What a scenario is worth, where it was evaluated in this way.
    pub(super) fn worth(&self, key: &str, paths: u64, seed: u64) -> Option<Arc<Measures>> {
        let fits = |one: &&Worth| one.key == key && one.paths == paths && one.seed == seed;
        locked(&self.worth).iter().find(fits).map(|one| one.measures.clone())
    }

    pub(super) fn keep_worth(&self, new: Worth) {
        let mut worth = locked(&self.worth);
        worth.push_back(new);
        while worth.len() > 2 * MOST {
            worth.pop_front();
        }
    }
}
