//! Why a claim has no more than it has at the end of a period

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;
use recoup_money::Money;
use serde::Serialize;

use super::history::{Record, at};
use crate::{
    exact::{Exact, TOLERANCE, from_minor, nearest_minor, share_of},
    flow::{Bar, Outside},
    plan::{Fact, Op, ShareOp, Test},
    posting::Cause,
    run::{Closing, ReceiptRow},
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

/// What was decided last about a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Seen {
    Takes,
    Full,
    Condition(u32),
}

/// Reads the decisions about one claim, period after period.
pub(super) struct Watch<'a> {
    record: &'a Record<'a>,
    node: u32,
    share: &'a ShareOp,
    /// The rate as it was last decided upon.
    pub rate: Ratio,
    last: Option<Seen>,
    since: Option<Date>,
    reached_on: Option<Date>,
    held: i64,
}

impl<'a> Watch<'a> {
    pub(super) fn new(record: &'a Record<'a>, node: u32, share: &'a ShareOp) -> Self {
        let rate = share.rate;
        Watch { record, node, share, rate, last: None, since: None, reached_on: None, held: 0 }
    }

    /// Why the claim has no more at the end of a period.
    pub(super) fn period(&mut self, period: usize, rows: &[&ReceiptRow], closing: &Closing) -> Reason {
        let (arrived, decided, outside) = self.read(rows);
        self.reached(period);
        if let Some(reason) = self.outside(period, closing.date, arrived, &outside) {
            return reason;
        }
        if self.share.release.is_some() {
            return self.hold(rows);
        }
        let owed = closing.outstanding[self.node as usize];
        match closing.limits[self.node as usize] {
            Some(0) if closing.paid[self.node as usize] == 0 => return Reason::NothingOwed,
            Some(_) if owed == 0 => return Reason::LimitReached { on: self.reached_on },
            _ => {}
        }
        if arrived == 0 {
            return self.other_step(rows).unwrap_or(Reason::NothingArrived);
        }
        match self.last {
            Some(Seen::Condition(place)) if decided => self.condition(place),
            _ if self.share.gross.is_some() => self.on_gross(rows),
            _ if self.share.limit.is_none() => Reason::Open,
            _ if self.takes_a_part() => Reason::Recouping,
            _ => Reason::MoneyRanOut,
        }
    }

    /// What arrived, whether anything was decided, and how money passed it outside its contract.
    fn read(&mut self, rows: &[&ReceiptRow]) -> (Exact, bool, Vec<Outside>) {
        let (mut arrived, mut decided, mut outside) = (0, false, Vec::new());
        for row in rows {
            arrived += at(&row.arrived, self.node);
            for slice in &row.slices {
                for decision in slice.decided.iter().filter(|decision| decision.node == self.node) {
                    decided = true;
                    self.rate = decision.rate;
                    let seen = match decision.bar {
                        Bar::Nothing => Seen::Takes,
                        Bar::Limit => Seen::Full,
                        Bar::Condition(place) => Seen::Condition(place),
                    };
                    if self.last != Some(seen) {
                        (self.last, self.since) = (Some(seen), Some(row.date));
                    }
                }
                outside.extend(slice.outside.iter().filter(|outside| outside.node == self.node));
            }
        }
        (arrived, decided, outside)
    }

    /// The last day up to this period on which a payment of its own reached the limit.
    fn reached(&mut self, period: usize) {
        let id = &self.record.plan.nodes[self.node as usize].id;
        let mine = self.record.postings.iter().filter(|posting| {
            posting.period as usize == period && posting.tier.as_ref().is_some_and(|tier| tier == id)
        });
        let reached = mine.filter(|posting| matches!(posting.cause, Cause::LimitReached { .. }));
        self.reached_on = reached.map(|posting| posting.date).next_back().or(self.reached_on);
    }

    fn outside(&self, period: usize, end: Date, arrived: Exact, outside: &[Outside]) -> Option<Reason> {
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

    fn hold(&mut self, rows: &[&ReceiptRow]) -> Reason {
        let id = &self.record.plan.nodes[self.node as usize].id;
        for row in rows {
            let paid = row.paid.iter().find(|(node, _)| *node == self.node);
            self.held += paid.map_or(0, |(_, paid)| *paid);
            let released = row.given.is_none()
                && row.id.rsplit_once('#').is_some_and(|(reserve, _)| reserve == id.as_ref());
            self.held -= if released { row.amount } else { 0 };
        }
        Reason::Held { balance: self.record.money(self.held) }
    }

    /// The step of the ladder it stands in that took something in the period.
    fn other_step(&self, rows: &[&ReceiptRow]) -> Option<Reason> {
        let group = self.record.group_of(self.node)?;
        let Op::Steps { members, .. } = &self.record.plan.nodes[group as usize].op else { return None };
        let took = |node: u32| rows.iter().any(|row| at(&row.taken, node) > 0);
        let step = members.iter().copied().find(|member| *member != self.node && took(*member))?;
        Some(Reason::OtherStep { tier: Arc::clone(&self.record.plan.nodes[step as usize].id) })
    }

    fn condition(&self, place: u32) -> Reason {
        let path = &self.record.plan.nodes[self.node as usize].path;
        let asks_the_receipt =
            self.share.tests.get(place as usize).is_some_and(|test| of_the_receipt(self.record, test));
        Reason::ConditionsNotMet {
            condition: format!("{path}.takes.while[{place}]").into(),
            since: self.since.filter(|_| !asks_the_receipt),
        }
    }

    /// A share of the whole receipt has had its part of it, or what arrived was not enough for that.
    fn on_gross(&self, rows: &[&ReceiptRow]) -> Reason {
        let entitled = rows.iter().filter(|row| row.entitled.contains(&self.node));
        let earned: Exact = entitled.map(|row| share_of(from_minor(row.amount), self.rate)).sum();
        let taken: Exact = rows.iter().map(|row| at(&row.taken, self.node)).sum();
        if taken + TOLERANCE < earned { Reason::MoneyRanOut } else { Reason::Open }
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
