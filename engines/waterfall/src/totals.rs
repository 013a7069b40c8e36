//! What a plan pays in all, without a word about each payment

use std::sync::Arc;

use recoup_calendar::Period;
use recoup_money::Money;

use crate::{
    error::WaterfallError, exact::nearest_minor, inputs::RunInputs, plan::Plan, recoup::period_of, run::Run,
};

/// What a plan pays in all. Every figure is the one of the same run with its postings.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// What each tier or member was paid and what arrived at it, in the order of [`Plan::tiers`]; nothing for groups.
    pub claims: Vec<(Money, Money)>,
    /// What reached the end, whoever has it.
    pub to_the_end: Money,
    /// What reserves still hold.
    pub held: Money,
    /// What those who bear shortfalls owe.
    pub shortfalls: Vec<(Arc<str>, Money)>,
}

/// As [`recoup_compiled`](crate::recoup_compiled), for whoever asks for totals alone: no postings, no statements.
pub fn recoup_totals(plan: &Plan, inputs: &RunInputs, schedule: &[Period]) -> Result<Totals, WaterfallError> {
    let timeline = inputs.timeline();
    let schedule = period_of(schedule, &timeline);
    let mut run = Run::new(plan, inputs, &schedule);
    run.keep_totals_only();
    run.play(&timeline)?;
    let money = |minor: i64| Money::new(minor, run.currency);
    let claim = |node: usize| match plan.pays_out(node as u32) {
        true => (money(run.paid[node]), money(run.arrived(node as u32))),
        false => (money(0), money(0)),
    };
    let owed = plan.parties.iter().zip(&run.state.shortfall).filter(|(_, owed)| **owed > 0);
    Ok(Totals {
        claims: (0..plan.nodes.len()).map(claim).collect(),
        to_the_end: money(run.paid.last().copied().unwrap_or_default()),
        held: money(run.held),
        shortfalls: owed.map(|(party, owed)| (Arc::clone(party), money(nearest_minor(*owed)))).collect(),
    })
}
