//! What every claim, group, reserve and source did in every period: what a statement prints, and why no more
//!
//! The executor decides again at every slice of a receipt. Here its trace is read once more, period by period:
//! what arrived, at which rate, what was taken, how much the limit allows so far, and the last decision that
//! kept the claim from taking more.

use std::sync::Arc;

use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::{Ratio, Role};
use recoup_money::{Currency, Money};
use serde::Serialize;

use super::{
    digest::Digest,
    ledger::{Ledger, ledgers},
    party::{PartyHistory, parties},
    reason::{Reason, Watch},
};
use crate::{
    account::BalanceStep,
    exact::nearest_minor,
    inputs::{Change, RunInputs},
    plan::{Op, Plan, ShareOp},
    posting::Posting,
    run::{Closing, ReceiptRow},
};

/// What is accounted to the participants of a plan, period by period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Accounting {
    /// The statement periods.
    pub periods: Vec<Period>,
    /// Every claim and reserve, in the plan's order.
    pub claims: Vec<ClaimHistory>,
    /// Every group and ladder, in the plan's order.
    pub groups: Vec<GroupHistory>,
    /// Every source that brought money, in the order in which it first did.
    pub sources: Vec<SourceHistory>,
    /// Every party that has a claim, is assigned a part of one, or takes what is left.
    pub parties: Vec<PartyHistory>,
    /// Every balance that bears interest for a claim, day by day.
    pub ledgers: Vec<Ledger>,
}

/// A claim, or a reserve, through the periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimHistory {
    /// The tier or member.
    pub tier: Arc<str>,
    /// Its path in the deal.
    pub path: Arc<str>,
    /// What people call it.
    pub label: Option<Arc<str>>,
    /// The clause of the agreement.
    pub clause: Option<Arc<str>>,
    /// What kind of claim it is.
    pub role: Role,
    /// The group it stands in.
    pub group: Option<Arc<str>>,
    /// Whether its rate applies to the whole receipt, wherever it stands.
    pub on_gross: bool,
    /// Whether it is held back rather than paid.
    pub reserve: bool,
    /// Whether it has a limit.
    pub limited: bool,
    /// The contract outside whose days it is as if it were not there.
    pub contract: Option<ContractDays>,
    /// One for each period.
    pub periods: Vec<ClaimPeriod>,
}

/// The days of a contract as they stand at the end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContractDays {
    /// The contract.
    pub contract: Arc<str>,
    /// Its first day.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Option<Date>,
}

/// A claim in one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimPeriod {
    /// Who holds it at the end of the period; none for a reserve.
    pub payee: Option<Arc<str>>,
    /// What arrived at it.
    pub arrived: Money,
    /// Its rate, as it was last decided upon.
    pub rate: Ratio,
    /// Taken before the period.
    pub prior: Money,
    /// Taken in the period.
    pub current: Money,
    /// Taken so far.
    pub cumulative: Money,
    /// The most it may have taken by the last day; none for a share without end.
    pub limit: Option<Money>,
    /// What is still owed under the limit.
    pub outstanding: Money,
    /// What a reserve gave back in the period.
    pub released: Money,
    /// Why it has no more.
    pub reason: Reason,
}

/// A group or ladder through the periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupHistory {
    /// The tier.
    pub tier: Arc<str>,
    /// What people call it.
    pub label: Option<Arc<str>>,
    /// What kind of claim it is.
    pub role: Role,
    /// The group it stands in.
    pub group: Option<Arc<str>>,
    /// The claims inside, however deep.
    pub members: Vec<Arc<str>>,
    /// One for each period.
    pub periods: Vec<GroupPeriod>,
}

/// A group in one period: the sums of its members.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupPeriod {
    /// Taken before the period.
    pub prior: Money,
    /// Taken in the period.
    pub current: Money,
    /// Taken so far.
    pub cumulative: Money,
}

/// A source through the periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceHistory {
    /// The source of the receipts.
    pub source: Arc<str>,
    /// Where its money enters the plan.
    pub enters: Arc<str>,
    /// What it brought in each period.
    pub received: Vec<Money>,
}

/// What the histories are read from.
pub(crate) struct Record<'a> {
    pub plan: &'a Plan,
    pub inputs: &'a RunInputs,
    pub schedule: &'a [Period],
    pub rows: &'a [ReceiptRow],
    pub closed: &'a [Closing],
    pub postings: &'a [Posting],
    /// What happened to every balance that bears interest.
    pub balances: &'a [Vec<BalanceStep>],
}

impl Record<'_> {
    pub(super) fn currency(&self) -> Currency {
        self.inputs.currency
    }

    pub(super) fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency())
    }

    /// The period that a day falls into; what comes before the first falls into it.
    pub(crate) fn period_of(&self, date: Date) -> usize {
        self.schedule.iter().position(|period| date <= period.end).unwrap_or(0)
    }

    /// Who holds a share when a period closes.
    pub(super) fn holder<'c>(&'c self, node: u32, closing: &Closing) -> Option<&'c Arc<str>> {
        let holder = closing.holders.get(node as usize).copied().flatten()?;
        self.plan.parties.get(holder as usize)
    }

    /// The days of a contract as they stand on a day.
    pub(super) fn contract_at(&self, contract: u32, day: Date) -> ContractDays {
        let row = &self.plan.contracts[contract as usize];
        let mut to = row.to;
        let mut amendments: Vec<_> = self.inputs.amendments.iter().filter(|one| one.date <= day).collect();
        amendments.sort_by_key(|amendment| amendment.date);
        for amendment in amendments {
            if let Change::Contract { contract, to: Some(later), .. } = &amendment.change
                && contract.as_str() == row.id.as_ref()
            {
                to = Some(*later);
            }
        }
        ContractDays { contract: Arc::clone(&row.id), from: row.from, to }
    }

    /// The group that a tier stands in.
    pub(super) fn group_of(&self, node: u32) -> Option<u32> {
        let holds = |op: &Op| match op {
            Op::Together { members, .. } | Op::Steps { members, .. } => members.contains(&node),
            Op::Share(_) | Op::Enters { .. } => false,
        };
        self.plan.nodes.iter().position(|of| holds(&of.op)).map(|group| group as u32)
    }
}

/// Reads a run once more, period by period.
pub(crate) fn accounting(record: &Record<'_>) -> Accounting {
    let digest = Digest::of(record);
    let claims = claims(record, &digest);
    Accounting {
        periods: record.schedule.to_vec(),
        groups: groups(record, &claims),
        sources: sources(record),
        parties: parties(record, &digest),
        ledgers: ledgers(record),
        claims,
    }
}

fn claims(record: &Record<'_>, digest: &Digest<'_>) -> Vec<ClaimHistory> {
    let end = record.schedule.last().map(|period| period.end);
    let mut out = Vec::new();
    for node in 0..record.plan.nodes.len() as u32 {
        let Some(share) = record.plan.share(node) else { continue };
        let row = &record.plan.nodes[node as usize];
        let group = record.group_of(node).map(|group| Arc::clone(&record.plan.nodes[group as usize].id));
        out.push(ClaimHistory {
            tier: Arc::clone(&row.id),
            path: Arc::clone(&row.path),
            label: row.label.clone(),
            clause: row.clause.clone(),
            role: row.role,
            group,
            on_gross: share.gross.is_some(),
            reserve: share.release.is_some(),
            limited: share.limit.is_some(),
            contract: share.contract.zip(end).map(|(contract, end)| record.contract_at(contract, end)),
            periods: claim_periods(record, digest, node, share),
        });
    }
    out
}

fn claim_periods(record: &Record<'_>, digest: &Digest<'_>, node: u32, share: &ShareOp) -> Vec<ClaimPeriod> {
    let place = node as usize;
    let mut watch = Watch::new(record, digest, node, share);
    let mut prior = 0;
    let mut out = Vec::with_capacity(record.closed.len());
    for (period, closing) in record.closed.iter().enumerate() {
        let reason = watch.period(period, closing);
        let sums = digest.sums[period][place];
        let cumulative = closing.paid[place];
        out.push(ClaimPeriod {
            payee: record.holder(node, closing).cloned(),
            arrived: record.money(nearest_minor(sums.arrived)),
            rate: watch.rate,
            prior: record.money(prior),
            current: record.money(cumulative - prior),
            cumulative: record.money(cumulative),
            limit: closing.limits[place].map(|limit| record.money(limit)),
            outstanding: record.money(closing.outstanding[place]),
            released: record.money(sums.released),
            reason,
        });
        prior = cumulative;
    }
    out
}

fn groups(record: &Record<'_>, claims: &[ClaimHistory]) -> Vec<GroupHistory> {
    let mut out = Vec::new();
    for (node, row) in record.plan.nodes.iter().enumerate() {
        if matches!(row.op, Op::Share(_) | Op::Enters { .. }) {
            continue;
        }
        let members: Vec<&ClaimHistory> = inside(record.plan, node as u32)
            .into_iter()
            .filter_map(|member| {
                let id = &record.plan.nodes[member as usize].id;
                claims.iter().find(|claim| claim.tier == *id)
            })
            .collect();
        let sum = |period: usize, of: fn(&ClaimPeriod) -> Money| {
            let parts = members.iter().map(|member| of(&member.periods[period]).minor());
            record.money(parts.sum())
        };
        let group = record.group_of(node as u32);
        out.push(GroupHistory {
            tier: Arc::clone(&row.id),
            label: row.label.clone(),
            role: row.role,
            group: group.map(|group| Arc::clone(&record.plan.nodes[group as usize].id)),
            periods: (0..record.closed.len())
                .map(|period| GroupPeriod {
                    prior: sum(period, |member| member.prior),
                    current: sum(period, |member| member.current),
                    cumulative: sum(period, |member| member.cumulative),
                })
                .collect(),
            members: members.into_iter().map(|member| Arc::clone(&member.tier)).collect(),
        });
    }
    out
}

/// The claims inside a group, however deep.
pub(crate) fn inside(plan: &Plan, node: u32) -> Vec<u32> {
    match &plan.nodes[node as usize].op {
        Op::Share(_) | Op::Enters { .. } => vec![node],
        Op::Together { members, .. } | Op::Steps { members, .. } => {
            members.iter().flat_map(|member| inside(plan, *member)).collect()
        }
    }
}

fn sources(record: &Record<'_>) -> Vec<SourceHistory> {
    let mut out: Vec<(SourceHistory, Vec<i64>)> = Vec::new();
    for row in record.rows {
        let Some(receipt) = row.given.and_then(|place| record.inputs.receipts.get(place)) else { continue };
        let place = out.iter().position(|(known, _)| known.source.as_ref() == receipt.source);
        let place = place.unwrap_or_else(|| {
            let enters = row.entry.map_or(row.node, |entry| record.plan.entries[entry as usize].node);
            let enters = Arc::clone(&record.plan.nodes[enters as usize].id);
            let source =
                SourceHistory { source: receipt.source.as_str().into(), enters, received: Vec::new() };
            out.push((source, vec![0; record.schedule.len()]));
            out.len() - 1
        });
        if let Some(sum) = out[place].1.get_mut(record.period_of(row.date)) {
            *sum += row.amount;
        }
    }
    let received = |sums: Vec<i64>| sums.into_iter().map(|minor| record.money(minor)).collect();
    out.into_iter().map(|(source, sums)| SourceHistory { received: received(sums), ..source }).collect()
}
