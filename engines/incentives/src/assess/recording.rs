//! A stack of claims, recorded in the book in the order of its computation.

use std::collections::BTreeMap;
use std::sync::Arc;

use recoup_explain::{Book, NodeId, Operation};
use recoup_money::Rounding;
use rust_decimal::Decimal;

use super::{AssessedLine, Assessor, Candidate, ClaimAssessment, HandedOver, RecordedStack, Standing};
use crate::aid;
use crate::binding::{Binder, Bound, MappedFrom, MappedInput, value_of};
use crate::claim::{ClaimMoney, Settlement, SharedForm};
use crate::companies::{Purse, Unit, joint, looks_at_production, purse_of, purse_of_all, units};
use crate::own::ProgramOrigin;
use crate::points;
use crate::policy::{BudgetMap, Confidence, Counting, Measure, Policy, Relation};
use crate::record::{Aside, Recorded, Recorder, line_address};
use crate::run::{Form, ProgramRun};
use crate::stack::{Member, order, reaches, run_members};
use crate::steps::{Breakdown, LineKind, break_down};
use crate::yields::Yield;

/// A unit on its way into the book.
struct Part<'c, 'a> {
    unit: Unit<'c, 'a>,
    /// Where the form stands.
    key: String,
    /// Where each claim's money stands.
    keys: Vec<String>,
    /// What each claim gives to the form by itself.
    each: Vec<Bound>,
    /// What the form is given.
    bound: Bound,
    /// What the production gives, where the law compares it with that.
    production: Option<Bound>,
    lines: Option<BTreeMap<String, Recorded>>,
}

impl<'a> Assessor<'a> {
    /// Members of a search or of a run, bound to a book.
    pub(super) fn members<'c>(&self, book: &mut Book, stack: &[&'c Candidate<'a>]) -> Vec<Member<'c>> {
        let parts = self.parts(book, stack, None);
        parts.iter().map(|part| self.member(part)).collect()
    }

    fn member<'c>(&self, part: &Part<'c, 'a>) -> Member<'c> {
        Member {
            name: part.unit.name.clone(),
            claimant: part.unit.claimant(),
            production: part.production.as_ref().map(|bound| bound.answers.clone()),
            common_rate: self.common_rate(part.unit.policy),
            ..Member::new(part.unit.policy, part.bound.answers.clone())
        }
    }

    fn common_rate(&self, policy: &Policy) -> Option<Decimal> {
        self.deal.rate(policy.currency, self.deal.currency)
    }

    /// The units of a stack, each given what it sees of the deal. With `instead`, the stack is an alternative:
    /// its own claim goes by the claim id, the others by the claim id and their program.
    fn parts<'c>(
        &self,
        book: &mut Book,
        stack: &[&'c Candidate<'a>],
        instead: Option<&Candidate<'a>>,
    ) -> Vec<Part<'c, 'a>> {
        let placed = |candidate: &Candidate<'a>, name: &str| match instead {
            None => name.to_owned(),
            Some(own) if own.index == candidate.index => own.claim.id.clone(),
            Some(own) => format!("{}.{name}", own.claim.id),
        };
        let mut parts: Vec<Part<'c, 'a>> = Vec::new();
        for unit in units(stack) {
            let named = unit.claims.iter().zip(&unit.names);
            let keys: Vec<String> = named.map(|(candidate, name)| placed(candidate, name)).collect();
            let each: Vec<Bound> = unit
                .claims
                .iter()
                .zip(&keys)
                .map(|(candidate, key)| self.bind_for(book, candidate, key, purse_of(candidate, stack)))
                .collect();
            let (key, bound) = match each.as_slice() {
                [alone] => (keys.first().cloned().unwrap_or_default(), alone.clone()),
                several => {
                    let key = production_key(&keys);
                    let bounds: Vec<&Bound> = several.iter().collect();
                    let bound = self.joint(book, &unit.claims, &key, &bounds);
                    (key, bound)
                }
            };
            parts.push(Part { unit, key, keys, each, bound, production: None, lines: None });
        }
        self.give_production(book, &mut parts);
        parts
    }

    /// Where several companies claim for themselves and the law compares something with the production.
    fn give_production(&self, book: &mut Book, parts: &mut [Part<'_, 'a>]) {
        for at in 0..parts.len() {
            let policy = parts[at].unit.policy;
            let same: Vec<usize> =
                (0..parts.len()).filter(|other| parts[*other].unit.policy.id == policy.id).collect();
            if policy.per != Counting::Claimant || same.len() < 2 || !looks_at_production(policy) {
                continue;
            }
            let keys: Vec<String> = same.iter().map(|other| parts[*other].key.clone()).collect();
            let bounds: Vec<&Bound> = same.iter().map(|other| &parts[*other].bound).collect();
            let claims: Vec<&Candidate<'a>> =
                same.iter().flat_map(|other| parts[*other].unit.claims.iter().copied()).collect();
            let production = self.joint(book, &claims, &production_key(&keys), &bounds);
            parts[at].production = Some(production);
        }
    }

    /// Binds what several companies that claim one program give to it together.
    fn joint(&self, book: &mut Book, claims: &[&Candidate<'a>], key: &str, each: &[&Bound]) -> Bound {
        let first = claims[0];
        let (claim, policy, purse) = (first.claim, first.policy.as_ref(), purse_of_all(claims));
        joint(book, policy, key, each, |book, wanted| {
            Binder { mapper: &self.mapper, book, claim, policy, key, purse: &purse }.bind_where(wanted)
        })
    }

    /// Binds a claim that no other company's stands beside.
    pub(super) fn bind(&self, book: &mut Book, candidate: &Candidate<'a>, key: &str) -> Bound {
        self.bind_for(book, candidate, key, purse_of(candidate, &[candidate]))
    }

    fn bind_for(&self, book: &mut Book, candidate: &Candidate<'a>, key: &str, purse: Purse<'a>) -> Bound {
        let (claim, policy) = (candidate.claim, candidate.policy.as_ref());
        Binder { mapper: &self.mapper, book, claim, policy, key, purse: &purse }.bind()
    }

    /// Records a stack in its order.
    pub(super) fn record(
        &self,
        book: &mut Book,
        stack: &[&Candidate<'a>],
        instead: Option<&Candidate<'a>>,
    ) -> RecordedStack {
        let mut parts = self.parts(book, stack, instead);
        let policies: Vec<&Policy> = parts.iter().map(|part| part.unit.policy).collect();
        let sequence = order(&policies).unwrap_or_else(|_| (0..parts.len()).collect());
        let members: Vec<Member<'_>> = parts.iter().map(|part| self.member(part)).collect();
        let runs = run_members(&members).unwrap_or_default();
        let mut result = RecordedStack { claims: BTreeMap::new(), nets: Vec::new(), held: Vec::new() };
        for (place, at) in sequence.iter().copied().enumerate() {
            let run = runs.iter().find(|(member, _)| *member == at).map(|(_, run)| run);
            let mut handed = self.feed(book, &members, &mut parts, at);
            handed.extend(self.feed_aid(book, &mut parts, &sequence[..place], at, &runs));
            let read = |candidate: &Candidate<'a>| instead.is_none_or(|own| own.index == candidate.index);
            let is_read = parts[at].unit.claims.iter().any(|candidate| read(candidate));
            let steps = self.record_form(book, &mut parts[at], &handed, is_read);
            let part = &parts[at];
            let weights = self.weights(book, part);
            for (own, candidate) in part.unit.claims.iter().enumerate() {
                let shared = weights.as_ref().map(|weights| SharedForm {
                    key: part.key.clone(),
                    part: u16::try_from(own).unwrap_or(u16::MAX),
                    weights: weights.clone(),
                });
                let money = self.settle(book, part, own, shared.as_ref());
                result.nets.push(money.net);
                let purse = purse_of(candidate, stack);
                let worth = read(candidate).then(|| {
                    let policy = part.unit.policy;
                    Yield::of(book, &self.mapper, policy, &part.keys[own], money.credit_in_deal, &purse)
                });
                let assessed = self.assessed(book, part, own, run, money);
                let assessed = ClaimAssessment { handed: handed.clone(), worth, shared, ..assessed };
                result.claims.insert(candidate.index, assessed.with_steps(steps.clone()));
            }
        }
        let stacked: Vec<(&Member<'_>, &ProgramRun)> =
            runs.iter().map(|(member, run)| (&members[*member], run)).collect();
        for (at, (member, _)) in runs.iter().enumerate() {
            let claims = parts[*member].unit.claims.iter().map(|candidate| candidate.index);
            result.held.extend(claims.take(1).zip(aid::held(at, &stacked)));
        }
        result
    }

    fn record_form(
        &self,
        book: &mut Book,
        part: &mut Part<'_, 'a>,
        handed: &[HandedOver],
        is_read: bool,
    ) -> Breakdown {
        let form = Form::of(part.unit.policy, None);
        let production = part.production.as_ref().map(|bound| Aside::of(bound.recorded.clone()));
        let mut recorder =
            Recorder::new(book, &form, &part.key, part.bound.recorded.clone()).beside(production);
        recorder.record();
        // The rest of an alternative's stack is there to be computed, not to be read.
        let steps = if is_read {
            points::record(&mut recorder);
            let fed = handed.iter().map(|handed| handed.input.clone()).collect();
            break_down(&mut recorder, &fed)
        } else {
            Breakdown::default()
        };
        part.lines = Some(recorder.lines);
        steps
    }

    /// What each of several companies would earn alone, by which they share what the form gives.
    fn weights(&self, book: &mut Book, part: &Part<'_, 'a>) -> Option<Vec<NodeId>> {
        if !part.unit.is_shared() {
            return None;
        }
        let policy = part.unit.policy;
        let form = Form::of(policy, None);
        let inputs = &part.bound.recorded;
        let alone = part.each.iter().zip(&part.keys).map(|(bound, key)| {
            let aside = Aside { inputs: inputs.clone(), lines: part.lines.clone().unwrap_or_default() };
            Recorder::new(book, &form, key, bound.recorded.clone()).alone(aside)
        });
        let alone: Vec<NodeId> = alone.collect();
        let positive = |book: &Book, nodes: &[NodeId]| {
            let amounts = nodes.iter().map(|node| book.value(*node).as_money().map(|money| money.minor()));
            amounts.collect::<Option<Vec<i64>>>().is_some_and(|all| all.iter().any(|amount| *amount > 0))
        };
        if positive(book, &alone) {
            return Some(alone);
        }
        // Nobody would earn anything by the form: the spend there decides, and in the last resort nothing does.
        let there = BudgetMap { within: vec![policy.jurisdiction.clone()], ..BudgetMap::of(Measure::Cost) };
        let claims = part.unit.claims.clone();
        let currency = policy.currency;
        let spend = claims.iter().map(|candidate| {
            let measured = self.mapper.measure_of(book, &there, currency, &purse_of(candidate, &claims));
            let nothing = self.mapper.cells.nothing(book);
            let amount = Operation::ToMoney { currency, rounding: Rounding::HalfUp };
            measured.node.map_or(nothing, |node| book.compute(amount, &[node]))
        });
        let spend: Vec<NodeId> = spend.collect();
        if positive(book, &spend) {
            return Some(spend);
        }
        let same = book.assumption("equal parts", Decimal::ONE, "nothing tells the companies apart");
        Some(vec![same; claims.len()])
    }

    fn settle(
        &self,
        book: &mut Book,
        part: &Part<'_, 'a>,
        own: usize,
        shared: Option<&SharedForm>,
    ) -> ClaimMoney {
        let nothing = BTreeMap::new();
        Settlement {
            mapper: &self.mapper,
            timeline: &self.timeline,
            book,
            claim: part.unit.claims[own].claim,
            policy: part.unit.policy,
            key: &part.keys[own],
            lines: part.lines.as_ref().unwrap_or(&nothing),
            shared,
        }
        .settle()
    }

    /// Puts what earlier programs hand over into the inputs that wait for it.
    fn feed(
        &self,
        book: &mut Book,
        members: &[Member<'_>],
        parts: &mut [Part<'_, 'a>],
        at: usize,
    ) -> Vec<HandedOver> {
        let all: Vec<usize> = (0..parts.len()).collect();
        let mut given = Vec::new();
        let mut handed: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
        let target = parts[at].unit.policy;
        for (from, giver) in parts.iter().enumerate() {
            let Some(lines) = giver.lines.as_ref().filter(|_| reaches(members, &all, from, at)) else {
                continue;
            };
            for interaction in giver.unit.policy.interactions.iter().filter(|i| i.with.contains(&target.id)) {
                let (Some(line), Some(input)) = (&interaction.line, &interaction.input) else { continue };
                let Some(Recorded::Node(node)) = lines.get(line) else { continue };
                let mut inputs = parts[at].bound.inputs.iter();
                if !inputs.any(|mapped| mapped.name == *input && may_be_fed(mapped, interaction.relation)) {
                    continue;
                }
                handed.entry(input.clone()).or_default().push(*node);
                given.push(HandedOver {
                    program: giver.unit.policy.id.clone(),
                    relation: interaction.relation,
                    line: line.clone(),
                    node: book.find(&line_address(&giver.key, line)).unwrap_or(*node),
                    input: input.clone(),
                    clause: interaction.clause.clone(),
                });
            }
        }
        for (input, nodes) in handed {
            parts[at].fill(book, &input, &nodes);
        }
        given
    }

    /// Puts the aid of earlier programs beside the other aid that a form holds against its limit.
    fn feed_aid(
        &self,
        book: &mut Book,
        parts: &mut [Part<'_, 'a>],
        earlier: &[usize],
        at: usize,
        runs: &[(usize, ProgramRun)],
    ) -> Vec<HandedOver> {
        let policy = parts[at].unit.policy;
        let Some(limit) = &policy.aid_limit else { return Vec::new() };
        let mut given = Vec::new();
        let mut nodes = Vec::new();
        for from in earlier {
            let giver = &parts[*from];
            let paid = runs.iter().any(|(member, run)| member == from && run.refused_by().is_empty());
            let Some(Recorded::Node(node)) =
                giver.lines.as_ref().and_then(|lines| lines.get(&giver.unit.policy.credit))
            else {
                continue;
            };
            if !paid
                || !aid::counts(limit, policy, giver.unit.policy)
                || self.common_rate(giver.unit.policy).is_none()
                || self.common_rate(policy).is_none()
            {
                continue;
            }
            let (line, node) = (giver.unit.policy.credit.clone(), *node);
            nodes.push(self.in_currency_of(book, policy, giver.unit.policy, node));
            given.push(HandedOver {
                program: giver.unit.policy.id.clone(),
                relation: Relation::ReducesBaseOf,
                node: book.find(&line_address(&giver.key, &line)).unwrap_or(node),
                line,
                input: limit.input.clone(),
                clause: limit.clause.clone(),
            });
        }
        let held = parts[at].bound.inputs.iter().find(|mapped| mapped.name == limit.input);
        let typed = held.is_some_and(|mapped| {
            matches!(mapped.from, MappedFrom::Override | MappedFrom::Answer | MappedFrom::Budget)
        });
        if let Some(Recorded::Node(node)) = parts[at].bound.recorded.get(&limit.input).filter(|_| typed) {
            nodes.push(*node);
        }
        if !given.is_empty() {
            parts[at].fill(book, &limit.input, &nodes);
        }
        given
    }

    /// A credit in the currency of another program, by way of the deal's.
    fn in_currency_of(&self, book: &mut Book, to: &Policy, from: &Policy, credit: NodeId) -> NodeId {
        if to.currency == from.currency {
            return credit;
        }
        let mut node = credit;
        let deal = self.deal.currency;
        if from.currency != deal {
            let rate = self.mapper.cells.rate(book, from.currency, deal);
            node = book.compute(Operation::Product, &[node, rate]);
        }
        if to.currency != deal {
            let rate = self.mapper.cells.rate(book, to.currency, deal);
            node = book.compute(Operation::Quotient, &[node, rate]);
        }
        let amount = Operation::ToMoney { currency: to.currency, rounding: Rounding::HalfUp };
        let money = book.compute(amount, &[node]);
        book.compute(Operation::ToNumber, &[money])
    }

    fn assessed(
        &self,
        book: &Book,
        part: &Part<'_, 'a>,
        own: usize,
        run: Option<&ProgramRun>,
        money: ClaimMoney,
    ) -> ClaimAssessment {
        let candidate = part.unit.claims[own];
        let key = &part.keys[own];
        let day = self.version_day(candidate.claim);
        let lines = run.map_or_else(Vec::new, |run| {
            run.lines
                .iter()
                .map(|trace| {
                    let address = line_address(&part.key, &trace.id);
                    let kind = LineKind::Other;
                    AssessedLine { trace: trace.clone(), node: book.find(&address), address, kind }
                })
                .collect()
        });
        // Of several companies each shows its own spend; a company alone also what the others of the stack gave.
        let inputs = if part.unit.is_shared() { &part.each[own].inputs } else { &part.bound.inputs };
        ClaimAssessment {
            key: key.clone(),
            policy: Some(Arc::clone(&candidate.policy)),
            inputs: inputs.clone(),
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
            joint: part.unit.is_shared() || part.production.is_some(),
            ..ClaimAssessment::empty(candidate.claim, day, Standing::Claimed, None)
        }
    }
}

impl Part<'_, '_> {
    /// Fills an input with the sum of what others hand over.
    fn fill(&mut self, book: &mut Book, input: &str, nodes: &[NodeId]) {
        let sum = book.compute(Operation::Sum, nodes);
        let sum = book.name(sum, format!("incentives.{}.from_stack.{input}", self.key));
        self.bound.recorded.insert(input.to_owned(), Recorded::Node(sum));
        if let Some(mapped) = self.bound.inputs.iter_mut().find(|mapped| mapped.name == input) {
            mapped.from = MappedFrom::Stack;
            mapped.value = value_of(book.value(sum));
            mapped.node = Some(sum);
        }
    }
}

/// Where what several companies give together stands: beside the first of them.
fn production_key(keys: &[String]) -> String {
    format!("{}@production", keys.first().map_or("", String::as_str))
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
