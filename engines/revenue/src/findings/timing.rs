//! Sources in time: before the film is there, in a holdback, past a licence's term, twice in the same months.

use recoup_calendar::YearMonth;
use recoup_deal::instrument::LicenceTerms;
use recoup_deal::revenue::{Holdback, RevenueSource, SourceBasis, TimingProfile, WORLD, common_territory};
use recoup_deal::{
    Deal, DistributionContract, Finding, FindingValue, Instrument, Milestone, Severity, Timeline, Window,
};
use recoup_money::Money;

use crate::payments;
use crate::profile::run;

/// The months in which a source earns, both included.
#[derive(Clone, Copy)]
struct Span {
    first: YearMonth,
    last: YearMonth,
}

impl Span {
    fn of(deal: &Deal, timeline: &Timeline, source: &RevenueSource) -> Option<Self> {
        if !source.payments.is_empty() {
            let days = payments::days(timeline, source)?;
            let months = days.iter().map(|(_, day, _)| day.year_month());
            return Some(Self { first: months.clone().min()?, last: months.max()? });
        }
        let run = run(deal, timeline, source)?;
        let last = run.first.add_months(i32::try_from(run.months).ok()? - 1).ok()?;
        Some(Self { first: run.first, last })
    }

    fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

fn is_estimated(deal: &Deal, source: &RevenueSource) -> bool {
    let typed = source.estimate.base_case().is_some_and(|amount: Money| amount.is_positive());
    typed || source.estimate.base_case().is_none() && deal.revenue.ultimate_of(source).is_some()
}

pub(super) fn inconsistencies(deal: &Deal, timeline: &Timeline, found: &mut Vec<Finding>) {
    let spans: Vec<(&RevenueSource, Option<Span>)> =
        deal.revenue.sources.iter().map(|source| (source, Span::of(deal, timeline, source))).collect();
    for (place, (source, span)) in spans.iter().enumerate() {
        let Some(span) = span else { continue };
        found.extend(profile_too_long(deal, timeline, source));
        if !is_estimated(deal, source) {
            continue;
        }
        found.extend(before_delivery(timeline, source, *span));
        found.extend(held_back(deal, timeline, &spans, source, *span));
        found.extend(past_term(deal, timeline, source, *span));
        found.extend(world_over_sold(deal, timeline, source, *span));
        let before = spans[..place].iter().filter_map(|(other, span)| Some((*other, (*span)?)));
        found.extend(twice(deal, source, *span, before));
    }
}

/// Nobody pays for a film that is not delivered, unless a contract says on which event.
fn before_delivery(timeline: &Timeline, source: &RevenueSource, span: Span) -> Option<Finding> {
    // Episodes earn from the first delivery on.
    let (delivery, _) = timeline.days(&Milestone::Deliveries).into_iter().next()?;
    (source.payments.is_empty() && span.first < delivery.year_month()).then(|| {
        Finding::new(
            Severity::Question,
            "RECEIPTS_BEFORE_DELIVERY",
            format!("revenue.sources[{}].start", source.id),
        )
        .with("source", &source.label)
        .with("opens", span.first)
        .with("delivery", delivery)
    })
}

/// Typed weights after the last month of the source.
fn profile_too_long(deal: &Deal, timeline: &Timeline, source: &RevenueSource) -> Option<Finding> {
    let Some(TimingProfile::Typed(steps)) = source.profile.as_ref().filter(|_| source.payments.is_empty())
    else {
        return None;
    };
    let months = run(deal, timeline, source)?.months;
    let quarters = steps.iter().map(|step| step.quarter + 1).max()?;
    let too_long = quarters > months.div_ceil(3);
    too_long.then(|| {
        Finding::new(
            Severity::Question,
            "PROFILE_BEYOND_MONTHS",
            format!("revenue.sources[{}].profile", source.id),
        )
        .with("source", &source.label)
        .with("quarters", FindingValue::Count(quarters.into()))
        .with("months", FindingValue::Count(months.into()))
    })
}

/// A window that opens while a contract holds it back.
fn held_back(
    deal: &Deal,
    timeline: &Timeline,
    spans: &[(&RevenueSource, Option<Span>)],
    source: &RevenueSource,
    span: Span,
) -> Option<Finding> {
    let contracts = deal.revenue.distribution.iter();
    let until = |contract: &DistributionContract, holdback: &Holdback| {
        let place = common_territory(&contract.territories, &source.territories);
        let held = holdback.windows.iter().any(|window| window.shares_rights(source.window));
        if place.is_none() || !held {
            return None;
        }
        let from = match holdback.after {
            None => timeline.release()?.year_month(),
            Some(window) => {
                let earlier = |other: &RevenueSource| {
                    other.window == window
                        && common_territory(&other.territories, &source.territories).is_some()
                };
                spans
                    .iter()
                    .filter(|(other, _)| earlier(other))
                    .filter_map(|(_, span)| Some((*span)?.first))
                    .min()?
            }
        };
        from.add_months(i32::try_from(holdback.months).ok()?).ok()
    };
    let held =
        contracts.flat_map(|contract| contract.holdbacks.iter().map(move |holdback| (contract, holdback)));
    held.filter_map(|(contract, holdback)| Some((contract, until(contract, holdback)?)))
        .find(|(_, until)| span.first < *until)
        .map(|(contract, until)| {
            Finding::new(
                Severity::Question,
                "WINDOW_IN_HOLDBACK",
                format!("revenue.sources[{}].start", source.id),
            )
            .with("source", &source.label)
            .with("contract", contract.label.as_ref().unwrap_or(&contract.id))
            .with("opens", span.first)
            .with("until", until)
        })
}

fn sales(deal: &Deal) -> impl Iterator<Item = (&Instrument, &LicenceTerms)> {
    deal.instruments.iter().filter_map(|instrument| Some((instrument, instrument.terms.licence()?)))
}

/// A source that earns under a licence after the licence has ended.
fn past_term(deal: &Deal, timeline: &Timeline, source: &RevenueSource, span: Span) -> Option<Finding> {
    let (sale, licence) = sales(deal).find(|(sale, _)| source.sold_by.as_ref() == Some(&sale.id))?;
    let (_, ends) = licence.term(timeline)?;
    (span.last >= ends.year_month()).then(|| {
        Finding::new(
            Severity::Question,
            "SOURCE_PAST_TERM",
            format!("revenue.sources[{}].sold_by", source.id),
        )
        .with("source", &source.label)
        .with("licence", &sale.name)
        .with("ends", ends)
    })
}

/// An estimate for the whole world that has a territory in it which is sold while the source earns.
fn world_over_sold(deal: &Deal, timeline: &Timeline, source: &RevenueSource, span: Span) -> Option<Finding> {
    let world = source.territories.iter().any(|code| code == WORLD) && source.sold_by.is_none();
    let meets = |(_, licence): &(&Instrument, &LicenceTerms)| {
        let window = licence.windows.iter().any(|window| window.shares_rights(source.window));
        let ended = licence.term(timeline).is_some_and(|(_, ends)| span.first >= ends.year_month());
        let named = licence.territories.iter().any(|code| !is_a_group(code));
        window && named && licence.exclusive != Some(false) && !ended
    };
    let (sale, _) = sales(deal).find(|sale| world && meets(sale))?;
    Some(
        Finding::new(
            Severity::Question,
            "WORLD_OVER_SOLD",
            format!("revenue.sources[{}].territories", source.id),
        )
        .with("source", &source.label)
        .with("licence", &sale.name),
    )
}

/// The world and its rest are no named territories.
fn is_a_group(code: &str) -> bool {
    code == WORLD || code == "ROW"
}

/// Months for which a price for all rights is taken to buy them, where it is paid at once: the first windows at least.
const FIRST_WINDOWS: i32 = 24;

/// The months in which a source keeps others from earning: those in which it earns, and for a price paid for all rights
/// the first windows.
fn occupied(source: &RevenueSource, span: Span) -> Span {
    let licence = matches!(source.basis, None | Some(SourceBasis::LicenceFee));
    let bought = span.first.add_months(FIRST_WINDOWS - 1).ok();
    let bought = bought.filter(|_| licence && source.window == Window::AllRights);
    Span { last: span.last.max(bought.unwrap_or(span.last)), ..span }
}

/// The same window of a territory, estimated a second time for the same months.
fn twice<'d>(
    deal: &Deal,
    source: &RevenueSource,
    span: Span,
    before: impl Iterator<Item = (&'d RevenueSource, Span)>,
) -> Option<Finding> {
    let mut before = before.filter(|(other, other_span)| {
        is_estimated(deal, other)
            && source.sold_by.is_none()
            && other.sold_by.is_none()
            && other.window.shares_rights(source.window)
            && occupied(source, span).meets(occupied(other, *other_span))
    });
    before.find_map(|(other, _)| {
        let territory = common_territory(&other.territories, &source.territories)?;
        Some(
            Finding::new(
                Severity::Question,
                "TERRITORY_ESTIMATED_TWICE",
                format!("revenue.sources[{}].territories", source.id),
            )
            .with("one", &other.label)
            .with("other", &source.label)
            .with("territory", FindingValue::Name(territory.to_owned()))
            .with("first", FindingValue::Name(format!("revenue.sources[{}]", other.id))),
        )
    })
}
