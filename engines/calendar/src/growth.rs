//! Growth at an annual effective rate from day to day
//!
//! An internal rate of return is an annual effective rate: an amount grows by `(1 + rate)^years`, where `years` may
//! be any fraction (the definition behind XIRR, with years of 365 days under ACT/365F). Whole years are multiplied
//! out; the rest of a year is `e^(f·ln(1 + rate))`, with `ln(1 + r) = 2·artanh(r / (2 + r))` and both series summed
//! until a term vanishes at the 28 digits of a decimal (Abramowitz & Stegun, 4.1.27 and 4.2.1).

use rust_decimal::Decimal;

use crate::{Date, DayCount};

/// The terms after which a series is given up: a rate so high that it converges no more.
const MOST_TERMS: u32 = 2_000;

impl DayCount {
    /// `(1 + rate)^years − 1` for the years from `start` to `end`; none for a rate at or below −100 %, for days
    /// in the wrong order, and where the result is beyond a decimal.
    #[must_use]
    pub fn growth(self, rate: Decimal, start: Date, end: Date) -> Option<Decimal> {
        let (days, year) = self.year_ratio(start, end);
        let factor = Decimal::ONE.checked_add(rate)?;
        if days < 0 || factor <= Decimal::ZERO {
            return None;
        }
        let mut grown = Decimal::ONE;
        for _ in 0..days / year {
            grown = grown.checked_mul(factor)?;
        }
        let part = Decimal::from(days % year).checked_div(Decimal::from(year))?;
        let rest = exponential(logarithm(rate)?.checked_mul(part)?)?;
        grown.checked_mul(rest)?.checked_sub(Decimal::ONE)
    }
}

/// `ln(1 + rate)`.
fn logarithm(rate: Decimal) -> Option<Decimal> {
    let first = rate.checked_div(Decimal::TWO.checked_add(rate)?)?;
    let square = first.checked_mul(first)?;
    let (mut term, mut sum) = (first, first);
    for place in 1..MOST_TERMS {
        term = term.checked_mul(square)?;
        let part = term.checked_div(Decimal::from(2 * place + 1))?;
        if part.is_zero() {
            return sum.checked_mul(Decimal::TWO);
        }
        sum = sum.checked_add(part)?;
    }
    None
}

fn exponential(power: Decimal) -> Option<Decimal> {
    let (mut term, mut sum) = (Decimal::ONE, Decimal::ONE);
    for place in 1..MOST_TERMS {
        term = term.checked_mul(power)?.checked_div(Decimal::from(place))?;
        if term.is_zero() {
            return Some(sum);
        }
        sum = sum.checked_add(term)?;
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn grown(rate: &str, from: &str, to: &str) -> Decimal {
        DayCount::Act365F.growth(rate.parse().unwrap(), day(from), day(to)).unwrap()
    }

    #[test]
    fn whole_years_compound_exactly() {
        assert_eq!(grown("0.10", "2025-01-01", "2026-01-01"), "0.10".parse().unwrap());
        assert_eq!(grown("0.10", "2025-01-01", "2027-01-01"), "0.21".parse().unwrap());
        assert_eq!(grown("0", "2025-01-01", "2025-07-04"), Decimal::ZERO);
    }

    /// 1.08^(181/365) and 1.21^(1/2 of 730 days), to the digits of an independent computation.
    #[test]
    fn parts_of_a_year_are_powers() {
        let half = grown("0.21", "2025-01-01", "2026-01-01") + Decimal::ONE;
        let root = DayCount::Act360.growth("0.21".parse().unwrap(), day("2025-01-01"), day("2025-06-30"));
        let root = root.unwrap() + Decimal::ONE;
        assert!((root * root - half).abs() < Decimal::new(1, 24), "{root}");
        let close = (1.08f64).powf(181.0 / 365.0) - 1.0;
        let own: f64 = grown("0.08", "2019-01-01", "2019-07-01").to_string().parse().unwrap();
        assert!((own - close).abs() < 1e-15);
    }

    #[test]
    fn growth_does_not_depend_on_where_it_is_cut() {
        let whole = grown("0.125", "2025-03-03", "2028-11-30") + Decimal::ONE;
        let parts = (grown("0.125", "2025-03-03", "2026-08-17") + Decimal::ONE)
            * (grown("0.125", "2026-08-17", "2028-11-30") + Decimal::ONE);
        assert!((whole - parts).abs() < Decimal::new(1, 24));
    }

    #[test]
    fn what_cannot_be_told_is_none() {
        let of = |rate: &str| {
            DayCount::Act365F.growth(rate.parse().unwrap(), day("2025-01-01"), day("2099-01-01"))
        };
        assert_eq!(of("-1"), None);
        assert_eq!(of("1000000"), None);
        assert_eq!(DayCount::Act365F.growth(Decimal::ONE, day("2025-01-02"), day("2025-01-01")), None);
    }
}
