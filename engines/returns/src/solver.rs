//! All real roots of a [`DiscountSum`], in a cascade: none without a change of sign; one, by Newton's method on a
//! nearly straight line, with one change; one again where the balance at the root it finds proves that there is no
//! other; otherwise one by one between the roots of a sum with one change of sign fewer.
//!
//! Every bracket is certified by signs that 31 digits can tell from zero. Where they cannot, at a point where the
//! neighbouring slope vanishes too, the point itself is a root of multiplicity two or more.

use crate::discount_sum::{DiscountSum, Sign};
use crate::double_double::DoubleDouble;

/// A root of the sum, in `ln(1 + r)` per unit of time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogRoot {
    pub(crate) y: DoubleDouble,
    /// Whether the sum touches zero here, or crosses it flat: multiplicity two or more.
    pub(crate) repeated: bool,
}

/// Every distinct real root, ascending.
pub(crate) fn roots(sum: &DiscountSum) -> Vec<LogRoot> {
    match sum.sign_changes() {
        0 => Vec::new(),
        1 => vec![LogRoot { y: polished(sum, by_log_ratio(sum)), repeated: false }],
        _ => pure_root(sum).map_or_else(|| separated_roots(sum), |y| vec![LogRoot { y, repeated: false }]),
    }
}

/// The root of a pure investment, which has no other: the usual case even where flows change sign several times.
fn pure_root(sum: &DiscountSum) -> Option<DoubleDouble> {
    if sum.starts_negative() == sum.ends_negative() {
        return None;
    }
    let start = by_log_ratio(sum);
    if !start.is_finite() || sum.log_ratio(start).0.abs() > 1e-6 {
        return None;
    }
    let y = polished(sum, start);
    let is_root = y.to_f64().is_finite() && sum.exact_sign(&sum.evaluate(y)) == Sign::Zero;
    (is_root && sum.is_pure_at(y)).then_some(y)
}

/// The root of a sum with one change of sign, in doubles: the logarithm of the ratio of late to early terms falls
/// strictly with `y`, so the first step of Newton's method from zero is already close and the bracket only guards
/// it. With more changes of sign the same steps usually arrive at a root, which the caller has to check.
fn by_log_ratio(sum: &DiscountSum) -> f64 {
    let start = sum.as_pair().map_or(0.0, |(time, ln_ratio)| ln_ratio / time);
    let direction = if sum.starts_negative() { -1.0 } else { 1.0 };
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut y = start;
    let mut last_step = f64::INFINITY;
    for _ in 0..200 {
        let (ratio, slope) = sum.log_ratio(y);
        let height = direction * ratio;
        if height == 0.0 {
            break;
        }
        if height < 0.0 {
            low = y
        } else {
            high = y
        }
        let mut next = y - ratio / slope;
        let slow = (next - y).abs() > 0.5 * last_step;
        if low.is_finite() && high.is_finite() && (!(low..=high).contains(&next) || slow) {
            next = f64::midpoint(low, high);
        }
        last_step = (next - y).abs();
        y = next;
        if last_step <= 4.0 * f64::EPSILON * y.abs() || !y.is_finite() {
            break;
        }
    }
    y
}

/// Newton's method in 31 digits from a start of about 16.
fn polished(sum: &DiscountSum, start: f64) -> DoubleDouble {
    let mut y = DoubleDouble::from(start);
    for _ in 0..6 {
        let evaluation = sum.evaluate(y);
        if evaluation.value.is_zero() {
            break;
        }
        let step = evaluation.value.ratio(evaluation.slope);
        // Two digits are lost to the slope at most; a step that does not shrink is noise.
        y = y - step;
        if step.to_f64().abs() <= 1e-20 * y.to_f64().abs() {
            break;
        }
    }
    snapped(sum, y)
}

/// A rate of exactly zero is the one root that is representable as such: take it where the flows add up to zero.
fn snapped(sum: &DiscountSum, y: DoubleDouble) -> DoubleDouble {
    let near_zero = y.to_f64().abs() < 1e-15;
    if near_zero && sum.evaluate(DoubleDouble::ZERO).value.is_zero() { DoubleDouble::ZERO } else { y }
}

/// The roots of a sum with several changes of sign: at most one between two neighbouring roots of the reduced sum.
fn separated_roots(sum: &DiscountSum) -> Vec<LogRoot> {
    let (low, high) = sum.bounds();
    let mut points = vec![DoubleDouble::from(low)];
    points.extend(
        roots(&sum.reduced()).into_iter().map(|root| root.y).filter(|y| low < y.high && y.high < high),
    );
    points.push(DoubleDouble::from(high));

    let signs: Vec<Sign> = points.iter().map(|y| sum.sign_at(*y)).collect();
    let mut found: Vec<LogRoot> = Vec::new();
    for index in 0..points.len() {
        if signs[index] == Sign::Zero {
            found.push(LogRoot { y: snapped(sum, points[index]), repeated: true });
        }
        if index + 1 < points.len() && signs[index].is_opposite(signs[index + 1]) {
            let y = bracketed(sum, (points[index], signs[index]), points[index + 1]);
            found.push(LogRoot { y, repeated: false });
        }
    }
    merged(found)
}

/// Roots that 31 digits cannot tell apart are one.
fn merged(found: Vec<LogRoot>) -> Vec<LogRoot> {
    let mut distinct: Vec<LogRoot> = Vec::with_capacity(found.len());
    for root in found {
        match distinct.last_mut() {
            Some(last) if (root.y - last.y).to_f64().abs() <= 1e-14 * last.y.to_f64().abs().max(1e-14) => {
                last.repeated = true;
            }
            _ => distinct.push(root),
        }
    }
    distinct
}

/// The root between two points of opposite sign on a stretch where the sum changes sign once: Newton's method,
/// replaced by bisection whenever it leaves the bracket or fails to halve its own step.
fn bracketed(sum: &DiscountSum, from: (DoubleDouble, Sign), to: DoubleDouble) -> DoubleDouble {
    let (mut low, low_sign) = from;
    let mut high = to;
    let mut y = DoubleDouble::from(approached(sum, low.high, high.high, low_sign));
    if !(low < y && y < high) {
        y = middle(low, high);
    }
    let mut last_step = (high - low).to_f64();
    for _ in 0..400 {
        let evaluation = sum.evaluate(y);
        let sign = sum.exact_sign(&evaluation);
        if evaluation.value.is_zero() {
            break;
        }
        if sign == low_sign {
            low = y
        } else if sign != Sign::Zero {
            high = y
        }
        let step = evaluation.value.ratio(evaluation.slope);
        let newton = y - step;
        let steps_well = !evaluation.slope.is_zero() && step.to_f64().abs() <= 0.5 * last_step;
        if sign == Sign::Zero {
            // Below the resolution a last step still helps, if it is a small one.
            if steps_well && low < newton && newton < high {
                y = newton;
            }
            break;
        }
        let next = if steps_well && low < newton && newton < high { newton } else { middle(low, high) };
        last_step = (next - y).to_f64().abs();
        y = next;
        if last_step <= 1e-29 * y.to_f64().abs() {
            break;
        }
    }
    snapped(sum, y)
}

fn middle(low: DoubleDouble, high: DoubleDouble) -> DoubleDouble {
    (low + high).times_power_of_two(0.5)
}

/// A start for [`bracketed`] in plain doubles, which costs a tenth: the same method on the logarithm of the ratio.
fn approached(sum: &DiscountSum, low: f64, high: f64, low_sign: Sign) -> f64 {
    let (mut low, mut high) = (low, high);
    let mut y = f64::midpoint(low, high);
    let mut last_step = high - low;
    for _ in 0..100 {
        let (ratio, slope) = sum.log_ratio(y);
        if ratio.abs() < 1e-12 {
            break;
        }
        if (ratio < 0.0) == (low_sign == Sign::Negative) {
            low = y
        } else {
            high = y
        }
        let newton = y - ratio / slope;
        let steps_well = low < newton && newton < high && (newton - y).abs() <= 0.5 * last_step;
        let next = if steps_well { newton } else { f64::midpoint(low, high) };
        last_step = (next - y).abs();
        y = next;
        if last_step <= 4.0 * f64::EPSILON * y.abs() {
            break;
        }
    }
    y
}
