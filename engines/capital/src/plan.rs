//! Every instrument sorted by how its money comes, before a month is computed.

use recoup_calendar::{Date, DayCount};
use recoup_deal::instrument::{
    Collateral, Compounding, DrawMethod, FeeAmount, InterestPayment, InterestRate,
};
use recoup_deal::{Deal, Ground, GroundValue, Instrument, Milestone, Terms, Timeline};
use recoup_explain::{Book, Cells, Leaf, NodeId, Operation, Quantity};
use rust_decimal::Decimal;

use crate::axis::Axis;
use crate::conditions::{gate_grounds, is_shut, not_before};
use crate::contract::{agreed, payment_grounds};
use crate::order::base_on;

/// How an instrument's money comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comes {
    /// Called when spend falls due.
    Called,
    /// On days that its contract names.
    Paid,
    /// Not before a condition is met that nobody expects to be met.
    Shut,
    /// Never as cash.
    Never,
}

/// How an instrument's money comes, from its drawdown or, without one, from its kind.
pub(crate) fn comes(instrument: &Instrument) -> Comes {
    if matches!(instrument.terms, Terms::Deferral(_) | Terms::InKind(_)) {
        return Comes::Never;
    }
    if is_shut(instrument) {
        return Comes::Shut;
    }
    match instrument.drawdown.as_ref().map(|drawdown| drawdown.method) {
        Some(DrawMethod::AsSpendFallsDue) => Comes::Called,
        Some(DrawMethod::AtClose | DrawMethod::Steps | DrawMethod::AsReceived) => Comes::Paid,
        None if instrument.terms.is_debt() || instrument.terms.is_equity() => Comes::Called,
        None => Comes::Paid,
    }
}

/// Days and lengths as the quantities that a placed amount rests on.
pub(crate) fn quantities(grounds: Vec<Ground>) -> impl Iterator<Item = (String, Quantity)> {
    grounds.into_iter().map(|ground| (ground.path, ground.value.either(Quantity::Date, Quantity::Number)))
}

/// What decides from when to when money may be called: the first day, and the delivery at which drawing ends.
pub(crate) fn call_grounds(instrument: &Instrument, deal: &Deal) -> Vec<Ground> {
    let from = instrument.drawdown.as_ref().and_then(|drawdown| drawdown.from.as_ref());
    let path = format!("instruments[{}].drawdown.from", instrument.id);
    let mut grounds = deal.grounds(from.unwrap_or(&Milestone::FinancialClose), &path);
    grounds.extend(deal.grounds(&Milestone::FinalDelivery, ""));
    grounds.extend(gate_grounds(instrument, deal));
    if let Some(order) = instrument.drawdown.as_ref().and_then(|drawdown| drawdown.order) {
        let path = format!("instruments[{}].drawdown.order", instrument.id);
        grounds.push(Ground { path, value: GroundValue::Count(order.into()) });
    }
    grounds
}

/// The first day on which money may be called: as agreed, and not before its conditions are met.
pub(crate) fn callable_from(instrument: &Instrument, timeline: &Timeline) -> Option<Date> {
    agreed_from(instrument, timeline).map(|day| not_before(instrument, timeline, day))
}

/// The first day on which an instrument's money would come if its conditions were met.
pub(crate) fn wanted_from(instrument: &Instrument, timeline: &Timeline) -> Option<Date> {
    match comes(instrument) {
        Comes::Paid => agreed(instrument, timeline).into_iter().min(),
        Comes::Called | Comes::Shut | Comes::Never => agreed_from(instrument, timeline),
    }
}

pub(crate) fn agreed_from(instrument: &Instrument, timeline: &Timeline) -> Option<Date> {
    let from = instrument.drawdown.as_ref().and_then(|drawdown| drawdown.from.as_ref());
    from.map_or(timeline.close(), |milestone| timeline.days(milestone).first().map(|(day, _)| *day))
}

/// What a loan or claim is assigned: by its amount rule, else by its security.
pub(crate) fn assigned(instrument: &Instrument) -> Vec<(&Collateral, u32)> {
    let mut found: Vec<(&Collateral, u32)> = Vec::new();
    if let Some(recoup_deal::instrument::AmountRule::Advance(advance)) = &instrument.amount {
        found.extend(advance.parts.iter().map(|part| (&part.against, 1)));
    }
    for security in &instrument.security {
        if !found.iter().any(|(over, _)| **over == security.over) {
            found.push((&security.over, security.rank.unwrap_or(1)));
        }
    }
    found.retain(|(over, _)| matches!(over, Collateral::Claim(_) | Collateral::Instrument(_)));
    found
}

/// How a loan's interest runs.
#[derive(Debug, Clone)]
pub(crate) struct Interest {
    pub day_count: DayCount,
    /// Months between capitalisations; none for simple interest.
    pub every: Option<i32>,
    pub payment: InterestPayment,
    rate: RatePath,
}

#[derive(Debug, Clone)]
enum RatePath {
    Fixed(NodeId),
    Over { base: String, margin: NodeId },
    Absent(NodeId),
}

/// Interest terms of a debt; `None` for what bears none.
pub(crate) fn interest(instrument: &Instrument, cells: &Cells, book: &mut Book) -> Option<Interest> {
    if instrument.rate.is_none() && !instrument.terms.is_debt() {
        return None;
    }
    let path = format!("instruments[{}].rate", instrument.id);
    let rate = match &instrument.rate {
        Some(InterestRate::Fixed(rate)) => {
            RatePath::Fixed(cells.number(book, format!("{path}.fixed"), Some(*rate)))
        }
        Some(InterestRate::OverBase(over)) => RatePath::Over {
            base: over.base.clone(),
            margin: cells.number(book, format!("{path}.over_base.margin"), Some(over.margin)),
        },
        None => RatePath::Absent(cells.number(book, path, None)),
    };
    // Loans on assigned money are usually served as they run; those repaid out of receipts add it up.
    let payment = instrument.interest_payment.unwrap_or(match instrument.terms {
        Terms::Mezzanine(_) => InterestPayment::PaidInKind,
        Terms::GapLoan(_) => InterestPayment::AtMaturity,
        _ => InterestPayment::Current,
    });
    let compounding = instrument.compounding.unwrap_or(match payment {
        InterestPayment::PaidInKind => Compounding::Yearly,
        _ => Compounding::Simple,
    });
    let every = match compounding {
        Compounding::Simple => None,
        Compounding::Monthly => Some(1),
        Compounding::Quarterly => Some(3),
        Compounding::HalfYearly => Some(6),
        Compounding::Yearly => Some(12),
    };
    Some(Interest { day_count: instrument.day_count.unwrap_or(DayCount::Act365F), every, payment, rate })
}

impl Interest {
    /// Whether a month's interest is paid in cash as it runs.
    pub(crate) fn is_served(&self, index: usize, delivery: usize) -> bool {
        self.payment == InterestPayment::Current && index <= delivery
    }

    /// Every rate that may be in force on some day.
    pub(crate) fn levels(&self, deal: &Deal, cells: &Cells, book: &mut Book) -> Vec<NodeId> {
        let days: Vec<Date> = match &self.rate {
            RatePath::Over { base, .. } => {
                let curves = deal.market.base_rates.iter().filter(|curve| curve.id == *base);
                curves.flat_map(|curve| curve.points.iter().map(|point| point.from)).collect()
            }
            RatePath::Fixed(_) | RatePath::Absent(_) => Vec::new(),
        };
        let days = if days.is_empty() { vec![deal.as_of] } else { days };
        days.into_iter().map(|day| self.rate_on(day, deal, cells, book)).collect()
    }

    /// The annual rate in force on a day.
    pub(crate) fn rate_on(&self, day: Date, deal: &Deal, cells: &Cells, book: &mut Book) -> NodeId {
        match &self.rate {
            RatePath::Fixed(rate) | RatePath::Absent(rate) => *rate,
            RatePath::Over { base, margin } => {
                let level = match base_on(base, day, deal) {
                    Some((curve, point)) => {
                        let path = format!("market.base_rates[{}].points[{}].rate", curve.id, point.id);
                        let leaf = Leaf::DatedRate {
                            name: curve.name.as_str().into(),
                            date: point.from,
                            path: path.into(),
                        };
                        book.leaf(leaf, Quantity::Number(point.rate))
                    }
                    None => cells.number(book, format!("market.base_rates[{base}].points"), None),
                };
                book.compute(Operation::Sum, &[level, *margin])
            }
        }
    }
}

/// A fee with its amount, and the month it is due; none for at the first drawing.
pub(crate) struct DueFee {
    pub amount: NodeId,
    pub month: Option<usize>,
}

impl DueFee {
    /// Its amount, where it falls due at the first drawing.
    pub(crate) fn at_first(&self) -> Option<NodeId> {
        self.month.is_none().then_some(self.amount)
    }
}

/// Fees that do not depend on the undrawn balance.
pub(crate) fn fees(
    instrument: &Instrument,
    principal: NodeId,
    (deal, timeline): (&Deal, &Timeline),
    axis: &Axis,
    cells: &Cells,
    book: &mut Book,
) -> Vec<DueFee> {
    let mut found = Vec::new();
    for fee in &instrument.fees {
        let path = format!("instruments[{}].fees[{}].amount", instrument.id, fee.id);
        let amount = match &fee.amount {
            Some(FeeAmount::Fixed(amount)) => cells.money(book, format!("{path}.fixed"), Some(*amount)),
            Some(FeeAmount::Share(share)) => {
                let share = cells.number(book, format!("{path}.share"), Some(*share));
                book.scaled(principal, &[share])
            }
            Some(FeeAmount::ShareOfUndrawn(_)) => continue,
            None => cells.money(book, path, None),
        };
        let amount = book.name(amount, format!("capital.{}.fees.{}", instrument.id, fee.id));
        // What is held back from the money drawn is paid with the first drawing, whenever else it would be due.
        let due = fee.due.as_ref().filter(|_| fee.withheld != Some(true));
        let grounds = match due {
            Some(due) => {
                deal.due_grounds(due, &format!("instruments[{}].fees[{}].due", instrument.id, fee.id))
            }
            None if comes(instrument) == Comes::Called => call_grounds(instrument, deal),
            None => payment_grounds(instrument, deal),
        };
        let amount = cells.placed(book, amount, quantities(grounds));
        let month = due.and_then(|due| timeline.due(due)).map(|day| axis.index_of(day));
        found.push(DueFee { amount, month });
    }
    found
}

/// The annual shares of the undrawn balance that an instrument charges.
pub(crate) fn commitment_shares(instrument: &Instrument, cells: &Cells, book: &mut Book) -> Vec<NodeId> {
    let share = |fee: &recoup_deal::instrument::Fee| match &fee.amount {
        Some(FeeAmount::ShareOfUndrawn(share)) => Some((fee.id.clone(), *share)),
        _ => None,
    };
    let shares: Vec<(String, Decimal)> = instrument.fees.iter().filter_map(share).collect();
    shares
        .into_iter()
        .map(|(id, share)| {
            let path = format!("instruments[{}].fees[{id}].amount.share_of_undrawn", instrument.id);
            cells.number(book, path, Some(share))
        })
        .collect()
}

/// The day an instrument matures.
pub(crate) fn maturity(instrument: &Instrument, timeline: &Timeline) -> Option<Date> {
    match instrument.maturity.as_ref()? {
        recoup_deal::instrument::Maturity::Date(date) => Some(*date),
        recoup_deal::instrument::Maturity::After(due) => timeline.due(due),
    }
}
