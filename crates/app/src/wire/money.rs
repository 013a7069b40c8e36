//! Money on the wire: an integer number of minor units, never a float.

use recoup_deal::{Language, findings::money_in_words};
use recoup_money::{Currency, Money};
use serde::{Deserialize, Deserializer, Serialize};

/// The largest amount of minor units that crosses the wire: 2^51.
///
/// JavaScript holds integers exactly up to 2^53; two bits are kept so that the sum of a few such amounts
/// in a chart's layout is exact too.
const LARGEST_MINOR: u64 = 1 << 51;

/// An amount as the interface receives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct MoneyDto {
    // The one declared exception to "no 64-bit integers on the wire": the bound is checked both ways.
    #[specta(type = i32)]
    minor: i64,
    currency: String,
}

/// The amount is too large to cross the wire exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} minor units are more than can be shown exactly")]
pub struct UnsafeAmount(pub i64);

impl MoneyDto {
    /// An amount, if it can cross the wire exactly.
    pub fn new(minor: i64, currency: impl Into<String>) -> Result<Self, UnsafeAmount> {
        if minor.unsigned_abs() > LARGEST_MINOR {
            return Err(UnsafeAmount(minor));
        }
        Ok(Self { minor, currency: currency.into() })
    }

    /// The number of minor units.
    pub fn minor(&self) -> i64 {
        self.minor
    }

    /// As a reader of this language writes it: `USD 5,704,690.48`; an unknown currency is told in minor units.
    pub fn written(&self, language: Language) -> String {
        match Currency::from_code(&self.currency) {
            Ok(currency) => money_in_words(Money::new(self.minor, currency), language),
            Err(_) => format!("{} {} (minor units)", self.currency, self.minor),
        }
    }

    /// The ISO 4217 code.
    pub fn currency(&self) -> &str {
        &self.currency
    }
}

impl<'de> Deserialize<'de> for MoneyDto {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Raw {
            minor: i64,
            currency: String,
        }
        let raw = Raw::deserialize(deserializer)?;
        Self::new(raw.minor, raw.currency).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_amounts_and_not_minor_units() {
        let written =
            |minor, currency: &str, language| MoneyDto::new(minor, currency).unwrap().written(language);
        assert_eq!(written(-570_469_048, "USD", Language::English), "USD -5,704,690.48");
        assert_eq!(written(570_469_048, "USD", Language::French), "5\u{202f}704\u{202f}690,48\u{a0}USD");
        assert_eq!(written(1_250, "JPY", Language::English), "JPY 1,250");
    }

    #[test]
    fn the_bound_is_two_to_the_fifty_one_on_both_sides() {
        for minor in [1_i64 << 51, -(1_i64 << 51), 0] {
            let dto = MoneyDto::new(minor, "USD").unwrap();
            let back: MoneyDto = serde_json::from_value(serde_json::to_value(&dto).unwrap()).unwrap();
            assert_eq!(back, dto);
        }
        for minor in [(1_i64 << 51) + 1, -(1_i64 << 51) - 1, i64::MIN] {
            assert_eq!(MoneyDto::new(minor, "USD"), Err(UnsafeAmount(minor)));
            let json = serde_json::json!({"minor": minor, "currency": "USD"});
            assert!(serde_json::from_value::<MoneyDto>(json).is_err());
        }
    }

    #[test]
    fn a_fraction_of_a_minor_unit_is_refused() {
        let json = serde_json::json!({"minor": 1.5, "currency": "USD"});
        assert!(serde_json::from_value::<MoneyDto>(json).is_err());
    }
}
