//! Real numbers as the unevaluated sum of two doubles: about 31 digits.
//!
//! A rate of return is a root of a sum that cancels: near a double root, near a rate of zero or over hundreds of
//! periods the sixteen digits of a double are not enough to say how many roots there are, let alone to give twelve
//! digits of them. Algorithms: T. J. Dekker, "A floating-point technique for extending the available precision"
//! (1971); Y. Hida, X. S. Li, D. H. Bailey, "Library for Double-Double and Quad-Double Arithmetic" (2007).

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// `high + low` with `|low| ≤ ulp(high) / 2`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct DoubleDouble {
    pub(crate) high: f64,
    pub(crate) low: f64,
}

/// The sum of two doubles and its rounding error.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_part = sum - a;
    (sum, (a - (sum - b_part)) + (b - b_part))
}

/// The same when `|a| ≥ |b|`.
fn quick_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, b - (sum - a))
}

/// The product of two doubles and its rounding error, without a fused multiply-add, which is a slow call on
/// processors that a build cannot assume to have one.
fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let (a_high, a_low) = split(a);
    let (b_high, b_low) = split(b);
    (product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low)
}

/// A double as the sum of two doubles of 26 bits.
fn split(a: f64) -> (f64, f64) {
    const FACTOR: f64 = 134_217_729.0; // 2^27 + 1
    let scaled = FACTOR * a;
    let high = scaled - (scaled - a);
    (high, a - high)
}

impl DoubleDouble {
    pub(crate) const ZERO: Self = Self { high: 0.0, low: 0.0 };
    pub(crate) const ONE: Self = Self { high: 1.0, low: 0.0 };
    const LN_2: Self = Self { high: std::f64::consts::LN_2, low: 2.319_046_813_846_299_6e-17 };

    pub(crate) fn renormalised(high: f64, low: f64) -> Self {
        let (high, low) = quick_two_sum(high, low);
        Self { high, low }
    }

    /// An integer of up to 106 bits, exactly.
    pub(crate) fn from_integer(value: i128) -> Self {
        let high = value as f64;
        let low = (value - high as i128) as f64;
        Self::renormalised(high, low)
    }

    pub(crate) fn is_zero(self) -> bool {
        self.high == 0.0
    }

    pub(crate) fn is_negative(self) -> bool {
        self.high < 0.0
    }

    pub(crate) fn abs(self) -> Self {
        if self.is_negative() { -self } else { self }
    }

    pub(crate) fn to_f64(self) -> f64 {
        self.high + self.low
    }

    /// The product with a power of two, which is exact.
    pub(crate) fn times_power_of_two(self, power: f64) -> Self {
        Self { high: self.high * power, low: self.low * power }
    }

    /// `e^self − 1` without cancellation near zero, for `|self| ≤ ½`: the Taylor series of a 512th, doubled nine
    /// times by `e^{2x} − 1 = 2(e^x − 1) + (e^x − 1)²`.
    fn exp_m1_small(self) -> Self {
        let x = self.times_power_of_two(1.0 / 512.0);
        let mut term = x;
        let mut sum = x;
        for order in 2..=10 {
            term = term * x / Self::from(f64::from(order));
            sum = sum + term;
        }
        for _ in 0..9 {
            sum = sum.times_power_of_two(2.0) + sum * sum;
        }
        sum
    }

    /// `e^self` as a mantissa near one and a power of two, which cannot overflow.
    pub(crate) fn exp_parts(self) -> (Self, i64) {
        let power = (self.high / std::f64::consts::LN_2).round();
        let rest = self - Self::LN_2 * Self::from(power);
        (rest.exp_m1_small() + Self::ONE, power as i64)
    }

    /// `e^self − 1`; infinite where a double is.
    pub(crate) fn exp_m1(self) -> f64 {
        if self.high.abs() <= 0.5 {
            return self.exp_m1_small().to_f64();
        }
        if self.high > 710.0 {
            return f64::INFINITY;
        }
        if self.high < -745.0 {
            return -1.0;
        }
        let (mantissa, power) = self.exp_parts();
        // Two factors, because 2^power alone may not be a double where the product is.
        let half = power / 2;
        let scaled = mantissa
            .times_power_of_two(2f64.powi(half as i32))
            .times_power_of_two(2f64.powi((power - half) as i32));
        (scaled - Self::ONE).to_f64()
    }

    /// The natural logarithm of a number above zero: Newton's method on the exponential, from a double.
    pub(crate) fn ln(self) -> Self {
        let mut x = Self::from(self.high.ln());
        for _ in 0..2 {
            let (mantissa, power) = (-x).exp_parts();
            let ratio = (self * mantissa).times_power_of_two(2f64.powi(power as i32));
            x = x + (ratio - Self::ONE);
        }
        x
    }
}

impl From<f64> for DoubleDouble {
    fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }
}

impl Neg for DoubleDouble {
    type Output = Self;

    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Add for DoubleDouble {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (high, error) = two_sum(self.high, other.high);
        let (low, low_error) = two_sum(self.low, other.low);
        let (high, error) = quick_two_sum(high, error + low);
        Self::renormalised(high, error + low_error)
    }
}

impl Sub for DoubleDouble {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for DoubleDouble {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let (high, error) = two_product(self.high, other.high);
        Self::renormalised(high, error + (self.high * other.low + self.low * other.high))
    }
}

impl Div for DoubleDouble {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self - other * Self::from(first);
        let second = rest.high / other.high;
        let rest = rest - other * Self::from(second);
        let (high, low) = quick_two_sum(first, second);
        Self { high, low } + Self::from(rest.high / other.high)
    }
}

impl PartialOrd for DoubleDouble {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match self.high.partial_cmp(&other.high) {
            Some(Ordering::Equal) => self.low.partial_cmp(&other.low),
            ordering => ordering,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: DoubleDouble, b: DoubleDouble) {
        let error = (a - b).abs().to_f64();
        assert!(error <= 1e-30 * b.abs().to_f64().max(1e-300), "{a:?} against {b:?}: {error:e}");
    }

    #[test]
    fn thirds_and_tenths_have_thirty_digits() {
        let third = DoubleDouble::ONE / DoubleDouble::from(3.0);
        close(third * DoubleDouble::from(3.0), DoubleDouble::ONE);
        let big = 79_228_162_514_264_337_593_543_950_335i128; // 2^96 − 1
        let back = DoubleDouble::from_integer(big) - DoubleDouble::from_integer(big - 7);
        assert_eq!(back.to_f64(), 7.0);
    }

    #[test]
    fn logarithm_and_exponential_undo_each_other() {
        for value in [1e-200, 0.1, 0.5, 0.999_999_999, 1.0, 1.000_000_000_1, 2.0, 10.0, 12_345.678, 1e200] {
            let x = DoubleDouble::from(value).ln();
            let (mantissa, power) = x.exp_parts();
            close(
                mantissa.times_power_of_two(2f64.powi(power as i32)) / DoubleDouble::from(value),
                DoubleDouble::ONE,
            );
        }
        // ln 2 and e to 32 digits.
        close(DoubleDouble::from(2.0).ln(), DoubleDouble::LN_2);
        let e = DoubleDouble { high: std::f64::consts::E, low: 1.445_646_891_729_250_2e-16 };
        let (mantissa, power) = DoubleDouble::ONE.exp_parts();
        close(mantissa.times_power_of_two(2f64.powi(power as i32)), e);
    }

    #[test]
    fn small_arguments_keep_their_digits() {
        assert_eq!(DoubleDouble::from(1e-20).exp_m1(), 1e-20);
        assert_eq!(DoubleDouble::from(-1e-300).exp_m1(), -1e-300);
        assert_eq!(DoubleDouble::from(800.0).exp_m1(), f64::INFINITY);
        assert_eq!(DoubleDouble::from(-800.0).exp_m1(), -1.0);
        assert_eq!(DoubleDouble::from(1024f64).ln().exp_m1(), 1023.0);
    }
}
