//! What every source is estimated at, in the case that is computed.
//!
//! A source's own estimate goes first. One that has none gets its share of an ultimate: the whole less what the
//! other parts have typed for themselves, split by weight so that the parts add up to the minor unit. Parts that
//! come to more than the whole leave nothing, and never less.

use std::collections::BTreeMap;

use recoup_deal::revenue::{RevenueCase, RevenueSource, SourceBasis, Ultimate, UltimatePart};
use recoup_deal::{Deal, Finding, Severity};
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_money::Money;

use crate::contract::price;

/// What a source is estimated at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Estimated {
    /// The amount, in the deal's currency.
    pub total: NodeId,
    /// What is scaled when the film is supposed to earn more or less: the typed cell, or what an ultimate shares out.
    pub scaled: NodeId,
    /// Whether it comes out of an ultimate, from which cinemas have kept their share already.
    pub shared: bool,
}

/// The estimates of all sources that have one, by their place in the deal.
pub(crate) struct Estimates {
    by_place: BTreeMap<usize, Estimated>,
    /// What the ultimates do not add up to.
    pub findings: Vec<Finding>,
}

impl Estimates {
    pub(crate) fn gather(deal: &Deal, cells: &Cells, book: &mut Book) -> Self {
        let mut found = Self { by_place: BTreeMap::new(), findings: Vec::new() };
        let case = deal.revenue.computed_case();
        for (place, source) in deal.revenue.sources.iter().enumerate() {
            if let Some(total) = typed(source, case, cells, book) {
                // An amount of another currency is exchanged; the cell is what it is exchanged from.
                let scaled = book.inputs(total).first().copied().unwrap_or(total);
                found.by_place.insert(place, Estimated { total, scaled, shared: false });
            }
        }
        for ultimate in &deal.revenue.ultimates {
            found.share_out(deal, ultimate, cells, book);
        }
        found
    }

    pub(crate) fn of(&self, place: usize) -> Option<Estimated> {
        self.by_place.get(&place).copied()
    }

    fn share_out(&mut self, deal: &Deal, ultimate: &Ultimate, cells: &Cells, book: &mut Book) {
        let path = format!("revenue.ultimates[{}]", ultimate.id);
        let Some((amount, field)) = ultimate.estimate.of(deal.revenue.computed_case()) else { return };
        let nothing = cells.nothing(book);
        let total = cells.money(book, format!("{path}.estimate.{field}"), Some(amount));
        let mut fixed = vec![nothing];
        let mut open: Vec<(usize, &UltimatePart)> = Vec::new();
        for part in &ultimate.parts {
            let place = deal.revenue.sources.iter().position(|source| source.id == part.source);
            let Some(place) = place else { continue };
            let source = &deal.revenue.sources[place];
            let first = deal.revenue.ultimate_of(source).is_some_and(|first| first.id == ultimate.id);
            match self.of(place) {
                _ if !first => {}
                Some(own) => fixed.push(after_cinemas(source, own.total, cells, book)),
                None => match flat_price(deal, source, cells, book) {
                    Some(price) => fixed.push(price),
                    None => open.push((place, part)),
                },
            }
        }
        let name = |word: &str| format!("ultimate.{}.{word}", ultimate.id);
        let total = book.figure(name("total"), Operation::Carry, &[total]);
        let fixed = book.figure(name("typed"), Operation::Sum, &fixed);
        let rest = book.less(total, fixed);
        let left = book.figure(name("open"), Operation::Greatest, &[rest, nothing]);
        self.findings.extend(uneven(ultimate, book, [total, fixed, rest], open.is_empty()));
        let mut inputs = vec![left];
        for (_, part) in &open {
            inputs.push(cells.number(book, format!("{path}.parts[{}].share", part.id), Some(part.share)));
        }
        for (index, (place, part)) in open.into_iter().enumerate() {
            let part_index = u16::try_from(index).unwrap_or(u16::MAX);
            let amount = book.compute(Operation::Apportion { part: part_index }, &inputs);
            let total = book.name(amount, format!("revenue.{}.estimate", part.source));
            self.by_place.insert(place, Estimated { total, scaled: left, shared: true });
        }
    }
}

fn typed(source: &RevenueSource, case: RevenueCase, cells: &Cells, book: &mut Book) -> Option<NodeId> {
    let (amount, field) = source.estimate.of(case)?;
    let path = format!("revenue.sources[{}].estimate.{field}", source.id);
    Some(cells.money(book, path, Some(amount)))
}

/// The price of a source that is sold outright and whose buyer owes nothing more.
fn flat_price(deal: &Deal, source: &RevenueSource, cells: &Cells, book: &mut Book) -> Option<NodeId> {
    let sold = source.sold_by.as_deref().filter(|_| source.distribution.is_none())?;
    price(deal, sold, cells, book)
}

/// What a typed estimate is of an ultimate, which counts no ticket money that cinemas keep.
fn after_cinemas(source: &RevenueSource, amount: NodeId, cells: &Cells, book: &mut Book) -> NodeId {
    if source.basis != Some(SourceBasis::BoxOffice) {
        return amount;
    }
    let path = format!("revenue.sources[{}].exhibitor_share", source.id);
    let share = cells.number(book, path, source.exhibitor_share);
    let kept = book.scaled(amount, &[share]);
    book.less(amount, kept)
}

/// What is typed comes to more than the whole, or to less with no part left that could take the rest.
fn uneven(ultimate: &Ultimate, book: &Book, figures: [NodeId; 3], closed: bool) -> Option<Finding> {
    let [total, typed, rest] = figures.map(|node| book.value(node).as_money());
    let rest = rest.filter(|rest| !rest.is_zero())?;
    let path = format!("revenue.ultimates[{}].estimate", ultimate.id);
    let label = ultimate.label.as_ref().unwrap_or(&ultimate.id);
    let nothing = Money::zero(rest.currency());
    let (total, typed) = (total.unwrap_or(nothing), typed.unwrap_or(nothing));
    if rest.is_negative() {
        return Some(
            Finding::new(Severity::Blocker, "ULTIMATE_EXCEEDED", path)
                .with("ultimate", label)
                .with("total", total)
                .with("typed", typed),
        );
    }
    closed.then(|| {
        Finding::new(Severity::Question, "ULTIMATE_DIFFERS", path)
            .with("ultimate", label)
            .with("total", total)
            .with("typed", typed)
    })
}
