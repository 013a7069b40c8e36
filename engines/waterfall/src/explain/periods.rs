//! Statements, period by period, told in the book
//!
//! Only what moves gets an address: a claim that stands still in a period is read at the last period in which it
//! moved. What a claim had before a period is what it had at the end of the one before, under that address.

use std::collections::{BTreeMap, BTreeSet};

use recoup_calendar::{Date, Period};
use recoup_explain::{NodeId, Operation};

use super::{
    PartyFigures,
    balance::less,
    figures::{by_period, period_of},
    scribe::Scribe,
};
use crate::{
    error::WaterfallError,
    plan::{Op, Plan},
    statement::inside,
};

/// What statements need besides payments, gathered while the flow is told.
pub(super) struct Periods {
    /// What arrived since the last close, by tier.
    arriving: Vec<Vec<NodeId>>,
    /// What passed a share outside its contract since the last close.
    outside: Vec<(u32, NodeId)>,
    /// The rate of each claim as it was named last.
    rates: Vec<Option<NodeId>>,
    /// How everything stood at the end of each period.
    pub closes: Vec<Close>,
    /// What each tier was paid in a period, as named.
    pub paid: Vec<Vec<(u32, NodeId)>>,
    /// What each group was reached by in a period, as named.
    arrived: Vec<Vec<(u32, NodeId)>>,
    /// What each claim was owed after a period, as named.
    owed: Vec<Vec<(u32, NodeId)>>,
    /// Receipts: when, which of the inputs, how much.
    pub brought: Vec<(Date, usize, NodeId)>,
}

/// How limits, holders and balances stood when a period closed.
pub(super) struct Close {
    /// The goal of a limit, and what counts against it where that is not the claim's own payments.
    limits: Vec<(u32, Option<NodeId>, Option<NodeId>)>,
    payees: Vec<Option<u32>>,
    pub balances: Vec<super::balance::Standing>,
}

impl Periods {
    pub(super) fn of(plan: &Plan) -> Self {
        let nodes = plan.nodes.len();
        Periods {
            arriving: vec![Vec::new(); nodes],
            outside: Vec::new(),
            rates: vec![None; nodes],
            closes: Vec::new(),
            paid: vec![Vec::new(); nodes],
            arrived: vec![Vec::new(); nodes],
            owed: vec![Vec::new(); nodes],
            brought: Vec::new(),
        }
    }

    pub(super) fn arrive(&mut self, arrived: &[(u32, NodeId)], outside: &[(u32, NodeId)]) {
        arrived.iter().for_each(|(node, amount)| self.arriving[*node as usize].push(*amount));
        self.outside.extend(outside);
    }

    /// The last of a list that is not after a period.
    fn latest(list: &[(u32, NodeId)], period: u32) -> Option<NodeId> {
        let after = list.partition_point(|(of, _)| *of <= period);
        list.get(after.checked_sub(1)?).map(|(_, node)| *node)
    }
}

/// The month in which a period ends, as addresses name it.
pub(super) fn month(schedule: &[Period], period: u32) -> String {
    schedule.get(period as usize).map_or_else(String::new, |period| period.end.year_month().to_string())
}

impl Scribe<'_> {
    /// Closes every period that ended before a day.
    pub(super) fn close_before(&mut self, date: Date, schedule: &[Period]) -> Result<(), WaterfallError> {
        while let Some(period) = schedule.get(self.periods.closes.len()).filter(|period| period.end < date) {
            self.close(period, schedule)?;
        }
        Ok(())
    }

    /// Closes what is left to close.
    pub(super) fn close_all(&mut self, schedule: &[Period]) -> Result<(), WaterfallError> {
        while let Some(period) = schedule.get(self.periods.closes.len()) {
            self.close(period, schedule)?;
        }
        Ok(())
    }

    /// Limits that grow stand at the last day of the period, though what happens next finds them as they were.
    fn close(&mut self, period: &Period, schedule: &[Period]) -> Result<(), WaterfallError> {
        let number = self.periods.closes.len() as u32;
        let month = month(schedule, number);
        self.arrivals(number, &month);
        self.lapses(&month);
        let as_they_stand = self.balances.clone();
        for balance in &mut self.balances {
            balance.accrue(self.book, period.end)?;
        }
        let mut limits = Vec::new();
        for node in 0..self.plan.nodes.len() as u32 {
            let Some(limit) = self.plan.share(node).and_then(|share| share.limit) else { continue };
            let target = self.target(limit, None);
            let counter = self.plan.thresholds[limit as usize].counter;
            let shared = !self.plan.counts_alone(node);
            let counted = self.counters.get(&counter).copied().filter(|_| shared);
            limits.push((node, target, counted));
        }
        let balances = self.balances.iter().map(|balance| balance.standing()).collect();
        self.balances = as_they_stand;
        let payees = self.standing.payees.clone();
        self.periods.closes.push(Close { limits, payees, balances });
        Ok(())
    }

    fn arrivals(&mut self, period: u32, month: &str) {
        for node in 0..self.plan.nodes.len() {
            let parts = std::mem::take(&mut self.periods.arriving[node]);
            if parts.is_empty() {
                continue;
            }
            let row = &self.plan.nodes[node];
            let kind = if matches!(row.op, Op::Share(_)) { "claims" } else { "groups" };
            let at = format!("recoupment.{kind}.{}", row.id);
            let whole = if parts.len() == 1 { parts[0] } else { self.book.plus(&parts) };
            let whole = self.whole_minor(whole);
            let arrived = self.book.name(whole, format!("{at}.arrived[{month}]"));
            self.periods.arrived[node].push((period, arrived));
            let rate = self.rates.get(&(node as u32)).copied();
            if let Some(now) = rate.filter(|now| self.periods.rates[node] != Some(*now)) {
                self.book.figure(format!("{at}.rate[{month}]"), Operation::Carry, &[now]);
                self.periods.rates[node] = rate;
            }
        }
    }

    /// What passed a share outside its contract, and its rate of that.
    fn lapses(&mut self, month: &str) {
        let mut outside = std::mem::take(&mut self.periods.outside);
        outside.sort_by_key(|(node, _)| *node);
        for parts in outside.chunk_by(|one, next| one.0 == next.0) {
            let Some((node, _)) = parts.first().copied() else { continue };
            let at = format!("recoupment.claims.{}", self.plan.nodes[node as usize].id);
            let parts: Vec<NodeId> = parts.iter().map(|(_, amount)| *amount).collect();
            let whole = self.book.plus(&parts);
            let passed = self.whole_minor(whole);
            self.book.name(passed, format!("{at}.passed[{month}]"));
            if self.plan.share(node).is_some_and(|share| share.gross.is_none()) {
                let rate = self.rate(node);
                let lapsed = self.book.compute(Operation::Product, &[whole, rate]);
                let lapsed = self.whole_minor(lapsed);
                self.book.name(lapsed, format!("{at}.lapsed[{month}]"));
            }
        }
    }

    /// What a reserve holds: what was put into it less what it gave back.
    pub(super) fn held_periods(&mut self, released: &[(Date, u32, NodeId)], schedule: &[Period]) {
        let mut reserves = Vec::new();
        for node in 0..self.plan.nodes.len() as u32 {
            if self.plan.share(node).is_none_or(|share| share.release.is_none()) {
                continue;
            }
            let at = format!("recoupment.claims.{}", self.plan.nodes[node as usize].id);
            let held = self.periods.paid[node as usize].iter().map(|(period, paid)| (*period, *paid, true));
            let back = released.iter().filter(|(_, reserve, _)| *reserve == node);
            let back = back.map(|(date, _, amount)| (period_of(*date, schedule), *amount, false));
            let mut moves: Vec<(u32, NodeId, bool)> = held.chain(back).collect();
            moves.sort_by_key(|(period, _, _)| *period);
            let (mut balance, mut told) = (None, Vec::new());
            for moves in moves.chunk_by(|one, next| one.0 == next.0) {
                for (_, amount, held) in moves {
                    balance = match (balance, held) {
                        (Some(balance), true) => Some(self.book.plus(&[balance, *amount])),
                        (balance, true) => balance.or(Some(*amount)),
                        (balance, false) => less(self.book, balance, Some(*amount)),
                    };
                }
                if let (Some(now), Some((period, _, _))) = (balance, moves.first()) {
                    let now = self.book.name(now, format!("{at}.balance[{}]", month(schedule, *period)));
                    told.push((*period, now));
                    balance = Some(now);
                }
            }
            if !told.is_empty() {
                reserves.push(told);
            }
        }
        self.held_by_all(&reserves, schedule);
    }

    /// What all reserves hold together.
    fn held_by_all(&mut self, reserves: &[Vec<(u32, NodeId)>], schedule: &[Period]) {
        let moved: BTreeSet<u32> = reserves.iter().flatten().map(|(period, _)| *period).collect();
        for period in moved {
            let parts: Vec<NodeId> =
                reserves.iter().filter_map(|told| Periods::latest(told, period)).collect();
            self.total(format!("recoupment.held[{}]", month(schedule, period)), &parts);
        }
    }

    /// What the account paid out to everybody.
    pub(super) fn account_periods(&mut self, parties: &[PartyFigures], schedule: &[Period]) {
        let mut flows: Vec<(u32, NodeId)> = parties
            .iter()
            .flat_map(|party| party.flows.iter().map(|(period, _, amount)| (*period, *amount)))
            .collect();
        flows.sort_by_key(|(period, _)| *period);
        self.by_month("recoupment.paid", &flows, schedule);
        self.so_far("recoupment", &flows, schedule);
    }

    /// Sums so far of what is told period by period.
    pub(super) fn so_far(&mut self, stem: &str, parts: &[(u32, NodeId)], schedule: &[Period]) {
        let mut so_far = None;
        for (period, parts) in by_period(parts) {
            let now = self.book.plus(&parts);
            let address = format!("{stem}.cumulative[{}]", month(schedule, period));
            so_far = Some(self.grown(so_far, now, address));
        }
    }

    /// What a claim has had so far, what its limit allows, and what it is owed, wherever they move.
    pub(super) fn claim_periods(&mut self, node: u32, at: &str, schedule: &[Period]) {
        let paid = std::mem::take(&mut self.periods.paid[node as usize]);
        let mut payments = paid.iter().peekable();
        let (mut so_far, mut known, mut limit) = (None, None, None);
        for period in 0..self.periods.closes.len() as u32 {
            let month = month(schedule, period);
            if let Some((_, now)) = payments.next_if(|(of, _)| *of == period) {
                so_far = Some(self.grown(so_far, *now, format!("{at}.cumulative[{month}]")));
            }
            let close = &self.periods.closes[period as usize];
            let Ok((_, target, counted)) =
                close.limits.binary_search_by_key(&node, |(of, _, _)| *of).map(|place| close.limits[place])
            else {
                continue;
            };
            let standing = (target, counted.or(so_far));
            if standing == (None, None) || known == Some(standing) {
                continue;
            }
            if known.is_none_or(|(before, _)| before != target) {
                let whole = target.map(|target| self.whole_minor(target));
                let whole = whole.unwrap_or_else(|| self.cells.nothing(self.book));
                limit = Some(self.book.name(whole, format!("{at}.limit[{month}]")));
            }
            known = Some(standing);
            let owed = match (counted, limit, so_far) {
                (Some(_), _, _) => {
                    less(self.book, target, counted).map_or(limit, |owed| Some(self.whole_minor(owed)))
                }
                (None, Some(limit), Some(so_far)) => Some(self.book.less(limit, so_far)),
                (None, limit, _) => limit,
            };
            let Some(owed) = owed else { continue };
            let nothing = self.cells.nothing(self.book);
            let owed = self.book.greatest(owed, nothing);
            let owed = self.book.name(owed, format!("{at}.outstanding[{month}]"));
            self.periods.owed[node as usize].push((period, owed));
        }
        self.periods.paid[node as usize] = paid;
    }

    fn grown(&mut self, so_far: Option<NodeId>, now: NodeId, address: String) -> NodeId {
        let sum = so_far.map_or(now, |so_far| self.book.plus(&[so_far, now]));
        self.book.name(sum, address)
    }

    /// A group has what its members have; the part it took of what reached it is its rate of the period.
    pub(super) fn group_periods(&mut self, schedule: &[Period]) {
        for node in 0..self.plan.nodes.len() {
            let row = &self.plan.nodes[node];
            if matches!(row.op, Op::Share(_) | Op::Enters { .. }) {
                continue;
            }
            let at = format!("recoupment.groups.{}", row.id);
            let members = inside(self.plan, node as u32);
            let mut paid: Vec<(u32, NodeId)> = members
                .iter()
                .flat_map(|member| self.periods.paid[*member as usize].iter().copied())
                .collect();
            paid.sort_by_key(|(period, _)| *period);
            let mut so_far = None;
            for (period, parts) in by_period(&paid) {
                let month = month(schedule, period);
                let now = self.total(format!("{at}.paid[{month}]"), &parts);
                so_far = Some(self.grown(so_far, now, format!("{at}.cumulative[{month}]")));
                let arrived = self.periods.arrived[node].iter().find(|(of, _)| *of == period);
                if let Some((_, arrived)) = arrived.copied() {
                    self.book.figure(format!("{at}.rate[{month}]"), Operation::Quotient, &[now, arrived]);
                }
            }
        }
    }

    /// What each source brought in each period.
    pub(super) fn sources(&mut self, schedule: &[Period]) {
        let mut sources: BTreeMap<&str, Vec<(u32, NodeId)>> = BTreeMap::new();
        let mut all = Vec::new();
        for (date, place, amount) in std::mem::take(&mut self.periods.brought) {
            let Some(receipt) = self.inputs.receipts.get(place) else { continue };
            let period = period_of(date, schedule);
            sources.entry(&receipt.source).or_default().push((period, amount));
            all.push((period, amount));
        }
        self.by_month("recoupment.receipts", &all, schedule);
        for (source, parts) in sources {
            self.by_month(&format!("recoupment.sources.{source}.received"), &parts, schedule);
        }
    }

    /// What a party has had so far, is owed and is entitled to, wherever they move.
    pub(super) fn party_periods(
        &mut self,
        (party, name): (u32, &str),
        flows: &[(u32, Date, NodeId)],
        assigned: &[(u32, NodeId)],
        days: &[(u32, NodeId)],
        schedule: &[Period],
    ) {
        let at = format!("recoupment.{name}");
        let claims = self.ever_held(party);
        let (mut cumulative, mut outstanding, mut known) = (None, None, Vec::new());
        for period in 0..self.periods.closes.len() as u32 {
            let month = month(schedule, period);
            let flow = flows.iter().find(|(of, _, _)| *of == period);
            if let Some((_, _, now)) = flow {
                cumulative = Some(self.grown(cumulative, *now, format!("{at}.cumulative[{month}]")));
            }
            let owed = self.owed_after(party, &claims, period);
            let moved = owed != known;
            if moved {
                let sum = self.sum_by(&owed, days.iter().filter(|(from, _)| *from <= period));
                outstanding = Some(self.book.name(sum, format!("{at}.outstanding[{month}]")));
                known = owed;
            }
            let given = assigned.iter().filter(|(of, _)| *of <= period).map(|(_, amount)| *amount);
            if flow.is_some() || moved {
                let parts: Vec<NodeId> = cumulative.into_iter().chain(outstanding).chain(given).collect();
                self.total(format!("{at}.entitlement[{month}]"), &parts);
            }
        }
    }

    /// The limited claims that a party holds at one time or another.
    fn ever_held(&self, party: u32) -> Vec<u32> {
        let nodes = 0..self.plan.nodes.len() as u32;
        let held = |node: &u32| {
            let share = self.plan.share(*node).filter(|share| share.limit.is_some());
            let sold = !self.standing.bought[*node as usize].is_empty();
            share.is_some_and(|share| share.payee == Some(party) || sold)
        };
        nodes.filter(held).collect()
    }

    /// What a party is owed after a period, claim by claim; claims that share one counter owe it once.
    fn owed_after(&self, party: u32, claims: &[u32], period: u32) -> Vec<NodeId> {
        let (mut counted, mut owed) = (Vec::new(), Vec::new());
        let close = &self.periods.closes[period as usize];
        for node in claims.iter().filter(|node| close.payees[**node as usize] == Some(party)) {
            let limit = self.plan.share(*node).and_then(|share| share.limit);
            let Some(limit) = limit else { continue };
            let counter = self.plan.thresholds[limit as usize].counter;
            if !counted.contains(&counter) {
                counted.push(counter);
                owed.extend(Periods::latest(&self.periods.owed[*node as usize], period));
            }
        }
        owed
    }
}
