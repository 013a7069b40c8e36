//! Why a claim has no more than it has at the end of a period

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;
use recoup_money::Money;
use serde::Serialize;

use super::{digest::Digest, history::Record};
use crate::{
    exact::{Exact, TOLERANCE, nearest_minor, share_of},
    flow::{Bar, Outside},
    plan::{Fact, Op, ShareOp, Test},
    run::Closing,
};

/// Why a claim has no more in a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// A share without end took its part of all that arrived.
    Open,
    /// It has had all its limit allows so far.
    LimitReached {
        /// The day of the payment that reached it, where it was one of its own.
        on: Option<Date>,
    },
    /// Nothing is owed under its limit: nothing was put in, or nothing declared.
    NothingOwed,
    /// It took all that arrived and is still owed more.
    MoneyRanOut,
    /// It took its part of what arrived; the rest passes on, and it is still owed more.
    Recouping,
    /// Nothing arrived.
    NothingArrived,
    /// Another step of its ladder took what arrived.
    OtherStep {
        /// The step.
        tier: Arc<str>,
    },
    /// Money arrived while a condition did not hold.
    ConditionsNotMet {
        /// The path of the condition.
        condition: Arc<str>,
        /// Since when; none where the condition asks about each receipt.
        since: Option<Date>,
    },
    /// Its contract is over, or has not begun: what arrived passed it by.
    OutsideContract {
        /// The contract.
        contract: Arc<str>,
        /// Its first day.
        from: Option<Date>,
        /// Its last day.
        to: Option<Date>,
        /// What passed it by in the period.
        passed: Money,
        /// Its rate of that: what it would have had, were it not for a limit or a condition.
        lapsed: Money,
    },
    /// A reserve held its part.
    Held {
        /// What it holds at the end of the period.
        balance: Money,
    },
}

/// Reads the decisions about one claim, period after period.
pub(super) struct Watch<'a> {
    record: &'a Record<'a>,
    digest: &'a Digest<'a>,
    node: u32,
    share: &'a ShareOp,
    /// The rate as it was last decided upon.
    pub rate: Ratio,
    /// What was decided last, and since when.
    last: Option<(Bar, Date)>,
    next: usize,
    held: i64,
}

impl<'a> Watch<'a> {
    pub(super) fn new(record: &'a Record<'a>, digest: &'a Digest<'a>, node: u32, share: &'a ShareOp) -> Self {
        Watch { record, digest, node, share, rate: share.rate, last: None, next: 0, held: 0 }
    }

    /// Why the claim has no more at the end of a period.
    pub(super) fn period(&mut self, period: usize, closing: &Closing) -> Reason {
        let decided = self.read(period);
        let sums = self.digest.sums[period][self.node as usize];
        if let Some(reason) = self.outside(period, closing.date, sums.arrived) {
            return reason;
        }
        if self.share.release.is_some() {
            self.held += sums.paid - sums.released;
            return Reason::Held { balance: self.record.money(self.held) };
        }
        let owed = closing.outstanding[self.node as usize];
        match closing.limits[self.node as usize] {
            Some(0) if closing.paid[self.node as usize] == 0 => return Reason::NothingOwed,
            Some(_) if owed == 0 => return Reason::LimitReached { on: self.reached(period) },
            _ => {}
        }
        if sums.arrived == 0 {
            return self.other_step(period).unwrap_or(Reason::NothingArrived);
        }
        match self.last {
            Some((Bar::Condition(place), since)) if decided => self.condition(place, since),
            // A share of the whole receipt has had its part of it, or what arrived was not enough for that.
            _ if self.share.gross.is_some() && sums.taken + TOLERANCE < sums.earned => Reason::MoneyRanOut,
            _ if self.share.limit.is_none() => Reason::Open,
            _ if self.takes_a_part() => Reason::Recouping,
            _ => Reason::MoneyRanOut,
        }
    }

    /// Reads on to the end of a period; whether anything was decided in it.
    fn read(&mut self, period: usize) -> bool {
        let trail = &self.digest.trails[self.node as usize];
        let first = self.next;
        while let Some(decided) = trail.decided.get(self.next).filter(|decided| decided.period <= period) {
            self.rate = decided.rate;
            if self.last.is_none_or(|(bar, _)| bar != decided.bar) {
                self.last = Some((decided.bar, decided.on));
            }
            self.next += 1;
        }
        self.next > first
    }

    /// The last day up to this period on which a payment of its own reached the limit.
    fn reached(&self, period: usize) -> Option<Date> {
        let reached = &self.digest.trails[self.node as usize].reached;
        reached.iter().rev().find(|(of, _)| *of <= period).map(|(_, on)| *on)
    }

    fn outside(&self, period: usize, end: Date, arrived: Exact) -> Option<Reason> {
        let outside = self.digest.trails[self.node as usize].outside.iter();
        let outside: Vec<&Outside> =
            outside.filter(|(of, _)| *of == period).map(|(_, outside)| outside).collect();
        let mut days = self.record.contract_at(self.share.contract?, end);
        if let Some(last) = outside.last() {
            (days.from, days.to) = (last.from, last.to);
        }
        let start = self.record.schedule.get(period)?.start;
        let closed_all_along =
            days.to.is_some_and(|to| to < start) || days.from.is_some_and(|from| end < from);
        let ended = days.to.is_some_and(|to| to < end) && !outside.is_empty();
        if !(closed_all_along || ended || !outside.is_empty() && arrived == 0) {
            return None;
        }
        let passed: Exact = outside.iter().map(|outside| outside.passed).sum();
        let lapsed = if self.share.gross.is_some() { 0 } else { share_of(passed, self.rate) };
        Some(Reason::OutsideContract {
            contract: days.contract,
            from: days.from,
            to: days.to,
            passed: self.record.money(nearest_minor(passed)),
            lapsed: self.record.money(nearest_minor(lapsed)),
        })
    }

    /// The step of the ladder it stands in that took something in the period.
    fn other_step(&self, period: usize) -> Option<Reason> {
        let group = self.record.group_of(self.node)?;
        let Op::Steps { members, .. } = &self.record.plan.nodes[group as usize].op else { return None };
        let took = |node: u32| self.digest.sums[period][node as usize].taken > 0;
        let step = members.iter().copied().find(|member| *member != self.node && took(*member))?;
        Some(Reason::OtherStep { tier: Arc::clone(&self.record.plan.nodes[step as usize].id) })
    }

    fn condition(&self, place: u32, since: Date) -> Reason {
        let path = &self.record.plan.nodes[self.node as usize].path;
        let asks_the_receipt =
            self.share.tests.get(place as usize).is_some_and(|test| of_the_receipt(self.record, test));
        Reason::ConditionsNotMet {
            condition: format!("{path}.takes.while[{place}]").into(),
            since: (!asks_the_receipt).then_some(since),
        }
    }

    /// Whether it leaves a part of what arrives to others though it is owed more.
    fn takes_a_part(&self) -> bool {
        let group = self.record.group_of(self.node).map(|group| &self.record.plan.nodes[group as usize].op);
        let divides =
            matches!(group, Some(Op::Together { split, .. }) if *split != crate::plan::SplitOp::Fixed);
        !divides && Ratio::ONE.exceeds(self.rate)
    }
}

/// Whether a condition asks about each receipt by itself.
fn of_the_receipt(record: &Record<'_>, test: &Test) -> bool {
    match test {
        Test::All(of) | Test::Any(of) => of.iter().any(|inner| of_the_receipt(record, inner)),
        Test::Fact(fact) => {
            let fact = record.plan.facts.get(*fact as usize).map(|(fact, _)| fact);
            matches!(
                fact,
                Some(Fact::Territory(..) | Fact::Media(..) | Fact::Source(..) | Fact::ContractValue { .. })
            )
        }
        Test::Threshold { .. } => false,
    }
}
