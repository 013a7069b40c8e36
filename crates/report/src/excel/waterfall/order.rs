//! A plan as its sheet reads it: positions by number, what each takes, where it stops, what switches it.
//!
//! What a sheet cannot say is named, and then nothing of the plan is written as a formula.

use recoup_deal::recoupment::{
    Condition, ExpenseType, InterestTerms, Limit, RateBase, Ratio, RecoupmentPlan, Relation, Share, Split,
    Takes, Target, Tier, Unpaid,
};
use recoup_money::Money;

/// A plan.
#[derive(Debug)]
pub(super) struct Order<'p> {
    pub plan: &'p RecoupmentPlan,
    pub nodes: Vec<Node>,
    pub accounts: Vec<Account>,
}

/// A tier or member, in the engine's order.
#[derive(Debug)]
pub(super) struct Node {
    pub id: String,
    pub path: String,
    pub label: String,
    pub then: Option<usize>,
    pub kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Share(Box<Claim>),
    Together { members: Vec<usize>, base: Ratio, split: Split },
    Steps { members: Vec<usize>, base: Ratio },
}

/// A share or a reserve.
#[derive(Debug)]
pub(super) struct Claim {
    pub payee: Option<String>,
    pub rate: Ratio,
    /// A share of the whole receipt, and whether what is unpaid carries forward.
    pub gross: Option<bool>,
    pub limit: Option<Bound>,
    pub tests: Vec<Test>,
    pub contract: Option<usize>,
    pub pools: Vec<String>,
    /// Months held and the tier it then enters.
    pub release: Option<(i32, usize)>,
    pub weight: Weight,
    pub assigned: Vec<(String, Ratio)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Weight {
    Instrument(String),
    Limit,
    None,
}

/// A counter and what it is held against.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bound {
    pub counter: Counter,
    pub goal: Goal,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Counter {
    Paid(usize),
    Account(usize),
    Pool(String),
    Party(String),
    Reached(usize),
    Passed(String),
    Received(Vec<usize>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Goal {
    Amount(String, Money),
    Expenses(usize, Factor),
    Invested(String, Factor),
    Owed(usize, Factor),
    Interest(usize),
    FilmCost(usize, Factor),
}

/// A cell that says how many times.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Factor {
    pub path: String,
    pub ratio: Ratio,
}

#[derive(Debug, Clone)]
pub(super) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Bound(Bound, bool),
    Fact(Condition),
}

/// A balance that bears interest, and whose payments reduce it.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub instrument: String,
    /// Terms of its own, with the path of their rate; without them those of the instrument.
    pub terms: Option<(String, InterestTerms)>,
    pub scope: Scope,
    pub payers: Vec<(usize, Pays)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scope {
    Claims,
    Return,
    Party(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pays {
    Whole,
    Principal,
    Return,
}

/// The key of the words for what a sheet cannot say.
pub(super) type Unsaid = &'static str;

impl<'p> Order<'p> {
    /// Reads a plan, or names what of it no sheet can say.
    pub(super) fn read(plan: &'p RecoupmentPlan) -> Result<Self, Unsaid> {
        // Terms that come into force later would need a sheet for each of their days.
        let amended = serde_json::to_value(plan).ok().is_some_and(|plan| plan.get("amendments").is_some());
        if amended {
            return Err("unsaid.amendments");
        }
        let positions = plan.positions();
        let mut order = Order { plan, nodes: Vec::new(), accounts: Vec::new() };
        let places: Vec<&str> = positions.iter().map(|(_, tier)| tier.id.as_str()).collect();
        for (index, (path, tier)) in positions.iter().enumerate() {
            let then = tier.then.as_deref().and_then(|id| places.iter().position(|known| *known == id));
            let kind = order.kind(index, path, tier, &positions)?;
            let label = tier.label.clone().unwrap_or_else(|| tier.id.replace('-', " "));
            order.nodes.push(Node { id: tier.id.clone(), path: path.clone(), label, then, kind });
        }
        order.link();
        Ok(order)
    }

    fn kind(
        &mut self,
        index: usize,
        path: &str,
        tier: &Tier,
        all: &[(String, &Tier)],
    ) -> Result<Kind, Unsaid> {
        let at = |id: &str| all.iter().position(|(_, known)| known.id == id);
        let places =
            |members: &[Tier]| members.iter().filter_map(|member| at(&member.id)).collect::<Vec<_>>();
        Ok(match &tier.takes {
            Takes::Share(share) => Kind::Share(Box::new(self.share(index, path, share, all)?)),
            Takes::Reserve(reserve) => {
                let months = i32::try_from(reserve.release_months).map_err(|_| "unsaid.reserve")?;
                let to = at(&reserve.release_to).ok_or("unsaid.reserve")?;
                let limit = reserve.cap.map(|cap| Bound {
                    counter: Counter::Paid(index),
                    goal: Goal::Amount(format!("{path}.takes.cap"), cap),
                });
                Kind::Share(Box::new(Claim {
                    payee: None,
                    rate: reserve.rate,
                    gross: (reserve.rate_base == RateBase::GrossOfReceipt).then_some(false),
                    limit,
                    tests: Vec::new(),
                    contract: None,
                    pools: Vec::new(),
                    release: Some((months, to)),
                    weight: Weight::None,
                    assigned: Vec::new(),
                }))
            }
            Takes::Together(group) => {
                if group.shortfall_borne_by.is_some() {
                    return Err("unsaid.shortfall");
                }
                let shares = |of: &Tier| matches!(of.takes, Takes::Share(_));
                if group.split != Split::Fixed && !group.members.iter().all(shares) {
                    return Err("unsaid.nested");
                }
                Kind::Together { members: places(&group.members), base: group.base_rate, split: group.split }
            }
            Takes::Enters(_) => return Err("unsaid.nested"),
            Takes::Steps(steps) => {
                if !steps.members.iter().all(|member| matches!(member.takes, Takes::Share(_))) {
                    return Err("unsaid.nested");
                }
                Kind::Steps { members: places(&steps.members), base: steps.base_rate }
            }
        })
    }

    fn share(
        &mut self,
        index: usize,
        path: &str,
        share: &Share,
        all: &[(String, &Tier)],
    ) -> Result<Claim, Unsaid> {
        if !share.gross_of.is_empty() {
            return Err("unsaid.limit");
        }
        let mut tests = Vec::new();
        for (place, condition) in share.conditions.iter().enumerate() {
            tests.push(self.test(&format!("{path}.takes.while[{place}]"), condition, all)?);
        }
        let limit = match &share.limit {
            Some(limit) => Some(self.limit(index, path, limit, share.limit_pool.as_deref())?),
            None => None,
        };
        let weight = match (&share.in_proportion_to, &share.limit) {
            (Some(instrument), _) => Weight::Instrument(instrument.clone()),
            (None, Some(limit)) => weight(limit),
            (None, None) => Weight::None,
        };
        let contract = match &share.contract {
            Some(id) => {
                Some(self.plan.contracts.iter().position(|known| known.id == *id).ok_or("unsaid.condition")?)
            }
            None => None,
        };
        let gross =
            (share.rate_base == RateBase::GrossOfReceipt).then_some(share.unpaid == Unpaid::CarriesForward);
        Ok(Claim {
            payee: Some(share.payee.clone()),
            rate: share.rate,
            gross,
            limit,
            tests,
            contract,
            pools: share.pools.clone(),
            release: None,
            weight,
            assigned: share.assigned.iter().map(|part| (part.to.clone(), part.part)).collect(),
        })
    }

    fn limit(
        &mut self,
        index: usize,
        path: &str,
        limit: &Limit,
        pool: Option<&str>,
    ) -> Result<Bound, Unsaid> {
        let at = format!("{path}.takes.limit");
        let factor = |word: &str, ratio: Ratio| Factor { path: format!("{at}.{word}"), ratio };
        let goal = match limit {
            Limit::Amount { amount } => Goal::Amount(format!("{at}.amount"), *amount),
            Limit::Expenses { of, factor: times } => {
                Goal::Expenses(self.expense(of)?, factor("factor", *times))
            }
            Limit::Invested { instrument, factor: times } => {
                Goal::Invested(instrument.clone(), factor("factor", *times))
            }
            Limit::Premium { instrument, rate } => Goal::Invested(instrument.clone(), factor("rate", *rate)),
            Limit::PrincipalAndInterest { instrument, interest, factor: times } => {
                let terms = interest.clone().map(|terms| (format!("{at}.interest.rate_annual"), terms));
                Goal::Owed(self.account(instrument, terms, Scope::Claims), factor("factor", *times))
            }
            Limit::PreferredReturn { instrument, interest } => {
                let terms = Some((format!("{at}.interest.rate_annual"), interest.clone()));
                Goal::Interest(self.account(instrument, terms, Scope::Return))
            }
            #[allow(unreachable_patterns, reason = "the plan language grows")]
            _ => return Err("unsaid.limit"),
        };
        let counter = match (pool, &goal) {
            (Some(pool), _) => Counter::Pool(pool.to_owned()),
            (None, Goal::Owed(account, _)) => Counter::Account(*account),
            (None, _) => Counter::Paid(index),
        };
        Ok(Bound { counter, goal })
    }

    fn expense(&self, of: &str) -> Result<usize, Unsaid> {
        self.plan.expense_types.iter().position(|kind: &ExpenseType| kind.id == of).ok_or("unsaid.limit")
    }

    fn account(&mut self, instrument: &str, terms: Option<(String, InterestTerms)>, scope: Scope) -> usize {
        let own = |known: &Account| known.terms.as_ref().map(|(_, terms)| terms.clone());
        let wanted = terms.as_ref().map(|(_, terms)| terms.clone());
        let known =
            |known: &Account| known.instrument == instrument && own(known) == wanted && known.scope == scope;
        if let Some(found) = self.accounts.iter().position(known) {
            return found;
        }
        self.accounts.push(Account { instrument: instrument.to_owned(), terms, scope, payers: Vec::new() });
        self.accounts.len() - 1
    }

    fn test(&mut self, path: &str, condition: &Condition, all: &[(String, &Tier)]) -> Result<Test, Unsaid> {
        let at = |id: &str| all.iter().position(|(_, known)| known.id == id).ok_or("unsaid.condition");
        let (counter, is, goal) = match condition {
            Condition::All { of } => return Ok(Test::All(self.tests(path, of, all)?)),
            Condition::Any { of } => return Ok(Test::Any(self.tests(path, of, all)?)),
            Condition::PaidToParty { party, is, target } => {
                (Counter::Party(party.clone()), *is, self.goal(path, target)?)
            }
            Condition::PaidToTier { tier, is, target } => {
                (Counter::Paid(at(tier)?), *is, self.goal(path, target)?)
            }
            Condition::ReachedTier { tier, is, target } => {
                (Counter::Reached(at(tier)?), *is, self.goal(path, target)?)
            }
            Condition::Recouped { tier } | Condition::NotRecouped { tier } => {
                let is = if matches!(condition, Condition::Recouped { .. }) {
                    Relation::AtLeast
                } else {
                    Relation::Below
                };
                let (index, limit, pool, own) = of_claim(at(tier)?, all).ok_or("unsaid.condition")?;
                let bound = self.limit(index, &own, limit, pool)?;
                (bound.counter, is, bound.goal)
            }
            Condition::PaidInPool { pool, is, target } => {
                (Counter::Pool(pool.clone()), *is, self.goal(path, target)?)
            }
            Condition::PassedPool { pool, is, target } => {
                (Counter::Passed(pool.clone()), *is, self.goal(path, target)?)
            }
            Condition::Received { sources, is, target } => {
                let named = |id: &String| self.plan.sources.iter().position(|source| source.id == *id);
                let mut set: Vec<usize> = sources.iter().filter_map(named).collect();
                if sources.is_empty() {
                    set = (0..self.plan.sources.len()).collect();
                }
                set.sort_unstable();
                (Counter::Received(set), *is, self.goal(path, target)?)
            }
            Condition::PaidAgainstInvestmentAndInterest { party, instrument, interest, factor, is } => {
                let terms = Some((format!("{path}.interest.rate_annual"), interest.clone()));
                let account = self.account(instrument, terms, Scope::Party(party.clone()));
                let factor = Factor { path: format!("{path}.factor"), ratio: *factor };
                (Counter::Party(party.clone()), *is, Goal::Owed(account, factor))
            }
            Condition::FilmCostCovered { film_cost, factor, is } => {
                let place = self.plan.film_costs.iter().position(|cost| cost.id == *film_cost);
                let place = place.ok_or("unsaid.condition")?;
                let factor = Factor { path: format!("{path}.factor"), ratio: *factor };
                let pool = self.plan.film_costs.get(place).map_or("", |cost| cost.pool.as_str());
                (Counter::Passed(pool.to_owned()), *is, Goal::FilmCost(place, factor))
            }
            Condition::ReceiptTerritory { .. }
            | Condition::ReceiptMedia { .. }
            | Condition::ReceiptSource { .. }
            | Condition::ReceiptDate { .. }
            | Condition::ContractValue { .. } => return Ok(Test::Fact(condition.clone())),
            Condition::NotionalInPool { .. } => return Err("unsaid.notional"),
            _ => return Err("unsaid.condition"),
        };
        match is {
            Relation::AtLeast => Ok(Test::Bound(Bound { counter, goal }, true)),
            Relation::Below => Ok(Test::Bound(Bound { counter, goal }, false)),
            #[allow(unreachable_patterns, reason = "the plan language grows")]
            _ => Err("unsaid.condition"),
        }
    }

    fn tests(&mut self, path: &str, of: &[Condition], all: &[(String, &Tier)]) -> Result<Vec<Test>, Unsaid> {
        of.iter()
            .enumerate()
            .map(|(place, inner)| self.test(&format!("{path}.of[{place}]"), inner, all))
            .collect()
    }

    fn goal(&self, path: &str, target: &Target) -> Result<Goal, Unsaid> {
        let factor =
            |word: &str, ratio: Ratio| Factor { path: format!("{path}.target.{word}.factor"), ratio };
        Ok(match target {
            Target::Amount(amount) => Goal::Amount(format!("{path}.target.amount"), *amount),
            Target::Expenses { of, factor: times } => {
                Goal::Expenses(self.expense(of)?, factor("expenses", *times))
            }
            Target::Invested { instrument, factor: times } => {
                Goal::Invested(instrument.clone(), factor("invested", *times))
            }
        })
    }

    /// Which claims reduce which balance.
    fn link(&mut self) {
        for (account, row) in self.accounts.iter_mut().enumerate() {
            for (index, node) in self.nodes.iter().enumerate() {
                let Kind::Share(claim) = &node.kind else { continue };
                let pays = match (&row.scope, claim.limit.as_ref().map(|bound| &bound.goal)) {
                    (Scope::Party(party), _) if claim.payee.as_deref() == Some(party) => Some(Pays::Whole),
                    (Scope::Party(_), _) => None,
                    (_, Some(Goal::Owed(of, _))) if *of == account => Some(Pays::Whole),
                    (Scope::Return, Some(Goal::Interest(of))) if *of == account => Some(Pays::Return),
                    (Scope::Return, Some(Goal::Invested(instrument, factor)))
                        if *instrument == row.instrument
                            && claim.weight == Weight::Instrument(instrument.clone())
                            && !factor.path.ends_with(".rate") =>
                    {
                        Some(Pays::Principal)
                    }
                    _ => None,
                };
                row.payers.extend(pays.map(|pays| (index, pays)));
            }
        }
    }

    pub(super) fn claim(&self, node: usize) -> Option<&Claim> {
        match &self.nodes.get(node)?.kind {
            Kind::Share(claim) => Some(claim),
            Kind::Together { .. } | Kind::Steps { .. } => None,
        }
    }

    /// The claims of the plan, in the engine's order.
    pub(super) fn claims(&self) -> impl Iterator<Item = (usize, &Node, &Claim)> {
        self.nodes.iter().enumerate().filter_map(|(index, node)| match &node.kind {
            Kind::Share(claim) => Some((index, node, claim.as_ref())),
            Kind::Together { .. } | Kind::Steps { .. } => None,
        })
    }

    pub(super) fn members(&self, node: usize) -> &[usize] {
        match self.nodes.get(node).map(|node| &node.kind) {
            Some(Kind::Together { members, .. } | Kind::Steps { members, .. }) => members,
            Some(Kind::Share(_)) | None => &[],
        }
    }

    /// The positions that money walks through from a tier on.
    pub(super) fn path_from(&self, start: usize) -> Vec<usize> {
        let mut out = vec![start];
        let mut at = start;
        while let Some(next) =
            self.nodes.get(at).and_then(|node| node.then).filter(|next| !out.contains(next))
        {
            out.push(next);
            at = next;
        }
        out
    }
}

fn of_claim<'t>(
    index: usize,
    all: &'t [(String, &Tier)],
) -> Option<(usize, &'t Limit, Option<&'t str>, String)> {
    let (path, tier) = all.get(index)?;
    match &tier.takes {
        Takes::Share(share) => {
            Some((index, share.limit.as_ref()?, share.limit_pool.as_deref(), path.clone()))
        }
        Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) | Takes::Enters(_) => None,
    }
}

fn weight(limit: &Limit) -> Weight {
    match limit {
        Limit::Invested { instrument, .. }
        | Limit::Premium { instrument, .. }
        | Limit::PrincipalAndInterest { instrument, .. }
        | Limit::PreferredReturn { instrument, .. } => Weight::Instrument(instrument.clone()),
        _ => Weight::Limit,
    }
}
