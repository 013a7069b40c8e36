//! Operations over dates.

use rust_decimal::prelude::ToPrimitive;

use super::{Absence, Answer, Operation, Quantity, date, dated, first, number, two};

fn outside() -> Absence {
    Absence::arithmetic("the date lies outside the calendar")
}

pub(super) fn evaluate(operation: Operation, inputs: &[&Quantity]) -> Answer {
    match operation {
        Operation::YearFraction { day_count } => {
            let [from, to] = two(inputs)?;
            Ok(Quantity::Number(day_count.year_fraction(date(from)?, date(to)?)))
        }
        Operation::Growth { day_count } => {
            let [rate, from, to] = inputs else { return Err(outside()) };
            let grown = day_count.growth(number(rate)?, date(from)?, date(to)?);
            grown.map(Quantity::Number).ok_or_else(|| Absence::arithmetic("growth beyond all bounds"))
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
