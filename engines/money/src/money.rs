//! The amount: integer minor units in one currency.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::currency::{Currency, UnknownCurrency};
use crate::rounding::Rounding;
use crate::wide::U256;

/// The largest magnitude, in minor units, that crosses the wire to a host whose numbers are IEEE doubles.
pub const MAX_WIRE_MINOR: i64 = 1 << 51;

/// An amount of money: a whole number of minor units (cents, yen, fils) in one currency.
///
/// There is no ordering across currencies, hence no `Ord`: see [`Money::checked_cmp`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why an operation on money cannot proceed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Two currencies met without an exchange rate.
    #[error("{left} and {right} cannot be combined without an exchange rate")]
    CurrencyMismatch {
        /// Currency of the first amount.
        left: Currency,
        /// Currency of the second amount.
        right: Currency,
    },
    /// The result needs more than 64 bits.
    #[error("the amount in {currency} is too large")]
    Overflow {
        /// Currency of the amount.
        currency: Currency,
    },
    /// A ratio with a zero denominator.
    #[error("a ratio needs a denominator other than zero")]
    ZeroDenominator,
    /// A split with no weights or only zero weights.
    #[error("an amount cannot be split by weights that are all zero")]
    NoWeight,
    /// A split with a negative weight.
    #[error("weight {index} is negative: {weight}")]
    NegativeWeight {
        /// Position of the weight, from 0.
        index: usize,
        /// The weight.
        weight: Decimal,
    },
    /// The text is not an amount such as `USD 900000.00`.
    #[error("{text:?} is not an amount: {reason}")]
    Parse {
        /// What was given.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl From<UnknownCurrency> for MoneyError {
    fn from(unknown: UnknownCurrency) -> Self {
        Self::Parse { text: unknown.0.clone(), reason: unknown.to_string() }
    }
}

impl Money {
    /// An amount from its minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// A whole number of major units (dollars).
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn from_major(major: i64, currency: Currency) -> Result<Self, MoneyError> {
        major
            .checked_mul(currency.minor_per_major())
            .map(|minor| Self::new(minor, currency))
            .ok_or(MoneyError::Overflow { currency })
    }

    /// Rounds a number of major units to the minor unit of the currency.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn from_decimal(value: Decimal, currency: Currency, rounding: Rounding) -> Result<Self, MoneyError> {
        Self::new(1, currency).scale_exact(
            value.mantissa(),
            currency.exponent(),
            U256::from_u128(1),
            value.scale(),
            currency,
            rounding,
        )
    }

    /// Whole minor units, with the sign.
    #[must_use]
    pub const fn minor(&self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Major units, exactly.
    #[must_use]
    pub fn to_decimal(&self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }

    /// Major units as a double, for geometry and rates of return only.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.minor as f64 / self.currency.minor_per_major() as f64
    }

    /// Whether the amount is zero.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.minor == 0
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.minor < 0
    }

    /// Whether the amount is above zero.
    #[must_use]
    pub const fn is_positive(&self) -> bool {
        self.minor > 0
    }

    /// Whether the amount may cross the wire: `|minor| ≤ 2^51`.
    #[must_use]
    pub const fn fits_wire(&self) -> bool {
        self.minor.unsigned_abs() <= MAX_WIRE_MINOR.unsigned_abs()
    }

    /// Fails unless both amounts have the same currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`].
    pub fn same_currency(&self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency })
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`], [`MoneyError::Overflow`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with_minor(self.minor.checked_add(other.minor))
    }

    /// The difference.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`], [`MoneyError::Overflow`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with_minor(self.minor.checked_sub(other.minor))
    }

    /// The amount with the opposite sign.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] for the one amount whose opposite does not fit.
    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        self.with_minor(self.minor.checked_neg())
    }

    /// The magnitude.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] for the one amount whose opposite does not fit.
    pub fn checked_abs(self) -> Result<Self, MoneyError> {
        self.with_minor(self.minor.checked_abs())
    }

    /// A whole multiple.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn checked_mul(self, factor: i64) -> Result<Self, MoneyError> {
        self.with_minor(self.minor.checked_mul(factor))
    }

    /// The sum of amounts that are all in `currency`; zero for none.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`], [`MoneyError::Overflow`] (of the result, not of an intermediate sum).
    pub fn sum<I: IntoIterator<Item = Self>>(currency: Currency, amounts: I) -> Result<Self, MoneyError> {
        let mut total = 0i128;
        for amount in amounts {
            Self::zero(currency).same_currency(amount)?;
            total += i128::from(amount.minor);
        }
        Self::zero(currency).with_minor(i64::try_from(total).ok())
    }

    /// How two amounts of one currency compare.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`].
    pub fn checked_cmp(&self, other: Self) -> Result<Ordering, MoneyError> {
        self.same_currency(other)?;
        Ok(self.minor.cmp(&other.minor))
    }

    /// The smaller of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`].
    pub fn checked_min(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Ok(Self::new(self.minor.min(other.minor), self.currency))
    }

    /// The larger of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`].
    pub fn checked_max(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Ok(Self::new(self.minor.max(other.minor), self.currency))
    }

    /// The amount times a decimal factor, exact until the one rounding.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn scale(self, factor: Decimal, rounding: Rounding) -> Result<Self, MoneyError> {
        self.scale_exact(factor.mantissa(), 0, U256::from_u128(1), factor.scale(), self.currency, rounding)
    }

    /// The amount times the exact ratio `numerator / denominator`, rounded once.
    ///
    /// # Errors
    /// [`MoneyError::ZeroDenominator`], [`MoneyError::Overflow`].
    pub fn scale_ratio(
        self,
        numerator: i64,
        denominator: i64,
        rounding: Rounding,
    ) -> Result<Self, MoneyError> {
        let signed = i128::from(numerator) * i128::from(denominator.signum());
        let divisor = U256::from_u128(u128::from(denominator.unsigned_abs()));
        self.scale_exact(signed, 0, divisor, 0, self.currency, rounding)
    }

    /// The amount divided by a decimal, exact until the one rounding.
    ///
    /// # Errors
    /// [`MoneyError::ZeroDenominator`], [`MoneyError::Overflow`].
    pub fn divide(self, divisor: Decimal, rounding: Rounding) -> Result<Self, MoneyError> {
        let sign = if divisor.is_sign_negative() { -1 } else { 1 };
        let magnitude = U256::from_u128(divisor.mantissa().unsigned_abs());
        self.scale_exact(sign, divisor.scale(), magnitude, 0, self.currency, rounding)
    }

    /// `self ÷ whole` as a decimal, `None` when `whole` is zero.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`].
    pub fn ratio_to(self, whole: Self) -> Result<Option<Decimal>, MoneyError> {
        self.same_currency(whole)?;
        Ok(Decimal::from(self.minor).checked_div(Decimal::from(whole.minor)))
    }

    /// `round(minor × numerator × 10^up ÷ (divisor × 10^down))` in `currency`: the one lossy operation.
    pub(crate) fn scale_exact(
        self,
        numerator: i128,
        up: u32,
        divisor: U256,
        down: u32,
        currency: Currency,
        rounding: Rounding,
    ) -> Result<Self, MoneyError> {
        if divisor.is_zero() {
            return Err(MoneyError::ZeroDenominator);
        }
        let overflow = MoneyError::Overflow { currency };
        let negative = (self.minor < 0) != (numerator < 0);
        let shared = up.min(down);
        let parts = U256::from_u128(numerator.unsigned_abs())
            .checked_mul_u64(self.minor.unsigned_abs())
            .and_then(|product| product.checked_mul_power_of_ten(up - shared))
            .zip(divisor.checked_mul_power_of_ten(down - shared));
        let Some((quotient, rest, whole)) =
            parts.and_then(|(top, bottom)| top.checked_div_rem(bottom).map(|(q, r)| (q, r, bottom)))
        else {
            return Err(overflow);
        };
        let Some(truncated) = quotient.to_u128() else { return Err(overflow) };
        let up_one =
            !rest.is_zero() && rounding.away_from_zero(negative, truncated & 1 == 1, rest.cmp_half_of(whole));
        let magnitude =
            truncated.checked_add(u128::from(up_one)).and_then(|value| i128::try_from(value).ok());
        magnitude
            .map(|value| if negative { -value } else { value })
            .and_then(|value| i64::try_from(value).ok())
            .map(|minor| Self::new(minor, currency))
            .ok_or(overflow)
    }

    fn with_minor(self, minor: Option<i64>) -> Result<Self, MoneyError> {
        minor
            .map(|minor| Self::new(minor, self.currency))
            .ok_or(MoneyError::Overflow { currency: self.currency })
    }
}
