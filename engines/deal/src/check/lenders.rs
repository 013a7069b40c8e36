//! What a lender asks before lending: when the loan is due, how much is advanced, what stands behind it.

use recoup_calendar::Date;
use rust_decimal::Decimal;

use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::instrument::{
    AmountRule, Collateral, DrawMethod, FeeAmount, Instrument, InterestRate, Maturity, Terms,
};
use crate::timeline::Timeline;

pub(super) fn at(instrument: &Instrument, field: &str) -> String {
    format!("instruments[{}].{field}", instrument.id)
}

/// The loans of a deal that lend anything.
pub(super) fn loans(deal: &Deal) -> impl Iterator<Item = &Instrument> {
    deal.instruments.iter().filter(|one| one.terms.is_debt() && !gives_nothing(one))
}

/// The day on which a loan is due.
pub(super) fn due(loan: &Instrument, timeline: &Timeline) -> Option<Date> {
    match loan.maturity.as_ref()? {
        Maturity::Date(day) => Some(*day),
        Maturity::After(due) => timeline.due(due),
    }
}

/// The first day on which an instrument may give money.
pub(super) fn first_drawn(instrument: &Instrument, timeline: &Timeline) -> Option<Date> {
    let Some(drawdown) = &instrument.drawdown else { return timeline.close() };
    match drawdown.method {
        DrawMethod::Steps | DrawMethod::AsReceived => paid_on(instrument, timeline).into_iter().min(),
        DrawMethod::AtClose => timeline.close(),
        DrawMethod::AsSpendFallsDue => match &drawdown.from {
            Some(milestone) => timeline.days(milestone).first().map(|(day, _)| *day),
            None => timeline.close(),
        },
    }
}

/// The days on which the steps of an instrument are paid.
pub(super) fn paid_on(instrument: &Instrument, timeline: &Timeline) -> Vec<Date> {
    let steps = instrument.drawdown.iter().flat_map(|drawdown| &drawdown.steps);
    let mut days = Vec::new();
    for step in steps {
        let lag = i32::try_from(step.lag_months.unwrap_or(0)).unwrap_or(0);
        days.extend(timeline.days(&step.on).into_iter().filter_map(|(day, _)| day.add_months(lag).ok()));
    }
    if days.is_empty() && instrument.terms.licence().is_some() {
        days.extend(timeline.final_delivery());
    }
    days
}

/// Claims and contracts whose cash repays a loan.
pub(super) fn assigned(loan: &Instrument) -> Vec<&Collateral> {
    let advanced = loan.advance_parts().iter().map(|part| &part.against);
    let charged = loan.security.iter().map(|security| &security.over);
    advanced
        .chain(charged)
        .filter(|over| matches!(over, Collateral::Claim(_) | Collateral::Instrument(_)))
        .collect()
}

/// What a piece of collateral is called: the program of a claim, the name of a contract.
fn called(deal: &Deal, over: &Collateral) -> Option<String> {
    match over {
        Collateral::Claim(id) => {
            deal.incentives.iter().find(|claim| claim.id == *id).map(|claim| claim.program.clone())
        }
        Collateral::Instrument(id) => {
            deal.instruments.iter().find(|one| one.id == *id).map(|one| one.name.clone())
        }
        Collateral::Source(id) => {
            deal.revenue.sources.iter().find(|source| source.id == *id).map(|source| source.label.clone())
        }
        Collateral::UnsoldTerritories | Collateral::AllAssets => None,
    }
}

/// A loan is drawn before it is due, and one that receipts repay runs at least to delivery.
pub(super) fn due_days(deal: &Deal, out: &mut Vec<Finding>) {
    let timeline = Timeline::of(deal);
    for loan in loans(deal) {
        let Some(due) = due(loan, &timeline) else { continue };
        if let Some(drawn) = first_drawn(loan, &timeline).filter(|drawn| due < *drawn) {
            out.push(
                Finding::new(Severity::Blocker, "LOAN_DUE_BEFORE_DRAWN", at(loan, "maturity"))
                    .with("name", &loan.name)
                    .with("due", due)
                    .with("drawn", drawn),
            );
            continue;
        }
        let on_receipts = assigned(loan).is_empty() && !matches!(loan.terms, Terms::Bridge(_));
        let delivery = timeline.final_delivery().filter(|delivery| on_receipts && due < *delivery);
        if let Some(delivery) = delivery {
            out.push(
                Finding::new(Severity::Blocker, "LOAN_DUE_BEFORE_DELIVERY", at(loan, "maturity"))
                    .with("name", &loan.name)
                    .with("due", due)
                    .with("delivery", delivery),
            );
        }
    }
}

/// No money is called before the financing has closed.
pub(super) fn early_calls(deal: &Deal, out: &mut Vec<Finding>) {
    let timeline = Timeline::of(deal);
    let Some(close) = timeline.close() else { return };
    for instrument in loans(deal) {
        let Some(drawdown) = &instrument.drawdown else { continue };
        if drawdown.method != DrawMethod::AsSpendFallsDue {
            continue;
        }
        if let Some(from) = first_drawn(instrument, &timeline).filter(|from| *from < close) {
            out.push(
                Finding::new(Severity::Question, "CALLED_BEFORE_CLOSE", at(instrument, "drawdown.from"))
                    .with("name", &instrument.name)
                    .with("from", from)
                    .with("close", close),
            );
        }
    }
}

/// Nobody advances more than the whole of a piece of collateral: not one loan, and not several together.
pub(super) fn advances(deal: &Deal, out: &mut Vec<Finding>) {
    let mut pledged: Vec<(&Collateral, Decimal)> = Vec::new();
    for loan in loans(deal) {
        for part in loan.advance_parts() {
            let path = at(loan, &format!("amount.advance.parts[{}].share", part.id));
            let Some(over) = called(deal, &part.against) else { continue };
            if part.share > Decimal::ONE {
                out.push(
                    Finding::new(Severity::Blocker, "ADVANCE_OVER_WHOLE", path)
                        .with("name", &loan.name)
                        .with("program", over)
                        .with("share", FindingValue::Rate(part.share)),
                );
                continue;
            }
            let place = pledged.iter().position(|(other, _)| *other == &part.against);
            let before = place.map_or(Decimal::ZERO, |place| pledged[place].1);
            match place {
                Some(place) => pledged[place].1 += part.share,
                None => pledged.push((&part.against, part.share)),
            }
            let sum = before + part.share;
            if !before.is_zero() && sum > Decimal::ONE {
                out.push(
                    Finding::new(Severity::Blocker, "COLLATERAL_PLEDGED_TWICE", path)
                        .with("name", &loan.name)
                        .with("program", over)
                        .with("sum", FindingValue::Rate(sum))
                        .with("left", FindingValue::Rate(Decimal::ONE - before)),
                );
            }
        }
    }
}

/// A fee is a part of what it is paid for.
pub(super) fn fees(deal: &Deal, out: &mut Vec<Finding>) {
    for instrument in &deal.instruments {
        for fee in &instrument.fees {
            let (share, field) = match fee.amount {
                Some(FeeAmount::Share(share)) => (share, "share"),
                Some(FeeAmount::ShareOfUndrawn(share)) => (share, "share_of_undrawn"),
                _ => continue,
            };
            if share > Decimal::ONE {
                let path = at(instrument, &format!("fees[{}].amount.{field}", fee.id));
                out.push(
                    Finding::new(Severity::Blocker, "FEE_OVER_WHOLE", path)
                        .with("name", &instrument.name)
                        .with("share", FindingValue::Rate(share)),
                );
            }
        }
    }
}

/// A margin stands over a rate, and from the first day on which it is charged.
pub(super) fn base_rates(deal: &Deal, out: &mut Vec<Finding>) {
    let timeline = Timeline::of(deal);
    for loan in loans(deal) {
        let Some(InterestRate::OverBase(over)) = &loan.rate else { continue };
        let Some(base) = deal.market.base_rates.iter().find(|base| base.id == over.base) else { continue };
        let Some(first) = base.points.iter().map(|point| point.from).min() else {
            out.push(
                Finding::new(Severity::Blocker, "BASE_RATE_EMPTY", at(loan, "rate.over_base.base"))
                    .with("name", &loan.name)
                    .with("base", &base.name),
            );
            continue;
        };
        if let Some(drawn) = first_drawn(loan, &timeline).filter(|drawn| *drawn < first) {
            out.push(
                Finding::new(Severity::Question, "BASE_RATE_BEGINS_LATE", at(loan, "rate.over_base.base"))
                    .with("name", &loan.name)
                    .with("base", &base.name)
                    .with("first", first)
                    .with("drawn", drawn),
            );
        }
    }
}

impl Instrument {
    /// The parts in which it advances against collateral; none where its amount is another rule.
    fn advance_parts(&self) -> &[crate::instrument::AdvancePart] {
        match &self.amount {
            Some(AmountRule::Advance(advance)) => &advance.parts,
            _ => &[],
        }
    }
}

/// Whether an instrument is typed or limited to nothing: a place kept free in the plan.
pub(super) fn gives_nothing(instrument: &Instrument) -> bool {
    match &instrument.amount {
        Some(AmountRule::Fixed(amount)) => amount.is_zero(),
        Some(AmountRule::Advance(advance)) => advance.limit.is_some_and(|limit| limit.is_zero()),
        Some(AmountRule::ShareOfBudget(part)) => part.share.is_zero(),
        Some(AmountRule::Remainder(rest)) => rest.at_most.is_some_and(|limit| limit.is_zero()),
        None => false,
    }
}
