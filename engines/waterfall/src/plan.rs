//! A plan in flat form
//!
//! Everything is a number: tiers, parties, pools, counters, thresholds. All amounts that move
//! while money flows are counters in one row, and a condition on them is a threshold: a counter,
//! a goal and a direction. The exact executor runs this form, and a vectorised kernel can run the
//! same form over many paths with one column of counters for each.

use recoup_calendar::Date;
use recoup_deal::recoupment::{InterestTerms, Membership, Ratio, Relation, Role};
use std::sync::Arc;

use crate::{error::WaterfallError, inputs::Receipt, table::Table};

/// A compiled plan.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) nodes: Vec<Node>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) parties: Vec<Arc<str>>,
    pub(crate) pools: Vec<Arc<str>>,
    pub(crate) instruments: Vec<Arc<str>>,
    pub(crate) events: Vec<Arc<str>>,
    pub(crate) contracts: Vec<ContractRow>,
    pub(crate) expenses: Vec<ExpenseRow>,
    pub(crate) unit_series: Vec<Arc<str>>,
    pub(crate) source_sets: Vec<Vec<u32>>,
    pub(crate) accounts: Vec<AccountRow>,
    pub(crate) thresholds: Vec<Threshold>,
    /// Facts, each with the path of the condition that asks about it.
    pub(crate) facts: Vec<(Fact, Arc<str>)>,
    pub(crate) residual: Option<u32>,
    pub(crate) layout: Layout,
    /// What a flow reads of all this; stands once the plan is compiled.
    pub(crate) table: Table,
}

/// One tier or member.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub id: Arc<str>,
    pub path: Arc<str>,
    pub role: Role,
    pub label: Option<Arc<str>>,
    pub clause: Option<Arc<str>>,
    pub then: Option<u32>,
    pub op: Op,
}

#[derive(Debug, Clone)]
pub(crate) enum Op {
    Share(ShareOp),
    Together {
        members: Vec<u32>,
        base: Ratio,
        split: SplitOp,
        bearer: Option<u32>,
    },
    Steps {
        members: Vec<u32>,
        base: Ratio,
    },
    /// What the share takes walks on from another tier.
    Enters {
        share: ShareOp,
        into: u32,
    },
}

/// How a group divides its base: by the members' own rates, or by weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SplitOp {
    Fixed,
    Outstanding,
    Invested,
}

#[derive(Debug, Clone)]
pub(crate) struct ShareOp {
    /// The payee; none for a reserve.
    pub payee: Option<u32>,
    pub rate: Ratio,
    pub gross: Option<Gross>,
    /// Threshold that closes the share when its limit is reached.
    pub limit: Option<u32>,
    pub tests: Vec<Test>,
    /// Every threshold that may decide about this share.
    pub watch: Vec<u32>,
    pub pools: Vec<u32>,
    pub contract: Option<u32>,
    pub assigned: Vec<(u32, Ratio)>,
    pub release: Option<Release>,
    /// Weight in a group that divides by investment: an instrument, or the limit itself.
    pub weight: Weight,
    /// Accounts of hurdles on its instrument, which its payments reduce as well.
    pub hurdles: Vec<u32>,
    /// The account that its payments reduce, and whether they are for its return alone.
    pub pays: Option<(u32, PaysFor)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PaysFor {
    Whole,
    Principal,
    Return,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Weight {
    Instrument(u32),
    Limit,
    None,
}

/// A share of the whole receipt: its threshold is set anew for each receipt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gross {
    pub threshold: u32,
    pub carries: bool,
    /// The sources whose receipts count; none where every receipt that comes down does.
    pub of: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Release {
    pub months: i32,
    pub to: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub id: Arc<str>,
    pub node: u32,
    pub receives: Vec<Arc<str>>,
    pub receives_others: bool,
    pub contract: Option<Arc<str>>,
    pub territories: Vec<String>,
    pub media: Vec<String>,
    /// Shares of the gross receipt that a receipt of this entry can reach.
    pub gross_nodes: Vec<u32>,
}

#[derive(Debug, Clone)]
pub(crate) struct ContractRow {
    pub id: Arc<str>,
    pub value: Option<i64>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

#[derive(Debug, Clone)]
pub(crate) struct ExpenseRow {
    pub id: Arc<str>,
    pub cap: Option<i64>,
    pub cap_of_receipts: Option<(Ratio, u32)>,
}

/// A balance that earns interest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AccountRow {
    pub instrument: u32,
    pub terms: Option<InterestTerms>,
    pub scope: AccountScope,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountScope {
    /// Payments of the claims that name it.
    Claims,
    /// Every payment to a party.
    Party(u32),
    /// Payments of the claims on the investment and of the claims on its return.
    Return,
    /// Payments of every claim on the instrument.
    Hurdle,
}

/// A counter, a goal and a direction.
#[derive(Debug, Clone)]
pub(crate) struct Threshold {
    pub counter: u32,
    pub goal: Goal,
    pub at_least: bool,
    /// Whether it switches just beyond the goal rather than at it.
    pub beyond: bool,
    /// The claim whose limit the goal is, so that an amended limit moves it.
    pub limit_of: Option<u32>,
    pub origin: Origin,
}

/// Where a goal is written in the deal, for the explanation.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// An amount, or a formula whose factor stands at the path.
    Written(Arc<str>),
    /// A cost of the film, and the factor on it.
    FilmCost { cost: usize, factor: Ratio, path: Arc<str> },
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    Fixed(i128),
    Expenses {
        of: u32,
        factor: Ratio,
    },
    Invested {
        instrument: u32,
        factor: Ratio,
    },
    /// Invested and interest of an account.
    Owed {
        account: u32,
        factor: Ratio,
    },
    /// Interest of an account alone.
    Interest {
        account: u32,
    },
    /// So much for each unit counted, beyond a number of them.
    Units {
        series: u32,
        amount: i64,
        beyond: i64,
    },
    /// Set by the executor for each receipt.
    PerReceipt,
}

/// A test on a share.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Threshold { index: u32, notional: bool },
    Fact(u32),
}

/// Something that stands still while one receipt is distributed.
#[derive(Debug, Clone)]
pub(crate) enum Fact {
    Territory(Membership, Vec<String>),
    Media(Membership, Vec<String>),
    Source(Membership, Vec<Arc<str>>),
    Date { from: Option<Date>, to: Option<Date> },
    ContractValue { is: Relation, target: i64 },
    Event { event: u32, is: Relation, target: Ratio },
    Counted { series: u32, is: Relation, target: i64 },
}

/// Where each kind of counter starts in the row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Layout {
    pub paid: u32,
    pub reached: u32,
    pub party: u32,
    pub pool_paid: u32,
    pub pool_passed: u32,
    pub pool_notional: u32,
    pub received: u32,
    pub account: u32,
    pub len: u32,
}

impl Plan {
    /// The ids of all tiers and members, in the order of the flat form.
    pub fn tiers(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().map(|node| node.id.as_ref())
    }

    /// The number of counters a run carries.
    pub fn counters(&self) -> usize {
        self.layout.len as usize
    }

    /// Whether nothing but a claim's own payments counts against its limit.
    pub(crate) fn counts_alone(&self, node: u32) -> bool {
        let Some(share) = self.share(node) else { return false };
        let Some(limit) = share.limit else { return false };
        let counter = self.thresholds[limit as usize].counter;
        let others = |account: u32| {
            let pays = |other: &u32| self.share(*other).and_then(|share| share.pays).map(|(of, _)| of);
            (0..self.nodes.len() as u32)
                .filter(|other| *other != node && pays(other) == Some(account))
                .count()
        };
        counter == self.layout.paid + node
            || share
                .pays
                .is_some_and(|(account, _)| counter == self.layout.account + account && others(account) == 0)
    }

    /// The entry by which a receipt comes in.
    pub(crate) fn entry_of(&self, receipt: &Receipt) -> Result<u32, WaterfallError> {
        let named = self.entries.iter().position(|entry| {
            entry.id.as_ref() == receipt.source
                || entry.receives.iter().any(|id| id.as_ref() == receipt.source)
        });
        let any = || self.entries.iter().position(|entry| entry.receives_others);
        named.or_else(any).map(|index| index as u32).ok_or_else(|| {
            let (receipt, source_id) = (receipt.id.clone(), receipt.source.clone());
            WaterfallError::NoEntry { receipt, source_id }
        })
    }

    /// The tier that a claim, or the group it stands in, passes money on to.
    pub(crate) fn behind(&self, node: u32) -> Option<u32> {
        let holds = |of: &Node, inside: u32| match &of.op {
            Op::Together { members, .. } | Op::Steps { members, .. } => members.contains(&inside),
            Op::Share(_) | Op::Enters { .. } => false,
        };
        let group = |inside: u32| self.nodes.iter().position(|of| holds(of, inside));
        let mut at = node;
        while let Some(outer) = group(at) {
            at = outer as u32;
        }
        self.nodes[at as usize].then
    }

    /// Where money goes from a top-level tier: on to the next, and into the orders that it or its members feed.
    pub(crate) fn leads_to(&self, node: u32) -> Vec<u32> {
        let mut out: Vec<u32> = self.nodes[node as usize].then.into_iter().collect();
        let mut inside = vec![node];
        while let Some(node) = inside.pop() {
            match &self.nodes[node as usize].op {
                Op::Share(_) => {}
                Op::Enters { into, .. } => out.push(*into),
                Op::Together { members, .. } | Op::Steps { members, .. } => inside.extend(members),
            }
        }
        out
    }

    /// Where money comes to from a tier on one day: where it leads, and where a reserve lets go at once.
    pub(crate) fn leads_on_one_day(&self, node: u32) -> Vec<u32> {
        let mut out = self.leads_to(node);
        let mut inside = vec![node];
        while let Some(node) = inside.pop() {
            match &self.nodes[node as usize].op {
                Op::Share(share) => {
                    out.extend(share.release.filter(|release| release.months == 0).map(|release| release.to));
                }
                Op::Enters { .. } => {}
                Op::Together { members, .. } | Op::Steps { members, .. } => inside.extend(members),
            }
        }
        out
    }

    /// Whether an entry is one of a set of sources.
    pub(crate) fn counts_in(&self, set: u32, entry: u32) -> bool {
        self.source_sets[set as usize].contains(&entry)
    }

    /// Whether a tier pays out what it takes, rather than letting it walk on.
    pub(crate) fn pays_out(&self, node: u32) -> bool {
        matches!(self.nodes[node as usize].op, Op::Share(_))
    }

    /// The row of an expense type.
    pub(crate) fn expense_row(&self, kind: &str) -> Result<usize, WaterfallError> {
        let found = self.expenses.iter().position(|row| row.id.as_ref() == kind);
        found.ok_or_else(|| {
            let (path, id) = ("expenses".to_owned(), kind.to_owned());
            WaterfallError::UnknownReference { path, kind: "expense type", id }
        })
    }

    /// The row of a series of units.
    pub(crate) fn series_row(&self, series: &str) -> Result<usize, WaterfallError> {
        let found = self.unit_series.iter().position(|id| id.as_ref() == series);
        found.ok_or_else(|| {
            let (path, id) = ("counts".to_owned(), series.to_owned());
            WaterfallError::UnknownReference { path, kind: "unit series", id }
        })
    }

    pub(crate) fn share(&self, node: u32) -> Option<&ShareOp> {
        match &self.nodes[node as usize].op {
            Op::Share(share) | Op::Enters { share, .. } => Some(share),
            Op::Together { .. } | Op::Steps { .. } => None,
        }
    }
}
