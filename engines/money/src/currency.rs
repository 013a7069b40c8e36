//! Currencies of ISO 4217 with their minor units.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use crate::iso4217::TABLE;

/// An ISO 4217 currency: three letters and the number of its minor digits. Written `"USD"`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

/// A code that ISO 4217 does not list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not a currency code of ISO 4217 (three capital letters such as USD)")]
pub struct UnknownCurrency(pub String);

impl Currency {
    /// United States dollar.
    pub const USD: Self = Self::listed("USD", 2);
    /// Euro.
    pub const EUR: Self = Self::listed("EUR", 2);
    /// Pound sterling.
    pub const GBP: Self = Self::listed("GBP", 2);
    /// Canadian dollar.
    pub const CAD: Self = Self::listed("CAD", 2);
    /// Australian dollar.
    pub const AUD: Self = Self::listed("AUD", 2);
    /// New Zealand dollar.
    pub const NZD: Self = Self::listed("NZD", 2);
    /// Japanese yen (no minor unit).
    pub const JPY: Self = Self::listed("JPY", 0);
    /// South Korean won (no minor unit).
    pub const KRW: Self = Self::listed("KRW", 0);
    /// The code reserved for testing: what a stand-alone plan without a currency counts in.
    pub const XTS: Self = Self::listed("XTS", 2);

    const fn listed(code: &str, exponent: u8) -> Self {
        let bytes = code.as_bytes();
        Self { code: [bytes[0], bytes[1], bytes[2]], exponent }
    }

    /// Looks a code up in the table. Codes are case-sensitive, as the standard writes them.
    ///
    /// # Errors
    /// [`UnknownCurrency`] when the code is not listed.
    pub fn from_code(code: &str) -> Result<Self, UnknownCurrency> {
        TABLE
            .binary_search_by(|row| row.0.cmp(code))
            .map(|index| Self::listed(TABLE[index].0, TABLE[index].1))
            .map_err(|_| UnknownCurrency(code.to_owned()))
    }

    /// Every listed currency, in alphabetical order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| Self::listed(row.0, row.1))
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        // The only constructors copy ASCII letters out of the table.
        std::str::from_utf8(&self.code).unwrap_or("XXX")
    }

    /// The number of minor digits: 2 for a dollar's cents, 0 for a yen, 3 for a dinar's fils.
    #[must_use]
    pub const fn exponent(&self) -> u32 {
        self.exponent as u32
    }

    /// Minor units in one major unit.
    #[must_use]
    pub const fn minor_per_major(&self) -> i64 {
        10i64.pow(self.exponent as u32)
    }

    /// The English name of the standard.
    #[must_use]
    pub fn name(&self) -> &'static str {
        TABLE.binary_search_by(|row| row.0.cmp(self.code())).map_or("", |index| TABLE[index].2)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::from_code(code)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_code(&code).map_err(de::Error::custom)
    }
}

impl JsonSchema for Currency {
    fn schema_name() -> Cow<'static, str> {
        "Currency".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "ISO 4217 currency code, for example \"USD\".",
            "pattern": "^[A-Z]{3}$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_well_formed() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (code, exponent, name) in TABLE {
            assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            assert!(*exponent <= 4 && !name.is_empty(), "{code}");
        }
    }

    #[test]
    fn minor_digits_of_the_standard() {
        for (code, digits) in
            [("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("UYW", 4), ("ISK", 0), ("HUF", 2), ("XTS", 2)]
        {
            assert_eq!(Currency::from_code(code).unwrap().exponent(), digits, "{code}");
        }
        assert_eq!(Currency::from_code("TND").unwrap().minor_per_major(), 1000);
        assert_eq!(Currency::EUR.name(), "Euro");
    }

    #[test]
    fn the_named_constants_are_the_listed_ones() {
        for currency in [
            Currency::USD,
            Currency::EUR,
            Currency::GBP,
            Currency::CAD,
            Currency::AUD,
            Currency::NZD,
            Currency::JPY,
            Currency::KRW,
            Currency::XTS,
        ] {
            assert_eq!(Currency::from_code(currency.code()), Ok(currency));
        }
    }

    #[test]
    fn unknown_codes_are_refused() {
        for code in ["usd", "US", "USDX", "ABC", "", "€"] {
            assert!(Currency::from_code(code).is_err(), "{code}");
        }
    }
}
