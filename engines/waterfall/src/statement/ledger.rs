//! A balance that bears interest, day by day: the proof of the interest in a statement

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;
use recoup_money::Money;
use serde::Serialize;

use super::history::Record;
use crate::{
    account::{BalanceEvent, BalanceStep},
    exact::{Exact, nearest_minor},
    plan::{AccountScope, PaysFor, Plan},
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
    /// Everything that happened to it, in order. Rounded so that each column adds up to its rounded total.
    pub rows: Vec<LedgerRow>,
    /// What it came to in each period.
    pub periods: Vec<LedgerPeriod>,
}

/// One thing that happened to a balance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerRow {
    /// The day.
    pub on: Date,
    /// What happened.
    #[serde(flatten)]
    pub what: LedgerEvent,
    /// What is owed after it, interest included.
    pub balance: Money,
}

/// What happened to a balance.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum LedgerEvent {
    /// Money was put in.
    Drawn {
        /// How much.
        amount: Money,
    },
    /// Interest since a day.
    Interest {
        /// Since when.
        since: Date,
        /// Days by the day count.
        days: i64,
        /// Days of the year by the day count, where it has so many in every year.
        year: Option<i64>,
        /// What bore it.
        base: Money,
        /// The rate for a year.
        rate: Ratio,
        /// How much it is.
        amount: Money,
    },
    /// Interest earned so far was added to what bears interest.
    Capitalised {
        /// How much.
        amount: Money,
    },
    /// A payment.
    Paid {
        /// How much of it is interest.
        interest: Money,
        /// How much of it reduces what bears interest.
        principal: Money,
    },
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
    let claims: Vec<u32> = (0..plan.nodes.len() as u32).filter(|node| pays(node).is_some()).collect();
    let first = match plan.accounts.get(account as usize)?.scope {
        AccountScope::Party(_) => return None,
        AccountScope::Claims => claims.first().copied(),
        AccountScope::Return => {
            let on_return = |node: &&u32| pays(node).is_some_and(|(_, what)| what == PaysFor::Return);
            claims.iter().find(on_return).copied()
        }
    };
    first.map(|first| (first, claims))
}

pub(super) fn ledgers(record: &Record<'_>) -> Vec<Ledger> {
    let plan = record.plan;
    let mut out = Vec::new();
    for (account, row) in plan.accounts.iter().enumerate() {
        let Some((first, claims)) = told_under(plan, account as u32) else { continue };
        let id = |node: u32| Arc::clone(&plan.nodes[node as usize].id);
        let steps = record.balances.get(account).map_or(&[][..], Vec::as_slice);
        let mut sums = Sums::of(record);
        let rows = steps.iter().map(|step| sums.row(step)).collect();
        out.push(Ledger {
            tier: id(first),
            claims: claims.into_iter().map(id).collect(),
            instrument: Arc::clone(&plan.instruments[row.instrument as usize]),
            rows,
            periods: periods(record, account, steps),
        });
    }
    out
}

/// Exact sums of a ledger so far; what is told is what their rounded values grow by.
struct Sums<'a> {
    record: &'a Record<'a>,
    drawn: Exact,
    interest: Exact,
    added: Exact,
    paid: Exact,
    principal: Exact,
}

impl<'a> Sums<'a> {
    fn of(record: &'a Record<'a>) -> Self {
        Sums { record, drawn: 0, interest: 0, added: 0, paid: 0, principal: 0 }
    }

    fn grown(&self, before: Exact, now: Exact) -> Money {
        self.record.money(nearest_minor(now) - nearest_minor(before))
    }

    fn row(&mut self, step: &BalanceStep) -> LedgerRow {
        let what = match step.what {
            BalanceEvent::Drawn(amount) => {
                self.drawn += amount;
                LedgerEvent::Drawn { amount: self.grown(self.drawn - amount, self.drawn) }
            }
            BalanceEvent::Earned { since, base, rate, day_count, interest } => {
                self.interest += interest;
                let days = day_count.days(since, step.on);
                let (counted, year) = day_count.year_ratio(since, step.on);
                LedgerEvent::Interest {
                    since,
                    days,
                    year: (counted == days).then_some(year),
                    base: self.record.money(nearest_minor(base)),
                    rate,
                    amount: self.grown(self.interest - interest, self.interest),
                }
            }
            BalanceEvent::Added(amount) => {
                self.added += amount;
                LedgerEvent::Capitalised { amount: self.grown(self.added - amount, self.added) }
            }
            BalanceEvent::Paid { amount, principal } => {
                self.paid += amount;
                self.principal += principal;
                let principal = self.grown(self.principal - principal, self.principal);
                let all = self.grown(self.paid - amount, self.paid);
                LedgerEvent::Paid { interest: self.record.money(all.minor() - principal.minor()), principal }
            }
        };
        let owed = self.drawn + self.interest - self.paid;
        LedgerRow { on: step.on, what, balance: self.record.money(nearest_minor(owed)) }
    }
}

fn periods(record: &Record<'_>, account: usize, steps: &[BalanceStep]) -> Vec<LedgerPeriod> {
    let mut out = Vec::with_capacity(record.closed.len());
    let mut before = [0; 4];
    for (period, closing) in record.closed.iter().enumerate() {
        let mut sums = Sums::of(record);
        let until = steps.iter().take_while(|step| record.period_of(step.on) <= period);
        until.for_each(|step| {
            sums.row(step);
        });
        // Interest runs to the last day of the period, though nothing happens on it.
        let interest = closing.interest.get(account).copied().unwrap_or(sums.interest);
        let owed = sums.drawn + interest - sums.paid;
        let (paid, principal) = (nearest_minor(sums.paid), nearest_minor(sums.principal));
        let now = [nearest_minor(sums.drawn), nearest_minor(interest), paid - principal, principal];
        let grown = |place: usize| record.money(now[place] - before[place]);
        out.push(LedgerPeriod {
            drawn: grown(0),
            interest: grown(1),
            interest_paid: grown(2),
            principal_paid: grown(3),
            balance: record.money(nearest_minor(owed)),
        });
        before = now;
    }
    out
}
