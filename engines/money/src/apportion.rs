//! Splitting an amount so that the parts always add up to the whole.
//!
//! Largest remainder (Hamilton's method): every part gets its exact share rounded down, and the minor units left
//! over go one each to the largest remainders. A tie goes to the earlier part, so the split depends on nothing
//! but its input. A negative amount is split like its magnitude.

use rust_decimal::Decimal;

use crate::money::{Money, MoneyError};
use crate::wide::U256;

/// Splits `total` in proportion to `weights`. Every part is within one minor unit of its exact share, a zero
/// weight gets nothing, and the parts add up to `total`.
///
/// # Errors
/// [`MoneyError::NoWeight`], [`MoneyError::NegativeWeight`].
pub fn apportion(total: Money, weights: &[Decimal]) -> Result<Vec<Money>, MoneyError> {
    if let Some((index, weight)) =
        weights.iter().enumerate().find(|(_, w)| w.is_sign_negative() && !w.is_zero())
    {
        return Err(MoneyError::NegativeWeight { index, weight: *weight });
    }
    // All weights on one scale are integers, and integers keep the proportion exact.
    let normal: Vec<Decimal> = weights.iter().map(Decimal::normalize).collect();
    let scale = normal.iter().map(Decimal::scale).max().unwrap_or(0);
    let integers = normal
        .iter()
        .map(|weight| {
            U256::from_u128(weight.mantissa().unsigned_abs()).checked_mul_power_of_ten(scale - weight.scale())
        })
        .collect::<Option<Vec<_>>>();
    split(total, integers)
}

/// Splits `total` in proportion to whole numbers: `[2, 1]` gives two thirds and one third.
///
/// # Errors
/// [`MoneyError::NoWeight`].
pub fn apportion_by_integers(total: Money, weights: &[u64]) -> Result<Vec<Money>, MoneyError> {
    split(total, Some(weights.iter().map(|weight| U256::from_u128(u128::from(*weight))).collect()))
}

fn split(total: Money, weights: Option<Vec<U256>>) -> Result<Vec<Money>, MoneyError> {
    let overflow = || MoneyError::Overflow { currency: total.currency() };
    let weights = weights.ok_or_else(overflow)?;
    let whole =
        weights.iter().try_fold(U256::ZERO, |sum, weight| sum.checked_add(*weight)).ok_or_else(overflow)?;
    if whole.is_zero() {
        return Err(MoneyError::NoWeight);
    }
    let magnitude = total.minor().unsigned_abs();
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = magnitude;
    for (index, weight) in weights.iter().enumerate() {
        let (share, remainder) = weight
            .checked_mul_u64(magnitude)
            .and_then(|product| product.checked_div_rem(whole))
            .and_then(|(quotient, remainder)| quotient.to_u64().map(|share| (share, remainder)))
            .ok_or_else(overflow)?;
        left -= share;
        parts.push(share);
        remainders.push((remainder, index));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    // Each remainder is below one unit, so there are more non-zero remainders than units left over.
    for (_, index) in remainders.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
        parts[index] += 1;
    }
    parts
        .into_iter()
        .map(|part| {
            let signed = if total.is_negative() { -i128::from(part) } else { i128::from(part) };
            i64::try_from(signed).map(|minor| Money::new(minor, total.currency())).map_err(|_| overflow())
        })
        .collect()
}
