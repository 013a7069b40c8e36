//! What one has to give up of one thing to have more of another.

mod dominance;
mod knee;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::compare::Entry;
use crate::measure::{Direction, Measure, Unknown};

pub use dominance::hypervolume;
pub(crate) use dominance::{dominates, undominated};

/// A measure and which way is better for who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// What is looked at.
    pub measure: Measure,
    /// Which way is better.
    pub direction: Direction,
}

impl Objective {
    /// A measure in its own direction.
    pub fn of(measure: Measure) -> Self {
        Self { measure, direction: measure.direction() }
    }
}

/// Why there is no frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum TradeOffRefused {
    /// Not two or three objectives.
    #[error("a trade-off is between two or three measures; {given} were given")]
    Objectives {
        /// How many were given.
        given: usize,
    },
    /// The same measure twice.
    #[error("{measure} cannot be traded for itself")]
    Same {
        /// Which.
        measure: Measure,
    },
}

/// Why a scenario stands on no frontier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum LeftOut {
    /// It does not close.
    DoesNotClose,
    /// A measure has no value.
    Untold {
        /// Which.
        measure: Measure,
        /// Why.
        unknown: Unknown,
    },
}

/// A scenario among the objectives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// Its place among the entries.
    pub entry: usize,
    /// Its values, in the units of the measures, objective by objective.
    pub values: Vec<f64>,
    /// Whether nobody has more of one thing without less of another.
    pub efficient: bool,
    /// Entries that are at least as good in everything and better in something.
    pub beaten_by: Vec<usize>,
}

/// What a step along the frontier costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Slope {
    /// The entry from which the step is made: better at the second objective.
    pub from: usize,
    /// The entry to which it leads: better at the first objective.
    pub to: usize,
    /// Units of the second objective given up for one unit more of the first, each in the unit of its measure; never
    /// below zero.
    pub price: f64,
}

/// The trade-off between two or three objectives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frontier {
    /// The objectives.
    pub objectives: Vec<Objective>,
    /// Every scenario that has all values, in the order of the entries.
    pub places: Vec<Place>,
    /// Entries on the frontier; for two objectives from the worst to the best of the first.
    pub efficient: Vec<usize>,
    /// Steps along the frontier of two objectives; equals make no step. Empty for three.
    pub slopes: Vec<Slope>,
    /// The entry at which the frontier bends most; none where it is straight or has fewer than three points.
    pub knee: Option<usize>,
    /// Scenarios that stand on no frontier, and why.
    pub left_out: Vec<(usize, LeftOut)>,
}

/// Beaten scenarios name at most this many that beat them.
const MOST_NAMED: usize = 5;

/// The trade-off among scenarios.
///
/// # Errors
/// [`TradeOffRefused`] for other than two or three different measures.
pub fn frontier(entries: &[Entry<'_>], objectives: &[Objective]) -> Result<Frontier, TradeOffRefused> {
    if !(2..=3).contains(&objectives.len()) {
        return Err(TradeOffRefused::Objectives { given: objectives.len() });
    }
    for (place, objective) in objectives.iter().enumerate() {
        if objectives[..place].iter().any(|earlier| earlier.measure == objective.measure) {
            return Err(TradeOffRefused::Same { measure: objective.measure });
        }
    }
    let (mut places, mut left_out) = (Vec::new(), Vec::new());
    for (entry, scenario) in entries.iter().enumerate() {
        match values(scenario, objectives) {
            Ok(values) => places.push(Place { entry, values, efficient: false, beaten_by: Vec::new() }),
            Err(why) => left_out.push((entry, why)),
        }
    }
    let losses: Vec<Vec<f64>> = places.iter().map(|place| losses(&place.values, objectives)).collect();
    let mut kept = undominated(&losses);
    kept.iter().for_each(|place| places[*place].efficient = true);
    let entry_of: Vec<usize> = places.iter().map(|place| place.entry).collect();
    for (at, place) in places.iter_mut().enumerate().filter(|(_, place)| !place.efficient) {
        let beats = kept.iter().filter(|winner| dominates(&losses[**winner], &losses[at]));
        place.beaten_by = beats.take(MOST_NAMED).map(|winner| entry_of[*winner]).collect();
    }
    kept.sort_by(|one, two| losses[*two][0].total_cmp(&losses[*one][0]));
    let on_it: Vec<Vec<f64>> = kept.iter().map(|place| losses[*place].clone()).collect();
    let slopes = if objectives.len() == 2 { slopes(&kept, &losses, &places) } else { Vec::new() };
    let knee = knee::knee(&on_it).map(|place| places[kept[place]].entry);
    let efficient = kept.iter().map(|place| places[*place].entry).collect();
    Ok(Frontier { objectives: objectives.to_vec(), places, efficient, slopes, knee, left_out })
}

fn values(entry: &Entry<'_>, objectives: &[Objective]) -> Result<Vec<f64>, LeftOut> {
    if !entry.measures.closes {
        return Err(LeftOut::DoesNotClose);
    }
    let value = |objective: &Objective| {
        let measure = objective.measure;
        entry.measures.value(measure).map_err(|unknown| LeftOut::Untold { measure, unknown })
    };
    objectives.iter().map(value).collect()
}

fn losses(values: &[f64], objectives: &[Objective]) -> Vec<f64> {
    values.iter().zip(objectives).map(|(value, objective)| -objective.direction.gain(*value)).collect()
}

fn slopes(kept: &[usize], losses: &[Vec<f64>], places: &[Place]) -> Vec<Slope> {
    let step = |pair: &[usize]| {
        let (from, to) = (&losses[pair[0]], &losses[pair[1]]);
        let (gained, given_up) = (from[0] - to[0], to[1] - from[1]);
        let (from, to) = (places[pair[0]].entry, places[pair[1]].entry);
        (gained > 0.0).then(|| Slope { from, to, price: given_up / gained })
    };
    kept.windows(2).filter_map(step).collect()
}

#[cfg(test)]
mod tests;
