//! A rate by which many amounts are multiplied

use recoup_deal::recoupment::Ratio;

use crate::exact::{Exact, share_of};

/// A ratio, with what makes a division by its denominator two multiplications.
///
/// The quotient is exact, the one of [`share_of`]: a digit of 64 bits is found from the reciprocal of the divisor and
/// put right (Möller, Granlund: Improved division by invariant integers, IEEE Transactions on Computers 60, 2011,
/// algorithm 4).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    ratio: Ratio,
    numerator: u64,
    /// The denominator with its highest bit set, and by how much it was shifted for that.
    divisor: u64,
    shift: u32,
    reciprocal: u64,
}

/// Amounts and numerators below these have products of 124 bits, as much as is ever counted.
const AMOUNT_BITS: u32 = 92;
const NUMERATOR_BITS: u32 = 32;

impl Scale {
    pub(crate) fn of(ratio: Ratio) -> Self {
        let numerator = u64::try_from(ratio.numerator()).unwrap_or(u64::MAX);
        let denominator = u64::try_from(ratio.denominator()).unwrap_or(1).max(1);
        let shift = denominator.leading_zeros();
        let divisor = denominator << shift;
        // ⌊(2^128 − 1) / divisor⌋ − 2^64
        let reciprocal = (u128::MAX / u128::from(divisor)) as u64;
        Scale { ratio, numerator, divisor, shift, reciprocal }
    }

    /// The part of an amount, rounded towards zero.
    pub(crate) fn part_of(&self, amount: Exact) -> Exact {
        if self.numerator == self.divisor >> self.shift {
            return amount;
        }
        if amount < 0 || amount >> AMOUNT_BITS != 0 || self.numerator >> NUMERATOR_BITS != 0 {
            return share_of(amount, self.ratio);
        }
        let product = amount as u128 * u128::from(self.numerator);
        let upper = ((product >> 64) as u64).unbounded_shr(64 - self.shift);
        let shifted = product << self.shift;
        let (first, rest) = self.digit(upper, (shifted >> 64) as u64);
        let (second, _) = self.digit(rest, shifted as u64);
        ((u128::from(first) << 64) | u128::from(second)) as Exact
    }

    /// One digit of a quotient and what remains; `upper` is below the divisor.
    fn digit(&self, upper: u64, lower: u64) -> (u64, u64) {
        let dividend = (u128::from(upper) << 64) | u128::from(lower);
        let guess = (u128::from(self.reciprocal) * u128::from(upper)).wrapping_add(dividend);
        let mut quotient = ((guess >> 64) as u64).wrapping_add(1);
        let mut rest = lower.wrapping_sub(quotient.wrapping_mul(self.divisor));
        if rest > guess as u64 {
            quotient = quotient.wrapping_sub(1);
            rest = rest.wrapping_add(self.divisor);
        }
        if rest >= self.divisor {
            quotient = quotient.wrapping_add(1);
            rest -= self.divisor;
        }
        (quotient, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_the_one_of_a_long_division() {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = |bits: u32| {
            seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            let mixed = (u128::from(seed) << 64) | u128::from(seed.rotate_left(29).wrapping_mul(0x9e37_79b9));
            mixed.unbounded_shr(128 - bits)
        };
        for round in 0..40_000_u32 {
            let amount = next(1 + round % 126) as i128;
            let top = (next(1 + round * 7 % 62) as i64).max(1);
            let bottom = (next(1 + round * 11 % 62) as i64).max(1);
            let ratio: Ratio = format!("{top}/{bottom}").parse().unwrap();
            let wanted = share_of(amount, ratio);
            assert_eq!(Scale::of(ratio).part_of(amount), wanted, "{amount} of {top}/{bottom}");
            assert_eq!(Scale::of(ratio).part_of(-amount), -wanted, "-{amount} of {top}/{bottom}");
        }
        for ratio in ["0", "1", "1/2", "1/18446744073709551", "4294967295/4294967296"] {
            let ratio: Ratio = ratio.parse().unwrap();
            for amount in [0, 1, 2, (1 << 92) - 1, 1 << 92, (1 << 64) - 1, 1 << 64] {
                assert_eq!(Scale::of(ratio).part_of(amount), share_of(amount, ratio), "{amount} of {ratio}");
            }
        }
    }
}
