//! What one run pays against another: who gains, who loses, and since when

use std::{collections::BTreeMap, sync::Arc};

use recoup_calendar::{Date, Period};
use recoup_money::{Currency, Money};
use serde::Serialize;

use crate::{error::WaterfallError, exact::saturate, posting::Posting, recoup::Recoupment};

/// How one run differs from another over the same receipts: the one less the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The periods that are compared: those of the run that has more.
    pub periods: Vec<Period>,
    /// The first day on which they pay differently; none where they never do.
    pub first_day: Option<Date>,
    /// Every party that either of them pays.
    pub parties: Vec<Differing>,
    /// Every tier that takes in either of them.
    pub tiers: Vec<Differing>,
    /// What reserves hold at the end.
    pub held: PeriodDifference,
    /// What reached the end with nobody entitled.
    pub left_over: PeriodDifference,
    /// What those who bear shortfalls put in.
    pub contributions: PeriodDifference,
    /// Receipts. The same in both where only terms differ.
    pub receipts: PeriodDifference,
}

/// One party or tier in both runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differing {
    /// Its id.
    pub id: Arc<str>,
    /// The first day on which it is paid differently; none where it never is.
    pub first_day: Option<Date>,
    /// In each period.
    pub periods: Vec<PeriodDifference>,
    /// In all.
    pub total: PeriodDifference,
    /// Still owed at the end.
    pub outstanding: PeriodDifference,
}

/// An amount in both runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PeriodDifference {
    /// In the one.
    pub one: Money,
    /// In the other.
    pub other: Money,
    /// The one less the other.
    pub change: Money,
}

impl PeriodDifference {
    fn of(one: i64, other: i64, currency: Currency) -> Self {
        let money = |minor: i64| Money::new(minor, currency);
        let change = saturate(i128::from(one) - i128::from(other));
        PeriodDifference { one: money(one), other: money(other), change: money(change) }
    }
}

/// Payments by day, of the one run and of the other.
type ByDay = BTreeMap<Date, (i64, i64)>;

/// Compares two runs. What one pays more somewhere, it pays less elsewhere: over the same receipts the changes of
/// all parties, of what is held and of what is left over, less those of what is put in, come to nothing.
pub fn difference(
    one: &Recoupment,
    other: &Recoupment,
    currency: Currency,
) -> Result<Difference, WaterfallError> {
    let longer = if one.periods.len() >= other.periods.len() { one } else { other };
    let periods: Vec<Period> =
        longer.periods.iter().map(|period| Period { start: period.start, end: period.end }).collect();
    let owed = |run: &Recoupment, party: &str| {
        run.statement(party).map_or(0, |statement| statement.outstanding.minor())
    };
    let owed_to = |run: &Recoupment, tier: &str| run.claim(tier).map_or(0, |claim| claim.outstanding.minor());
    let parties = gathered(one, other, |posting| posting.payee.clone());
    let first_day = parties.values().filter_map(first_difference).min();
    let told = |all: BTreeMap<Arc<str>, ByDay>, owed: &dyn Fn(&Recoupment, &str) -> i64| {
        let told = all.into_iter().map(|(id, days)| {
            let outstanding = PeriodDifference::of(owed(one, &id), owed(other, &id), currency);
            differing(id, &days, &periods, outstanding, currency)
        });
        told.collect::<Vec<_>>()
    };
    let total = |of: fn(&Recoupment) -> i64| PeriodDifference::of(of(one), of(other), currency);
    let found = Difference {
        first_day,
        parties: told(parties, &owed),
        tiers: told(gathered(one, other, |posting| posting.tier.clone()), &owed_to),
        held: total(|run| run.held.minor()),
        left_over: total(|run| run.left_over.minor()),
        contributions: total(|run| run.periods.iter().map(|period| period.contributions.minor()).sum()),
        receipts: total(|run| run.periods.iter().map(|period| period.receipts.minor()).sum()),
        periods,
    };
    found.adds_up()?;
    Ok(found)
}

impl Difference {
    /// What parties, reserves and the rest have more is what came in more.
    fn adds_up(&self) -> Result<(), WaterfallError> {
        let parties = self.parties.iter().map(|party| i128::from(party.total.change.minor()));
        let change = |of: &PeriodDifference| i128::from(of.change.minor());
        let out = parties.sum::<i128>() + change(&self.held) + change(&self.left_over);
        let difference = change(&self.receipts) + change(&self.contributions) - out;
        if difference == 0 {
            return Ok(());
        }
        let period = self.first_day.map_or_else(String::new, |day| day.to_string());
        Err(WaterfallError::Conservation { period, tier: String::new(), difference })
    }
}

fn gathered(
    one: &Recoupment,
    other: &Recoupment,
    key: impl Fn(&Posting) -> Option<Arc<str>>,
) -> BTreeMap<Arc<str>, ByDay> {
    let mut out: BTreeMap<Arc<str>, ByDay> = BTreeMap::new();
    for (run, first) in [(one, true), (other, false)] {
        for posting in &run.postings {
            let Some(key) = key(posting) else { continue };
            let day = out.entry(key).or_default().entry(posting.date).or_default();
            let side = if first { &mut day.0 } else { &mut day.1 };
            *side = side.saturating_add(posting.amount.minor());
        }
    }
    out
}

fn first_difference(days: &ByDay) -> Option<Date> {
    days.iter().find(|(_, (one, other))| one != other).map(|(day, _)| *day)
}

fn differing(
    id: Arc<str>,
    days: &ByDay,
    periods: &[Period],
    outstanding: PeriodDifference,
    currency: Currency,
) -> Differing {
    let mut sums = vec![(0i64, 0i64); periods.len()];
    for (day, (one, other)) in days {
        let place = periods.iter().position(|period| *day <= period.end);
        if let Some(sum) = place.or(periods.len().checked_sub(1)).and_then(|place| sums.get_mut(place)) {
            *sum = (sum.0.saturating_add(*one), sum.1.saturating_add(*other));
        }
    }
    let total = sums.iter().fold((0i64, 0i64), |all, sum| (all.0 + sum.0, all.1 + sum.1));
    Differing {
        id,
        first_day: first_difference(days),
        periods: sums.iter().map(|sum| PeriodDifference::of(sum.0, sum.1, currency)).collect(),
        total: PeriodDifference::of(total.0, total.1, currency),
        outstanding,
    }
}
