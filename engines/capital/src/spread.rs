//! In which months of its phase a budget line is spent.

use recoup_calendar::Date;
use recoup_deal::{BudgetLine, Deal, Ground, Milestone, Phase, SpendCurve, Timeline};
use recoup_explain::{Book, Cells, NodeId};
use rust_decimal::Decimal;

use crate::axis::Axis;

/// First month and number of months of a phase. A phase that the schedule does not have: development falls
/// on the first month, delivery on the last, anything else runs from start to final delivery.
pub(crate) fn span(phase: Phase, timeline: &Timeline, axis: &Axis) -> (usize, usize) {
    if let Some(span) = timeline.phase(phase) {
        // A phase beyond the longest axis is a slip of the pen: its months must not be counted out one by one.
        let first = axis.index_of(span.first.first_day());
        let count = usize::try_from(span.months).unwrap_or(1).clamp(1, axis.len() - first);
        return (first, count);
    }
    let start = timeline.start().map_or(0, |start| axis.index_of(start));
    let end = timeline.final_delivery().map_or(start, |end| axis.index_of(end)).max(start);
    match phase {
        Phase::Development => (start, 1),
        Phase::Delivery => (end, 1),
        Phase::PreProduction | Phase::Production | Phase::PostProduction => (start, end - start + 1),
    }
}

/// What decides in which months a phase's money is spent.
pub(crate) fn span_grounds(phase: Phase, deal: &Deal, timeline: &Timeline) -> Vec<Ground> {
    if timeline.phase(phase).is_some() {
        return deal.grounds(&Milestone::EndOf(phase), "");
    }
    let mut grounds = deal.grounds(&Milestone::Start, "");
    grounds.extend(deal.grounds(&Milestone::FinalDelivery, ""));
    grounds
}

/// The last day of a line whose months are typed, which may lie beyond its phase.
pub(crate) fn last_day(line: &BudgetLine, timeline: &Timeline) -> Option<Date> {
    let months = i32::try_from(line.months.len()).ok().filter(|months| *months > 0)? - 1;
    let first = match (timeline.phase(line.spent_in()), line.spent_in()) {
        (Some(span), _) => span.first,
        (None, Phase::Delivery) => timeline.final_delivery()?.year_month(),
        (None, _) => timeline.start()?.year_month(),
    };
    first.add_months(months).ok().map(|month| month.last_day())
}

/// Months from the first, each with its weight: as typed, else by the curve of the line, else by that of its phase.
/// `room` is how many months the axis has left.
pub(crate) fn weights(
    line: &BudgetLine,
    deal: &Deal,
    count: usize,
    room: usize,
    cells: &Cells,
    book: &mut Book,
) -> Vec<(usize, NodeId)> {
    if !line.months.is_empty() {
        let typed = line.months.iter().enumerate().take(room.max(1));
        let path = |offset: usize| format!("budget.lines[{}].months[{offset}]", line.id);
        return typed
            .map(|(offset, weight)| (offset, cells.number(book, path(offset), Some(*weight))))
            .collect();
    }
    let phase = deal.schedule.phases.iter().find(|span| span.phase == line.spent_in());
    let own = || (format!("budget.lines[{}].curve", line.id), line.curve);
    let (path, curve) = match phase.and_then(|span| Some((span, span.curve?))) {
        Some((span, curve)) if line.curve.is_none() => {
            (format!("schedule.phases[{}].curve", span.id), Some(curve))
        }
        _ => own(),
    };
    by_curve(&path, curve.unwrap_or(SpendCurve::Even), count, cells, book)
}

/// The S-curve is the smooth step 3t² − 2t³.
fn by_curve(
    path: &str,
    curve: SpendCurve,
    count: usize,
    cells: &Cells,
    book: &mut Book,
) -> Vec<(usize, NodeId)> {
    let one = |book: &mut Book, source: &str| cells.usual(book, path, Decimal::ONE, source);
    match curve {
        SpendCurve::Even => {
            let weight = one(book, "even within the phase");
            (0..count).map(|offset| (offset, weight)).collect()
        }
        SpendCurve::FirstMonth => vec![(0, one(book, "in the first month of the phase"))],
        SpendCurve::LastMonth => vec![(count - 1, one(book, "in the last month of the phase"))],
        SpendCurve::SCurve => {
            // 3t² − 2t³ at t = i/n is i² (3n − 2i) over n³: one division a month, and no error but that of rounding.
            let months = i64::try_from(count).unwrap_or(1);
            let step = |index: i64| index * index * (3 * months - 2 * index);
            let whole = Decimal::from(months * months * months);
            (0..count)
                .map(|offset| {
                    let index = i64::try_from(offset).unwrap_or(0);
                    let weight = (Decimal::from(step(index + 1) - step(index)) / whole).round_dp(12);
                    let source = format!("S-curve, month {} of {count}", offset + 1);
                    (offset, cells.usual(book, path, weight, &source))
                })
                .collect()
        }
    }
}
