//! A balance that bears interest, day by day: the proof of the interest in a statement

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;
use recoup_money::Money;
use serde::Serialize;

use super::history::Record;
use crate::{
    account::{BalanceEvent, BalanceStep},
    exact::{Exact, UNIT, nearest_minor},
    plan::{AccountScope, Goal, PaysFor, Plan},
};

/// The balance behind a claim on principal and interest, or behind a preferred return.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ledger {
    /// The first claim it is told under.
    pub tier: Arc<str>,
    /// Every claim that it repays.
    pub claims: Vec<Arc<str>>,
    /// The instrument whose money bears the interest.
    pub instrument: Arc<str>,
    /// The days on which something happened to it. Rounded so that each column adds up to its rounded total.
    pub rows: Vec<LedgerRow>,
    /// What it came to in each period.
    pub periods: Vec<LedgerPeriod>,
}

/// A day on which something happened to a balance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerRow {
    /// The day.
    pub on: Date,
    /// Interest since an earlier day, where any ran.
    pub accrual: Option<Accrual>,
    /// Interest that was added to what bears interest.
    pub capitalised: Money,
    /// Put in.
    pub drawn: Money,
    /// How much of what was paid is interest.
    pub interest_paid: Money,
    /// How much of what was paid reduces what bears interest.
    pub principal_paid: Money,
    /// What is owed after it, interest included.
    pub balance: Money,
}

/// Interest between two days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Accrual {
    /// Since when.
    pub since: Date,
    /// Days by the day count.
    pub days: i64,
    /// Days of the year by the day count, where it has so many in every year.
    pub year: Option<i64>,
    /// What bore it.
    pub base: Money,
    /// The rate for a year.
    pub rate: Ratio,
    /// How much it is.
    pub interest: Money,
}

/// A balance in one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerPeriod {
    /// Put in.
    pub drawn: Money,
    /// Interest of the period, to its last day.
    pub interest: Money,
    /// Interest paid.
    pub interest_paid: Money,
    /// Principal paid.
    pub principal_paid: Money,
    /// Owed on the last day, interest included.
    pub balance: Money,
}

/// The claim under which a balance is told, and every claim that repays it; none for one that only a condition
/// asks about.
pub(crate) fn told_under(plan: &Plan, account: u32) -> Option<(u32, Vec<u32>)> {
    let pays = |node: &u32| plan.share(*node).and_then(|share| share.pays).filter(|(of, _)| *of == account);
    let counts = |node: &u32| plan.share(*node).is_some_and(|share| share.hurdles.contains(&account));
    let claims: Vec<u32> =
        (0..plan.nodes.len() as u32).filter(|node| pays(node).is_some() || counts(node)).collect();
    let first = match plan.accounts.get(account as usize)?.scope {
        AccountScope::Party(_) => return None,
        AccountScope::Hurdle => (0..plan.nodes.len() as u32).find(|node| is_limit_of(plan, *node, account)),
        AccountScope::Claims => claims.first().copied(),
        AccountScope::Return => {
            let on_return = |node: &&u32| pays(node).is_some_and(|(_, what)| what == PaysFor::Return);
            claims.iter().find(on_return).copied()
        }
    };
    first.map(|first| (first, claims))
}

/// Whether a claim's limit is what a balance comes to.
fn is_limit_of(plan: &Plan, node: u32, account: u32) -> bool {
    let limit = plan.share(node).and_then(|share| share.limit);
    let goal = limit.and_then(|limit| plan.thresholds.get(limit as usize)).map(|threshold| threshold.goal);
    matches!(goal, Some(Goal::Owed { account: of, .. }) if of == account)
}

pub(super) fn ledgers(record: &Record<'_>) -> Vec<Ledger> {
    let plan = record.plan;
    let mut out = Vec::new();
    for (account, row) in plan.accounts.iter().enumerate() {
        let Some((first, claims)) = told_under(plan, account as u32) else { continue };
        let id = |node: u32| Arc::clone(&plan.nodes[node as usize].id);
        let steps = record.balances.get(account).map_or(&[][..], Vec::as_slice);
        out.push(Ledger {
            tier: id(first),
            claims: claims.into_iter().map(id).collect(),
            instrument: Arc::clone(&plan.instruments[row.instrument as usize]),
            rows: rows(record, steps),
            periods: periods(record, account, steps),
        });
    }
    out
}

/// Exact sums of a ledger so far. What is told of a day or a period is what their rounded values grow by, so that
/// every column adds up.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    drawn: Exact,
    interest: Exact,
    added: Exact,
    paid: Exact,
    principal: Exact,
}

impl Sums {
    fn take(&mut self, step: &BalanceStep) {
        match step.what {
            BalanceEvent::Drawn(amount) => self.drawn += amount,
            BalanceEvent::Earned { interest, .. } => self.interest += interest,
            BalanceEvent::Added(amount) => self.added += amount,
            BalanceEvent::Paid { amount, principal } => {
                self.paid += amount;
                self.principal += principal;
            }
        }
    }

    /// Whether anything moved by a thousandth of a minor unit. What rounding left behind in a balance that is paid
    /// off earns nothing anybody could see.
    fn moves_from(&self, before: &Sums) -> bool {
        let moved = |before: Exact, now: Exact| (now - before).abs() >= UNIT / 1_000;
        moved(before.drawn, self.drawn)
            || moved(before.interest, self.interest)
            || moved(before.added, self.added)
            || moved(before.paid, self.paid)
    }

    fn owed(&self) -> i64 {
        nearest_minor(self.drawn + self.interest - self.paid)
    }

    fn interest_paid(&self) -> i64 {
        nearest_minor(self.paid) - nearest_minor(self.principal)
    }
}

fn rows(record: &Record<'_>, steps: &[BalanceStep]) -> Vec<LedgerRow> {
    let (mut sums, mut before) = (Sums::default(), Sums::default());
    let mut out = Vec::new();
    for day in steps.chunk_by(|one, next| one.on == next.on) {
        let Some(first) = day.first() else { continue };
        day.iter().for_each(|step| sums.take(step));
        if !sums.moves_from(&before) {
            continue;
        }
        let grown =
            |of: fn(&Sums) -> Exact| record.money(nearest_minor(of(&sums)) - nearest_minor(of(&before)));
        let accrual = day.iter().find_map(|step| match step.what {
            BalanceEvent::Earned { since, base, rate, day_count, .. } => {
                let days = day_count.days(since, step.on);
                let (counted, year) = day_count.year_ratio(since, step.on);
                Some(Accrual {
                    since,
                    days,
                    year: (counted == days).then_some(year),
                    base: record.money(nearest_minor(base)),
                    rate,
                    interest: grown(|sums| sums.interest),
                })
            }
            _ => None,
        });
        out.push(LedgerRow {
            on: first.on,
            accrual,
            capitalised: grown(|sums| sums.added),
            drawn: grown(|sums| sums.drawn),
            interest_paid: record.money(sums.interest_paid() - before.interest_paid()),
            principal_paid: grown(|sums| sums.principal),
            balance: record.money(sums.owed()),
        });
        before = sums;
    }
    out
}

fn periods(record: &Record<'_>, account: usize, steps: &[BalanceStep]) -> Vec<LedgerPeriod> {
    let mut out = Vec::with_capacity(record.closed.len());
    let (mut sums, mut before) = (Sums::default(), Sums::default());
    let mut steps = steps.iter().peekable();
    for (period, closing) in record.closed.iter().enumerate() {
        while let Some(step) = steps.next_if(|step| record.period_of(step.on) <= period) {
            sums.take(step);
        }
        // Interest runs to the last day of the period, though nothing happens on it.
        let interest = closing.interest.get(account).copied().unwrap_or(sums.interest);
        let now = Sums { interest, ..sums };
        let grown =
            |of: fn(&Sums) -> Exact| record.money(nearest_minor(of(&now)) - nearest_minor(of(&before)));
        out.push(LedgerPeriod {
            drawn: grown(|sums| sums.drawn),
            interest: grown(|sums| sums.interest),
            interest_paid: record.money(now.interest_paid() - before.interest_paid()),
            principal_paid: grown(|sums| sums.principal),
            balance: record.money(now.owed()),
        });
        before = now;
    }
    out
}
