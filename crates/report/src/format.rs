//! Figures as words, in the way each language writes them.

use recoup_calendar::{Date, YearMonth};
use recoup_explain::{Absence, Quantity};
use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use crate::edition::Language;
use crate::table::ColumnKind;
use crate::words::Words;

/// How a language writes figures: English `1,234.5`, French `1 234,5` with a narrow no-break space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    words: &'static Words,
    group: char,
    point: char,
}

impl Figures {
    /// The figures of a language.
    pub(crate) fn of(language: Language) -> Self {
        let (group, point) = match language {
            Language::English => (',', '.'),
            Language::French => ('\u{202f}', ','),
        };
        Self { words: Words::of(language), group, point }
    }

    /// A figure as its column shows it. Zero is a dash; what is unknown says so, never 0.
    pub(crate) fn set(self, quantity: &Quantity, kind: ColumnKind) -> String {
        match quantity {
            Quantity::Money(amount) => self.money(*amount),
            Quantity::Number(number) => match kind {
                ColumnKind::Percent => self.percent(*number, 1),
                ColumnKind::Rate => self.percent(*number, 2),
                ColumnKind::Multiple => format!("{}\u{a0}×", self.decimals(*number, 2)),
                ColumnKind::Money => self.whole(*number),
                ColumnKind::Number | ColumnKind::Text | ColumnKind::Tag => self.plain(*number),
            },
            Quantity::Flag(flag) => self.words.own(if *flag { "figure.yes" } else { "figure.no" }),
            Quantity::Date(date) => self.day(*date),
            Quantity::Absent(_) => self.words.own("figure.none"),
        }
    }

    /// A figure in running text: money with its currency, a fraction with its sign.
    pub(crate) fn prose(self, quantity: &Quantity, kind: ColumnKind) -> String {
        match (quantity, kind) {
            (Quantity::Money(amount), _) => self.amount(*amount),
            (Quantity::Number(number), ColumnKind::Percent) => {
                format!("{}\u{202f}%", self.percent(*number, 1))
            }
            (Quantity::Number(number), ColumnKind::Rate) => format!("{}\u{202f}%", self.percent(*number, 2)),
            _ => self.set(quantity, kind),
        }
    }

    /// An amount in whole units, grouped, negatives in parentheses.
    pub(crate) fn money(self, amount: Money) -> String {
        self.whole(amount.to_decimal())
    }

    /// An amount in prose with its currency: before it in English, behind it in French.
    pub(crate) fn amount(self, amount: Money) -> String {
        let whole = self.signed(Rounding::HalfUp.apply(amount.to_decimal(), 0), 0);
        let code = amount.currency();
        match self.words.language() {
            Language::English => format!("{}\u{a0}{whole}", code.code()),
            Language::French => format!("{whole}\u{a0}{}", code.code()),
        }
    }

    /// A fraction in percent without the sign, for a column headed %.
    pub(crate) fn percent(self, fraction: Decimal, places: u32) -> String {
        self.signed(Rounding::HalfUp.apply(fraction * Decimal::ONE_HUNDRED, places), places)
    }

    /// A typed share in percent with its sign and as many decimals as it has.
    pub(crate) fn share(self, fraction: Decimal) -> String {
        let value = Rounding::HalfUp.apply(fraction * Decimal::ONE_HUNDRED, 2).normalize();
        format!("{}\u{202f}%", self.signed(value, value.scale()))
    }

    /// A level of a chart's axis: as many decimals as it has.
    pub(crate) fn level(self, level: Decimal) -> String {
        let level = level.normalize();
        self.signed(level, level.scale())
    }

    /// A word of the language.
    pub(crate) fn word(self, key: &str) -> String {
        self.words.own(key)
    }

    /// A day: 15 Jun 2029, 1er mars 2029.
    pub(crate) fn day(self, date: Date) -> String {
        let month = self.month_name(date.month());
        match (self.words.language(), date.day()) {
            (Language::French, 1) => format!("1er\u{a0}{month} {}", date.year()),
            (Language::French | Language::English, day) => format!("{day}\u{a0}{month} {}", date.year()),
        }
    }

    /// A month: Jun 2029, juin 2029.
    pub(crate) fn month(self, month: YearMonth) -> String {
        format!("{}\u{a0}{}", self.month_name(month.month()), month.year())
    }

    /// The short name of a month, 1 to 12.
    pub(crate) fn month_name(self, month: i32) -> &'static str {
        let names: Vec<&'static str> = self.words.say("figure.months").split(' ').collect();
        usize::try_from(month - 1).ok().and_then(|month| names.get(month)).copied().unwrap_or("?")
    }

    /// Why there is no figure.
    pub(crate) fn reason(self, absence: &Absence) -> String {
        match absence {
            Absence::Missing { path } => self.words.with("figure.missing", &[("path", path)]),
            Absence::Arithmetic { message } | Absence::Undefined { message } => self
                .words
                .find(&format!("absence.{}", slug(message)))
                .map_or_else(|| message.to_string(), str::to_owned),
        }
    }

    fn whole(self, amount: Decimal) -> String {
        let whole = Rounding::HalfUp.apply(amount, 0);
        if whole.is_zero() { "–".to_owned() } else { self.signed(whole, 0) }
    }

    fn decimals(self, number: Decimal, places: u32) -> String {
        self.signed(Rounding::HalfUp.apply(number, places), places)
    }

    /// A count, grouped.
    pub(crate) fn count(self, number: u64) -> String {
        self.signed(Decimal::from(number), 0)
    }

    /// A figure in a sentence about gains and losses, where a minus reads better than parentheses.
    pub(crate) fn told(self, quantity: &Quantity, kind: ColumnKind) -> String {
        minus(&self.prose(quantity, kind))
    }

    /// A number in whole units, grouped.
    pub(crate) fn grouped(self, number: Decimal) -> String {
        self.signed(Rounding::HalfUp.apply(number, 0), 0)
    }

    /// A standard error, with one more decimal than the figure it belongs to; what is too small to be said is below the last.
    pub(crate) fn error(self, quantity: &Quantity, kind: ColumnKind) -> String {
        let (number, places) = match (quantity, kind) {
            (Quantity::Money(amount), _) => (amount.to_decimal(), 0),
            (Quantity::Number(number), ColumnKind::Percent) => (*number * Decimal::ONE_HUNDRED, 2),
            (Quantity::Number(number), ColumnKind::Multiple) => (*number, 3),
            (Quantity::Number(number), _) => (*number, 1),
            (Quantity::Flag(_) | Quantity::Date(_) | Quantity::Absent(_), _) => return String::new(),
        };
        let rounded = Rounding::HalfUp.apply(number, places);
        if rounded.is_zero() {
            let least = Decimal::new(1, places);
            return format!("<\u{202f}{}", self.signed(least, places));
        }
        format!("±{}", self.signed(rounded, places))
    }

    /// A number with as many decimals as it has, at most six.
    fn plain(self, number: Decimal) -> String {
        let number = Rounding::HalfUp.apply(number, 6).normalize();
        if number.is_zero() { "–".to_owned() } else { self.signed(number, number.scale()) }
    }

    fn signed(self, number: Decimal, places: u32) -> String {
        let text = format!("{:.*}", places as usize, number.abs());
        let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
        let mut grouped = String::with_capacity(text.len() + text.len());
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                grouped.push(self.group);
            }
            grouped.push(digit);
        }
        if let Some(fraction) = fraction {
            grouped.push(self.point);
            grouped.push_str(fraction);
        }
        if number.is_sign_negative() && !number.is_zero() { format!("({grouped})") } else { grouped }
    }
}

/// Parentheses around a negative number as a minus before it.
pub(crate) fn minus(text: &str) -> String {
    match text.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?))) {
        Some((before, (number, after))) => format!("{before}−{number}{after}"),
        None => text.to_owned(),
    }
}

/// The name of a sentence: its letters and digits, joined.
pub(crate) fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use recoup_money::Currency;

    use super::*;

    #[test]
    fn negatives_stand_in_parentheses_and_zero_is_a_dash() {
        let usd = Currency::from_code("USD").unwrap();
        let english = Figures::of(Language::English);
        assert_eq!(english.money(Money::new(3_284_352_500, usd)), "32,843,525");
        assert_eq!(english.money(Money::new(-254_722_450, usd)), "(2,547,225)");
        assert_eq!(english.money(Money::new(49, usd)), "–");
        assert_eq!(english.amount(Money::new(100_000, usd)), "USD\u{a0}1,000");
        assert_eq!(english.percent(Decimal::new(85, 3), 2), "8.50");
        let loss = Quantity::Number(Decimal::new(-337, 3));
        assert_eq!(english.told(&loss, ColumnKind::Percent), "−33.7\u{202f}%");
        assert_eq!(english.error(&Quantity::Number(Decimal::new(12, 4)), ColumnKind::Percent), "±0.12");
        assert_eq!(english.error(&Quantity::Number(Decimal::ZERO), ColumnKind::Multiple), "<\u{202f}0.001");
        let multiple = Quantity::Number(Decimal::new(134, 2));
        assert_eq!(english.set(&multiple, ColumnKind::Multiple), "1.34\u{a0}×");
    }

    #[test]
    fn french_groups_with_a_narrow_space_and_puts_the_currency_behind() {
        let eur = Currency::from_code("EUR").unwrap();
        let french = Figures::of(Language::French);
        assert_eq!(french.money(Money::new(-254_722_450, eur)), "(2\u{202f}547\u{202f}225)");
        assert_eq!(french.amount(Money::new(3_284_352_500, eur)), "32\u{202f}843\u{202f}525\u{a0}EUR");
        assert_eq!(french.percent(Decimal::new(85, 3), 1), "8,5");
        assert_eq!(french.day(Date::new(2029, 3, 1).unwrap()), "1er\u{a0}mars 2029");
        assert_eq!(french.day(Date::new(2028, 12, 31).unwrap()), "31\u{a0}déc. 2028");
        assert_eq!(french.share(Decimal::new(875, 3)), "87,5\u{202f}%");
    }
}
