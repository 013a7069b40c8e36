//! Tiers that have had all they may have
//!
//! Money that comes down at once goes past them without a stop: it leaps to the next tier that is open. What arrived
//! at the tiers it leapt over is told by where it left the ground and where it came down again, and counted for each of
//! them when somebody asks. Only tiers whose arrivals no goal is held against are leapt over.

use super::State;
use crate::{
    exact::Exact,
    plan::{Op, Plan},
};

/// Behind the last tier.
const END: u32 = u32::MAX;

/// As many leaps as wait until they are counted.
const MANY: usize = 1_000;

/// Money that went past closed tiers.
#[derive(Debug, Clone, Copy)]
struct Leap {
    from: u32,
    /// The tier it came down at, or the end.
    to: u32,
    amount: Exact,
}

/// Where money leaps.
#[derive(Debug, Clone, Default)]
pub(super) struct Bypass {
    closed: Vec<bool>,
    /// The first tier on the way that is not closed, for each of the order.
    next: Vec<u32>,
    /// Leaps that are not counted yet, of which so many are kept; those of the receipt in hand begin at a place.
    leaps: Vec<Leap>,
    kept: usize,
    begun: usize,
    /// What leapt off a tier, less what came down at it.
    past: Vec<Exact>,
    any: bool,
}

impl Bypass {
    pub(super) fn of(plan: &Plan) -> Self {
        let nodes = plan.nodes.len();
        let next = (0..nodes as u32).collect();
        Bypass { closed: vec![false; nodes], next, past: vec![0; nodes], ..Bypass::default() }
    }

    /// The tier at which money that comes to a tier stops; none behind the last.
    #[inline]
    pub(super) fn land(&mut self, at: u32, amount: Exact) -> Option<u32> {
        let to = self.next[at as usize];
        if to != at {
            self.leaps.push(Leap { from: at, to, amount });
        }
        (to != END).then_some(to)
    }

    pub(super) fn begin(&mut self) {
        if self.kept > MANY {
            self.count();
        }
        self.begun = self.kept;
    }

    pub(super) fn take_back(&mut self) {
        self.leaps.truncate(self.kept);
    }

    pub(super) fn keep(&mut self) {
        self.kept = self.leaps.len();
    }

    /// Counts the leaps that are kept.
    fn count(&mut self) {
        for leap in self.leaps.drain(..self.kept) {
            self.past[leap.from as usize] += leap.amount;
            if leap.to != END {
                self.past[leap.to as usize] -= leap.amount;
            }
        }
        (self.kept, self.begun) = (0, 0);
    }

    fn close(&mut self, plan: &Plan, node: u32) {
        self.closed[node as usize] = true;
        self.any = true;
        let behind = plan.table.row(node).then.map_or(END, |then| self.next[then as usize]);
        self.next.iter_mut().filter(|next| **next == node).for_each(|next| *next = behind);
    }
}

impl State<'_> {
    /// Remembers that a tier is closed, if it is and may be leapt over.
    pub(super) fn close_if_full(&mut self, node: u32) {
        if self.plan.table.row(node).leapt_over && self.is_full(node) {
            self.bypass.close(self.plan, node);
        }
    }

    fn is_full(&self, node: u32) -> bool {
        match &self.plan.nodes[node as usize].op {
            Op::Share(share) | Op::Enters { share, .. } => {
                share.limit.is_some_and(|limit| !self.threshold_holds(limit))
            }
            Op::Together { members, .. } | Op::Steps { members, .. } => {
                members.iter().all(|member| self.is_full(*member))
            }
        }
    }

    /// Opens tiers whose goals rose.
    pub(super) fn open_again(&mut self) {
        if !self.bypass.any {
            return;
        }
        let plan = self.plan;
        let order = plan.table.order();
        let mut opened = false;
        for node in order {
            if self.bypass.closed[*node as usize] && !self.is_full(*node) {
                self.bypass.closed[*node as usize] = false;
                opened = true;
            }
        }
        if !opened {
            return;
        }
        for node in order.iter().rev() {
            let behind = plan.table.row(*node).then.map_or(END, |then| self.bypass.next[then as usize]);
            let closed = self.bypass.closed[*node as usize];
            self.bypass.next[*node as usize] = if closed { behind } else { *node };
        }
    }

    /// Counts what went past closed tiers as arrived at them.
    pub(crate) fn count_past(&mut self) {
        let plan = self.plan;
        self.bypass.count();
        for node in plan.table.order() {
            let past = std::mem::take(&mut self.bypass.past[*node as usize]);
            if past != 0 {
                self.count_at(*node, past);
                if let Some(then) = plan.table.row(*node).then {
                    self.bypass.past[then as usize] += past;
                }
            }
        }
    }

    fn count_at(&mut self, node: u32, past: Exact) {
        let plan = self.plan;
        self.have[(plan.layout.reached + node) as usize] += past;
        if let Op::Together { members, .. } | Op::Steps { members, .. } = &plan.nodes[node as usize].op {
            members.iter().for_each(|member| self.count_at(*member, past));
        }
    }

    /// What of the receipt in hand arrived at a share.
    pub(crate) fn arrived_now(&self, node: u32) -> Exact {
        // Money does not leap over a share that takes of it.
        if self.slices <= 1 && self.taken[node as usize] != 0 {
            return self.arrived[node as usize];
        }
        let over = |leap: &&Leap| {
            let mut at = leap.from;
            while at != leap.to {
                if self.holds_share(at, node) {
                    return true;
                }
                at = self.plan.table.row(at).then.unwrap_or(END);
            }
            false
        };
        let past: Exact =
            self.bypass.leaps[self.bypass.begun..].iter().filter(over).map(|leap| leap.amount).sum();
        self.arrived[node as usize] + past
    }

    fn holds_share(&self, tier: u32, node: u32) -> bool {
        match &self.plan.nodes[tier as usize].op {
            Op::Share(_) | Op::Enters { .. } => tier == node,
            Op::Together { members, .. } | Op::Steps { members, .. } => {
                members.iter().any(|member| self.holds_share(*member, node))
            }
        }
    }
}

/// Whether money may leap over a tier while it is closed: nothing asks what came to it, and no contract takes it away.
pub(crate) fn may_be_leapt_over(plan: &Plan, asked: &[u32], by_receipt: &[u32], node: u32) -> bool {
    let unasked = |counter: u32| asked[counter as usize] == 0;
    let counted = unasked(plan.layout.reached + node);
    counted
        && match &plan.nodes[node as usize].op {
            Op::Share(share) | Op::Enters { share, .. } => {
                let pools = share.pools.iter().all(|pool| unasked(plan.layout.pool_passed + pool));
                let stays = share.limit.is_some_and(|limit| !by_receipt.contains(&limit));
                pools && stays && share.contract.is_none()
            }
            Op::Together { members, base, .. } | Op::Steps { members, base } => {
                let whole = base.numerator() == base.denominator() && !members.is_empty();
                whole && members.iter().all(|member| may_be_leapt_over(plan, asked, by_receipt, *member))
            }
        }
}
