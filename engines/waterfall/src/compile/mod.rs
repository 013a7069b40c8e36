//! From the document to the flat form

mod amendments;
mod conditions;
mod limits;
mod nodes;

use std::{collections::HashMap, sync::Arc};

use recoup_deal::recoupment::{Change, Condition, Limit, PlanSource, RecoupmentPlan, Relation, Takes, Tier};
use recoup_money::{Currency, Money};

use crate::{
    error::WaterfallError,
    inputs::minor_of,
    outline::Outline,
    plan::{AccountRow, ContractRow, Entry, ExpenseRow, Goal, Gross, Layout, Op, Origin, Plan, Threshold},
    table::Table,
};

type Result<T> = std::result::Result<T, WaterfallError>;

/// Compiles a plan whose amounts are in `currency`.
///
/// Parties, pools, instruments and events exist by being named; tiers, expense types, contracts
/// and film costs have to be described, and naming one that is not is an error.
pub fn compile(plan: &RecoupmentPlan, currency: Currency) -> Result<Plan> {
    let mut work = Compiler::new(plan, currency)?;
    work.rows()?;
    work.layout();
    let positions = plan.positions();
    for (path, tier) in &positions {
        let node = work.node(path, tier)?;
        work.out.nodes.push(node);
    }
    work.link_accounts();
    work.amendments()?;
    work.entries()?;
    refuse_cycles(&work.out)?;
    for index in 0..work.out.entries.len() {
        let gross = gross_below(&work.out, index as u32);
        work.out.entries[index].gross_nodes = gross;
    }
    work.out.table = Table::of(&work.out);
    work.out.outline = Arc::new(Outline::of(&work.out));
    Ok(work.out)
}

struct Compiler<'a> {
    plan: &'a RecoupmentPlan,
    currency: Currency,
    tiers: HashMap<&'a str, u32>,
    limits: HashMap<&'a str, (&'a Limit, Option<&'a str>)>,
    film_pools: HashMap<&'a str, usize>,
    limit_paths: HashMap<&'a str, String>,
    /// The tier in hand.
    tier_path: String,
    out: Plan,
}

fn intern(names: &mut Vec<Arc<str>>, name: &str) -> u32 {
    let found = names.iter().position(|known| known.as_ref() == name);
    found.unwrap_or_else(|| {
        names.push(name.into());
        names.len() - 1
    }) as u32
}

impl<'a> Compiler<'a> {
    fn new(plan: &'a RecoupmentPlan, currency: Currency) -> Result<Self> {
        let mut tiers = HashMap::new();
        let mut limits = HashMap::new();
        for (index, (_, tier)) in plan.positions().into_iter().enumerate() {
            let id: &'a str = &tier.id;
            if tiers.insert(id, index as u32).is_some() {
                return Err(WaterfallError::DuplicateId { id: id.to_owned() });
            }
            let limit = match &tier.takes {
                Takes::Share(share) => share.limit.as_ref().map(|limit| (limit, share.limit_pool.as_deref())),
                Takes::Enters(part) => part.limit.as_ref().map(|limit| (limit, None)),
                Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) => None,
            };
            limits.extend(limit.map(|limit| (id, limit)));
        }
        let film_pools = plan.film_costs.iter().enumerate().map(|(i, cost)| (cost.id.as_str(), i)).collect();
        let out = Plan {
            nodes: Vec::with_capacity(tiers.len()),
            entries: Vec::new(),
            parties: plan.parties.iter().map(|party| party.as_str().into()).collect(),
            pools: Vec::new(),
            instruments: Vec::new(),
            events: Vec::new(),
            contracts: Vec::new(),
            expenses: Vec::new(),
            unit_series: plan.unit_series.iter().map(|series| series.id.as_str().into()).collect(),
            source_sets: Vec::new(),
            accounts: Vec::new(),
            thresholds: Vec::new(),
            facts: Vec::new(),
            residual: None,
            layout: Layout::default(),
            table: Table::default(),
            outline: Arc::default(),
        };
        let positions = plan.positions().into_iter();
        let limit_paths = positions.map(|(path, tier)| (tier.id.as_str(), path)).collect();
        Ok(Compiler { plan, currency, tiers, limits, film_pools, limit_paths, tier_path: String::new(), out })
    }

    fn minor(&self, path: &str, money: Money) -> Result<i64> {
        minor_of(self.currency, path, money)
    }

    fn rows(&mut self) -> Result<()> {
        for contract in &self.plan.contracts {
            let path = format!("recoupment.contracts[{}].value", contract.id);
            let value = contract.value.map(|value| self.minor(&path, value)).transpose()?;
            let row =
                ContractRow { id: contract.id.as_str().into(), value, from: contract.from, to: contract.to };
            self.out.contracts.push(row);
        }
        for kind in &self.plan.expense_types {
            let path = format!("recoupment.expense_types[{}]", kind.id);
            let cap = kind.cap.map(|cap| self.minor(&path, cap)).transpose()?;
            let cap_of_receipts = match &kind.cap_of_receipts {
                Some(cap) => Some((cap.rate, self.source_set(&path, &cap.sources)?)),
                None => None,
            };
            self.out.expenses.push(ExpenseRow { id: kind.id.as_str().into(), cap, cap_of_receipts });
        }
        if let Some(party) = &self.plan.residual {
            self.out.residual = Some(intern(&mut self.out.parties, party));
        }
        for (_, tier) in self.plan.positions() {
            self.names(tier);
        }
        for amendment in &self.plan.amendments {
            if let Change::Payee { payee, .. } = &amendment.change {
                intern(&mut self.out.parties, payee);
            }
        }
        Ok(())
    }

    /// Names that exist by being used get their rows before counters are laid out.
    fn names(&mut self, tier: &Tier) {
        match &tier.takes {
            Takes::Share(share) => {
                intern(&mut self.out.parties, &share.payee);
                for assignment in &share.assigned {
                    intern(&mut self.out.parties, &assignment.to);
                }
                for pool in share.pools.iter().chain(&share.limit_pool) {
                    intern(&mut self.out.pools, pool);
                }
                for condition in &share.conditions {
                    self.names_in(condition);
                }
            }
            Takes::Together(group) => {
                if let Some(party) = &group.shortfall_borne_by {
                    intern(&mut self.out.parties, party);
                }
            }
            Takes::Enters(part) => {
                for pool in &part.pools {
                    intern(&mut self.out.pools, pool);
                }
                for condition in &part.conditions {
                    self.names_in(condition);
                }
            }
            Takes::Steps(_) | Takes::Reserve(_) => {}
        }
    }

    fn names_in(&mut self, condition: &Condition) {
        match condition {
            Condition::All { of } | Condition::Any { of } => of.iter().for_each(|inner| self.names_in(inner)),
            Condition::PaidToParty { party, .. }
            | Condition::PaidAgainstInvestmentAndInterest { party, .. } => {
                intern(&mut self.out.parties, party);
            }
            Condition::PaidInPool { pool, .. }
            | Condition::PassedPool { pool, .. }
            | Condition::NotionalInPool { pool, .. } => {
                intern(&mut self.out.pools, pool);
            }
            Condition::FilmCostCovered { film_cost, .. } => {
                if let Some(index) = self.film_pools.get(film_cost.as_str()) {
                    intern(&mut self.out.pools, &self.plan.film_costs[*index].pool);
                }
            }
            _ => {}
        }
    }

    /// Sets of sources and accounts come last in the row, because they are found on the way.
    fn layout(&mut self) {
        let nodes = self.tiers.len() as u32;
        let (parties, pools) = (self.out.parties.len() as u32, self.out.pools.len() as u32);
        let mut at = 0;
        let mut take = |len: u32| {
            at += len;
            at - len
        };
        self.out.layout = Layout {
            paid: take(nodes),
            reached: take(nodes),
            party: take(parties),
            pool_paid: take(pools),
            pool_passed: take(pools),
            pool_notional: take(pools),
            received: take(RESERVED),
            account: take(RESERVED),
            len: at,
        };
    }

    fn source_set(&mut self, path: &str, sources: &[String]) -> Result<u32> {
        let mut set = Vec::new();
        for source in sources {
            set.push(self.source_index(path, source)?);
        }
        if sources.is_empty() {
            set = (0..self.plan.sources.len() as u32).collect();
        }
        set.sort_unstable();
        if let Some(found) = self.out.source_sets.iter().position(|known| *known == set) {
            return Ok(found as u32);
        }
        if self.out.source_sets.len() as u32 == RESERVED {
            return Err(meaningless(path, "the plan counts receipts of too many sets of sources"));
        }
        self.out.source_sets.push(set);
        Ok(self.out.source_sets.len() as u32 - 1)
    }

    fn source_index(&self, path: &str, id: &str) -> Result<u32> {
        let found = self.plan.sources.iter().position(|source| source.id == id);
        found.map(|index| index as u32).ok_or_else(|| unknown(path, "source", id))
    }

    fn tier(&self, path: &str, id: &str) -> Result<u32> {
        self.tiers.get(id).copied().ok_or_else(|| unknown(path, "tier", id))
    }

    fn expense(&self, path: &str, id: &str) -> Result<u32> {
        let found = self.plan.expense_types.iter().position(|kind| kind.id == id);
        found.map(|index| index as u32).ok_or_else(|| unknown(path, "expense type", id))
    }

    fn account(&mut self, path: &str, row: AccountRow) -> Result<u32> {
        if let Some(found) = self.out.accounts.iter().position(|known| *known == row) {
            return Ok(found as u32);
        }
        if self.out.accounts.len() as u32 == RESERVED {
            return Err(meaningless(path, "the plan has too many balances that bear interest"));
        }
        self.out.accounts.push(row);
        Ok(self.out.accounts.len() as u32 - 1)
    }

    fn threshold(&mut self, counter: u32, goal: Goal, is: Relation, origin: Origin) -> u32 {
        let (at_least, beyond) = (is.opens(), is.beyond());
        self.out.thresholds.push(Threshold { counter, goal, at_least, beyond, limit_of: None, origin });
        self.out.thresholds.len() as u32 - 1
    }

    /// A threshold at the limit of a claim: amending the limit moves it.
    fn limit_threshold(&mut self, counter: u32, goal: Goal, is: Relation, origin: Origin, node: u32) -> u32 {
        let index = self.threshold(counter, goal, is, origin);
        self.out.thresholds[index as usize].limit_of = Some(node);
        index
    }

    fn series(&self, path: &str, id: &str) -> Result<u32> {
        let found = self.plan.unit_series.iter().position(|series| series.id == id);
        found.map(|index| index as u32).ok_or_else(|| unknown(path, "unit series", id))
    }

    fn entries(&mut self) -> Result<()> {
        for source in &self.plan.sources {
            let PlanSource { id, enters, receives, receives_others, contract, territories, media } = source;
            if let Some(named) = contract
                && !self.plan.contracts.iter().any(|known| known.id == *named)
            {
                return Err(unknown(&format!("recoupment.sources[{id}].contract"), "contract", named));
            }
            let node = self.tier(&format!("recoupment.sources[{id}].enters"), enters)?;
            self.out.entries.push(Entry {
                id: id.as_str().into(),
                node,
                receives: receives.iter().map(|name| name.as_str().into()).collect(),
                receives_others: *receives_others,
                contract: contract.as_deref().map(Into::into),
                territories: territories.clone(),
                media: media.clone(),
                gross_nodes: Vec::new(),
            });
        }
        Ok(())
    }
}

/// Places kept in the row of counters for sets of sources, and for balances.
const RESERVED: u32 = 64;

fn unknown(path: &str, kind: &'static str, id: &str) -> WaterfallError {
    WaterfallError::UnknownReference { path: path.to_owned(), kind, id: id.to_owned() }
}

fn meaningless(path: &str, reason: &str) -> WaterfallError {
    WaterfallError::Meaningless { path: path.to_owned(), reason: reason.to_owned() }
}

/// Walks the plan depth first; a tier met again while its own way is still being walked closes a circle.
fn refuse_cycles(plan: &Plan) -> Result<()> {
    let id = |node: u32| plan.nodes[node as usize].id.to_string();
    let mut done = vec![false; plan.nodes.len()];
    for start in 0..plan.nodes.len() as u32 {
        let mut way: Vec<(u32, Vec<u32>)> = vec![(start, plan.leads_on_one_day(start))];
        while let Some((node, open)) = way.last_mut() {
            let Some(next) = (!open.is_empty()).then(|| open.remove(0)) else {
                done[*node as usize] = true;
                way.pop();
                continue;
            };
            if let Some(first) = way.iter().position(|(walked, _)| *walked == next) {
                let circle = way[first..].iter().map(|(walked, _)| *walked).chain([next]);
                return Err(WaterfallError::Cycle { tiers: circle.map(id).collect() });
            }
            if !done[next as usize] {
                way.push((next, plan.leads_on_one_day(next)));
            }
        }
    }
    Ok(())
}

/// Shares of the gross receipt that a receipt of an entry can reach, or earns for.
fn gross_below(plan: &Plan, entry: u32) -> Vec<u32> {
    fn inside(plan: &Plan, node: u32, out: &mut Vec<u32>) {
        match &plan.nodes[node as usize].op {
            Op::Share(share) if share.gross.is_some() => out.push(node),
            Op::Share(_) | Op::Enters { .. } => {}
            Op::Together { members, .. } | Op::Steps { members, .. } => {
                members.iter().for_each(|member| inside(plan, *member, out));
            }
        }
    }
    let mut out = Vec::new();
    let mut seen = vec![false; plan.nodes.len()];
    let mut open = vec![plan.entries[entry as usize].node];
    while let Some(node) = open.pop() {
        if std::mem::replace(&mut seen[node as usize], true) {
            continue;
        }
        inside(plan, node, &mut out);
        open.extend(plan.leads_to(node).into_iter().rev());
    }
    for node in 0..plan.nodes.len() as u32 {
        let earns = |gross: &Gross| gross.of.is_some_and(|set| plan.counts_in(set, entry));
        let gross = plan.share(node).and_then(|share| share.gross.as_ref());
        if gross.is_some_and(earns) && !out.contains(&node) {
            out.push(node);
        }
    }
    out
}
