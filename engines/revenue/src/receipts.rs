//! Every source, quarter by quarter, down to the collection account.

use std::collections::{BTreeMap, BTreeSet};

use recoup_calendar::{Period, Quarter};
use recoup_deal::recoupment::Role;
use recoup_deal::revenue::{RevenueSource, SourceBasis};
use recoup_deal::{Deal, Finding, Timeline};
use recoup_explain::{Book, Cells, NodeId, Operation};
use rust_decimal::Decimal;

use crate::agency::Selling;
use crate::channel::{Channel, Kept, QuarterReceipt, SourceReceipts};
use crate::contract::Settling;
use crate::estimate::{Estimated, Estimates};
use crate::findings;
use crate::horizon::Horizon;
use crate::naming::Naming;
use crate::profile::{Part, grounds, parts};
use crate::windows::by_window;

/// What the film earns.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipts {
    /// Every source that brings money, in the deal's order.
    pub sources: Vec<SourceReceipts>,
    /// All gross receipts.
    pub gross: NodeId,
    /// All that reaches the collection account.
    pub to_account: NodeId,
    /// What the computed case rests on: each estimate as it is typed, in its own currency, and what of each
    /// ultimate is left to be shared out. Scaled alike, they scale the gross.
    pub estimates: Vec<NodeId>,
    /// What is missing or does not fit together.
    pub findings: Vec<Finding>,
}

/// Computes every receipt of the deal's case and records what is typed for the others.
pub fn receipts(deal: &Deal, timeline: &Timeline, cells: &Cells, book: &mut Book) -> Receipts {
    let mut found = findings::inconsistencies(deal, timeline);
    let typed = Estimates::gather(deal, cells, book);
    found.extend(typed.findings.iter().cloned());
    let horizon = Horizon::of(deal, timeline);
    let mut plans = BTreeMap::new();
    let mut estimates = Vec::new();
    for (index, source) in deal.revenue.sources.iter().enumerate() {
        record_cases(source, cells, book);
        // A flat sale brings nothing more than its price, which stands in the stack.
        let flat_sale = source.sold_by.is_some() && source.distribution.is_none();
        let Some(estimated) = typed.of(index).filter(|_| !flat_sale) else { continue };
        match parts(deal, timeline, source, cells, book) {
            Some(parts) => {
                if !estimates.contains(&estimated.scaled) {
                    estimates.push(estimated.scaled);
                }
                plans.insert(index, (estimated, parts));
            }
            None => found.push(findings::no_date(source)),
        }
    }
    let cut =
        horizon.filter(|end| plans.values().flat_map(|(_, parts)| parts).any(|p| end.is_beyond(p.paid_in)));
    let mut streams = BTreeMap::new();
    for (index, plan) in plans {
        let Some(source) = deal.revenue.sources.get(index) else { continue };
        let last = plan.1.iter().map(|part| part.paid_in).max();
        let (channels, lost) = stream(deal, source, plan, cut.as_ref(), cells, book);
        if let (Some(amount), Some(end), Some(last)) = (lost, &cut, last) {
            found.extend(findings::beyond(source, end, last, book.value(amount).as_money()));
        }
        streams.insert(index, channels);
    }
    settle(deal, &mut streams, cells, book);
    let sources: Vec<SourceReceipts> = streams
        .into_iter()
        .filter_map(|(index, channels)| {
            let source = deal.revenue.sources.get(index)?;
            Some(close(source, &Naming::of_source(deal, &source.id), channels, cells, book))
        })
        .collect();
    let naming = Naming::of_all(deal);
    let nothing = cells.nothing(book);
    let total = |book: &mut Book, address: &str, of: &dyn Fn(&SourceReceipts) -> NodeId| {
        let parts: Vec<NodeId> = std::iter::once(nothing).chain(sources.iter().map(of)).collect();
        book.figure(address, Operation::Sum, &parts)
    };
    let gross = total(book, &naming.total("gross"), &|source| source.gross);
    let to_account = total(book, &naming.total("to_account"), &|source| source.to_account);
    by_quarter(&sources, &naming, cells, book);
    by_window(deal, &sources, &naming, cells, book);
    Receipts { sources, gross, to_account, estimates, findings: found }
}

/// The typed cases of an estimate, each at its own address.
fn record_cases(source: &RevenueSource, cells: &Cells, book: &mut Book) {
    let estimate = &source.estimate;
    let cases = [
        ("low", estimate.low),
        ("base", estimate.base),
        ("high", estimate.high),
        ("ask", estimate.ask),
        ("take", estimate.take),
    ];
    for (word, amount) in cases {
        if amount.is_some() {
            let cell = cells.money(book, format!("revenue.sources[{}].estimate.{word}", source.id), amount);
            book.name(cell, format!("revenue.{}.{word}", source.id));
        }
    }
}

/// A source's gross by quarter, and what would be paid after the end of what is modelled.
fn stream(
    deal: &Deal,
    source: &RevenueSource,
    (estimated, parts): (Estimated, Vec<Part>),
    cut: Option<&Horizon>,
    cells: &Cells,
    book: &mut Book,
) -> (Vec<Channel>, Option<NodeId>) {
    let mut placing = grounds(deal, source);
    placing.extend(cut.into_iter().flat_map(|end| end.grounds(deal)));
    let total = cells.placed(book, estimated.total, placing);
    let inputs: Vec<NodeId> = std::iter::once(total).chain(parts.iter().map(|part| part.weight)).collect();
    let mut quarters: BTreeMap<Quarter, (Period, Vec<NodeId>)> = BTreeMap::new();
    let mut late = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let part_index = u16::try_from(index).unwrap_or(u16::MAX);
        let amount = book.compute(Operation::Apportion { part: part_index }, &inputs);
        if cut.is_some_and(|end| end.is_beyond(part.paid_in)) {
            late.push(amount);
            continue;
        }
        let (earned, amounts) = quarters.entry(part.paid_in).or_insert((part.earned, Vec::new()));
        earned.start = earned.start.min(part.earned.start);
        earned.end = earned.end.max(part.earned.end);
        amounts.push(amount);
    }
    let naming = Naming::of_source(deal, &source.id);
    let mut channels = Vec::with_capacity(quarters.len());
    for (quarter, (earned, amounts)) in quarters {
        let amount = book.plus(&amounts);
        let gross = book.name(amount, naming.in_quarter("gross", quarter));
        channels.push(Channel::new(quarter, earned, gross).shared(estimated.shared));
    }
    let late = (!late.is_empty())
        .then(|| book.figure(format!("revenue.{}.beyond_horizon", source.id), Operation::Sum, &late));
    (channels, late)
}

/// Takes what is kept on the way, quarter by quarter and within a quarter in the deal's order of sources.
fn settle(deal: &Deal, streams: &mut BTreeMap<usize, Vec<Channel>>, cells: &Cells, book: &mut Book) {
    let mut contracts: BTreeMap<&str, Settling<'_>> = BTreeMap::new();
    if !findings::plan_takes(deal, Role::DistributionFee) {
        for contract in &deal.revenue.distribution {
            contracts.insert(contract.id.as_str(), Settling::open(deal, contract, cells, book));
        }
    }
    let mut agencies: BTreeMap<&str, Selling<'_>> = BTreeMap::new();
    if !findings::plan_takes(deal, Role::SalesCommission) {
        for agency in &deal.revenue.sales_agencies {
            agencies.insert(agency.id.as_str(), Selling::open(deal, agency, cells, book));
        }
    }
    let quarters: BTreeSet<Quarter> = streams.values().flatten().map(|channel| channel.quarter).collect();
    for quarter in quarters {
        for (index, channels) in streams.iter_mut() {
            let Some(source) = deal.revenue.sources.get(*index) else { continue };
            let Some(channel) = channels.iter_mut().find(|channel| channel.quarter == quarter) else {
                continue;
            };
            before_contracts(source, channel, cells, book);
            if source.basis == Some(SourceBasis::NetToProducer) {
                continue;
            }
            let contract = source.distribution.as_deref().and_then(|id| contracts.get_mut(id));
            if let Some(contract) = contract {
                contract.settle(source, channel, cells, book);
            }
            let agency = source.sales_agency.as_deref().and_then(|id| agencies.get_mut(id));
            if let Some(agency) = agency {
                agency.settle(channel, book);
            }
            others(source, channel, cells, book);
        }
    }
}

/// Cinemas keep their share of the tickets first; then the payer's country may withhold tax.
fn before_contracts(source: &RevenueSource, channel: &mut Channel, cells: &Cells, book: &mut Book) {
    let path = format!("revenue.sources[{}]", source.id);
    if source.basis == Some(SourceBasis::BoxOffice) && !channel.after_cinemas {
        let share = cells.number(book, format!("{path}.exhibitor_share"), source.exhibitor_share);
        let kept = book.scaled(channel.left, &[share]);
        channel.keep(book, Kept::Exhibitors, None, kept);
    }
    if let Some(rate) = source.withholding {
        let rate = cells.number(book, format!("{path}.withholding"), Some(rate));
        let kept = book.scaled(channel.left, &[rate]);
        channel.keep(book, Kept::Withholding, None, kept);
    }
}

/// Where only a share belongs to the producer's side, the rest is kept by others.
fn others(source: &RevenueSource, channel: &mut Channel, cells: &Cells, book: &mut Book) {
    let Some(share) = source.producer_share else { return };
    let path = format!("revenue.sources[{}].producer_share", source.id);
    let one = cells.usual(book, path.as_str(), Decimal::ONE, "the whole");
    let share = cells.number(book, path, Some(share));
    let rest = book.less(one, share);
    let kept = book.scaled(channel.left, &[rest]);
    channel.keep(book, Kept::OtherShares, None, kept);
}

/// Names every figure of a source and adds it up.
fn close(
    source: &RevenueSource,
    naming: &Naming,
    channels: Vec<Channel>,
    cells: &Cells,
    book: &mut Book,
) -> SourceReceipts {
    let nothing = cells.nothing(book);
    let mut gross = vec![nothing];
    let mut account = vec![nothing];
    let mut kept: BTreeMap<Kept, Vec<NodeId>> = BTreeMap::new();
    let mut quarters = Vec::with_capacity(channels.len());
    for mut channel in channels {
        let (quarter, earned) = (channel.quarter, channel.earned);
        for part in &mut channel.kept {
            part.amount = book.name(part.amount, naming.in_quarter(part.kind.word(), quarter));
            kept.entry(part.kind).or_default().push(part.amount);
        }
        let to_account = book.name(channel.left, naming.in_quarter("to_account", quarter));
        gross.push(channel.gross);
        account.push(to_account);
        let date = quarter.last_month().last_day();
        quarters.push(QuarterReceipt {
            quarter,
            earned,
            actual: false,
            date,
            gross: channel.gross,
            kept: channel.kept,
            to_account,
        });
    }
    for (kind, parts) in kept {
        let parts: Vec<NodeId> = std::iter::once(nothing).chain(parts).collect();
        book.figure(naming.total(kind.word()), Operation::Sum, &parts);
    }
    let gross = book.figure(naming.total("gross"), Operation::Sum, &gross);
    let to_account = book.figure(naming.total("to_account"), Operation::Sum, &account);
    SourceReceipts { source: source.id.clone(), label: source.label.clone(), quarters, gross, to_account }
}

/// All sources of each quarter together.
fn by_quarter(sources: &[SourceReceipts], naming: &Naming, cells: &Cells, book: &mut Book) {
    let nothing = cells.nothing(book);
    let mut totals: BTreeMap<Quarter, (Vec<NodeId>, Vec<NodeId>)> = BTreeMap::new();
    for quarter in sources.iter().flat_map(|source| &source.quarters) {
        let (gross, account) =
            totals.entry(quarter.quarter).or_insert_with(|| (vec![nothing], vec![nothing]));
        gross.push(quarter.gross);
        account.push(quarter.to_account);
    }
    for (quarter, (gross, account)) in totals {
        book.figure(naming.in_quarter("gross", quarter), Operation::Sum, &gross);
        book.figure(naming.in_quarter("to_account", quarter), Operation::Sum, &account);
    }
}
