//! From the document to the flat form

use std::{collections::HashMap, sync::Arc};

use recoup_deal::recoupment::{
    Condition, Limit, PlanSource, RateBase, Ratio, RecoupmentPlan, Relation, Split, Takes, Target, Tier,
    Unpaid,
};
use recoup_money::{Currency, Money};

use crate::{
    error::WaterfallError,
    exact::from_minor,
    plan::{
        AccountRow, AccountScope, ContractRow, Entry, ExpenseRow, Fact, Goal, Gross, Layout, Node, Op,
        Origin, PaysFor, Plan, Release, ShareOp, SplitOp, Test, Threshold, Weight,
    },
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
    work.entries()?;
    refuse_cycles(&work.out)?;
    for index in 0..work.out.entries.len() {
        let gross = gross_below(&work.out, work.out.entries[index].node);
        work.out.entries[index].gross_nodes = gross;
    }
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
            if let Takes::Share(share) = &tier.takes
                && let Some(limit) = &share.limit
            {
                limits.insert(id, (limit, share.limit_pool.as_deref()));
            }
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
            source_sets: Vec::new(),
            accounts: Vec::new(),
            thresholds: Vec::new(),
            facts: Vec::new(),
            residual: None,
            layout: Layout::default(),
        };
        let positions = plan.positions().into_iter();
        let limit_paths = positions.map(|(path, tier)| (tier.id.as_str(), path)).collect();
        Ok(Compiler { plan, currency, tiers, limits, film_pools, limit_paths, tier_path: String::new(), out })
    }

    fn minor(&self, path: &str, money: Money) -> Result<i64> {
        if money.currency() == self.currency {
            return Ok(money.minor());
        }
        Err(WaterfallError::Currency {
            path: path.to_owned(),
            expected: self.currency,
            found: money.currency(),
        })
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

    fn threshold(&mut self, counter: u32, goal: Goal, at_least: bool, origin: Origin) -> u32 {
        self.out.thresholds.push(Threshold { counter, goal, at_least, origin });
        self.out.thresholds.len() as u32 - 1
    }

    fn node(&mut self, path: &str, tier: &Tier) -> Result<Node> {
        let then = match &tier.then {
            Some(next) => Some(self.tier(&format!("{path}.then"), next)?),
            None => None,
        };
        let index = self.tier(path, &tier.id)?;
        path.clone_into(&mut self.tier_path);
        let op = match &tier.takes {
            Takes::Share(share) => Op::Share(self.share(path, index, share)?),
            Takes::Reserve(reserve) => Op::Share(self.reserve(path, index, reserve)?),
            Takes::Together(group) => {
                let bearer =
                    group.shortfall_borne_by.as_deref().map(|party| intern(&mut self.out.parties, party));
                let split = self.split(path, group)?;
                Op::Together {
                    members: self.members(path, &group.members)?,
                    base: group.base_rate,
                    split,
                    bearer,
                }
            }
            Takes::Steps(ladder) => {
                Op::Steps { members: self.members(path, &ladder.members)?, base: ladder.base_rate }
            }
        };
        Ok(Node {
            id: tier.id.as_str().into(),
            path: path.into(),
            role: tier.role,
            label: tier.label.as_deref().map(Into::into),
            clause: tier.clause.as_deref().map(Into::into),
            then,
            op,
        })
    }

    fn members(&self, path: &str, members: &[Tier]) -> Result<Vec<u32>> {
        members
            .iter()
            .map(|member| {
                if member.then.is_some() {
                    return Err(meaningless(
                        &format!("{path}.takes.members[{}].then", member.id),
                        "a member of a group has no next tier; the group has",
                    ));
                }
                self.tier(path, &member.id)
            })
            .collect()
    }

    fn split(&self, path: &str, group: &recoup_deal::recoupment::Together) -> Result<SplitOp> {
        let split = match group.split {
            Split::Fixed => return Ok(SplitOp::Fixed),
            Split::Outstanding => SplitOp::Outstanding,
            Split::Invested => SplitOp::Invested,
        };
        for member in &group.members {
            let measured = match &member.takes {
                Takes::Share(share) => {
                    share.limit.is_some() || (split == SplitOp::Invested && share.in_proportion_to.is_some())
                }
                Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) => false,
            };
            if !measured {
                let at = format!("{path}.takes.members[{}]", member.id);
                return Err(meaningless(&at, "pari passu by amount needs a claim with a limit"));
            }
        }
        Ok(split)
    }

    fn share(&mut self, path: &str, index: u32, share: &recoup_deal::recoupment::Share) -> Result<ShareOp> {
        let payee = intern(&mut self.out.parties, &share.payee);
        let pools: Vec<u32> = share.pools.iter().map(|pool| intern(&mut self.out.pools, pool)).collect();
        let contract = match &share.contract {
            Some(id) => {
                let found = self.out.contracts.iter().position(|row| row.id.as_ref() == id);
                Some(found.ok_or_else(|| unknown(path, "contract", id))? as u32)
            }
            None => None,
        };
        let mut tests = Vec::new();
        for (position, condition) in share.conditions.iter().enumerate() {
            tests.push(self.test(&format!("{path}.takes.while[{position}]"), condition)?);
        }
        let (mut limit, mut weight, mut pays) = (None, Weight::None, None);
        if let Some(written) = &share.limit {
            let counter = self.limit_counter(index, written, share.limit_pool.as_deref(), path)?;
            let goal = self.limit_goal(path, written)?;
            limit = Some(self.threshold(counter, goal, false, Origin::Written(limit_path(path, written))));
            weight = self.weight(written);
            pays = self.pays(path, written)?;
        }
        if let Some(instrument) = &share.in_proportion_to {
            weight = Weight::Instrument(intern(&mut self.out.instruments, instrument));
        }
        let gross = self.gross(index, share.rate_base, share.unpaid == Unpaid::CarriesForward);
        let mut assigned = Vec::new();
        for assignment in &share.assigned {
            assigned.push((intern(&mut self.out.parties, &assignment.to), assignment.part));
        }
        let watch = watched(&tests, limit, gross);
        Ok(ShareOp {
            payee: Some(payee),
            rate: share.rate,
            gross,
            limit,
            tests,
            watch,
            pools,
            contract,
            assigned,
            release: None,
            weight,
            pays,
        })
    }

    fn reserve(
        &mut self,
        path: &str,
        index: u32,
        reserve: &recoup_deal::recoupment::Reserve,
    ) -> Result<ShareOp> {
        let to = self.tier(&format!("{path}.takes.release_to"), &reserve.release_to)?;
        let months = i32::try_from(reserve.release_months)
            .map_err(|_| meaningless(&format!("{path}.takes.release_months"), "that is too long"))?;
        let limit = match reserve.cap {
            Some(cap) => {
                let goal = Goal::Fixed(from_minor(self.minor(path, cap)?));
                let origin = Origin::Written(format!("{path}.takes.cap").into());
                Some(self.threshold(self.out.layout.paid + index, goal, false, origin))
            }
            None => None,
        };
        let gross = self.gross(index, reserve.rate_base, false);
        Ok(ShareOp {
            payee: None,
            rate: reserve.rate,
            gross,
            limit,
            tests: Vec::new(),
            watch: watched(&[], limit, gross),
            pools: Vec::new(),
            contract: None,
            assigned: Vec::new(),
            release: Some(Release { months, to }),
            weight: Weight::None,
            pays: None,
        })
    }

    fn gross(&mut self, index: u32, base: RateBase, carries: bool) -> Option<Gross> {
        match base {
            RateBase::Arriving => None,
            RateBase::GrossOfReceipt => {
                let origin = Origin::Written(self.tier_path.as_str().into());
                let threshold = self.threshold(self.out.layout.paid + index, Goal::PerReceipt, false, origin);
                Some(Gross { threshold, carries })
            }
        }
    }

    fn limit_counter(&mut self, index: u32, limit: &Limit, pool: Option<&str>, path: &str) -> Result<u32> {
        if let Some(pool) = pool {
            return Ok(self.out.layout.pool_paid + intern(&mut self.out.pools, pool));
        }
        Ok(match limit {
            Limit::PrincipalAndInterest { .. } => {
                self.out.layout.account + self.limit_account(path, limit)?
            }
            Limit::Amount { .. }
            | Limit::Expenses { .. }
            | Limit::Invested { .. }
            | Limit::Premium { .. }
            | Limit::PreferredReturn { .. } => self.out.layout.paid + index,
        })
    }

    fn limit_account(&mut self, path: &str, limit: &Limit) -> Result<u32> {
        let (instrument, terms, scope) = match limit {
            Limit::PrincipalAndInterest { instrument, interest, .. } => {
                (instrument, interest.clone(), AccountScope::Claims)
            }
            Limit::PreferredReturn { instrument, interest } => {
                (instrument, Some(interest.clone()), AccountScope::Return)
            }
            Limit::Amount { .. }
            | Limit::Expenses { .. }
            | Limit::Invested { .. }
            | Limit::Premium { .. } => {
                return Err(meaningless(path, "the limit bears no interest"));
            }
        };
        let instrument = intern(&mut self.out.instruments, instrument);
        self.account(path, AccountRow { instrument, terms, scope })
    }

    fn limit_goal(&mut self, path: &str, limit: &Limit) -> Result<Goal> {
        Ok(match limit {
            Limit::Amount { amount } => {
                Goal::Fixed(from_minor(self.minor(&format!("{path}.takes.limit.amount"), *amount)?))
            }
            Limit::Expenses { of, factor } => Goal::Expenses { of: self.expense(path, of)?, factor: *factor },
            Limit::Invested { instrument, factor } => {
                Goal::Invested { instrument: intern(&mut self.out.instruments, instrument), factor: *factor }
            }
            Limit::Premium { instrument, rate } => {
                Goal::Invested { instrument: intern(&mut self.out.instruments, instrument), factor: *rate }
            }
            Limit::PrincipalAndInterest { factor, .. } => {
                Goal::Owed { account: self.limit_account(path, limit)?, factor: *factor }
            }
            Limit::PreferredReturn { .. } => Goal::Interest { account: self.limit_account(path, limit)? },
        })
    }

    fn weight(&mut self, limit: &Limit) -> Weight {
        match limit {
            Limit::Amount { .. } | Limit::Expenses { .. } => Weight::Limit,
            Limit::Invested { instrument, .. }
            | Limit::Premium { instrument, .. }
            | Limit::PrincipalAndInterest { instrument, .. }
            | Limit::PreferredReturn { instrument, .. } => {
                Weight::Instrument(intern(&mut self.out.instruments, instrument))
            }
        }
    }

    fn pays(&mut self, path: &str, limit: &Limit) -> Result<Option<(u32, PaysFor)>> {
        Ok(match limit {
            Limit::PrincipalAndInterest { .. } => Some((self.limit_account(path, limit)?, PaysFor::Whole)),
            Limit::PreferredReturn { .. } => Some((self.limit_account(path, limit)?, PaysFor::Return)),
            Limit::Amount { .. }
            | Limit::Expenses { .. }
            | Limit::Invested { .. }
            | Limit::Premium { .. } => None,
        })
    }

    /// A claim on an investment reduces what a preferred return on it is counted on.
    fn link_accounts(&mut self) {
        let returns: Vec<(u32, u32)> = self
            .out
            .accounts
            .iter()
            .enumerate()
            .filter(|(_, row)| row.scope == AccountScope::Return)
            .map(|(index, row)| (row.instrument, index as u32))
            .collect();
        for (node, (_, tier)) in self.out.nodes.iter_mut().zip(self.plan.positions()) {
            let (Op::Share(op), Takes::Share(share)) = (&mut node.op, &tier.takes) else { continue };
            if let (Some(Limit::Invested { .. }), Weight::Instrument(instrument)) = (&share.limit, op.weight)
                && let Some((_, account)) = returns.iter().find(|(of, _)| *of == instrument)
            {
                op.pays = Some((*account, PaysFor::Principal));
            }
        }
    }

    fn goal(&mut self, path: &str, target: &Target) -> Result<Goal> {
        Ok(match target {
            Target::Amount(amount) => Goal::Fixed(from_minor(self.minor(path, *amount)?)),
            Target::Expenses { of, factor } => {
                Goal::Expenses { of: self.expense(path, of)?, factor: *factor }
            }
            Target::Invested { instrument, factor } => {
                Goal::Invested { instrument: intern(&mut self.out.instruments, instrument), factor: *factor }
            }
        })
    }

    fn test(&mut self, path: &str, condition: &Condition) -> Result<Test> {
        let layout = self.out.layout;
        let (counter, is, goal) = match condition {
            Condition::All { of } => return Ok(Test::All(self.tests(path, of)?)),
            Condition::Any { of } => return Ok(Test::Any(self.tests(path, of)?)),
            Condition::PaidToParty { party, is, target } => {
                (layout.party + intern(&mut self.out.parties, party), *is, self.goal(path, target)?)
            }
            Condition::PaidToTier { tier, is, target } => {
                (layout.paid + self.tier(path, tier)?, *is, self.goal(path, target)?)
            }
            Condition::ReachedTier { tier, is, target } => {
                (layout.reached + self.tier(path, tier)?, *is, self.goal(path, target)?)
            }
            Condition::Recouped { tier } => self.recouped(path, tier, Relation::AtLeast)?,
            Condition::NotRecouped { tier } => self.recouped(path, tier, Relation::Below)?,
            Condition::PaidInPool { pool, is, target } => {
                (layout.pool_paid + intern(&mut self.out.pools, pool), *is, self.goal(path, target)?)
            }
            Condition::PassedPool { pool, is, target } => {
                (layout.pool_passed + intern(&mut self.out.pools, pool), *is, self.goal(path, target)?)
            }
            Condition::NotionalInPool { pool, is, target } => {
                (layout.pool_notional + intern(&mut self.out.pools, pool), *is, self.goal(path, target)?)
            }
            Condition::Received { sources, is, target } => {
                (layout.received + self.source_set(path, sources)?, *is, self.goal(path, target)?)
            }
            Condition::PaidAgainstInvestmentAndInterest { party, instrument, interest, factor, is } => {
                let party = intern(&mut self.out.parties, party);
                let instrument = intern(&mut self.out.instruments, instrument);
                let row = AccountRow {
                    instrument,
                    terms: Some(interest.clone()),
                    scope: AccountScope::Party(party),
                };
                let account = self.account(path, row)?;
                (layout.party + party, *is, Goal::Owed { account, factor: *factor })
            }
            Condition::FilmCostCovered { film_cost, factor, is } => {
                self.film_cost(path, film_cost, *factor, *is)?
            }
            Condition::ReceiptTerritory { .. }
            | Condition::ReceiptMedia { .. }
            | Condition::ReceiptSource { .. }
            | Condition::ReceiptDate { .. }
            | Condition::ContractValue { .. }
            | Condition::EventValue { .. } => return self.fact(path, condition),
        };
        let notional = matches!(condition, Condition::NotionalInPool { .. });
        let origin = self.origin(path, condition, goal);
        Ok(Test::Threshold {
            index: self.threshold(counter, goal, is == Relation::AtLeast, origin),
            notional,
        })
    }

    /// Where the goal of a condition is written.
    fn origin(&self, path: &str, condition: &Condition, goal: Goal) -> Origin {
        match condition {
            Condition::Recouped { tier } | Condition::NotRecouped { tier } => {
                let at = self.limit_paths.get(tier.as_str()).map_or(path, String::as_str);
                let limit = self.limits.get(tier.as_str()).map(|(limit, _)| limit_path(at, limit));
                Origin::Written(limit.unwrap_or_else(|| path.into()))
            }
            Condition::FilmCostCovered { film_cost, factor, .. } => {
                let cost = self.film_pools.get(film_cost.as_str()).copied().unwrap_or(0);
                Origin::FilmCost { cost, factor: *factor, path: format!("{path}.factor").into() }
            }
            Condition::PaidAgainstInvestmentAndInterest { .. } => {
                Origin::Written(format!("{path}.factor").into())
            }
            _ => Origin::Written(match goal {
                Goal::Fixed(_) => format!("{path}.target.amount").into(),
                Goal::Expenses { .. } => format!("{path}.target.expenses.factor").into(),
                _ => format!("{path}.target.invested.factor").into(),
            }),
        }
    }

    fn tests(&mut self, path: &str, of: &[Condition]) -> Result<Vec<Test>> {
        of.iter().enumerate().map(|(i, inner)| self.test(&format!("{path}.of[{i}]"), inner)).collect()
    }

    fn recouped(&mut self, path: &str, tier: &str, is: Relation) -> Result<(u32, Relation, Goal)> {
        let index = self.tier(path, tier)?;
        let Some((limit, pool)) = self.limits.get(tier).copied() else {
            return Err(meaningless(path, &format!("`{tier}` has no limit, so it is never recouped")));
        };
        let counter = self.limit_counter(index, limit, pool, path)?;
        Ok((counter, is, self.limit_goal(path, limit)?))
    }

    fn film_cost(
        &mut self,
        path: &str,
        id: &str,
        factor: Ratio,
        is: Relation,
    ) -> Result<(u32, Relation, Goal)> {
        let Some(index) = self.film_pools.get(id) else { return Err(unknown(path, "film cost", id)) };
        let cost = &self.plan.film_costs[*index];
        let at = format!("recoupment.film_costs[{id}]");
        let whole = crate::exact::share_of(from_minor(self.minor(&at, cost.cost)?), factor);
        let covered = from_minor(self.minor(&at, cost.already_covered)?);
        let pool = intern(&mut self.out.pools, &cost.pool);
        Ok((self.out.layout.pool_passed + pool, is, Goal::Fixed(whole - covered)))
    }

    fn fact(&mut self, path: &str, condition: &Condition) -> Result<Test> {
        let fact = match condition {
            Condition::ReceiptTerritory { is, list } => Fact::Territory(*is, list.clone()),
            Condition::ReceiptMedia { is, list } => Fact::Media(*is, list.clone()),
            Condition::ReceiptSource { is, list } => {
                for source in list {
                    self.source_index(path, source)?;
                }
                Fact::Source(*is, list.iter().map(|source| source.as_str().into()).collect())
            }
            Condition::ReceiptDate { from, to } => Fact::Date { from: *from, to: *to },
            Condition::ContractValue { is, target } => {
                Fact::ContractValue { at_least: *is == Relation::AtLeast, target: self.minor(path, *target)? }
            }
            Condition::EventValue { event, is, target } => Fact::Event {
                event: intern(&mut self.out.events, event),
                at_least: *is == Relation::AtLeast,
                target: *target,
            },
            _ => return Err(meaningless(path, "the condition is not about the receipt")),
        };
        self.out.facts.push(fact);
        Ok(Test::Fact(self.out.facts.len() as u32 - 1))
    }

    fn entries(&mut self) -> Result<()> {
        for source in &self.plan.sources {
            let PlanSource { id, enters, receives, receives_others, territories, media } = source;
            let node = self.tier(&format!("recoupment.sources[{id}].enters"), enters)?;
            self.out.entries.push(Entry {
                id: id.as_str().into(),
                node,
                receives: receives.iter().map(|name| name.as_str().into()).collect(),
                receives_others: *receives_others,
                territories: territories.clone(),
                media: media.clone(),
                gross_nodes: Vec::new(),
            });
        }
        Ok(())
    }
}

/// The cell of a limit: its amount, or the factor of its formula.
fn limit_path(tier: &str, limit: &Limit) -> Arc<str> {
    let cell = match limit {
        Limit::Amount { .. } => "amount",
        Limit::Premium { .. } => "rate",
        Limit::Expenses { .. }
        | Limit::Invested { .. }
        | Limit::PrincipalAndInterest { .. }
        | Limit::PreferredReturn { .. } => "factor",
    };
    format!("{tier}.takes.limit.{cell}").into()
}

/// Places kept in the row of counters for sets of sources, and for balances.
const RESERVED: u32 = 64;

fn unknown(path: &str, kind: &'static str, id: &str) -> WaterfallError {
    WaterfallError::UnknownReference { path: path.to_owned(), kind, id: id.to_owned() }
}

fn meaningless(path: &str, reason: &str) -> WaterfallError {
    WaterfallError::Meaningless { path: path.to_owned(), reason: reason.to_owned() }
}

fn watched(tests: &[Test], limit: Option<u32>, gross: Option<Gross>) -> Vec<u32> {
    fn walk(tests: &[Test], out: &mut Vec<u32>) {
        for test in tests {
            match test {
                Test::All(of) | Test::Any(of) => walk(of, out),
                Test::Threshold { index, .. } => out.push(*index),
                Test::Fact(_) => {}
            }
        }
    }
    let mut out: Vec<u32> = limit.into_iter().chain(gross.map(|gross| gross.threshold)).collect();
    walk(tests, &mut out);
    out
}

fn refuse_cycles(plan: &Plan) -> Result<()> {
    for start in 0..plan.nodes.len() as u32 {
        let mut walked = vec![start];
        let mut at = start;
        while let Some(next) = plan.nodes[at as usize].then {
            if let Some(first) = walked.iter().position(|seen| *seen == next) {
                let mut tiers: Vec<String> =
                    walked[first..].iter().map(|node| plan.nodes[*node as usize].id.to_string()).collect();
                tiers.push(plan.nodes[next as usize].id.to_string());
                return Err(WaterfallError::Cycle { tiers });
            }
            walked.push(next);
            at = next;
        }
    }
    Ok(())
}

fn gross_below(plan: &Plan, entry: u32) -> Vec<u32> {
    fn inside(plan: &Plan, node: u32, out: &mut Vec<u32>) {
        match &plan.nodes[node as usize].op {
            Op::Share(share) if share.gross.is_some() => out.push(node),
            Op::Share(_) => {}
            Op::Together { members, .. } | Op::Steps { members, .. } => {
                members.iter().for_each(|member| inside(plan, *member, out));
            }
        }
    }
    let mut out = Vec::new();
    let mut at = Some(entry);
    while let Some(node) = at {
        inside(plan, node, &mut out);
        at = plan.nodes[node as usize].then;
    }
    out
}
