//! Days and periods as statements write them.

use recoup_calendar::{Date, Period, Quarter, YearMonth};

use crate::text::plain;

/// Which comes first in `03/04/2029`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// The day: 3 April.
    DayFirst,
    /// The month: March 4.
    MonthFirst,
}

/// Beginnings of the names of months in English and French, as they are compared.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier", "janv"],
    &["february", "feb", "fevrier", "fevr", "fev"],
    &["march", "mar", "mars"],
    &["april", "apr", "avril", "avr"],
    &["may", "mai"],
    &["june", "jun", "juin"],
    &["july", "jul", "juillet", "juil"],
    &["august", "aug", "aout"],
    &["september", "sept", "sep", "septembre"],
    &["october", "oct", "octobre"],
    &["november", "nov", "novembre"],
    &["december", "dec", "decembre"],
];

/// Reads a day: `2029-03-31`, `31/03/2029`, `31 March 2029`, `March 31, 2029`.
#[must_use]
pub fn read_day(text: &str, order: DayOrder) -> Option<Date> {
    let text = text.trim();
    if let Some(Ok(day)) = text.get(..10).map(str::parse::<Date>)
        && text.get(10..).is_none_or(|rest| rest.is_empty() || rest.starts_with(['T', ' ']))
    {
        return Some(day);
    }
    let words = words(text);
    let [one, two, three] = words.as_slice() else { return None };
    let number = |word: &str| word.parse::<i32>().ok();
    if let Some(month) = month_named(two) {
        return Date::new(year(three)?, month, number(one.trim_end_matches(char::is_alphabetic))?).ok();
    }
    if let Some(month) = month_named(one) {
        return Date::new(year(three)?, month, number(two.trim_end_matches(char::is_alphabetic))?).ok();
    }
    if one.len() == 4 {
        return Date::new(number(one)?, number(two)?, number(three)?).ok();
    }
    let (day, month) = match order {
        DayOrder::DayFirst => (number(one)?, number(two)?),
        DayOrder::MonthFirst => (number(two)?, number(one)?),
    };
    Date::new(year(three)?, month, day).ok()
}

/// What the days of a text in figures say about their order: both numbers before the year, where one is no month.
pub(super) fn order_of(text: &str) -> Option<DayOrder> {
    let words = words(text);
    let [one, two, three] = words.as_slice() else { return None };
    let (one, two) = (one.parse::<u32>().ok()?, two.parse::<u32>().ok()?);
    year(three)?;
    match (one, two) {
        (13..=31, 1..=12) => Some(DayOrder::DayFirst),
        (1..=12, 13..=31) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// Whether a day in figures means another one in the other order.
pub(super) fn is_doubtful(text: &str) -> bool {
    let read = |order| read_day(text, order);
    read(DayOrder::DayFirst) != read(DayOrder::MonthFirst)
}

/// Reads the days of a period: two days, a quarter, a half, a month or a year.
#[must_use]
pub fn read_period(text: &str, order: DayOrder) -> Option<Period> {
    for mark in ["–", "—", "→", " - ", " to ", " until ", " au ", " à ", " bis ", "..", "/"] {
        // A date holds slashes of its own.
        let (from, to) = match mark {
            "/" if text.matches('/').count() != 1 => continue,
            _ => match text.split_once(mark) {
                Some(sides) => sides,
                None => continue,
            },
        };
        let from = from.trim().trim_start_matches("du ").trim_start_matches("from ");
        if let (Some(from), Some(to)) = (read_day(from, order), read_day(to, order)) {
            return Period::new(from, to).ok();
        }
        if let (Some(from), Some(to)) = (stretch(from), stretch(to)) {
            return Period::new(from.start, to.end).ok();
        }
    }
    stretch(text).or_else(|| read_day(text, order).and_then(|day| Period::new(day, day).ok()))
}

/// A quarter, half, month or year by its words.
fn stretch(text: &str) -> Option<Period> {
    let words = words(text);
    if words.len() > 5 {
        return None;
    }
    let year = words.iter().find_map(|word| if word.len() == 4 { year(word) } else { None });
    let year = year.or_else(|| words.last().filter(|_| words.len() > 1).and_then(|word| self::year(word)))?;
    let others: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| {
            self::year(word) != Some(year) || word.len() < 4 && words.iter().any(|one| one.len() == 4)
        })
        .collect();
    if others.is_empty() {
        return Period::new(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?).ok();
    }
    if let Some(part) = quarter(&others) {
        return Some(Quarter::new(year, part).ok()?.period());
    }
    if let Some(half) = half(&others) {
        let first = YearMonth::new(year, 6 * half - 5).ok()?;
        return Period::new(first.first_day(), first.add_months(5).ok()?.last_day()).ok();
    }
    if others.iter().any(|word| matches!(*word, "year" | "annee" | "fy" | "exercice")) && others.len() == 1 {
        return Period::new(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?).ok();
    }
    let [month] = others.as_slice() else { return None };
    let month = month_named(month).or_else(|| month.parse().ok().filter(|_| month.len() <= 2))?;
    Some(YearMonth::new(year, month).ok()?.period())
}

/// `q1`, `t1`, `1q`, `1 quarter`, `1st quarter`, `1er trimestre`, `first quarter`.
fn quarter(words: &[&str]) -> Option<i32> {
    part(words, &["q", "t"], &["quarter", "qtr", "trimestre", "trim"]).filter(|part| (1..=4).contains(part))
}

/// `h1`, `s1`, `1st half`, `1er semestre`.
fn half(words: &[&str]) -> Option<i32> {
    part(words, &["h", "s"], &["half", "semester", "semestre"]).filter(|part| (1..=2).contains(part))
}

fn part(words: &[&str], letters: &[&str], names: &[&str]) -> Option<i32> {
    let glued = |word: &str| {
        let head = letters.iter().find_map(|letter| word.strip_prefix(letter));
        let tail = letters.iter().find_map(|letter| word.strip_suffix(letter));
        head.or(tail).and_then(|number| number.parse().ok())
    };
    match words {
        [word] => glued(word),
        [one, two] if names.contains(two) || letters.contains(two) => ordinal(one),
        [one, two] if names.contains(one) || letters.contains(one) => ordinal(two),
        _ => None,
    }
}

fn ordinal(word: &str) -> Option<i32> {
    let named = [
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
        ("premier", 1),
        ("deuxieme", 2),
        ("troisieme", 3),
        ("quatrieme", 4),
    ];
    let by_name = named.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    by_name.or_else(|| word.trim_end_matches(char::is_alphabetic).parse().ok())
}

fn words(text: &str) -> Vec<String> {
    plain(text)
        .split(' ')
        .filter(|word| !word.is_empty() && *word != "de")
        .take(8)
        .map(str::to_owned)
        .collect()
}

fn month_named(word: &str) -> Option<i32> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    i32::try_from(at + 1).ok()
}

/// A year of four figures, or of two in this century.
fn year(word: &str) -> Option<i32> {
    let figures = word.chars().all(|c| c.is_ascii_digit());
    let number: i32 = word.parse().ok().filter(|_| figures)?;
    match word.len() {
        4 if (1950..2200).contains(&number) => Some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        read_day(text, DayOrder::DayFirst).map(|day| day.to_string())
    }

    fn period(text: &str) -> Option<String> {
        read_period(text, DayOrder::DayFirst).map(|period| format!("{} {}", period.start, period.end))
    }

    #[test]
    fn days_are_read_as_statements_write_them() {
        let march = Some("2029-03-31".to_owned());
        for text in [
            "2029-03-31",
            "2029-03-31T00:00:00",
            "31/03/2029",
            "31.03.2029",
            "31-03-29",
            "31 March 2029",
            "March 31, 2029",
            "31 mars 2029",
            "31 Mar. 2029",
            "2029/03/31",
            "31st March 2029",
        ] {
            assert_eq!(day(text), march, "{text}");
        }
        assert_eq!(read_day("03/31/2029", DayOrder::MonthFirst).unwrap().to_string(), "2029-03-31");
        for text in ["", "31/13/2029", "Tuesday", "31 03", "2029", "1/2/3/4", "99/99/9999"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_of_figures_is_told_by_those_that_are_no_month() {
        assert_eq!(order_of("31/03/2029"), Some(DayOrder::DayFirst));
        assert_eq!(order_of("03/31/2029"), Some(DayOrder::MonthFirst));
        assert_eq!(order_of("03/04/2029"), None);
        assert!(is_doubtful("03/04/2029") && !is_doubtful("03/03/2029") && !is_doubtful("2029-03-04"));
    }

    #[test]
    fn periods_are_read_by_their_words() {
        let first = Some("2029-01-01 2029-03-31".to_owned());
        for text in [
            "Q1 2029",
            "2029-Q1",
            "T1 2029",
            "1Q 2029",
            "1st quarter 2029",
            "First Quarter, 2029",
            "1er trimestre 2029",
            "2029 Q1",
            "01/01/2029 – 31/03/2029",
            "1 January 2029 to 31 March 2029",
            "du 1 janvier 2029 au 31 mars 2029",
            "2029-01-01/2029-03-31",
            "January 2029 - March 2029",
            "Q1 29",
        ] {
            assert_eq!(period(text), first, "{text}");
        }
        assert_eq!(period("H2 2029").as_deref(), Some("2029-07-01 2029-12-31"));
        assert_eq!(period("2e semestre 2029").as_deref(), Some("2029-07-01 2029-12-31"));
        assert_eq!(period("March 2029").as_deref(), Some("2029-03-01 2029-03-31"));
        assert_eq!(period("2029-02").as_deref(), Some("2029-02-01 2029-02-28"));
        assert_eq!(period("2029").as_deref(), Some("2029-01-01 2029-12-31"));
        for text in ["", "Q5 2029", "Q1", "31/03/2029 – 01/01/2029", "total 2029", "1 2 3 4 5 6 7"] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
