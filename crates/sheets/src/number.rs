//! Numbers as people type them, read exactly: `1 234 567,89`, `$1,234.50`, `(200)`, `12 %`.

use recoup_money::Currency;
use rust_decimal::Decimal;

/// The sign before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

impl DecimalMark {
    const fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// A number out of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadNumber {
    /// The value; a percentage as it is written, so `12 %` is 12.
    pub value: Decimal,
    /// It bears a percent sign.
    pub percent: bool,
    /// The currency its sign or code names; a bare `$` names none.
    pub currency: Option<Currency>,
    /// Its one mark could as well separate thousands as decimals, and nothing in the file decides.
    pub ambiguous: bool,
}

/// The text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotANumber;

/// Signs that name one currency, the longer before those they end in.
const SIGNS: &[(&str, Option<&str>)] = &[
    ("US$", Some("USD")),
    ("CA$", Some("CAD")),
    ("CAN$", Some("CAD")),
    ("C$", Some("CAD")),
    ("AU$", Some("AUD")),
    ("A$", Some("AUD")),
    ("NZ$", Some("NZD")),
    ("HK$", Some("HKD")),
    ("R$", Some("BRL")),
    ("€", Some("EUR")),
    ("£", Some("GBP")),
    ("₩", Some("KRW")),
    ("¥", Some("JPY")),
    ("₹", Some("INR")),
    ("zł", Some("PLN")),
    ("$", None),
];

/// Reads a number. `mark` is the decimal mark of the file where it is known, `decimals` the most decimals that
/// are to be expected: with two, `1.234` is more likely a thousand and some than a fraction of a cent.
///
/// # Errors
/// [`NotANumber`] for anything that is not one number, with badly placed separators too.
pub fn read_number(text: &str, mark: Option<DecimalMark>, decimals: u32) -> Result<ReadNumber, NotANumber> {
    let plain: String = text.chars().filter(|c| !is_space(*c)).map(one_minus).collect();
    let (plain, currency) = without_currency(&plain)?;
    let (plain, negative) = without_sign(plain)?;
    let (plain, percent) = match plain.strip_suffix('%').or_else(|| plain.strip_prefix('%')) {
        Some(rest) => (rest, true),
        None => (plain, false),
    };
    let (plain, inner) = without_currency(plain)?;
    let (plain, below) = if negative { (plain, false) } else { without_sign(plain)? };
    let currency = currency.or(inner);
    // Accounting formats show nothing as a dash.
    if plain.is_empty() && (negative || below) && !percent && text.trim().chars().all(dash_or_sign) {
        return Ok(ReadNumber { value: Decimal::ZERO, percent, currency, ambiguous: false });
    }
    let (value, ambiguous) = unsigned(plain, mark, decimals)?;
    let value = if negative || below { -value } else { value };
    Ok(ReadNumber { value, percent, currency, ambiguous })
}

/// What a text says about the decimal mark of its file; none where it says nothing.
pub(crate) fn mark_of(text: &str) -> Option<DecimalMark> {
    let digits: String =
        text.chars().filter(|c| !is_space(*c) && !matches!(c, '%' | '(' | ')' | '-')).collect();
    let (digits, _) = without_currency(&digits).ok()?;
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’'))
    {
        return None;
    }
    match (digits.rfind('.'), digits.rfind(',')) {
        (Some(point), Some(comma)) if point > comma => Some(DecimalMark::Point),
        (Some(_), Some(_)) => Some(DecimalMark::Comma),
        (Some(_), None) => alone(digits, '.', DecimalMark::Point, DecimalMark::Comma),
        (None, Some(_)) => alone(digits, ',', DecimalMark::Comma, DecimalMark::Point),
        (None, None) => None,
    }
}

fn alone(digits: &str, sign: char, this: DecimalMark, other: DecimalMark) -> Option<DecimalMark> {
    if digits.matches(sign).count() > 1 {
        return Some(other);
    }
    let (whole, after) = digits.split_once(sign)?;
    let thousands = after.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0";
    (!thousands).then_some(this)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{feff}' | '\u{200b}')
}

fn one_minus(c: char) -> char {
    if matches!(c, '\u{2212}' | '\u{2013}' | '\u{2014}' | '\u{2012}') { '-' } else { c }
}

fn dash_or_sign(c: char) -> bool {
    one_minus(c) == '-' || is_space(c) || c.is_ascii_uppercase() || "$€£¥₩₹".contains(c)
}

/// The rest of a number whose currency stands before or after it.
fn without_currency(text: &str) -> Result<(&str, Option<Currency>), NotANumber> {
    for (sign, code) in SIGNS {
        let rest = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign));
        if let Some(rest) = rest {
            return Ok((rest, code.and_then(|code| Currency::from_code(code).ok())));
        }
    }
    let letters = |part: &str| part.len() == 3 && part.chars().all(|c| c.is_ascii_alphabetic());
    let code = |part: &str| Currency::from_code(&part.to_ascii_uppercase()).map_err(|_| NotANumber);
    if let Some((head, rest)) = text.split_at_checked(3).filter(|(head, _)| letters(head)) {
        let currency = code(head)?;
        return Ok((rest.strip_prefix('$').unwrap_or(rest), Some(currency)));
    }
    let tail = text.len().checked_sub(3).and_then(|at| text.split_at_checked(at));
    if let Some((rest, tail)) = tail.filter(|(_, tail)| letters(tail)) {
        let currency = code(tail)?;
        return Ok((rest.strip_suffix('$').unwrap_or(rest), Some(currency)));
    }
    Ok((text, None))
}

fn without_sign(text: &str) -> Result<(&str, bool), NotANumber> {
    if let Some(inner) = text.strip_prefix('(') {
        return inner.strip_suffix(')').map(|inner| (inner, true)).ok_or(NotANumber);
    }
    match text.strip_prefix('-').or_else(|| text.strip_suffix('-')) {
        Some(rest) => Ok((rest, true)),
        None => Ok((text.strip_prefix('+').unwrap_or(text), false)),
    }
}

/// Digits with their separators.
fn unsigned(text: &str, mark: Option<DecimalMark>, decimals: u32) -> Result<(Decimal, bool), NotANumber> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Err(NotANumber);
    }
    let (mark, ambiguous) = match mark_of(text) {
        Some(own) => (own, false),
        None => match (one_sign(text), mark) {
            (None, _) => (DecimalMark::Point, false),
            (Some(_), Some(known)) => (known, false),
            // Three digits after a point are decimals only where three decimals exist.
            (Some('.'), None) if decimals >= 3 => (DecimalMark::Point, true),
            (Some('.'), None) => (DecimalMark::Comma, true),
            (Some(_), None) => (DecimalMark::Point, true),
        },
    };
    let (whole, fraction) = match text.rsplit_once(mark.sign()) {
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    if !fraction.chars().all(|c| c.is_ascii_digit()) {
        return Err(NotANumber);
    }
    let digits = format!("{}.{}", grouped(whole)?, if fraction.is_empty() { "0" } else { fraction });
    Decimal::from_str_exact(&digits).map(|value| (value.normalize(), ambiguous)).map_err(|_| NotANumber)
}

fn one_sign(text: &str) -> Option<char> {
    text.chars().find(|c| matches!(c, '.' | ','))
}

/// The digits before the decimal mark; groups are of three, or as in India of two before the last three.
fn grouped(whole: &str) -> Result<String, NotANumber> {
    let groups: Vec<&str> = whole.split(['.', ',', '\'', '’']).collect();
    if groups.iter().any(|group| !group.chars().all(|c| c.is_ascii_digit())) {
        return Err(NotANumber);
    }
    let sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let sound = match sizes.as_slice() {
        [_] => true,
        [first, middle @ .., 3] => {
            let threes = (1..=3).contains(first) && middle.iter().all(|size| *size == 3);
            threes || ((1..=2).contains(first) && middle.iter().all(|size| *size == 2))
        }
        _ => false,
    };
    if sound { Ok(if whole.is_empty() { "0".to_owned() } else { groups.concat() }) } else { Err(NotANumber) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, bool, bool)> {
        let read = read_number(text, None, 2).ok()?;
        Some((read.value.to_string(), read.percent, read.ambiguous))
    }

    #[test]
    fn numbers_are_read_as_they_are_typed() {
        let plain = [
            ("1234567.89", "1234567.89"),
            ("1 234 567,89", "1234567.89"),
            ("1\u{202f}234\u{a0}567,89", "1234567.89"),
            ("1,234,567", "1234567"),
            ("1.234.567", "1234567"),
            ("1.234.567,8", "1234567.8"),
            ("12,34,567.5", "1234567.5"),
            ("1'234'567.50", "1234567.5"),
            ("$1,234.50", "1234.5"),
            ("-$1,234.50", "-1234.5"),
            ("$ (1,234.50)", "-1234.5"),
            ("(200)", "-200"),
            ("200-", "-200"),
            ("\u{2212}200", "-200"),
            ("1 200 €", "1200"),
            ("CAD 1,200.00", "1200"),
            ("1 200 $CAD", "1200"),
            (".5", "0.5"),
            ("0,125", "0.125"),
            ("0", "0"),
            (" - ", "0"),
            ("$ -", "0"),
        ];
        for (text, value) in plain {
            assert_eq!(read(text), Some((value.to_owned(), false, false)), "{text}");
        }
        assert_eq!(read("12 %"), Some(("12".to_owned(), true, false)));
        assert_eq!(read("(12,5 %)"), Some(("-12.5".to_owned(), true, false)));
    }

    #[test]
    fn one_mark_before_three_digits_is_said_to_be_doubtful() {
        assert_eq!(read("1,234"), Some(("1234".to_owned(), false, true)));
        assert_eq!(read("1.234"), Some(("1234".to_owned(), false, true)));
        let known = read_number("1.234", Some(DecimalMark::Point), 2).unwrap();
        assert_eq!((known.value.to_string().as_str(), known.ambiguous), ("1.234", false));
        assert_eq!(read_number("1.234", None, 3).unwrap().value.to_string(), "1.234");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["", "tbd", "12 weeks", "1,23,4", "1.2.3,4,5", "1,2345.6", "(5", "5)", "--5", "1e5", "€", "%"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn currencies_are_named_by_their_signs_and_codes() {
        let named = |text: &str| read_number(text, None, 2).unwrap().currency.map(|code| code.to_string());
        assert_eq!(named("€5"), Some("EUR".to_owned()));
        assert_eq!(named("US$5"), Some("USD".to_owned()));
        assert_eq!(named("5 gbp"), Some("GBP".to_owned()));
        assert_eq!(named("$5"), None);
    }

    #[test]
    fn a_text_betrays_its_decimal_mark() {
        assert_eq!(mark_of("1 234,5"), Some(DecimalMark::Comma));
        assert_eq!(mark_of("1,234,567"), Some(DecimalMark::Point));
        assert_eq!(mark_of("0,125"), Some(DecimalMark::Comma));
        assert_eq!(mark_of("1,234"), None);
        assert_eq!(mark_of("Lot 1.5"), None);
    }
}
