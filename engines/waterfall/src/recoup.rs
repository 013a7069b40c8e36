//! A plan, what happens to it, and the statement periods: who is paid what

use std::{borrow::Cow, sync::Arc};

use recoup_calendar::Period;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_money::Money;
use serde::Serialize;

use crate::{
    compile::compile,
    error::WaterfallError,
    exact::nearest_minor,
    inputs::{Happening, RunInputs, with_declared},
    plan::Plan,
    posting::{PeriodTotals, Postings},
    run::{Closing, Lapsed, Refund, Run},
    statement::{Claim, Statement, StatementRows, Statements, claims},
    told::Told,
};

/// What a plan pays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recoupment {
    /// Every payment, in order.
    pub postings: Postings,
    /// The totals of each statement period.
    pub periods: Vec<PeriodTotals>,
    /// Every claim as it stands at the end.
    pub claims: Vec<Claim>,
    /// What each party is told, party by party and period by period.
    pub statements: Statements,
    /// What reached the end with nobody entitled.
    pub left_over: Money,
    /// What reserves still hold.
    pub held: Money,
    /// What shares would have had, were their contracts alive, and who had it instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Lapsed>,
    /// Receipts below zero, and what made them good.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<Refund>,
    /// What those who bear shortfalls owe.
    pub shortfalls: Vec<(Arc<str>, Money)>,
}

impl Recoupment {
    /// The last statement of a party.
    pub fn statement(&self, party: &str) -> Option<&Statement> {
        self.statements.iter().rev().find(|statement| statement.party.as_ref() == party)
    }

    /// A claim by the id of its tier or member.
    pub fn claim(&self, tier: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.tier.as_ref() == tier)
    }
}

/// Distributes everything received, in order of date, and says why.
///
/// `schedule` holds the statement periods in order, without gaps; receipts before the first fall
/// into it. With an empty schedule one period spans everything.
pub fn recoup(
    plan: &RecoupmentPlan,
    inputs: &RunInputs,
    schedule: &[Period],
) -> Result<Recoupment, WaterfallError> {
    let compiled = compile(plan, inputs.currency)?;
    let inputs = with_declared(plan, inputs);
    recoup_compiled(&compiled, &inputs, schedule)
}

/// As [`recoup`], for a plan that is compiled already. What the document declares itself (expenses,
/// events, counts, amendments) has to be in `inputs` here.
pub fn recoup_compiled(
    plan: &Plan,
    inputs: &RunInputs,
    schedule: &[Period],
) -> Result<Recoupment, WaterfallError> {
    let timeline = inputs.timeline();
    let schedule = period_of(schedule, &timeline);
    let mut run = Run::new(plan, inputs, &schedule);
    run.play(&timeline)?;
    Ok(finish(run).0)
}

/// The statement periods, or one that spans everything.
pub(crate) fn period_of<'a>(schedule: &'a [Period], timeline: &[Happening<'_>]) -> Cow<'a, [Period]> {
    match (schedule, timeline.first().zip(timeline.last())) {
        ([], Some((first, last))) => Cow::Owned(vec![Period { start: first.date(), end: last.date() }]),
        (schedule, _) => Cow::Borrowed(schedule),
    }
}

/// The answer of a run that is over, and where every claim stood when each period closed.
pub(crate) fn finish(mut run: Run<'_>) -> (Recoupment, Arc<Vec<Closing>>) {
    let money = |minor: i64| Money::new(minor, run.currency);
    let shortfalls = run.plan.parties.iter().zip(&run.state.shortfall).filter(|(_, owed)| **owed > 0);
    let claims = claims(&run);
    let closed = Arc::new(std::mem::take(&mut run.closed));
    let recoupment = Recoupment {
        claims,
        statements: Told::of(StatementRows::of(&run, Arc::clone(&closed))),
        left_over: money(run.left_over),
        refunds: run.refunds.take(),
        lapsed: std::mem::take(&mut run.lapsed),
        held: money(run.held),
        shortfalls: shortfalls
            .map(|(party, owed)| (Arc::clone(party), money(nearest_minor(*owed))))
            .collect(),
        periods: std::mem::take(&mut run.periods),
        postings: Told::of(run.postings),
    };
    (recoupment, closed)
}
