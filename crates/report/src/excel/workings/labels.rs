//! Names of the rows: of figures by their address, of cells by what they belong to, of workings by what they do.

use std::collections::BTreeSet;

use recoup_explain::{Comparison, How, NodeId, Operation, Quantity};

use super::reach::Reach;
use crate::sections::Desk;

/// How far back the figure is looked for that a working is made from.
const MOST_LEVELS: usize = 12;

/// Tails of addresses and their words.
const TAILS: [(&str, &str); 68] = [
    ("principal", "workings.principal"),
    ("draw", "workings.draw"),
    ("drawn", "workings.drawn"),
    ("interest", "workings.interest"),
    ("interest_paid", "workings.interest_paid"),
    ("balance", "workings.balance"),
    ("fee", "workings.fee"),
    ("repaid", "workings.repaid"),
    ("unpaid", "workings.unpaid"),
    ("peak", "workings.peak"),
    ("peak_month", "workings.peak_month"),
    ("peak_date", "workings.peak_date"),
    ("peak_funding", "workings.peak_funding"),
    ("peak_debt", "workings.peak_debt"),
    ("peak_debt_month", "workings.peak_month"),
    ("peak_debt_date", "workings.peak_date"),
    ("cover", "workings.cover"),
    ("cover_required", "workings.asked"),
    ("cover_met", "workings.met"),
    ("cover_gross", "workings.cover_gross"),
    ("unsold_net", "workings.unsold_net"),
    ("owed_at_maturity", "workings.owed_at_maturity"),
    ("advance", "workings.advance"),
    ("advance_required", "workings.asked"),
    ("advance_met", "workings.met"),
    ("days_after_cash", "workings.days_after_cash"),
    ("days_after_cash_required", "workings.asked"),
    ("days_after_cash_met", "workings.met"),
    ("contingency_share", "test.contingency"),
    ("contingency_share_required", "workings.asked"),
    ("contingency_share_met", "workings.met"),
    ("gap_to_budget", "test.gap_to_budget"),
    ("gap_to_budget_required", "workings.asked"),
    ("gap_to_budget_met", "workings.met"),
    ("loan_to_value", "test.loan_to_value"),
    ("loan_to_value_required", "workings.asked"),
    ("loan_to_value_met", "workings.met"),
    ("lent", "workings.lent"),
    ("security_value", "workings.security_value"),
    ("contingency", "budget.contingency"),
    ("contingency_spend", "budget.contingency"),
    ("lines", "closing.budget_lines"),
    ("total", "workings.budget_total"),
    ("uses", "closing.uses"),
    ("uses_cash", "closing.uses_cash"),
    ("sources", "closing.sources"),
    ("sources_cash", "closing.sources_cash"),
    ("difference", "closing.difference"),
    ("missing", "workings.missing"),
    ("financing_costs", "closing.financing_costs"),
    ("solution", "workings.solution"),
    ("funding_need", "workings.funding_need"),
    ("received", "workings.received"),
    ("reserve", "workings.reserve"),
    ("reserve_paid", "workings.reserve_paid"),
    ("reserve_returned", "workings.reserve_returned"),
    ("reserve_balance", "cash.restricted"),
    ("restricted", "cash.restricted"),
    ("to_reserve", "cash.to_reserve"),
    ("from_reserve", "cash.from_reserve"),
    ("deferred", "cash.deferred"),
    ("presale_cover", "workings.presale_cover"),
    ("presale_cover_required", "workings.asked"),
    ("presale_cover_met", "workings.met"),
    ("debt_service_cover", "workings.debt_service_cover"),
    ("debt_service_cover_required", "workings.asked"),
    ("debt_service_cover_met", "workings.met"),
    ("assigned", "workings.assigned"),
];

/// Flows of the account and their words.
const FLOWS: [(&str, &str); 12] = [
    ("opening", "cash.opening"),
    ("spend", "cash.spend"),
    ("costs", "cash.costs"),
    ("fees", "cash.fees"),
    ("interest", "cash.interest"),
    ("drawn", "workings.called"),
    ("received", "cash.received"),
    ("credits", "cash.credits"),
    ("to_lenders", "cash.to_lenders"),
    ("to_collection", "cash.to_collection"),
    ("closing", "cash.closing"),
    ("debt", "cash.debt"),
];

/// What a working is, as a key of the words.
pub(super) fn role(reach: &Reach<'_>, node: NodeId) -> &'static str {
    let (book, seen) = (reach.book, reach.nodes.get(&node));
    let How::Computed(operation) = book.how(node) else { return "workings.step" };
    let read_by = |wanted: &dyn Fn(Operation, usize) -> bool| {
        seen.is_some_and(|seen| {
            seen.readers.iter().any(|(reader, place)| match book.how(*reader) {
                How::Computed(operation) => wanted(*operation, *place),
                How::Leaf(_) => false,
            })
        })
    };
    let owner = seen.and_then(|seen| seen.owner).and_then(|owner| book.address(owner));
    let of_draw = owner.is_some_and(|owner| reach.row_of(owner).ends_with(".draw"));
    match (operation, book.value(node)) {
        (Operation::YearFraction { .. }, _) => "workings.years",
        (Operation::Apportion { .. }, _) => "workings.part",
        (Operation::ToMoney { .. }, _) => "workings.told",
        (Operation::Compare(_) | Operation::All | Operation::Any | Operation::Not, _) => "workings.whether",
        (_, Quantity::Number(_)) if read_by(&|by, place| by == Operation::Product && place == 0) => {
            "workings.bears"
        }
        (_, Quantity::Number(_)) if read_by(&|by, _| matches!(by, Operation::Round { .. })) => {
            "workings.earned"
        }
        (_, Quantity::Number(_)) => "workings.accrued",
        (_, Quantity::Money(_)) if read_by(&|by, _| by == Operation::Compare(Comparison::Equal)) => {
            "workings.drawn_before"
        }
        (_, Quantity::Money(_)) if of_draw => "workings.needed",
        _ => "workings.step",
    }
}

/// The name of a figure by its address, without the instrument it belongs to.
pub(super) fn figure(desk: &Desk<'_>, address: &str) -> String {
    let deal = desk.deal();
    let word = |tail: &str| {
        let known = TAILS.iter().find(|(known, _)| *known == tail);
        known.map_or_else(|| tail.replace('_', " "), |(_, key)| desk.say(key))
    };
    if let Some(rest) = address.strip_prefix("budget.") {
        if let Some(id) = rest.strip_prefix("costs.").and_then(|rest| rest.split('.').next()) {
            let cost = deal.budget.costs.iter().find(|cost| cost.id == id);
            return cost.and_then(|cost| cost.label.clone()).unwrap_or_else(|| id.to_owned());
        }
        let id = rest.split('.').next().unwrap_or(rest);
        let line = deal.budget.lines.iter().find(|line| line.id == id);
        return line.map_or_else(|| word(rest), |line| line.label.clone());
    }
    if let Some(rest) = address.strip_prefix("cash_flow.") {
        if let Some((what, claim)) = rest.split_once('.') {
            let claims = &desk.results.incentives.claims;
            let policy = claims.iter().find(|one| one.claim == claim).and_then(|one| one.policy.as_ref());
            let name = policy.map_or(claim, |policy| policy.short_name.as_str());
            let key = if what == "claim_fee" { "closing.claim_fee" } else { "closing.credit_of" };
            return desk.words.with(key, &[("claim", name), ("program", name)]);
        }
        let known = FLOWS.iter().find(|(known, _)| *known == rest);
        return known.map_or_else(|| word(rest), |(_, key)| desk.say(key));
    }
    if let Some(id) = address.strip_prefix("closing.source.") {
        let instrument = deal.instruments.iter().find(|instrument| instrument.id == id);
        return instrument.map_or_else(|| id.to_owned(), |instrument| instrument.name.clone());
    }
    if let Some((_, fee)) = address.split_once(".fees.") {
        return format!("{}: {fee}", desk.say("workings.fee"));
    }
    word(address.rsplit('.').next().unwrap_or(address))
}

/// The instrument whose figure stands at an address, by its place in the deal.
pub(super) fn instrument_of(desk: &Desk<'_>, address: &str) -> Option<usize> {
    let tail = address.strip_prefix("capital.")?;
    desk.deal().instruments.iter().position(|instrument| {
        tail.strip_prefix(instrument.id.as_str()).is_some_and(|rest| rest.starts_with('.'))
    })
}

/// The instrument whose loan or whose calls a working follows: the nearest figure of one that it is made from.
pub(super) fn kin(desk: &Desk<'_>, reach: &Reach<'_>, node: NodeId) -> Option<usize> {
    let book = reach.book;
    let mut level = vec![node];
    let mut seen: BTreeSet<NodeId> = BTreeSet::new();
    for _ in 0..MOST_LEVELS {
        let mut next = Vec::new();
        for node in level {
            let own = book
                .address(node)
                .map(|address| reach.row_of(address))
                .filter(|row| [".draw", ".balance", ".interest"].iter().any(|tail| row.ends_with(tail)));
            if let Some(place) = own.and_then(|row| instrument_of(desk, row)) {
                return Some(place);
            }
            next.extend(reach.reads(node).into_iter().filter(|input| seen.insert(*input)));
        }
        level = next;
    }
    None
}

/// The name of a figure with the instrument or the program it belongs to, or of the thing that a cell belongs to.
pub(crate) fn named(desk: &Desk<'_>, address: &str) -> String {
    let instrument = instrument_of(desk, address).and_then(|place| desk.deal().instruments.get(place));
    match instrument {
        Some(instrument) if address.ends_with(".principal") => instrument.name.clone(),
        Some(instrument) => {
            format!("{}, {}", instrument.name, figure(desk, address).to_lowercase())
        }
        None if address.starts_with("incentives.") || address.contains('[') => cell(desk, address),
        None => figure(desk, address),
    }
}

/// The name of the thing that a cell of the deal, or a figure of a program, belongs to.
pub(super) fn cell(desk: &Desk<'_>, path: &str) -> String {
    let deal = desk.deal();
    if let Some(rest) = path.strip_prefix("incentives.") {
        let key = rest.split('.').next().unwrap_or(rest);
        let claim = desk.results.incentives.claims.iter().find(|claim| claim.key == key);
        let policy = claim.and_then(|claim| claim.policy.as_ref());
        return policy.map_or_else(|| key.to_owned(), |policy| policy.short_name.clone());
    }
    let Some((list, rest)) = path.split_once('[') else { return path.to_owned() };
    let Some((id, _)) = rest.split_once(']') else { return path.to_owned() };
    let name = match list {
        "instruments" => deal.instruments.iter().find(|one| one.id == id).map(|one| one.name.clone()),
        "budget.lines" => deal.budget.lines.iter().find(|one| one.id == id).map(|one| one.label.clone()),
        "budget.costs" => deal.budget.costs.iter().find(|one| one.id == id).and_then(|one| one.label.clone()),
        "market.base_rates" => {
            deal.market.base_rates.iter().find(|one| one.id == id).map(|one| one.name.clone())
        }
        "revenue.sources" => {
            deal.revenue.sources.iter().find(|one| one.id == id).map(|one| one.label.clone())
        }
        "revenue.sales_agencies" => {
            let agency = deal.revenue.sales_agencies.iter().find(|one| one.id == id);
            agency.and_then(|one| one.agent.as_deref()).map(|party| desk.party(party))
        }
        _ => None,
    };
    name.unwrap_or_else(|| id.to_owned())
}

/// The name of what a split is of: the line or the instrument that its amount or its weights come from.
pub(super) fn split(desk: &Desk<'_>, reach: &Reach<'_>, amount: NodeId, weights: &[NodeId]) -> String {
    let book = reach.book;
    let mut node = amount;
    for _ in 0..12 {
        if let Some(address) = book.address(node) {
            return instrument_of(desk, address)
                .and_then(|place| desk.deal().instruments.get(place))
                .map_or_else(|| figure(desk, reach.row_of(address)), |instrument| instrument.name.clone());
        }
        let Some(first) = book.inputs(node).first() else { break };
        node = *first;
    }
    let leaf = std::iter::once(&node).chain(weights).find_map(|node| match book.how(*node) {
        How::Leaf(leaf) => leaf.path().cloned(),
        How::Computed(_) => None,
    });
    leaf.map_or_else(|| desk.say("workings.step"), |path| cell(desk, &path))
}
