//! Operations over dates.

use recoup_calendar::Date;
use recoup_money::Money;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Absence, Answer, Operation, Quantity, date, dated, first, number, two};

fn outside() -> Absence {
    Absence::arithmetic("the date lies outside the calendar")
}

pub(super) fn evaluate(operation: Operation, inputs: &[Quantity]) -> Answer {
    match operation {
        Operation::YearFraction { day_count } => {
            let [from, to] = two(inputs)?;
            Ok(Quantity::Number(day_count.year_fraction(date(from)?, date(to)?)))
        }
        Operation::AddMonths => {
            let [from, months] = two(inputs)?;
            let months = number(months)?.to_i32().ok_or_else(outside)?;
            date(from)?.add_months(months).map(Quantity::Date).map_err(|_| outside())
        }
        Operation::AddDays => {
            let [from, days] = two(inputs)?;
            let days = number(days)?.to_i64().ok_or_else(outside)?;
            date(from)?.add_days(days).map(Quantity::Date).map_err(|_| outside())
        }
        _ => {
            first(inputs)?;
            let greatest = dated(inputs)?
                .into_iter()
                .reduce(|best, next| if next.1.minor() > best.1.minor() { next } else { best });
            greatest.map(|(on, _)| Quantity::Date(on)).ok_or_else(outside)
        }
    }
}

/// Whole months from the first money in (a negative amount) until as much has come back.
pub(super) fn payback(flows: &[(Date, Money)]) -> Answer {
    let start = flows
        .iter()
        .filter(|(_, amount)| amount.is_negative())
        .map(|(on, _)| *on)
        .min()
        .ok_or_else(|| Absence::undefined("no money was put in"))?;
    let mut ordered = flows.to_vec();
    ordered.sort_by_key(|(on, _)| *on);
    let mut balance: i128 = 0;
    let mut back = None;
    for (on, amount) in &ordered {
        balance += i128::from(amount.minor());
        if balance < 0 {
            back = None;
        } else if *on >= start && back.is_none() {
            back = Some(*on);
        }
    }
    let back = back.ok_or_else(|| Absence::undefined("the money put in does not come back"))?;
    let months = back.year_month().months_since(start.year_month());
    Ok(Quantity::Number(Decimal::from(months)))
}
