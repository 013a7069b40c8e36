//! Double-doubles with an exponent of their own, so that no power, product or sum overflows or underflows.
//!
//! A day-by-day discount factor over decades at a rate near −100 % leaves the range of a double long before the
//! rate itself does.

use crate::double_double::DoubleDouble;

/// `mantissa × 2^exponent`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scaled {
    mantissa: DoubleDouble,
    exponent: i64,
}

/// Beyond this distance a smaller summand lies below the last bit of the larger one, however their mantissas lie.
const FAR: i64 = 400;
/// Mantissas are left between `2^-LOOSE` and `2^LOOSE`; their products stay far from the limits of a double.
const LOOSE: i64 = 60;

fn power_of_two(power: i64) -> f64 {
    f64::from_bits(((1023 + power) as u64) << 52)
}

fn binary_exponent(value: f64) -> i64 {
    ((value.to_bits() >> 52) & 0x7ff) as i64 - 1023
}

impl Scaled {
    pub(crate) const ZERO: Self = Self { mantissa: DoubleDouble::ZERO, exponent: 0 };
    pub(crate) const ONE: Self = Self { mantissa: DoubleDouble::ONE, exponent: 0 };

    pub(crate) fn new(mantissa: DoubleDouble, exponent: i64) -> Self {
        Self { mantissa, exponent }.renormalised()
    }

    /// A finite double, subnormal ones included.
    pub(crate) fn from_f64(value: f64) -> Self {
        if value != 0.0 && value.abs() < f64::MIN_POSITIVE {
            return Self::new(DoubleDouble::from(value * power_of_two(100)), -100);
        }
        Self::new(DoubleDouble::from(value), 0)
    }

    /// `e^x`.
    pub(crate) fn exp(x: DoubleDouble) -> Self {
        let (mantissa, exponent) = x.exp_parts();
        Self { mantissa, exponent }
    }

    fn renormalised(self) -> Self {
        if self.mantissa.is_zero() {
            return Self::ZERO;
        }
        let mut shift = binary_exponent(self.mantissa.high);
        if shift.abs() <= LOOSE {
            return self;
        }
        let mut mantissa = self.mantissa;
        let mut exponent = self.exponent;
        // 2^-shift itself need not be a normal double for the largest mantissas: go in two steps.
        while shift != 0 {
            let step = shift.clamp(-1000, 1000);
            mantissa = mantissa.times_power_of_two(power_of_two(-step));
            exponent += step;
            shift -= step;
        }
        Self { mantissa, exponent }
    }

    pub(crate) fn is_zero(self) -> bool {
        self.mantissa.is_zero()
    }

    pub(crate) fn is_negative(self) -> bool {
        self.mantissa.is_negative()
    }

    pub(crate) fn abs(self) -> Self {
        Self { mantissa: self.mantissa.abs(), exponent: self.exponent }
    }

    pub(crate) fn neg(self) -> Self {
        Self { mantissa: -self.mantissa, exponent: self.exponent }
    }

    pub(crate) fn mul(self, other: Self) -> Self {
        Self { mantissa: self.mantissa * other.mantissa, exponent: self.exponent + other.exponent }
            .renormalised()
    }

    pub(crate) fn mul_f64(self, factor: f64) -> Self {
        Self { mantissa: self.mantissa * DoubleDouble::from(factor), exponent: self.exponent }.renormalised()
    }

    pub(crate) fn add(self, other: Self) -> Self {
        if self.is_zero() {
            return other;
        }
        if other.is_zero() {
            return self;
        }
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let distance = large.exponent - small.exponent;
        if distance == 0 {
            return Self { mantissa: large.mantissa + small.mantissa, exponent: large.exponent }
                .renormalised();
        }
        if distance > FAR {
            return large;
        }
        let aligned = small.mantissa.times_power_of_two(power_of_two(-distance));
        Self { mantissa: large.mantissa + aligned, exponent: large.exponent }.renormalised()
    }

    /// A whole power, by squaring.
    pub(crate) fn power(self, exponent: u64) -> Self {
        let mut result = Self::ONE;
        let mut base = self;
        let mut left = exponent;
        while left > 0 {
            if left & 1 == 1 {
                result = result.mul(base);
            }
            left >>= 1;
            if left > 0 {
                base = base.mul(base);
            }
        }
        result
    }

    /// `self ÷ divisor` as a double-double; zero or the largest double where it does not fit.
    pub(crate) fn ratio(self, divisor: Self) -> DoubleDouble {
        if self.is_zero() || divisor.is_zero() {
            return DoubleDouble::ZERO;
        }
        let quotient = Self::new(self.mantissa / divisor.mantissa, self.exponent - divisor.exponent);
        match quotient.exponent {
            ..-900 => DoubleDouble::ZERO,
            -900..=900 => quotient.mantissa.times_power_of_two(power_of_two(quotient.exponent)),
            901.. => DoubleDouble::from(f64::MAX.copysign(quotient.mantissa.high)),
        }
    }

    /// `ln |self|` as a double; minus infinity for zero.
    pub(crate) fn ln_abs(self) -> f64 {
        self.mantissa.high.abs().ln() + self.exponent as f64 * std::f64::consts::LN_2
    }

    /// `|self| ≤ size × tolerance`.
    pub(crate) fn is_negligible(self, size: Self, tolerance: f64) -> bool {
        self.is_zero() || self.abs().add(size.abs().mul_f64(tolerance).neg()).is_negative()
    }

    /// The value as a double-double, for magnitudes that a double can hold.
    pub(crate) fn to_double_double(self) -> DoubleDouble {
        self.ratio(Self::ONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_beyond_a_double() {
        let tiny = Scaled::exp(DoubleDouble::from(-2.0)).power(100_000);
        assert!((tiny.ln_abs() + 200_000.0).abs() < 1e-9);
        let back = tiny.mul(Scaled::exp(DoubleDouble::from(200_000.0)));
        assert!((back.to_double_double().to_f64() - 1.0).abs() < 1e-24);
    }

    #[test]
    fn the_extremes_of_a_double() {
        for value in [5e-324, 1e-310, f64::MIN_POSITIVE, 1e-300, 1.0, f64::MAX] {
            let square = Scaled::from_f64(value).mul(Scaled::from_f64(value));
            assert_eq!(square.ratio(Scaled::from_f64(value).mul(Scaled::from_f64(value))).to_f64(), 1.0);
            assert!((square.ln_abs() - 2.0 * value.ln()).abs() < 1e-9);
        }
        let sum = Scaled::from_f64(1e300).add(Scaled::from_f64(1.0)).add(Scaled::from_f64(-1e300));
        assert!(sum.is_zero(), "a summand 10^300 times smaller than the sum is below its last bit");
    }

    #[test]
    fn sums_cancel_exactly() {
        let sum = Scaled::from_f64(1e9).add(Scaled::from_f64(-999_999_999.99));
        assert_eq!(sum.to_double_double().to_f64(), 1e9 - 999_999_999.99);
    }
}
