//! What each party put in and got back, and the return on it.

use std::collections::BTreeMap;

use recoup_calendar::Date;
use recoup_capital::{Capital, InstrumentRun};
use recoup_deal::{Deal, Milestone, Terms, Timeline};
use recoup_explain::{Absence, Book, Cells, NodeId, Operation, Quantity};
use recoup_money::Rounding;
use recoup_revenue::{Kept, Receipts};
use recoup_waterfall::PartyFigures;
use rust_decimal::Decimal;

use crate::feed::placed;

/// A party's flows and returns.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyReturns {
    /// Id of the party.
    pub party: String,
    /// Dated flows: money put in is negative.
    pub flows: Vec<(Date, NodeId)>,
    /// Money put in.
    pub invested: NodeId,
    /// Money that came back.
    pub received: NodeId,
    /// Annual effective rate on the quarterly grid: the one return of the party.
    pub irr: NodeId,
    /// Annual rate on the true dates, shown beside it.
    pub xirr: NodeId,
    /// Net present value at the start of the time axis.
    pub npv: NodeId,
    /// What came back over what was put in.
    pub multiple: NodeId,
    /// Whole months from the first money in until it is back for good.
    pub payback_months: NodeId,
}

/// Flows of one party before they are summed up.
#[derive(Default)]
pub(crate) struct Flows {
    pub put_in: Vec<(Date, NodeId)>,
    pub came_back: Vec<(Date, NodeId)>,
}

/// Returns of everybody who puts money in or is paid by the plan.
pub(crate) fn returns(
    deal: &Deal,
    timeline: &Timeline,
    capital: Option<&Capital>,
    receipts: &Receipts,
    figures: &[PartyFigures],
    cells: &Cells,
    book: &mut Book,
) -> Vec<PartyReturns> {
    let mut parties = outside(deal, timeline, capital, receipts, book, false);
    for figure in figures {
        let flows = parties.entry(figure.party.to_string()).or_default();
        flows.came_back.extend(figure.flows.iter().map(|(_, date, amount)| (*date, *amount)));
    }
    let order = |party: &str| deal.parties.iter().position(|known| known.id == party).unwrap_or(usize::MAX);
    let mut parties: Vec<(String, Flows)> = parties.into_iter().collect();
    parties.sort_by_key(|(party, _)| order(party));
    parties.into_iter().map(|(party, flows)| flows.close(party, timeline, deal, cells, book)).collect()
}

/// What parties put in and have back outside of the recoupment plan; with `idle` also what comes to nothing as the
/// deal is typed.
pub(crate) fn outside(
    deal: &Deal,
    timeline: &Timeline,
    capital: Option<&Capital>,
    receipts: &Receipts,
    book: &Book,
    idle: bool,
) -> BTreeMap<String, Flows> {
    let mut parties: BTreeMap<String, Flows> = BTreeMap::new();
    for (instrument, run) in
        deal.instruments.iter().zip(capital.map_or(&[][..], |capital| &capital.instruments))
    {
        let Some(provider) = instrument.provider.clone().filter(|_| is_at_risk(&instrument.terms)) else {
            continue;
        };
        let close = timeline.close().unwrap_or(deal.as_of);
        parties.entry(provider).or_default().add(run, close, book, idle);
    }
    for source in &receipts.sources {
        for quarter in &source.quarters {
            for kept in
                quarter.kept.iter().filter(|kept| matches!(kept.kind, Kept::SalesAdvance | Kept::Guarantee))
            {
                let flows = kept.party.as_ref().and_then(|party| parties.get_mut(party));
                if let Some(flows) = flows {
                    flows.came_back.push((quarter.date, kept.amount));
                }
            }
        }
    }
    parties
}

/// Money that is meant to come back: not the price of a licence, a grant or work in kind.
fn is_at_risk(terms: &Terms) -> bool {
    terms.is_debt()
        || terms.is_equity()
        || matches!(terms, Terms::SoftLoan(_) | Terms::SalesAgentAdvance(_) | Terms::Deferral(_))
}

impl Flows {
    fn add(&mut self, run: &InstrumentRun, close: Date, book: &Book, idle: bool) {
        // An unknown amount makes the whole return unknown, with its reason.
        if book.value(run.principal).absence().is_some() {
            self.put_in.push((close, run.principal));
        }
        let known = |part: &&(Date, NodeId)| {
            book.value(part.1).as_money().is_some_and(|amount| idle || !amount.is_zero())
        };
        self.put_in.extend(run.drawn.iter().filter(known));
        for parts in [&run.fees, &run.interest, &run.repaid] {
            self.came_back.extend(parts.iter().filter(known));
        }
    }

    fn close(
        self,
        party: String,
        timeline: &Timeline,
        deal: &Deal,
        cells: &Cells,
        book: &mut Book,
    ) -> PartyReturns {
        let nothing = cells.nothing(book);
        let mut flows: Vec<(Date, NodeId)> = Vec::with_capacity(self.put_in.len() + self.came_back.len());
        let all = |parts: &[(Date, NodeId)]| -> Vec<NodeId> {
            std::iter::once(nothing).chain(parts.iter().map(|part| part.1)).collect()
        };
        let (put_in, came_back) = (all(&self.put_in), all(&self.came_back));
        let invested = book.figure(format!("returns.{party}.invested"), Operation::Sum, &put_in);
        let received = book.figure(format!("returns.{party}.received"), Operation::Sum, &came_back);
        for (date, amount) in self.put_in {
            let out = book.compute(Operation::Negate, &[amount]);
            flows.push((date, out));
        }
        flows.extend(self.came_back);
        flows.sort_by_key(|(date, _)| *date);
        let rate = npv_rate(deal, cells, book);
        let mut dated = Vec::with_capacity(2 * flows.len() + 2);
        for (date, amount) in &flows {
            dated.push(book.day(*date));
            dated.push(*amount);
        }
        let name = |word: &str| format!("returns.{party}.{word}");
        let with_rate: Vec<NodeId> = std::iter::once(rate).chain(dated.iter().copied()).collect();
        let start = timeline.start().or(flows.first().map(|flow| flow.0)).unwrap_or(deal.as_of);
        let start = book.day(start);
        let start = placed(deal, &Milestone::Start, start, cells, book);
        let valued: Vec<NodeId> = [rate, start].into_iter().chain(dated.iter().copied()).collect();
        let npv = Operation::PresentValue { rounding: Rounding::HalfUp };
        let irr = book.figure(name("irr"), Operation::ReturnOnGrid, &with_rate);
        let xirr = book.figure(name("xirr"), Operation::ReturnOnDates, &dated);
        let npv = book.figure(name("npv"), npv, &valued);
        let multiple = multiple(&name("multiple"), invested, received, book);
        let payback_months = book.figure(name("payback_months"), Operation::Payback, &dated);
        book.figure(name("profit"), Operation::Difference, &[received, invested]);
        PartyReturns { party, flows, invested, received, irr, xirr, npv, multiple, payback_months }
    }
}

pub(crate) fn npv_rate(deal: &Deal, cells: &Cells, book: &mut Book) -> NodeId {
    match deal.market.npv_rate {
        Some(rate) => cells.number(book, "market.npv_rate".into(), Some(rate)),
        None => cells.usual(
            book,
            "market.npv_rate",
            Decimal::new(12, 2),
            "no rate typed: between what loans cost and what equity asks for",
        ),
    }
}

/// Of nothing put in there is no multiple, and that is said in words rather than as a division by nought.
fn multiple(address: &str, invested: NodeId, received: NodeId, book: &mut Book) -> NodeId {
    let quotient = book.compute(Operation::Quotient, &[received, invested]);
    let nothing_in = book.value(invested).as_money().is_some_and(|amount| amount.is_zero());
    if !nothing_in {
        return book.name(quotient, address);
    }
    let reason = Quantity::Absent(Absence::undefined("no money was put in"));
    let why = book.assumption(format!("{address}.none"), reason, "there is no multiple of nothing");
    let put_in = book.is_greater(invested, received);
    let node = book.choose(put_in, quotient, why);
    book.name(node, address)
}
