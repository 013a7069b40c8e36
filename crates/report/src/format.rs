//! Figures as words, English.

use recoup_calendar::Date;
use recoup_explain::Quantity;
use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use crate::document::ColumnKind;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A figure as its column shows it. Zero is a dash; what is unknown is `n/a`, never 0.
pub(crate) fn figure(quantity: &Quantity, kind: ColumnKind) -> String {
    match quantity {
        Quantity::Money(amount) => money(*amount),
        Quantity::Number(number) => match kind {
            ColumnKind::Percent => percent(*number, 1),
            ColumnKind::Rate => percent(*number, 2),
            ColumnKind::Multiple => format!("{} ×", decimals(*number, 2)),
            _ => plain(*number),
        },
        Quantity::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Quantity::Date(date) => day(*date),
        Quantity::Absent(_) => "n/a".to_owned(),
    }
}

/// An amount in whole units, thousands separated, negatives in parentheses.
pub(crate) fn money(amount: Money) -> String {
    let whole = Rounding::HalfUp.apply(amount.to_decimal(), 0);
    if whole.is_zero() { "–".to_owned() } else { signed(whole, 0) }
}

/// An amount in prose: currency code before, no-break space.
pub(crate) fn prose(amount: Money) -> String {
    let whole = Rounding::HalfUp.apply(amount.to_decimal(), 0);
    format!("{}\u{a0}{}", amount.currency().code(), signed(whole, 0))
}

/// A fraction in percent without the sign, for a column headed %.
pub(crate) fn percent(fraction: Decimal, places: u32) -> String {
    let value = Rounding::HalfUp.apply(fraction * Decimal::ONE_HUNDRED, places);
    signed(value, places)
}

/// A day: 15 Jun 2029.
pub(crate) fn day(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied();
    format!("{} {} {}", date.day(), month.unwrap_or("?"), date.year())
}

fn decimals(number: Decimal, places: u32) -> String {
    signed(Rounding::HalfUp.apply(number, places), places)
}

/// A number with as many decimals as it has, at most six.
fn plain(number: Decimal) -> String {
    let number = Rounding::HalfUp.apply(number, 6).normalize();
    if number.is_zero() { "–".to_owned() } else { signed(number, number.scale()) }
}

fn signed(number: Decimal, places: u32) -> String {
    let text = format!("{:.*}", places as usize, number.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut grouped = String::with_capacity(text.len() + text.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    if number.is_sign_negative() && !number.is_zero() { format!("({grouped})") } else { grouped }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use recoup_money::Currency;

    use super::*;

    #[test]
    fn negatives_stand_in_parentheses_and_zero_is_a_dash() {
        let usd = Currency::from_code("USD").unwrap();
        assert_eq!(money(Money::new(3_284_352_500, usd)), "32,843,525");
        assert_eq!(money(Money::new(-254_722_450, usd)), "(2,547,225)");
        assert_eq!(money(Money::new(49, usd)), "–");
        assert_eq!(prose(Money::new(100_000, usd)), "USD\u{a0}1,000");
        assert_eq!(percent(Decimal::new(85, 3), 2), "8.50");
        assert_eq!(figure(&Quantity::Number(Decimal::new(134, 2)), ColumnKind::Multiple), "1.34 ×");
    }
}
