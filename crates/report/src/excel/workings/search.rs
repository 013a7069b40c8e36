//! The search of the closing round by round, as the engine searches: what a row of trials computes.

/// Trials along lines alone, as the engine's search.
const PATIENCE: usize = 8;

/// One round of the search, in minor units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Round {
    pub tried: i64,
    pub left: i64,
    pub short: Option<i64>,
    pub over: Option<i64>,
    pub line: i64,
    pub candidate: i64,
    pub settled: bool,
    pub best: i64,
    pub best_left: i64,
}

impl Round {
    /// What the next round tries.
    pub(super) fn next(&self) -> i64 {
        if self.settled { self.best } else { self.candidate }
    }
}

/// Whether a round halves what is left in any case.
pub(super) fn halves(number: usize) -> bool {
    let trial = number.saturating_sub(2);
    trial > PATIENCE && trial.is_multiple_of(2)
}

/// The next round of the search.
pub(super) fn turn(rounds: &[Round], tried: i64, left: i64, most: Option<i64>) -> Round {
    let clamp = |amount: i64| amount.min(most.unwrap_or(i64::MAX)).max(0);
    let last = rounds.last();
    let short = if left < 0 {
        Some(last.and_then(|last| last.short).map_or(tried, |known| known.max(tried)))
    } else {
        last.and_then(|last| last.short)
    };
    let over = if left > 0 {
        Some(last.and_then(|last| last.over).map_or(tried, |known| known.min(tried)))
    } else {
        last.and_then(|last| last.over)
    };
    let line =
        clamp(last.map_or(tried.saturating_sub(left), |last| secant((last.tried, last.left), (tried, left))));
    let candidate = match (last, short, over) {
        (Some(_), Some(short), Some(over)) if line <= short || line >= over || halves(rounds.len() + 1) => {
            short + (over - short) / 2
        }
        _ => line,
    };
    let close = short.zip(over).is_some_and(|(short, over)| over - short <= 1);
    let again = candidate == tried || rounds.iter().any(|round| round.tried == candidate);
    let settled = last.is_some_and(|last| last.settled || left == 0 || close || again);
    let better = last.is_none_or(|last| {
        let key = |left: i64, tried: i64| (left.abs(), left < 0, tried);
        key(left, tried) < key(last.best_left, last.best)
    });
    let (best, best_left) = match last {
        Some(last) if !better => (last.best, last.best_left),
        _ => (tried, left),
    };
    Round { tried, left, short, over, line, candidate, settled, best, best_left }
}

/// Where the line through two trials meets nought; a step of the whole difference where it is no rising line.
fn secant(before: (i64, i64), here: (i64, i64)) -> i64 {
    let (run, rise) = (i128::from(here.0) - i128::from(before.0), i128::from(here.1) - i128::from(before.1));
    let plain = here.0.saturating_sub(here.1);
    if run == 0 || rise == 0 || (run > 0) != (rise > 0) {
        return plain;
    }
    i64::try_from(i128::from(here.0) - i128::from(here.1) * run / rise).unwrap_or(plain)
}
