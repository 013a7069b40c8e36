//! The incentives of a deal program by program, and what other answers would lead to.

use std::cmp::Ordering;

use recoup_deal::Deal;
use recoup_explain::{Book, NodeId, Quantity};
use recoup_incentives::{ClaimAssessment, MappedFrom, Standing, Unit, assess};
use recoup_model::Outcome;
use serde_json::Value;

use crate::{
    App, AppError, ErrorCode,
    computation::catalog,
    figures::quantity,
    findings::spoken,
    wire::{FigureDto, IncentivesView, ViewIncentives, WeighAnswers, WeighedAnswer, WeighedAnswers},
};

mod cases;
mod combinations;
mod inputs;
mod jurisdictions;
mod language;
mod lines;
mod moves;
mod points;
mod program;
mod supposed;
mod time;
mod told;
mod ways;

pub(crate) use cases::explained_case;
pub use combinations::weigh_combinations;
pub use jurisdictions::survey_jurisdictions;
pub use lines::weigh_lines;
pub use moves::{move_line, weigh_place};
pub use time::view_incentives_over_time;
pub(crate) use told::told;

use cases::Of;
pub(crate) use cases::{NET, address_under};

/// Every program that was considered, with its steps, lines, conditions and payments.
pub async fn view_incentives(app: &App, request: ViewIncentives) -> Result<IncentivesView, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    let mut view = view(&state.deal, state.outcome()?, revision)?;
    language::speak(&mut view, language);
    Ok(view)
}

/// What the deal's incentives would leave with other answers to one program's yes-or-no questions. A criterion
/// of a points test is told in points instead.
pub async fn weigh_answers(app: &App, request: WeighAnswers) -> Result<WeighedAnswers, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let answers = weighed(&state.deal, state.outcome()?, &request.claim)?;
    Ok(WeighedAnswers { revision, answers })
}

/// The view of a computed deal.
pub(crate) fn view(deal: &Deal, outcome: &Outcome, revision: u32) -> Result<IncentivesView, AppError> {
    let assessment = &outcome.incentives;
    let book = &outcome.book;
    let place = |claim: &ClaimAssessment| {
        let counts = claim.standing == Standing::Claimed;
        let order = assessment.chosen.iter().position(|program| *program == claim.program);
        order.filter(|_| counts).unwrap_or(usize::MAX)
    };
    let mut claims: Vec<&ClaimAssessment> = assessment.claims.iter().collect();
    claims.sort_by_key(|claim| place(claim));
    Ok(IncentivesView {
        revision,
        currency: deal.currency.to_string(),
        credits: figure(book, assessment.credits)?,
        net: figure(book, assessment.net)?,
        budget_rate: figure(book, assessment.of_budget)?,
        programs: claims
            .into_iter()
            .map(|claim| program::assessed(deal, outcome, claim))
            .collect::<Result<_, _>>()?,
    })
}

/// A named figure as it crosses the wire.
pub(crate) fn figure(book: &Book, node: NodeId) -> Result<FigureDto, AppError> {
    let address = book.address(node).ok_or_else(|| {
        AppError::new(ErrorCode::Internal, "A figure of the incentives cannot be explained.")
    })?;
    Ok(FigureDto { address: address.to_string(), value: quantity(book.value(node))? })
}

/// The cell that holds the answer to a question of a claim's program: where it was typed, else among the
/// claim's answers.
fn answer_path(claim: &ClaimAssessment, input: &recoup_incentives::MappedInput) -> String {
    let typed = matches!(input.from, MappedFrom::Answer | MappedFrom::Override);
    let path = input.paths.first().filter(|_| typed).cloned();
    path.unwrap_or_else(|| format!("incentives[{}].answers.{}", claim.claim, input.name))
}

fn weighed(deal: &Deal, outcome: &Outcome, claim: &str) -> Result<Vec<WeighedAnswer>, AppError> {
    let claim = outcome.incentives.claims.iter().find(|one| one.claim == claim).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "This deal has no such claim.").with("claim", claim)
    })?;
    let now = outcome.book.value(outcome.incentives.net);
    let mut answers = Vec::new();
    let of_a_test =
        |input: &str| claim.policy.as_deref().is_some_and(|policy| points::answers_a_test(policy, input));
    let flags = claim.inputs.iter().filter(|input| input.unit == Unit::Flag && !of_a_test(&input.name));
    for input in flags {
        let path = answer_path(claim, input);
        for yes in [true, false].into_iter().filter(|yes| input.value.flag() != Some(*yes)) {
            let case = cases::answer(&path, yes);
            let mut book = Book::new();
            let then = assess(&case.of(deal)?, catalog()?, &mut book).net;
            let net = book.value(then);
            answers.push(WeighedAnswer {
                question: input.name.clone(),
                answer: yes.to_string(),
                net: FigureDto { address: cases::address(Of::If, &case, NET), value: quantity(net)? },
                effect: effect(now, net).to_owned(),
            });
        }
    }
    Ok(answers)
}

fn effect(now: &Quantity, then: &Quantity) -> &'static str {
    match (now.as_money(), then.as_money()) {
        (Some(now), Some(then)) => match then.minor().cmp(&now.minor()) {
            Ordering::Less => "less",
            Ordering::Equal => "same",
            Ordering::Greater => "more",
        },
        _ => "none",
    }
}

/// A closed term as it is written on the wire.
pub(crate) fn term(value: impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|term: Value| term.as_str().map(str::to_owned))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
