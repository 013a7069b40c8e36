//! Two things done at one time, where the machine has two hands.

use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::thread::{Builder, available_parallelism, scope};

/// Does one thing beside the other. Neither knows of the other, so the answers are the same as one after the
/// other, which is how it is done where there is one processor or no thread to be had.
pub(crate) fn beside<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    static TWO: OnceLock<bool> = OnceLock::new();
    if !TWO.get_or_init(|| available_parallelism().is_ok_and(|hands| hands.get() > 1)) {
        let other = other();
        return (one(), other);
    }
    scope(|scope| {
        let started = Builder::new().spawn_scoped(scope, &one);
        let other = other();
        let one = match started {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => one(),
        };
        (one, other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_answers_come_back() {
        let words = ["a", "b"];
        assert_eq!(beside(|| words.len(), || words.concat()), (2, "ab".to_owned()));
    }
}
