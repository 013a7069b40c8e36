//! What stands still while a receipt flows

use std::cmp::Ordering;

use recoup_calendar::Date;
use recoup_deal::recoupment::{Membership, Ratio, Relation};
use recoup_waterfall::{
    Receipt,
    flat::{ContractRow, Fact, Flat},
};

/// Facts, contracts, events and counts as they stand.
#[derive(Debug, Clone)]
pub(super) struct Standing<'a> {
    contracts: Vec<ContractRow>,
    events: Vec<Option<Ratio>>,
    units: Vec<i64>,
    /// Whether each fact holds for the money in hand.
    pub facts: Vec<bool>,
    /// Whether each contract runs.
    pub open: Vec<bool>,
    flat: Flat<'a>,
}

/// What is asked about money.
struct Asked<'r> {
    date: Date,
    entry: Option<u32>,
    territories: &'r [String],
    media: &'r [String],
    contract: Option<&'r str>,
}

impl<'a> Standing<'a> {
    pub(super) fn of(flat: Flat<'a>) -> Self {
        Standing {
            contracts: flat.contracts.to_vec(),
            events: vec![None; flat.events.len()],
            units: vec![0; flat.unit_series.len()],
            facts: vec![false; flat.facts.len()],
            open: vec![true; flat.contracts.len()],
            flat,
        }
    }

    pub(super) fn happened(&mut self, flat: Flat<'_>, event: &str, value: Ratio) {
        if let Some(index) = flat.events.iter().position(|name| name.as_ref() == event) {
            self.events[index] = Some(value);
        }
    }

    pub(super) fn count(&mut self, series: usize, units: i64) {
        self.units[series] = self.units[series].saturating_add(units);
    }

    pub(super) fn units(&self, series: u32) -> i64 {
        self.units[series as usize]
    }

    pub(super) fn change_contract(&mut self, id: &str, to: Option<Date>, value: Option<i64>) -> bool {
        let Some(row) = self.contracts.iter_mut().find(|row| row.id.as_ref() == id) else {
            return false;
        };
        row.to = to.or(row.to);
        row.value = value.or(row.value);
        true
    }

    /// Settles what is asked about a receipt. What it does not say its entry says.
    pub(super) fn settle(&mut self, flat: Flat<'_>, entry: u32, receipt: &Receipt) {
        let row = &flat.entries[entry as usize];
        self.answer(&Asked {
            date: receipt.date,
            entry: Some(entry),
            territories: if receipt.territories.is_empty() { &row.territories } else { &receipt.territories },
            media: if receipt.media.is_empty() { &row.media } else { &receipt.media },
            contract: receipt.contract.as_deref().or(row.contract.as_deref()),
        });
    }

    /// Settles what is asked about money that a reserve lets go.
    pub(super) fn settle_released(&mut self, date: Date) {
        self.answer(&Asked { date, entry: None, territories: &[], media: &[], contract: None });
    }

    fn answer(&mut self, asked: &Asked<'_>) {
        let within = |from: Option<Date>, to: Option<Date>| {
            from.is_none_or(|from| from <= asked.date) && to.is_none_or(|to| asked.date <= to)
        };
        for (row, open) in self.contracts.iter().zip(&mut self.open) {
            *open = within(row.from, row.to);
        }
        let named = |id: &str| self.contracts.iter().find(|row| row.id.as_ref() == id);
        let value = asked.contract.and_then(named).and_then(|row| row.value);
        for ((fact, _), out) in self.flat.facts.iter().zip(&mut self.facts) {
            *out = match fact {
                Fact::Territory(is, list) => any_in(*is, asked.territories, list),
                Fact::Media(is, list) => any_in(*is, asked.media, list),
                Fact::Source(is, list) => {
                    let source = asked.entry.map(|entry| &self.flat.entries[entry as usize].id);
                    source.is_some_and(|id| list.contains(id)) == (*is == Membership::In)
                }
                Fact::Date { from, to } => within(*from, *to),
                Fact::ContractValue { is, target } => {
                    value.is_some_and(|value| compares(*is, value.cmp(target)))
                }
                Fact::Event { event, is, target } => {
                    let value = self.events[*event as usize];
                    value.is_some_and(|value| compares(*is, order_of(value, *target)))
                }
                Fact::Counted { series, is, target } => {
                    compares(*is, self.units[*series as usize].cmp(target))
                }
            };
        }
    }
}

fn order_of(value: Ratio, target: Ratio) -> Ordering {
    match (value.exceeds(target), target.exceeds(value)) {
        (true, _) => Ordering::Greater,
        (_, true) => Ordering::Less,
        (false, false) => Ordering::Equal,
    }
}

fn compares(is: Relation, order: Ordering) -> bool {
    match is {
        Relation::Below => order.is_lt(),
        Relation::UpTo => order.is_le(),
        Relation::AtLeast => order.is_ge(),
        Relation::MoreThan => order.is_gt(),
    }
}

fn any_in(is: Membership, values: &[String], list: &[String]) -> bool {
    values.iter().any(|value| list.contains(value)) == (is == Membership::In)
}
