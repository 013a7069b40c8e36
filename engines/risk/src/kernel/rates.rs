//! The rates of return of several parties side by side.
//!
//! A party draws first and is paid afterwards, so that exactly one rate brings both to the same value. With the factor
//! `v = 1 / (1 + rate)` of a quarter, `u = ln v`, receipts `P(v)` and drawings `N(v)`, the function
//! `h(u) = ln P − ln N` is nearly a straight line: its slope is the time between the two, its curvature the difference
//! of their spreads in time. The first guess is the root of the parabola through these; Newton's method then goes on
//! with `2 tanh(h / 2) = 2 (P − N) / (P + N)`, which has the same root and slope and needs no logarithm.
//!
//! A lane stops when its own step is small and is then left alone: what its neighbours do changes none of its bits.

use recoup_lanes::{Lanes, Mask, Row};

use crate::numeric::{exp, ln};

/// A step below this leaves an error of about its square, and less than a hundredth of what rates are compared to.
const SMALL: f64 = 2e-6;
/// Beyond this many steps a rate counts as not found.
const MOST_STEPS: usize = 60;
/// The largest step in `ln v`.
const FAR: f64 = 1.0;
/// `ln v` where all but nothing is lost: a rate of −99.9 % a quarter.
const LOST: f64 = 6.9;

/// Sums of amounts, and of amounts by their quarter and its square, counted from the first drawing.
#[derive(Clone, Copy)]
pub(super) struct Moments<L> {
    pub total: L,
    pub first: L,
    pub second: L,
}

/// The first guess of `ln v`, and the curvature of `h` there over twice its slope.
#[inline(always)]
pub(super) fn guess<L: Lanes>(paid: Moments<L>, drawn: Moments<L>) -> (L, L) {
    let one = L::splat(1.0);
    let by_both = one / (paid.total * drawn.total);
    let (by_paid, by_drawn) = (by_both * drawn.total, by_both * paid.total);
    let (mean_paid, mean_drawn) = (paid.first * by_paid, drawn.first * by_drawn);
    let spread_paid = paid.second * by_paid - mean_paid * mean_paid;
    let spread_drawn = drawn.second * by_drawn - mean_drawn * mean_drawn;
    let apart = ln(paid.total * by_drawn);
    let slope = one / (mean_paid - mean_drawn);
    // u + bend u² = −apart / slope
    let line = apart * slope;
    let bend = (spread_paid - spread_drawn) * slope * L::splat(0.5);
    let under = L::splat(-4.0).mul_add(bend * line, one).max(L::splat(0.0));
    let u = (line + line) / (one + under.sqrt());
    (L::splat(-LOST).max(L::splat(LOST).min(-u)), bend)
}

/// The value of amounts at the factor `v`, and its slope in `v`, by Horner's rule from the last on.
#[inline(always)]
fn values<L: Lanes, const N: usize>(rows: [&[Row]; N], v: [L; N]) -> [(L, L); N] {
    let mut out = [(L::splat(0.0), L::splat(0.0)); N];
    let length = rows[0].len();
    for quarter in (0..length).rev() {
        for party in 0..N {
            let (value, slope) = out[party];
            let slope = slope.mul_add(v[party], value);
            let value = value.mul_add(v[party], L::load(&rows[party][quarter]));
            out[party] = (value, slope);
        }
    }
    out
}

/// `ln v` and its quarterly factor `v` for `N` parties: what they are paid from quarter `before` on, and what they drew
/// in the quarters up to it. A lane that is not asked for is not looked at.
#[inline(always)]
pub(super) fn solve<L: Lanes, const N: usize>(
    paid: [&[Row]; N],
    drawn: [&[Row]; N],
    guesses: [(L, L); N],
    asked: [L::Mask; N],
) -> [L; N] {
    let before = drawn[0].len();
    let one = L::splat(1.0);
    let half = L::splat(0.5);
    let mut v = [one; N];
    for party in 0..N {
        v[party] = exp(guesses[party].0);
    }
    let mut open = asked;
    for _ in 0..MOST_STEPS {
        let of_paid = values::<L, N>(paid, v);
        let of_drawn = values::<L, N>(drawn, v);
        let mut any = false;
        for party in 0..N {
            let factor = power(v[party], before);
            let (value, slope) = of_paid[party];
            // Slopes in ln v.
            let p = value * factor;
            let p_slope = factor * slope.mul_add(v[party], value * L::splat(before as f64));
            let (n, n_slope) = (of_drawn[party].0, of_drawn[party].1 * v[party]);
            let run = p_slope * n - n_slope * p;
            let step = (n - p) * (p + n) / (run + run);
            let step = L::splat(-FAR).max(L::splat(FAR).min(step));
            // The curvature of h, as far as a guess may be trusted; then e^step to the third order.
            let bend = guesses[party].1.mul_add(-step, one);
            let bent = step * L::splat(0.5).max(L::splat(2.0).min(bend));
            let by = bent * (half * bent).mul_add((L::splat(1.0 / 3.0)).mul_add(bent, one), one);
            let next = by.mul_add(v[party], v[party]);
            v[party] = L::select(open[party], next, v[party]);
            open[party] = open[party] & step.abs().gt(L::splat(SMALL));
            any |= open[party].any();
        }
        if !any {
            break;
        }
    }
    for party in 0..N {
        v[party] = L::select(open[party], L::splat(f64::NAN), v[party]);
    }
    v
}

/// `v` to a whole power.
#[inline(always)]
fn power<L: Lanes>(v: L, exponent: usize) -> L {
    let (mut out, mut square, mut rest) = (None, v, exponent);
    while rest > 0 {
        if rest & 1 == 1 {
            out = Some(out.map_or(square, |out: L| out * square));
        }
        rest >>= 1;
        if rest > 0 {
            square = square * square;
        }
    }
    out.unwrap_or(L::splat(1.0))
}
