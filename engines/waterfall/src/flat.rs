//! The flat form of a compiled plan, for executors of their own.
//!
//! Everything is a number. A [`Node`] is a tier or a member, and its [`Op`] says what it takes of what arrives. All
//! amounts that move while money flows are counters in one row, laid out by [`Layout`]; a [`Threshold`] holds one of
//! them against a goal, and a share is open while its limit and its tests hold. A [`Fact`] stands still while one
//! receipt is distributed. [`timeline`] gives the order in which things happen, [`Flat::entry_of`] the way a receipt
//! comes in.
//!
//! An executor may decide whatever does not depend on amounts once, and run the rest for as many futures as it likes.
//! What it has to keep to is written in `docs/WATERFALL.md`; what it is held against is
//! [`recoup_compiled`](crate::recoup_compiled).

use std::{borrow::Cow, ops::Deref, sync::Arc};

use recoup_calendar::Date;
use recoup_deal::recoupment::RecoupmentPlan;

use crate::{
    Plan, WaterfallError,
    inputs::{Receipt, RunInputs},
};
pub use crate::{
    inputs::Happening,
    plan::{
        AccountRow, AccountScope, ContractRow, Entry, ExpenseRow, Fact, Goal, Gross, Layout, Node, Op,
        Origin, PaysFor, Release, ShareOp, SplitOp, Test, Threshold, Weight,
    },
};

/// A compiled plan, read.
#[derive(Debug, Clone, Copy)]
pub struct Flat<'a> {
    /// Tiers and members, outer before inner.
    pub nodes: &'a [Node],
    /// Sources.
    pub entries: &'a [Entry],
    /// Everybody who is paid, or named by a condition.
    pub parties: &'a [Arc<str>],
    /// Pools.
    pub pools: &'a [Arc<str>],
    /// Instruments that claims name.
    pub instruments: &'a [Arc<str>],
    /// Events that conditions name.
    pub events: &'a [Arc<str>],
    /// Contracts.
    pub contracts: &'a [ContractRow],
    /// Types of expense.
    pub expenses: &'a [ExpenseRow],
    /// Series of units.
    pub unit_series: &'a [Arc<str>],
    /// Sets of entries, each in ascending order.
    pub source_sets: &'a [Vec<u32>],
    /// Balances that earn.
    pub accounts: &'a [AccountRow],
    /// Counters held against goals.
    pub thresholds: &'a [Threshold],
    /// Facts, each with the path of the condition that asks.
    pub facts: &'a [(Fact, Arc<str>)],
    /// Who has what reaches the end.
    pub residual: Option<u32>,
    /// Where each kind of counter starts.
    pub layout: Layout,
    plan: &'a Plan,
}

impl Plan {
    /// The flat form.
    pub fn flat(&self) -> Flat<'_> {
        Flat {
            nodes: &self.nodes,
            entries: &self.entries,
            parties: &self.parties,
            pools: &self.pools,
            instruments: &self.instruments,
            events: &self.events,
            contracts: &self.contracts,
            expenses: &self.expenses,
            unit_series: &self.unit_series,
            source_sets: &self.source_sets,
            accounts: &self.accounts,
            thresholds: &self.thresholds,
            facts: &self.facts,
            residual: self.residual,
            layout: self.layout,
            plan: self,
        }
    }
}

impl<'a> Flat<'a> {
    /// The entry by which a receipt comes in.
    pub fn entry_of(&self, receipt: &Receipt) -> Result<u32, WaterfallError> {
        self.plan.entry_of(receipt)
    }

    /// The share of a tier that has one.
    pub fn share(&self, node: u32) -> Option<&'a ShareOp> {
        self.plan.share(node)
    }

    /// Whether nothing but a claim's own payments counts against its limit.
    pub fn counts_alone(&self, node: u32) -> bool {
        self.plan.counts_alone(node)
    }

    /// Whether a tier pays out what it takes, rather than letting it walk on.
    pub fn pays_out(&self, node: u32) -> bool {
        self.plan.pays_out(node)
    }
}

/// Everything by date, and on one day in the order in which it happens.
pub fn timeline(inputs: &RunInputs) -> Vec<Happening<'_>> {
    inputs.timeline()
}

/// The inputs together with the expenses, events, counts and amendments that the plan names itself.
pub fn with_declared<'a>(
    plan: &RecoupmentPlan,
    inputs: &'a RunInputs,
) -> impl Deref<Target = RunInputs> + use<'a> {
    let all: Cow<'a, RunInputs> = crate::inputs::with_declared(plan, inputs);
    all
}

/// The first day after another on which interest is added that is added every so many months.
pub fn next_addition(after: Date, months: u32) -> Result<Date, WaterfallError> {
    crate::account::next_addition(after, months)
}
