//! The closing, solved: what the instrument that fills the rest must give so that sources equal uses.
//!
//! Fees and the interest paid until delivery are uses, and they depend on how much of which money is drawn, which
//! depends on the amount that is sought. The months themselves are played again, out of the book, with another
//! amount each time. In every piece between two limits the difference of the closing is a straight line in that
//! amount, but for the rounding of postings to minor units, so the secant through the last two trials meets the
//! solution once the piece is right. Between an amount that is short and one that leaves something over, a line that
//! leads outside is replaced by the middle, so the search ends.

use std::collections::BTreeMap;

use recoup_explain::{Book, NodeId, Replay};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

/// Trials after which the search stops. Piecewise straight lines need a handful.
const MOST_TRIALS: u32 = 100;
/// Trials that follow lines alone. Where rounding bends them, every second one then halves what is left.
const PATIENCE: u32 = 8;

/// What the search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// Sources less uses at the amount that was taken, in minor units: nought but where rounding or a limit leaves
    /// something.
    pub residual: i64,
    /// How often the months were played.
    pub trials: u32,
    /// The largest share of one more unit of the amount that financing costs gave back or took, over all trials: below
    /// one the amount is unique in what was searched.
    pub contraction: Decimal,
    /// Another amount, in minor units, that leaves no more than this one: there may be one where somewhere a further unit
    /// costs more than it brings.
    pub other: Option<i64>,
}

/// The difference of the closing as a function of the amount sought.
struct Difference {
    replay: Replay,
    currency: Currency,
    known: BTreeMap<i64, i64>,
}

impl Difference {
    fn at(&mut self, amount: i64) -> Option<i64> {
        if let Some(known) = self.known.get(&amount) {
            return Some(*known);
        }
        self.replay.give(0, Money::new(amount, self.currency));
        self.replay.run();
        let difference = self.replay.value(0).as_money()?.minor();
        self.known.insert(amount, difference);
        Some(difference)
    }

    /// The dearest trial that is short and the cheapest above it that leaves something over.
    fn between(&self) -> Option<(i64, i64)> {
        let short = self.known.iter().rev().find(|(_, left)| left.is_negative())?;
        let over = self.known.range(*short.0..).find(|(_, left)| left.is_positive())?;
        Some((*short.0, *over.0))
    }

    /// How far the slope between neighbouring trials lies from one. Trials a few minor units apart tell of rounding
    /// alone and are left out.
    fn contraction(&self) -> Decimal {
        let trials: Vec<(i64, i64)> = self.known.iter().map(|(amount, found)| (*amount, *found)).collect();
        let slopes = trials.windows(2).filter(|pair| pair[1].0 - pair[0].0 > 1000).filter_map(|pair| {
            let (run, rise) = (pair[1].0 - pair[0].0, pair[1].1.checked_sub(pair[0].1)?);
            Decimal::from(rise).checked_div(Decimal::from(run))
        });
        slopes.map(|slope| (Decimal::ONE - slope).abs()).max().unwrap_or_default().round_dp(6)
    }
}

/// Solves for `amount`, a leaf of the book, so that `difference` is nought, and leaves the book computed from what was
/// found. `most` is what the instruments that fill the rest may give together. None where the closing has no figure.
pub(crate) fn solve(
    book: &mut Book,
    amount: NodeId,
    difference: NodeId,
    most: Option<Money>,
) -> Option<Solution> {
    let first = book.value(amount).as_money()?;
    let most = most.map_or(i64::MAX, |most| most.minor().max(0));
    let start = first.minor().clamp(0, most);
    let mut sought = Difference {
        replay: book.replay(&[amount], &[difference]),
        currency: first.currency(),
        known: BTreeMap::new(),
    };
    // The book stands at the first guess: the months have been played with it.
    if start == first.minor() {
        sought.known.insert(start, book.value(difference).as_money()?.minor());
    }
    let solved = search(&mut sought, start, most)?;
    let residual = sought.at(solved)?;
    let trials = u32::try_from(sought.known.len()).unwrap_or(u32::MAX);
    let contraction = sought.contraction();
    let is_sure = contraction < Decimal::ONE;
    let other = if is_sure { None } else { another(&mut sought, (solved, residual), most) };
    book.revise(amount, Money::new(solved, first.currency()));
    Some(Solution { residual, trials, contraction, other })
}

/// The amount from nought to `most` that leaves the least; among equals the one that leaves something over.
fn search(sought: &mut Difference, first: i64, most: i64) -> Option<i64> {
    let mut before = (first, sought.at(first)?);
    let mut at = first.saturating_sub(before.1).clamp(0, most);
    for trial in 0..MOST_TRIALS {
        let here = sought.at(at)?;
        if here == 0 {
            break;
        }
        let line = secant(before, (at, here)).clamp(0, most);
        before = (at, here);
        at = match sought.between() {
            Some((short, over)) if over - short <= 1 => break,
            // Off the piece of the solution a line leads astray; within a few units of it rounding does.
            Some((short, over)) if line < short || line > over || trial > PATIENCE && trial % 2 == 0 => {
                short + (over - short) / 2
            }
            // A line that ends on a known trial means the amount beside it.
            Some((short, over)) => line.clamp(short + 1, over - 1),
            None => line,
        };
        if sought.known.contains_key(&at) {
            break;
        }
    }
    let best = sought.known.iter().min_by_key(|(_, left)| (left.abs(), left.is_negative()));
    best.map(|(amount, _)| *amount)
}

/// Amounts that are tried between nothing and a few times the largest trial when one may not be the only answer.
const PROBES: i64 = 32;

/// Another amount that leaves no more than `solved` does, where the difference changes its sign elsewhere as well.
fn another(sought: &mut Difference, (solved, residual): (i64, i64), most: i64) -> Option<i64> {
    let reach = sought.known.keys().next_back()?.saturating_mul(4).clamp(PROBES, most.max(PROBES));
    for probe in 0..=PROBES {
        sought.at(reach / PROBES * probe)?;
    }
    let trials: Vec<(i64, i64)> = sought.known.iter().map(|(amount, left)| (*amount, *left)).collect();
    for pair in trials.windows(2) {
        let ((mut low, at_low), (mut high, at_high)) = (pair[0], pair[1]);
        if (low..=high).contains(&solved) || at_low.signum() == at_high.signum() {
            continue;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if sought.at(middle)?.signum() == at_low.signum() { low = middle } else { high = middle }
        }
        let closes = |amount: &i64| sought.known.get(amount).is_some_and(|left| left.abs() <= residual.abs());
        if let Some(found) = [low, high].into_iter().find(closes) {
            return Some(found);
        }
    }
    None
}

/// Where the line through two trials meets nought; a step of the whole difference where it is no rising line.
fn secant(before: (i64, i64), here: (i64, i64)) -> i64 {
    let (run, rise) = (i128::from(here.0) - i128::from(before.0), i128::from(here.1) - i128::from(before.1));
    let plain = here.0.saturating_sub(here.1);
    if run == 0 || rise == 0 || (run > 0) != (rise > 0) {
        return plain;
    }
    // To the nearest minor unit: run and rise are of one sign.
    let (run, rise) = (run.abs(), rise.abs());
    let step = i128::from(here.1).checked_mul(2 * run).map(|twice| (twice + rise).div_euclid(2 * rise));
    step.and_then(|step| i64::try_from(i128::from(here.0) - step).ok()).unwrap_or(plain)
}

#[cfg(test)]
mod tests;
