//! What is asked of every tier for every receipt, close together

use crate::plan::{Goal, Op, PaysFor, Plan, ShareOp};

/// The part of a plan that a flow reads at every step.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
    marks: Vec<Mark>,
    watched: Vec<u32>,
    /// Thresholds whose goal stands anew for each receipt.
    pub moving: Vec<u32>,
    /// Whether a receipt may come down in one go where nothing switches on its way.
    pub at_once: bool,
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
    /// Whether it pays out what it takes, rather than letting it walk on.
    pub pays_out: bool,
    watch: (u32, u32),
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
        let stops = stops(plan);
        for (node, row) in plan.nodes.iter().enumerate() {
            let share = plan.share(node as u32);
            let first = table.watched.len() as u32;
            table.watched.extend(share.into_iter().flat_map(|share| &share.watch));
            let plain = |share: &&ShareOp| {
                let bare = share.tests.is_empty() && share.pools.is_empty();
                bare && share.contract.is_none() && share.gross.is_none()
            };
            table.rows.push(Row {
                then: row.then,
                plain: matches!(row.op, Op::Share(_)) && share.as_ref().is_some_and(plain),
                limit: share.and_then(|share| share.limit),
                pays: share.and_then(|share| share.pays),
                stops_at: stops[node],
                pays_out: matches!(row.op, Op::Share(_)),
                watch: (first, table.watched.len() as u32),
            });
        }
        for (index, threshold) in plan.thresholds.iter().enumerate() {
            let (counter, at_least, beyond) = (threshold.counter, threshold.at_least, threshold.beyond);
            table.marks.push(Mark { counter, at_least, beyond });
            if !matches!(threshold.goal, Goal::Fixed(_) | Goal::PerReceipt) {
                table.moving.push(index as u32);
            }
        }
        table
    }

    pub(crate) fn row(&self, node: u32) -> &Row {
        &self.rows[node as usize]
    }

    pub(crate) fn mark(&self, threshold: u32) -> Mark {
        self.marks[threshold as usize]
    }

    /// Every threshold that may decide about a share.
    pub(crate) fn watched(&self, node: u32) -> &[u32] {
        let (first, end) = self.rows[node as usize].watch;
        &self.watched[first as usize..end as usize]
    }
}

/// The tiers that stop by themselves: claims on a level of their own, at a goal of their own payments that nothing else
/// is held against.
fn stops(plan: &Plan) -> Vec<Option<u32>> {
    let mut asked = vec![0u32; plan.layout.len as usize + plan.accounts.len()];
    for threshold in &plan.thresholds {
        let counter = threshold.counter as usize;
        if asked.len() <= counter {
            asked.resize(counter + 1, 0);
        }
        asked[counter] += 1;
    }
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
