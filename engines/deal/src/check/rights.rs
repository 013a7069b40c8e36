//! Rights: nothing is sold twice, excluded and counted, or taxed abroad without anybody noticing.

use recoup_money::Money;

use super::contracts::shares_a_territory;
use crate::document::Deal;
use crate::findings::{Finding, Severity};
use crate::instrument::{Instrument, LicenceTerms};
use crate::revenue::{RevenueSource, SourceBasis, SourceStart};
use crate::timeline::Timeline;
use crate::window::Window;

fn licences(deal: &Deal) -> impl Iterator<Item = (&Instrument, &LicenceTerms)> {
    deal.instruments.iter().filter_map(|instrument| Some((instrument, instrument.terms.licence()?)))
}

fn share_a_territory(one: &[String], other: &[String]) -> bool {
    one.iter().any(|territory| other.contains(territory))
}

fn overlap(one: Window, other: Window) -> bool {
    one == other || one == Window::AllRights || other == Window::AllRights
}

fn estimated(source: &RevenueSource) -> Option<Money> {
    source.estimate.base_case().filter(Money::is_positive)
}

/// An estimate for a window that a licence shuts in the same territory is money nobody may earn.
pub(super) fn excluded(deal: &Deal, out: &mut Vec<Finding>) {
    let timeline = Timeline::of(deal);
    for (instrument, licence) in licences(deal) {
        for source in &deal.revenue.sources {
            let Some(amount) = estimated(source) else { continue };
            if licence.excludes.contains(&source.window)
                && shares_a_territory(licence, source)
                && !opens_after(&timeline, licence, source)
            {
                let path = format!("revenue.sources[{}].estimate", source.id);
                out.push(
                    Finding::new(Severity::Question, "WINDOW_EXCLUDED", path)
                        .with("licence", &instrument.name)
                        .with("source", &source.label)
                        .with("estimate", amount),
                );
            }
        }
    }
}

/// A sold territory is neither sold again nor estimated as if it were open.
pub(super) fn counted_twice(deal: &Deal, out: &mut Vec<Finding>) {
    let sold: Vec<_> = licences(deal).collect();
    let timeline = Timeline::of(deal);
    for (i, (one, first)) in sold.iter().enumerate() {
        for source in &deal.revenue.sources {
            let Some(amount) = estimated(source) else { continue };
            let same = first.windows.iter().any(|window| overlap(*window, source.window))
                && shares_a_territory(first, source)
                && !opens_after(&timeline, first, source);
            if same && source.sold_by.is_none() {
                let path = format!("revenue.sources[{}].sold_by", source.id);
                out.push(
                    Finding::new(Severity::Blocker, "TERRITORY_COUNTED_TWICE", path)
                        .with("source", &source.label)
                        .with("estimate", amount)
                        .with("licence", &one.name),
                );
            }
        }
        for (other, second) in &sold[i + 1..] {
            let same = first.windows.iter().any(|one| second.windows.iter().any(|two| overlap(*one, *two)))
                && share_a_territory(&first.territories, &second.territories);
            let both = first.exclusive != Some(false) && second.exclusive != Some(false);
            if same && both && !one_after_the_other(&timeline, first, second) {
                let path = format!("instruments[{}].terms", other.id);
                out.push(
                    Finding::new(Severity::Blocker, "TERRITORY_SOLD_TWICE", path)
                        .with("one", &one.name)
                        .with("other", &other.name),
                );
            }
        }
    }
    for source in &deal.revenue.sources {
        let Some(amount) = estimated(source) else { continue };
        let fee = matches!(source.basis, None | Some(SourceBasis::LicenceFee));
        if source.sold_by.is_some() && fee {
            let path = format!("revenue.sources[{}].estimate", source.id);
            out.push(
                Finding::new(Severity::Blocker, "LICENCE_COUNTED_TWICE", path)
                    .with("source", &source.label)
                    .with("estimate", amount),
            );
        }
    }
}

/// Whether a source begins only when the term of a licence is over: both days are known.
fn opens_after(timeline: &Timeline, licence: &LicenceTerms, source: &RevenueSource) -> bool {
    let opens = match source.start {
        Some(SourceStart::Date(day)) => Some(day),
        Some(SourceStart::MonthsAfterRelease(months)) => {
            timeline.release().and_then(|day| day.add_months(months).ok())
        }
        Some(SourceStart::MonthsAfterDelivery(months)) => {
            timeline.final_delivery().and_then(|day| day.add_months(months).ok())
        }
        None => None,
    };
    licence.term(timeline).zip(opens).is_some_and(|((_, ends), opens)| opens >= ends)
}

/// Whether one licence ends before the other begins: both terms are known and do not meet.
fn one_after_the_other(timeline: &Timeline, one: &LicenceTerms, other: &LicenceTerms) -> bool {
    match (one.term(timeline), other.term(timeline)) {
        (Some((first, ends)), Some((second, closes))) => ends <= second || closes <= first,
        _ => false,
    }
}

/// A licence across a border may be taxed where it is paid.
pub(super) fn withholding(deal: &Deal, out: &mut Vec<Finding>) {
    for (instrument, licence) in licences(deal) {
        if licence.withholding.is_none() && crosses_border(deal, instrument, licence) {
            let inside = if matches!(instrument.terms.kind(), "presale" | "negative_pickup") {
                ".licence"
            } else {
                ""
            };
            let path = format!("instruments[{}].terms{inside}.withholding", instrument.id);
            out.push(
                Finding::new(Severity::Question, "WITHHOLDING_BLANK", path).with("name", &instrument.name),
            );
        }
    }
}

fn crosses_border(deal: &Deal, instrument: &Instrument, licence: &LicenceTerms) -> bool {
    let country = |party: Option<&String>| {
        let party = deal.parties.iter().find(|known| Some(&known.id) == party)?;
        party.jurisdiction.as_deref()?.split('-').next()
    };
    licence.cross_border.unwrap_or_else(|| {
        let (payer, payee) = (country(instrument.provider.as_ref()), country(deal.project.company.as_ref()));
        matches!((payer, payee), (Some(payer), Some(payee)) if payer != payee)
    })
}
