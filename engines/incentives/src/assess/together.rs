//! Programs that are taken to stand together, assessed as such: what they hand over and what they leave, without the
//! claims beside them.

use std::collections::BTreeSet;

use recoup_deal::Deal;
use recoup_explain::{Absence, Book, NodeId, Operation, Quantity};
use recoup_money::Rounding;

use super::{Assessor, Candidate, ClaimAssessment, RecordedStack};
use crate::answers::Answers;
use crate::catalog::Catalog;
use crate::expression::{Binary, Expression};
use crate::policy::{Consequence, Policy, Unit};
use crate::record::Recorder;
use crate::run::{ConditionResult, Form, Verdict, run};
use crate::stack::order;
use crate::yields::{name_net_of_budget, name_overall};

/// A group of programs on one deal, recorded in a book as the deal's own claims are.
pub(crate) struct Together {
    /// The programs that pay, in the deal's order.
    pub(crate) claims: Vec<ClaimAssessment>,
    /// The programs that cannot pay, with the ground.
    pub(crate) without: Vec<Without>,
    /// `incentives.net`.
    pub(crate) net: NodeId,
    /// `incentives.net_rate`.
    pub(crate) net_rate: NodeId,
}

/// A program that cannot pay here.
pub(crate) struct Without {
    pub(crate) policy: std::sync::Arc<Policy>,
    pub(crate) ground: Ground,
}

/// Why a program cannot pay here.
pub(crate) enum Ground {
    /// Conditions of the law that fail, each with the figure of what is missing where it is a matter of amounts.
    Refused(Vec<(ConditionResult, Option<NodeId>)>),
    /// The form lacks something; the cell that is missing where it is known.
    Open(Option<String>),
}

/// The best legal combination of a deal's programs among those that can pay, recorded. What each open condition asks
/// is taken as met, as everywhere; a program that the law refuses hands nothing to the others.
pub(crate) fn assess_payable(deal: &Deal, catalog: &Catalog, book: &mut Book) -> Together {
    let assessor = Assessor::of(deal);
    let (candidates, _) = assessor.candidates(catalog, &mut Vec::new());
    let mut payable = Vec::new();
    let mut without = Vec::new();
    for candidate in candidates {
        match assessor.ground_against(book, &candidate) {
            None => payable.push(candidate),
            Some(ground) => without.push(Without { policy: candidate.policy, ground }),
        }
    }
    let choice = assessor.choose(&payable, &mut Vec::new());
    let chosen: Vec<&Candidate<'_>> =
        payable.iter().filter(|one| choice.chosen.programs.contains(&one.policy.id)).collect();
    let stack = assessor.record(book, &chosen, None);
    assessor.summed(book, stack, without)
}

/// Exactly these of the deal's programs, whether or not the law lets them stand together: what they would leave, under
/// the addresses that the deal's own claims have. In the order in which they are computed.
pub fn assess_these(
    deal: &Deal,
    catalog: &Catalog,
    programs: &BTreeSet<String>,
    book: &mut Book,
) -> Vec<ClaimAssessment> {
    let assessor = Assessor::of(deal);
    let (candidates, _) = assessor.candidates(catalog, &mut Vec::new());
    let mut taken: Vec<&Candidate<'_>> = Vec::new();
    for candidate in candidates.iter().filter(|one| programs.contains(&one.policy.id)) {
        // Of several claims on one program the one that may count stands, else the first.
        match taken.iter_mut().find(|other| other.policy.id == candidate.policy.id) {
            None => taken.push(candidate),
            Some(other) if !assessor.may_count(other) && assessor.may_count(candidate) => *other = candidate,
            Some(_) => {}
        }
    }
    let stack = assessor.record(book, &taken, None);
    let policies: Vec<&Policy> = taken.iter().map(|one| one.policy.as_ref()).collect();
    let sequence = order(&policies).unwrap_or_else(|_| (0..taken.len()).collect());
    let mut claims = assessor.summed(book, stack, Vec::new()).claims;
    let place = |program: &str| sequence.iter().position(|at| policies[*at].id == program);
    claims.sort_by_key(|claim| place(&claim.program));
    claims
}

impl<'a> Assessor<'a> {
    fn summed(&self, book: &mut Book, stack: RecordedStack, without: Vec<Without>) -> Together {
        let claims: Vec<ClaimAssessment> = stack.claims.into_values().collect();
        let credits: Vec<NodeId> = claims.iter().filter_map(|claim| claim.credit_in_deal).collect();
        let credits = self.total(book, &credits, "incentives.credits");
        let net = self.total(book, &stack.nets, "incentives.net");
        name_overall(book, &self.mapper, credits);
        let net_rate = name_net_of_budget(book, &self.mapper, net);
        Together { claims, without, net, net_rate }
    }

    /// Why a program pays nothing by itself; none where it pays, were it only a cent.
    fn ground_against(&self, book: &mut Book, candidate: &Candidate<'a>) -> Option<Ground> {
        let policy = &candidate.policy;
        let alone = self.bind(&mut Book::new(), candidate, &candidate.claim.id);
        let run = run(policy, &alone.answers, &Answers::new()).ok()?;
        if run.refused_by().is_empty() && run.net().is_some() && self.is_priced(policy) {
            return None;
        }
        let bound = self.bind(book, candidate, &policy.id);
        let form = Form::of(policy, None);
        let mut recorder = Recorder::new(book, &form, &policy.id, bound.recorded);
        recorder.record();
        let failed: Vec<(ConditionResult, Option<NodeId>)> = run
            .conditions
            .iter()
            .filter(|one| one.verdict == Verdict::Fail && one.consequence == Consequence::NoCredit)
            .map(|one| (one.clone(), shortfall(&mut recorder, &one.id)))
            .collect();
        if !failed.is_empty() {
            return Some(Ground::Refused(failed));
        }
        if !self.is_priced(policy) {
            let rate = self.mapper.cells.rate(book, policy.currency, self.deal.currency);
            return Some(Ground::Open(missing(book, rate)));
        }
        let credit = recorder.form.lines.iter().position(|line| line.id == policy.net_line());
        let credit = credit.and_then(|_| recorder.lines.get(policy.net_line()).cloned());
        Some(Ground::Open(match credit {
            Some(crate::record::Recorded::Node(node)) => missing(book, node),
            _ => None,
        }))
    }

    /// Whether the program's currency meets the deal's at a rate of their own.
    fn is_priced(&self, policy: &Policy) -> bool {
        let (from, to) = (policy.currency, self.deal.currency);
        let mut book = Book::new();
        from == to || {
            let rate = self.mapper.cells.rate(&mut book, from, to);
            book.value(rate).absence().is_none()
        }
    }
}

fn missing(book: &Book, node: NodeId) -> Option<String> {
    match book.value(node) {
        Quantity::Absent(Absence::Missing { path }) => Some(path.to_string()),
        _ => None,
    }
}

/// By how much a condition on amounts is missed, under `incentives.<program>.missed.<condition>`.
fn shortfall<'e>(recorder: &mut Recorder<'e, '_>, condition: &str) -> Option<NodeId> {
    let policy: &'e Policy = recorder.policy;
    let found = policy.conditions.iter().find(|one| one.id == condition)?;
    let (more, less) = compared(recorder, found.test.expression(), condition)?;
    let (high, low) = (recorder.node(more, condition), recorder.node(less, condition));
    let lacking = recorder.book.compute(Operation::Difference, &[high, low]);
    let address = format!("incentives.{}.missed.{condition}", recorder.key);
    let amount = is_money(policy, more) && is_money(policy, less);
    let node = if amount {
        let currency = policy.currency;
        let rounded = Operation::ToMoney { currency, rounding: Rounding::HalfUp };
        recorder.book.figure(address, rounded, &[lacking])
    } else {
        recorder.book.name(lacking, address)
    };
    recorder.book.value(node).absence().is_none().then_some(node)
}

/// The two sides of the first comparison that fails, the one that is too large first.
fn compared<'e>(
    recorder: &mut Recorder<'e, '_>,
    test: &'e Expression,
    condition: &str,
) -> Option<(&'e Expression, &'e Expression)> {
    let policy = recorder.policy;
    let (operator, left, right) = match test {
        Expression::Binary(operator, left, right) => (operator, left, right),
        Expression::Name(name) => {
            let line = policy.lines.iter().find(|line| line.id == *name)?;
            return compared(recorder, line.formula.expression(), condition);
        }
        _ => return None,
    };
    match operator {
        Binary::And | Binary::Or => {
            compared(recorder, left, condition).or_else(|| compared(recorder, right, condition))
        }
        Binary::GreaterOrEqual | Binary::Greater | Binary::LessOrEqual | Binary::Less => {
            let node = recorder.node(test, condition);
            let fails = recorder.book.value(node).as_flag() == Some(false);
            let rising = matches!(operator, Binary::GreaterOrEqual | Binary::Greater);
            fails.then_some(if rising { (&**right, &**left) } else { (&**left, &**right) })
        }
        _ => None,
    }
}

/// Whether an expression is an amount: it names one, or is nought.
fn is_money(policy: &Policy, expression: &Expression) -> bool {
    let unit = |name: &str| {
        let line = policy.lines.iter().find(|line| line.id == name).map(|line| line.unit);
        let input = || policy.inputs.iter().find(|input| input.name == name).map(|input| input.unit);
        let constant = || policy.constants.iter().find(|one| one.id == name).map(|one| one.unit);
        line.or_else(input).or_else(constant)
    };
    let names = expression.names();
    names.iter().any(|name| unit(name) == Some(Unit::Money))
}
