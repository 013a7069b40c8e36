//! Who waits for a simulation, and who gives way to whom.
//!
//! What a moving hand asks for is computed at once: it has threads of its own, and everything else that is being
//! simulated stands still between two handfuls of paths until the hand has its answer.

use std::sync::{Condvar, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use recoup_risk::film::Stop;
use recoup_risk::run::Threads;

/// How many hands wait.
static WAITING: Mutex<usize> = Mutex::new(0);
static ANSWERED: Condvar = Condvar::new();

/// The longest that anything stands still for one hand after the other, before it is asked again whether it goes on.
const LONGEST: Duration = Duration::from_millis(500);

/// Who waits for a simulation.
pub(super) struct Hand {
    moves: bool,
    stop: Stop,
}

impl Hand {
    /// Somebody who waits until it is done.
    pub(super) fn patient() -> Self {
        Self::resting(|| false)
    }

    /// Somebody who looks at a page, until it shows something else.
    pub(super) fn resting(gone: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let stop = Stop::when(move || {
            give_way();
            gone()
        });
        Self { moves: false, stop }
    }

    /// Somebody who drags, until what is dragged stands elsewhere.
    pub(super) fn moving(gone: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self { moves: true, stop: Stop::when(gone) }
    }

    pub(super) fn moves(&self) -> bool {
        self.moves
    }

    pub(super) fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// The threads that work for it.
    pub(super) fn threads(&self) -> &'static Threads {
        static MOVING: OnceLock<Threads> = OnceLock::new();
        if self.moves { MOVING.get_or_init(all) } else { threads() }
    }

    /// Holds up everything else while this is in hand.
    pub(super) fn hurry(&self) -> Option<Hurry> {
        self.moves.then(Hurry::begin)
    }
}

/// While it is held, what does not hurry stands still.
pub(super) struct Hurry(());

impl Hurry {
    fn begin() -> Self {
        *WAITING.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Self(())
    }
}

impl Drop for Hurry {
    fn drop(&mut self) {
        let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = waiting.saturating_sub(1);
        ANSWERED.notify_all();
    }
}

/// Stands still while a hand waits.
pub(super) fn give_way() {
    let waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
    if *waiting > 0 {
        // Whether it was the hand that was answered or the time that was up: the caller goes on and asks again.
        drop(ANSWERED.wait_timeout_while(waiting, LONGEST, |waiting| *waiting > 0));
    }
}

/// The threads of all simulations that nobody drags: as many as the machine has processors.
pub(super) fn threads() -> &'static Threads {
    static RESTING: OnceLock<Threads> = OnceLock::new();
    RESTING.get_or_init(all)
}

fn all() -> Threads {
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    Threads::new(count).unwrap_or(Threads::one())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Instant;

    use super::*;

    #[test]
    fn what_rests_stands_still_while_a_hand_waits() {
        static ANSWERED: AtomicBool = AtomicBool::new(false);
        let hurry = Hand::moving(|| false).hurry();
        let rests = std::thread::spawn(|| {
            let began = Instant::now();
            let gone = Hand::patient().stop().is_now();
            (gone, ANSWERED.load(Ordering::SeqCst) || began.elapsed() >= LONGEST)
        });
        std::thread::sleep(Duration::from_millis(50));
        ANSWERED.store(true, Ordering::SeqCst);
        drop(hurry);
        assert_eq!(rests.join().ok(), Some((false, true)));
        assert!(Hand::patient().hurry().is_none());
    }
}
