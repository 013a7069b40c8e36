//! Exact fractions, and what is read as one

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// An exact number.
pub(crate) type Fraction = BigRational;

pub(crate) fn nothing() -> Fraction {
    Fraction::zero()
}

pub(crate) fn whole(number: i64) -> Fraction {
    Fraction::from_integer(number.into())
}

pub(crate) fn parts(top: i64, bottom: i64) -> Fraction {
    Fraction::new(top.into(), bottom.into())
}

/// A decimal, or a fraction of two of them.
pub(crate) fn read(text: &str) -> Fraction {
    let mut halves = text.split('/');
    let top = decimal(halves.next().unwrap_or_default().trim());
    let bottom = halves.next().map_or_else(Fraction::one, |bottom| decimal(bottom.trim()));
    assert!(halves.next().is_none() && !bottom.is_zero(), "`{text}` is no number");
    top / bottom
}

fn decimal(text: &str) -> Fraction {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let mut top = BigInt::zero();
    let mut bottom = BigInt::one();
    let mut behind_the_point = false;
    for sign in digits.chars() {
        match sign.to_digit(10) {
            Some(digit) => {
                top = top * 10 + digit;
                if behind_the_point {
                    bottom *= 10;
                }
            }
            None => {
                assert!(sign == '.' && !behind_the_point, "`{text}` is no decimal");
                behind_the_point = true;
            }
        }
    }
    Fraction::new(if negative { -top } else { top }, bottom)
}

/// A millionth: what is nearer than that to a whole number is that number, and remainders that differ by less are
/// equal. It is the one place where the rules do not speak of exact amounts.
pub(crate) fn millionth() -> Fraction {
    parts(1, 1_000_000)
}

/// The whole units in an amount.
pub(crate) fn units(amount: &Fraction) -> i64 {
    let whole = (amount + millionth()).floor().to_integer();
    i64::try_from(whole).expect("an amount of minor units")
}

/// The nearest whole units, halves up.
pub(crate) fn nearest(amount: &Fraction) -> i64 {
    units(&(amount + parts(1, 2)))
}

/// The amount itself, or where its fraction has grown beyond two thousand binary digits, what is within 2^-1024 of it.
///
/// What is owed decides how a group divides, and what it gets decides what is owed: where interest grows beside it, the
/// fraction has twice the digits after every receipt. No other number is ever rounded.
pub(crate) fn kept(amount: Fraction) -> Fraction {
    if amount.denom().bits() <= 2_048 {
        return amount;
    }
    Fraction::new((amount.numer() << 1_024u32) / amount.denom(), BigInt::one() << 1_024u32)
}

pub(crate) fn least(left: Fraction, right: Fraction) -> Fraction {
    if left < right { left } else { right }
}

pub(crate) fn not_below_nothing(amount: Fraction) -> Fraction {
    if amount < nothing() { nothing() } else { amount }
}

/// Binary digits behind the point of a power.
const DIGITS: u32 = 128;

/// `(1 + rate)^years`, to 2^-110 for rates and terms of films: the exponential of the logarithm, both by their series,
/// ln x = 2 (z + z³/3 + z⁵/5 + …) with z = (x − 1) / (x + 1).
pub(crate) fn grown(rate: &Fraction, years: &Fraction) -> Fraction {
    let cut = |number: Fraction| -> BigInt {
        (number * Fraction::from_integer(BigInt::one() << DIGITS)).floor().to_integer()
    };
    let z = cut(rate / (rate + whole(2)));
    let square = (&z * &z) >> DIGITS;
    let (mut power, mut logarithm, mut odd) = (z, BigInt::zero(), 1);
    while !power.is_zero() && power != -BigInt::one() {
        logarithm += &power / odd;
        power = (power * &square) >> DIGITS;
        odd += 2;
    }
    let exponent = (logarithm * 2 * years.numer()) / years.denom();
    let (mut term, mut sum, mut place) = (BigInt::one() << DIGITS, BigInt::zero(), 1);
    while !term.is_zero() && term != -BigInt::one() {
        sum += &term;
        term = ((term * &exponent) >> DIGITS) / place;
        place += 1;
    }
    Fraction::new(sum, BigInt::one() << DIGITS)
}
