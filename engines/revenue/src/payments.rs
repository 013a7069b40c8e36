//! A licence fee that is paid in parts, each on an event of the making.

use recoup_calendar::{Date, Period};
use recoup_deal::revenue::RevenueSource;
use recoup_deal::{Deal, PaymentStep, Timeline};
use recoup_explain::{Book, Cells, NodeId, Operation, Quantity};
use rust_decimal::Decimal;

use crate::profile::Part;

/// The days on which the parts fall due, before any reporting lag, each with its step and its weight within it;
/// none where the schedule does not date one of them.
pub(crate) fn days<'s>(
    timeline: &Timeline,
    source: &'s RevenueSource,
) -> Option<Vec<(&'s PaymentStep, Date, Decimal)>> {
    let mut found = Vec::new();
    for step in &source.payments {
        let days = timeline.days(&step.on);
        if days.is_empty() {
            return None;
        }
        let lag = i32::try_from(step.lag_months.unwrap_or(0)).ok()?;
        for (day, weight) in days {
            found.push((step, day.add_months(lag).ok()?, weight));
        }
    }
    Some(found)
}

/// The parts as the quarters in which they are paid.
pub(crate) fn parts(
    timeline: &Timeline,
    source: &RevenueSource,
    cells: &Cells,
    book: &mut Book,
) -> Option<Vec<Part>> {
    let lag = i32::try_from(source.reporting_lag_months.unwrap_or(0)).ok()?;
    let due = days(timeline, source)?;
    let mut found = Vec::with_capacity(due.len());
    for (step, day, weight) in &due {
        let of_step = || due.iter().filter(|(other, _, _)| other.id == step.id).map(|(_, _, weight)| *weight);
        let weight = weight_of(source, step, (*weight, of_step().sum(), of_step().count()), cells, book);
        let paid_in = day.add_months(lag).ok()?.year_month().quarter();
        let month = day.year_month();
        let earned = Period::new(month.first_day(), month.last_day()).ok()?;
        found.push(Part { paid_in, earned, weight });
    }
    Some(found)
}

/// A step's share; where it falls on several deliveries, the part of it that one of them brings.
fn weight_of(
    source: &RevenueSource,
    step: &PaymentStep,
    (weight, whole, count): (Decimal, Decimal, usize),
    cells: &Cells,
    book: &mut Book,
) -> NodeId {
    let path = format!("revenue.sources[{}].payments[{}]", source.id, step.id);
    let share = cells.number(book, format!("{path}.share"), Some(step.share));
    if count == 1 {
        return share;
    }
    let part = weight.checked_div(whole).unwrap_or_default();
    let part = cells.usual(book, path, part, "in proportion to the episodes of the delivery");
    book.compute(Operation::Product, &[share, part])
}

/// The cells that decide on which days the parts are paid.
pub(crate) fn grounds(deal: &Deal, source: &RevenueSource) -> Vec<(String, Quantity)> {
    let path = format!("revenue.sources[{}]", source.id);
    let steps = source.payments.iter();
    let mut found: Vec<(String, Quantity)> = steps
        .flat_map(|step| deal.step_grounds(step, &format!("{path}.payments[{}]", step.id)))
        .map(|ground| (ground.path, ground.value.either(Quantity::Date, Quantity::Number)))
        .collect();
    if let Some(months) = source.reporting_lag_months {
        found.push((format!("{path}.reporting_lag_months"), Quantity::Number(months.into())));
    }
    found
}
