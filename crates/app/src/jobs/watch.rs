//! What stands between a computation and those who look at it: how far it is, whether it goes on, what it hands over.

use std::{
    collections::VecDeque,
    ops::ControlFlow,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Why a computation is to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Nobody wants it any more.
    Cancelled,
    /// It goes back to the queue: a person paused it, or the database is being closed.
    Released,
    /// It has had its time.
    OutOfTime,
}

/// How far a computation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Pace {
    pub(crate) done: u64,
    pub(crate) total: u64,
    /// How long it will still take, once that can be said.
    pub(crate) left: Option<Duration>,
    /// Time spent on it, over all its beginnings.
    pub(crate) elapsed: Duration,
}

/// A state that was handed over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) state: Vec<u8>,
    /// How long the computation stood still for it.
    pub(crate) cost: Duration,
}

/// How long is looked back at to say how fast it goes.
const WINDOW: Duration = Duration::from_secs(5);
/// Before that much has been seen, nothing is said about the rest.
const LEAST: Duration = Duration::from_millis(500);

/// Shared by the thread that computes and the task that looks after it.
pub(crate) struct Watch {
    began: Instant,
    /// Time spent on it before.
    before: Duration,
    limit: Duration,
    done: AtomicU64,
    total: AtomicU64,
    stop: Mutex<Option<Stop>>,
    wants: AtomicBool,
    state: Mutex<Option<Kept>>,
    preview: Mutex<Option<Arc<str>>>,
    /// What was published last, and what that was reckoned from.
    pace: Mutex<(Pace, VecDeque<(Instant, u64)>)>,
}

impl Watch {
    /// A watch over a computation that may run until `limit` is over, and has run for `before` and done as much as
    /// `pace` says.
    pub(crate) fn new(pace: Pace, limit: Duration) -> Self {
        Self {
            began: Instant::now(),
            before: pace.elapsed,
            limit,
            done: AtomicU64::new(pace.done),
            total: AtomicU64::new(pace.total),
            stop: Mutex::new(None),
            wants: AtomicBool::new(false),
            state: Mutex::new(None),
            preview: Mutex::new(None),
            pace: Mutex::new((pace, VecDeque::new())),
        }
    }

    /// A state, and what it comes to, are of use now. The computation hands them over when it comes by.
    pub(crate) fn wants_state(&self) -> bool {
        self.wants.load(Ordering::Relaxed)
    }

    /// Hands over a state from which the computation can go on, and how long it stood still for it.
    pub(crate) fn keep(&self, state: Vec<u8>, cost: Duration) {
        self.wants.store(false, Ordering::Relaxed);
        *held(&self.state) = Some(Kept { state, cost });
    }

    /// Hands over what the computation has come to so far: JSON, of the form of its result.
    pub(crate) fn show(&self, preview: String) {
        *held(&self.preview) = Some(preview.into());
    }

    /// Says how far the computation is, and learns whether it goes on.
    pub(crate) fn advance(&self, done: u64, total: u64) -> ControlFlow<()> {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        if self.elapsed() >= self.limit {
            self.stop(Stop::OutOfTime);
        }
        if self.stopped().is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Whether to stop at once, wherever it is.
    pub(crate) fn is_over(&self) -> bool {
        if self.elapsed() >= self.limit {
            self.stop(Stop::OutOfTime);
        }
        self.stopped().is_some()
    }

    pub(crate) fn stopped(&self) -> Option<Stop> {
        *held(&self.stop)
    }

    /// Stops it. Nothing keeps what nobody wants: cancelling outweighs every other reason.
    pub(crate) fn stop(&self, why: Stop) {
        let mut stop = held(&self.stop);
        if stop.is_none() || why == Stop::Cancelled {
            *stop = Some(why);
        }
    }

    pub(crate) fn ask_for_state(&self) {
        self.wants.store(true, Ordering::Relaxed);
    }

    pub(crate) fn take_state(&self) -> Option<Kept> {
        held(&self.state).take()
    }

    pub(crate) fn preview(&self) -> Option<Arc<str>> {
        held(&self.preview).clone()
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.before + self.began.elapsed()
    }

    /// What is known of the progress, as it was published last.
    pub(crate) fn pace(&self) -> Pace {
        held(&self.pace).0
    }

    /// Publishes the progress; whoever looks sees no other numbers until the next time.
    pub(crate) fn publish(&self) -> Pace {
        let now = Instant::now();
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        let mut pace = held(&self.pace);
        let seen = &mut pace.1;
        if seen.back().is_some_and(|(_, before)| *before > done) {
            // It began anew.
            seen.clear();
        }
        if done > 0 {
            seen.push_back((now, done));
        }
        while seen.len() > 2 && seen.front().is_some_and(|(at, _)| now.duration_since(*at) > WINDOW) {
            seen.pop_front();
        }
        let left = seen.front().and_then(|(at, first)| {
            rest(now.duration_since(*at), done.checked_sub(*first)?, total.saturating_sub(done))
        });
        pace.0 = Pace { done, total, left, elapsed: self.elapsed() };
        pace.0
    }
}

/// How long `rest` steps take where `done` took `spent`.
fn rest(spent: Duration, done: u64, rest: u64) -> Option<Duration> {
    if spent < LEAST || done == 0 {
        return None;
    }
    let nanos = spent.as_nanos().checked_mul(u128::from(rest))? / u128::from(done);
    u64::try_from(nanos).ok().map(Duration::from_nanos)
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every holder replaces the whole value, so one that panicked left a whole one.
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: u64) -> Pace {
        Pace { elapsed: Duration::from_secs(seconds), ..Pace::default() }
    }

    #[test]
    fn the_rest_takes_as_long_for_each_step_as_what_was_seen() {
        assert_eq!(rest(Duration::from_secs(2), 200, 500), Some(Duration::from_secs(5)));
        assert_eq!(rest(Duration::from_millis(100), 200, 500), None, "too early to say");
        assert_eq!(rest(Duration::from_secs(2), 0, 500), None);
        assert_eq!(rest(Duration::from_secs(2), 1, u64::MAX), None, "longer than anybody can say");
    }

    #[test]
    fn a_limit_ends_it_and_cancelling_outweighs() {
        let watch = Watch::new(after(60), Duration::from_secs(61));
        assert!(watch.advance(1, 10).is_continue());
        let late = Watch::new(after(60), Duration::from_secs(60));
        assert!(late.advance(1, 10).is_break());
        assert_eq!(late.stopped(), Some(Stop::OutOfTime));
        late.stop(Stop::Released);
        assert_eq!(late.stopped(), Some(Stop::OutOfTime));
        late.stop(Stop::Cancelled);
        assert_eq!(late.stopped(), Some(Stop::Cancelled));
    }

    #[test]
    fn a_state_is_handed_over_once() {
        let watch = Watch::new(after(0), Duration::from_secs(1));
        assert!(!watch.wants_state());
        watch.ask_for_state();
        assert!(watch.wants_state());
        watch.keep(vec![1], Duration::ZERO);
        assert!(!watch.wants_state());
        assert_eq!(watch.take_state().map(|kept| kept.state), Some(vec![1]));
        assert_eq!(watch.take_state(), None);
    }
}
