//! How scenarios stand beside each other, for one reader.
//!
//! A scenario that does not close is no deal: it has no rank. What a scenario does not have (no senior loan, so no
//! recovery) is not held against it, and what cannot be told is neither zero nor left out silently: the score says how
//! much of the weight it rests on and between which bounds it could lie.

mod pairwise;
mod perspective;
mod rank;
mod scale;
mod score;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::measure::{Measure, Measures, Unknown};

pub use pairwise::{Duel, duel};
pub use perspective::{Criterion, Perspective, PerspectiveRefused, Reader};
pub use scale::{Scale, ScaleRefused};
pub use score::{Mark, Points, Score};

/// A scenario that is compared.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Its stable id.
    pub id: &'a str,
    /// What it is worth.
    pub measures: &'a Measures,
}

/// Something that stands out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Highlight {
    /// What.
    pub measure: Measure,
    /// Its value, in the measure's unit.
    pub value: f64,
    /// The value beyond which it stands out.
    pub threshold: f64,
    /// Points, 0 to 100.
    pub points: f64,
}

/// A scenario among the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Its stable id.
    pub id: String,
    /// Whether it closes; what does not has no rank.
    pub closes: bool,
    /// What every criterion gives.
    pub marks: Vec<Mark>,
    /// All criteria together, or why they cannot be put together.
    pub score: Result<Score, Unknown>,
    /// 1 is the best. Equals share a rank, and the next one stands behind all of them.
    pub rank: Option<usize>,
    /// Share of the other ranked scenarios that are worse; equals count for one half. None where there is no other.
    pub percentile: Option<f64>,
    /// What is strong, the strongest first.
    pub strengths: Vec<Highlight>,
    /// What is weak, the weakest first.
    pub weaknesses: Vec<Highlight>,
    /// Other ranked scenarios that it beats on more weight than it loses on.
    pub duels_won: usize,
    /// Those that beat it.
    pub duels_lost: usize,
}

/// Scenarios as one reader sees them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// By which criteria.
    pub perspective: Perspective,
    /// The scenarios, in the order in which they were given.
    pub standings: Vec<Standing>,
}

impl Comparison {
    /// The places of the scenarios, the best first; those without a rank last, in the given order.
    pub fn order(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.standings.len()).collect();
        places.sort_by_key(|place| self.standings[*place].rank.unwrap_or(usize::MAX));
        places
    }
}

/// Compares scenarios by a perspective.
///
/// # Errors
/// [`PerspectiveRefused`] where the weights or scales cannot be used.
pub fn compare(entries: &[Entry<'_>], perspective: &Perspective) -> Result<Comparison, PerspectiveRefused> {
    let criteria = perspective.weighed()?;
    let mut standings: Vec<Standing> = entries
        .iter()
        .map(|entry| {
            let marks = score::marks(entry.measures, &criteria);
            let (strengths, weaknesses) = score::highlights(&marks, &criteria);
            Standing {
                id: entry.id.to_owned(),
                closes: entry.measures.closes,
                score: score::score(&marks),
                marks,
                rank: None,
                percentile: None,
                strengths,
                weaknesses,
                duels_won: 0,
                duels_lost: 0,
            }
        })
        .collect();
    rank::rank(&mut standings);
    pairwise::count(entries, &criteria, &mut standings);
    Ok(Comparison { perspective: perspective.clone(), standings })
}
