//! What a scenario is worth: its exact outcome, and many paths of it.
//!
//! The exact run gives what is a fact of the deal: the closing, the incentives, covers, what everybody is promised. The
//! paths give what is uncertain: returns, chances, what lenders recover, what financiers may expect.

mod drawn;
mod exact;
mod owners;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use recoup_deal::Deal;
use recoup_incentives::Catalog;
use recoup_model::{Outcome, run};

use crate::measure::{Measures, Unknown};

/// How scenarios are evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluating {
    /// Paths of each, rounded up to whole rounds of chunks; none for the exact measures alone.
    pub paths: u64,
    /// The seed: path `i` depends on it and on `i` alone.
    pub seed: u64,
    /// Whether the compiled deal is compared with the whole model before it is used.
    pub checked: bool,
}

impl Evaluating {
    /// Ten thousand paths.
    pub const USUAL_PATHS: u64 = 10_000;

    /// The usual way.
    pub fn new(seed: u64) -> Self {
        Self { paths: Self::USUAL_PATHS, seed, checked: false }
    }
}

/// How far an evaluation is: paths that are done, of all scenarios together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluated {
    /// Paths that are computed.
    pub done: u64,
    /// Paths that were asked for.
    pub total: u64,
}

/// What a computed deal is worth.
///
/// `watch` is called after every chunk of paths and may stop the paths; what rests on them is then not computed.
pub fn evaluate(
    deal: &Deal,
    outcome: &Outcome,
    catalog: &Catalog,
    settings: Evaluating,
    watch: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
) -> Measures {
    let mut measures = exact::measures(deal, outcome);
    if settings.paths > 0 {
        drawn::measure(deal, outcome, catalog, settings, watch, &mut measures);
    }
    measures
}

/// Several deals computed side by side, in their order.
pub fn compute_all(deals: &[&Deal], catalog: &Catalog) -> Vec<Outcome> {
    deals.par_iter().map(|deal| run(deal, catalog)).collect()
}

/// Several computed deals side by side; in their order and with the same bits for any number of threads.
///
/// `watch` hears how far all of them are together and may stop them; none is then given back.
pub fn evaluate_all(
    deals: &[(&Deal, &Outcome)],
    catalog: &Catalog,
    settings: Evaluating,
    watch: &(dyn Fn(Evaluated) -> ControlFlow<()> + Sync),
) -> Option<Vec<Measures>> {
    let (done, stopped) = (AtomicU64::new(0), AtomicBool::new(false));
    let total = settings.paths.saturating_mul(deals.len() as u64);
    // One at a time hears the count, so that it only grows.
    let told = Mutex::new(());
    let one = |(deal, outcome): &(&Deal, &Outcome)| {
        let mut before = 0;
        let mut advance = |paths: u64| {
            let more = paths.saturating_sub(before);
            before = paths;
            let _told = told.lock().unwrap_or_else(PoisonError::into_inner);
            let done = done.fetch_add(more, Ordering::Relaxed) + more;
            if watch(Evaluated { done: done.min(total), total }).is_break() {
                stopped.store(true, Ordering::Relaxed);
            }
            if stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        evaluate(deal, outcome, catalog, settings, &mut advance)
    };
    let found: Vec<Measures> = deals.par_iter().map(one).collect();
    (!stopped.load(Ordering::Relaxed)).then_some(found)
}

fn not_computed<T>() -> Result<T, Unknown> {
    Err(Unknown::NotComputed)
}
