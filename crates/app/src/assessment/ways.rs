//! The ways in which a credit may become cash, as they cross the wire.

use recoup_deal::Deal;
use recoup_explain::{Book, NodeId};
use recoup_incentives::{
    ClaimAssessment, ClaimWays, Flow, LoanFigures, Policy, UsualLoan, WayAssessment, WayEvent, WayFigures,
    WayKind,
};
use recoup_model::Outcome;

use super::{figure, term};
use crate::{
    AppError,
    wire::{
        ClaimWaysDto, FigureDto, UsualLoanDto, UsualSaleDto, WayDto, WayEventDto, WayFiguresDto, WayLoanDto,
    },
};

/// The ways of a claim; none where it does not count.
pub(super) fn of(
    deal: &Deal,
    outcome: &Outcome,
    claim: &ClaimAssessment,
) -> Result<Option<ClaimWaysDto>, AppError> {
    let Some(ways) = outcome.incentives.ways.iter().find(|ways| ways.claim == claim.claim) else {
        return Ok(None);
    };
    let Some(policy) = claim.policy.as_deref() else { return Ok(None) };
    let ClaimWays { chosen, day, rate, probability, best_by_cash, best_by_value, .. } = ways;
    let book = &outcome.book;
    let typed = deal.incentives.iter().find(|typed| typed.id == claim.claim);
    Ok(Some(ClaimWaysDto {
        chosen: term(chosen),
        day: maybe(book, *day)?,
        rate: figure(book, *rate)?,
        probability: figure(book, *probability)?,
        status: typed.and_then(|typed| typed.status).map(term),
        best_by_cash: best_by_cash.map(term),
        best_by_value: best_by_value.map(term),
        usual_loan: usual_loan(ways.lent_on),
        ways: ways.ways.iter().map(|way| told(book, policy, way)).collect::<Result<_, _>>()?,
    }))
}

fn usual_loan(lent_on: WayKind) -> UsualLoanDto {
    let UsualLoan { advance, advance_on_sale, rate, fee, .. } = UsualLoan::market();
    let advance = if lent_on == WayKind::Transfer { advance_on_sale } else { advance };
    let [advance, rate, fee] = [advance, rate, fee].map(|share| share.normalize().to_string());
    UsualLoanDto { advance, rate, fee }
}

fn maybe(book: &Book, node: Option<NodeId>) -> Result<Option<FigureDto>, AppError> {
    node.map(|node| figure(book, node)).transpose()
}

fn told(book: &Book, policy: &Policy, way: &WayAssessment) -> Result<WayDto, AppError> {
    let rule = policy.way(way.kind);
    let source = rule.and_then(|rule| policy.source(&rule.source));
    let price = rule.and_then(|rule| rule.price.as_ref()).filter(|_| way.kind == WayKind::Transfer);
    Ok(WayDto {
        way: term(way.kind),
        closed: way.closed.map(term),
        ground: rule.map(|rule| rule.ground.clone()),
        clause: rule.map(|rule| rule.clause.clone()),
        source: source.map(|source| source.address.clone()),
        confidence: rule.map(|rule| term(rule.confidence)),
        buyers: rule.and_then(|rule| rule.buyers.clone()),
        figures: way.figures.as_ref().map(|figures| figures_of(book, figures)).transpose()?,
        usual: price.map(|price| UsualSaleDto {
            price: price.usual.normalize().to_string(),
            broker: price.broker.map(|broker| broker.normalize().to_string()),
        }),
    })
}

fn figures_of(book: &Book, figures: &WayFigures) -> Result<WayFiguresDto, AppError> {
    Ok(WayFiguresDto {
        cash: figure(book, figures.cash)?,
        cost: figure(book, figures.cost)?,
        annual_cost: maybe(book, figures.annual_cost)?,
        npv: maybe(book, figures.npv)?,
        npv_expected: maybe(book, figures.npv_expected)?,
        date: maybe(book, figures.date)?,
        settled: maybe(book, figures.settled)?,
        price: maybe(book, figures.price)?,
        floor: maybe(book, figures.floor)?,
        loan: figures.loan.as_ref().map(|loan| loan_of(book, loan)).transpose()?,
        events: figures.events.iter().map(|event| event_of(book, event)).collect::<Result<_, _>>()?,
    })
}

fn loan_of(book: &Book, loan: &LoanFigures) -> Result<WayLoanDto, AppError> {
    Ok(WayLoanDto {
        instrument: loan.instrument.clone(),
        principal: figure(book, loan.principal)?,
        interest: figure(book, loan.interest)?,
        fees: figure(book, loan.fees)?,
        drawn: figure(book, loan.drawn)?,
    })
}

fn event_of(book: &Book, event: &WayEvent) -> Result<WayEventDto, AppError> {
    let kind = match event.kind {
        Flow::Payment => "payment",
        Flow::Advance => "advance",
        Flow::Interest => "interest",
    };
    Ok(WayEventDto {
        kind: kind.to_owned(),
        label: event.cash.label.clone(),
        date: event.cash.date.map(|date| date.to_string()),
        figure: figure(book, event.cash.node)?,
    })
}
