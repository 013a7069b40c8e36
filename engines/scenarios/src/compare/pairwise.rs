//! Two scenarios, criterion by criterion.

use serde::Serialize;

use super::perspective::{Perspective, PerspectiveRefused, Weighed};
use super::{Entry, Standing};
use crate::measure::{Measure, Measures};

/// Values that are nearer than this are equal.
const EQUAL: f64 = 1e-9;

/// Standard errors by which two counted shares have to differ to be different.
const ERRORS: f64 = 2.0;

/// Who is better at what.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Duel {
    /// Criteria on which the first is better.
    pub won: Vec<Measure>,
    /// Criteria on which the second is better.
    pub lost: Vec<Measure>,
    /// Criteria on which they are equal, or differ by less than the paths can tell.
    pub even: Vec<Measure>,
    /// Criteria that one of them has no value for.
    pub untold: Vec<Measure>,
    /// Weight of the first's criteria, 0 to 1.
    pub won_weight: f64,
    /// Weight of the second's criteria, 0 to 1.
    pub lost_weight: f64,
}

/// Sets two scenarios against each other.
///
/// # Errors
/// [`PerspectiveRefused`] where the weights or scales cannot be used.
pub fn duel(one: &Measures, two: &Measures, perspective: &Perspective) -> Result<Duel, PerspectiveRefused> {
    let mut duel = Duel::default();
    for criterion in perspective.weighed()? {
        let measure = criterion.measure;
        match lead(one, two, measure) {
            None => duel.untold.push(measure),
            Some(lead) if lead > 0.0 => {
                duel.won.push(measure);
                duel.won_weight += criterion.weight;
            }
            Some(lead) if lead < 0.0 => {
                duel.lost.push(measure);
                duel.lost_weight += criterion.weight;
            }
            Some(_) => duel.even.push(measure),
        }
    }
    Ok(duel)
}

/// By how much the first is better, in the measure's unit; zero where they are equal, none where one has no value.
fn lead(one: &Measures, two: &Measures, measure: Measure) -> Option<f64> {
    let gain =
        |measures: &Measures| measures.value(measure).ok().map(|value| measure.direction().gain(value));
    let lead = gain(one)? - gain(two)?;
    let noise = match (measure, &one.recoupment_chance, &two.recoupment_chance) {
        // Runs on the same paths are tied to each other, so that this is on the safe side.
        (Measure::RecoupmentChance, Ok(one), Ok(two)) => ERRORS * one.error.hypot(two.error),
        _ => 0.0,
    };
    Some(if lead.abs() <= noise.max(EQUAL) { 0.0 } else { lead })
}

/// Counts the duels of all ranked scenarios.
pub(super) fn count(entries: &[Entry<'_>], criteria: &[Weighed], standings: &mut [Standing]) {
    let ranked: Vec<usize> = (0..standings.len()).filter(|place| standings[*place].rank.is_some()).collect();
    for (at, &one) in ranked.iter().enumerate() {
        for &two in &ranked[at + 1..] {
            let side = |criterion: &Weighed| {
                let lead = lead(entries[one].measures, entries[two].measures, criterion.measure);
                lead.filter(|lead| *lead != 0.0).map_or(0.0, |lead| criterion.weight * lead.signum())
            };
            let balance: f64 = criteria.iter().map(side).sum();
            if balance.abs() <= EQUAL {
                continue;
            }
            let (winner, loser) = if balance > 0.0 { (one, two) } else { (two, one) };
            standings[winner].duels_won += 1;
            standings[loser].duels_lost += 1;
        }
    }
}
