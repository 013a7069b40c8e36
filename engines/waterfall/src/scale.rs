//! A rate by which many amounts are multiplied

use recoup_deal::recoupment::Ratio;

use crate::exact::{Exact, share_of};

/// A ratio, as a multiplier that makes a division by its denominator a multiplication.
///
/// The quotient is exact, the one of [`share_of`]. With the multiplier m = ⌈2^128 × numerator / denominator⌉, the upper half of
/// amount × m is ⌊amount × numerator / denominator⌋ as long as amount × denominator is no more than 2^128 (Granlund,
/// Montgomery: Division by invariant integers using multiplication, PLDI 1994, theorem 4.2).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    ratio: Ratio,
    kind: Kind,
    multiplier: u128,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Whole,
    Part,
    /// More than the whole, or parts too small for the multiplier.
    Odd,
}

/// Amounts below and denominators up to these have products that the multiplier is exact for.
const AMOUNT_BITS: u32 = 96;
const DENOMINATOR_BITS: u32 = 32;

impl Scale {
    pub(crate) fn of(ratio: Ratio) -> Self {
        let (top, bottom) = (ratio.numerator(), ratio.denominator());
        if top == bottom {
            return Scale { ratio, kind: Kind::Whole, multiplier: 0 };
        }
        match (u64::try_from(top), u64::try_from(bottom)) {
            (Ok(top), Ok(bottom)) if top < bottom && bottom >> DENOMINATOR_BITS == 0 => {
                let (top, bottom) = (u128::from(top) << 64, u128::from(bottom));
                let last = (top % bottom) << 64;
                let multiplier = ((top / bottom) << 64) | (last / bottom);
                let rounded = multiplier + u128::from(last % bottom != 0);
                Scale { ratio, kind: Kind::Part, multiplier: rounded }
            }
            _ => Scale { ratio, kind: Kind::Odd, multiplier: 0 },
        }
    }

    /// The part of an amount, rounded towards zero.
    #[inline]
    pub(crate) fn part_of(&self, amount: Exact) -> Exact {
        match self.kind {
            Kind::Whole => amount,
            Kind::Part if amount >> AMOUNT_BITS == 0 => upper_half(amount as u128, self.multiplier) as Exact,
            Kind::Part | Kind::Odd => share_of(amount, self.ratio),
        }
    }
}

/// The upper 128 bits of a product whose first factor is below 2^96.
#[inline]
fn upper_half(amount: u128, multiplier: u128) -> u128 {
    let (a1, a0) = (amount >> 64, amount & LOW);
    let (m1, m0) = (multiplier >> 64, multiplier & LOW);
    let low = a1 * m0 + ((a0 * m0) >> 64);
    let middle = a0 * m1 + (low & LOW);
    a1 * m1 + (low >> 64) + (middle >> 64)
}

const LOW: u128 = u64::MAX as u128;

/// What many amounts are divided by that is known only when they come: a number below 2^63.
///
/// A digit of 64 bits is found from the reciprocal of the divisor and put right (Möller, Granlund: Improved division by
/// invariant integers, IEEE Transactions on Computers 60, 2011, algorithm 4).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Divisor {
    /// The divisor with its highest bit set, and by how much it was shifted for that.
    shifted: u64,
    shift: u32,
    reciprocal: u64,
}

impl Divisor {
    /// None for what does not fit.
    pub(crate) fn of(divisor: Exact) -> Option<Self> {
        let divisor = u64::try_from(divisor).ok().filter(|divisor| (1..1 << 63).contains(divisor))?;
        let shift = divisor.leading_zeros();
        let shifted = divisor << shift;
        // ⌊(2^128 − 1) / divisor⌋ − 2^64
        let reciprocal = (u128::MAX / u128::from(shifted)) as u64;
        Some(Divisor { shifted, shift, reciprocal })
    }

    /// `amount × weight / divisor`, rounded down, of an amount and a weight no larger than the divisor that are not below zero.
    pub(crate) fn part_of(&self, amount: Exact, weight: Exact) -> Exact {
        let (amount, weight) = (amount as u128, weight as u128 & LOW);
        let low = (amount & LOW) * weight;
        let high = (amount >> 64) * weight + (low >> 64);
        // Three digits, shifted as the divisor was: it is below 2^63, so there is a shift.
        let lowest = low as u64;
        let upper = (high << self.shift) | u128::from(lowest >> (64 - self.shift));
        let (first, rest) = self.digit((upper >> 64) as u64, upper as u64);
        let (second, _) = self.digit(rest, lowest << self.shift);
        ((u128::from(first) << 64) | u128::from(second)) as Exact
    }

    /// One digit of a quotient and what remains; `upper` is below the divisor.
    fn digit(&self, upper: u64, lower: u64) -> (u64, u64) {
        let dividend = (u128::from(upper) << 64) | u128::from(lower);
        let guess = (u128::from(self.reciprocal) * u128::from(upper)).wrapping_add(dividend);
        let mut quotient = ((guess >> 64) as u64).wrapping_add(1);
        let mut rest = lower.wrapping_sub(quotient.wrapping_mul(self.shifted));
        if rest > guess as u64 {
            quotient = quotient.wrapping_sub(1);
            rest = rest.wrapping_add(self.shifted);
        }
        if rest >= self.shifted {
            quotient = quotient.wrapping_add(1);
            rest -= self.shifted;
        }
        (quotient, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::mul_div;

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
            for amount in [0, 1, 2, (1 << 96) - 1, 1 << 96, (1 << 64) - 1, 1 << 64] {
                assert_eq!(Scale::of(ratio).part_of(amount), share_of(amount, ratio), "{amount} of {ratio}");
            }
        }
    }

    #[test]
    fn a_part_by_weight_is_the_one_of_a_long_division() {
        let mut seed = 0x51_7cc1_b727_220a_u64;
        let mut next = |bits: u32| {
            seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            let mixed = (u128::from(seed) << 64) | u128::from(seed.rotate_left(29).wrapping_mul(0x9e37_79b9));
            mixed.unbounded_shr(128 - bits) as i128
        };
        for round in 0..40_000_u32 {
            let (amount, whole) = (next(1 + round % 124), next(1 + round * 7 % 62).max(1));
            for weight in [next(1 + round * 11 % 62) % (whole + 1), 0, 1, whole] {
                let part = Divisor::of(whole).unwrap().part_of(amount, weight);
                assert_eq!(part, mul_div(amount, weight, whole), "{amount} by {weight} of {whole}");
            }
        }
        assert!(Divisor::of(0).is_none() && Divisor::of(-1).is_none() && Divisor::of(1 << 63).is_none());
    }
}
