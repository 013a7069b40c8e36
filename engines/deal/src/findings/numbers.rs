//! How each language writes amounts, shares, days and counts.

use recoup_calendar::{Date, YearMonth};
use recoup_money::Money;
use rust_decimal::Decimal;

use super::Language;

/// What keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';
/// What stands between thousands in French.
const NARROW_NO_BREAK: char = '\u{202f}';

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// `USD 5,704,690.48`, `5 704 690,48 USD`; whole amounts lose their noughts.
pub fn money(amount: Money, language: Language) -> String {
    let number = grouped(&amount.to_decimal().to_string(), language);
    let code = amount.currency();
    match language {
        Language::English => format!("{code} {number}"),
        Language::French => format!("{number}{NO_BREAK}{code}"),
    }
}

/// A fraction as per cent with at most two decimals.
pub(super) fn per_cent(fraction: Decimal, language: Language) -> String {
    let shown = fraction.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(fraction).round_dp(2).normalize();
    match language {
        Language::English => format!("{shown} %"),
        Language::French => format!("{}{NO_BREAK}%", grouped(&shown.to_string(), language)),
    }
}

/// `1,250.5`, `1 250,5`.
pub(super) fn number(number: Decimal, language: Language) -> String {
    grouped(&number.normalize().to_string(), language)
}

/// `1 March 2028`, `1er mars 2028`.
pub(super) fn date(day: Date, language: Language) -> String {
    let number = match (day.day(), language) {
        (1, Language::French) => "1er".to_owned(),
        (number, _) => number.to_string(),
    };
    format!("{number}{NO_BREAK}{}", month(day.year_month(), language))
}

/// `March 2028`, `mars 2028`.
pub(super) fn month(month: YearMonth, language: Language) -> String {
    let names = match language {
        Language::English => ENGLISH_MONTHS,
        Language::French => FRENCH_MONTHS,
    };
    let name = usize::try_from(month.month()).ok().and_then(|number| names.get(number.wrapping_sub(1)));
    name.map_or_else(|| month.to_string(), |name| format!("{name} {}", month.year()))
}

/// `1,000,000`, `1 000 000`.
pub(super) fn count(number: i64, language: Language) -> String {
    grouped(&number.to_string(), language)
}

/// What stands between a count and its noun.
pub(super) fn before_noun(language: Language) -> char {
    match language {
        Language::English => ' ',
        Language::French => NO_BREAK,
    }
}

/// Whether a count takes the singular: one in English, less than two in French.
pub(super) fn is_one(number: i64, language: Language) -> bool {
    match language {
        Language::English => number == 1,
        Language::French => number.unsigned_abs() < 2,
    }
}

fn grouped(figures: &str, language: Language) -> String {
    let (separator, point) = match language {
        Language::English => (',', '.'),
        Language::French => (NARROW_NO_BREAK, ','),
    };
    let (whole, fraction) = figures.split_once('.').unwrap_or((figures, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut text = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    if fraction.chars().any(|digit| digit != '0') {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    #[test]
    fn every_language_writes_numbers_in_its_own_way() {
        let amount = |text| Money::from_str(text).unwrap();
        for (written, english, french) in [
            ("USD 5704690.48", "USD 5,704,690.48", "5\u{202f}704\u{202f}690,48\u{a0}USD"),
            ("USD 6600000.00", "USD 6,600,000", "6\u{202f}600\u{202f}000\u{a0}USD"),
            ("CAD -1000.50", "CAD -1,000.50", "-1\u{202f}000,50\u{a0}CAD"),
            ("EUR 999.00", "EUR 999", "999\u{a0}EUR"),
        ] {
            assert_eq!(money(amount(written), Language::English), english);
            assert_eq!(money(amount(written), Language::French), french);
        }
        assert_eq!(per_cent(Decimal::new(125, 3), Language::English), "12.5 %");
        assert_eq!(number(Decimal::new(12_505, 1), Language::French), "1\u{202f}250,5");
        assert_eq!(per_cent(Decimal::new(125, 3), Language::French), "12,5\u{a0}%");
        let day = Date::from_str("2028-03-01").unwrap();
        assert_eq!(date(day, Language::English), "1\u{a0}March 2028");
        assert_eq!(date(day, Language::French), "1er\u{a0}mars 2028");
        assert_eq!(month(day.year_month(), Language::English), "March 2028");
        assert_eq!(month(day.year_month(), Language::French), "mars 2028");
        assert_eq!(count(1_000_000, Language::English), "1,000,000");
        assert!(is_one(0, Language::French) && !is_one(0, Language::English));
    }
}
