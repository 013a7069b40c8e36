//! In which order money is called.
//!
//! Money with a typed place goes first, in that order. Without one, equity goes before anything that is owed, as
//! lenders ask for it; then what bears nothing; then loans, the cheapest first. What a loan costs is the rate in force
//! in that month, a margin with the base rate it is quoted over, less the commitment fee that drawing it saves: the fee
//! runs on what is not drawn. Money whose day has not come, or whose conditions are not met, is passed over until then.

use std::collections::BTreeMap;

use recoup_calendar::Date;
use recoup_deal::instrument::{FeeAmount, InterestRate};
use recoup_deal::{BaseRate, Deal, Instrument, RatePoint};
use recoup_explain::{Book, Cells, NodeId};
use rust_decimal::Decimal;

use crate::plan::{Comes, comes, commitment_shares, interest};

/// The point of a base rate that is in force on a day: the latest on or before it, else the first.
pub(crate) fn base_on<'d>(base: &str, day: Date, deal: &'d Deal) -> Option<(&'d BaseRate, &'d RatePoint)> {
    let curve = deal.market.base_rates.iter().find(|curve| curve.id == base)?;
    let in_force = curve.points.iter().rev().find(|point| point.from <= day);
    in_force.or(curve.points.first()).map(|point| (curve, point))
}

/// The places of the instruments in the order in which they are called on a day.
pub(crate) fn call_order(deal: &Deal, day: Date) -> Vec<usize> {
    let mut order: Vec<(u32, u8, Decimal, usize)> = deal
        .instruments
        .iter()
        .enumerate()
        .map(|(place, instrument)| (typed(instrument), rank(instrument), cost(instrument, day, deal), place))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|entry| entry.3).collect()
}

/// The orders by month: one for all where no loan moves with a base rate.
pub(crate) fn orders(deal: &Deal, days: impl Iterator<Item = Date>) -> Vec<Vec<usize>> {
    let moves = |one: &Instrument| matches!(one.rate, Some(InterestRate::OverBase(_)));
    let most = if deal.instruments.iter().any(moves) { usize::MAX } else { 1 };
    days.take(most).map(|day| call_order(deal, day)).collect()
}

fn typed(instrument: &Instrument) -> u32 {
    instrument.drawdown.as_ref().and_then(|drawdown| drawdown.order).unwrap_or(u32::MAX)
}

fn rank(instrument: &Instrument) -> u8 {
    match &instrument.terms {
        terms if terms.is_equity() => 0,
        terms if terms.is_debt() => 2,
        _ => 1,
    }
}

/// What one more unit drawn costs a year.
fn cost(instrument: &Instrument, day: Date, deal: &Deal) -> Decimal {
    let rate = match &instrument.rate {
        Some(InterestRate::Fixed(rate)) => *rate,
        Some(InterestRate::OverBase(over)) => {
            let base = base_on(&over.base, day, deal).map_or(Decimal::ZERO, |(_, point)| point.rate);
            base.saturating_add(over.margin)
        }
        None => Decimal::ZERO,
    };
    let saved = instrument.fees.iter().filter_map(|fee| match &fee.amount {
        Some(FeeAmount::ShareOfUndrawn(share)) => Some(*share),
        _ => None,
    });
    saved.fold(rate, Decimal::saturating_sub)
}

/// What decided the places of loans among each other.
pub(crate) struct Rivals(BTreeMap<u32, Vec<NodeId>>);

impl Rivals {
    /// The rates and commitment fees of loans that have one typed place, or none, by that place.
    pub(crate) fn of(deal: &Deal, cells: &Cells, book: &mut Book) -> Self {
        let mut places: BTreeMap<u32, Vec<&Instrument>> = BTreeMap::new();
        for loan in deal.instruments.iter().filter(|one| is_called_loan(one)) {
            places.entry(typed(loan)).or_default().push(loan);
        }
        places.retain(|_, loans| loans.len() > 1);
        let mut decided = |loans: Vec<&Instrument>| {
            let mut found = Vec::new();
            for loan in loans {
                let terms = interest(loan, cells, book);
                found.extend(terms.map(|terms| terms.levels(deal, cells, book)).into_iter().flatten());
                found.extend(commitment_shares(loan, cells, book));
            }
            found.sort_unstable();
            found.dedup();
            found
        };
        Self(places.into_iter().map(|(place, loans)| (place, decided(loans))).collect())
    }

    /// What decided the place of an instrument; empty where it has no rival.
    pub(crate) fn to(&self, instrument: &Instrument) -> &[NodeId] {
        match self.0.get(&typed(instrument)) {
            Some(decided) if is_called_loan(instrument) => decided,
            _ => &[],
        }
    }
}

fn is_called_loan(instrument: &Instrument) -> bool {
    instrument.terms.is_debt() && comes(instrument) == Comes::Called
}
