//! What is asked of every tier for every receipt, close together

use recoup_deal::recoupment::Ratio;

use crate::{
    flow::may_be_leapt_over,
    plan::{AccountScope, Goal, Op, PaysFor, Plan, ShareOp, SplitOp},
    scale::Scale,
};

/// The part of a plan that a flow reads at every step.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
    marks: Vec<Mark>,
    scales: Vec<Scale>,
    /// Which part of what arrives members divide.
    bases: Vec<Scale>,
    watched: Vec<u32>,
    /// Of those watched, the thresholds that decide about more than the tier that stops there.
    foreign: Vec<u32>,
    /// Of these, the ones held against the claim's own payments, and the ones held against anything else.
    own: Vec<u32>,
    others: Vec<u32>,
    /// Balances that payments of a claim reduce as a whole.
    reduced: Vec<u32>,
    /// Thresholds whose goal moves with what is put in, spent, counted or earned.
    pub moving: Vec<u32>,
    /// Thresholds whose goal moves with every receipt.
    pub by_receipt: Vec<u32>,
    /// Whether anything asks what parties have had.
    pub asks_parties: bool,
    /// Tiers and members, each before the one it leads to.
    order: Vec<u32>,
    /// Whether a receipt may come down in one go where nothing switches on its way.
    pub at_once: bool,
    /// Whether that is so and money comes to every tier once at most.
    pub one_line: bool,
    /// The sets of sources that each entry is one of.
    sets: Vec<Vec<u32>>,
}

/// A tier or member.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub then: Option<u32>,
    /// A claim that nothing decides about but its limit: no condition, pool, contract, or share of the gross receipt.
    pub plain: bool,
    /// The threshold of its limit.
    pub limit: Option<u32>,
    pub pays: Option<(u32, PaysFor)>,
    /// The threshold at which it stops by itself, with nobody else asking: it takes what is missing and lets the rest
    /// by, which is what it comes to however the receipt is cut.
    pub stops_at: Option<u32>,
    /// Whether money may leap over it while it is closed.
    pub leapt_over: bool,
    /// Whether it pays out what it takes, rather than letting it walk on.
    pub pays_out: bool,
    /// Whether it holds what it takes until a day.
    pub holds: bool,
    /// Whether nothing but its own payments counts against its limit.
    pub alone: bool,
    /// Whether it stands in a group that divides by an amount.
    pub pro_rata: bool,
    /// Whether another claim asks what came to it or what it took.
    pub counted: bool,
    /// Whether what it takes counts anywhere beyond its own payments, or may decide about it.
    pub noted: bool,
    /// Whether it is counted, pays off a balance, or is decided about by more than its own payments.
    pub more: bool,
    watch: (u32, u32),
    foreign: (u32, u32),
    own: (u32, u32),
    others: (u32, u32),
    reduced: (u32, u32),
}

/// A threshold without its goal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub counter: u32,
    pub at_least: bool,
    pub beyond: bool,
}

impl Table {
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut table = Table { at_once: comes_at_once(plan), ..Table::default() };
        let asked = asked(plan);
        let stops = stops(plan, &asked);
        table.order = downwards(plan);
        for (node, row) in plan.nodes.iter().enumerate() {
            let share = plan.share(node as u32);
            let watched = || share.into_iter().flat_map(|share| &share.watch).copied();
            let watch = appended(&mut table.watched, watched());
            let foreign = appended(&mut table.foreign, watched().filter(|index| stops[node] != Some(*index)));
            let paid = plan.layout.paid + node as u32;
            let (own, others): (Vec<u32>, Vec<u32>) = watched()
                .filter(|index| stops[node] != Some(*index))
                .partition(|index| plan.thresholds[*index as usize].counter == paid);
            let own = appended(&mut table.own, own.into_iter());
            let others = appended(&mut table.others, others.into_iter());
            let whole = share.and_then(|share| share.pays).filter(|(_, reduces)| *reduces == PaysFor::Whole);
            let hurdles = share.into_iter().flat_map(|share| &share.hurdles).copied();
            let reduced = appended(&mut table.reduced, whole.map(|(of, _)| of).into_iter().chain(hurdles));
            let plain = |share: &&ShareOp| {
                let bare = share.tests.is_empty() && share.pools.is_empty();
                bare && share.contract.is_none() && share.gross.is_none()
            };
            let base = match &row.op {
                Op::Together { base, .. } | Op::Steps { base, .. } => *base,
                Op::Share(_) | Op::Enters { .. } => Ratio::ONE,
            };
            table.bases.push(Scale::of(base));
            table.scales.push(Scale::of(share.map_or(Ratio::ONE, |share| share.rate)));
            table.rows.push(Row {
                then: row.then,
                plain: matches!(row.op, Op::Share(_)) && share.as_ref().is_some_and(plain),
                limit: share.and_then(|share| share.limit),
                pays: share.and_then(|share| share.pays),
                stops_at: stops[node],
                leapt_over: false,
                alone: plan.counts_alone(node as u32),
                pro_rata: false,
                counted: false,
                more: false,
                noted: own.0 < own.1 || reduced.0 < reduced.1,
                pays_out: matches!(row.op, Op::Share(_)),
                holds: share.is_some_and(|share| share.release.is_some()),
                watch,
                foreign,
                own,
                others,
                reduced,
            });
        }
        for (index, threshold) in plan.thresholds.iter().enumerate() {
            let (counter, at_least, beyond) = (threshold.counter, threshold.at_least, threshold.beyond);
            table.marks.push(Mark { counter, at_least, beyond });
            match threshold.goal {
                Goal::Fixed(_) | Goal::PerReceipt => {}
                Goal::Expenses { of, .. } if plan.expenses[of as usize].cap_of_receipts.is_some() => {
                    table.by_receipt.push(index as u32);
                }
                _ => table.moving.push(index as u32),
            }
        }
        for node in 0..plan.nodes.len() as u32 {
            let row = &mut table.rows[node as usize];
            row.leapt_over = may_be_leapt_over(plan, &asked, &table.by_receipt, node);
        }
        for node in &plan.nodes {
            if let Op::Together { members, split: SplitOp::Outstanding | SplitOp::Invested, .. } = &node.op {
                members.iter().for_each(|member| table.rows[*member as usize].pro_rata = true);
            }
        }
        for index in &table.others {
            let counter = plan.thresholds[*index as usize].counter;
            if counter < plan.layout.party {
                let node =
                    if counter < plan.layout.reached { counter } else { counter - plan.layout.reached };
                table.rows[node as usize].counted = true;
            }
        }
        for row in &mut table.rows {
            row.more = row.counted || row.pays.is_some() || row.others.0 < row.others.1;
        }
        let branches = plan.nodes.iter().any(|row| matches!(row.op, Op::Enters { .. }));
        table.one_line = table.at_once && !branches;
        let sets_of = |entry: u32| {
            let holds = |set: &usize| plan.source_sets[*set].binary_search(&entry).is_ok();
            (0..plan.source_sets.len()).filter(holds).map(|set| set as u32).collect()
        };
        table.sets = (0..plan.entries.len() as u32).map(sets_of).collect();
        let parties = plan.layout.party..plan.layout.pool_paid;
        table.asks_parties = plan.thresholds.iter().any(|threshold| parties.contains(&threshold.counter))
            || plan.accounts.iter().any(|row| matches!(row.scope, AccountScope::Party(_)));
        if table.asks_parties {
            table.rows.iter_mut().for_each(|row| row.noted = true);
        }
        table
    }

    #[inline]
    pub(crate) fn row(&self, node: u32) -> &Row {
        &self.rows[node as usize]
    }

    /// The rates of all tiers and members as they are written.
    pub(crate) fn scales(&self) -> impl Iterator<Item = Scale> {
        self.scales.iter().copied()
    }

    #[inline]
    pub(crate) fn mark(&self, threshold: u32) -> Mark {
        self.marks[threshold as usize]
    }

    /// Tiers and members, each before the one it leads to.
    pub(crate) fn order(&self) -> &'_ [u32] {
        &self.order
    }

    /// The sets of sources that an entry is one of.
    pub(crate) fn sets(&self, entry: u32) -> &[u32] {
        &self.sets[entry as usize]
    }

    /// Every threshold that may decide about a share.
    pub(crate) fn watched(&self, node: u32) -> &[u32] {
        let (first, end) = self.rows[node as usize].watch;
        &self.watched[first as usize..end as usize]
    }

    /// Of those, the ones that decide about more than the share that stops there by itself.
    pub(crate) fn foreign(&self, row: &Row) -> &[u32] {
        &self.foreign[row.foreign.0 as usize..row.foreign.1 as usize]
    }

    /// Of those, the ones held against what the share itself was paid.
    #[inline]
    pub(crate) fn own(&self, row: &Row) -> &[u32] {
        &self.own[row.own.0 as usize..row.own.1 as usize]
    }

    /// Of those, the ones held against anything else.
    #[inline]
    pub(crate) fn others(&self, row: &Row) -> &[u32] {
        &self.others[row.others.0 as usize..row.others.1 as usize]
    }

    /// Which part of what arrives at a group its members divide.
    #[inline]
    pub(crate) fn base(&self, group: u32) -> &Scale {
        &self.bases[group as usize]
    }

    /// The balances that a payment of a share reduces as a whole.
    #[inline]
    pub(crate) fn reduced(&self, row: &Row) -> &[u32] {
        &self.reduced[row.reduced.0 as usize..row.reduced.1 as usize]
    }
}

/// Puts some behind a list, and says where they stand.
fn appended(list: &mut Vec<u32>, some: impl Iterator<Item = u32>) -> (u32, u32) {
    let first = list.len() as u32;
    list.extend(some);
    (first, list.len() as u32)
}

/// How many thresholds hold each counter against a goal.
fn asked(plan: &Plan) -> Vec<u32> {
    let mut asked = vec![0u32; plan.layout.len as usize + plan.accounts.len()];
    for threshold in &plan.thresholds {
        let counter = threshold.counter as usize;
        if asked.len() <= counter {
            asked.resize(counter + 1, 0);
        }
        asked[counter] += 1;
    }
    asked
}

/// Every tier before the one it leads to.
fn downwards(plan: &Plan) -> Vec<u32> {
    let mut above = vec![0u32; plan.nodes.len()];
    let leads = |node: u32| plan.nodes[node as usize].then;
    (0..plan.nodes.len() as u32).filter_map(leads).for_each(|then| above[then as usize] += 1);
    let mut order: Vec<u32> =
        (0..plan.nodes.len() as u32).filter(|node| above[*node as usize] == 0).collect();
    let mut place = 0;
    while let Some(node) = order.get(place).copied() {
        place += 1;
        let Some(then) = leads(node) else { continue };
        above[then as usize] -= 1;
        if above[then as usize] == 0 {
            order.push(then);
        }
    }
    order
}

/// The tiers that stop by themselves: claims on a level of their own, at a goal of their own payments that nothing else
/// is held against.
fn stops(plan: &Plan, asked: &[u32]) -> Vec<Option<u32>> {
    let mut out = vec![None; plan.nodes.len()];
    for (node, row) in plan.nodes.iter().enumerate() {
        let Op::Share(share) = &row.op else { continue };
        let stop = match (share.limit, share.gross) {
            (Some(limit), None) => limit,
            (None, Some(gross)) => gross.threshold,
            _ => continue,
        };
        let counter = plan.thresholds[stop as usize].counter;
        let own = counter == plan.layout.paid + node as u32 || plan.counts_alone(node as u32);
        if own && asked[counter as usize] == 1 {
            out[node] = Some(stop);
        }
    }
    for row in &plan.nodes {
        if let Op::Together { members, .. } | Op::Steps { members, .. } = &row.op {
            members.iter().for_each(|member| out[*member as usize] = None);
        }
    }
    out
}

/// Claims beside each other keep their proportions however a receipt is cut, as long as each counts its own payments;
/// and nothing may switch beyond a goal rather than at it.
fn comes_at_once(plan: &Plan) -> bool {
    let counts_its_own = |member: &u32| {
        let limit = plan.share(*member).and_then(|share| share.limit);
        limit.is_none_or(|limit| plan.thresholds[limit as usize].counter == plan.layout.paid + member)
    };
    let steady = plan.nodes.iter().all(|row| match &row.op {
        Op::Together { members, .. } => members.iter().all(counts_its_own),
        Op::Share(_) | Op::Steps { .. } | Op::Enters { .. } => true,
    });
    steady && plan.thresholds.iter().all(|threshold| !threshold.beyond)
}
