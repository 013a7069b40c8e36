//! How an amount is written: `USD -1234.50`, the same in text, JSON and its schema.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::currency::Currency;
use crate::money::{Money, MoneyError};

impl fmt::Display for Money {
    /// `USD -1234.50`: code, space, sign, major units, point, exactly the currency's minor digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let unit = self.currency().minor_per_major().unsigned_abs();
        let (major, minor) = (self.minor().unsigned_abs() / unit, self.minor().unsigned_abs() % unit);
        match self.currency().exponent() as usize {
            0 => write!(f, "{} {sign}{major}", self.currency()),
            digits => write!(f, "{} {sign}{major}.{minor:0digits$}", self.currency()),
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = |reason: String| MoneyError::Parse { text: text.to_owned(), reason };
        let Some((code, number)) = text.split_once(' ') else {
            return Err(refuse(
                "write a currency code, a space and a number, as in \"USD 900000.00\"".to_owned(),
            ));
        };
        let currency = Currency::from_code(code).map_err(|unknown| refuse(unknown.to_string()))?;
        let digits = currency.exponent() as usize;
        let (negative, unsigned) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
        let (major, minor) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if major.is_empty() || !all_digits(major) || !all_digits(minor) {
            return Err(refuse("the number has digits, at most one point and an optional minus".to_owned()));
        }
        if minor.len() != digits || unsigned.contains('.') != (digits > 0) {
            return Err(refuse(format!(
                "{currency} is written with exactly {digits} digits after the point"
            )));
        }
        format!("{}{major}{minor}", if negative { "-" } else { "" })
            .parse::<i64>()
            .map(|minor| Self::new(minor, currency))
            .map_err(|_| MoneyError::Overflow { currency })
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "An amount: currency code, space, number with exactly the currency's minor digits, for example \"USD 900000.00\".",
            "pattern": "^[A-Z]{3} -?[0-9]+(\\.[0-9]{2,4})?$"
        })
    }
}
