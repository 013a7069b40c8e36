//! A plan in flat form
//!
//! Everything is a number: tiers, parties, pools, counters, thresholds. All amounts that move
//! while money flows are counters in one row, and a condition on them is a threshold: a counter,
//! a goal and a direction. The exact executor runs this form, and a vectorised kernel can run the
//! same form over many paths with one column of counters for each.

use recoup_calendar::Date;
use recoup_deal::recoupment::{InterestTerms, Membership, Ratio, Relation, Role};
use std::sync::Arc;

use crate::{error::WaterfallError, inputs::Receipt, outline::Outline, table::Table};

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
    /// What a run takes along of all this.
    pub(crate) outline: Arc<Outline>,
}

/// One tier or member.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its id in the deal.
    pub id: Arc<str>,
    /// Its path in the deal.
    pub path: Arc<str>,
    /// What kind of claim it is.
    pub role: Role,
    /// What people call it.
    pub label: Option<Arc<str>>,
    /// The clause it is agreed in.
    pub clause: Option<Arc<str>>,
    /// The tier that gets what this one leaves; none at the end of an order.
    pub then: Option<u32>,
    /// What it takes.
    pub op: Op,
}

/// What a tier does with money that arrives.
#[derive(Debug, Clone)]
pub enum Op {
    /// A claim of one payee, or a reserve.
    Share(ShareOp),
    /// Members beside each other on one base.
    Together {
        /// Their nodes.
        members: Vec<u32>,
        /// Which part of what arrives is the base.
        base: Ratio,
        /// How they divide it.
        split: SplitOp,
        /// Who owes what they take beyond the base.
        bearer: Option<u32>,
    },
    /// The first member that takes more than nothing takes.
    Steps {
        /// Their nodes, in the order in which they are asked.
        members: Vec<u32>,
        /// Which part of what arrives is the base.
        base: Ratio,
    },
    /// What the share takes walks on from another tier.
    Enters {
        /// Which part walks on, and while what holds.
        share: ShareOp,
        /// The tier it comes to.
        into: u32,
    },
}

/// How a group divides its base: by the members' own rates, or by weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitOp {
    /// Rates of their own.
    Fixed,
    /// What each is still owed.
    Outstanding,
    /// What each has put in.
    Invested,
}

/// A claim.
#[derive(Debug, Clone)]
pub struct ShareOp {
    /// The payee; none for a reserve.
    pub payee: Option<u32>,
    /// Its part of what arrives, or of the gross receipt.
    pub rate: Ratio,
    /// Where the rate applies to the gross receipt.
    pub gross: Option<Gross>,
    /// Threshold that closes the share when its limit is reached.
    pub limit: Option<u32>,
    /// What must hold, all of it.
    pub tests: Vec<Test>,
    /// Every threshold that may decide about this share.
    pub watch: Vec<u32>,
    /// Pools it counts in.
    pub pools: Vec<u32>,
    /// The contract outside of whose days it takes nothing.
    pub contract: Option<u32>,
    /// Parties that get a part of what it is paid.
    pub assigned: Vec<(u32, Ratio)>,
    /// When a reserve lets go, and where to.
    pub release: Option<Release>,
    /// Weight in a group that divides by investment: an instrument, or the limit itself.
    pub weight: Weight,
    /// Accounts of hurdles on its instrument, which its payments reduce as well.
    pub hurdles: Vec<u32>,
    /// The account that its payments reduce, and whether they are for its return alone.
    pub pays: Option<(u32, PaysFor)>,
}

/// What a payment reduces of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaysFor {
    /// Principal and interest, in the order its terms say.
    Whole,
    /// What was put in.
    Principal,
    /// The return on it.
    Return,
}

/// What a member weighs in a group that divides by investment.
#[derive(Debug, Clone, Copy)]
pub enum Weight {
    /// What was put in under an instrument.
    Instrument(u32),
    /// Its limit.
    Limit,
    /// Nothing.
    None,
}

/// A share of the whole receipt: its threshold is set anew for each receipt.
#[derive(Debug, Clone, Copy)]
pub struct Gross {
    /// The threshold at what it has earned.
    pub threshold: u32,
    /// Whether what cannot be paid is carried, rather than lapses.
    pub carries: bool,
    /// The sources whose receipts count; none where every receipt that comes down does.
    pub of: Option<u32>,
}

/// When a reserve lets go.
#[derive(Debug, Clone, Copy)]
pub struct Release {
    /// So many months after it was held.
    pub months: i32,
    /// The tier it enters.
    pub to: u32,
}

/// A source of the plan.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: Arc<str>,
    /// The tier at which its money enters.
    pub node: u32,
    /// Sources of the revenue plan that it receives.
    pub receives: Vec<Arc<str>>,
    /// Whether it receives every source that no entry names.
    pub receives_others: bool,
    /// The contract of its receipts.
    pub contract: Option<Arc<str>>,
    /// The territories of its receipts.
    pub territories: Vec<String>,
    /// The media of its receipts.
    pub media: Vec<String>,
    /// Shares of the gross receipt that a receipt of this entry can reach.
    pub gross_nodes: Vec<u32>,
}

/// A contract.
#[derive(Debug, Clone)]
pub struct ContractRow {
    /// Its id.
    pub id: Arc<str>,
    /// Its price in minor units.
    pub value: Option<i64>,
    /// Its first day.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Option<Date>,
}

/// A type of expense.
#[derive(Debug, Clone)]
pub struct ExpenseRow {
    /// Its id.
    pub id: Arc<str>,
    /// The most of the capped expenses that counts, in minor units.
    pub cap: Option<i64>,
    /// The most that counts as a part of the receipts of a set of sources so far.
    pub cap_of_receipts: Option<(Ratio, u32)>,
}

/// A balance that earns interest.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountRow {
    /// The instrument whose drawings it holds.
    pub instrument: u32,
    /// How it earns; none where the inputs say so for the instrument.
    pub terms: Option<InterestTerms>,
    /// Which payments reduce it.
    pub scope: AccountScope,
}

/// Which payments reduce an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountScope {
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
pub struct Threshold {
    /// The counter.
    pub counter: u32,
    /// The goal.
    pub goal: Goal,
    /// Whether it holds from the goal on, rather than until it.
    pub at_least: bool,
    /// Whether it switches just beyond the goal rather than at it.
    pub beyond: bool,
    /// The claim whose limit the goal is, so that an amended limit moves it.
    pub limit_of: Option<u32>,
    /// Where the goal is written.
    pub origin: Origin,
}

/// Where a goal is written in the deal, for the explanation.
#[derive(Debug, Clone)]
pub enum Origin {
    /// An amount, or a formula whose factor stands at the path.
    Written(Arc<str>),
    /// A cost of the film, and the factor on it.
    FilmCost {
        /// Its place among the film costs.
        cost: usize,
        /// How many times the cost.
        factor: Ratio,
        /// Where the factor stands.
        path: Arc<str>,
    },
}

/// What a counter is held against.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    /// An amount in trillionths of a minor unit.
    Fixed(i128),
    /// Declared expenses under their cap.
    Expenses {
        /// The type of expense.
        of: u32,
        /// How many times.
        factor: Ratio,
    },
    /// What was put in.
    Invested {
        /// The instrument.
        instrument: u32,
        /// How many times.
        factor: Ratio,
    },
    /// Invested and interest of an account.
    Owed {
        /// The account.
        account: u32,
        /// How many times.
        factor: Ratio,
    },
    /// Interest of an account alone.
    Interest {
        /// The account.
        account: u32,
    },
    /// So much for each unit counted, beyond a number of them.
    Units {
        /// The series.
        series: u32,
        /// Minor units for each unit.
        amount: i64,
        /// Units that bring nothing.
        beyond: i64,
    },
    /// Set by the executor for each receipt.
    PerReceipt,
}

/// A test on a share.
#[derive(Debug, Clone)]
pub enum Test {
    /// Every one holds.
    All(Vec<Test>),
    /// One holds, or there is none.
    Any(Vec<Test>),
    /// A threshold holds.
    Threshold {
        /// The threshold.
        index: u32,
        /// Whether it is left aside when a share's notional takings are worked out.
        notional: bool,
    },
    /// A fact holds.
    Fact(u32),
}

/// Something that stands still while one receipt is distributed.
#[derive(Debug, Clone)]
pub enum Fact {
    /// One of the receipt's territories is in a list, or none is.
    Territory(Membership, Vec<String>),
    /// One of the receipt's media is in a list, or none is.
    Media(Membership, Vec<String>),
    /// The receipt's entry is in a list, or is not.
    Source(Membership, Vec<Arc<str>>),
    /// The receipt falls between two days, both included.
    Date {
        /// The first.
        from: Option<Date>,
        /// The last.
        to: Option<Date>,
    },
    /// The price of the receipt's contract.
    ContractValue {
        /// How it compares.
        is: Relation,
        /// With what, in minor units.
        target: i64,
    },
    /// The latest value of an event; false while it has not happened.
    Event {
        /// The event.
        event: u32,
        /// How it compares.
        is: Relation,
        /// With what.
        target: Ratio,
    },
    /// Units counted so far.
    Counted {
        /// The series.
        series: u32,
        /// How it compares.
        is: Relation,
        /// With what.
        target: i64,
    },
}

/// Where each kind of counter starts in the row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Layout {
    /// What each node took.
    pub paid: u32,
    /// What arrived at each node.
    pub reached: u32,
    /// What each party was credited.
    pub party: u32,
    /// What the shares of each pool took.
    pub pool_paid: u32,
    /// What came to the first share of each pool.
    pub pool_passed: u32,
    /// What the shares of each pool would have taken but for conditions on this.
    pub pool_notional: u32,
    /// Receipts of each set of sources.
    pub received: u32,
    /// Payments that count against each account.
    pub account: u32,
    /// How many counters there are.
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

    #[inline]
    pub(crate) fn share(&self, node: u32) -> Option<&ShareOp> {
        match &self.nodes[node as usize].op {
            Op::Share(share) | Op::Enters { share, .. } => Some(share),
            Op::Together { .. } | Op::Steps { .. } => None,
        }
    }
}
