//! Amounts inside a receipt, finer than any cent
//!
//! Money on its way down a plan is a whole number of trillionths of a minor unit. Adding and
//! taking away is then exact, so nothing appears or disappears between a source and its payees;
//! only a multiplication by a share can lose less than one trillionth, always downwards, and what
//! is lost stays with the flow. [`TOLERANCE`] is the distance at which a counter counts as having
//! reached its target: a millionth of a minor unit, far above all rounding and far below a cent.

use recoup_deal::recoupment::Ratio;
use rust_decimal::Decimal;

/// An amount in trillionths of a minor unit.
pub(crate) type Exact = i128;

/// One minor unit.
pub(crate) const UNIT: Exact = 1_000_000_000_000;

/// How close to a target is at the target.
pub(crate) const TOLERANCE: Exact = UNIT / 1_000_000;

const FIVE_TO_THE_TWELFTH: u64 = 244_140_625;

/// As much as is ever counted, far above all money and far below what a sum of two would overflow.
pub(crate) const MOST: Exact = i128::MAX / 8;

/// What is too little to follow any further.
pub(crate) const DUST: Exact = 1_000;

/// A ratio to the 28 digits of a decimal.
pub(crate) fn decimal(ratio: Ratio) -> Decimal {
    Decimal::from(ratio.numerator()) / Decimal::from(ratio.denominator())
}

/// An amount of minor units.
#[inline]
pub(crate) fn from_minor(minor: i64) -> Exact {
    Exact::from(minor) * UNIT
}

/// The whole minor units in an amount, where what is within the tolerance below counts as reached.
#[inline]
pub(crate) fn whole_minor(amount: Exact) -> i64 {
    let near = amount + TOLERANCE;
    // 10^12 is 2^12 × 5^12: what is left after a shift mostly fits 64 bits, whose division is quick.
    match u64::try_from(near >> 12) {
        Ok(shifted) => i64::try_from(shifted / FIVE_TO_THE_TWELFTH).unwrap_or(i64::MAX),
        Err(_) => saturate(near.div_euclid(UNIT)),
    }
}

/// The nearest whole minor units, halves up.
#[inline]
pub(crate) fn nearest_minor(amount: Exact) -> i64 {
    whole_minor(amount + UNIT / 2)
}

/// The amount as 64 bits, at the ends of their range if need be.
#[inline]
pub(crate) fn saturate(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX })
}

/// `amount × share`, rounded towards zero.
pub(crate) fn share_of(amount: Exact, share: Ratio) -> Exact {
    if share.numerator() == share.denominator() {
        return amount;
    }
    mul_div(amount, Exact::from(share.numerator()), Exact::from(share.denominator()))
}

/// `amount × numerator / denominator`, rounded towards zero, without overflow in between; at the
/// ends of the range if the result does not fit.
pub(crate) fn mul_div(amount: Exact, numerator: i128, denominator: i128) -> Exact {
    if let Some(product) = amount.checked_mul(numerator) {
        return if denominator == 0 { 0 } else { (product / denominator).clamp(-MOST, MOST) };
    }
    let negative = (amount < 0) ^ (numerator < 0) ^ (denominator < 0);
    let (high, low) = widening_mul(amount.unsigned_abs(), numerator.unsigned_abs());
    let quotient = divide_wide(high, low, denominator.unsigned_abs());
    let bounded = i128::try_from(quotient).unwrap_or(i128::MAX).min(MOST);
    if negative { -bounded } else { bounded }
}

const LOW: u128 = u64::MAX as u128;

fn widening_mul(a: u128, b: u128) -> (u128, u128) {
    let (a1, a0, b1, b0) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let low = a0 * b0;
    let mid1 = a1 * b0 + (low >> 64);
    let mid2 = a0 * b1 + (mid1 & LOW);
    (a1 * b1 + (mid1 >> 64) + (mid2 >> 64), (mid2 << 64) | (low & LOW))
}

/// Division of 256 by 128 bits in two digits of 64 (Knuth, The Art of Computer Programming 2, 4.3.1,
/// algorithm D): what cuts a receipt where a counter reaches its goal.
fn divide_wide(high: u128, low: u128, divisor: u128) -> u128 {
    if divisor == 0 || high >= divisor {
        return u128::MAX;
    }
    let shift = divisor.leading_zeros();
    let divisor = divisor << shift;
    let carried = if shift == 0 { 0 } else { low >> (128 - shift) };
    let (high, low) = ((high << shift) | carried, low << shift);
    let (first, rest) = digit(high, low >> 64, divisor);
    let (second, _) = digit(rest, low & LOW, divisor);
    (first << 64) | second
}

/// One digit of a quotient, and what remains, of a dividend whose upper part is below the divisor.
fn digit(upper: u128, next: u128, divisor: u128) -> (u128, u128) {
    let (head, tail) = (divisor >> 64, divisor & LOW);
    let (mut guess, mut rest) = (upper / head, upper % head);
    while guess > LOW || guess * tail > ((rest << 64) | next) {
        guess -= 1;
        rest += head;
        if rest > LOW {
            break;
        }
    }
    let dividend = (upper << 64) | next;
    (guess, dividend.wrapping_sub(guess.wrapping_mul(divisor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_products_agree_with_narrow_ones() {
        for (a, n, d) in [
            (7i128, 3i128, 2i128),
            (-7, 3, 2),
            (1 << 100, 1 << 60, 1 << 80),
            (10i128.pow(30), 10i128.pow(20), 3 * 10i128.pow(15)),
        ] {
            let (high, low) = widening_mul(a.unsigned_abs(), n.unsigned_abs());
            let wide = divide_wide(high, low, d.unsigned_abs());
            assert_eq!(mul_div(a, n, d).unsigned_abs(), wide, "{a} {n} {d}");
        }
    }

    #[test]
    fn a_wide_quotient_times_its_divisor_is_the_dividend() {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u128;
        let mut next = || {
            seed = seed.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(0x5851_f42d);
            seed ^ (seed >> 61)
        };
        for round in 0..20_000 {
            let divisor = (next() >> (round % 120)).max(1);
            let (quotient, rest) = (next() >> (round * 7 % 127), next() % divisor);
            let (high, low) = widening_mul(quotient, divisor);
            let (low, carry) = low.overflowing_add(rest);
            assert_eq!(divide_wide(high + u128::from(carry), low, divisor), quotient, "{quotient} {divisor}");
        }
        assert_eq!(divide_wide(1, 0, 1), u128::MAX);
        assert_eq!(divide_wide(u128::MAX - 1, u128::MAX, u128::MAX), u128::MAX);
    }

    #[test]
    fn a_target_missed_by_less_than_the_tolerance_is_reached() {
        assert_eq!(whole_minor(3 * UNIT - 5), 3);
        assert_eq!(whole_minor(3 * UNIT - 2 * TOLERANCE), 2);
        assert_eq!(nearest_minor(UNIT * 5 / 2 - 3), 3);
    }
}
