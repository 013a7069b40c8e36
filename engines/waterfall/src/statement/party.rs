//! What each participant is told, period by period, from the postings themselves

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use recoup_money::Money;
use serde::Serialize;

use super::{digest::Digest, history::Record};
use crate::{
    plan::{Op, ShareOp},
    posting::{Cause, Posting},
    run::Closing,
};

/// What a party is told through the periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyHistory {
    /// The party.
    pub party: Arc<str>,
    /// What it has by one way or another.
    pub lines: Vec<PartyLine>,
    /// One for each period.
    pub periods: Vec<PartyPeriod>,
}

/// One way in which a party comes to money, or gives it away.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyLine {
    /// Which way.
    #[serde(flatten)]
    pub of: LineOf,
    /// What came in each period; what is given away is below nothing.
    pub current: Vec<Money>,
}

/// What a line of a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LineOf {
    /// A claim of its own.
    Claim {
        /// The tier or member.
        tier: Arc<str>,
    },
    /// A part of a claim of its own that goes to somebody else.
    AssignedTo {
        /// The tier or member.
        tier: Arc<str>,
        /// Who has it.
        party: Arc<str>,
    },
    /// A part of somebody else's claim.
    AssignedFrom {
        /// The tier or member.
        tier: Arc<str>,
        /// Whose it is.
        party: Arc<str>,
    },
    /// What reaches the end with nobody entitled.
    Residual,
}

/// A party in one period. Prior and current are cumulative; cumulative, outstanding and what was assigned to others
/// are the entitlement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyPeriod {
    /// Received before the period.
    pub prior: Money,
    /// Received in the period.
    pub current: Money,
    /// Received so far.
    pub cumulative: Money,
    /// Credited to it so far and paid to those it was assigned to.
    pub assigned: Money,
    /// Still owed under its limits, each counted once.
    pub outstanding: Money,
    /// What it is entitled to as things stand.
    pub entitlement: Money,
}

pub(super) fn parties(record: &Record<'_>, digest: &Digest<'_>) -> Vec<PartyHistory> {
    let mut names: Vec<Arc<str>> = record.plan.parties.clone();
    let mut known: HashSet<Arc<str>> = names.iter().cloned().collect();
    for posting in record.postings {
        for party in posting.payee.iter().chain(&posting.credited_to) {
            if known.insert(Arc::clone(party)) {
                names.push(Arc::clone(party));
            }
        }
    }
    let owed: Vec<_> = record.closed.iter().map(|closing| outstanding(record, closing)).collect();
    names.into_iter().filter_map(|party| history(record, digest, &owed, party)).collect()
}

fn history(
    record: &Record<'_>,
    digest: &Digest<'_>,
    owed: &[HashMap<Arc<str>, i64>],
    party: Arc<str>,
) -> Option<PartyHistory> {
    let lines = lines(record, digest, &party);
    if lines.is_empty() {
        return None;
    }
    let (mut cumulative, mut assigned) = (0, 0);
    let mut periods = Vec::with_capacity(record.closed.len());
    for (period, owed) in owed.iter().enumerate() {
        let current: i64 = lines.iter().map(|line| line.current[period].minor()).sum();
        let given = lines.iter().filter(|line| matches!(line.of, LineOf::AssignedTo { .. }));
        assigned -= given.map(|line| line.current[period].minor()).sum::<i64>();
        let outstanding = owed.get(&party).copied().unwrap_or(0);
        let prior = cumulative;
        cumulative += current;
        periods.push(PartyPeriod {
            prior: record.money(prior),
            current: record.money(current),
            cumulative: record.money(cumulative),
            assigned: record.money(assigned),
            outstanding: record.money(outstanding),
            entitlement: record.money(cumulative.saturating_add(outstanding).saturating_add(assigned)),
        });
    }
    Some(PartyHistory { party, lines, periods })
}

/// The lines of a party in the plan's order, each a claim followed by what of it is assigned; a claim has a line
/// though nothing was ever paid.
fn lines(record: &Record<'_>, digest: &Digest<'_>, party: &Arc<str>) -> Vec<PartyLine> {
    let mut out = Vec::new();
    for (node, row) in record.plan.nodes.iter().enumerate() {
        let Op::Share(share) = &row.op else { continue };
        let tier = || Arc::clone(&row.id);
        let paid = &digest.trails[node].postings;
        let credited =
            |posting: &Posting| posting.credited_to.as_ref().or(posting.payee.as_ref()) == Some(party);
        if holds(record, node as u32, share, party) || paid.iter().any(|posting| credited(posting)) {
            let own = paid.iter().copied().filter(|posting| credited(posting));
            out.push(line(record, LineOf::Claim { tier: tier() }, own, 1));
        }
        let assigned = paid.iter().copied().filter(|posting| matches!(posting.cause, Cause::Assigned { .. }));
        for (to, _) in &share.assigned {
            let to = &record.plan.parties[*to as usize];
            let given = assigned.clone().filter(|posting| posting.payee.as_ref() == Some(to));
            let mut from =
                given.clone().filter(|posting| posting.credited_to.as_ref() == Some(party)).peekable();
            if from.peek().is_some() {
                let of = LineOf::AssignedTo { tier: tier(), party: Arc::clone(to) };
                out.push(line(record, of, from, -1));
            }
            if to == party {
                let held = record.closed.last().and_then(|last| record.holder(node as u32, last));
                let of = LineOf::AssignedFrom { tier: tier(), party: held.cloned().unwrap_or_default() };
                out.push(line(record, of, given, 1));
            }
        }
    }
    if record.plan.residual.is_some_and(|residual| record.plan.parties[residual as usize] == *party) {
        let rest = digest.rest.iter().copied();
        let rest = rest.filter(|posting| matches!(posting.cause, Cause::Residual));
        out.push(line(record, LineOf::Residual, rest, 1));
    }
    out
}

fn line<'p>(
    record: &Record<'_>,
    of: LineOf,
    postings: impl Iterator<Item = &'p Posting>,
    sign: i64,
) -> PartyLine {
    let mut current = vec![0; record.schedule.len()];
    for posting in postings {
        if let Some(sum) = current.get_mut(posting.period as usize) {
            *sum += sign * posting.amount.minor();
        }
    }
    PartyLine { of, current: current.into_iter().map(|minor| record.money(minor)).collect() }
}

/// Whether a share is a party's at the beginning or in any period.
fn holds(record: &Record<'_>, node: u32, share: &ShareOp, party: &Arc<str>) -> bool {
    let first = share.payee.is_some_and(|payee| record.plan.parties[payee as usize] == *party);
    first || record.closed.iter().any(|closing| record.holder(node, closing) == Some(party))
}

/// What is still owed to every party; claims that share one counter owe it once.
fn outstanding(record: &Record<'_>, closing: &Closing) -> HashMap<Arc<str>, i64> {
    let (mut counted, mut out) = (HashSet::new(), HashMap::new());
    for node in 0..record.plan.nodes.len() as u32 {
        let Some(limit) = record.plan.share(node).and_then(|share| share.limit) else { continue };
        let Some(holder) = record.holder(node, closing) else { continue };
        let counter = record.plan.thresholds[limit as usize].counter;
        if counted.insert((holder, counter)) {
            let sum = out.entry(Arc::clone(holder)).or_insert(0i64);
            *sum = sum.saturating_add(closing.outstanding[node as usize]);
        }
    }
    out
}
