//! A receipt that comes down in one go
//!
//! Most receipts switch nothing but tiers that stop by themselves: each takes what it misses and lets the rest by, which
//! is what it comes to however the receipt is cut. So everything left is let down once, and kept where nothing else came
//! to a goal on the way. What nobody asks about (counters of parties and pools that no goal is held against) is not
//! counted.

use super::{Inflow, State};
use crate::{
    error::WaterfallError,
    exact::{DUST, Exact, TOLERANCE},
    plan::ShareOp,
    table::Row,
};

impl<'p> State<'p> {
    /// Lets all that is left down in one go, if nothing on its way switches but tiers that stop by themselves.
    pub(super) fn pour_at_once(
        &mut self,
        inflow: &Inflow<'_>,
        rest: Exact,
    ) -> Result<Option<Exact>, WaterfallError> {
        if !self.plan.table.at_once || self.trace.is_some() {
            return Ok(None);
        }
        self.at_once = true;
        let poured = self.pour(inflow, rest);
        self.at_once = false;
        // What cannot be poured is told of the slice that cannot be.
        let (Ok(passed), false) = (poured, self.contributed_now > 0 || self.switches()) else {
            self.take_back();
            return Ok(None);
        };
        self.keep(rest, passed, inflow)?;
        Ok(Some(passed))
    }

    /// Lets an amount walk from a tier to the end of its order.
    pub(super) fn walk_at_once(
        &mut self,
        start: u32,
        amount: Exact,
        receipt: &str,
    ) -> Result<(), WaterfallError> {
        let table = &self.plan.table;
        let mut flow = amount;
        let mut at = Some(start);
        while let Some(node) = at.filter(|_| flow >= DUST) {
            let Some(node) = self.bypass.land(node, flow) else { break };
            let row = table.row(node);
            let taken = match (row.plain, row.stops_at) {
                (true, _) => self.take(node, row, flow),
                (false, Some(stop)) => self.take_missing(node, flow, stop),
                (false, None) => self.visit(node, flow, receipt)?,
            };
            if taken == 0 {
                self.close_if_full(node);
            } else if taken > flow {
                self.contributed_now += taken - flow;
            }
            flow = (flow - taken).max(0);
            at = row.then;
        }
        self.ended += flow;
        Ok(())
    }

    /// What a claim takes that nothing decides about but its limit: its rate of what arrives, or what it misses where
    /// it stops by itself.
    pub(super) fn take(&mut self, node: u32, row: &Row, arriving: Exact) -> Exact {
        self.arrive(node, arriving);
        let rate = &self.scales[node as usize];
        let taken = match row.limit {
            None => rate.part_of(arriving),
            Some(limit) => {
                let counter = self.plan.table.mark(limit).counter as usize;
                let missing = self.targets[limit as usize] - self.have[counter];
                if missing <= TOLERANCE {
                    return 0;
                }
                match row.stops_at.filter(|_| self.at_once) {
                    None => rate.part_of(arriving),
                    Some(_) => rate.part_of(arriving).min((missing - self.delta[counter]).max(0)),
                }
            }
        };
        if taken != 0 {
            self.credit_plain(node, row, taken);
        }
        taken
    }

    fn credit_plain(&mut self, node: u32, row: &Row, taken: Exact) {
        let (plan, layout) = (self.plan, self.plan.layout);
        self.delta[(layout.paid + node) as usize] += taken;
        if plan.table.asks_parties
            && let Some(party) = self.payees[node as usize]
        {
            self.add(layout.party + party, taken);
        }
        for account in plan.table.reduced(row) {
            self.add(layout.account + account, taken);
        }
    }

    /// What a claim takes that stops by itself and asks more than its limit: its rate of what arrives, or what it misses.
    fn take_missing(&mut self, node: u32, arriving: Exact, stop: u32) -> Exact {
        let plan = self.plan;
        let Some(share) = plan.share(node) else { return 0 };
        let Some((takes, notional)) = self.open(node, share, arriving) else { return 0 };
        let full = self.full(node, share, arriving);
        if !takes {
            self.credit(node, share, 0, if notional { full } else { 0 });
            return 0;
        }
        let counter = plan.table.mark(stop).counter as usize;
        let missing = self.targets[stop as usize] - self.have[counter] - self.delta[counter];
        let taken = full.min(missing.max(0));
        self.credit(node, share, taken, taken);
        taken
    }

    /// What a share takes of what arrives while nothing stops it.
    pub(super) fn full(&self, node: u32, share: &ShareOp, arriving: Exact) -> Exact {
        match share.gross {
            Some(_) => arriving,
            None => self.scales[node as usize].part_of(arriving),
        }
    }
}
