//! The least size at which a claim is paid out, found with as few runs as can be
//!
//! What a claim is owed falls with the size until nothing is owed, and from there on money passes it. Debt
//! below and what passed above, with its sign turned, make one curve through the answer that is straight
//! but for thresholds and interest. So a line through the two trials nearest to the answer leads close to
//! it within a few runs; then a step beside shows that it is the answer.

use crate::{
    error::WaterfallError,
    exact::{Exact, mul_div, saturate},
};

type Result<T> = std::result::Result<T, WaterfallError>;

/// What a run says about every claim of the ladder.
pub(super) struct Run {
    /// The answer that is told for its size.
    pub told: i64,
    /// What each claim is owed in the end.
    pub owed: Vec<Exact>,
    /// What arrived behind each claim.
    pub passed: Vec<Exact>,
}

/// What is searched over.
pub(super) trait Scaled {
    /// Runs a size.
    fn run(&mut self, size: i64) -> Result<Run>;
    /// What would be told for a size, which rises with it.
    fn told(&mut self, size: i64) -> i64;
}

struct Trial {
    size: i64,
    run: Run,
}

pub(super) struct Search<'f> {
    scaled: &'f mut dyn Scaled,
    base: i64,
    furthest: i64,
    tolerance: i64,
    /// In order of size. What one claim asked for answers the next one too.
    trials: Vec<Trial>,
}

/// A trial as one claim sees it: what it is owed, or what passed it with the sign turned.
struct Point {
    debt: Exact,
    told: i64,
    size: i64,
}

impl Point {
    /// What would be told, and about the size, where the line through two points comes to nothing; none
    /// where that is much further away than they are from each other.
    fn line(&self, other: &Point) -> Option<(i64, i64)> {
        let (run, fall) = (i128::from(self.told) - i128::from(other.told), other.debt - self.debt);
        if fall == 0 || run == 0 || (run > 0) != (fall > 0) {
            return None;
        }
        // Rounded up: at the answer nothing is owed.
        let ahead = mul_div(self.debt, run.abs(), fall.abs()).saturating_add(1);
        if ahead.abs() > run.abs().saturating_mul(FURTHEST_LINE) {
            return None;
        }
        Some((saturate(i128::from(self.told) + ahead), saturate(i128::from(self.size) + ahead)))
    }
}

/// How many times their distance two points can see ahead.
const FURTHEST_LINE: i128 = 16;

/// Beyond this many turns on one claim the best answer so far stands.
const MOST_TURNS: u32 = 200;

/// Sizes looked at on either side when one is sought that tells an answer.
const NEIGHBOURHOOD: i64 = 64;

impl<'f> Search<'f> {
    pub(super) fn new(base: i64, furthest: i64, tolerance: i64, scaled: &'f mut dyn Scaled) -> Self {
        Search { scaled, base, furthest, tolerance: tolerance.max(1), trials: Vec::new() }
    }

    /// Whether a claim is owed anything at a size.
    fn owes(&mut self, size: i64, rung: usize) -> Result<bool> {
        let place = match self.trials.binary_search_by_key(&size, |trial| trial.size) {
            Ok(place) => place,
            Err(place) => {
                let run = self.scaled.run(size)?;
                self.trials.insert(place, Trial { size, run });
                place
            }
        };
        Ok(self.trials[place].run.owed[rung] > 0)
    }

    /// The answer for the least size at which a claim is paid out; none when not even the furthest does.
    pub(super) fn least(&mut self, rung: usize) -> Result<Option<i64>> {
        if !self.enclose(rung)? {
            return Ok(None);
        }
        let (mut beside, mut stuck) = (self.tolerance, false);
        for turn in 1..MOST_TURNS {
            let Some((low, high)) = self.bracket(rung) else { break };
            if high - low <= self.tolerance {
                break;
            }
            // Where a line has not led closer, halves; every eighth turn too, so that any search ends.
            let guess = if stuck || turn % 8 == 0 { None } else { self.line(rung) };
            let before = self.nearest(rung);
            let near_low = guess.is_some_and(|size| size <= low.saturating_add(self.tolerance));
            let near_high = guess.is_some_and(|size| size >= high.saturating_sub(self.tolerance));
            let next = match guess {
                Some(size) if !near_low && !near_high => {
                    beside = self.tolerance;
                    size
                }
                Some(_) => {
                    let next = if near_low { low + beside } else { high - beside };
                    beside = beside.saturating_mul(16);
                    next
                }
                None => low,
            };
            let next = if low < next && next < high { next } else { low + (high - low) / 2 };
            self.owes(next, rung)?;
            let wide = self.bracket(rung).is_some_and(|(from, to)| to - from > (high - low) / 2);
            stuck = !stuck && !near_low && !near_high && wide && self.nearest(rung) > before / 2;
        }
        let paid_out = self.trials.partition_point(|trial| trial.run.owed[rung] > 0);
        Ok(self.trials.get(paid_out).map(|trial| trial.run.told))
    }

    /// Goes up until the claim is paid out; nothing at all is the lower end.
    fn enclose(&mut self, rung: usize) -> Result<bool> {
        self.owes(0, rung)?;
        let mut upper = self.base;
        while self.owes(upper, rung)? {
            if upper >= self.furthest {
                return Ok(false);
            }
            upper = upper.saturating_mul(4).min(self.furthest);
        }
        Ok(true)
    }

    /// The largest size below which all trials owe, and the least that does not.
    fn bracket(&self, rung: usize) -> Option<(i64, i64)> {
        let paid_out = self.trials.partition_point(|trial| trial.run.owed[rung] > 0);
        let below = paid_out.checked_sub(1).and_then(|place| self.trials.get(place))?;
        Some((below.size, self.trials.get(paid_out)?.size))
    }

    /// How far the nearer end of the bracket is from the answer, in what is owed or passed.
    fn nearest(&self, rung: usize) -> Exact {
        let paid_out = self.trials.partition_point(|trial| trial.run.owed[rung] > 0);
        let below = paid_out.checked_sub(1).and_then(|place| self.trials.get(place));
        let Some((below, above)) = below.zip(self.trials.get(paid_out)) else { return 0 };
        below.run.owed[rung].min(above.run.passed[rung] - below.run.passed[rung])
    }

    /// Where a line through two trials meets the answer, in the bracket or just beside it.
    fn line(&mut self, rung: usize) -> Option<i64> {
        let paid_out = self.trials.partition_point(|trial| trial.run.owed[rung] > 0);
        let below = self.trials.get(paid_out.checked_sub(1)?)?;
        let above = self.trials.get(paid_out)?;
        let (low, high) = (below.size, above.size);
        let offset = below.run.passed[rung];
        let at = |trial: &Trial| Point {
            debt: match trial.run.owed[rung] {
                0 => offset - trial.run.passed[rung],
                owed => owed,
            },
            told: trial.run.told,
            size: trial.size,
        };
        let before = paid_out.checked_sub(2).and_then(|place| self.trials.get(place));
        // Where money passes a claim that is still owed, what passed says little of it.
        let leaks = before.is_some_and(|before| before.run.passed[rung] < offset);
        let beyond = self.trials.get(paid_out + 1);
        let mut near: Vec<Point> =
            [before, Some(below), Some(above).filter(|_| !leaks), beyond.filter(|_| !leaks)]
                .into_iter()
                .flatten()
                .map(at)
                .collect();
        near.sort_by_key(|point| point.debt.abs());
        let nearest = near.first().zip(near.get(1)).and_then(|(one, other)| one.line(other));
        let beside = |(_, size): &(i64, i64)| {
            low.saturating_sub(NEIGHBOURHOOD) < *size && *size < high.saturating_add(NEIGHBOURHOOD)
        };
        let (told, guess) = nearest.filter(beside).or_else(|| at(below).line(&at(above)))?;
        Some(self.size_telling(told, guess))
    }

    /// The least size near a guess that tells at least this much.
    fn size_telling(&mut self, told: i64, guess: i64) -> i64 {
        let mut low = guess.saturating_sub(NEIGHBOURHOOD).max(0);
        let mut high = guess.saturating_add(NEIGHBOURHOOD);
        if self.scaled.told(low) >= told || self.scaled.told(high) < told {
            return guess;
        }
        while high - low > 1 {
            let half = low + (high - low) / 2;
            if self.scaled.told(half) >= told { high = half } else { low = half }
        }
        high
    }
}
