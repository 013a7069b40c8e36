//! Conditions as tests on counters and facts

use recoup_deal::recoupment::{Condition, Ratio, Relation, Target};

use super::{Compiler, Result, intern, limits::limit_path, meaningless, unknown};
use crate::{
    exact::{from_minor, share_of},
    plan::{AccountRow, AccountScope, Fact, Goal, Origin, Test},
};

impl Compiler<'_> {
    pub(super) fn goal(&mut self, path: &str, target: &Target) -> Result<Goal> {
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

    pub(super) fn test(&mut self, path: &str, condition: &Condition) -> Result<Test> {
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
            | Condition::EventValue { .. }
            | Condition::Counted { .. } => return self.fact(path, condition),
        };
        let notional = matches!(condition, Condition::NotionalInPool { .. });
        let origin = self.origin(path, condition, goal);
        let limit_of = match condition {
            Condition::Recouped { tier } | Condition::NotRecouped { tier } => Some(self.tier(path, tier)?),
            _ => None,
        };
        let index = self.threshold(counter, goal, is, origin);
        self.out.thresholds[index as usize].limit_of = limit_of;
        Ok(Test::Threshold { index, notional })
    }

    /// Where the goal of a condition is written.
    pub(super) fn origin(&self, path: &str, condition: &Condition, goal: Goal) -> Origin {
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

    pub(super) fn tests(&mut self, path: &str, of: &[Condition]) -> Result<Vec<Test>> {
        of.iter().enumerate().map(|(i, inner)| self.test(&format!("{path}.of[{i}]"), inner)).collect()
    }

    pub(super) fn recouped(&mut self, path: &str, tier: &str, is: Relation) -> Result<(u32, Relation, Goal)> {
        let index = self.tier(path, tier)?;
        let Some((limit, pool)) = self.limits.get(tier).copied() else {
            return Err(meaningless(path, "the tier it names has no limit, so it is never recouped"));
        };
        let counter = self.limit_counter(index, limit, pool, path)?;
        Ok((counter, is, self.limit_goal(path, limit)?))
    }

    pub(super) fn film_cost(
        &mut self,
        path: &str,
        id: &str,
        factor: Ratio,
        is: Relation,
    ) -> Result<(u32, Relation, Goal)> {
        let Some(index) = self.film_pools.get(id) else { return Err(unknown(path, "film cost", id)) };
        let cost = &self.plan.film_costs[*index];
        let at = format!("recoupment.film_costs[{id}]");
        let whole = share_of(from_minor(self.minor(&at, cost.cost)?), factor);
        let covered = from_minor(self.minor(&at, cost.already_covered)?);
        let pool = intern(&mut self.out.pools, &cost.pool);
        Ok((self.out.layout.pool_passed + pool, is, Goal::Fixed(whole - covered)))
    }

    pub(super) fn fact(&mut self, path: &str, condition: &Condition) -> Result<Test> {
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
                Fact::ContractValue { is: *is, target: self.minor(path, *target)? }
            }
            Condition::EventValue { event, is, target } => {
                Fact::Event { event: intern(&mut self.out.events, event), is: *is, target: *target }
            }
            Condition::Counted { series, is, target } => {
                Fact::Counted { series: self.series(path, series)?, is: *is, target: *target }
            }
            _ => return Err(meaningless(path, "the condition is not about the receipt")),
        };
        self.out.facts.push((fact, path.into()));
        Ok(Test::Fact(self.out.facts.len() as u32 - 1))
    }
}
