//! Points of one scenario.

use serde::Serialize;

use super::Highlight;
use super::perspective::Weighed;
use crate::measure::{Measure, Measures, Unknown};

/// The least share of the weight that has to have a value for a score to be told.
const LEAST_TOLD: f64 = 0.5;

/// A value and its points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Points {
    /// In the measure's unit.
    pub value: f64,
    /// 0 to 100.
    pub points: f64,
}

/// One criterion of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// What is looked at.
    pub measure: Measure,
    /// Its share of the reader's attention, 0 to 1.
    pub weight: f64,
    /// Value and points, or why there are none.
    pub told: Result<Points, Unknown>,
}

impl Mark {
    /// Whether the scenario has nothing that could be measured: no loan of the kind, so no recovery of it.
    pub fn does_not_apply(&self) -> bool {
        matches!(self.told, Err(Unknown::NoSuchMoney { .. }))
    }
}

/// All criteria together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// Weighted mean of the points that are told, 0 to 100.
    pub points: f64,
    /// The part of the weight of the criteria that apply which the points rest on, 0 to 1.
    pub told: f64,
    /// The score if everything unknown were worth nothing.
    pub at_least: f64,
    /// The score if everything unknown were the best there is.
    pub at_most: f64,
}

pub(super) fn marks(measures: &Measures, criteria: &[Weighed]) -> Vec<Mark> {
    let mark = |criterion: &Weighed| {
        let points = |value: f64| Points { value, points: criterion.scale.points(value) };
        let told = measures.value(criterion.measure).map(points);
        Mark { measure: criterion.measure, weight: criterion.weight, told }
    };
    criteria.iter().map(mark).collect()
}

/// The weighted mean over the criteria that apply.
pub(super) fn score(marks: &[Mark]) -> Result<Score, Unknown> {
    let mut applies = 0.0;
    let (mut told, mut sum) = (0.0, 0.0);
    let mut unknown = None;
    for mark in marks.iter().filter(|mark| !mark.does_not_apply()) {
        applies += mark.weight;
        match &mark.told {
            Ok(points) => {
                told += mark.weight;
                sum += mark.weight * points.points;
            }
            Err(why) => unknown = unknown.or(Some(why)),
        }
    }
    if applies <= 0.0 || told < LEAST_TOLD * applies {
        let first = || marks.iter().find_map(|mark| mark.told.as_ref().err());
        return Err(unknown.or_else(first).cloned().unwrap_or(Unknown::NotComputed));
    }
    let least = sum / applies;
    let missing = (1.0 - told / applies).max(0.0);
    Ok(Score {
        points: sum / told,
        told: told / applies,
        at_least: least,
        at_most: (least + 100.0 * missing).min(100.0),
    })
}

/// What lies beyond the anchors: strengths, weaknesses.
pub(super) fn highlights(marks: &[Mark], criteria: &[Weighed]) -> (Vec<Highlight>, Vec<Highlight>) {
    let (mut strong, mut weak) = (Vec::new(), Vec::new());
    for (mark, criterion) in marks.iter().zip(criteria) {
        let Ok(Points { value, points }) = mark.told else { continue };
        let (low, high) = criterion.scale.anchors();
        let gain = |threshold: f64| mark.measure.direction().gain(value - threshold);
        let told = |threshold| Highlight { measure: mark.measure, value, threshold, points };
        if gain(high) >= 0.0 {
            strong.push(told(high));
        } else if gain(low) < 0.0 {
            weak.push(told(low));
        }
    }
    strong.sort_by(|one, two| two.points.total_cmp(&one.points));
    weak.sort_by(|one, two| one.points.total_cmp(&two.points));
    (strong, weak)
}
