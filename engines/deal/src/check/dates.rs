//! Dates: is the schedule there, in order, and not already past.

use recoup_calendar::Date;

use crate::document::Deal;
use crate::finding::Finding;
use crate::milestone::Milestone;
use crate::schedule::{Delivery, Phase, PhaseSpan, ProjectStatus};
use crate::timeline::Timeline;

/// A start in the past is worth knowing; a film still in development cannot have one.
pub(super) fn start(deal: &Deal, out: &mut Vec<Finding>) {
    let Some(start) = deal.schedule.start.filter(|start| *start < deal.as_of) else { return };
    let message = format!("Pre-production starts on {start}, before the day of this deal ({}).", deal.as_of);
    let remedy = "Move the start, or set the status to what has been reached.";
    let early = [ProjectStatus::Concept, ProjectStatus::Development];
    out.push(if deal.schedule.status.is_some_and(|status| early.contains(&status)) {
        Finding::blocker("START_IN_PAST", "schedule.start", message, remedy)
    } else {
        Finding::note("START_IN_PAST", "schedule.start", message, remedy)
    });
}

/// Without a start, a delivery and a release nothing can be dated.
pub(super) fn missing(deal: &Deal, out: &mut Vec<Finding>) {
    let schedule = &deal.schedule;
    let mut ask = |code, path, what: &str, remedy| {
        out.push(Finding::question(code, path, format!("{what} is not known."), remedy));
    };
    if schedule.start.is_none() {
        ask("MISSING_START", "schedule.start", "The start of pre-production", "Type the day.");
    }
    if final_delivery(deal).is_none() {
        ask(
            "MISSING_DELIVERY",
            "schedule.deliveries",
            "The day of final delivery",
            "Add a delivery with a day.",
        );
    }
    if schedule.release.as_ref().is_none_or(|release| release.date.is_none()) {
        ask("MISSING_RELEASE", "schedule.release.date", "The day of first release", "Type the day.");
    }
}

/// Greenlight, start, deliveries and release follow each other.
pub(super) fn order(deal: &Deal, out: &mut Vec<Finding>) {
    let (schedule, timeline) = (&deal.schedule, Timeline::of(deal));
    let mut dated = vec![
        ("the greenlight", "schedule.greenlight".to_owned(), schedule.greenlight),
        ("the start", "schedule.start".to_owned(), schedule.start),
    ];
    for delivery in &schedule.deliveries {
        let path = format!("schedule.deliveries[{}]", delivery.id);
        dated.push(("a delivery", path, delivered_on(&timeline, delivery)));
    }
    let release = schedule.release.as_ref().and_then(|release| release.date);
    dated.push(("the release", "schedule.release.date".to_owned(), release));
    let known: Vec<_> = dated.into_iter().filter_map(|(what, path, day)| Some((what, path, day?))).collect();
    for pair in known.windows(2) {
        let [(first, _, before), (second, path, after)] = pair else { continue };
        if after < before {
            out.push(Finding::blocker(
                "DATES_OUT_OF_ORDER",
                path,
                format!("The day of {second} ({after}) lies before the day of {first} ({before})."),
                "Correct one of the two days.",
            ));
        }
    }
}

/// The phases fit between start and final delivery.
pub(super) fn phases(deal: &Deal, out: &mut Vec<Finding>) {
    let schedule = &deal.schedule;
    let (Some(start), Some(delivery)) = (schedule.start, final_delivery(deal)) else { return };
    let mut at = 0;
    // Development without a month of its own lies before month 0.
    let counted = |span: &&PhaseSpan| span.phase != Phase::Development || span.start_month.is_some();
    for span in schedule.phases.iter().filter(counted) {
        let first = span.start_month.unwrap_or(at);
        let Some(months) = span.months else { continue };
        let after = first.saturating_add(i32::try_from(months).unwrap_or(i32::MAX));
        if span.phase != Phase::Development {
            at = after;
        }
        let Ok(end) = start.add_months(after) else { continue };
        if end > delivery {
            out.push(Finding::question(
                "PHASE_AFTER_DELIVERY",
                format!("schedule.phases[{}]", span.id),
                format!("This phase ends on {end}, after the final delivery on {delivery}."),
                "Shorten the phase or move the delivery.",
            ));
        }
    }
}

/// The day of a delivery; an axis without any knows a likely one, which nobody has agreed.
fn delivered_on(timeline: &Timeline, delivery: &Delivery) -> Option<Date> {
    delivery.date.or(delivery
        .month
        .and_then(|_| timeline.days(&Milestone::Delivery(delivery.id.clone())).first().map(|(day, _)| *day)))
}

/// The day of the last delivery the schedule names.
fn final_delivery(deal: &Deal) -> Option<Date> {
    delivered_on(&Timeline::of(deal), deal.schedule.deliveries.last()?)
}
