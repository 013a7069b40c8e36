//! A deal's claims: which version, which inputs, which combination, how much and when.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::{Deal, Election, Finding, IncentiveClaim, Phrase, Severity, Timeline};
use recoup_explain::{Book, NodeId, Operation};
use rust_decimal::Decimal;

use crate::binding::{Binder, Bound, MappedFrom, MappedInput, value_of};
use crate::catalog::Catalog;
use crate::claim::{ClaimMoney, Settlement};
use crate::doubts;
use crate::mapping::Mapper;
use crate::own::{ProgramOrigin, catalog_of};
use crate::points;
use crate::policy::{Confidence, Policy, Relation};
use crate::record::{Recorded, Recorder, line_address};
use crate::run::{Form, ProgramRun};
use crate::stack::{Choice, Combination, Member, best_combination, exclusion, order, run_stack};
use crate::steps::{Breakdown, LineKind, break_down};
use crate::yields::{Yield, name_net_of_budget, name_overall};

mod claims;
mod together;

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
}

/// Assesses every claim of a deal through the book.
pub fn assess(deal: &Deal, catalog: &Catalog, book: &mut Book) -> Assessment {
    let assessor = Assessor::of(deal);
    let mut findings = Vec::new();
    let (candidates, mut claims) = assessor.candidates(catalog, &mut findings);
    let choice = assessor.choose(&candidates, &mut findings);
    let chosen: Vec<&Candidate<'_>> = candidates
        .iter()
        .filter(|c| assessor.may_count(c) && choice.chosen.programs.contains(&c.policy.id))
        .filter(|c| first_of_program(c, &candidates))
        .collect();
    let stack = assessor.record(book, &chosen, None);
    let mut credits = Vec::new();
    for assessed in stack.claims.values() {
        credits.extend(assessed.credit_in_deal);
    }
    let credits = assessor.total(book, &credits, "incentives.credits");
    let net = assessor.total(book, &stack.nets, "incentives.net");
    let of_budget = name_overall(book, &assessor.mapper, credits);
    let net_of_budget = name_net_of_budget(book, &assessor.mapper, net);
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

fn first_of_program(candidate: &Candidate<'_>, all: &[Candidate<'_>]) -> bool {
    !all.iter().any(|other| {
        other.index < candidate.index
            && other.policy.id == candidate.policy.id
            && matches!(other.election, Election::Claim | Election::Best)
    })
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

    /// Searches the best legal combination on a book of its own, which is thrown away.
    fn choose(&self, candidates: &[Candidate<'a>], findings: &mut Vec<Finding>) -> Choice {
        let pool: Vec<&Candidate<'a>> =
            candidates.iter().filter(|c| self.may_count(c) && first_of_program(c, candidates)).collect();
        let mut scratch = Book::new();
        let members: Vec<Member<'_>> = pool
            .iter()
            .map(|candidate| Member {
                policy: &candidate.policy,
                answers: self.bind(&mut scratch, candidate, &candidate.claim.id).answers,
            })
            .collect();
        let fixed: BTreeSet<String> =
            pool.iter().filter(|c| c.election == Election::Claim).map(|c| c.policy.id.clone()).collect();
        let worth = |run: &ProgramRun| {
            let share = pool
                .iter()
                .find(|c| c.policy.id == run.program)
                .and_then(|c| c.claim.passed_on)
                .unwrap_or(Decimal::ONE);
            let rate = self.deal.rate(run.currency, self.deal.currency).unwrap_or(Decimal::ONE);
            if run.refused_by().is_empty() {
                run.net().unwrap_or_default().saturating_mul(share).saturating_mul(rate)
            } else {
                Decimal::ZERO
            }
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

    fn bind(&self, book: &mut Book, candidate: &Candidate<'_>, key: &str) -> Bound {
        Binder { mapper: &self.mapper, book, claim: candidate.claim, policy: &candidate.policy, key }.bind()
    }

    fn total(&self, book: &mut Book, nodes: &[NodeId], address: &str) -> NodeId {
        if nodes.is_empty() {
            let nothing = self.mapper.cells.nothing(book);
            return book.figure(address, Operation::Carry, &[nothing]);
        }
        book.figure(address, Operation::Sum, nodes)
    }

    /// Records a stack in its order. With `instead`, it is an alternative: its own claim goes by the claim
    /// id, the others by the claim id and their program.
    fn record(
        &self,
        book: &mut Book,
        stack: &[&Candidate<'a>],
        instead: Option<&Candidate<'a>>,
    ) -> RecordedStack {
        let policies: Vec<&Policy> = stack.iter().map(|candidate| candidate.policy.as_ref()).collect();
        let sequence = order(&policies).unwrap_or_else(|_| (0..stack.len()).collect());
        let keys: Vec<String> = stack
            .iter()
            .map(|candidate| match instead {
                None => candidate.policy.id.clone(),
                Some(own) if own.index == candidate.index => own.claim.id.clone(),
                Some(own) => format!("{}.{}", own.claim.id, candidate.policy.id),
            })
            .collect();
        let mut bound: Vec<Bound> =
            stack.iter().zip(&keys).map(|(candidate, key)| self.bind(book, candidate, key)).collect();
        let members: Vec<Member<'_>> = stack
            .iter()
            .zip(&bound)
            .map(|(c, bound)| Member { policy: &c.policy, answers: bound.answers.clone() })
            .collect();
        let runs = run_stack(&members).unwrap_or_default();
        let mut recorded: BTreeMap<usize, BTreeMap<String, Recorded>> = BTreeMap::new();
        let mut result = RecordedStack { claims: BTreeMap::new(), nets: Vec::new() };
        for at in sequence {
            let candidate = stack[at];
            let handed = self.feed(book, stack, &recorded, at, &keys, &mut bound[at]);
            let form = Form::of(&candidate.policy, None);
            let mut recorder = Recorder::new(book, &form, &keys[at], bound[at].recorded.clone());
            recorder.record();
            // The rest of an alternative's stack is there to be computed, not to be read.
            let steps = if instead.is_none_or(|own| own.index == candidate.index) {
                points::record(&mut recorder);
                let fed = handed.iter().map(|handed| handed.input.clone()).collect();
                break_down(&mut recorder, &fed)
            } else {
                Breakdown::default()
            };
            let lines = recorder.lines;
            let money = Settlement {
                mapper: &self.mapper,
                timeline: &self.timeline,
                book,
                claim: candidate.claim,
                policy: &candidate.policy,
                key: &keys[at],
                lines: &lines,
            }
            .settle();
            recorded.insert(at, lines);
            result.nets.push(money.net);
            let run = runs.iter().find(|run| run.program == candidate.policy.id);
            let inputs = std::mem::take(&mut bound[at].inputs);
            let worth = instead
                .is_none_or(|own| own.index == candidate.index)
                .then(|| Yield::of(book, &self.mapper, &candidate.policy, &keys[at], money.credit_in_deal));
            let assessed = self.assessed(book, candidate, &keys[at], inputs, run, money);
            let assessed = ClaimAssessment { handed, worth, ..assessed }.with_steps(steps);
            result.claims.insert(candidate.index, assessed);
        }
        result
    }

    /// Puts what earlier programs hand over into the inputs that wait for it.
    fn feed(
        &self,
        book: &mut Book,
        stack: &[&Candidate<'a>],
        recorded: &BTreeMap<usize, BTreeMap<String, Recorded>>,
        at: usize,
        keys: &[String],
        bound: &mut Bound,
    ) -> Vec<HandedOver> {
        let key = &keys[at];
        let target = &stack[at].policy;
        let mut given = Vec::new();
        let mut handed: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
        for (from, lines) in recorded {
            let giver = &stack[*from].policy;
            if exclusion(giver, target).is_some() {
                continue;
            }
            for interaction in giver.interactions.iter().filter(|i| i.with.contains(&target.id)) {
                let (Some(line), Some(input)) = (&interaction.line, &interaction.input) else { continue };
                let Some(Recorded::Node(node)) = lines.get(line) else { continue };
                let free = bound
                    .inputs
                    .iter()
                    .any(|mapped| mapped.name == *input && may_be_fed(mapped, interaction.relation));
                if !free {
                    continue;
                }
                handed.entry(input).or_default().push(*node);
                given.push(HandedOver {
                    program: giver.id.clone(),
                    relation: interaction.relation,
                    line: line.clone(),
                    node: book.find(&line_address(&keys[*from], line)).unwrap_or(*node),
                    input: input.clone(),
                    clause: interaction.clause.clone(),
                });
            }
        }
        for (input, nodes) in handed {
            let sum = book.compute(Operation::Sum, &nodes);
            let sum = book.name(sum, format!("incentives.{key}.from_stack.{input}"));
            bound.recorded.insert(input.to_owned(), Recorded::Node(sum));
            if let Some(mapped) = bound.inputs.iter_mut().find(|mapped| mapped.name == input) {
                mapped.from = MappedFrom::Stack;
                mapped.value = value_of(book.value(sum));
                mapped.node = Some(sum);
            }
        }
        given
    }

    fn assessed(
        &self,
        book: &Book,
        candidate: &Candidate<'_>,
        key: &str,
        inputs: Vec<MappedInput>,
        run: Option<&ProgramRun>,
        money: ClaimMoney,
    ) -> ClaimAssessment {
        let day = self.version_day(candidate.claim);
        let lines = run.map_or_else(Vec::new, |run| {
            run.lines
                .iter()
                .map(|trace| {
                    let address = line_address(key, &trace.id);
                    let kind = LineKind::Other;
                    AssessedLine { trace: trace.clone(), node: book.find(&address), address, kind }
                })
                .collect()
        });
        ClaimAssessment {
            key: key.to_owned(),
            policy: Some(Arc::clone(&candidate.policy)),
            inputs,
            lines,
            conditions: run.map(|run| run.conditions.clone()).unwrap_or_default(),
            credit: Some(money.credit),
            credit_in_deal: Some(money.credit_in_deal),
            fees: Some(money.fees),
            tax: Some(money.tax),
            received: book.find(&format!("incentives.{key}.received")),
            net: Some(money.net),
            cash: money.cash,
            unverified: candidate.policy.confidence == Confidence::Low
                || candidate.origin == ProgramOrigin::Own,
            origin: candidate.origin,
            program: candidate.policy.id.clone(),
            ..ClaimAssessment::empty(candidate.claim, day, Standing::Claimed, None)
        }
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

/// What is typed or built from the budget stands against a value that another program merely supplies,
/// unless the budget had nothing to give; assistance is handed over always.
fn may_be_fed(mapped: &MappedInput, relation: Relation) -> bool {
    match relation {
        Relation::ReducesBaseOf => true,
        Relation::Supplies => matches!(mapped.from, MappedFrom::Default | MappedFrom::Missing),
        Relation::Excludes | Relation::Requires | Relation::Unusual => false,
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
