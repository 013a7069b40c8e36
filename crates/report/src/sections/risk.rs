//! What the deal comes to when its numbers are uncertain: for the reader's own parties, and how likely each claim is paid.

mod drivers;
mod tables;

use recoup_explain::Quantity;

use crate::document::{Block, Section, SectionKind};
use crate::edition::Reader;
use crate::outlook::{Chance, Chances, Fan, Histogram, Outlook, Percentile, Swing, Tornado};
use crate::risk::{PathWay, Risk, drawn_party};
use crate::sections::desk::Desk;
use crate::sections::order::{self, leaves, walk};
use crate::sections::sections_for;
use crate::sections::statements;
use crate::table::{ColumnKind, Figure};

/// Claims that still fit on the page of the returns; of more, the table of losses comes first.
const SHORT: usize = 9;
/// Drivers of a tornado that are drawn.
const WIDEST: usize = 8;

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let risk = desk.results.risk?;
    let own = own_parties(desk, risk);
    let drawn = drawn_party(desk.deal(), desk.edition.reader).map(str::to_owned);
    let drawn = drawn.filter(|party| *party == risk.chosen && risk.invests(party));
    let mut blocks = Vec::new();
    if let Some(party) = &drawn {
        blocks.extend(outlook(desk, risk, party));
    }
    blocks.extend(tables::returns(desk, risk, &own));
    let chances = chances(desk, risk);
    let losses = tables::losses(desk, risk, &own);
    let (first, second) =
        if chances.rows.len() > SHORT { (losses, Vec::new()) } else { (Vec::new(), losses) };
    blocks.extend(first);
    if !chances.rows.is_empty() {
        blocks.push(Block::Heading(desk.say("risk.chances")));
        blocks.push(Block::Chances(chances));
    }
    blocks.extend(second);
    if let Some(party) = &drawn {
        blocks.extend(tornado(desk, risk, party));
    }
    blocks.extend(drivers::blocks(desk, risk));
    blocks.push(Block::Heading(desk.say("risk.method")));
    blocks.push(Block::Fine(method(desk, risk)));
    let lead = lead(desk, risk, drawn.as_deref());
    Some(Section { kind: SectionKind::Risk, topic: desk.say("risk.topic"), lead, blocks })
}

/// Parties that put money in and whose results the reader is told: everybody's where returns are, else the reader's own.
fn own_parties(desk: &Desk<'_>, risk: &Risk) -> Vec<String> {
    let all = sections_for(desk.edition.reader).contains(&SectionKind::Returns);
    let own = statements::parties(desk);
    let is_told = |party: &&String| (all || own.contains(party)) && risk.invests(party);
    let parties = desk.deal().parties.iter().map(|party| &party.id);
    parties.filter(|party| risk.parties.contains(party)).filter(is_told).cloned().collect()
}

/// The answer in one sentence: what half of the paths give, or how likely the lender is repaid.
fn lead(desk: &Desk<'_>, risk: &Risk, drawn: Option<&str>) -> String {
    let paths = desk.figures.count(risk.paths);
    let Some(party) = drawn else { return desk.words.with("risk.lead_claims", &[("paths", &paths)]) };
    let name = desk.party(party);
    let said = |within: String| {
        let value = &risk.find(&within)?.1.value;
        value.absence().is_none().then(|| desk.figures.told(value, ColumnKind::Percent))
    };
    let is_lender = matches!(desk.edition.reader, Reader::SeniorLender | Reader::GapLender);
    if is_lender && let Some(chance) = said(format!("returns.{party}.recouped")) {
        let places = [("party", name.as_str()), ("chance", &chance), ("paths", &paths)];
        return desk.words.with("risk.lead_lender", &places);
    }
    let rates = (said(format!("returns.{party}.irr.p50")), said(format!("returns.{party}.irr.p10")));
    match rates {
        (Some(half), Some(tenth)) => {
            let places = [("party", name.as_str()), ("half", &half), ("tenth", &tenth), ("paths", &paths)];
            desk.words.with("risk.lead_returns", &places)
        }
        _ => desk.words.with("risk.lead_claims", &[("paths", &paths)]),
    }
}

/// A figure of the simulation with its tag; none where the simulation does not have it or it is withheld.
fn known(
    desk: &mut Desk<'_>,
    risk: &Risk,
    within: &str,
    label: &str,
    kind: ColumnKind,
) -> Option<(Figure, String)> {
    let (address, simulated) = risk.find(within)?;
    if simulated.value.absence().is_some() {
        return None;
    }
    desk.figure('S', &address, label, kind)
}

fn outlook(desk: &mut Desk<'_>, risk: &Risk, party: &str) -> Option<Block> {
    let (histogram, fan) = (histogram(desk, risk, party), fan(desk, risk, party));
    (histogram.is_some() || fan.is_some()).then(|| Block::Outlook(Box::new(Outlook { histogram, fan })))
}

fn histogram(desk: &mut Desk<'_>, risk: &Risk, party: &str) -> Option<Histogram> {
    let counted = risk.histogram.clone()?;
    // Where nearly all paths give the same there is nothing to see in bars.
    let most = counted.counts.iter().max().copied().unwrap_or(0);
    if u64::from(most) * 2 > risk.paths {
        return None;
    }
    let name = desk.party(party);
    let mut marks = Vec::new();
    let mut tag = String::new();
    for id in ["p5", "p10", "p50", "p90", "p95"] {
        let label = format!("{name}, {} {}", desk.words.say("risk.irr"), id.to_uppercase());
        let within = format!("returns.{party}.irr.{id}");
        let (figure, own) = known(desk, risk, &within, &label, ColumnKind::Percent)?;
        if id == "p50" {
            tag = own;
        }
        marks.push(Percentile { id, figure });
    }
    let title = desk.words.with("risk.histogram", &[("party", &name)]);
    Some(Histogram { title, class: desk.party_class(party), counted, marks, tag })
}

fn fan(desk: &mut Desk<'_>, risk: &Risk, party: &str) -> Option<Fan> {
    let bands = risk.fan.clone()?;
    let quarter = bands.quarters.last()?;
    let name = desk.party(party);
    let label = format!("{name}, {} {quarter}", desk.words.say("risk.received"));
    let within = format!("returns.{party}.received.{quarter}");
    let (last, tag) = known(desk, risk, &within, &label, ColumnKind::Money)?;
    let title = desk.words.with("risk.fan", &[("party", &name)]);
    Some(Fan { title, class: desk.party_class(party), bands, last, tag })
}

/// How likely each claim of the plan is paid in full, in the order of the plan.
fn chances(desk: &mut Desk<'_>, risk: &Risk) -> Chances {
    let mut rows = Vec::new();
    let plan = desk.deal().recoupment.as_ref();
    for tier in plan.map(walk).unwrap_or_default() {
        for leaf in leaves(tier) {
            if !risk.claims.contains(&leaf.id) {
                continue;
            }
            let payee = match &leaf.takes {
                recoup_deal::recoupment::Takes::Share(share) => share.payee.clone(),
                _ => continue,
            };
            let own = order::name(leaf);
            let label = if tier.id == leaf.id { own } else { format!("{}: {own}", order::name(tier)) };
            let within = format!("recoupment.claims.{}.recouped", leaf.id);
            let told = format!("{label}, {}", desk.words.say("risk.paid_in_full"));
            let Some((figure, tag)) = known(desk, risk, &within, &told, ColumnKind::Percent) else {
                continue;
            };
            let error = error(desk, risk, &within, ColumnKind::Percent);
            rows.push(Chance { label, class: desk.party_class(&payee), figure, error, tag });
        }
    }
    Chances { rows }
}

/// The standard error of a figure in words.
fn error(desk: &Desk<'_>, risk: &Risk, within: &str, kind: ColumnKind) -> String {
    let found = risk.find(within).and_then(|(_, simulated)| simulated.error.as_ref());
    found.map_or_else(String::new, |error| desk.figures.error(error, kind))
}

/// The drivers that move the drawn party's result most.
fn tornado(desk: &mut Desk<'_>, risk: &Risk, party: &str) -> Vec<Block> {
    let name = desk.party(party);
    let (kind, result) = match risk.moved {
        "npv" => (ColumnKind::Money, "risk.npv"),
        _ => (ColumnKind::Percent, "risk.irr"),
    };
    let spoken = desk.say(if risk.moved == "npv" { "risk.the_npv" } else { "risk.the_irr" });
    let result = desk.say(result);
    let at = |rest: &str| format!("sensitivity.{}.{party}.{rest}", risk.moved);
    let told = format!("{name}, {result}, {}", desk.words.say("risk.in_the_middle"));
    let Some((base, tag)) = known(desk, risk, &at("base"), &told, kind) else { return Vec::new() };
    let mut swings = Vec::new();
    for (id, low, high) in risk.swings.iter().take(WIDEST) {
        let Some(driver) = desk.deal().risk.drivers.iter().find(|driver| driver.id == *id) else { continue };
        let label = driver.label.clone();
        let named = |mark: &str| format!("{name}, {result}, {label}: {mark}");
        let value = |mark: &str| risk.find(&at(&format!("{id}.{mark}"))).map(|found| &found.1.value);
        if value("p10") == value("p90") {
            continue;
        }
        let low_figure = known(desk, risk, &at(&format!("{id}.p10")), &named("P10"), kind);
        let high_figure = known(desk, risk, &at(&format!("{id}.p90")), &named("P90"), kind);
        let (Some((low_figure, one)), Some((high_figure, other))) = (low_figure, high_figure) else {
            continue;
        };
        let inputs = drivers::between(desk, driver, *low, *high);
        swings.push(Swing { label, inputs, low: low_figure, high: high_figure, tags: vec![one, other] });
    }
    if swings.is_empty() {
        return Vec::new();
    }
    let middle = match &base.value {
        Quantity::Number(number) if kind == ColumnKind::Money => {
            desk.figures.set(&Quantity::Number(*number), kind)
        }
        value => desk.figures.told(value, kind),
    };
    let class = desk.party_class(party);
    let heading = desk.words.with("risk.tornado", &[("party", &name), ("result", &spoken)]);
    let note = desk.words.with("risk.tornado_note", &[("middle", &middle), ("tag", &tag)]);
    vec![Block::Heading(heading), Block::Fine(note), Block::Tornado(Tornado { class, base, swings })]
}

/// How it was computed, and what the figures mean.
fn method(desk: &Desk<'_>, risk: &Risk) -> String {
    let count = |number: u64| desk.figures.count(number);
    let places = [
        ("paths", count(risk.paths)),
        ("scrambles", count(u64::from(risk.scrambles))),
        ("each", count(risk.paths / u64::from(risk.scrambles.max(1)))),
        ("seed", risk.seed.clone()),
    ];
    let places: Vec<(&str, &str)> = places.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut said = vec![desk.words.with("risk.method_draws", &places), desk.say("risk.method_errors")];
    said.push(desk.say(if risk.repaired { "risk.method_repaired" } else { "risk.method_joined" }));
    let named = |way: PathWay| -> Vec<String> {
        let found = risk.drivers.iter().filter(|(_, own)| *own == way);
        let label = |id: &String| {
            let drivers = &desk.deal().risk.drivers;
            drivers.iter().find(|driver| driver.id == *id).map_or_else(|| id.clone(), |one| one.label.clone())
        };
        found.map(|(id, _)| label(id)).collect()
    };
    let slow = named(PathWay::Slow);
    let days = named(PathWay::Regimes);
    match (risk.way, slow.is_empty()) {
        (PathWay::Slow, false) => {
            said.push(desk.words.with("risk.method_slow", &[("drivers", &slow.join("; "))]));
        }
        (PathWay::Slow, true) => said.push(desk.say("risk.method_all_slow")),
        (PathWay::Fast | PathWay::Regimes, _) => said.push(desk.say("risk.method_fast")),
    }
    if !days.is_empty() && risk.way != PathWay::Slow {
        said.push(desk.words.with("risk.method_days", &[("drivers", &days.join("; "))]));
    }
    said.push(desk.say("risk.method_meaning"));
    said.join(" ")
}
