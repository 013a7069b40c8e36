//! Unsigned 256-bit integers, as far as exact proportions need them.
//!
//! `minor × weight` needs up to 64 + 189 bits (an `i64` times a 96-bit mantissa lifted to 28 decimals), which
//! neither `u128` nor `Decimal` can hold; both would round before the one rounding that is asked for.

use std::cmp::Ordering;

/// An unsigned 256-bit integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct U256 {
    high: u128,
    low: u128,
}

impl U256 {
    pub(crate) const ZERO: Self = Self { high: 0, low: 0 };

    pub(crate) const fn from_u128(low: u128) -> Self {
        Self { high: 0, low }
    }

    pub(crate) fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self.high.checked_add(other.high)?.checked_add(u128::from(carry))?;
        Some(Self { high, low })
    }

    /// `self - other`; the caller has made sure that `other <= self`.
    fn minus(self, other: Self) -> Self {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        Self { high: self.high.wrapping_sub(other.high).wrapping_sub(u128::from(borrow)), low }
    }

    pub(crate) fn checked_mul_u64(self, factor: u64) -> Option<Self> {
        let (low, carry) = mul_u128_u64(self.low, factor);
        let (high, overflow) = mul_u128_u64(self.high, factor);
        if overflow != 0 {
            return None;
        }
        Some(Self { high: high.checked_add(u128::from(carry))?, low })
    }

    /// `self × 10^power`.
    pub(crate) fn checked_mul_power_of_ten(self, power: u32) -> Option<Self> {
        let mut value = self;
        let mut left = power;
        while left > 0 {
            let step = left.min(19);
            value = value.checked_mul_u64(10u64.pow(step))?;
            left -= step;
        }
        Some(value)
    }

    fn bit(self, index: u32) -> bool {
        if index < 128 { self.low >> index & 1 == 1 } else { self.high >> (index - 128) & 1 == 1 }
    }

    fn bits(self) -> u32 {
        if self.high == 0 { 128 - self.low.leading_zeros() } else { 256 - self.high.leading_zeros() }
    }

    /// Quotient and remainder. `None` for a zero divisor or one of more than 255 bits.
    pub(crate) fn checked_div_rem(self, divisor: Self) -> Option<(Self, Self)> {
        if divisor.is_zero() || divisor.bits() > 255 {
            return None;
        }
        if self.high == 0 && divisor.high == 0 {
            return Some((Self::from_u128(self.low / divisor.low), Self::from_u128(self.low % divisor.low)));
        }
        let mut quotient = Self::ZERO;
        let mut remainder = Self::ZERO;
        for index in (0..self.bits()).rev() {
            remainder = remainder.double();
            remainder.low |= u128::from(self.bit(index));
            quotient = quotient.double();
            if remainder >= divisor {
                remainder = remainder.minus(divisor);
                quotient.low |= 1;
            }
        }
        Some((quotient, remainder))
    }

    fn double(self) -> Self {
        Self { high: self.high << 1 | self.low >> 127, low: self.low << 1 }
    }

    /// How twice `self` compares with `other`, without overflow: decides on which side of one half a remainder lies.
    pub(crate) fn cmp_half_of(self, other: Self) -> Ordering {
        if self > other { Ordering::Greater } else { self.cmp(&other.minus(self)) }
    }

    pub(crate) fn to_u128(self) -> Option<u128> {
        (self.high == 0).then_some(self.low)
    }

    pub(crate) fn to_u64(self) -> Option<u64> {
        self.to_u128().and_then(|value| u64::try_from(value).ok())
    }
}

/// The 192-bit product as (low 128 bits, carry).
fn mul_u128_u64(value: u128, factor: u64) -> (u128, u64) {
    const MASK: u128 = u64::MAX as u128;
    let factor = u128::from(factor);
    let low = (value & MASK) * factor;
    let high = (value >> 64) * factor + (low >> 64);
    ((high << 64) | (low & MASK), (high >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn division_undoes_multiplication(a in any::<u128>(), f in 1u64.., r in any::<u64>()) {
            let product = U256::from_u128(a).checked_mul_u64(f).unwrap();
            let rest = U256::from_u128(u128::from(r % f));
            let (q, rem) = product.checked_add(rest).unwrap().checked_div_rem(U256::from_u128(u128::from(f))).unwrap();
            prop_assert_eq!(q, U256::from_u128(a));
            prop_assert_eq!(rem, rest);
        }

        #[test]
        fn division_by_a_wide_divisor(a in 1u128.., f in 1u64.., k in any::<u64>()) {
            let divisor = U256::from_u128(a).checked_mul_u64(f).unwrap();
            if let Some(product) = divisor.checked_mul_u64(k) {
                let (q, rem) = product.checked_div_rem(divisor).unwrap();
                prop_assert_eq!(q.to_u64(), Some(k));
                prop_assert!(rem.is_zero());
            }
        }

        #[test]
        fn narrow_values_agree_with_u128(a in any::<u128>(), b in 1u128..) {
            let (q, r) = U256::from_u128(a).checked_div_rem(U256::from_u128(b)).unwrap();
            prop_assert_eq!((q.to_u128(), r.to_u128()), (Some(a / b), Some(a % b)));
        }
    }

    #[test]
    fn halves_are_compared_without_overflow() {
        let seven = U256::from_u128(7);
        assert_eq!(U256::from_u128(3).cmp_half_of(seven), Ordering::Less);
        assert_eq!(U256::from_u128(4).cmp_half_of(seven), Ordering::Greater);
        assert_eq!(U256::from_u128(4).cmp_half_of(U256::from_u128(8)), Ordering::Equal);
    }

    #[test]
    fn powers_of_ten() {
        let value = U256::from_u128(3).checked_mul_power_of_ten(38).unwrap();
        assert_eq!(value.to_u128(), Some(3 * 10u128.pow(38)));
        assert_eq!(U256::from_u128(1).checked_mul_power_of_ten(80), None);
    }
}
