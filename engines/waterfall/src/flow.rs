//! One receipt on its way down
//!
//! A receipt is a flow. Under the rules as they stand, everything every tier takes is in
//! proportion to it, so the executor lets the whole rest flow down, looks whether a counter passed
//! a target on the way, and if so takes back the flow and lets only as much down as brings the
//! first counter exactly to its target. Then everything is decided again for what is left.

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::recoupment::{Membership, Ratio};

use crate::{
    account::Balance,
    error::WaterfallError,
    exact::{DUST, Exact, TOLERANCE, from_minor, mul_div, share_of},
    plan::{AccountScope, ContractRow, Fact, Goal, Op, PaysFor, Plan, ShareOp, SplitOp, Test, Weight},
};

/// A receipt as the flow sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inflow<'a> {
    pub id: &'a str,
    pub date: Date,
    /// The entry of the plan; none for money released from a reserve.
    pub entry: Option<u32>,
    pub node: u32,
    pub amount: i64,
    pub territories: &'a [String],
    pub media: &'a [String],
    pub contract: Option<&'a str>,
}

/// Where a run stands.
pub(crate) struct State<'p> {
    pub plan: &'p Plan,
    pub have: Vec<Exact>,
    delta: Vec<Exact>,
    touched: Vec<u32>,
    pub targets: Vec<Exact>,
    facts: Vec<bool>,
    pub rates: Vec<Ratio>,
    pub contracts: Vec<ContractRow>,
    contract_open: Vec<bool>,
    pub balances: Vec<Balance>,
    pub invested: Vec<Exact>,
    pub expenses: Vec<(i64, i64)>,
    pub events: Vec<Option<Ratio>>,
    carried: Vec<Exact>,
    pools_seen: Vec<bool>,
    visited: Vec<u32>,
    shortfall_now: Vec<(u32, Exact)>,
    contributed_now: Exact,
    pub shortfall: Vec<Exact>,
    pub contributed: Exact,
    /// What each share took of the receipt in hand, and what had arrived at it.
    pub taken: Vec<Exact>,
    pub arrived: Vec<Exact>,
    slices: u32,
    last_cut: u32,
    cut_by: u32,
    decided: Vec<Decision>,
    /// Shares of the gross receipt that earned on the receipt in hand.
    pub entitled: Vec<u32>,
    /// What was decided, slice by slice, for those who ask why.
    pub trace: Option<Vec<Slice>>,
}

/// A part of a receipt during which nothing changed.
#[derive(Debug, Clone)]
pub(crate) struct Slice {
    /// The threshold that ended it; none for the last.
    pub cut_by: Option<u32>,
    /// Whether some of it reached the end.
    pub passes: bool,
    pub decided: Vec<Decision>,
}

/// What was decided about a share when money arrived at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision {
    pub node: u32,
    pub takes: bool,
    pub notional: bool,
}

const MOST_SLICES: u32 = 10_000;

impl<'p> State<'p> {
    pub(crate) fn new(
        plan: &'p Plan,
        terms: impl Fn(u32) -> Option<recoup_deal::recoupment::InterestTerms>,
    ) -> Self {
        let nodes = plan.nodes.len();
        let balances = plan.accounts.iter().map(|row| {
            let given = row.terms.clone().or_else(|| terms(row.instrument));
            Balance::new(given.as_ref())
        });
        State {
            plan,
            have: vec![0; plan.layout.len as usize],
            delta: vec![0; plan.layout.len as usize],
            touched: Vec::with_capacity(64),
            targets: vec![0; plan.thresholds.len()],
            facts: vec![false; plan.facts.len()],
            rates: (0..nodes)
                .map(|node| plan.share(node as u32).map_or(Ratio::ONE, |share| share.rate))
                .collect(),
            contracts: plan.contracts.clone(),
            contract_open: vec![true; plan.contracts.len()],
            balances: balances.collect(),
            invested: vec![0; plan.instruments.len()],
            expenses: vec![(0, 0); plan.expenses.len()],
            events: vec![None; plan.events.len()],
            carried: vec![0; nodes],
            pools_seen: vec![false; plan.pools.len()],
            visited: Vec::with_capacity(nodes),
            shortfall_now: Vec::new(),
            contributed_now: 0,
            shortfall: vec![0; plan.parties.len()],
            contributed: 0,
            taken: vec![0; nodes],
            arrived: vec![0; nodes],
            slices: 0,
            last_cut: 0,
            cut_by: 0,
            decided: Vec::new(),
            entitled: Vec::new(),
            trace: None,
        }
    }

    /// Lets a receipt flow down and returns what nobody took.
    pub(crate) fn distribute(&mut self, inflow: Inflow<'_>) -> Result<Exact, WaterfallError> {
        self.begin(&inflow)?;
        let mut rest = from_minor(inflow.amount);
        let mut left_over = 0;
        while rest > 0 {
            self.slices += 1;
            if self.slices > MOST_SLICES {
                let tier = self.plan.nodes[self.last_cut as usize].id.to_string();
                return Err(WaterfallError::Unsettled { receipt: inflow.id.to_owned(), tier });
            }
            let mut slice = rest;
            let mut passed = self.pour(&inflow, slice)?;
            let mut cut_by = None;
            if let Some(cut) = self.first_cut(slice) {
                cut_by = Some(self.cut_by);
                self.take_back();
                slice = cut.clamp(1, rest);
                passed = self.pour(&inflow, slice)?;
            }
            self.check(slice, passed, &inflow)?;
            self.keep();
            if let Some(trace) = &mut self.trace {
                trace.push(Slice { cut_by, passes: passed >= DUST, decided: self.decided.clone() });
            }
            left_over += passed;
            rest -= slice;
        }
        self.end(&inflow);
        Ok(left_over)
    }

    fn begin(&mut self, inflow: &Inflow<'_>) -> Result<(), WaterfallError> {
        for balance in &mut self.balances {
            balance.accrue(inflow.date)?;
        }
        self.settle_facts(inflow);
        self.set_targets(inflow);
        self.taken.fill(0);
        self.arrived.fill(0);
        self.slices = 0;
        self.entitled.clear();
        let plan = self.plan;
        for node in inflow.entry.map_or(&[][..], |entry| &plan.entries[entry as usize].gross_nodes) {
            let Some(share) = plan.share(*node) else { continue };
            let Some(gross) = share.gross else { continue };
            let entitled = self.contract_lets(share) && self.holds(&share.tests, false);
            if entitled {
                self.entitled.push(*node);
            }
            let earned =
                if entitled { share_of(from_minor(inflow.amount), self.rates[*node as usize]) } else { 0 };
            let paid = self.have[(plan.layout.paid + node) as usize];
            self.targets[gross.threshold as usize] = paid + earned + self.carried[*node as usize];
        }
        Ok(())
    }

    fn end(&mut self, inflow: &Inflow<'_>) {
        let plan = self.plan;
        for node in inflow.entry.map_or(&[][..], |entry| &plan.entries[entry as usize].gross_nodes) {
            let Some(gross) = plan.share(*node).and_then(|share| share.gross) else { continue };
            let paid = self.have[(plan.layout.paid + node) as usize];
            let unpaid = (self.targets[gross.threshold as usize] - paid).max(0);
            self.carried[*node as usize] = if gross.carries { unpaid } else { 0 };
        }
    }

    fn settle_facts(&mut self, inflow: &Inflow<'_>) {
        let plan = self.plan;
        for (index, row) in self.contracts.iter().enumerate() {
            self.contract_open[index] =
                row.from.is_none_or(|from| from <= inflow.date) && row.to.is_none_or(|to| inflow.date <= to);
        }
        let value = inflow
            .contract
            .and_then(|id| self.contracts.iter().find(|row| row.id.as_ref() == id).and_then(|row| row.value));
        for (fact, out) in plan.facts.iter().zip(self.facts.iter_mut()) {
            *out = match fact {
                Fact::Territory(is, list) => any_in(*is, inflow.territories, list),
                Fact::Media(is, list) => any_in(*is, inflow.media, list),
                Fact::Source(is, list) => {
                    let source = inflow.entry.map(|entry| &plan.entries[entry as usize].id);
                    source.is_some_and(|id: &Arc<str>| list.contains(id)) == (*is == Membership::In)
                }
                Fact::Date { from, to } => {
                    from.is_none_or(|from| from <= inflow.date) && to.is_none_or(|to| inflow.date <= to)
                }
                Fact::ContractValue { at_least, target } => {
                    value.is_some_and(|value| (value >= *target) == *at_least)
                }
                Fact::Event { event, at_least, target } => {
                    self.events[*event as usize].is_some_and(|value| target.exceeds(value) != *at_least)
                }
            };
        }
    }

    fn set_targets(&mut self, inflow: &Inflow<'_>) {
        let plan = self.plan;
        for (index, threshold) in plan.thresholds.iter().enumerate() {
            if let Some(target) = self.target(threshold.goal, inflow.entry, inflow.amount) {
                self.targets[index] = target;
            }
        }
    }

    /// What a goal stands at, before a receipt of `amount` at `entry`; none for one that is set for
    /// each receipt.
    pub(crate) fn target(&self, goal: Goal, entry: Option<u32>, amount: i64) -> Option<Exact> {
        Some(match goal {
            Goal::Fixed(target) => target,
            Goal::Expenses { of, factor } => share_of(self.allowed_expenses(of, entry, amount), factor),
            Goal::Invested { instrument, factor } => share_of(self.invested[instrument as usize], factor),
            Goal::Owed { account, factor } => {
                let balance = &self.balances[account as usize];
                share_of(balance.invested + balance.interest, factor)
            }
            Goal::Interest { account } => self.balances[account as usize].interest,
            Goal::PerReceipt => return None,
        })
    }

    fn allowed_expenses(&self, of: u32, entry: Option<u32>, amount: i64) -> Exact {
        let row = &self.plan.expenses[of as usize];
        let (capped, uncapped) = self.expenses[of as usize];
        let mut allowed = from_minor(capped);
        if let Some(cap) = row.cap {
            allowed = allowed.min(from_minor(cap));
        }
        if let Some((rate, set)) = row.cap_of_receipts {
            let mut received = self.have[(self.plan.layout.received + set) as usize];
            if entry.is_some_and(|entry| self.plan.source_sets[set as usize].contains(&entry)) {
                received += from_minor(amount);
            }
            allowed = allowed.min(share_of(received, rate));
        }
        allowed + from_minor(uncapped)
    }

    fn add(&mut self, counter: u32, amount: Exact) {
        let slot = &mut self.delta[counter as usize];
        if *slot == 0 {
            self.touched.push(counter);
        }
        *slot += amount;
    }

    /// Lets an amount flow from the entry to the end and returns what reaches the end.
    fn pour(&mut self, inflow: &Inflow<'_>, amount: Exact) -> Result<Exact, WaterfallError> {
        let plan = self.plan;
        self.visited.clear();
        self.decided.clear();
        self.pools_seen.fill(false);
        if let Some(entry) = inflow.entry {
            for (set, members) in plan.source_sets.iter().enumerate() {
                if members.binary_search(&entry).is_ok() {
                    self.add(plan.layout.received + set as u32, amount);
                }
            }
        }
        let mut flow = amount;
        let mut at = Some(inflow.node);
        while let Some(node) = at.filter(|_| flow >= DUST) {
            let taken = self.visit(node, flow, inflow.id)?;
            if taken > flow {
                self.contributed_now += taken - flow;
            }
            flow = (flow - taken).max(0);
            at = plan.nodes[node as usize].then;
        }
        Ok(flow)
    }

    fn visit(&mut self, node: u32, arriving: Exact, receipt: &str) -> Result<Exact, WaterfallError> {
        let plan = self.plan;
        match &plan.nodes[node as usize].op {
            Op::Share(share) => {
                let Some((active, notional)) = self.open(node, share, arriving) else { return Ok(0) };
                let full = if share.gross.is_some() {
                    arriving
                } else {
                    share_of(arriving, self.rates[node as usize])
                };
                let taken = if active { full } else { 0 };
                self.credit(node, share, taken, if notional { full } else { 0 });
                Ok(taken)
            }
            Op::Together { members, base, split, bearer } => {
                let base = share_of(arriving, *base);
                self.add(plan.layout.reached + node, base);
                let taken = match split {
                    SplitOp::Fixed => self.beside(members, base, receipt)?,
                    SplitOp::Outstanding | SplitOp::Invested => self.by_weight(members, base, *split),
                };
                self.add(plan.layout.paid + node, taken);
                if taken > base + TOLERANCE {
                    let Some(party) = bearer else {
                        let tier = plan.nodes[node as usize].id.to_string();
                        return Err(WaterfallError::OverAllocated { tier, receipt: receipt.to_owned() });
                    };
                    self.shortfall_now.push((*party, taken - base));
                }
                Ok(taken)
            }
            Op::Steps { members, base } => {
                let base = share_of(arriving, *base);
                self.add(plan.layout.reached + node, base);
                for member in members {
                    let taken = self.visit(*member, base, receipt)?;
                    if taken > 0 {
                        self.add(plan.layout.paid + node, taken);
                        return Ok(taken);
                    }
                }
                Ok(0)
            }
        }
    }

    /// Members with rates of their own all work on the base; shares of the gross receipt divide
    /// what those leave of it by what each is owed.
    fn beside(&mut self, members: &[u32], base: Exact, receipt: &str) -> Result<Exact, WaterfallError> {
        let plan = self.plan;
        let mut taken = 0;
        let mut on_gross = Vec::new();
        for member in members {
            if plan.share(*member).is_some_and(|share| share.gross.is_some()) {
                on_gross.push(*member);
            } else {
                taken += self.visit(*member, base, receipt)?;
            }
        }
        if !on_gross.is_empty() {
            taken += self.by_weight(&on_gross, (base - taken).max(0), SplitOp::Outstanding);
        }
        Ok(taken)
    }

    fn by_weight(&mut self, members: &[u32], base: Exact, split: SplitOp) -> Exact {
        let plan = self.plan;
        let mut weights: Vec<(u32, Exact)> = Vec::with_capacity(members.len());
        for member in members {
            let Some(share) = plan.share(*member) else { continue };
            let open = self.open(*member, share, base).is_some_and(|(active, _)| active);
            let weight = if open { self.weight(share, split) } else { 0 };
            if weight > 0 {
                weights.push((*member, weight));
            }
        }
        let mut whole: Exact = weights.iter().map(|(_, weight)| weight).sum();
        while whole >> 62 > 0 {
            whole = 0;
            for (_, weight) in &mut weights {
                *weight = (*weight >> 1).max(1);
                whole += *weight;
            }
        }
        let mut left = base;
        let count = weights.len();
        for (index, (member, weight)) in weights.into_iter().enumerate() {
            let part = if index + 1 == count { left } else { mul_div(base, weight, whole) };
            left -= part;
            if let Some(share) = plan.share(member) {
                self.credit(member, share, part, part);
            }
        }
        if count == 0 { 0 } else { base }
    }

    fn weight(&self, share: &ShareOp, split: SplitOp) -> Exact {
        let owed = |threshold: u32| {
            let counter = self.plan.thresholds[threshold as usize].counter as usize;
            (self.targets[threshold as usize] - self.have[counter]).max(0)
        };
        if split == SplitOp::Outstanding {
            let by_gross = share.gross.map(|gross| owed(gross.threshold));
            return by_gross.or(share.limit.map(owed)).unwrap_or(0);
        }
        match share.weight {
            Weight::Instrument(instrument) => self.invested[instrument as usize],
            Weight::Limit => share.limit.map_or(0, |limit| self.targets[limit as usize]),
            Weight::None => 0,
        }
    }

    fn contract_lets(&self, share: &ShareOp) -> bool {
        share.contract.is_none_or(|contract| self.contract_open[contract as usize])
    }

    /// Lets money arrive at a share: whether it takes, and whether it would take but for conditions
    /// on notional pools. None outside its contract.
    fn open(&mut self, node: u32, share: &'p ShareOp, arriving: Exact) -> Option<(bool, bool)> {
        if !self.contract_lets(share) {
            return None;
        }
        let layout = self.plan.layout;
        self.visited.push(node);
        self.add(layout.reached + node, arriving);
        for pool in &share.pools {
            if !std::mem::replace(&mut self.pools_seen[*pool as usize], true) {
                self.add(layout.pool_passed + pool, arriving);
            }
        }
        let unlimited = [share.limit, share.gross.map(|gross| gross.threshold)]
            .into_iter()
            .flatten()
            .all(|threshold| self.threshold_holds(threshold));
        let takes = unlimited && self.holds(&share.tests, false);
        let notional = takes || (unlimited && self.holds(&share.tests, true));
        if self.trace.is_some() {
            self.decided.push(Decision { node, takes, notional });
        }
        Some((takes, notional))
    }

    fn holds(&self, tests: &[Test], notional: bool) -> bool {
        tests.iter().all(|test| self.test_holds(test, notional))
    }

    fn test_holds(&self, test: &Test, notional: bool) -> bool {
        match test {
            Test::All(of) => of.iter().all(|inner| self.test_holds(inner, notional)),
            Test::Any(of) => of.is_empty() || of.iter().any(|inner| self.test_holds(inner, notional)),
            Test::Threshold { index, notional: on_notional } => {
                (notional && *on_notional) || self.threshold_holds(*index)
            }
            Test::Fact(fact) => self.facts[*fact as usize],
        }
    }

    fn threshold_holds(&self, index: u32) -> bool {
        let threshold = &self.plan.thresholds[index as usize];
        let reached = self.have[threshold.counter as usize] + TOLERANCE >= self.targets[index as usize];
        reached == threshold.at_least
    }

    /// Whether a threshold's counter is still below its target.
    pub(crate) fn is_below(&self, index: u32) -> bool {
        let counter = self.plan.thresholds[index as usize].counter as usize;
        self.have[counter] + TOLERANCE < self.targets[index as usize]
    }

    fn credit(&mut self, node: u32, share: &'p ShareOp, taken: Exact, notional: Exact) {
        let layout = self.plan.layout;
        for pool in &share.pools {
            self.add(layout.pool_notional + pool, notional);
        }
        if taken == 0 {
            return;
        }
        self.add(layout.paid + node, taken);
        if let Some(party) = share.payee {
            self.add(layout.party + party, taken);
        }
        for pool in &share.pools {
            self.add(layout.pool_paid + pool, taken);
        }
        if let Some((account, PaysFor::Whole)) = share.pays {
            self.add(layout.account + account, taken);
        }
    }

    /// The amount that brings the first counter to its target, if one passed it.
    fn first_cut(&mut self, slice: Exact) -> Option<Exact> {
        let plan = self.plan;
        let mut first: Option<Exact> = None;
        for node in &self.visited {
            let Some(share) = plan.share(*node) else { continue };
            for index in &share.watch {
                let counter = plan.thresholds[*index as usize].counter as usize;
                let (have, moved, target) =
                    (self.have[counter], self.delta[counter], self.targets[*index as usize]);
                if moved > 0 && have + TOLERANCE < target && have + moved > target + TOLERANCE {
                    let cut = mul_div(slice, target - have, moved);
                    if first.is_none_or(|least| cut < least) {
                        first = Some(cut);
                        self.last_cut = *node;
                        self.cut_by = *index;
                    }
                }
            }
        }
        first
    }

    fn take_back(&mut self) {
        for counter in self.touched.drain(..) {
            self.delta[counter as usize] = 0;
        }
        self.shortfall_now.clear();
        self.contributed_now = 0;
    }

    /// What went in and was contributed came out.
    fn check(&self, slice: Exact, passed: Exact, inflow: &Inflow<'_>) -> Result<(), WaterfallError> {
        let paid: Exact =
            self.visited.iter().map(|node| self.delta[(self.plan.layout.paid + node) as usize]).sum();
        let difference = slice + self.contributed_now - paid - passed;
        if difference == 0 {
            return Ok(());
        }
        let tier = self.visited.last().map_or(inflow.node, |node| *node);
        Err(WaterfallError::Conservation {
            period: inflow.date.to_string(),
            tier: self.plan.nodes[tier as usize].id.to_string(),
            difference,
        })
    }

    fn keep(&mut self) {
        let plan = self.plan;
        for node in &self.visited {
            let paid = self.delta[(plan.layout.paid + node) as usize];
            self.taken[*node as usize] += paid;
            self.arrived[*node as usize] += self.delta[(plan.layout.reached + node) as usize];
            match plan.share(*node).and_then(|share| share.pays) {
                Some((account, PaysFor::Principal)) => self.balances[account as usize].pay_principal(paid),
                Some((account, PaysFor::Return)) => self.balances[account as usize].pay_return(paid),
                Some((_, PaysFor::Whole)) | None => {}
            }
        }
        for (index, row) in plan.accounts.iter().enumerate() {
            let counter = match row.scope {
                AccountScope::Claims => plan.layout.account + index as u32,
                AccountScope::Party(party) => plan.layout.party + party,
                AccountScope::Return => continue,
            };
            self.balances[index].pay(self.delta[counter as usize]);
        }
        for (party, amount) in self.shortfall_now.drain(..) {
            self.shortfall[party as usize] += amount;
        }
        self.contributed += std::mem::take(&mut self.contributed_now);
        for counter in self.touched.drain(..) {
            self.have[counter as usize] += std::mem::take(&mut self.delta[counter as usize]);
        }
    }
}

fn any_in(is: Membership, values: &[String], list: &[String]) -> bool {
    values.iter().any(|value| list.contains(value)) == (is == Membership::In)
}
