//! Dates: is the schedule there, in order, and not already past.

use recoup_calendar::Date;

use crate::document::Deal;
use crate::findings::{Finding, Phrase, Severity};
use crate::milestone::Milestone;
use crate::schedule::{Delivery, Phase, PhaseSpan, ProjectStatus};
use crate::timeline::Timeline;

/// A start in the past is worth knowing; a film still in development cannot have one.
pub(super) fn start(deal: &Deal, out: &mut Vec<Finding>) {
    let Some(start) = deal.schedule.start.filter(|start| *start < deal.as_of) else { return };
    let early = [ProjectStatus::Concept, ProjectStatus::Development];
    let stops = deal.schedule.status.is_some_and(|status| early.contains(&status));
    let severity = if stops { Severity::Blocker } else { Severity::Note };
    out.push(
        Finding::new(severity, "START_IN_PAST", "schedule.start")
            .with("start", start)
            .with("today", deal.as_of),
    );
}

/// Without a start, a delivery and a release nothing can be dated.
pub(super) fn missing(deal: &Deal, out: &mut Vec<Finding>) {
    let schedule = &deal.schedule;
    if schedule.start.is_none() {
        out.push(Finding::new(Severity::Question, "MISSING_START", "schedule.start"));
    }
    if final_delivery(deal).is_none() {
        out.push(Finding::new(Severity::Question, "MISSING_DELIVERY", "schedule.deliveries"));
    }
    if schedule.release.as_ref().is_none_or(|release| release.date.is_none()) {
        out.push(Finding::new(Severity::Question, "MISSING_RELEASE", "schedule.release.date"));
    }
}

/// Greenlight, start, deliveries and release follow each other.
pub(super) fn order(deal: &Deal, out: &mut Vec<Finding>) {
    let (schedule, timeline) = (&deal.schedule, Timeline::of(deal));
    let mut dated = vec![
        ("the_greenlight", "schedule.greenlight".to_owned(), schedule.greenlight),
        ("the_start", "schedule.start".to_owned(), schedule.start),
    ];
    for delivery in &schedule.deliveries {
        let path = format!("schedule.deliveries[{}]", delivery.id);
        dated.push(("a_delivery", path, delivered_on(&timeline, delivery)));
    }
    let release = schedule.release.as_ref().and_then(|release| release.date);
    dated.push(("the_release", "schedule.release.date".to_owned(), release));
    let known: Vec<_> = dated.into_iter().filter_map(|(what, path, day)| Some((what, path, day?))).collect();
    for pair in known.windows(2) {
        let [(first, _, before), (second, path, after)] = pair else { continue };
        if after < before {
            out.push(
                Finding::new(Severity::Blocker, "DATES_OUT_OF_ORDER", path)
                    .with("later", Phrase::new(*second))
                    .with("after", *after)
                    .with("earlier", Phrase::new(*first))
                    .with("before", *before),
            );
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
        // Its last day: a film may be delivered on the day on which the last phase ends.
        let Ok(end) = start.add_months(after).and_then(|next| next.add_days(-1)) else { continue };
        if end > delivery {
            let path = format!("schedule.phases[{}]", span.id);
            out.push(
                Finding::new(Severity::Question, "PHASE_AFTER_DELIVERY", path)
                    .with("end", end)
                    .with("delivery", delivery),
            );
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
