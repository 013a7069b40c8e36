//! What a share would have had, were its contract alive
//!
//! A share outside the days of its contract takes nothing, and what it would have taken goes to others. That is
//! agreed, but nobody may be surprised by it: for every receipt the flow is decided once more from where it stood,
//! with the one contract alive, and the two are compared. Everything else, and all that was paid before, stays as
//! it was.

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_money::Money;
use serde::Serialize;

use super::Run;
use crate::{
    exact::{Exact, TOLERANCE, nearest_minor},
    flow::{Inflow, State},
};

/// A share that its contract kept from what it would have had of a receipt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lapsed {
    /// The day of the receipt.
    pub date: Date,
    /// The statement period, counted from 0.
    pub period: u32,
    /// The receipt.
    pub receipt: Arc<str>,
    /// The tier or member.
    pub tier: Arc<str>,
    /// Who holds it; none for money that would have walked another order.
    pub payee: Option<Arc<str>>,
    /// The contract.
    pub contract: Arc<str>,
    /// Its first day, where it had not begun; otherwise it had ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begins: Option<Date>,
    /// Its last day, where it had ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Date>,
    /// What the share would have had of this receipt.
    pub would_have: Money,
    /// Who had it instead. The amounts add up to what the share would have had; one below zero would have had
    /// more, had the share been alive.
    pub instead: Vec<Instead>,
}

/// A part of what a lapsed share would have had.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Instead {
    /// The tier that took it; none for what reached the end.
    pub tier: Option<Arc<str>>,
    /// Who has it; none for what is held, or left over.
    pub payee: Option<Arc<str>>,
    /// How much.
    pub amount: Money,
}

impl<'p> Run<'p> {
    /// The shares that their contracts keep out on a day.
    pub(super) fn kept_out(&self, date: Date) -> Vec<u32> {
        let closed = |contract: u32| {
            let row = &self.state.contracts[contract as usize];
            row.from.is_some_and(|from| date < from) || row.to.is_some_and(|to| to < date)
        };
        let bound = |node: &u32| self.plan.share(*node).and_then(|share| share.contract).is_some_and(closed);
        if self.plan.contracts.is_empty() {
            return Vec::new();
        }
        (0..self.plan.nodes.len() as u32).filter(bound).collect()
    }

    /// Compares what a receipt did with what it would have done, had each of these shares been alive.
    pub(super) fn tell_lapsed(
        &mut self,
        kept_out: &[u32],
        before: &State<'p>,
        inflow: &Inflow<'_>,
        rest: Exact,
    ) {
        for node in kept_out {
            let mut alive = before.clone();
            alive.alive = Some(*node);
            let counter = (self.plan.layout.paid + node) as usize;
            let had = alive.have[counter];
            // What could not be paid at all, were the share alive, is not told.
            let Ok(left) = alive.distribute(inflow) else { continue };
            let would_have = alive.have[counter] - had;
            if would_have > TOLERANCE {
                self.tell_one(*node, (&alive, left), (would_have, rest), inflow);
            }
        }
    }

    fn tell_one(
        &mut self,
        node: u32,
        (alive, left): (&State<'p>, Exact),
        (would_have, rest): (Exact, Exact),
        inflow: &Inflow<'_>,
    ) {
        let (plan, date) = (self.plan, inflow.date);
        let total = nearest_minor(would_have);
        let Some(contract) = plan.share(node).and_then(|share| share.contract) else { return };
        let row = &self.state.contracts[contract as usize];
        let party = |party: u32| Arc::clone(&plan.parties[party as usize]);
        let mut parts: Vec<(Instead, Exact)> = Vec::new();
        for (other, (now, then)) in self.state.taken.iter().zip(&alive.taken).enumerate() {
            if other as u32 != node && (now - then).abs() > TOLERANCE {
                let tier = Some(Arc::clone(&plan.nodes[other].id));
                let payee = self.state.payees[other].map(party);
                parts.push((Instead { tier, payee, amount: Money::new(0, self.currency) }, now - then));
            }
        }
        if (rest - left).abs() > TOLERANCE {
            let payee = plan.residual.map(party);
            parts.push((Instead { tier: None, payee, amount: Money::new(0, self.currency) }, rest - left));
        }
        self.lapsed.push(Lapsed {
            date,
            period: self.periods.len() as u32,
            receipt: inflow.id.into(),
            tier: Arc::clone(&plan.nodes[node as usize].id),
            payee: self.state.payees[node as usize].map(party),
            contract: Arc::clone(&row.id),
            begins: row.from.filter(|from| date < *from),
            ended: row.to.filter(|to| *to < date),
            would_have: Money::new(total, self.currency),
            instead: rounded(parts, total, self.currency),
        });
    }
}

/// Exact parts as amounts that add up to a total: each to the nearest cent, what is missing with the largest.
fn rounded(parts: Vec<(Instead, Exact)>, total: i64, currency: recoup_money::Currency) -> Vec<Instead> {
    let mut minor: Vec<i64> = parts.iter().map(|(_, exact)| nearest_minor(*exact)).collect();
    let missing = total - minor.iter().sum::<i64>();
    let largest = (0..parts.len()).max_by_key(|index| parts[*index].1);
    if let Some(largest) = largest {
        minor[largest] += missing;
    }
    let amounts = parts.into_iter().zip(minor).filter(|(_, minor)| *minor != 0);
    amounts.map(|((part, _), minor)| Instead { amount: Money::new(minor, currency), ..part }).collect()
}
