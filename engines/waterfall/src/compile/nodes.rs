//! Tiers and members

use recoup_deal::recoupment::{
    Enters, RateBase, Relation, Reserve, Share, Split, Takes, Tier, Together, Unpaid,
};

use super::{Compiler, Result, intern, limits::limit_path, meaningless, unknown};
use crate::{
    exact::from_minor,
    plan::{Goal, Gross, Node, Op, Origin, Release, ShareOp, SplitOp, Test, Weight},
};

impl Compiler<'_> {
    pub(super) fn node(&mut self, path: &str, tier: &Tier) -> Result<Node> {
        let then = match &tier.then {
            Some(next) => Some(self.tier(&format!("{path}.then"), next)?),
            None => None,
        };
        let index = self.tier(path, &tier.id)?;
        path.clone_into(&mut self.tier_path);
        let op = match &tier.takes {
            Takes::Share(share) => Op::Share(self.share(path, index, share)?),
            Takes::Reserve(reserve) => Op::Share(self.reserve(path, index, reserve)?),
            Takes::Enters(part) => Op::Enters {
                into: self.tier(&format!("{path}.takes.into"), &part.into)?,
                share: self.enters(path, index, part)?,
            },
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

    pub(super) fn members(&self, path: &str, members: &[Tier]) -> Result<Vec<u32>> {
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

    pub(super) fn split(&self, path: &str, group: &Together) -> Result<SplitOp> {
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
                Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) | Takes::Enters(_) => false,
            };
            if !measured {
                let at = format!("{path}.takes.members[{}]", member.id);
                return Err(meaningless(&at, "pari passu by amount needs a claim with a limit"));
            }
        }
        Ok(split)
    }

    pub(super) fn share(&mut self, path: &str, index: u32, share: &Share) -> Result<ShareOp> {
        let payee = intern(&mut self.out.parties, &share.payee);
        self.terms_of(path, index, share, Some(payee))
    }

    fn terms_of(&mut self, path: &str, index: u32, share: &Share, payee: Option<u32>) -> Result<ShareOp> {
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
            let origin = Origin::Written(limit_path(path, written));
            limit = Some(self.limit_threshold(counter, goal, Relation::Below, origin, index));
            weight = self.weight(written);
            pays = self.pays(path, written)?;
        }
        if let Some(instrument) = &share.in_proportion_to {
            weight = Weight::Instrument(intern(&mut self.out.instruments, instrument));
        }
        let carries = share.unpaid == Unpaid::CarriesForward;
        let gross = self.gross(path, index, (share.rate_base, carries), &share.gross_of)?;
        let mut assigned = Vec::new();
        for assignment in &share.assigned {
            assigned.push((intern(&mut self.out.parties, &assignment.to), assignment.part));
        }
        let watch = watched(&tests, limit, gross);
        Ok(ShareOp {
            payee,
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
            hurdles: Vec::new(),
            pays,
        })
    }

    pub(super) fn reserve(&mut self, path: &str, index: u32, reserve: &Reserve) -> Result<ShareOp> {
        let to = self.tier(&format!("{path}.takes.release_to"), &reserve.release_to)?;
        let months = i32::try_from(reserve.release_months)
            .map_err(|_| meaningless(&format!("{path}.takes.release_months"), "that is too long"))?;
        let limit = match reserve.cap {
            Some(cap) => {
                let goal = Goal::Fixed(from_minor(self.minor(path, cap)?));
                let origin = Origin::Written(format!("{path}.takes.cap").into());
                let counter = self.out.layout.paid + index;
                Some(self.limit_threshold(counter, goal, Relation::Below, origin, index))
            }
            None => None,
        };
        let gross = self.gross(path, index, (reserve.rate_base, false), &[])?;
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
            hurdles: Vec::new(),
            pays: None,
        })
    }

    pub(super) fn enters(&mut self, path: &str, index: u32, part: &Enters) -> Result<ShareOp> {
        let share = Share {
            payee: String::new(),
            rate: part.rate,
            rate_base: RateBase::Arriving,
            gross_of: Vec::new(),
            unpaid: Unpaid::Lapses,
            limit: part.limit.clone(),
            limit_pool: None,
            in_proportion_to: None,
            conditions: part.conditions.clone(),
            pools: part.pools.clone(),
            contract: part.contract.clone(),
            assigned: Vec::new(),
        };
        self.terms_of(path, index, &share, None)
    }

    pub(super) fn gross(
        &mut self,
        path: &str,
        index: u32,
        (base, carries): (RateBase, bool),
        of: &[String],
    ) -> Result<Option<Gross>> {
        if base == RateBase::Arriving {
            return match of {
                [] => Ok(None),
                _ => Err(meaningless(path, "only a share of the gross receipt names whose gross it is")),
            };
        }
        let of = match of {
            [] => None,
            sources => Some(self.source_set(&format!("{path}.takes.gross_of"), sources)?),
        };
        let origin = Origin::Written(self.tier_path.as_str().into());
        let counter = self.out.layout.paid + index;
        let threshold = self.threshold(counter, Goal::PerReceipt, Relation::Below, origin);
        Ok(Some(Gross { threshold, carries, of }))
    }
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
