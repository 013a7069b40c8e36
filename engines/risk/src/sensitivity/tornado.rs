//! One driver at a time: tornado and spider.

use super::driven::{DrivenModel, Values, at_points, bases};

/// The probabilities at whose quantiles a tornado looks.
const ENDS: [f64; 2] = [0.1, 0.9];

/// The result with one driver at each end, the others where they are typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The driver.
    pub driver: usize,
    /// Its 10th percentile.
    pub low_input: f64,
    /// Its 90th percentile.
    pub high_input: f64,
    /// The result at the one; NaN where it is not defined.
    pub low: f64,
    /// The result at the other.
    pub high: f64,
}

impl Bar {
    /// How far the result moves; nothing where an end is not defined.
    pub fn width(&self) -> f64 {
        let width = (self.high - self.low).abs();
        if width.is_nan() { 0.0 } else { width }
    }
}

/// The result with every driver where it is typed.
pub fn base<M: DrivenModel>(model: &M, column: usize) -> f64 {
    at_points(model, column, &[bases(model)])[0]
}

fn moved(bases: &Values, driver: usize, value: f64) -> Values {
    let mut point = bases.clone();
    point[driver] = value;
    point
}

/// Every driver at its P10 and its P90, the one that moves most first.
pub fn tornado<M: DrivenModel>(model: &M, column: usize) -> Vec<Bar> {
    let bases = bases(model);
    let inputs: Vec<[f64; 2]> =
        (0..model.drivers()).map(|driver| ENDS.map(|p| model.quantile(driver, p))).collect();
    let points: Vec<Values> = inputs
        .iter()
        .enumerate()
        .flat_map(|(driver, ends)| ends.map(|value| moved(&bases, driver, value)))
        .collect();
    let found = at_points(model, column, &points);
    let bar = |(driver, (ends, found)): (usize, (&[f64; 2], &[f64]))| Bar {
        driver,
        low_input: ends[0],
        high_input: ends[1],
        low: found[0],
        high: found[1],
    };
    let mut bars: Vec<Bar> = inputs.iter().zip(found.chunks_exact(2)).enumerate().map(bar).collect();
    bars.sort_by(|one, other| other.width().total_cmp(&one.width()).then(one.driver.cmp(&other.driver)));
    bars
}

/// The result with a driver at one of its quantiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The quantile's probability.
    pub p: f64,
    /// The driver's value.
    pub input: f64,
    /// The result; NaN where it is not defined.
    pub value: f64,
}

/// The results along one driver.
#[derive(Debug, Clone, PartialEq)]
pub struct Spider {
    /// The driver.
    pub driver: usize,
    /// From its low to its high quantiles.
    pub points: Vec<Point>,
}

/// Every driver along its quantiles, the others where they are typed.
pub fn spider<M: DrivenModel>(model: &M, column: usize, probabilities: &[f64]) -> Vec<Spider> {
    let bases = bases(model);
    let inputs: Vec<(usize, f64, f64)> = (0..model.drivers())
        .flat_map(|driver| probabilities.iter().map(move |p| (driver, *p, model.quantile(driver, *p))))
        .collect();
    let points: Vec<Values> =
        inputs.iter().map(|(driver, _, value)| moved(&bases, *driver, *value)).collect();
    let found = at_points(model, column, &points);
    let told: Vec<Point> = inputs
        .iter()
        .zip(found)
        .map(|((_, p, input), value)| Point { p: *p, input: *input, value })
        .collect();
    let lines = told.chunks(probabilities.len().max(1)).enumerate();
    lines.map(|(driver, points)| Spider { driver, points: points.to_vec() }).collect()
}
