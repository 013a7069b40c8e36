//! One receipt on its way down
//!
//! A receipt is a flow. Under the rules as they stand, everything every tier takes is in
//! proportion to it, so the executor lets the whole rest flow down, looks whether a counter passed
//! a target on the way, and if so takes back the flow and lets only as much down as brings the
//! first counter exactly to its target. Then everything is decided again for what is left.

mod at_once;
mod bypass;
mod change;
mod cut;
mod pour;
mod quick;
mod standing;

use bypass::Bypass;
pub(crate) use bypass::may_be_leapt_over;
pub(crate) use quick::Visit;
use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;

use crate::{
    account::Balance,
    error::WaterfallError,
    exact::{DUST, Exact, from_minor},
    inputs::Receipt,
    plan::{ContractRow, Goal, Plan, Threshold},
    scale::Scale,
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

impl<'a> Inflow<'a> {
    /// A receipt that comes in by an entry.
    pub(crate) fn of(plan: &'a Plan, receipt: &'a Receipt, entry: u32, amount: i64) -> Self {
        let row = &plan.entries[entry as usize];
        let own = |given: &'a [String], usual: &'a [String]| if given.is_empty() { usual } else { given };
        Inflow {
            id: &receipt.id,
            date: receipt.date,
            entry: Some(entry),
            node: row.node,
            amount,
            territories: own(&receipt.territories, &row.territories),
            media: own(&receipt.media, &row.media),
            contract: receipt.contract.as_deref().or(row.contract.as_deref()),
        }
    }

    /// Money that a reserve lets go.
    pub(crate) fn released(id: &'a str, date: Date, node: u32, amount: i64) -> Self {
        Inflow { id, date, entry: None, node, amount, territories: &[], media: &[], contract: None }
    }
}

/// Where a run stands.
#[derive(Clone)]
pub(crate) struct State<'p> {
    pub plan: &'p Plan,
    pub have: Vec<Exact>,
    delta: Vec<Exact>,
    touched: Vec<u32>,
    pub targets: Vec<Exact>,
    facts: Vec<bool>,
    pub rates: Vec<Ratio>,
    scales: Vec<Scale>,
    bypass: Bypass,
    /// Whether something has moved that goals depend on.
    moved: bool,
    pub contracts: Vec<ContractRow>,
    contract_open: Vec<bool>,
    /// A share that is told as if its contract were alive.
    pub alive: Option<u32>,
    pub balances: Vec<Balance>,
    pub invested: Vec<Exact>,
    pub expenses: Vec<(i64, i64)>,
    /// What amendments move: goals of thresholds, holders of shares, caps of expense types.
    pub goals: Vec<Goal>,
    pub payees: Vec<Option<u32>>,
    pub caps: Vec<Option<i64>>,
    /// Thresholds that switch beyond their goal, where money has moved on from the goal; empty where
    /// none does.
    passed: Vec<bool>,
    /// Units counted, by series.
    pub units: Vec<i64>,
    pub events: Vec<Option<Ratio>>,
    pools_seen: Vec<bool>,
    /// Whether tiers that stop by themselves take what they miss and let the rest by.
    at_once: bool,
    visited: Vec<u32>,
    /// Room for the weights of a group.
    weights: Vec<(u32, Exact)>,
    shortfall_now: Vec<(u32, Exact)>,
    contributed_now: Exact,
    /// What came to the end of the orders of tiers on the way.
    ended: Exact,
    pub shortfall: Vec<Exact>,
    pub contributed: Exact,
    /// What reached the end, in all.
    left_over: Exact,
    /// What each share took of the receipt in hand, and what had arrived at it.
    pub taken: Vec<Exact>,
    pub arrived: Vec<Exact>,
    /// The shares that the receipt in hand came to.
    pub came: Vec<u32>,
    has_come: Vec<bool>,
    /// Each share that the receipt in hand came to, with what arrived and what it took; and groups.
    pub trail: Vec<Visit>,
    groups: Vec<Visit>,
    /// Whether what came down in one go would have had to be cut.
    cut: bool,
    /// Whether something was paid that may reduce a balance as a whole.
    paid_balances: bool,
    /// Whether what was taken is told share by share.
    tells: bool,
    slices: u32,
    last_cut: u32,
    cut_by: u32,
    decided: Vec<Decision>,
    outside: Vec<Outside>,
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
    pub outside: Vec<Outside>,
}

/// What was decided about a share when money arrived at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision {
    pub node: u32,
    pub takes: bool,
    pub notional: bool,
    pub rate: Ratio,
    pub bar: Bar,
}

/// A share that its contract keeps out: what passed it, and the days of the contract as they stood.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outside {
    pub node: u32,
    pub passed: Exact,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// What keeps a share from taking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bar {
    Nothing,
    /// It has had all its limit allows, or all it may have of this receipt.
    Limit,
    /// The condition at this place of its list does not hold.
    Condition(u32),
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
            targets: plan.thresholds.iter().map(fixed).collect(),
            facts: vec![false; plan.facts.len()],
            scales: plan.table.scales().collect(),
            bypass: Bypass::of(plan),
            moved: true,
            rates: (0..nodes)
                .map(|node| plan.share(node as u32).map_or(Ratio::ONE, |share| share.rate))
                .collect(),
            contracts: plan.contracts.clone(),
            contract_open: vec![true; plan.contracts.len()],
            alive: None,
            balances: balances.collect(),
            invested: vec![0; plan.instruments.len()],
            expenses: vec![(0, 0); plan.expenses.len()],
            goals: plan.thresholds.iter().map(|threshold| threshold.goal).collect(),
            payees: (0..nodes as u32).map(|node| plan.share(node).and_then(|share| share.payee)).collect(),
            passed: match plan.thresholds.iter().any(|threshold| threshold.beyond) {
                true => vec![false; plan.thresholds.len()],
                false => Vec::new(),
            },
            caps: plan.expenses.iter().map(|row| row.cap).collect(),
            units: vec![0; plan.unit_series.len()],
            events: vec![None; plan.events.len()],
            pools_seen: vec![false; plan.pools.len()],
            at_once: false,
            visited: Vec::with_capacity(nodes),
            weights: Vec::new(),
            shortfall_now: Vec::new(),
            contributed_now: 0,
            ended: 0,
            shortfall: vec![0; plan.parties.len()],
            contributed: 0,
            left_over: 0,
            taken: vec![0; nodes],
            arrived: vec![0; nodes],
            came: Vec::with_capacity(nodes),
            has_come: vec![false; nodes],
            trail: Vec::with_capacity(nodes),
            groups: Vec::new(),
            cut: false,
            paid_balances: false,
            tells: true,
            slices: 0,
            last_cut: 0,
            cut_by: 0,
            decided: Vec::new(),
            outside: Vec::new(),
            entitled: Vec::new(),
            trace: None,
        }
    }

    /// The same place, from which nobody asks who took what of a receipt, beside the trail of it.
    pub(crate) fn silent(mut self) -> Self {
        self.keep_silent();
        self
    }

    pub(crate) fn keep_silent(&mut self) {
        self.tells = false;
    }

    /// The same place, from which nobody asks why.
    pub(crate) fn untraced(&self) -> Self {
        let mut here = self.clone();
        here.trace = None;
        here.balances.iter_mut().for_each(|balance| balance.trace = None);
        here
    }

    /// Lets a receipt flow down and returns what nobody took.
    pub(crate) fn distribute(&mut self, inflow: &Inflow<'_>) -> Result<Exact, WaterfallError> {
        self.begin(inflow)?;
        if let Some(passed) = self.run_down(inflow)? {
            self.left_over += passed;
            self.tell_trail();
            self.end(inflow);
            return Ok(passed);
        }
        let passed = self.in_slices(inflow)?;
        self.left_over += passed;
        let (arrived, taken) = (&self.arrived, &self.taken);
        let visit = |node: &u32| Visit::of(*node, arrived[*node as usize], taken[*node as usize]);
        self.trail.extend(self.came.iter().map(visit));
        self.end(inflow);
        Ok(passed)
    }

    /// What a receipt that came down in one go did, share by share.
    fn tell_trail(&mut self) {
        if !self.tells {
            return;
        }
        for visit in &self.trail {
            self.came.push(visit.node);
            self.has_come[visit.node as usize] = true;
            self.taken[visit.node as usize] = visit.taken;
            self.arrived[visit.node as usize] = visit.arrived;
        }
    }

    /// Lets a receipt down slice by slice: each as large as the rules stand still for.
    fn in_slices(&mut self, inflow: &Inflow<'_>) -> Result<Exact, WaterfallError> {
        let mut rest = from_minor(inflow.amount);
        let mut left_over = 0;
        // What was tried in one go and had to be cut is not tried again before it is.
        let mut tried = self.cut;
        while rest > 0 {
            self.slices += 1;
            if self.slices > MOST_SLICES {
                let tier = self.plan.nodes[self.last_cut as usize].id.to_string();
                return Err(WaterfallError::Unsettled { receipt: inflow.id.to_owned(), tier });
            }
            if !std::mem::take(&mut tried)
                && let Some(passed) = self.pour_at_once(inflow, rest)?
            {
                left_over += passed;
                break;
            }
            let mut slice = rest;
            let mut passed = self.pour(inflow, slice)?;
            while self.moves_beyond() {
                self.take_back();
                passed = self.pour(inflow, slice)?;
            }
            let mut cut_by = None;
            if let Some(cut) = self.first_cut(slice) {
                cut_by = Some(self.cut_by);
                self.take_back();
                slice = cut.clamp(1, rest);
                passed = self.pour(inflow, slice)?;
            }
            self.keep(slice, passed, inflow)?;
            if let Some(trace) = &mut self.trace {
                let (decided, outside) = (self.decided.clone(), self.outside.clone());
                trace.push(Slice { cut_by, passes: passed >= DUST, decided, outside });
            }
            left_over += passed;
            rest -= slice;
        }
        Ok(left_over)
    }

    fn begin(&mut self, inflow: &Inflow<'_>) -> Result<(), WaterfallError> {
        for balance in &mut self.balances {
            self.moved |= balance.accrue(inflow.date)?;
        }
        self.settle_facts(inflow);
        self.set_targets(inflow);
        self.forget_passed();
        self.bypass.begin();
        for node in self.came.drain(..) {
            self.taken[node as usize] = 0;
            self.arrived[node as usize] = 0;
            self.has_come[node as usize] = false;
        }
        self.trail.clear();
        self.cut = false;
        self.slices = 0;
        self.entitled.clear();
        let plan = self.plan;
        for node in inflow.entry.map_or(&[][..], |entry| &plan.entries[entry as usize].gross_nodes) {
            let Some(share) = plan.share(*node) else { continue };
            let Some(gross) = share.gross else { continue };
            let counts = gross.of.is_none_or(|set| inflow.entry.is_some_and(|of| plan.counts_in(set, of)));
            let entitled = counts && self.contract_lets(*node, share) && self.holds(&share.tests, false);
            if entitled {
                self.entitled.push(*node);
            }
            let earned =
                if entitled { self.scales[*node as usize].part_of(from_minor(inflow.amount)) } else { 0 };
            let paid = self.have[(plan.layout.paid + node) as usize];
            let target = &mut self.targets[gross.threshold as usize];
            *target = (*target).max(paid) + earned;
        }
        Ok(())
    }

    fn end(&mut self, inflow: &Inflow<'_>) {
        let plan = self.plan;
        for node in inflow.entry.map_or(&[][..], |entry| &plan.entries[entry as usize].gross_nodes) {
            let Some(gross) = plan.share(*node).and_then(|share| share.gross) else { continue };
            let paid = self.have[(plan.layout.paid + node) as usize];
            // What a reserve lets go later may pay what is carried, and nothing that lapsed.
            if !gross.carries {
                self.targets[gross.threshold as usize] = paid;
            }
        }
    }
}

fn fixed(threshold: &Threshold) -> Exact {
    if let Goal::Fixed(target) = threshold.goal { target } else { 0 }
}
