//! What each reader should take, and why.

mod robust;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::compare::{Comparison, Entry, Mark, Perspective, PerspectiveRefused, Reader, compare};
use crate::measure::Measure;

pub use robust::{Drawn, Robustness, RobustnessRefused, robustness};

/// Points by which a recommendation has to lead to be clear.
const CLEAR: f64 = 1.0;

/// What one criterion does to the lead over the runner-up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ground {
    /// What is looked at.
    pub measure: Measure,
    /// The value of the one that is recommended, in the measure's unit.
    pub value: f64,
    /// The value of the runner-up.
    pub other: f64,
    /// Weighted points between them; below zero where the runner-up is better.
    pub points: f64,
}

/// What one reader should take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recommendation {
    /// Who reads.
    pub reader: Reader,
    /// Id of the scenario.
    pub chosen: String,
    /// Its score, 0 to 100.
    pub points: f64,
    /// Id of the next best; none where no other closes and has a score.
    pub runner_up: Option<String>,
    /// Points before the runner-up.
    pub lead: Option<f64>,
    /// Whether the lead is clear: a point at the least, and not made by what is unknown of either.
    pub clear: bool,
    /// What it is better at than the runner-up, the weightiest first; without a runner-up none.
    pub because: Vec<Ground>,
    /// What it gives up against the runner-up, the weightiest first.
    pub at_the_price_of: Vec<Ground>,
    /// What is weak in it by any standard.
    pub weak: Vec<Measure>,
}

/// A recommendation for a reader; none where no scenario closes and has a score.
///
/// # Errors
/// [`PerspectiveRefused`] where the weights or scales cannot be used.
pub fn recommend(
    entries: &[Entry<'_>],
    perspective: &Perspective,
) -> Result<Option<Recommendation>, PerspectiveRefused> {
    Ok(recommended(&compare(entries, perspective)?))
}

/// The recommendation that follows from a comparison.
pub fn recommended(comparison: &Comparison) -> Option<Recommendation> {
    let order = comparison.order();
    let mut ranked = order.iter().map(|place| &comparison.standings[*place]).filter(|one| one.rank.is_some());
    let (best, next) = (ranked.next()?, ranked.next());
    let score = best.score.as_ref().ok()?;
    let against = next.and_then(|next| Some((next, next.score.as_ref().ok()?)));
    let grounds = next.map(|next| grounds(&best.marks, &next.marks)).unwrap_or_default();
    let (because, at_the_price_of): (Vec<Ground>, Vec<Ground>) =
        grounds.into_iter().filter(|ground| ground.points != 0.0).partition(|ground| ground.points > 0.0);
    let lead = against.map(|(_, other)| score.points - other.points);
    Some(Recommendation {
        reader: comparison.perspective.reader,
        chosen: best.id.clone(),
        points: score.points,
        runner_up: next.map(|next| next.id.clone()),
        lead,
        clear: against
            .is_none_or(|(_, other)| score.points - other.points >= CLEAR && score.at_least >= other.at_most),
        because,
        at_the_price_of,
        weak: best.weaknesses.iter().map(|weak| weak.measure).collect(),
    })
}

/// What every criterion that both have a value for does to the lead, the weightiest first.
fn grounds(one: &[Mark], other: &[Mark]) -> Vec<Ground> {
    let ground = |(one, other): (&Mark, &Mark)| {
        let (mine, theirs) = (one.told.as_ref().ok()?, other.told.as_ref().ok()?);
        Some(Ground {
            measure: one.measure,
            value: mine.value,
            other: theirs.value,
            points: one.weight * (mine.points - theirs.points),
        })
    };
    let mut grounds: Vec<Ground> = one.iter().zip(other).filter_map(ground).collect();
    grounds.sort_by(|one, two| two.points.abs().total_cmp(&one.points.abs()));
    grounds
}

/// The scenario that is the best by one measure alone, in its own direction: the first of equals. None where none that
/// closes has a value.
pub fn best_of(entries: &[Entry<'_>], measure: Measure) -> Option<(usize, f64)> {
    let told = entries.iter().enumerate().filter(|(_, entry)| entry.measures.closes);
    let values = told.filter_map(|(place, entry)| Some((place, entry.measures.value(measure).ok()?)));
    let gain = |value: f64| measure.direction().gain(value);
    values.reduce(|best, next| if gain(next.1) > gain(best.1) { next } else { best })
}
