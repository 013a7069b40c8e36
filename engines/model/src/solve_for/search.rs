//! Where a closing turns from short to covered.

use std::collections::BTreeMap;

use recoup_money::Money;

use super::{NoSolution, Spread};

/// Most deals that are computed for one answer.
const MOST_TRIALS: usize = 90;
/// Trials that follow lines; then the middle is taken every second time.
const PATIENCE: usize = 10;

/// Where to look.
pub(super) struct Bounds {
    /// The first trial.
    pub first: i64,
    /// The smallest.
    pub least: i64,
    /// The largest.
    pub most: i64,
    /// Whether more of it covers more: money does, cost does not.
    pub more_closes: bool,
}

/// Why there is no turning point.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Nowhere {
    /// Every amount covers; what is left over at the least.
    AlwaysCovered(i64),
    /// No amount covers; the last one tried and what is missing then.
    AlwaysShort(i64, i64),
    /// A trial without a figure.
    Unknown,
}

impl Nowhere {
    pub(super) fn told(&self, spread: &Spread, now: Money, more_closes: bool) -> NoSolution {
        let in_deal = |minor: i64| Money::new(minor, now.currency());
        match *self {
            Self::AlwaysCovered(excess) => NoSolution::NotNeeded { excess: in_deal(excess) },
            Self::AlwaysShort(tried, missing) if more_closes => {
                NoSolution::NeverEnough { tried: spread.money(tried), missing: in_deal(missing) }
            }
            Self::AlwaysShort(_, missing) => NoSolution::NeverCarried { missing: in_deal(missing) },
            Self::Unknown => NoSolution::Unknown,
        }
    }
}

/// The least amount that covers, or the largest where more costs more: between it and its neighbour the closing turns.
pub(super) fn boundary(
    bounds: &Bounds,
    difference: &mut dyn FnMut(i64) -> Option<i64>,
) -> Result<i64, Nowhere> {
    let mut known = BTreeMap::new();
    let mut ask = |at: i64, known: &mut BTreeMap<i64, i64>| -> Result<i64, Nowhere> {
        let found = match known.get(&at) {
            Some(found) => *found,
            None => difference(at).ok_or(Nowhere::Unknown)?,
        };
        known.insert(at, found);
        Ok(found)
    };
    let (poor, rich) =
        if bounds.more_closes { (bounds.least, bounds.most) } else { (bounds.most, bounds.least) };
    let at_poor = ask(poor, &mut known)?;
    if at_poor >= 0 {
        return Err(Nowhere::AlwaysCovered(at_poor));
    }
    let at_rich = ask(rich, &mut known)?;
    if at_rich < 0 {
        return Err(Nowhere::AlwaysShort(rich, at_rich.saturating_neg()));
    }
    let (mut short, mut covered) = ((poor, at_poor), (rich, at_rich));
    let mut next = bounds.first;
    while known.len() < MOST_TRIALS && (short.0 - covered.0).abs() > 1 {
        let (low, high) = (short.0.min(covered.0), short.0.max(covered.0));
        if next <= low || next >= high || known.len() > PATIENCE && known.len().is_multiple_of(2) {
            next = low + (high - low) / 2;
        }
        let found = ask(next, &mut known)?;
        let before = if found < 0 {
            std::mem::replace(&mut short, (next, found))
        } else {
            std::mem::replace(&mut covered, (next, found))
        };
        next = line(before, (next, found), bounds.more_closes);
    }
    Ok(covered.0)
}

/// Where the line through two trials meets nought; just beyond where it is flat, so that what covers is left.
fn line(before: (i64, i64), here: (i64, i64), more_closes: bool) -> i64 {
    let (run, rise) = (i128::from(here.0) - i128::from(before.0), i128::from(here.1) - i128::from(before.1));
    if rise == 0 || here.1 == 0 {
        return if more_closes == (here.1 >= 0) {
            here.0.saturating_sub(1)
        } else {
            here.0.saturating_add(1)
        };
    }
    i64::try_from(i128::from(here.0) - i128::from(here.1) * run / rise).unwrap_or(here.0)
}
