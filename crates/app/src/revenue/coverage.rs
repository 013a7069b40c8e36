//! Which window of which territory is open, sold, or claimed by two.

use std::collections::BTreeSet;

use recoup_deal::instrument::LicenceTerms;
use recoup_deal::revenue::{RevenueSource, WORLD};
use recoup_deal::{Deal, Instrument, Window};
use recoup_model::Outcome;

use crate::wire::{RevenueCellDto, RevenueRowDto};

/// Findings that say of a window that two have it, or that nobody may use it yet.
const CONFLICTS: [&str; 8] = [
    "TERRITORY_COUNTED_TWICE",
    "TERRITORY_SOLD_TWICE",
    "TERRITORY_ESTIMATED_TWICE",
    "LICENCE_COUNTED_TWICE",
    "WINDOW_EXCLUDED",
    "WINDOW_IN_HOLDBACK",
    "WORLD_OVER_SOLD",
    "BUYOUT_AND_ESTIMATE",
];

fn licences(deal: &Deal) -> impl Iterator<Item = (&Instrument, &LicenceTerms)> {
    deal.instruments.iter().filter_map(|instrument| Some((instrument, instrument.terms.licence()?)))
}

/// The windows that anything is said of, and the territories as the deal groups them.
pub(super) fn rows(deal: &Deal, outcome: &Outcome) -> (Vec<Window>, Vec<RevenueRowDto>) {
    let sources = &deal.revenue.sources;
    let mut used: BTreeSet<Window> = sources.iter().map(|source| source.window).collect();
    used.extend(licences(deal).flat_map(|(_, licence)| licence.windows.iter().copied()));
    used.extend(deal.revenue.distribution.iter().flat_map(|contract| contract.windows.iter().copied()));
    let windows: Vec<Window> = Window::ALL.into_iter().filter(|window| used.contains(window)).collect();
    let mut groups: Vec<Vec<String>> = Vec::new();
    let sold = licences(deal).map(|(_, licence)| &licence.territories);
    let contracts = deal.revenue.distribution.iter().map(|contract| &contract.territories);
    for territories in sources.iter().map(|source| &source.territories).chain(sold).chain(contracts) {
        let is_known = groups.iter().any(|group| is_same(group, territories));
        if !territories.is_empty() && !is_known {
            groups.push(territories.clone());
        }
    }
    let row = |territories: Vec<String>| RevenueRowDto {
        cells: windows.iter().map(|window| cell(deal, outcome, &territories, *window)).collect(),
        territories,
    };
    let rows = groups.into_iter().map(row).collect();
    (windows, rows)
}

/// Whether a grant for some territories has all of these in it.
fn holds(granted: &[String], territories: &[String]) -> bool {
    granted.iter().any(|code| code == WORLD) || territories.iter().all(|code| granted.contains(code))
}

/// Whether a grant of one window holds another: itself, or what all rights of a territory comprise.
fn covers(granted: Window, window: Window) -> bool {
    granted == window || granted == Window::AllRights && granted.shares_rights(window)
}

fn is_same(one: &[String], other: &[String]) -> bool {
    let set = |codes: &[String]| codes.iter().cloned().collect::<BTreeSet<String>>();
    set(one) == set(other)
}

fn cell(deal: &Deal, outcome: &Outcome, territories: &[String], window: Window) -> RevenueCellDto {
    let here = |source: &&RevenueSource| source.window == window && is_same(&source.territories, territories);
    let sources: Vec<&RevenueSource> = deal.revenue.sources.iter().filter(here).collect();
    let licence = licences(deal).find(|(instrument, licence)| {
        let names = sources.iter().any(|source| source.sold_by.as_ref() == Some(&instrument.id));
        let has = licence.windows.iter().any(|own| covers(*own, window));
        names || has && holds(&licence.territories, territories)
    });
    let contract = deal.revenue.distribution.iter().find(|contract| {
        let names = sources.iter().any(|source| source.distribution.as_ref() == Some(&contract.id));
        let has = contract.has_window(window);
        names || has && holds(&contract.territories, territories)
    });
    let about = |path: &str| {
        sources.iter().any(|source| {
            let rest =
                path.strip_prefix("revenue.sources[").and_then(|rest| rest.strip_prefix(source.id.as_str()));
            rest.is_some_and(|rest| rest.starts_with(']'))
        })
    };
    let findings: BTreeSet<String> = outcome
        .findings
        .iter()
        .filter(|finding| about(&finding.path))
        .map(|finding| finding.code.clone())
        .collect();
    let state = if findings.iter().any(|code| CONFLICTS.contains(&code.as_str())) {
        "conflict"
    } else if sources.is_empty() {
        match licence {
            Some((_, licence)) if licence.windows.contains(&window) => "sold",
            Some(_) => "covered",
            None => "none",
        }
    } else if sources.iter().all(|source| source.sold_by.is_some()) {
        if sources.iter().any(|source| source.distribution.is_some()) { "presold" } else { "sold" }
    } else {
        "open"
    };
    RevenueCellDto {
        window: window.word().to_owned(),
        state: state.to_owned(),
        sources: sources.iter().map(|source| source.id.clone()).collect(),
        licence: licence.map(|(instrument, _)| instrument.id.clone()),
        contract: contract.map(|contract| contract.id.clone()),
        findings: findings.into_iter().collect(),
    }
}
