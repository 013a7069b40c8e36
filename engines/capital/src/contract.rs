//! Contracts: what is left of their price, on which days it is paid, and what that is worth in the deal's currency.

use recoup_calendar::Date;
use recoup_deal::instrument::{AmountRule, DrawMethod};
use recoup_deal::{Deal, Ground, GroundValue, Instrument, Milestone, PaymentStep, Terms, Timeline};
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use crate::conditions::{gate_grounds, not_before};
use crate::plan::quantities;

/// The longest stretch over which a price is paid in equal parts; a slip of the keys must not fill the axis.
const MOST_PARTS: u32 = 240;

/// The months after delivery over which a streaming service pays the price, where that is what is agreed.
fn monthly_parts(instrument: &Instrument) -> Option<u32> {
    let stepped = instrument.drawdown.as_ref().is_some_and(|drawdown| !drawdown.steps.is_empty());
    match &instrument.terms {
        Terms::CostPlus(terms) if !stepped => {
            terms.payment_months.filter(|months| *months > 0).map(|months| months.min(MOST_PARTS))
        }
        _ => None,
    }
}

fn parts_after(delivery: Date, parts: u32) -> impl Iterator<Item = Date> {
    let months = i32::try_from(parts).unwrap_or(0);
    (1..=months).filter_map(move |months| delivery.add_months(months).ok())
}

/// Days of payment of an instrument that is not called, none before its conditions are met.
pub(crate) fn payments(instrument: &Instrument, timeline: &Timeline) -> Vec<Date> {
    let gated = |day: Date| not_before(instrument, timeline, day);
    agreed(instrument, timeline).into_iter().map(gated).collect()
}

/// Days of payment as the contract names them, whether or not its conditions are met by then.
pub(crate) fn agreed(instrument: &Instrument, timeline: &Timeline) -> Vec<Date> {
    match (monthly_parts(instrument), timeline.final_delivery()) {
        (Some(parts), Some(delivery)) => parts_after(delivery, parts).collect(),
        _ => match steps_of(instrument) {
            [] => whole_on(instrument, timeline).into_iter().collect(),
            steps => steps.iter().flat_map(|step| step_days(step, timeline)).map(|day| day.0).collect(),
        },
    }
}

fn steps_of(instrument: &Instrument) -> &[PaymentStep] {
    instrument.drawdown.as_ref().map_or(&[], |drawdown| drawdown.steps.as_slice())
}

/// The day on which a price without steps is paid: a licence on delivery, other money when the financing closes.
fn whole_on(instrument: &Instrument, timeline: &Timeline) -> Option<Date> {
    let at_close =
        instrument.drawdown.as_ref().is_some_and(|drawdown| drawdown.method == DrawMethod::AtClose);
    let licence = instrument.terms.licence().is_some();
    if licence && !at_close { timeline.final_delivery() } else { timeline.close() }
}

/// Days on which a step falls, its share divided by the weights of the milestone's days.
fn step_days(step: &PaymentStep, timeline: &Timeline) -> Vec<(Date, Decimal)> {
    let lag = i32::try_from(step.lag_months.unwrap_or(0)).unwrap_or(0);
    let days = timeline.days(&step.on).into_iter();
    days.filter_map(|(day, weight)| day.add_months(lag).ok().map(|day| (day, weight))).collect()
}

/// What decides when a contract pays, and whether that is before the delivery.
pub(crate) fn payment_grounds(instrument: &Instrument, deal: &Deal) -> Vec<Ground> {
    let path = format!("instruments[{}].drawdown.steps", instrument.id);
    let steps = steps_of(instrument);
    let mut grounds: Vec<Ground> =
        steps.iter().flat_map(|step| deal.step_grounds(step, &format!("{path}[{}]", step.id))).collect();
    if let Some(parts) = monthly_parts(instrument) {
        let path = format!("instruments[{}].terms.payment_months", instrument.id);
        grounds.push(Ground { path, value: GroundValue::Count(parts.into()) });
    } else if steps.is_empty() {
        grounds.extend(deal.grounds(&Milestone::FinancialClose, ""));
    }
    grounds.extend(deal.grounds(&Milestone::FinalDelivery, ""));
    grounds.extend(gate_grounds(instrument, deal));
    grounds
}

/// The price of a contract less the tax its payer withholds and the commission of who sold it.
pub(crate) fn net_price(
    instrument: &Instrument,
    principal: NodeId,
    cells: &Cells,
    book: &mut Book,
) -> NodeId {
    let inside = match &instrument.terms {
        Terms::Presale(_) | Terms::NegativePickup(_) => "licence.",
        _ => "",
    };
    let (withholding, commission) = match &instrument.terms {
        Terms::SalesAgentAdvance(terms) => (terms.withholding, None),
        terms => terms.licence().map_or((None, None), |licence| (licence.withholding, licence.commission)),
    };
    let mut net = principal;
    for (word, rate) in [("withholding", withholding), ("commission", commission)] {
        let Some(rate) = rate.filter(|rate| !rate.is_zero()) else { continue };
        let rate =
            cells.number(book, format!("instruments[{}].terms.{inside}{word}", instrument.id), Some(rate));
        let kept = book.scaled(net, &[rate]);
        net = book.less(net, kept);
    }
    net
}

/// What of the price of a contract is paid in the end.
pub(crate) fn paid_price(
    instrument: &Instrument,
    principal: NodeId,
    cells: &Cells,
    book: &mut Book,
) -> NodeId {
    let price = net_price(instrument, principal, cells, book);
    let Some(share) = instrument.paid_share else { return price };
    let share = cells.number(book, format!("instruments[{}].paid_share", instrument.id), Some(share));
    book.scaled(price, &[share])
}

/// A contract's price split over its steps, and a step over the days of its milestone. A price in a currency whose
/// rate differs from day to day falls on the days by what each part of it is worth then.
pub(crate) fn contract_payments(
    instrument: &Instrument,
    price: NodeId,
    when: (&Deal, &Timeline),
    cells: &Cells,
    book: &mut Book,
) -> Vec<(Date, NodeId)> {
    let worth = face(instrument, cells).map(|face| worth(instrument, face, when, cells, book));
    let positive =
        |(_, part): &(Date, NodeId)| book.value(*part).as_money().is_some_and(|part| part.is_positive());
    let Some(worth) = worth.filter(|parts| parts.iter().any(positive)) else {
        return split(instrument, price, when, cells, book);
    };
    let inputs: Vec<NodeId> = std::iter::once(price).chain(worth.iter().map(|part| part.1)).collect();
    let part = |(part, (day, _)): (usize, &(Date, NodeId))| {
        let operation = Operation::Apportion { part: u16::try_from(part).unwrap_or(u16::MAX) };
        (*day, book.compute(operation, &inputs))
    };
    worth.iter().enumerate().map(part).collect()
}

/// The typed price of a contract in a currency whose rate differs from day to day.
fn face(instrument: &Instrument, cells: &Cells) -> Option<Money> {
    match &instrument.amount {
        Some(AmountRule::Fixed(face)) if cells.is_dated(face.currency()) => Some(*face),
        _ => None,
    }
}

/// What each payment of a price is worth in the deal's currency on its day.
fn worth(
    instrument: &Instrument,
    face: Money,
    when: (&Deal, &Timeline),
    cells: &Cells,
    book: &mut Book,
) -> Vec<(Date, NodeId)> {
    let typed = cells.typed(book, format!("instruments[{}].amount.fixed", instrument.id), Some(face));
    let parts = split(instrument, typed, when, cells, book);
    let worth = |(day, part): (Date, NodeId)| (day, cells.exchange_on(book, part, face.currency(), day));
    parts.into_iter().map(worth).collect()
}

/// What a typed price in another currency comes to in the deal's own: where the rate differs from day to day, the sum
/// of what is paid at the rates of its days; money that is called is worth the rate of the first day of calling.
pub(crate) fn in_deal_currency(
    instrument: &Instrument,
    typed: NodeId,
    currency: Currency,
    called_from: Option<(Date, Vec<Ground>)>,
    when: (&Deal, &Timeline),
    cells: &Cells,
    book: &mut Book,
) -> NodeId {
    let Some(face) = face(instrument, cells) else {
        return cells.exchange(book, typed, currency, cells.currency());
    };
    if let Some((day, grounds)) = called_from {
        let placed = cells.placed(book, typed, quantities(grounds));
        return cells.exchange_on(book, placed, currency, day);
    }
    let parts: Vec<NodeId> =
        worth(instrument, face, when, cells, book).into_iter().map(|part| part.1).collect();
    match parts.is_empty() {
        true => cells.exchange(book, typed, currency, cells.currency()),
        false => book.plus(&parts),
    }
}

pub(crate) fn split(
    instrument: &Instrument,
    price: NodeId,
    (deal, timeline): (&Deal, &Timeline),
    cells: &Cells,
    book: &mut Book,
) -> Vec<(Date, NodeId)> {
    let price = cells.placed(book, price, quantities(payment_grounds(instrument, deal)));
    let gated = |day: Date| not_before(instrument, timeline, day);
    if let (Some(parts), Some(delivery)) = (monthly_parts(instrument), timeline.final_delivery()) {
        let days: Vec<Date> = parts_after(delivery, parts).map(gated).collect();
        let even = cells.usual(
            book,
            format!("instruments[{}].terms.payment_months", instrument.id),
            Decimal::ONE,
            "equal parts",
        );
        return apportioned(price, days.into_iter().map(|day| (day, even)).collect(), book);
    }
    let steps = steps_of(instrument);
    if steps.is_empty() {
        return whole_on(instrument, timeline).map(|day| (gated(day), price)).into_iter().collect();
    }
    let path = format!("instruments[{}].drawdown.steps", instrument.id);
    let shares: Vec<NodeId> = steps
        .iter()
        .map(|step| cells.number(book, format!("{path}[{}].share", step.id), Some(step.share)))
        .collect();
    let inputs: Vec<NodeId> = std::iter::once(price).chain(shares).collect();
    let mut found = Vec::new();
    for (part, step) in steps.iter().enumerate() {
        let part = u16::try_from(part).unwrap_or(u16::MAX);
        let amount = book.compute(Operation::Apportion { part }, &inputs);
        let days = step_days(step, timeline);
        if let [(day, _)] = days[..] {
            found.push((gated(day), amount));
            continue;
        }
        let weighed = |(day, weight): (Date, Decimal)| {
            let episodes = format!("{weight} by the delivery of {day}");
            (gated(day), cells.usual(book, format!("{path}[{}].on", step.id), weight, &episodes))
        };
        let weights: Vec<(Date, NodeId)> = days.into_iter().map(weighed).collect();
        found.extend(apportioned(amount, weights, book));
    }
    found
}

fn apportioned(amount: NodeId, weights: Vec<(Date, NodeId)>, book: &mut Book) -> Vec<(Date, NodeId)> {
    let inputs: Vec<NodeId> = std::iter::once(amount).chain(weights.iter().map(|weight| weight.1)).collect();
    let part = |(part, (day, _)): (usize, (Date, NodeId))| {
        let operation = Operation::Apportion { part: u16::try_from(part).unwrap_or(u16::MAX) };
        (day, book.compute(operation, &inputs))
    };
    weights.into_iter().enumerate().map(part).collect()
}
