//! The rate of a series whose payments all come before its receipts.
//!
//! With `v = 1 / (1 + rate)`, receipts `P(v) = Σ p_t v^t` and payments `N(v) = Σ n_t v^t`, the function
//! `h(ln v) = ln P − ln N` is nearly a straight line and rises: its slope is the time between payments and receipts,
//! its curvature the difference of their spreads in time. The start is the root of the parabola through these three
//! moments at `v = 1`. Newton's method goes on with `2 tanh(h / 2) = 2 (P − N) / (P + N)`, which has the same root and
//! slope and takes no logarithm; the curvature of the start is kept as a correction. The last step takes `P − N` with
//! the rounding errors of its own sum (S. Graillat, P. Langlois, N. Louvet, "Algorithms for Accurate, Validated and
//! Fast Polynomial Evaluation", JJIAM 26 (2009)), so that the rate is as exact as a double can be.
//!
//! A lane stops when its own step is small and is left alone from then on: what its neighbours do changes none of its
//! bits.

use super::Compounding;
use crate::numeric::{exp, ln};
use recoup_lanes::{Lanes, Mask, Row};

/// Rates of eight series, and for which of them they are known.
#[derive(Clone, Copy)]
pub(crate) struct Settled<L: Lanes> {
    /// The rate; −1 for a total loss, NaN where nothing was put in.
    pub(crate) rate: L,
    /// Where it is settled; the others need the exact solver.
    pub(crate) known: L::Mask,
}

/// What is known of eight series before their rate is sought.
#[derive(Clone, Copy)]
struct Start<L: Lanes> {
    /// Payments before receipts, in amounts that neither vanish nor overflow.
    ordered: L::Mask,
    total_loss: L::Mask,
    nothing_put_in: L::Mask,
    /// `ln v` to start from.
    ln_v: L,
    /// Half the curvature of `h` over its slope.
    bend: L,
}

/// A step below this squares to less than the last step mends.
const SMALL: f64 = 2e-5;
const MOST_STEPS: usize = 24;
/// `ln v` of what is sought in lanes: rates per period from −94 % to 1,500 %.
const FARTHEST: f64 = 2.772_588_722_239_781;
/// Sums within these bounds neither vanish nor overflow on the way.
const AMOUNTS: [f64; 2] = [1e-60, 1e60];
/// Periods for which powers of `v` within the bounds stay in range.
const MOST_PERIODS: usize = 160;

/// The rates of several vectors of eight series; `rows[period][vector]`.
#[inline(always)]
pub(crate) fn rates<L: Lanes, const N: usize>(
    rows: &[[Row; N]],
    compounding: Compounding,
) -> [Settled<L>; N] {
    let start: [Start<L>; N] = starts(rows);
    let mut v = [L::splat(1.0); N];
    let mut open = [L::Mask::from_bits(0); N];
    for i in 0..N {
        v[i] = exp(start[i].ln_v);
        open[i] = start[i].ordered;
    }
    for _ in 0..MOST_STEPS {
        let mut any = false;
        let values = values(rows, v);
        for i in 0..N {
            let Values { net, slope, gross, gross_slope } = values[i];
            let run = v[i] * slope.mul_add(gross, -(net * gross_slope));
            let step = -(net * gross) / run;
            let step = L::splat(-1.0).max(L::splat(1.0).min(step));
            let bent =
                step * L::splat(0.5).max(L::splat(2.0).min(start[i].bend.mul_add(-step, L::splat(1.0))));
            // e^bent to the third order, by which v is multiplied.
            let rise = (bent * L::splat(0.5))
                .mul_add(bent.mul_add(L::splat(1.0 / 3.0), L::splat(1.0)), L::splat(1.0));
            v[i] = L::select(open[i], (bent * rise).mul_add(v[i], v[i]), v[i]);
            open[i] = open[i] & step.abs().gt(L::splat(SMALL));
            any |= open[i].any();
        }
        if !any {
            break;
        }
    }
    let last = last_steps(rows, v);
    let mut out = [Settled { rate: L::splat(f64::NAN), known: L::Mask::from_bits(0) }; N];
    for i in 0..N {
        let close =
            last[i].abs().le(L::splat(1e-6)) & v[i].ge(L::splat(1.0 / 16.0)) & v[i].le(L::splat(16.0));
        let found = start[i].ordered & !open[i] & close;
        // 1 − v is exact near 1, where it counts: the rate keeps its digits where it is small.
        let rate = (L::splat(1.0) - v[i] - last[i]) / (v[i] + last[i]);
        let rate = L::select(found, compounded(rate, compounding), L::splat(f64::NAN));
        out[i].rate = L::select(start[i].total_loss, L::splat(-1.0), rate);
        out[i].known = found | start[i].total_loss | start[i].nothing_put_in;
    }
    out
}

#[inline(always)]
fn compounded<L: Lanes>(rate: L, compounding: Compounding) -> L {
    match compounding {
        Compounding::Period => rate,
        // (1 + q)^4 − 1, multiplied out: no digit is lost near zero.
        Compounding::Quarterly => {
            let inner = (rate + L::splat(4.0)).mul_add(rate, L::splat(6.0));
            inner.mul_add(rate, L::splat(4.0)) * rate
        }
    }
}

#[inline(always)]
fn starts<L: Lanes, const N: usize>(rows: &[[Row; N]]) -> [Start<L>; N] {
    let zero = L::splat(0.0);
    let (mut paid, mut got) = ([[zero; 3]; N], [[zero; 3]; N]);
    let (mut last_paid, mut first_got) = ([L::splat(-1.0); N], [L::splat(f64::MAX); N]);
    for (period, row) in rows.iter().enumerate() {
        let t = L::splat(period as f64);
        for i in 0..N {
            let flow = L::load(&row[i]);
            let receipt = flow.max(zero);
            let payment = receipt - flow;
            let (late_receipt, late_payment) = (receipt * t, payment * t);
            got[i] = [got[i][0] + receipt, got[i][1] + late_receipt, late_receipt.mul_add(t, got[i][2])];
            paid[i] = [paid[i][0] + payment, paid[i][1] + late_payment, late_payment.mul_add(t, paid[i][2])];
            last_paid[i] = L::select(flow.lt(zero), t, last_paid[i]);
            first_got[i] = first_got[i].min(L::select(flow.gt(zero), t, L::splat(f64::MAX)));
        }
    }
    let none = L::Mask::from_bits(0);
    let mut out =
        [Start { ordered: none, total_loss: none, nothing_put_in: none, ln_v: zero, bend: zero }; N];
    for i in 0..N {
        let finite = (got[i][0] + paid[i][0]).lt(L::splat(f64::INFINITY));
        out[i] = from_moments(paid[i], got[i]);
        out[i].total_loss = finite & got[i][0].eq(zero) & paid[i][0].gt(zero);
        out[i].nothing_put_in = finite & paid[i][0].eq(zero);
        let in_order = last_paid[i].lt(first_got[i])
            & L::Mask::from_bits(if rows.len() > MOST_PERIODS { 0 } else { 255 });
        out[i].ordered = out[i].ordered & in_order;
    }
    out
}

#[inline(always)]
fn from_moments<L: Lanes>(paid: [L; 3], got: [L; 3]) -> Start<L> {
    let [least, most] = [L::splat(AMOUNTS[0]), L::splat(AMOUNTS[1])];
    let (by_paid, by_got) = (L::splat(1.0) / paid[0], L::splat(1.0) / got[0]);
    let (mean_paid, mean_got) = (paid[1] * by_paid, got[1] * by_got);
    let spread_paid = mean_paid.mul_add(-mean_paid, paid[2] * by_paid);
    let spread_got = mean_got.mul_add(-mean_got, got[2] * by_got);
    let apart = ln(got[0] * by_paid);
    let (slope, curve) = (mean_got - mean_paid, spread_got - spread_paid);
    // The root of apart + slope u + curve u² / 2 that is nearer to zero; where there is none, its vertex.
    let under = L::splat(0.0).max(slope.mul_add(slope, L::splat(-2.0) * apart * curve));
    let ln_v = L::splat(-2.0) * apart / (slope + under.sqrt());
    let none = L::Mask::from_bits(0);
    Start {
        ordered: paid[0].ge(least) & paid[0].le(most) & got[0].ge(least) & got[0].le(most),
        total_loss: none,
        nothing_put_in: none,
        ln_v: L::splat(-FARTHEST).max(L::splat(FARTHEST).min(ln_v)),
        bend: L::splat(0.5) * curve / slope,
    }
}

/// `P − N` and `P + N` with their derivatives.
#[derive(Clone, Copy)]
struct Values<L> {
    net: L,
    slope: L,
    gross: L,
    gross_slope: L,
}

#[inline(always)]
fn values<L: Lanes, const N: usize>(rows: &[[Row; N]], v: [L; N]) -> [Values<L>; N] {
    let zero = L::splat(0.0);
    let mut out = [Values { net: zero, slope: zero, gross: zero, gross_slope: zero }; N];
    for row in rows.iter().rev() {
        for i in 0..N {
            let flow = L::load(&row[i]);
            let Values { net, slope, gross, gross_slope } = out[i];
            out[i] = Values {
                slope: slope.mul_add(v[i], net),
                net: net.mul_add(v[i], flow),
                gross_slope: gross_slope.mul_add(v[i], gross),
                gross: gross.mul_add(v[i], flow.abs()),
            };
        }
    }
    out
}

/// Newton's last step for `v`, from a sum that knows its rounding errors.
#[inline(always)]
fn last_steps<L: Lanes, const N: usize>(rows: &[[Row; N]], v: [L; N]) -> [L; N] {
    let zero = L::splat(0.0);
    let (mut sum, mut error, mut slope) = ([zero; N], [zero; N], [zero; N]);
    for row in rows.iter().rev() {
        for i in 0..N {
            let flow = L::load(&row[i]);
            let product = sum[i] * v[i];
            let of_product = sum[i].mul_add(v[i], -product);
            let next = product + flow;
            let part = next - product;
            let of_sum = (product - (next - part)) + (flow - part);
            slope[i] = slope[i].mul_add(v[i], sum[i]);
            error[i] = error[i].mul_add(v[i], of_product + of_sum);
            sum[i] = next;
        }
    }
    let mut steps = [zero; N];
    for i in 0..N {
        steps[i] = -(sum[i] + error[i]) / slope[i];
    }
    steps
}
