//! What each participant is told: this period, so far, entitled to, still owed, and why it stopped

mod difference;
mod digest;
mod history;
mod ledger;
mod party;
mod reason;

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::recoupment::Role;
use recoup_money::{Currency, Money};
use serde::Serialize;

use crate::{
    exact::saturate,
    outline::Outline,
    plan::{Op, ShareOp},
    run::{Closing, Run},
    told::{Kept, Told},
};

pub use difference::{Difference, Differing, PeriodDifference, difference};
pub(crate) use history::inside;
pub use history::{
    Accounting, ClaimHistory, ClaimPeriod, ContractDays, GroupHistory, GroupPeriod, SourceHistory,
};
pub(crate) use history::{Record, accounting};
pub(crate) use ledger::told_under;
pub use ledger::{Accrual, Ledger, LedgerPeriod, LedgerRow};
pub use party::{LineOf, PartyHistory, PartyLine, PartyPeriod};
pub use reason::Reason;

/// A claim at the end of the run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// The tier or member.
    pub tier: Arc<str>,
    /// Its path in the deal.
    pub path: Arc<str>,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Arc<str>>,
    /// What kind of claim it is.
    pub role: Role,
    /// Who is credited; none for a reserve.
    pub payee: Option<Arc<str>>,
    /// What it took.
    pub paid: Money,
    /// The most it may take; none for a share without end.
    pub limit: Option<Money>,
    /// What is still owed under the limit.
    pub outstanding: Money,
    /// What arrived at it.
    pub arrived: Money,
    /// Why it has no more.
    pub stop: Stop,
}

/// Why a claim has no more than it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Stop {
    /// A share without end takes whatever comes.
    Open,
    /// It has had all its limit allows, with a payment of this day.
    LimitReached {
        /// The day, where a payment reached the limit.
        on: Option<Date>,
    },
    /// Money arrived and was not enough.
    MoneyRanOut,
    /// Nothing ever arrived.
    NothingArrived,
    /// Money arrived while its conditions did not hold.
    ConditionsNotMet,
}

/// What a party is told about one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    /// The party.
    pub party: Arc<str>,
    /// The period, counted from 0.
    pub period: u32,
    /// Its last day.
    pub as_of: Date,
    /// One line for each of its claims.
    pub lines: Vec<StatementLine>,
    /// Credited before this period.
    pub prior: Money,
    /// Credited in this period.
    pub current: Money,
    /// Credited so far.
    pub cumulative: Money,
    /// What it is entitled to as things stand.
    pub entitlement: Money,
    /// What is still owed to it.
    pub outstanding: Money,
}

/// One claim in a statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementLine {
    /// The tier or member; none for what the residual party receives.
    pub tier: Option<Arc<str>>,
    /// Credited before this period.
    pub prior: Money,
    /// Credited in this period.
    pub current: Money,
    /// Credited so far.
    pub cumulative: Money,
    /// The limit as it stands at the end of the period; none for a share without end.
    pub entitlement: Option<Money>,
    /// What is still owed under it.
    pub outstanding: Money,
}

pub(crate) fn claims(run: &Run<'_>) -> Vec<Claim> {
    let money = |minor: i64| Money::new(minor, run.currency);
    let last = run.closed.last();
    let mut out = Vec::new();
    for (index, node) in run.plan.nodes.iter().enumerate() {
        let Op::Share(share) = &node.op else { continue };
        let paid = run.paid[index];
        let limit = last.and_then(|closing| closing.limits[index]);
        let outstanding = last.map_or(0, |closing| closing.outstanding[index]);
        let arrived = run.arrived(index as u32);
        let stop = stop(share, limit, outstanding, paid, arrived, run.reached_on[index]);
        out.push(Claim {
            tier: Arc::clone(&node.id),
            path: Arc::clone(&node.path),
            label: node.label.clone(),
            role: node.role,
            payee: run.state.payees[index].map(|party| Arc::clone(&run.plan.parties[party as usize])),
            paid: money(paid),
            limit: limit.map(money),
            outstanding: money(outstanding),
            arrived: money(arrived),
            stop,
        });
    }
    out
}

fn stop(share: &ShareOp, limit: Option<i64>, owed: i64, paid: i64, arrived: i64, on: Option<Date>) -> Stop {
    if limit.is_some() && owed == 0 {
        Stop::LimitReached { on }
    } else if arrived == 0 && paid == 0 {
        // Less than half a cent may have arrived, and a cent of it been paid.
        Stop::NothingArrived
    } else if paid == 0 && !share.rate.is_zero() {
        Stop::ConditionsNotMet
    } else if limit.is_some() {
        Stop::MoneyRanOut
    } else {
        Stop::Open
    }
}

/// The statements of a run: kept as where every claim stood when each period closed, told in words once somebody looks.
pub type Statements = Told<StatementRows>;

/// Where every claim stood when each period closed, and who held it.
#[derive(Debug, Clone)]
pub struct StatementRows {
    outline: Arc<Outline>,
    closed: Arc<Vec<Closing>>,
    /// Who holds each share at the end, and who held it before with what they had of it.
    holders: Vec<Option<u32>>,
    former: Vec<Vec<(u32, i64)>>,
    currency: Currency,
}

impl StatementRows {
    pub(crate) fn of(run: &Run<'_>, closed: Arc<Vec<Closing>>) -> Self {
        StatementRows {
            outline: Arc::clone(&run.plan.outline),
            closed,
            holders: run.state.payees.clone(),
            former: run.former.clone(),
            currency: run.currency,
        }
    }

    /// For each party the shares that it holds, held, or is assigned a part of.
    fn concerned(&self) -> Vec<Vec<u32>> {
        let mut out: Vec<Vec<u32>> = vec![Vec::new(); self.outline.parties.len()];
        for (node, titled) in self.outline.nodes.iter().enumerate() {
            let Some(share) = &titled.share else { continue };
            let former = self.former[node].iter().map(|(party, _)| *party);
            let assigned = share.assigned.iter().map(|(party, _)| *party);
            for party in former.chain(assigned).chain(self.holders[node]) {
                let nodes = &mut out[party as usize];
                if nodes.last() != Some(&(node as u32)) {
                    nodes.push(node as u32);
                }
            }
        }
        out
    }

    fn statement(&self, party: u32, period: u32, as_of: Date, lines: Vec<StatementLine>) -> Statement {
        let total = |of: &dyn Fn(&StatementLine) -> Money| {
            let sum: i128 = lines.iter().map(|line| i128::from(of(line).minor())).sum();
            Money::new(saturate(sum), self.currency)
        };
        let cumulative = total(&|line| line.cumulative);
        let outstanding = total(&|line| line.outstanding);
        let entitlement = Money::new(cumulative.minor().saturating_add(outstanding.minor()), self.currency);
        Statement {
            party: Arc::clone(&self.outline.parties[party as usize]),
            period,
            as_of,
            prior: total(&|line| line.prior),
            current: total(&|line| line.current),
            cumulative,
            entitlement,
            outstanding,
            lines,
        }
    }

    fn lines(
        &self,
        (party, nodes): (u32, &[u32]),
        before: Option<&Closing>,
        closing: &Closing,
    ) -> Vec<StatementLine> {
        let outline = &self.outline;
        let mut out = Vec::with_capacity(nodes.len() + 1);
        let mut shared = Vec::new();
        let mut push =
            |tier: Option<&Arc<str>>, prior: i64, cumulative: i64, limit: Option<i64>, owed: i64| {
                let money = |minor: i64| Money::new(minor, self.currency);
                out.push(StatementLine {
                    tier: tier.map(Arc::clone),
                    prior: money(prior),
                    current: money(cumulative - prior),
                    cumulative: money(cumulative),
                    entitlement: limit.map(money),
                    outstanding: money(owed),
                });
            };
        for index in nodes.iter().map(|node| *node as usize) {
            let titled = &outline.nodes[index];
            let Some(share) = &titled.share else { continue };
            let assigned = |closing: &Closing| -> i64 {
                let parts = share.assigned.iter().zip(&closing.assigned[index]);
                parts.filter(|((to, _), _)| *to == party).map(|(_, paid)| *paid).sum()
            };
            let holds = closing.holders[index] == Some(party);
            if holds || closing.had(index, party) != 0 {
                // Claims that share one counter owe what is outstanding once, not once each.
                let counted = share.counter.is_some_and(|counter| shared.contains(&counter));
                shared.extend(share.counter.filter(|_| holds));
                let owed = if counted || !holds { 0 } else { closing.outstanding[index] };
                let prior = before.map_or(0, |before| before.had(index, party));
                let limit = closing.limits[index].filter(|_| holds);
                push(Some(&titled.id), prior, closing.had(index, party), limit, owed);
            } else if share.assigned.iter().any(|(to, _)| *to == party) {
                let prior = before.map_or(0, assigned);
                push(Some(&titled.id), prior, assigned(closing), None, 0);
            }
        }
        if outline.residual == Some(party) {
            let rest = |closing: &Closing| closing.paid.last().copied().unwrap_or(0);
            push(None, before.map_or(0, rest), rest(closing), None, 0);
        }
        out
    }
}

impl Kept for StatementRows {
    type Told = Statement;

    /// Statements of every party that has a claim, is assigned a part of one, or takes what is left.
    fn tell(&self) -> Vec<Statement> {
        let mut out = Vec::new();
        for (party, nodes) in self.concerned().iter().enumerate() {
            let party = party as u32;
            if nodes.is_empty() && self.outline.residual != Some(party) {
                continue;
            }
            let mut before: Option<&Closing> = None;
            for (period, closing) in self.closed.iter().enumerate() {
                let lines = self.lines((party, nodes), before, closing);
                if !lines.is_empty() {
                    out.push(self.statement(party, period as u32, closing.date, lines));
                }
                before = Some(closing);
            }
        }
        out
    }
}
