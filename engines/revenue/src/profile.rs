//! How a source's money falls over its quarters, and when each part is paid.

use recoup_calendar::{Period, Quarter, YearMonth};
use recoup_deal::revenue::{RevenueSource, SourceStart, TimingProfile};
use recoup_deal::{Deal, Milestone, Timeline};
use recoup_explain::{Book, Cells, NodeId, Quantity};
use rust_decimal::{Decimal, MathematicalOps};

use crate::payments;
use crate::template::template;

/// A part of a source: the quarter in which it is paid, the months in which it is earned, and its weight.
pub(crate) struct Part {
    pub paid_in: Quarter,
    pub earned: Period,
    pub weight: NodeId,
}

/// When a source runs.
pub(crate) struct Run {
    pub first: YearMonth,
    pub months: u32,
    pub profile: TimingProfile,
}

/// The parts of a source; `None` when the schedule does not say when it begins.
pub(crate) fn parts(
    deal: &Deal,
    timeline: &Timeline,
    source: &RevenueSource,
    cells: &Cells,
    book: &mut Book,
) -> Option<Vec<Part>> {
    if !source.payments.is_empty() {
        return payments::parts(timeline, source, cells, book);
    }
    let run = run(deal, timeline, source)?;
    let lag = i32::try_from(source.reporting_lag_months.unwrap_or(0)).ok()?;
    let chunks = chunks(&run);
    let weights = weights(source, &run.profile, &chunks, cells, book);
    let mut found = Vec::with_capacity(weights.len());
    for (index, weight) in weights {
        let before: u32 = 3 * index;
        let within = chunks.get(index as usize).copied().unwrap_or(3);
        let last = i32::try_from(before + within.max(1)).ok()? - 1;
        let month = run.first.add_months(last + lag).ok()?;
        let first = run.first.add_months(i32::try_from(before).ok()?).ok()?;
        let earned = Period::new(first.first_day(), run.first.add_months(last).ok()?.last_day()).ok()?;
        found.push(Part { paid_in: month.quarter(), earned, weight });
    }
    Some(found)
}

/// What decides in which quarters a source pays: when it starts, how long it runs, how late it reports.
pub(crate) fn grounds(deal: &Deal, source: &RevenueSource) -> Vec<(String, Quantity)> {
    if !source.payments.is_empty() {
        return payments::grounds(deal, source);
    }
    let path = format!("revenue.sources[{}]", source.id);
    let mut found: Vec<(String, Quantity)> = Vec::new();
    let milestone = |milestone: Milestone, found: &mut Vec<(String, Quantity)>| {
        let grounds = deal.grounds(&milestone, &format!("{path}.start"));
        found.extend(grounds.into_iter().map(|g| (g.path, g.value.either(Quantity::Date, Quantity::Number))));
    };
    let count = |word: &str, months: Decimal, found: &mut Vec<(String, Quantity)>| {
        found.push((format!("{path}.{word}"), Quantity::Number(months)));
    };
    match source.start {
        Some(SourceStart::Date(date)) => milestone(Milestone::Date(date), &mut found),
        Some(SourceStart::MonthsAfterDelivery(months)) => {
            milestone(Milestone::FinalDelivery, &mut found);
            count("start.months_after_delivery", months.into(), &mut found);
        }
        Some(SourceStart::MonthsAfterRelease(months)) => {
            milestone(Milestone::Release, &mut found);
            count("start.months_after_release", months.into(), &mut found);
        }
        None => milestone(Milestone::Release, &mut found),
    }
    if let Some(TimingProfile::Typed(steps)) = &source.profile {
        for step in steps {
            count(&format!("profile.typed[{}].quarter", step.id), step.quarter.into(), &mut found);
        }
    }
    for (word, months) in [("months", source.months), ("reporting_lag_months", source.reporting_lag_months)] {
        if let Some(months) = months {
            count(word, months.into(), &mut found);
        }
    }
    found
}

pub(crate) fn run(deal: &Deal, timeline: &Timeline, source: &RevenueSource) -> Option<Run> {
    let usual = deal
        .schedule
        .release
        .as_ref()
        .and_then(|release| release.template)
        .and_then(|plan| template(plan).into_iter().find(|window| window.window == source.window));
    let usual_start = usual.as_ref().map_or(0, |window| i32::try_from(3 * window.first_quarter).unwrap_or(0));
    let first = match source.start {
        Some(SourceStart::Date(date)) => date.year_month(),
        Some(SourceStart::MonthsAfterDelivery(months)) => {
            timeline.final_delivery()?.year_month().add_months(months).ok()?
        }
        Some(SourceStart::MonthsAfterRelease(months)) => {
            timeline.release()?.year_month().add_months(months).ok()?
        }
        None => timeline.release()?.year_month().add_months(usual_start).ok()?,
    };
    let profile = source.profile.clone().or_else(|| usual.as_ref().map(|window| window.profile.clone()));
    let profile = profile.unwrap_or(TimingProfile::Even);
    let usual_months = usual.as_ref().map_or(1, |window| 3 * window.quarters);
    let months = match profile {
        TimingProfile::Lump => 1,
        _ => source.months.unwrap_or(if source.start.is_none() { usual_months } else { 1 }).max(1),
    };
    Some(Run { first, months, profile })
}

/// Months in each quarter of the source; the last may be short.
fn chunks(run: &Run) -> Vec<u32> {
    let mut left = run.months;
    let mut found = Vec::new();
    while left > 0 {
        let next = left.min(3);
        found.push(next);
        left -= next;
    }
    found
}

fn weights(
    source: &RevenueSource,
    profile: &TimingProfile,
    chunks: &[u32],
    cells: &Cells,
    book: &mut Book,
) -> Vec<(u32, NodeId)> {
    let path = format!("revenue.sources[{}].profile", source.id);
    if let TimingProfile::Typed(steps) = profile {
        return steps
            .iter()
            .map(|step| {
                let path = format!("{path}.typed[{}].weight", step.id);
                (step.quarter, cells.number(book, path, Some(step.weight)))
            })
            .collect();
    }
    let (values, name) = usual_weights(profile, chunks);
    let count = values.len();
    let months: u32 = chunks.iter().sum();
    values
        .into_iter()
        .enumerate()
        .map(|(index, weight)| {
            let source = format!("{name}, quarter {} of {count}, {months} months", index + 1);
            (u32::try_from(index).unwrap_or(0), cells.usual(book, path.as_str(), weight, &source))
        })
        .collect()
}

/// The weights of a named profile. A logistic curve gives each quarter the part of F between its ends,
/// F(t) = 1 / (1 + e^(−k(t − m))); the scale does not matter because amounts are split by weight.
fn usual_weights(profile: &TimingProfile, chunks: &[u32]) -> (Vec<Decimal>, &'static str) {
    let quarters = chunks.len();
    let count = |index: usize| Decimal::from(u32::try_from(index).unwrap_or(u32::MAX));
    let front = |index: usize| Decimal::from([60, 25, 10].get(index).copied().unwrap_or(5));
    match profile {
        TimingProfile::Lump => (vec![Decimal::ONE], "all at once"),
        TimingProfile::Even => {
            (chunks.iter().map(|months| Decimal::from(*months)).collect(), "even by month")
        }
        TimingProfile::FrontLoaded => {
            ((0..quarters).map(front).collect(), "front-loaded: 60, 25, 10, then 5 each")
        }
        TimingProfile::BackLoaded => ((1..=quarters).map(count).collect(), "back-loaded: 1, 2, 3 and so on"),
        TimingProfile::SCurve => {
            (logistic(quarters, 8, Decimal::new(5, 1)), "S-curve, steepness 8, middle 0.5")
        }
        TimingProfile::SCurveFront => {
            (logistic(quarters, 10, Decimal::new(3, 1)), "S-curve, steepness 10, middle 0.3")
        }
        TimingProfile::SCurveBack => {
            (logistic(quarters, 10, Decimal::new(7, 1)), "S-curve, steepness 10, middle 0.7")
        }
        TimingProfile::Typed(_) => (Vec::new(), "typed"),
    }
}

fn logistic(quarters: usize, steepness: i64, middle: Decimal) -> Vec<Decimal> {
    let count = Decimal::from(u32::try_from(quarters).unwrap_or(1).max(1));
    let at = |index: usize| {
        let time = Decimal::from(u32::try_from(index).unwrap_or(0)) / count;
        let power = (Decimal::from(steepness) * (middle - time)).exp();
        Decimal::ONE / (Decimal::ONE + power)
    };
    (0..quarters).map(|index| (at(index + 1) - at(index)).round_dp(12)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_s_curve_is_symmetric_and_peaks_in_the_middle() {
        let weights = logistic(6, 8, Decimal::new(5, 1));
        assert!((weights[0] - weights[5]).abs() < Decimal::new(1, 9));
        assert!(weights[2] > weights[1] && weights[1] > weights[0]);
    }

    #[test]
    fn an_early_curve_earns_more_in_its_first_half() {
        let weights = logistic(8, 10, Decimal::new(3, 1));
        let (first, second) = weights.split_at(4);
        assert!(first.iter().sum::<Decimal>() > second.iter().sum::<Decimal>());
    }
}
