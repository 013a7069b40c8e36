//! The smallest change that gives somebody what they ask for.

use recoup_risk::sensitivity::{Goal, GoalRefused, Root, Sought, seek};
use serde::Serialize;

/// A number of the deal that may be moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lever {
    /// Path of the cell, or another stable id.
    pub id: String,
    /// What it is now.
    pub now: f64,
    /// The least it may become.
    pub low: f64,
    /// The most.
    pub high: f64,
    /// The step that means something: a minor unit, a basis point.
    pub step: f64,
}

/// A change that brings the result to what is asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Place of the lever among those given.
    pub lever: usize,
    /// What it has to become.
    pub to: f64,
    /// What the result then is.
    pub result: f64,
    /// The move in parts of the range in which the lever may move, 0 to 1.
    pub size: f64,
}

/// For every lever that can bring a result to its target alone, the nearest value that does; the smallest change first.
/// `result` is computed with one lever moved and the others where they are; none where it is not defined. What a result
/// passes over in a jump, as it does at a cap, is reached by no lever.
///
/// # Errors
/// [`GoalRefused`] where bounds, steps or looks make no search.
pub fn smallest_changes(
    levers: &[Lever],
    target: f64,
    within: f64,
    looks: u32,
    mut result: impl FnMut(usize, f64) -> Option<f64>,
) -> Result<Vec<Change>, GoalRefused> {
    let mut changes = Vec::new();
    for (place, lever) in levers.iter().enumerate() {
        let Lever { now, low, high, step, .. } = *lever;
        let stands = result(place, now);
        if let Some(value) = stands.filter(|value| (value - target).abs() <= within) {
            changes.push(Change { lever: place, to: now, result: value, size: 0.0 });
            continue;
        }
        // Each side of where the lever stands is sought on its own, so that the nearest answer is not passed by.
        let mut roots: Vec<Root> = Vec::new();
        for (low, high) in [(low, now), (now, high)] {
            if high - low > step {
                let goal = Goal { target, within, low, high, step, looks };
                let Sought { roots: found, .. } = seek(goal, |at| result(place, at))?;
                roots.extend(found);
            }
        }
        let reached = roots.into_iter().filter(|root| (root.value - target).abs() <= within);
        let nearest = reached.min_by(|one, two| (one.at - now).abs().total_cmp(&(two.at - now).abs()));
        if let Some(Root { at, value }) = nearest {
            let size = (at - now).abs() / (high - low);
            changes.push(Change { lever: place, to: at, result: value, size });
        }
    }
    changes.sort_by(|one, two| one.size.total_cmp(&two.size));
    Ok(changes)
}
