//! Dues become payments, and payments figures

use std::{collections::HashSet, sync::Arc};

use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::Ratio;
use recoup_explain::{NodeId, Operation};
use recoup_money::Rounding;
use rust_decimal::Decimal;

use super::{
    PartyFigures,
    balance::{difference, less, sum, value},
    periods::month,
    scribe::Scribe,
    standing::Posted,
};
use crate::{error::WaterfallError, run::ReceiptRow};

impl Scribe<'_> {
    /// Dues become payments of whole minor units.
    pub(super) fn settle(&mut self, row: &ReceiptRow, amount: NodeId) {
        let total = self.with_contribution(row, amount);
        let owed: Vec<(usize, NodeId)> = self
            .due
            .iter()
            .enumerate()
            .filter_map(|(sink, due)| due.map(|due| (sink, due)))
            .filter(|(_, due)| value(self.book, Some(*due)) > self.trifle)
            .collect();
        let whole = self.pays_whole_dues(total, &owed);
        let mut inputs = vec![total];
        inputs.extend(owed.iter().map(|(_, due)| *due));
        for (part, (sink, due)) in owed.iter().enumerate() {
            if !row.paid.iter().any(|(node, _)| *node as usize == *sink) {
                continue;
            }
            let paid = if whole {
                let rounding = Rounding::HalfUp;
                self.book.compute(Operation::ToMoney { currency: self.currency, rounding }, &[*due])
            } else {
                self.book.compute(Operation::Settle { part: part as u16 }, &inputs)
            };
            let number = self.book.compute(Operation::ToNumber, &[paid]);
            let left = difference(self.book, Some(*due), Some(number));
            self.due[*sink] = left.filter(|left| value(self.book, Some(*left)).abs() > self.trifle);
            self.post(row, *sink as u32, paid);
        }
    }

    /// Whether each due is whole minor units and together they are all there is to pay, so that everyone is paid what
    /// he is due. Dues can be whole and still not add up: where one that was rounded up before is below nothing, the
    /// others are due more than came in.
    fn pays_whole_dues(&self, total: NodeId, owed: &[(usize, NodeId)]) -> bool {
        let to_minor = Decimal::from(self.currency.minor_per_major());
        let mut left = value(self.book, Some(total)) * to_minor;
        for (_, due) in owed {
            let minor = value(self.book, Some(*due)) * to_minor;
            let whole = minor.round();
            if (minor - whole).abs() >= Decimal::new(1, 6) {
                return false;
            }
            left -= whole;
        }
        left.is_zero()
    }

    pub(super) fn with_contribution(&mut self, row: &ReceiptRow, amount: NodeId) -> NodeId {
        let (true, Some((total, before))) = (row.contributes, self.contributed) else { return amount };
        let rounding = Rounding::HalfUp;
        let now = self.book.compute(Operation::ToMoney { currency: self.currency, rounding }, &[total]);
        self.contributed = Some((total, now));
        let part = self.book.less(now, before);
        self.put_in.push((row.date, part));
        self.book.plus(&[amount, part])
    }

    pub(super) fn post(&mut self, row: &ReceiptRow, sink: u32, paid: NodeId) {
        let release = self
            .plan
            .nodes
            .get(sink as usize)
            .and_then(|_| self.plan.share(sink))
            .and_then(|share| share.release);
        if let Some(release) = release {
            let until = row.date.add_months(release.months).unwrap_or(row.date);
            let months = self.release_months(sink, release.months);
            let held = self.book.compute(Operation::Placed, &[paid, months]);
            self.held.push((until, sink, held));
        }
        let payee = self.standing.payees.get(sink as usize).copied().flatten();
        self.postings.push(Posted { date: row.date, sink, paid, payee });
    }

    /// How long a reserve holds, as a typed cell.
    pub(super) fn release_months(&mut self, node: u32, months: i32) -> NodeId {
        let path = format!("{}.takes.release_months", self.plan.nodes[node as usize].path);
        self.cells.number(self.book, path, Some(months.into()))
    }

    /// The figures of every claim and party.
    pub(super) fn figures(mut self, schedule: &[Period]) -> Result<Vec<PartyFigures>, WaterfallError> {
        let mut sinks: Vec<Vec<(u32, NodeId)>> = vec![Vec::new(); self.plan.nodes.len() + 1];
        for Posted { date, sink, paid, payee } in &self.postings {
            sinks[*sink as usize].push((period_of(*date, schedule), *paid));
            self.standing.holders[*sink as usize].push(*payee);
        }
        let mut out = Vec::new();
        let unclaimed = sinks.last().filter(|_| self.plan.residual.is_none()).cloned().unwrap_or_default();
        let unclaimed: Vec<NodeId> = unclaimed.into_iter().map(|(_, paid)| paid).collect();
        self.total("recoupment.left_over".to_owned(), &unclaimed);
        self.beside_claims(&sinks, schedule);
        self.sources(schedule);
        let outstanding = self.claims(&sinks, schedule);
        self.group_periods(schedule);
        let released = std::mem::take(&mut self.released);
        self.held_periods(&released, schedule);
        self.ledgers(schedule);
        for party in 0..self.plan.parties.len() as u32 {
            out.extend(self.party(party, &sinks, &outstanding, schedule));
        }
        self.account_periods(&out, schedule);
        Ok(out)
    }

    /// What does not go to a claim, period by period: what nobody is entitled to, or the residual party
    /// takes; what reserves give back; what those who bear shortfalls put in.
    fn beside_claims(&mut self, sinks: &[Vec<(u32, NodeId)>], schedule: &[Period]) {
        let word = if self.plan.residual.is_some() { "residual" } else { "left_over" };
        let rest = sinks.last().cloned().unwrap_or_default();
        self.by_month(&format!("recoupment.{word}"), &rest, schedule);
        self.so_far(&format!("recoupment.{word}"), &rest, schedule);
        let released = self.released.clone();
        for (node, row) in self.plan.nodes.iter().enumerate() {
            let own = released.iter().filter(|(_, reserve, _)| *reserve as usize == node);
            let own: Vec<(u32, NodeId)> =
                own.map(|(date, _, amount)| (period_of(*date, schedule), *amount)).collect();
            self.by_month(&format!("recoupment.claims.{}.released", row.id), &own, schedule);
        }
        let put_in = std::mem::take(&mut self.put_in);
        let put_in: Vec<(u32, NodeId)> =
            put_in.into_iter().map(|(date, part)| (period_of(date, schedule), part)).collect();
        self.by_month("recoupment.contributions", &put_in, schedule);
    }

    /// Totals of each period that has any, by the month in which it ends.
    pub(super) fn by_month(&mut self, stem: &str, parts: &[(u32, NodeId)], schedule: &[Period]) {
        for (period, parts) in by_period(parts) {
            let Some(end) = schedule.get(period as usize).map(|period| period.end) else { continue };
            self.total(format!("{stem}[{}]", end.year_month()), &parts);
        }
    }

    pub(super) fn total(&mut self, address: String, parts: &[NodeId]) -> NodeId {
        let parts = if parts.is_empty() { vec![self.cells.nothing(self.book)] } else { parts.to_vec() };
        let total = if parts.len() == 1 { parts[0] } else { self.book.plus(&parts) };
        self.book.name(total, address)
    }

    pub(super) fn claims(&mut self, sinks: &[Vec<(u32, NodeId)>], schedule: &[Period]) -> Vec<NodeId> {
        let mut out = Vec::with_capacity(self.plan.nodes.len());
        for (node, payments) in sinks.iter().enumerate().take(self.plan.nodes.len()) {
            let Some(share) = self.plan.share(node as u32).filter(|_| self.plan.pays_out(node as u32)) else {
                out.push(self.cells.nothing(self.book));
                continue;
            };
            let at = format!("recoupment.claims.{}", self.plan.nodes[node].id);
            for (period, parts) in by_period(payments) {
                let now = self.total(format!("{at}.paid[{}]", month(schedule, period)), &parts);
                self.periods.paid[node].push((period, now));
            }
            self.claim_periods(node as u32, &at, schedule);
            let parts: Vec<NodeId> = payments.iter().map(|(_, paid)| *paid).collect();
            let paid = match parts.as_slice() {
                [] => self.unpaid(node as u32, format!("{at}.paid")),
                parts => self.total(format!("{at}.paid"), parts),
            };
            if let Some(limit) = share.limit {
                let parts: Vec<NodeId> =
                    self.target(limit, None).map(|target| self.whole_minor(target)).into_iter().collect();
                self.total(format!("{at}.limit"), &parts);
            }
            let owed = share.limit.and_then(|limit| self.owed(node as u32, limit, paid));
            let parts: Vec<NodeId> = owed.into_iter().collect();
            out.push(self.total(format!("{at}.outstanding"), &parts));
        }
        out
    }

    /// Nothing was paid: under a rate and a limit that may be why.
    fn unpaid(&mut self, node: u32, address: String) -> NodeId {
        let mut inputs = vec![self.cells.nothing(self.book), self.rate(node)];
        let limit = self.plan.share(node).and_then(|share| share.limit);
        inputs.extend(limit.and_then(|limit| self.target(limit, None)));
        self.book.figure(address, Operation::Decided, &inputs)
    }

    /// What a claim is still owed, in whole minor units: its limit less what it was paid, where
    /// nothing else counts against the limit; never less than nothing.
    pub(super) fn owed(&mut self, node: u32, limit: u32, paid: NodeId) -> Option<NodeId> {
        let target = self.target(limit, None);
        let owed = if self.plan.counts_alone(node) {
            let whole = self.whole_minor(target?);
            self.book.less(whole, paid)
        } else {
            let counter = self.plan.thresholds[limit as usize].counter;
            let owed = less(self.book, target, self.counters.get(&counter).copied())?;
            self.whole_minor(owed)
        };
        let nothing = self.cells.nothing(self.book);
        Some(self.book.greatest(owed, nothing))
    }

    /// The nearest whole minor units, where a millionth of one below a half counts as the half.
    pub(super) fn whole_minor(&mut self, number: NodeId) -> NodeId {
        let (currency, rounding) = (self.currency, Rounding::HalfUp);
        let places = u8::try_from(currency.exponent()).unwrap_or(2) + 6;
        let near = self.book.compute(Operation::Round { places, rounding }, &[number]);
        self.book.compute(Operation::ToMoney { currency, rounding }, &[near])
    }

    pub(super) fn party(
        &mut self,
        party: u32,
        sinks: &[Vec<(u32, NodeId)>],
        outstanding: &[NodeId],
        schedule: &[Period],
    ) -> Option<PartyFigures> {
        let name = Arc::clone(&self.plan.parties[party as usize]);
        let (mut cash, mut assigned, mut owed) = (Vec::new(), Vec::new(), Vec::new());
        let (mut counted, mut has_claim) = (HashSet::new(), false);
        let mut days = Vec::new();
        for (node, paid) in sinks.iter().enumerate().take(self.plan.nodes.len()) {
            let Some(share) = self.plan.share(node as u32) else { continue };
            let holds = self.standing.payees[node] == Some(party);
            let held = self.held_by(node, party);
            let own = holds || held.contains(&true) || share.payee == Some(party);
            if own {
                let bought = self.standing.bought[node].iter();
                days.extend(bought.map(|(date, day)| (period_of(*date, schedule), *day)));
            }
            for (index, (to, part)) in
                share.assigned.iter().enumerate().filter(|(_, (to, _))| own || *to == party)
            {
                let parts = self.assigned(node, index, *part, paid);
                has_claim = true;
                if holds {
                    let id = Arc::clone(&self.plan.nodes[node].id);
                    let to = Arc::clone(&self.plan.parties[*to as usize]);
                    let stem = format!("recoupment.claims.{id}.assigned.{to}");
                    self.by_month(&stem, &parts, schedule);
                    self.so_far(&stem, &parts, schedule);
                }
                if *to == party {
                    cash.extend(parts);
                } else {
                    let given: Vec<(u32, NodeId)> = parts
                        .into_iter()
                        .zip(&held)
                        .filter(|(_, held)| **held)
                        .map(|(part, _)| part)
                        .collect();
                    if !self.standing.bought[node].is_empty() {
                        let id = Arc::clone(&self.plan.nodes[node].id);
                        let to = Arc::clone(&self.plan.parties[*to as usize]);
                        let stem = format!("recoupment.claims.{id}.assigned.{to}.by.{name}");
                        self.by_month(&stem, &given, schedule);
                    }
                    for (period, amount) in given {
                        assigned.push((period, amount));
                        let minus = self.book.compute(Operation::Negate, &[amount]);
                        cash.push((period, minus));
                    }
                }
            }
            if own && !self.standing.bought[node].is_empty() {
                let id = Arc::clone(&self.plan.nodes[node].id);
                let parts: Vec<(u32, NodeId)> =
                    paid.iter().zip(&held).filter(|(_, held)| **held).map(|(paid, _)| *paid).collect();
                self.by_month(&format!("recoupment.claims.{id}.paid_to.{name}"), &parts, schedule);
            }
            if own {
                has_claim = true;
                cash.extend(paid.iter().zip(&held).filter(|(_, held)| **held).map(|(paid, _)| *paid));
                let counter =
                    share.limit.filter(|_| holds).map(|limit| self.plan.thresholds[limit as usize].counter);
                if counter.is_some_and(|counter| counted.insert(counter)) {
                    owed.push(outstanding[node]);
                }
            }
        }
        if self.plan.residual == Some(party) {
            has_claim = true;
            cash.extend(sinks.last().into_iter().flatten().copied());
        }
        has_claim.then(|| {
            assigned.sort_by_key(|(period, _)| *period);
            let given: Vec<NodeId> = assigned.iter().map(|(_, amount)| *amount).collect();
            let figures = self.party_figures(name, cash, &given, (&owed, &days), schedule);
            self.party_periods((party, &figures.party), &figures.flows, &assigned, &days, schedule);
            figures
        })
    }

    pub(super) fn party_figures(
        &mut self,
        party: Arc<str>,
        mut cash: Vec<(u32, NodeId)>,
        assigned: &[NodeId],
        (owed, days): (&[NodeId], &[(u32, NodeId)]),
        schedule: &[Period],
    ) -> PartyFigures {
        cash.sort_by_key(|(period, _)| *period);
        let mut flows = Vec::new();
        for (period, parts) in by_period(&cash) {
            let Some(end) = schedule.get(period as usize).map(|period| period.end) else { continue };
            let node = self.sum_by(&parts, days.iter().filter(|(from, _)| *from <= period));
            let node = self.book.name(node, format!("recoupment.{party}.paid[{}]", end.year_month()));
            flows.push((period, end, node));
        }
        let parts: Vec<NodeId> = flows.iter().map(|(_, _, node)| *node).collect();
        let paid = self.sum_by(&parts, days.iter());
        let paid = self.book.name(paid, format!("recoupment.{party}.paid"));
        let outstanding = self.sum_by(owed, days.iter());
        let outstanding = self.book.name(outstanding, format!("recoupment.{party}.outstanding"));
        let all: Vec<NodeId> = [paid, outstanding].into_iter().chain(assigned.iter().copied()).collect();
        let entitlement = self.total(format!("recoupment.{party}.entitlement"), &all);
        PartyFigures { party, entitlement, paid, outstanding, flows }
    }

    /// Which of a tier's payments a party held the share at.
    fn held_by(&self, node: usize, party: u32) -> Vec<bool> {
        self.standing.holders[node].iter().map(|holder| *holder == Some(party)).collect()
    }

    /// A total, with the days that decided whose it is.
    pub(super) fn sum_by<'d>(
        &mut self,
        parts: &[NodeId],
        days: impl Iterator<Item = &'d (u32, NodeId)>,
    ) -> NodeId {
        let total = match parts {
            [] => self.cells.nothing(self.book),
            [one] => *one,
            parts => self.book.plus(parts),
        };
        let inputs: Vec<NodeId> = std::iter::once(total).chain(days.map(|(_, day)| *day)).collect();
        if inputs.len() == 1 { total } else { self.book.compute(Operation::Decided, &inputs) }
    }

    /// A part of all that was paid so far, less what was assigned before, payment by payment.
    pub(super) fn assigned(
        &mut self,
        node: usize,
        index: usize,
        part: Ratio,
        paid: &[(u32, NodeId)],
    ) -> Vec<(u32, NodeId)> {
        let path = format!("{}.takes.assigned[{index}].part", self.plan.nodes[node].path);
        let part = self.ratio(path, part);
        let (mut total, mut before): (Option<NodeId>, Option<NodeId>) = (None, None);
        let mut out = Vec::new();
        for (period, amount) in paid {
            let so_far = sum(self.book, total, Some(*amount));
            total = so_far;
            let Some(so_far) = so_far else { continue };
            let now = self.book.compute(Operation::Scale { rounding: Rounding::Down }, &[so_far, part]);
            out.push((*period, before.map_or(now, |before| self.book.less(now, before))));
            before = Some(now);
        }
        out
    }
}

/// The statement period that a day falls into; what comes before the first falls into it.
pub(super) fn period_of(date: Date, schedule: &[Period]) -> u32 {
    schedule.iter().position(|period| date <= period.end).unwrap_or(0) as u32
}

pub(super) fn by_period(parts: &[(u32, NodeId)]) -> Vec<(u32, Vec<NodeId>)> {
    let mut out: Vec<(u32, Vec<NodeId>)> = Vec::new();
    for (period, node) in parts {
        match out.last_mut() {
            Some((last, nodes)) if last == period => nodes.push(*node),
            _ => out.push((*period, vec![*node])),
        }
    }
    out
}
