//! What comes later: days and lengths of the deal, moved by whole quarters or months.
//!
//! A day is no number of a tape: another one changes which quarters there are. So every delay that may be drawn is a
//! deal of its own, computed once.

use recoup_deal::revenue::{RevenueSource, SourceStart};
use recoup_deal::{Deal, Edit, RiskEvent, Timeline};
use serde_json::json;

const MONTHS: i32 = 3;

/// The edits that make something come so many quarters (of a credit: months) later.
pub(crate) fn shifted(deal: &Deal, event: &RiskEvent, by: i32) -> Vec<Edit> {
    if by == 0 {
        return Vec::new();
    }
    match event {
        RiskEvent::SourceDelay(of) => deal
            .revenue
            .sources
            .iter()
            .filter(|source| match of.sources.as_slice() {
                [] => source.sold_by.is_none() || source.distribution.is_some(),
                named => named.contains(&source.id),
            })
            .flat_map(|source| source_later(source, by.saturating_mul(MONTHS)))
            .collect(),
        RiskEvent::DeliveryDelay => delivery_later(deal, by.saturating_mul(MONTHS)),
        RiskEvent::CreditDelay(of) => credit_later(deal, &of.claim, by),
        _ => Vec::new(),
    }
}

fn source_later(source: &RevenueSource, months: i32) -> Vec<Edit> {
    let at = format!("revenue.sources[{}]", source.id);
    if !source.payments.is_empty() {
        return source
            .payments
            .iter()
            .map(|step| {
                let lag = later(step.lag_months.unwrap_or(0), months);
                Edit::set(format!("{at}.payments[{}].lag_months", step.id), lag)
            })
            .collect();
    }
    let start = match &source.start {
        None => json!({ "months_after_release": months }),
        Some(SourceStart::MonthsAfterRelease(after)) => {
            json!({ "months_after_release": after.saturating_add(months) })
        }
        Some(SourceStart::MonthsAfterDelivery(after)) => {
            json!({ "months_after_delivery": after.saturating_add(months) })
        }
        Some(SourceStart::Date(day)) => match day.add_months(months) {
            Ok(day) => json!({ "date": day.to_string() }),
            Err(_) => return Vec::new(),
        },
    };
    vec![Edit::set(format!("{at}.start"), start)]
}

fn delivery_later(deal: &Deal, months: i32) -> Vec<Edit> {
    let mut edits = Vec::new();
    for delivery in &deal.schedule.deliveries {
        let at = format!("schedule.deliveries[{}]", delivery.id);
        if let Some(day) = delivery.date {
            edits.extend(
                day.add_months(months).ok().map(|day| Edit::set(format!("{at}.date"), day.to_string())),
            );
        } else if let Some(month) = delivery.month {
            edits.push(Edit::set(format!("{at}.month"), later(month, months)));
        }
    }
    // Without one the last phase ends with the delivery.
    if deal.schedule.deliveries.is_empty() {
        let day = Timeline::of(deal).final_delivery().and_then(|day| day.add_months(months).ok());
        let added = |day: recoup_calendar::Date| json!({ "id": "final", "date": day.to_string() });
        edits.extend(day.map(|day| Edit::insert("schedule.deliveries", added(day))));
    }
    let release = deal.schedule.release.as_ref().and_then(|release| release.date);
    let release = release.and_then(|day| day.add_months(months).ok());
    edits.extend(release.map(|day| Edit::set("schedule.release.date", day.to_string())));
    edits
}

fn credit_later(deal: &Deal, claim: &str, months: i32) -> Vec<Edit> {
    let Some(typed) = deal.incentives.iter().find(|typed| typed.id == claim) else { return Vec::new() };
    let at = format!("incentives[{claim}]");
    if !typed.instalments.is_empty() {
        return typed
            .instalments
            .iter()
            .map(|step| {
                let lag = later(step.lag_months.unwrap_or(0), months);
                Edit::set(format!("{at}.instalments[{}].lag_months", step.id), lag)
            })
            .collect();
    }
    let due = typed.cash.as_ref().map(|due| due.months.unwrap_or(0).saturating_add(months));
    due.map(|months| Edit::set(format!("{at}.cash.months"), months)).into_iter().collect()
}

/// A length that does not fall below nothing.
fn later(length: u32, months: i32) -> u32 {
    length.saturating_add_signed(months)
}
