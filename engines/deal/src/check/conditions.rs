//! Conditions precedent: what must be there before money may be drawn is expected, in time, and by somebody.

use recoup_calendar::Date;

use crate::document::Deal;
use crate::findings::{Finding, Severity};
use crate::instrument::{Condition, Instrument};
use crate::timeline::Timeline;

use super::lenders::{first_drawn, gives_nothing};

/// Conditions that are not met are expected on a day that has not passed, and before the money is wanted.
pub(super) fn expected(deal: &Deal, out: &mut Vec<Finding>) {
    let timeline = Timeline::of(deal);
    for instrument in deal.instruments.iter().filter(|one| !gives_nothing(one)) {
        let wanted = first_drawn(instrument, &timeline);
        for condition in instrument.conditions_precedent.iter().filter(|one| one.met != Some(true)) {
            let path = format!("instruments[{}].conditions_precedent[{}]", instrument.id, condition.id);
            out.extend(asked(deal, &timeline, (instrument, condition), wanted, &path));
        }
    }
}

fn asked(
    deal: &Deal,
    timeline: &Timeline,
    (instrument, condition): (&Instrument, &Condition),
    wanted: Option<Date>,
    path: &str,
) -> Option<Finding> {
    let Some(due) = &condition.by else {
        // Of what nothing is said it is taken that it is met at the closing table.
        return (condition.met == Some(false)).then(|| {
            Finding::new(Severity::Question, "CONDITION_OPEN", format!("{path}.by"))
                .with("name", &instrument.name)
                .with("condition", &condition.text)
        });
    };
    let Some(day) = timeline.due(due) else {
        return Some(
            Finding::new(Severity::Question, "CONDITION_UNDATED", format!("{path}.by"))
                .with("name", &instrument.name)
                .with("condition", &condition.text),
        );
    };
    if day < deal.as_of {
        return Some(
            Finding::new(Severity::Question, "CONDITION_OVERDUE", format!("{path}.by"))
                .with("name", &instrument.name)
                .with("condition", &condition.text)
                .with("day", day)
                .with("today", deal.as_of),
        );
    }
    let wanted = wanted.filter(|wanted| *wanted < day)?;
    Some(
        Finding::new(Severity::Question, "CONDITION_LATE", format!("{path}.by"))
            .with("name", &instrument.name)
            .with("condition", &condition.text)
            .with("day", day)
            .with("wanted", wanted)
            .with("days", wanted.days_until(day)),
    )
}
