//! Quantiles of the beta distributions of PERT, as a table over the normal number that is drawn.
//!
//! In `z` the quantile is smooth up to both ends, where in the probability it is not: `x = F^−1(Φ(z))`,
//! `dx/dz = φ(z) / f(x)`. Between nodes it is a cubic with these slopes, held monotone after F. N. Fritsch and
//! R. E. Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J. Numer. Anal. 17 (1980).
//!
//! The nodes are solved here and not with a library: its powers and logarithms are those of the system, and the same
//! seed would give other paths on another one.

use crate::numeric::{exp, ln, normal_cdf, polynomial};
use recoup_lanes::{Bits, Kernel, LANES, Lanes};

/// Intervals between −[`REACH`] and [`REACH`].
const INTERVALS: usize = 512;
const REACH: f64 = 8.25;
const STEP: f64 = 2.0 * REACH / INTERVALS as f64;
/// Terms of the power series: `2^−60` is left at most.
const TERMS: usize = 60;

/// The quantile for a lower bound of 0 and an upper bound of 1: four coefficients for every interval.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table(Vec<f64>);

impl Table {
    /// For the share of the range that lies below the mode.
    pub(super) fn new(mode: f64) -> Self {
        recoup_lanes::dispatch(Nodes { below: Side::new(1.0 + 4.0 * mode, 5.0 - 4.0 * mode) })
    }

    /// The quantile at `z`.
    #[inline(always)]
    pub(super) fn at<L: Lanes>(&self, z: L) -> L {
        let place = (z + L::splat(REACH)) * L::splat(1.0 / STEP);
        let place = L::splat(0.0).max(L::splat(INTERVALS as f64 - 1e-9).min(place));
        let interval = place.floor();
        let t = place - interval;
        let at = interval.to_whole().shl(2);
        let (a, b) = (L::gather(&self.0, at), L::gather(&self.0, at + L::Bits::splat(1)));
        let (c, d) = (L::gather(&self.0, at + L::Bits::splat(2)), L::gather(&self.0, at + L::Bits::splat(3)));
        d.mul_add(t, c).mul_add(t, b).mul_add(t, a)
    }
}

/// `∫_0^x t^(a−1) (1 − t)^(b−1) dt = x^a Σ_k (1 − b)_k / (k! (a + k)) x^k` (DLMF 8.17.7), for `x ≤ ½`.
struct Side {
    a: f64,
    b: f64,
    series: [f64; TERMS],
}

impl Side {
    fn new(a: f64, b: f64) -> Self {
        let mut binomial = 1.0;
        let series = std::array::from_fn(|k| {
            if k > 0 {
                binomial *= (k as f64 - b) / k as f64;
            }
            binomial / (a + k as f64)
        });
        Self { a, b, series }
    }

    fn mirrored(&self) -> Self {
        Self::new(self.b, self.a)
    }

    /// The integral up to `x`.
    #[inline(always)]
    fn integral<L: Lanes>(&self, x: L) -> L {
        exp(ln(x) * L::splat(self.a)) * polynomial(x, &self.series)
    }

    /// The `x ≤ ½` up to which the integral has this logarithm: Newton's method in `ln x`, in which the logarithm of
    /// the integral is nearly a line of slope `a`.
    #[inline(always)]
    fn solve<L: Lanes>(&self, target: L) -> L {
        let (a, half) = (L::splat(self.a), L::splat(-std::f64::consts::LN_2));
        let mut s = half.min((target + ln(a)) / a);
        for _ in 0..12 {
            let x = exp(s);
            let sum = polynomial(x, &self.series);
            let slope = exp(ln(L::splat(1.0) - x) * L::splat(self.b - 1.0)) / sum;
            s = half.min(s - (a.mul_add(s, ln(sum)) - target) / slope);
        }
        exp(s)
    }
}

struct Nodes {
    below: Side,
}

impl Kernel for Nodes {
    type Output = Table;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Table {
        let above = self.below.mirrored();
        let half = L::splat(0.5);
        let parts = [self.below.integral(half), above.integral(half)];
        let whole = parts[0] + parts[1];
        let (mut nodes, mut slopes) = (Vec::new(), Vec::new());
        for first in (0..=INTERVALS).step_by(LANES) {
            let z = L::from_array(std::array::from_fn(|lane| (first + lane) as f64 * STEP - REACH));
            let (low, high) = (normal_cdf(z) * whole, normal_cdf(-z) * whole);
            let is_low = low.le(parts[0]);
            let (x, y) = (self.below.solve(ln(low)), above.solve(ln(high)));
            let one = L::splat(1.0);
            let (x, y) = (L::select(is_low, x, one - y), L::select(is_low, one - x, y));
            // φ(z) / f(x), with the logarithm of 1 / √(2π).
            let density = ln(x).mul_add(L::splat(self.below.a - 1.0), ln(y) * L::splat(self.below.b - 1.0));
            let normal = (z * z).mul_add(L::splat(-0.5), L::splat(-0.918_938_533_204_672_8));
            nodes.extend(x.to_array());
            slopes.extend((exp(normal - density) * whole).to_array());
        }
        Table(cubics(&nodes, &slopes))
    }
}

fn cubics(nodes: &[f64], slopes: &[f64]) -> Vec<f64> {
    let mut slopes: Vec<f64> = slopes.iter().map(|slope| slope * STEP).collect();
    for at in 0..INTERVALS {
        let rise = nodes[at + 1] - nodes[at];
        let (left, right) = (slopes[at], slopes[at + 1]);
        let steepest = 3.0 * rise;
        if left * left + right * right > steepest * steepest {
            let scale = steepest / (left * left + right * right).sqrt();
            slopes[at] = left * scale;
            slopes[at + 1] = right * scale;
        }
    }
    (0..INTERVALS)
        .flat_map(|at| {
            let (rise, left, right) = (nodes[at + 1] - nodes[at], slopes[at], slopes[at + 1]);
            [nodes[at], left, 3.0 * rise - 2.0 * left - right, left + right - 2.0 * rise]
        })
        .collect()
}
