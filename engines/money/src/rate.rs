//! Fractions and percentages, kept apart so that 0.125 and 12.5 are never confused.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use crate::money::{Money, MoneyError};
use crate::rounding::Rounding;

/// A fraction of one, written as a string: `"0.125"` is an eighth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rate(pub Decimal);

/// Hundredths, written as a string: `"12.5"` is an eighth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Percent(pub Decimal);

/// A text that is not a plain decimal number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not a decimal number such as 0.125")]
pub struct RateError(pub String);

impl Rate {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// The whole.
    pub const ONE: Self = Self(Decimal::ONE);

    /// The fraction.
    #[must_use]
    pub const fn value(&self) -> Decimal {
        self.0
    }

    /// What is left of one: `1 − self`; `None` when it does not fit.
    #[must_use]
    pub fn complement(&self) -> Option<Self> {
        Decimal::ONE.checked_sub(self.0).map(Self)
    }

    /// The same share in hundredths; `None` when it does not fit.
    #[must_use]
    pub fn to_percent(&self) -> Option<Percent> {
        self.0.checked_mul(Decimal::ONE_HUNDRED).map(|value| Percent(value.normalize()))
    }

    /// This share of an amount.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn of(&self, amount: Money, rounding: Rounding) -> Result<Money, MoneyError> {
        amount.scale(self.0, rounding)
    }
}

impl Percent {
    /// The number of hundredths.
    #[must_use]
    pub const fn value(&self) -> Decimal {
        self.0
    }

    /// The same share as a fraction of one.
    #[must_use]
    pub fn to_rate(&self) -> Rate {
        Rate((self.0 / Decimal::ONE_HUNDRED).normalize())
    }

    /// This share of an amount.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn of(&self, amount: Money, rounding: Rounding) -> Result<Money, MoneyError> {
        amount.scale(self.to_rate().0, rounding)
    }
}

fn parse(text: &str) -> Result<Decimal, RateError> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !plain {
        return Err(RateError(text.to_owned()));
    }
    // `from_str_exact` refuses what 28 digits cannot hold instead of rounding it.
    Decimal::from_str_exact(text).map_err(|_| RateError(text.to_owned()))
}

macro_rules! written_as_string {
    ($type:ident, $name:literal, $description:literal) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl From<Decimal> for $type {
            fn from(value: Decimal) -> Self {
                Self(value)
            }
        }

        impl FromStr for $type {
            type Err = RateError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                parse(text).map(Self)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                parse(&text).map(Self).map_err(de::Error::custom)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "description": $description,
                    "pattern": "^-?[0-9]+(\\.[0-9]+)?$"
                })
            }
        }
    };
}

written_as_string!(Rate, "Rate", "A fraction of one as a string: \"0.125\" is an eighth.");
written_as_string!(Percent, "Percent", "Hundredths as a string: \"12.5\" is an eighth.");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;

    #[test]
    fn fractions_and_percentages_name_the_same_share() {
        let rate: Rate = "0.125".parse().unwrap();
        assert_eq!(rate.to_percent().unwrap().to_string(), "12.5");
        assert_eq!("12.5".parse::<Percent>().unwrap().to_rate(), rate);
        assert_eq!(rate.complement().unwrap().to_string(), "0.875");
        let share = rate.of(Money::new(100_004, Currency::USD), Rounding::HalfUp).unwrap();
        assert_eq!(share.to_string(), "USD 125.01");
    }

    #[test]
    fn only_plain_decimals_are_read() {
        for bad in
            ["", " 1", "1e3", "1_000", "+1", ".5", "5.", "NaN", "1.2.3", "0.12345678901234567890123456789"]
        {
            assert!(bad.parse::<Rate>().is_err(), "{bad}");
        }
        let json = serde_json::to_string(&"-0.0400".parse::<Rate>().unwrap()).unwrap();
        assert_eq!(json, "\"-0.0400\"");
        assert!(serde_json::from_str::<Rate>("0.04").is_err(), "a rate is never a float");
    }
}
