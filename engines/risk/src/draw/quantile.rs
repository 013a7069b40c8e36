//! From a uniform or a normal number to the value of a driver, 256 paths at once.
//!
//! Loops over rows are written out in every case, without closures: a closure that holds arithmetic in lanes may be
//! compiled on its own, for narrow registers.

use super::fill::Column;
use super::pert::Table;
use super::{Draws, Marginal};
use crate::numeric::{exp, normal_cdf, normal_quantile};
use recoup_lanes::{Bits, Lanes, Row};

/// A marginal distribution made ready: an increasing function of the number that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantile {
    /// Misses: up to which uniform number, which value.
    misses: Vec<(f64, f64)>,
    /// Above it are the hits.
    missed: f64,
    per_hit: f64,
    hit: Shape,
}

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Constant(f64),
    Normal { mean: f64, deviation: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Uniform { low: f64, width: f64 },
    Triangular { low: f64, high: f64, turn: f64, rise: f64, fall: f64 },
    Pert { low: f64, width: f64, table: Table },
    Discrete { below: Vec<f64>, values: Vec<f64> },
    Empirical { values: Vec<f64> },
}

impl Quantile {
    /// Of a marginal that was checked.
    pub(super) fn new(marginal: &Marginal) -> Self {
        let (mut misses, mut missed, mut rest) = (Vec::new(), 0.0, marginal);
        while let (None, Marginal::HitOrMiss { probability, miss, hit }) = (rest.constant(), rest) {
            // What earlier misses left is shared out again.
            missed += (1.0 - missed) * (1.0 - probability);
            misses.push((missed, *miss));
            rest = hit;
        }
        Self { misses, missed, per_hit: 1.0 / (1.0 - missed), hit: Shape::new(rest) }
    }

    /// Replaces what was drawn, a uniform or a normal number, by the values.
    #[inline(always)]
    pub(super) fn apply<L: Lanes>(&self, column: &mut Column, is_normal: bool) {
        if self.misses.is_empty() {
            return self.hit.apply::<L>(column, is_normal);
        }
        if is_normal {
            to_uniform::<L>(column);
        }
        let mut hits = *column;
        for row in &mut hits {
            ((L::load(row) - L::splat(self.missed)) * L::splat(self.per_hit)).store(row);
        }
        self.hit.apply::<L>(&mut hits, false);
        for (row, hit) in column.iter_mut().zip(&hits) {
            let (u, mut value) = (L::load(row), L::load(hit));
            for (up_to, miss) in self.misses.iter().rev() {
                value = L::select(u.lt(L::splat(*up_to)), L::splat(*miss), value);
            }
            value.store(row);
        }
    }
}

#[inline(always)]
fn to_uniform<L: Lanes>(column: &mut Column) {
    for row in column {
        normal_cdf(L::load(row)).store(row);
    }
}

#[inline(always)]
pub(super) fn to_normal<L: Lanes>(column: &mut Column) {
    for row in column {
        normal_quantile(L::load(row)).store(row);
    }
}

impl Shape {
    fn new(marginal: &Marginal) -> Self {
        if let Some(value) = marginal.constant() {
            return Self::Constant(value);
        }
        match *marginal {
            Marginal::Normal { mean, deviation } => Self::Normal { mean, deviation },
            Marginal::Lognormal { median, sigma } => Self::Lognormal { mu: super::scalar::ln(median), sigma },
            Marginal::Uniform { low, high } => Self::Uniform { low, width: high - low },
            Marginal::Triangular { low, mode, high } => {
                let width = high - low;
                let (rise, fall) = (width * (mode - low), width * (high - mode));
                Self::Triangular { low, high, turn: (mode - low) / width, rise, fall }
            }
            Marginal::Pert { low, mode, high } => {
                let width = high - low;
                Self::Pert { low, width, table: Table::new((mode - low) / width) }
            }
            Marginal::Discrete(ref values) => discrete(values),
            Marginal::Empirical(ref values) => {
                let mut values = values.clone();
                values.sort_by(f64::total_cmp);
                Self::Empirical { values }
            }
            // `Quantile::new` takes these apart until what is left is none of them, or a constant.
            Marginal::HitOrMiss { miss, .. } => Self::Constant(miss),
        }
    }

    #[inline(always)]
    fn is_of_normal(&self) -> bool {
        matches!(self, Self::Normal { .. } | Self::Lognormal { .. } | Self::Pert { .. })
    }

    #[inline(always)]
    fn apply<L: Lanes>(&self, column: &mut Column, is_normal: bool) {
        match (self.is_of_normal(), is_normal, self) {
            (_, _, Self::Constant(_)) => {}
            (true, false, _) => to_normal::<L>(column),
            (false, true, _) => to_uniform::<L>(column),
            _ => {}
        }
        match self {
            Self::Constant(value) => *column = [Row([*value; recoup_lanes::LANES]); Draws::ROWS],
            Self::Normal { mean, deviation } => line::<L>(column, *mean, *deviation),
            Self::Uniform { low, width } => line::<L>(column, *low, *width),
            Self::Lognormal { mu, sigma } => {
                for row in column {
                    exp(L::load(row).mul_add(L::splat(*sigma), L::splat(*mu))).store(row);
                }
            }
            Self::Pert { low, width, table } => {
                for row in column {
                    table.at(L::load(row)).mul_add(L::splat(*width), L::splat(*low)).store(row);
                }
            }
            Self::Triangular { low, high, turn, rise, fall } => {
                for row in column {
                    let u = L::load(row);
                    let rising = u.lt(L::splat(*turn));
                    let area = L::select(rising, u * L::splat(*rise), (L::splat(1.0) - u) * L::splat(*fall));
                    let root = area.sqrt();
                    L::select(rising, L::splat(*low) + root, L::splat(*high) - root).store(row);
                }
            }
            Self::Discrete { below, values } => steps::<L>(column, below, values),
            Self::Empirical { values } => between::<L>(column, values),
        }
    }
}

#[inline(always)]
fn line<L: Lanes>(column: &mut Column, start: f64, slope: f64) {
    for row in column {
        L::load(row).mul_add(L::splat(slope), L::splat(start)).store(row);
    }
}

/// The last value whose cumulative probability is not above `u`, by halving: `below` is filled up to a power of two
/// with entries above 1.
#[inline(always)]
fn steps<L: Lanes>(column: &mut Column, below: &[f64], values: &[f64]) {
    for row in column {
        let u = L::load(row);
        let mut place = L::splat(0.0);
        let mut step = below.len() / 2;
        while step > 0 {
            let tried = place + L::splat(step as f64);
            let reached = L::gather(below, tried.to_whole()).le(u);
            place = L::select(reached, tried, place);
            step /= 2;
        }
        L::gather(values, place.to_whole()).store(row);
    }
}

#[inline(always)]
fn between<L: Lanes>(column: &mut Column, values: &[f64]) {
    for row in column {
        let place = L::load(row) * L::splat((values.len() - 1) as f64);
        let below = place.floor();
        let at = below.to_whole();
        let (left, right) = (L::gather(values, at), L::gather(values, at + L::Bits::splat(1)));
        (place - below).mul_add(right - left, left).store(row);
    }
}

/// Values in ascending order, and the probability of those before each.
fn discrete(values: &[(f64, f64)]) -> Shape {
    let mut values: Vec<(f64, f64)> = values.iter().copied().filter(|(_, weight)| *weight > 0.0).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let sum: f64 = values.iter().map(|(_, weight)| weight).sum();
    let mut reached = 0.0;
    let mut below = Vec::with_capacity(values.len().next_power_of_two());
    for (_, weight) in &values {
        below.push(reached / sum);
        reached += weight;
    }
    below.resize(values.len().next_power_of_two(), 2.0);
    Shape::Discrete { below, values: values.into_iter().map(|(value, _)| value).collect() }
}
