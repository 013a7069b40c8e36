//! One claim of a deal as it crosses the wire.

use recoup_deal::{Deal, Language, Monetisation, findings::said};
use recoup_explain::{Book, NodeId};
use recoup_incentives::{
    BaseStep, ClaimAssessment, Condition, Confidence, Consequence, CreditPart, MappedFrom, MappedInput,
    Policy, ProgramOrigin, Standing, Unit, Value, Verdict, exclusion,
};
use recoup_model::Outcome;

use super::{answer_path, figure, inputs::inputs, points, term, ways};
use crate::{
    AppError,
    wire::{
        AssessedLineDto, AssessedProgram, BaseStepDto, CashEventDto, ConditionDto, CreditPartDto,
        CreditWorth, HandedDto, MonetisationDto, ProgramSource, QuestionDto, StandingReason,
    },
};

/// The claim with everything a reader asks about it.
pub(super) fn assessed(
    deal: &Deal,
    outcome: &Outcome,
    claim: &ClaimAssessment,
) -> Result<AssessedProgram, AppError> {
    let book = &outcome.book;
    let policy = claim.policy.as_deref();
    let typed = deal.incentives.iter().find(|typed| typed.id == claim.claim);
    let named = |of: fn(&Policy) -> &String| policy.map_or_else(|| claim.program.clone(), |p| of(p).clone());
    let lines = claim.lines.iter().map(|line| {
        Ok(AssessedLineDto {
            id: line.trace.id.clone(),
            label: line.trace.label.clone(),
            kind: term(line.kind),
            formula: line.trace.formula.clone(),
            clause: line.trace.clause.clone(),
            source: line.trace.source.clone(),
            figure: book.find(&line.address).map(|node| figure(book, node)).transpose()?,
        })
    });
    let parts = claim.steps.parts.iter().map(|part| credit_part(outcome, claim, part));
    let on_credit = claim.steps.on_credit.iter().map(|step| base_step(outcome, claim, step));
    Ok(AssessedProgram {
        claim: claim.claim.clone(),
        program: claim.program.clone(),
        name: named(|policy| &policy.short_name),
        legal_name: named(|policy| &policy.legal_name),
        jurisdiction: policy
            .map(|policy| policy.jurisdiction.clone())
            .or_else(|| typed.and_then(|typed| typed.jurisdiction.clone()))
            .unwrap_or_default(),
        version: policy.map(|policy| policy.from.to_string()),
        version_on: claim.version_on.to_string(),
        statute: policy.map(|policy| policy.statute.clone()).unwrap_or_default(),
        standing: term(claim.standing),
        reasons: reasons(outcome, claim),
        confidence: policy.map(|policy| match claim.origin {
            // Whatever its file says of itself, nobody but its author does.
            ProgramOrigin::Own => term(Confidence::Low),
            ProgramOrigin::Library | ProgramOrigin::Held => term(policy.confidence),
        }),
        origin: term(claim.origin),
        currency: policy.map_or(deal.currency, |policy| policy.currency).to_string(),
        lines: lines.collect::<Result<_, AppError>>()?,
        parts: parts.collect::<Result<_, _>>()?,
        on_credit: on_credit.collect::<Result<_, _>>()?,
        handed: handed(outcome, claim)?,
        conditions: claim
            .conditions
            .iter()
            .map(|condition| ConditionDto {
                id: condition.id.clone(),
                label: condition.label.clone(),
                verdict: term(condition.verdict),
                consequence: term(condition.consequence),
                clause: condition.clause.clone(),
                remedy: condition.remedy.clone(),
            })
            .collect(),
        points: points::tests(book, claim)?,
        questions: questions(claim),
        inputs: inputs(book, claim)?,
        credit: claim.credit.map(|node| figure(book, node)).transpose()?,
        worth: worth(book, claim)?,
        cash: cash(book, claim)?,
        monetisation: monetisation(typed.and_then(|typed| typed.monetisation.as_ref())),
        ways: ways::of(deal, outcome, claim)?,
        sources: sources(policy),
    })
}

fn worth(book: &Book, claim: &ClaimAssessment) -> Result<Option<CreditWorth>, AppError> {
    let at = |node: NodeId| figure(book, node);
    let (Some(gross), Some(received), Some(fees), Some(tax), Some(net), Some(beside)) =
        (claim.credit_in_deal, claim.received, claim.fees, claim.tax, claim.net, claim.worth)
    else {
        return Ok(None);
    };
    Ok(Some(CreditWorth {
        gross: at(gross)?,
        received: at(received)?,
        fees: at(fees)?,
        tax: at(tax)?,
        net: at(net)?,
        spend: at(beside.spend)?,
        spend_rate: at(beside.of_spend)?,
        budget_rate: at(beside.of_budget)?,
        stack_net: claim.stack_net.map(at).transpose()?,
    }))
}

fn cash(book: &Book, claim: &ClaimAssessment) -> Result<Vec<CashEventDto>, AppError> {
    claim
        .cash
        .iter()
        .map(|event| {
            Ok(CashEventDto {
                label: event.label.clone(),
                date: event.date.map(|date| date.to_string()),
                figure: figure(book, event.node)?,
            })
        })
        .collect()
}

fn credit_part(
    outcome: &Outcome,
    claim: &ClaimAssessment,
    part: &CreditPart,
) -> Result<CreditPartDto, AppError> {
    let book = &outcome.book;
    let optional = |node: Option<NodeId>| node.map(|node| figure(book, node)).transpose();
    let has_amount = |node: NodeId| book.value(node).as_number().is_some_and(|amount| !amount.is_zero());
    Ok(CreditPartDto {
        id: part.ground.id.clone(),
        label: part.ground.label.clone(),
        clause: part.ground.clause.clone(),
        source: part.ground.source.clone(),
        counted: part
            .counted
            .iter()
            .filter(|(_, node)| has_amount(*node))
            .map(|(ground, _)| ground.label.clone())
            .collect(),
        before: optional(part.before)?,
        steps: part.steps.iter().map(|step| base_step(outcome, claim, step)).collect::<Result<_, _>>()?,
        base: optional(part.base)?,
        rate: optional(part.rate)?,
        credit: figure(book, part.credit)?,
    })
}

fn base_step(outcome: &Outcome, claim: &ClaimAssessment, step: &BaseStep) -> Result<BaseStepDto, AppError> {
    let fed = claim.handed.iter().filter(|handed| step.fed.contains(&handed.input));
    let mut programs: Vec<String> = fed.map(|handed| name_of(outcome, &handed.program)).collect();
    programs.dedup();
    Ok(BaseStepDto {
        id: step.ground.id.clone(),
        kind: term(step.kind),
        label: step.ground.label.clone(),
        clause: step.ground.clause.clone(),
        source: step.ground.source.clone(),
        programs,
        taken_out: figure(&outcome.book, step.taken_out)?,
        left: figure(&outcome.book, step.left)?,
    })
}

fn handed(outcome: &Outcome, claim: &ClaimAssessment) -> Result<Vec<HandedDto>, AppError> {
    let named = claim.handed.iter().filter(|handed| outcome.book.address(handed.node).is_some());
    named
        .map(|handed| {
            Ok(HandedDto {
                program: handed.program.clone(),
                name: name_of(outcome, &handed.program),
                relation: term(handed.relation),
                input: handed.input.clone(),
                clause: handed.clause.clone(),
                figure: figure(&outcome.book, handed.node)?,
            })
        })
        .collect()
}

fn name_of(outcome: &Outcome, program: &str) -> String {
    let policies = outcome.incentives.claims.iter().filter_map(|claim| claim.policy.as_ref());
    let found = policies.into_iter().find(|policy| policy.id == program);
    found.map_or_else(|| program.to_owned(), |policy| policy.short_name.clone())
}

/// Why a claim does not count, and what stands against it.
fn reasons(outcome: &Outcome, claim: &ClaimAssessment) -> Vec<StandingReason> {
    let plain =
        StandingReason { kind: String::new(), message: None, clause: None, program: None, remedy: None };
    let mut found = Vec::new();
    if claim.standing == Standing::Unavailable {
        let message = claim.reason.as_ref().map(|reason| said(reason, Language::default()));
        found.push(StandingReason { kind: "unavailable".to_owned(), message, ..plain.clone() });
    }
    if let Some(policy) = claim.policy.as_ref().filter(|_| claim.standing != Standing::Claimed) {
        let counted = outcome.incentives.claims.iter().filter(|one| one.standing == Standing::Claimed);
        for other in counted.filter_map(|one| one.policy.as_ref()) {
            if let Some(exclusion) = exclusion(policy, other) {
                found.push(StandingReason {
                    kind: "excluded_by".to_owned(),
                    clause: Some(exclusion.clause),
                    program: Some(other.short_name.clone()),
                    ..plain.clone()
                });
            }
        }
    }
    if claim.standing == Standing::Rejected {
        found.push(StandingReason { kind: "less_worth".to_owned(), ..plain.clone() });
    }
    for condition in &claim.conditions {
        let kind = match (condition.verdict, condition.consequence) {
            (Verdict::Fail, Consequence::NoCredit) => "condition_failed",
            (Verdict::Fail, Consequence::Doubt) => "condition_doubted",
            (Verdict::Unknown, Consequence::NoCredit) => "condition_open",
            _ => continue,
        };
        found.push(StandingReason {
            kind: kind.to_owned(),
            message: Some(condition.label.clone()),
            clause: Some(condition.clause.clone()),
            program: None,
            remedy: condition.remedy.clone(),
        });
    }
    found
}

/// The yes-or-no questions and closed choices of the form that no budget line and no other program answers.
fn questions(claim: &ClaimAssessment) -> Vec<QuestionDto> {
    let Some(policy) = claim.policy.as_deref() else { return Vec::new() };
    let options = |input: &MappedInput| {
        policy
            .inputs
            .iter()
            .find(|one| one.name == input.name)
            .map(|one| one.options.clone())
            .unwrap_or_default()
    };
    claim
        .inputs
        .iter()
        .filter(|input| input.from != MappedFrom::Stack && !points::answers_a_test(policy, &input.name))
        .filter(|input| input.unit == Unit::Flag || input.unit == Unit::Text && !options(input).is_empty())
        .map(|input| QuestionDto {
            name: input.name.clone(),
            label: input.label.clone(),
            path: answer_path(claim, input),
            answer: match &input.value {
                Value::Flag(yes) => Some(yes.to_string()),
                Value::Text(word) => Some(word.clone()),
                Value::Number(_) | Value::List(_) | Value::Absent => None,
            },
            typed: matches!(input.from, MappedFrom::Answer | MappedFrom::Override),
            options: options(input),
            decides: policy.conditions.iter().any(|condition| refuses_by(policy, condition, &input.name)),
        })
        .collect()
}

/// Whether a condition that refuses the credit rests on an input.
fn refuses_by(policy: &Policy, condition: &Condition, input: &str) -> bool {
    let mut open = condition.test.expression().names();
    let mut seen: Vec<&str> = Vec::new();
    while let Some(name) = open.pop() {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        if let Some(line) = policy.lines.iter().find(|line| line.id == name) {
            open.extend(line.formula.expression().names());
        }
    }
    condition.consequence == Consequence::NoCredit && seen.contains(&input)
}

fn monetisation(typed: Option<&Monetisation>) -> MonetisationDto {
    let (how, instrument) = match typed {
        None | Some(Monetisation::Direct) => ("direct", None),
        Some(Monetisation::Loan(instrument)) => ("loan", Some(instrument.clone())),
        Some(Monetisation::Transfer(_)) => ("transfer", None),
        Some(Monetisation::Offset) => ("offset", None),
    };
    MonetisationDto { how: how.to_owned(), instrument }
}

fn sources(policy: Option<&Policy>) -> Vec<ProgramSource> {
    let sources = policy.map(|policy| policy.sources.as_slice()).unwrap_or_default();
    sources
        .iter()
        .map(|source| ProgramSource {
            title: source.title.clone(),
            address: source.address.clone(),
            date: source.date.clone(),
            seen: source.seen.to_string(),
            kind: source.kind.clone(),
        })
        .collect()
}
