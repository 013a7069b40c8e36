//! The rates of return of several parties side by side.
//!
//! A party draws first and is paid afterwards, so that exactly one rate brings both to the same value. With the factor
//! `v = 1 / (1 + rate)` of a quarter, `u = ln v`, receipts `P(v)` and drawings `N(v)`, the function
//! `h(u) = ln P − ln N` rises and is nearly a straight line: its slope is the time between the two, and that time
//! changes little. Values and slopes at `u = 0` and at a node, the discount rate, come out of the sums of the metrics;
//! the cubic through the four, of `u` over `h`, is read at `h = 0`. Newton's method goes on from there with
//! `2 tanh(h / 2) = 2 (P − N) / (P + N)`, which has the same root and slope and needs no logarithm.
//!
//! A lane stops when its own step is small and is then left alone: what its neighbours do changes none of its bits.

use recoup_lanes::{Bits, Lanes, Mask, Row};

use super::{
    quarterly::{GROUP, five},
    returns::{self, Party},
};

/// A step below this leaves an error of about its square, and less than a hundredth of what rates are compared to.
const SMALL: f64 = 2e-6;
/// Beyond this many steps a rate counts as not found.
const MOST_STEPS: usize = 60;
/// The largest step in `ln v`.
const FAR: f64 = 1.0;
/// `ln v` where all but nothing is lost: a rate of −99.9 % a quarter.
const LOST: f64 = 6.9;
/// `ln (1 + f) / f` for `1 + f` from `√½` to `√2`, within 3e-6 of it: a Chebyshev interpolation.
const LN: [f64; 6] = [1.000004685, -0.4999036159, 0.3325677781, -0.2539783177, 0.2207029964, -0.1433831256];

/// Sums of amounts, of amounts by their quarter counted from the first drawing, and both at the node.
#[derive(Clone, Copy)]
pub(super) struct Moments<L> {
    pub total: L,
    pub first: L,
    pub value: L,
    pub lean: L,
}

/// The second place from which rates are looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Node {
    rate_annual: f64,
    /// `ln v` there.
    ln_v: f64,
}

impl Node {
    /// At an annual effective rate.
    pub(super) fn at(rate_annual: f64) -> Self {
        Self { rate_annual, ln_v: -rate_annual.ln_1p() / 4.0 }
    }

    /// The factor of a quarter.
    pub(super) fn factor(&self, quarter: usize) -> f64 {
        (1.0 + self.rate_annual).powf(-(quarter as f64) / 4.0)
    }
}

/// Where the search for a rate begins.
#[derive(Clone, Copy)]
pub(super) struct Start<L: Lanes> {
    v: L,
    /// The curvature of `h` over twice its slope.
    bend: L,
    /// The lanes that have a rate.
    asked: L::Mask,
}

impl<L: Lanes> Start<L> {
    #[inline(always)]
    pub(super) fn nowhere() -> Self {
        let zero = L::splat(0.0);
        Self { v: zero, bend: zero, asked: zero.lt(zero) }
    }
}

/// The logarithm of a number above zero, within 3e-6.
#[inline(always)]
fn rough_ln<L: Lanes>(x: L) -> L {
    // x = 2^k (1 + f)
    let one = L::Bits::splat(1023 << 52);
    let bits = x.to_bits();
    let exponent = (bits - L::Bits::splat(std::f64::consts::FRAC_1_SQRT_2.to_bits()) + one).shr(52);
    let f = L::from_bits(bits - exponent.shl(52) + one) - L::splat(1.0);
    let k = L::from_whole(exponent) - L::splat(1023.0);
    let mut sum = L::splat(LN[5]);
    for place in (0..5).rev() {
        sum = sum.mul_add(f, L::splat(LN[place]));
    }
    k.mul_add(L::splat(std::f64::consts::LN_2), sum * f)
}

/// `e^u` of a small number to all places, of a large one to three: the cube of a 64th, squared six times.
#[inline(always)]
fn rough_exp<L: Lanes>(u: L) -> L {
    let one = L::splat(1.0);
    let x = u * L::splat(1.0 / 64.0);
    let mut power = x.mul_add(x.mul_add(x.mul_add(L::splat(1.0 / 6.0), L::splat(0.5)), one), one);
    for _ in 0..6 {
        power = power * power;
    }
    power
}

/// Where to begin: the cubic of `u` over `h` through both places, at `h = 0`.
#[inline(always)]
pub(super) fn start<L: Lanes>(node: &Node, party: &Party<L>) -> Start<L> {
    let one = L::splat(1.0);
    let (paid, drawn, [by_drawn, by_value]) = (party.paid, party.drawn, party.by_drawn);
    let by_both = one / (paid.total * paid.value);
    let slope = (paid.first * by_both).mul_add(paid.value, -(drawn.first * by_drawn));
    let slope_there = (paid.lean * by_both).mul_add(paid.total, -(drawn.lean * by_value));
    let h = rough_ln(paid.total * by_drawn);
    let rise = rough_ln(paid.value * by_value) - h;
    // One over each of the three, by one division.
    let slopes = slope * slope_there;
    let by_all = one / (slopes * rise);
    let (by_rise, rise_by_all) = (slopes * by_all, rise * by_all);
    let (by_slope, by_slope_there) = (slope_there * rise_by_all, slope * rise_by_all);
    // Hermite's cubic, with t the way from here to there.
    let t = -(h * by_rise);
    let (left, square) = (one - t, t * t);
    let from_slopes = (t * left * left).mul_add(by_slope, -(square * left * by_slope_there)) * rise;
    let ln_v = L::splat(node.ln_v);
    let u = (square * L::splat(-2.0).mul_add(t, L::splat(3.0))).mul_add(ln_v, from_slopes);
    let u = L::splat(-LOST).max(L::splat(LOST).min(u));
    let bend = (slope_there - slope) * by_slope * L::splat(0.5 / node.ln_v);
    Start { v: rough_exp(u), bend, asked: returns::has_a_rate(party) }
}

/// The value of amounts at the factor `v`, and its slope in `v`, by Horner's rule from the last on.
#[inline(always)]
fn values<L: Lanes>(rows: &[[Row; GROUP]], v: [L; GROUP]) -> [(L, L); GROUP] {
    let mut out = [(L::splat(0.0), L::splat(0.0)); GROUP];
    for row in rows.iter().rev() {
        five!(N, {
            let (value, slope) = out[N];
            let slope = slope.mul_add(v[N], value);
            out[N] = (value.mul_add(v[N], L::load(&row[N])), slope);
        });
    }
    out
}

/// The quarterly factor `v` of each party, from what it is paid from quarter `before` on and what it drew in the
/// quarters up to it; NaN where there is none.
#[inline(always)]
pub(super) fn solve<L: Lanes>(
    paid: &[[Row; GROUP]],
    drawn: &[[Row; GROUP]],
    starts: [Start<L>; GROUP],
) -> [L; GROUP] {
    let before = drawn.len();
    let mut v = [L::splat(1.0); GROUP];
    let mut open = [starts[0].asked; GROUP];
    five!(N, {
        v[N] = starts[N].v;
        open[N] = starts[N].asked;
    });
    for _ in 0..MOST_STEPS {
        let of_paid = values::<L>(paid, v);
        let of_drawn = values::<L>(drawn, v);
        let mut any = open[0];
        five!(N, {
            let factor = power(v[N], before);
            let (next, size) = step(v[N], factor, before, of_paid[N], of_drawn[N], starts[N].bend);
            v[N] = L::select(open[N], next, v[N]);
            open[N] = open[N] & size.gt(L::splat(SMALL));
            any = if N == 0 { open[0] } else { any | open[N] };
        });
        if !any.any() {
            break;
        }
    }
    five!(N, {
        v[N] = L::select(open[N], L::splat(f64::NAN), v[N]);
    });
    v
}

/// The next factor, and how far it is away in `ln v`.
#[inline(always)]
fn step<L: Lanes>(
    v: L,
    factor: L,
    before: usize,
    (paid, paid_slope): (L, L),
    (drawn, drawn_slope): (L, L),
    bend: L,
) -> (L, L) {
    let (one, half) = (L::splat(1.0), L::splat(0.5));
    // Values at the first drawing, and slopes in ln v.
    let p = paid * factor;
    let p_slope = factor * paid_slope.mul_add(v, paid * L::splat(before as f64));
    let run = p_slope.mul_add(drawn, -(drawn_slope * v * p));
    let step = (drawn - p) * (p + drawn) / (run + run);
    let step = L::splat(-FAR).max(L::splat(FAR).min(step));
    // The curvature of h, as far as it may be trusted away from where it was taken; then e^step to the third order.
    let bent = step * half.max(L::splat(2.0).min(bend.mul_add(-step, one)));
    let by = bent * (half * bent).mul_add(L::splat(1.0 / 3.0).mul_add(bent, one), one);
    (by.mul_add(v, v), step.abs())
}

/// `v` to a whole power.
#[inline(always)]
fn power<L: Lanes>(v: L, exponent: usize) -> L {
    let (mut out, mut square, mut rest) = (L::splat(1.0), v, exponent);
    while rest > 0 {
        if rest & 1 == 1 {
            out = out * square;
        }
        rest >>= 1;
        if rest > 0 {
            square = square * square;
        }
    }
    out
}
