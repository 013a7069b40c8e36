//! Shares as exact ratios of integers

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An exact share such as `0.175` or `1/3`, kept in lowest terms.
///
/// Contracts speak of a third as often as of 33.3 %, and a third that is stored as a decimal is a
/// different contract after enough receipts. The written form is a decimal where one exists and a
/// fraction otherwise, so the document says what the contract says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

/// A text that is not a ratio of integers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a decimal or a fraction such as 0.25 or 1/3")]
pub struct RatioError {
    /// The text as it was given.
    pub given: String,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Ratio = Ratio { numerator: 0, denominator: 1 };
    /// The whole.
    pub const ONE: Ratio = Ratio { numerator: 1, denominator: 1 };

    /// `numerator / denominator` in lowest terms; `None` when the denominator is zero or the
    /// reduced terms do not fit.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1);
        let sign = if denominator < 0 { -1 } else { 1 };
        let divisor = i128::try_from(divisor).ok()?;
        Some(Ratio {
            numerator: i64::try_from(sign * (numerator / divisor)).ok()?,
            denominator: i64::try_from(sign * (denominator / divisor)).ok()?,
        })
    }

    /// The numerator in lowest terms; it carries the sign.
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// The denominator in lowest terms; always positive.
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// Whether the ratio is exactly zero.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The sum of two ratios, where it can be written.
    pub fn checked_add(self, other: Ratio) -> Option<Ratio> {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        let right = i128::from(other.numerator) * i128::from(self.denominator);
        Ratio::new(left.checked_add(right)?, i128::from(self.denominator) * i128::from(other.denominator))
    }

    /// Whether the ratio is larger than `other`.
    pub fn exceeds(self, other: Ratio) -> bool {
        i128::from(self.numerator) * i128::from(other.denominator)
            > i128::from(other.numerator) * i128::from(self.denominator)
    }
}

impl Default for Ratio {
    fn default() -> Self {
        Ratio::ONE
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn parse_decimal(text: &str) -> Option<(i128, i128)> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let written = !whole.is_empty() || !fraction.is_empty();
    let plain = whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    if !written || !plain || whole.len() + fraction.len() > 30 {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let mantissa: i128 = format!("0{whole}{fraction}").parse().ok()?;
    Some((sign * mantissa, 10i128.checked_pow(u32::try_from(fraction.len()).ok()?)?))
}

impl FromStr for Ratio {
    type Err = RatioError;

    fn from_str(text: &str) -> Result<Self, RatioError> {
        let fail = || RatioError { given: text.to_owned() };
        let trimmed = text.trim();
        let (top, bottom) = trimmed.split_once('/').unwrap_or((trimmed, "1"));
        let (a, b) = parse_decimal(top.trim()).ok_or_else(fail)?;
        let (c, d) = parse_decimal(bottom.trim()).ok_or_else(fail)?;
        let numerator = a.checked_mul(d).ok_or_else(fail)?;
        let denominator = b.checked_mul(c).ok_or_else(fail)?;
        Ratio::new(numerator, denominator).ok_or_else(fail)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.denominator;
        let (mut twos, mut fives) = (0u32, 0u32);
        while rest % 2 == 0 {
            rest /= 2;
            twos += 1;
        }
        while rest % 5 == 0 {
            rest /= 5;
            fives += 1;
        }
        let digits = twos.max(fives);
        if rest != 1 || digits > 18 {
            return write!(f, "{}/{}", self.numerator, self.denominator);
        }
        let scale = 10i128.pow(digits);
        let value = i128::from(self.numerator) * (scale / i128::from(self.denominator));
        let sign = if value < 0 { "-" } else { "" };
        let (whole, fraction) = (value.abs() / scale, value.abs() % scale);
        if digits == 0 {
            return write!(f, "{sign}{whole}");
        }
        write!(f, "{sign}{whole}.{fraction:0width$}", width = digits as usize)
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Ratio {
    fn schema_name() -> Cow<'static, str> {
        "Ratio".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "An exact share: a decimal such as 0.175 or a fraction such as 1/3",
            "pattern": r"^-?[0-9]*\.?[0-9]+(/[0-9]*\.?[0-9]+)?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_stays_a_third_and_a_decimal_stays_a_decimal() {
        for (written, shown) in [
            ("1/3", "1/3"),
            ("0.350", "0.35"),
            ("0.0058", "0.0058"),
            ("1", "1"),
            ("2.5", "2.5"),
            ("2/8", "0.25"),
            ("-0.5", "-0.5"),
            (".5", "0.5"),
        ] {
            let ratio: Ratio = written.parse().unwrap();
            assert_eq!(ratio.to_string(), shown);
            assert_eq!(shown.parse::<Ratio>().unwrap(), ratio);
        }
    }

    #[test]
    fn what_is_not_a_ratio_is_refused() {
        for text in ["", "a", "1/0", "1/", "0,5", "1e3", "1/2/3"] {
            assert!(text.parse::<Ratio>().is_err(), "{text}");
        }
    }

    #[test]
    fn three_thirds_do_not_exceed_the_whole() {
        let third: Ratio = "1/3".parse().unwrap();
        let all = third.checked_add(third).and_then(|two| two.checked_add(third)).unwrap();
        assert_eq!(all, Ratio::ONE);
        assert!(!all.exceeds(Ratio::ONE));
    }
}
