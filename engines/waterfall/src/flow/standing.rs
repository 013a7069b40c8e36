//! What stands still while one receipt flows: facts about it, goals, and what is open to it

use std::{cmp::Ordering, sync::Arc};

use recoup_deal::recoupment::{Membership, Ratio, Relation};

use super::{Inflow, State};
use crate::{
    exact::{Exact, MOST, TOLERANCE, UNIT, from_minor, share_of},
    plan::{Fact, Goal, ShareOp, Test},
};

impl State<'_> {
    pub(super) fn settle_facts(&mut self, inflow: &Inflow<'_>) {
        let plan = self.plan;
        for (index, row) in self.contracts.iter().enumerate() {
            self.contract_open[index] =
                row.from.is_none_or(|from| from <= inflow.date) && row.to.is_none_or(|to| inflow.date <= to);
        }
        let value = inflow
            .contract
            .and_then(|id| self.contracts.iter().find(|row| row.id.as_ref() == id).and_then(|row| row.value));
        for ((fact, _), out) in plan.facts.iter().zip(self.facts.iter_mut()) {
            *out = match fact {
                Fact::Territory(is, list) => any_in(*is, inflow.territories, list),
                Fact::Media(is, list) => any_in(*is, inflow.media, list),
                Fact::Source(is, list) => {
                    let source = inflow.entry.map(|entry| &plan.entries[entry as usize].id);
                    source.is_some_and(|id: &Arc<str>| list.contains(id)) == (*is == Membership::In)
                }
                Fact::Date { from, to } => {
                    from.is_none_or(|from| from <= inflow.date) && to.is_none_or(|to| inflow.date <= to)
                }
                Fact::ContractValue { is, target } => {
                    value.is_some_and(|value| compares(*is, value.cmp(target)))
                }
                Fact::Event { event, is, target } => {
                    self.events[*event as usize].is_some_and(|value| compares(*is, order_of(value, *target)))
                }
                Fact::Counted { series, is, target } => {
                    compares(*is, self.units[*series as usize].cmp(target))
                }
            };
        }
    }

    /// Goals stand anew where something moved that they depend on.
    pub(super) fn set_targets(&mut self, inflow: &Inflow<'_>) {
        let table = &self.plan.table;
        let moved = std::mem::take(&mut self.moved);
        let moving: &[u32] = if moved { &table.moving } else { &[] };
        for index in moving.iter().chain(&table.by_receipt) {
            let index = *index as usize;
            let target = self.target(self.goals[index], inflow.entry, inflow.amount);
            self.targets[index] = target.unwrap_or_default();
        }
        if moved {
            self.open_again();
        }
    }

    /// What a goal stands at, before a receipt of `amount` at `entry`; none for one that is set for
    /// each receipt.
    pub(crate) fn target(&self, goal: Goal, entry: Option<u32>, amount: i64) -> Option<Exact> {
        Some(match goal {
            Goal::Fixed(target) => target,
            Goal::Expenses { of, factor } => share_of(self.allowed_expenses(of, entry, amount), factor),
            Goal::Invested { instrument, factor } => share_of(self.invested[instrument as usize], factor),
            Goal::Owed { account, factor } => {
                let balance = &self.balances[account as usize];
                share_of(balance.invested.saturating_add(balance.interest), factor)
            }
            Goal::Interest { account } => self.balances[account as usize].interest,
            Goal::Units { series, amount, beyond } => self.priced(series, amount, beyond),
            Goal::PerReceipt => return None,
        })
    }

    /// So much for each unit counted beyond a number of them; nothing where fewer were counted.
    fn priced(&self, series: u32, amount: i64, beyond: i64) -> Exact {
        let units = self.units[series as usize].saturating_sub(beyond).max(0);
        Exact::from(amount).saturating_mul(Exact::from(units)).saturating_mul(UNIT).min(MOST)
    }

    fn allowed_expenses(&self, of: u32, entry: Option<u32>, amount: i64) -> Exact {
        let row = &self.plan.expenses[of as usize];
        let (capped, uncapped) = self.expenses[of as usize];
        let mut allowed = from_minor(capped);
        if let Some(cap) = self.caps[of as usize] {
            allowed = allowed.min(from_minor(cap));
        }
        if let Some((rate, set)) = row.cap_of_receipts {
            let mut received = self.have[(self.plan.layout.received + set) as usize];
            if entry.is_some_and(|entry| self.plan.source_sets[set as usize].contains(&entry)) {
                received += from_minor(amount);
            }
            allowed = allowed.min(share_of(received, rate));
        }
        allowed + from_minor(uncapped)
    }

    #[inline]
    pub(super) fn contract_lets(&self, node: u32, share: &ShareOp) -> bool {
        share.contract.is_none_or(|contract| self.contract_open[contract as usize])
            || self.alive == Some(node)
    }

    #[inline]
    pub(super) fn holds(&self, tests: &[Test], notional: bool) -> bool {
        tests.iter().all(|test| self.test_holds(test, notional))
    }

    fn test_holds(&self, test: &Test, notional: bool) -> bool {
        match test {
            Test::All(of) => of.iter().all(|inner| self.test_holds(inner, notional)),
            Test::Any(of) => of.is_empty() || of.iter().any(|inner| self.test_holds(inner, notional)),
            Test::Threshold { index, notional: on_notional } => {
                (notional && *on_notional) || self.threshold_holds(*index)
            }
            Test::Fact(fact) => self.facts[*fact as usize],
        }
    }

    #[inline]
    pub(super) fn threshold_holds(&self, index: u32) -> bool {
        let threshold = self.plan.table.mark(index);
        let (have, target) = (self.have[threshold.counter as usize], self.targets[index as usize]);
        let mut reached = have + TOLERANCE >= target;
        if threshold.beyond {
            reached &= self.passed[index as usize] || have > target + TOLERANCE;
        }
        reached == threshold.at_least
    }

    /// Whether a threshold's counter is still below its target.
    pub(crate) fn is_below(&self, index: u32) -> bool {
        let counter = self.plan.thresholds[index as usize].counter as usize;
        self.have[counter] + TOLERANCE < self.targets[index as usize]
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
