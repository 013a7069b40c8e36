//! A deal's claims: which version, which inputs, which combination, how much and when.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::{Deal, Election, Finding, IncentiveClaim, Phrase, Severity, Timeline};
use recoup_explain::{Book, NodeId, Operation};
use rust_decimal::Decimal;

use crate::aid;
use crate::catalog::Catalog;
use crate::companies::{Unit, stands, units};
use crate::doubts;
use crate::mapping::Mapper;
use crate::own::{ProgramOrigin, catalog_of};
use crate::policy::Policy;
use crate::run::ProgramRun;
use crate::stack::{Choice, Combination, best_combination, exclusion};
use crate::yields::{name_net_of_budget, name_overall};

mod claims;
mod recording;
mod together;
mod worth;

pub(crate) use together::{Ground, Together, assess_payable};

pub use claims::{AssessedLine, Assessment, ClaimAssessment, HandedOver, Standing};
pub use together::assess_these;

/// A claim with its program.
pub(crate) struct Candidate<'a> {
    pub(crate) index: usize,
    pub(crate) claim: &'a IncentiveClaim,
    pub(crate) policy: Arc<Policy>,
    pub(crate) origin: ProgramOrigin,
    pub(crate) election: Election,
}

struct Assessor<'a> {
    deal: &'a Deal,
    mapper: Mapper<'a>,
    timeline: Timeline,
}

struct RecordedStack {
    claims: BTreeMap<usize, ClaimAssessment>,
    nets: Vec<NodeId>,
    /// All aid held against the limits that programs state, by the place of the claim.
    held: Vec<(usize, aid::Held)>,
}

/// Assesses every claim of a deal through the book.
pub fn assess(deal: &Deal, catalog: &Catalog, book: &mut Book) -> Assessment {
    let assessor = Assessor::of(deal);
    let mut findings = Vec::new();
    let (candidates, mut claims) = assessor.candidates(catalog, &mut findings);
    let choice = assessor.choose(&candidates, &mut findings);
    let chosen = assessor.chosen(&candidates, &choice);
    let stack = assessor.record(book, &chosen, None);
    let mut credits = Vec::new();
    for assessed in stack.claims.values() {
        credits.extend(assessed.credit_in_deal);
    }
    let credits = assessor.total(book, &credits, "incentives.credits");
    let net = assessor.total(book, &stack.nets, "incentives.net");
    let of_budget = name_overall(book, &assessor.mapper, credits);
    let net_of_budget = name_net_of_budget(book, &assessor.mapper, net);
    for (index, held) in stack.held {
        let candidate = candidates.iter().find(|candidate| candidate.index == index);
        findings.extend(candidate.and_then(|candidate| aid::finding(candidate, &held)));
    }
    claims.extend(stack.claims);
    for candidate in &candidates {
        claims
            .entry(candidate.index)
            .or_insert_with(|| assessor.alternative(book, candidate, &chosen, &choice));
    }
    for candidate in &candidates {
        if let Some(assessed) = claims.get(&candidate.index) {
            findings.extend(doubts::of_claim(deal, &assessor.timeline, book, candidate, assessed, catalog));
        }
    }
    Assessment {
        claims: claims.into_values().collect(),
        credits,
        net,
        of_budget,
        net_of_budget,
        chosen: choice.chosen.programs,
        rejected: choice.rejected,
        ways: Vec::new(),
        findings,
    }
}

impl<'a> Assessor<'a> {
    fn of(deal: &'a Deal) -> Self {
        Self { deal, mapper: Mapper::new(deal), timeline: Timeline::of(deal) }
    }

    fn version_day(&self, claim: &IncentiveClaim) -> Date {
        claim.version_on.or(self.timeline.start()).unwrap_or(self.deal.as_of)
    }

    fn candidates(
        &self,
        catalog: &Catalog,
        findings: &mut Vec<Finding>,
    ) -> (Vec<Candidate<'a>>, BTreeMap<usize, ClaimAssessment>) {
        // Here and not with the callers, so that nobody computes a deal without what it brings along.
        let (catalog, said) = catalog_of(self.deal, catalog);
        findings.extend(said);
        let mut found = Vec::new();
        let mut unavailable = BTreeMap::new();
        for (index, claim) in self.deal.incentives.iter().enumerate() {
            let day = self.version_day(claim);
            match catalog.on(&claim.program, day) {
                Ok(policy) if !policy.computable => {
                    let missing = Phrase::new(policy.missing.clone().unwrap_or_default());
                    let path = format!("incentives[{}].program", claim.id);
                    findings.push(
                        Finding::new(Severity::Question, "INCENTIVE_NOT_COMPUTABLE", path)
                            .with("program", &policy.short_name)
                            .with("missing", missing.clone()),
                    );
                    let unavailable_claim =
                        ClaimAssessment::empty(claim, day, Standing::Unavailable, Some(missing));
                    unavailable.insert(index, unavailable_claim);
                }
                Ok(policy) => found.push(Candidate {
                    index,
                    claim,
                    policy: Arc::clone(policy),
                    origin: catalog.origin(policy),
                    election: claim.election.unwrap_or_default(),
                }),
                Err(error) => {
                    let path = format!("incentives[{}].program", claim.id);
                    findings.push(
                        Finding::new(Severity::Question, "INCENTIVE_NOT_IN_LIBRARY", path)
                            .with("problem", Phrase::from(&error)),
                    );
                    unavailable.insert(
                        index,
                        ClaimAssessment::empty(claim, day, Standing::Unavailable, Some(Phrase::from(&error))),
                    );
                }
            }
        }
        (found, unavailable)
    }

    fn may_count(&self, candidate: &Candidate<'_>) -> bool {
        matches!(candidate.election, Election::Claim | Election::Best)
    }

    /// The claims that may count, each company's first on a program.
    fn pool<'c>(&self, candidates: &'c [Candidate<'a>]) -> Vec<&'c Candidate<'a>> {
        candidates.iter().filter(|c| self.may_count(c) && stands(c, candidates)).collect()
    }

    /// The claims of the chosen combination.
    fn chosen<'c>(&self, candidates: &'c [Candidate<'a>], choice: &Choice) -> Vec<&'c Candidate<'a>> {
        let units = units(&self.pool(candidates));
        let mut claims: Vec<&'c Candidate<'a>> = units
            .into_iter()
            .filter(|unit| choice.chosen.programs.contains(&unit.name))
            .flat_map(|unit| unit.claims)
            .collect();
        claims.sort_by_key(|candidate| candidate.index);
        claims
    }

    /// Searches the best legal combination on a book of its own, which is thrown away.
    fn choose(&self, candidates: &[Candidate<'a>], findings: &mut Vec<Finding>) -> Choice {
        let pool = self.pool(candidates);
        let units = units(&pool);
        let members = self.members(&mut Book::new(), &pool);
        let is_fixed = |unit: &&Unit<'_, '_>| unit.claims.iter().any(|c| c.election == Election::Claim);
        let fixed: BTreeSet<String> = units.iter().filter(is_fixed).map(|unit| unit.name.clone()).collect();
        let worth = |member: usize, run: &ProgramRun| {
            units.get(member).map_or(Decimal::ZERO, |unit| worth::worth(self.deal, unit, run))
        };
        best_combination(&members, &fixed, &worth).unwrap_or_else(|error| {
            findings.push(
                Finding::new(Severity::Blocker, "INCENTIVE_STACK", "incentives")
                    .with("problem", Phrase::from(&error)),
            );
            let chosen = Combination { reasons: vec![Phrase::from(&error)], ..Combination::nothing() };
            Choice { chosen, runs: Vec::new(), rejected: Vec::new() }
        })
    }

    fn total(&self, book: &mut Book, nodes: &[NodeId], address: &str) -> NodeId {
        if nodes.is_empty() {
            let nothing = self.mapper.cells.nothing(book);
            return book.figure(address, Operation::Carry, &[nothing]);
        }
        book.figure(address, Operation::Sum, nodes)
    }

    /// A claim that does not count, in the stack as it would be with it.
    fn alternative(
        &self,
        book: &mut Book,
        candidate: &Candidate<'a>,
        chosen: &[&Candidate<'a>],
        choice: &Choice,
    ) -> ClaimAssessment {
        let mut stack: Vec<&Candidate<'a>> = chosen
            .iter()
            .copied()
            .filter(|other| {
                other.policy.id != candidate.policy.id
                    && exclusion(&other.policy, &candidate.policy).is_none()
            })
            .collect();
        stack.push(candidate);
        let mut recorded = self.record(book, &stack, Some(candidate));
        let address = format!("incentives.{}.stack_net", candidate.claim.id);
        let stack_net = self.total(book, &recorded.nets, &address);
        let day = self.version_day(candidate.claim);
        let standing = match candidate.election {
            Election::Compare => Standing::Compared,
            Election::Exclude => Standing::Excluded,
            Election::Best | Election::Claim => Standing::Rejected,
        };
        let reason = match standing {
            Standing::Rejected => Some(rejection(&candidate.policy.id, choice)),
            _ => None,
        };
        let assessed = recorded
            .claims
            .remove(&candidate.index)
            .unwrap_or_else(|| ClaimAssessment::empty(candidate.claim, day, standing, None));
        ClaimAssessment { standing, reason, stack_net: Some(stack_net), ..assessed }
    }
}

/// Why the best combination with a program was not chosen; several reasons are said one after the other.
fn rejection(program: &str, choice: &Choice) -> Phrase {
    let with_it =
        choice.rejected.iter().find(|combination| combination.programs.iter().any(|id| id == program));
    let reasons = with_it.into_iter().flat_map(|combination| combination.reasons.iter().cloned());
    reasons
        .reduce(|first, then| Phrase::new("and_also").with("first", first).with("then", then))
        .unwrap_or_else(|| Phrase::new("another combination is claimed"))
}

#[cfg(test)]
mod tests;
