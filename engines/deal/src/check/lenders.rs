//! What a lender asks before lending: when the loan is due, how much is advanced, what stands behind it.

use recoup_calendar::Date;
use recoup_money::Money;
use rust_decimal::Decimal;

use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::instrument::{
    AmountRule, Collateral, DrawMethod, FeeAmount, Instrument, InterestRate, Maturity, Terms,
};
use crate::milestone::Milestone;
use crate::revenue::RevenueSource;
use crate::timeline::Timeline;

fn at(instrument: &Instrument, field: &str) -> String {
    format!("instruments[{}].{field}", instrument.id)
}

/// The loans of a deal that lend anything.
fn loans(deal: &Deal) -> impl Iterator<Item = &Instrument> {
    deal.instruments.iter().filter(|one| one.terms.is_debt() && !gives_nothing(one))
}

/// The day on which a loan is due.
fn due(loan: &Instrument, timeline: &Timeline) -> Option<Date> {
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
fn paid_on(instrument: &Instrument, timeline: &Timeline) -> Vec<Date> {
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
fn assigned(loan: &Instrument) -> Vec<&Collateral> {
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

/// A loan that stands behind others is priced for it; a bridge leads somewhere, and in time.
pub(super) fn ranks(deal: &Deal, out: &mut Vec<Finding>) {
    let timeline = Timeline::of(deal);
    for loan in loans(deal) {
        match &loan.terms {
            Terms::Mezzanine(_) => {
                let before = |one: &Instrument| !matches!(one.terms, Terms::Mezzanine(_) | Terms::Bridge(_));
                if !loans(deal).any(before) {
                    out.push(
                        Finding::new(Severity::Question, "MEZZANINE_BEHIND_NOBODY", at(loan, "terms"))
                            .with("name", &loan.name),
                    );
                }
            }
            Terms::Bridge(terms) if terms.bridges_to.is_none() && assigned(loan).is_empty() => {
                out.push(
                    Finding::new(Severity::Question, "BRIDGE_WITHOUT_TAKE_OUT", at(loan, "terms.bridges_to"))
                        .with("name", &loan.name),
                );
            }
            Terms::Bridge(terms) => {
                let to = deal.instruments.iter().find(|one| Some(&one.id) == terms.bridges_to.as_ref());
                let paid = to.and_then(|to| paid_on(to, &timeline).into_iter().max());
                let (Some(to), Some(paid), Some(due)) = (to, paid, due(loan, &timeline)) else { continue };
                if due < paid {
                    out.push(
                        Finding::new(Severity::Blocker, "BRIDGE_DUE_BEFORE_TAKE_OUT", at(loan, "maturity"))
                            .with("name", &loan.name)
                            .with("to", &to.name)
                            .with("due", due)
                            .with("paid", paid),
                    );
                }
            }
            _ => {}
        }
    }
}

/// Two lenders do not both come first.
pub(super) fn charges(deal: &Deal, out: &mut Vec<Finding>) {
    let mut seen: Vec<(&Collateral, u32, &Instrument)> = Vec::new();
    for loan in loans(deal) {
        for security in &loan.security {
            let Some(rank) = security.rank else { continue };
            let other = seen.iter().find(|(over, at, one)| {
                **over == security.over
                    && *at == rank
                    && one.provider.is_some()
                    && loan.provider.is_some()
                    && one.provider != loan.provider
            });
            if let Some((_, _, other)) = other {
                let path = at(loan, &format!("security[{}].rank", security.id));
                out.push(
                    Finding::new(Severity::Question, "SAME_RANK", path)
                        .with("one", &other.name)
                        .with("other", &loan.name)
                        .with("rank", i64::from(rank)),
                );
            }
            seen.push((&security.over, rank, loan));
        }
    }
}

/// Owners spend before lenders do.
pub(super) fn order(deal: &Deal, out: &mut Vec<Finding>) {
    let place = |one: &Instrument| {
        let drawdown = one.drawdown.as_ref()?;
        drawdown.order.filter(|_| drawdown.method == DrawMethod::AsSpendFallsDue)
    };
    for loan in loans(deal).filter(|loan| !matches!(loan.terms, Terms::Bridge(_))) {
        let Some(order) = place(loan) else { continue };
        let later = deal.instruments.iter().find(|one| {
            one.terms.is_equity() && !gives_nothing(one) && place(one).is_some_and(|theirs| theirs > order)
        });
        if let Some(equity) = later {
            out.push(
                Finding::new(Severity::Question, "LOAN_BEFORE_EQUITY", at(loan, "drawdown.order"))
                    .with("loan", &loan.name)
                    .with("equity", &equity.name)
                    .with("order", i64::from(order))
                    .with("later", i64::from(place(equity).unwrap_or(order))),
            );
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

/// What a lender has asked for is there.
pub(super) fn asked_for(deal: &Deal, out: &mut Vec<Finding>) {
    for loan in loans(deal) {
        match &loan.terms {
            Terms::CreditLoan(terms) if terms.certified_only == Some(true) => uncertified(deal, loan, out),
            Terms::GapLoan(terms) => {
                let sold = deal.instruments.iter().any(|one| {
                    matches!(one.terms, Terms::Presale(_) | Terms::NegativePickup(_)) && one.is_committed()
                });
                if terms.requires_presales == Some(true) && !sold {
                    out.push(
                        Finding::new(
                            Severity::Question,
                            "GAP_WITHOUT_PRESALES",
                            at(loan, "terms.requires_presales"),
                        )
                        .with("name", &loan.name),
                    );
                }
                let ask = terms.cover_basis == Some(crate::instrument::CoverBasis::Ask);
                unsold(deal, loan, ask, out);
            }
            _ => {}
        }
    }
}

fn uncertified(deal: &Deal, loan: &Instrument, out: &mut Vec<Finding>) {
    use crate::incentive::ClaimStatus;
    let claims = assigned(loan).into_iter().filter_map(|over| match over {
        Collateral::Claim(id) => deal.incentives.iter().find(|claim| claim.id == *id),
        _ => None,
    });
    let sure = [Some(ClaimStatus::Certified), Some(ClaimStatus::Paid)];
    if let Some(claim) = claims.into_iter().find(|claim| !sure.contains(&claim.status)) {
        out.push(
            Finding::new(Severity::Question, "CREDIT_NOT_CERTIFIED", at(loan, "terms.certified_only"))
                .with("name", &loan.name)
                .with("program", &claim.program),
        );
    }
}

/// A gap loan stands on estimates of territories that are open, and somebody sells them.
fn unsold(deal: &Deal, loan: &Instrument, ask: bool, out: &mut Vec<Finding>) {
    let open: Vec<_> = deal
        .revenue
        .sources
        .iter()
        .filter(|source| source.sold_by.is_none() && source.distribution.is_none())
        .filter(|source| !shut_out(deal, source))
        .filter(|source| {
            let estimate = if ask { source.estimate.ask } else { source.estimate.take };
            estimate.is_some_and(|amount| amount.is_positive())
        })
        .collect();
    if open.is_empty() {
        out.push(
            Finding::new(Severity::Question, "GAP_WITHOUT_ESTIMATES", at(loan, "security"))
                .with("name", &loan.name),
        );
    }
    for source in open.into_iter().filter(|source| source.sales_agency.is_none()) {
        let path = format!("revenue.sources[{}].sales_agency", source.id);
        out.push(
            Finding::new(Severity::Question, "GAP_ON_UNREPRESENTED", path)
                .with("name", &loan.name)
                .with("source", &source.label)
                .with(
                    "estimate",
                    if ask { source.estimate.ask } else { source.estimate.take }
                        .unwrap_or(Money::zero(deal.currency)),
                ),
        );
    }
}

/// Whether a licence of the stack has the window in the same territory, or forbids it.
fn shut_out(deal: &Deal, source: &RevenueSource) -> bool {
    deal.instruments.iter().filter_map(|one| one.terms.licence()).any(|licence| {
        let shared = licence.territories.iter().any(|area| source.territories.contains(area));
        shared && (licence.excludes.contains(&source.window) || licence.windows.contains(&source.window))
    })
}

/// What is said to be sure is sure.
pub(super) fn firmness(deal: &Deal, out: &mut Vec<Finding>) {
    for instrument in deal.instruments.iter().filter(|one| one.is_committed()) {
        if let Some(chance) = instrument.probability.filter(|chance| *chance < Decimal::ONE) {
            out.push(
                Finding::new(Severity::Question, "COMMITTED_UNCERTAIN", at(instrument, "probability"))
                    .with("name", &instrument.name)
                    .with("chance", FindingValue::Rate(chance)),
            );
        }
        let open = instrument.conditions_precedent.iter().filter(|one| one.met != Some(true)).count();
        if instrument.status == Some(crate::instrument::InstrumentStatus::Closed) && open > 0 {
            out.push(
                Finding::new(Severity::Question, "CLOSED_WITH_CONDITIONS", at(instrument, "status"))
                    .with("name", &instrument.name)
                    .with("open", i64::try_from(open).unwrap_or(i64::MAX))
                    .with("all", i64::try_from(instrument.conditions_precedent.len()).unwrap_or(i64::MAX)),
            );
        }
    }
}

/// Money that is not repaid, and comes mostly after delivery, does not pay for production unless bridged.
pub(super) fn late_grants(deal: &Deal, out: &mut Vec<Finding>) {
    for grant in &deal.instruments {
        if !matches!(grant.terms, Terms::Grant(_) | Terms::SoftLoan(_)) || gives_nothing(grant) {
            continue;
        }
        let steps = grant.drawdown.iter().flat_map(|drawdown| &drawdown.steps);
        let after = |on: &Milestone| matches!(on, Milestone::FinalDelivery | Milestone::Release);
        let late: Decimal = steps.filter(|step| after(&step.on)).map(|step| step.share).sum();
        let over = Collateral::Instrument(grant.id.clone());
        let bridged = loans(deal).any(|loan| assigned(loan).contains(&&over));
        if late > Decimal::new(5, 1) && !bridged {
            out.push(
                Finding::new(Severity::Question, "GRANT_PAYS_LATE", at(grant, "drawdown.steps"))
                    .with("name", &grant.name)
                    .with("late", FindingValue::Rate(late)),
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
