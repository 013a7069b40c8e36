//! The rows of the schedule that a bank reads: one for each line, cost, fee, contract, claim and facility, by month and
//! by calendar year.

use std::collections::BTreeMap;

use recoup_calendar::YearMonth;
use recoup_explain::{Book, NodeId, Operation};

use super::years;
use crate::axis::Axis;
use crate::budget::BudgetUses;
use crate::cash::Passed;
use crate::given::Given;
use crate::run::ClaimCash;

/// What the rows are made from.
pub(crate) struct Inputs<'a> {
    pub passed: &'a Passed,
    pub given: &'a Given<'a>,
    pub budget: &'a BudgetUses,
    pub claims: &'a [ClaimCash],
    pub axis: &'a Axis,
}

/// Names what moves in a month, `capital.gap.fee[2028-03]`, and in a year, `budget.animation.spend[2028]`.
pub(crate) fn by_line(inputs: &Inputs<'_>, book: &mut Book) {
    let Inputs { passed, given, budget, claims, axis } = inputs;
    for line in &budget.lines {
        let months: Vec<(i32, NodeId)> =
            line.months.iter().map(|(index, node)| (axis.month(*index).year(), *node)).collect();
        years(&format!("budget.{}.spend", line.id), &months, book);
    }
    let months: Vec<(i32, NodeId)> =
        budget.contingency_months.iter().map(|(index, node)| (axis.month(*index).year(), *node)).collect();
    years("budget.contingency_spend", &months, book);
    for cost in &budget.costs {
        if book.value(cost.amount).absence().is_some() {
            continue;
        }
        row(&format!("budget.costs.{}.paid", cost.id), [(axis.month(cost.month), cost.paid)], book);
    }
    for claim in *claims {
        let fees = claim.fees.iter().map(|fee| (axis.month(axis.index_of(fee.date)), fee.amount));
        total(&format!("cash_flow.claim_fee.{}", claim.claim), fees, book);
        let paid = given.inflows.iter().filter(|inflow| inflow.is_credit && inflow.source == claim.claim);
        let paid = paid.map(|inflow| (axis.month(inflow.index), inflow.amount));
        total(&format!("cash_flow.credit.{}", claim.claim), paid, book);
    }
    deferred(inputs, book);
    for (place, run) in passed.runs.iter().enumerate() {
        let paid = given.inflows.iter().filter(|inflow| inflow.place == Some(place));
        let paid = paid.map(|inflow| (axis.month(inflow.index), inflow.amount));
        total(&format!("capital.{}.received", run.id), paid, book);
        for (word, flow) in [("fee", &run.fees), ("interest_paid", &run.interest), ("repaid", &run.repaid)] {
            let months = flow.iter().map(|(day, amount)| (day.year_month(), *amount));
            row(&format!("capital.{}.{word}", run.id), months, book);
        }
        // Interest is told from the month after the first drawing on, in the months that have a balance.
        let charged = run.balances.iter().skip(1).zip(&run.charged);
        let charged: Vec<(i32, NodeId)> =
            charged.map(|((index, _), node)| (axis.month(*index).year(), *node)).collect();
        years(&format!("capital.{}.interest", run.id), &charged, book);
    }
}

/// What the lines do not spend in cash because it is deferred or given in kind, as an amount below nothing.
fn deferred(inputs: &Inputs<'_>, book: &mut Book) {
    let mut months = Vec::new();
    for (index, parts) in &inputs.given.deferred {
        let all = book.plus(parts);
        months.push((inputs.axis.month(*index), book.compute(Operation::Negate, &[all])));
    }
    total("cash_flow.deferred", months, book);
}

/// A row by month and by year.
fn row(address: &str, moves: impl IntoIterator<Item = (YearMonth, NodeId)>, book: &mut Book) -> Vec<NodeId> {
    let mut months: BTreeMap<YearMonth, Vec<NodeId>> = BTreeMap::new();
    for (month, amount) in moves {
        months.entry(month).or_default().push(amount);
    }
    let named: Vec<(i32, NodeId)> = months
        .into_iter()
        .map(|(month, parts)| {
            (month.year(), book.figure(format!("{address}[{month}]"), Operation::Sum, &parts))
        })
        .collect();
    years(address, &named, book);
    named.into_iter().map(|(_, node)| node).collect()
}

/// A row with its total, which is its address without a month.
fn total(address: &str, moves: impl IntoIterator<Item = (YearMonth, NodeId)>, book: &mut Book) {
    let months = row(address, moves, book);
    if !months.is_empty() {
        book.figure(address, Operation::Sum, &months);
    }
}
