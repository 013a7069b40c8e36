//! A plan, what happens to it, and the statement periods: who is paid what

use std::sync::Arc;

use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_money::Money;
use serde::Serialize;

use crate::{
    compile::compile,
    error::WaterfallError,
    exact::{nearest_minor, saturate},
    inputs::{DeclaredExpense, RunInputs},
    plan::Plan,
    posting::{PeriodTotals, Posting},
    run::Run,
    statement::{Claim, Statement, claims, statements},
};

/// What a plan pays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recoupment {
    /// Every payment, in order.
    pub postings: Vec<Posting>,
    /// The totals of each statement period.
    pub periods: Vec<PeriodTotals>,
    /// Every claim as it stands at the end.
    pub claims: Vec<Claim>,
    /// What each party is told, party by party and period by period.
    pub statements: Vec<Statement>,
    /// What reached the end with nobody entitled.
    pub left_over: Money,
    /// What reserves still hold.
    pub held: Money,
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

/// The expenses a plan names are declared like any other.
pub(crate) fn with_declared<'a>(
    plan: &RecoupmentPlan,
    inputs: &'a RunInputs,
) -> std::borrow::Cow<'a, RunInputs> {
    if plan.expense_types.iter().all(|kind| kind.declared.is_empty()) {
        return std::borrow::Cow::Borrowed(inputs);
    }
    let mut all = inputs.clone();
    for kind in &plan.expense_types {
        for expense in &kind.declared {
            all.expenses.push(DeclaredExpense {
                date: expense.date,
                kind: kind.id.clone(),
                amount: expense.amount,
                counts_to_cap: expense.counts_to_cap,
            });
        }
    }
    std::borrow::Cow::Owned(all)
}

/// As [`recoup`], for a plan that is compiled already. Expenses that the document declares are
/// those in `inputs` here.
pub fn recoup_compiled(
    plan: &Plan,
    inputs: &RunInputs,
    schedule: &[Period],
) -> Result<Recoupment, WaterfallError> {
    let timeline = inputs.timeline();
    let whole;
    let schedule = if schedule.is_empty() {
        whole =
            timeline.first().zip(timeline.last()).map(|(first, last)| spanning(first.date(), last.date()));
        whole.as_slice()
    } else {
        schedule
    };
    let mut run = Run::new(plan, inputs, schedule, false);
    run.play(&timeline)?;
    let money = |minor: i64| Money::new(minor, inputs.currency);
    let shortfalls = plan.parties.iter().zip(&run.state.shortfall).filter(|(_, owed)| **owed > 0);
    Ok(Recoupment {
        periods: std::mem::take(&mut run.periods),
        claims: claims(&run),
        statements: statements(&run),
        left_over: money(run.left_over),
        held: money(run.held),
        shortfalls: shortfalls
            .map(|(party, owed)| (Arc::clone(party), money(saturate(i128::from(nearest_minor(*owed))))))
            .collect(),
        postings: std::mem::take(&mut run.postings),
    })
}

fn spanning(start: Date, end: Date) -> Period {
    Period { start, end }
}
