//! What a deal has at stake in every currency but its own.
//!
//! Money comes in another currency where a contract, a fund or a loan is agreed in it and where a claim is paid in it; it
//! goes out where a budget line or cost is typed in it, and where a line typed in the deal's currency is spent in a
//! place that pays with it. Contingency is not counted: it is there for what nobody knows yet. What comes in and what
//! goes out offset each other; the rest is hedged or open, and a move of the rate by the deal's own uncertainty, the
//! wrong way, would cost what stands at risk.

use std::collections::BTreeMap;

use recoup_deal::instrument::AmountRule;
use recoup_deal::{BudgetLine, CostAmount, Deal, Instrument, Timeline, local_currency};
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use crate::axis::Axis;
use crate::budget::BudgetUses;
use crate::contract::{net_price, split};
use crate::flow::InstrumentRun;
use crate::plan::{Comes, comes};
use crate::run::ClaimCash;

/// A month in which money of another currency moves.
#[derive(Debug, Clone, PartialEq)]
pub struct ExposureMonth {
    /// Its place on the axis.
    pub index: usize,
    /// What comes in, in that currency.
    pub incoming: NodeId,
    /// What goes out.
    pub outgoing: NodeId,
    /// What comes in less what goes out.
    pub net: NodeId,
}

/// What a deal has at stake in a currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposure {
    /// Which currency.
    pub currency: Currency,
    /// The months in which it moves, in order of time.
    pub months: Vec<ExposureMonth>,
    /// All that comes in, in that currency.
    pub incoming: NodeId,
    /// All that goes out.
    pub outgoing: NodeId,
    /// What comes in less what goes out: negative where the deal has to buy the currency.
    pub net: NodeId,
    /// The part of that which is hedged.
    pub hedged: NodeId,
    /// The part that is not.
    pub open: NodeId,
    /// What a move of the rate by its uncertainty, the wrong way, would cost, in the deal's currency.
    pub at_risk: NodeId,
}

/// What moves in one currency: in months, in it.
#[derive(Default)]
struct Moves {
    incoming: BTreeMap<usize, Vec<NodeId>>,
    outgoing: BTreeMap<usize, Vec<NodeId>>,
    /// Amounts in the deal's currency that stand for money of this one.
    paid_in: BTreeMap<usize, Vec<NodeId>>,
    paid_out: BTreeMap<usize, Vec<NodeId>>,
}

/// What the exposure is gathered from.
pub(crate) struct Inputs<'a> {
    pub deal: &'a Deal,
    pub timeline: &'a Timeline,
    pub budget: &'a BudgetUses,
    pub claims: &'a [ClaimCash],
    pub runs: &'a [InstrumentRun],
    pub axis: &'a Axis,
    pub cells: &'a Cells,
}

/// Every foreign currency of a deal, by its code.
pub(crate) fn exposure(inputs: &Inputs<'_>, book: &mut Book) -> Vec<Exposure> {
    let mut found: BTreeMap<Currency, Moves> = BTreeMap::new();
    let mut of = |currency: Currency, add: &mut dyn FnMut(&mut Moves)| {
        add(found.entry(currency).or_default());
    };
    inputs.lines(book, &mut of);
    inputs.costs(book, &mut of);
    inputs.instruments(book, &mut of);
    inputs.claimed(&mut of);
    found.into_iter().map(|(currency, moves)| told(inputs, currency, &moves, book)).collect()
}

type Add<'f> = dyn FnMut(Currency, &mut dyn FnMut(&mut Moves)) + 'f;

impl Inputs<'_> {
    fn is_foreign(&self, currency: Currency) -> bool {
        currency != self.deal.currency
    }

    /// Whether the deal prices a currency, so that what is spent where it is paid with can be told in it.
    fn is_priced(&self, currency: Currency) -> bool {
        self.is_foreign(currency) && self.deal.rate(self.deal.currency, currency).is_some()
    }

    fn lines(&self, book: &mut Book, of: &mut Add<'_>) {
        for (line, spent) in self.deal.budget.lines.iter().zip(&self.budget.lines) {
            if let Some(amount) = line.amount.filter(|amount| self.is_foreign(amount.currency())) {
                for (index, typed) in &spent.typed {
                    of(amount.currency(), &mut |moves| {
                        moves.outgoing.entry(*index).or_default().push(*typed)
                    });
                }
                continue;
            }
            for (currency, share) in self.places(line, book) {
                for (index, spend) in &spent.months {
                    let part = book.scaled(*spend, &[share]);
                    of(currency, &mut |moves| moves.paid_out.entry(*index).or_default().push(part));
                }
            }
        }
    }

    /// The currencies of the places in which a line is spent, each with its share of the line.
    fn places(&self, line: &BudgetLine, book: &mut Book) -> Vec<(Currency, NodeId)> {
        let mut found: BTreeMap<Currency, Vec<NodeId>> = BTreeMap::new();
        for part in &line.spend {
            let Some(currency) = local_currency(&part.jurisdiction).filter(|one| self.is_priced(*one)) else {
                continue;
            };
            let path = format!("budget.lines[{}].spend[{}].share", line.id, part.id);
            let node = match part.share {
                Some(typed) => self.cells.number(book, path, Some(typed)),
                None if line.spend.len() == 1 => {
                    self.cells.usual(book, path, Decimal::ONE, "the only place of the line")
                }
                None => continue,
            };
            found.entry(currency).or_default().push(node);
        }
        found.into_iter().map(|(currency, shares)| (currency, book.plus(&shares))).collect()
    }

    fn costs(&self, book: &mut Book, of: &mut Add<'_>) {
        for (cost, used) in self.deal.budget.costs.iter().zip(&self.budget.costs) {
            let Some(CostAmount::Fixed(amount)) = cost.amount else { continue };
            if self.is_foreign(amount.currency()) {
                let path = format!("budget.costs[{}].amount.fixed", cost.id);
                let typed = self.cells.typed(book, path, Some(amount));
                of(amount.currency(), &mut |moves| moves.outgoing.entry(used.month).or_default().push(typed));
            }
        }
    }

    fn instruments(&self, book: &mut Book, of: &mut Add<'_>) {
        for (instrument, run) in self.deal.instruments.iter().zip(self.runs) {
            let currency = instrument.contract_currency(self.deal.currency);
            if !self.is_foreign(currency) {
                continue;
            }
            match (&instrument.amount, comes(instrument)) {
                (_, Comes::Never | Comes::Shut) => continue,
                (Some(AmountRule::Fixed(face)), Comes::Paid) => {
                    for (index, paid) in self.contract(instrument, *face, book) {
                        of(currency, &mut |moves| moves.incoming.entry(index).or_default().push(paid));
                    }
                }
                _ => {
                    for (day, drawn) in &run.drawn {
                        let index = self.axis.index_of(*day);
                        of(currency, &mut |moves| moves.paid_in.entry(index).or_default().push(*drawn));
                    }
                }
            }
            for (day, paid) in run.fees.iter().chain(&run.interest).chain(&run.repaid) {
                let index = self.axis.index_of(*day);
                of(currency, &mut |moves| moves.paid_out.entry(index).or_default().push(*paid));
            }
        }
    }

    /// What a contract pays in its own currency, net of what its payer withholds and its seller keeps.
    fn contract(&self, instrument: &Instrument, face: Money, book: &mut Book) -> Vec<(usize, NodeId)> {
        let path = format!("instruments[{}].amount.fixed", instrument.id);
        let typed = self.cells.typed(book, path, Some(face));
        let price = net_price(instrument, typed, self.cells, book);
        let paid = split(instrument, price, (self.deal, self.timeline), self.cells, book);
        paid.into_iter().map(|(day, amount)| (self.axis.index_of(day), amount)).collect()
    }

    /// Claims are paid in the money of the place whose law they rest on.
    fn claimed(&self, of: &mut Add<'_>) {
        for claim in self.claims {
            let typed = self.deal.incentives.iter().find(|one| one.id == claim.claim);
            let place = typed.and_then(|typed| typed.jurisdiction.as_deref());
            let Some(currency) = place.and_then(local_currency).filter(|one| self.is_priced(*one)) else {
                continue;
            };
            for (payments, paid_in) in [(&claim.payments, true), (&claim.fees, false)] {
                for payment in payments {
                    let index = self.axis.index_of(payment.date);
                    of(currency, &mut |moves| {
                        let side = if paid_in { &mut moves.paid_in } else { &mut moves.paid_out };
                        side.entry(index).or_default().push(payment.amount);
                    });
                }
            }
        }
    }
}

fn told(inputs: &Inputs<'_>, currency: Currency, moves: &Moves, book: &mut Book) -> Exposure {
    let (cells, own) = (inputs.cells, inputs.deal.currency);
    let nothing = book.assumption("fx", Money::zero(currency), &*format!("no {currency} to begin with"));
    let (paid_in, paid_out) =
        (converted(&moves.paid_in, currency, cells, book), converted(&moves.paid_out, currency, cells, book));
    let mut indices: Vec<usize> = Vec::new();
    indices.extend(
        moves.incoming.keys().chain(moves.outgoing.keys()).chain(paid_in.keys()).chain(paid_out.keys()),
    );
    indices.sort_unstable();
    indices.dedup();
    let mut months = Vec::with_capacity(indices.len());
    for index in indices {
        let month = inputs.axis.month(index);
        let mut side = |word: &str, typed: Option<&Vec<NodeId>>, paid: Option<&NodeId>| {
            let parts = typed.into_iter().flatten().chain(paid).copied();
            let parts: Vec<NodeId> = std::iter::once(nothing).chain(parts).collect();
            book.figure(format!("exposure.{currency}.{word}[{month}]"), Operation::Sum, &parts)
        };
        let incoming = side("in", moves.incoming.get(&index), paid_in.get(&index));
        let outgoing = side("out", moves.outgoing.get(&index), paid_out.get(&index));
        let address = format!("exposure.{currency}.net[{month}]");
        let net = book.figure(address, Operation::Difference, &[incoming, outgoing]);
        months.push(ExposureMonth { index, incoming, outgoing, net });
    }
    let total = |word: &str, of: fn(&ExposureMonth) -> NodeId, book: &mut Book| {
        let parts: Vec<NodeId> = std::iter::once(nothing).chain(months.iter().map(of)).collect();
        book.figure(format!("exposure.{currency}.{word}"), Operation::Sum, &parts)
    };
    let incoming = total("in", |month| month.incoming, book);
    let outgoing = total("out", |month| month.outgoing, book);
    let net = book.figure(format!("exposure.{currency}.net"), Operation::Difference, &[incoming, outgoing]);
    let (share, uncertainty) = terms(inputs, currency, book);
    let hedged = book.scaled(net, &[share]);
    let hedged = book.name(hedged, format!("exposure.{currency}.hedged"));
    let open = book.figure(format!("exposure.{currency}.open"), Operation::Difference, &[net, hedged]);
    let other_way = book.compute(Operation::Negate, &[open]);
    let size = book.greatest(open, other_way);
    let worth = cells.exchange(book, size, currency, own);
    let at_risk = book.scaled(worth, &[uncertainty]);
    let at_risk = book.name(at_risk, format!("exposure.{currency}.at_risk"));
    Exposure { currency, months, incoming, outgoing, net, hedged, open, at_risk }
}

/// Amounts in the deal's currency in another one, at the deal's rate: all of them converted at once and split over their
/// months, so that the months add up to what the whole is worth.
fn converted(
    paid: &BTreeMap<usize, Vec<NodeId>>,
    currency: Currency,
    cells: &Cells,
    book: &mut Book,
) -> BTreeMap<usize, NodeId> {
    if paid.is_empty() {
        return BTreeMap::new();
    }
    let months: Vec<(usize, NodeId)> = paid.iter().map(|(index, parts)| (*index, book.plus(parts))).collect();
    let amounts: Vec<NodeId> = months.iter().map(|month| month.1).collect();
    let all = book.plus(&amounts);
    let whole = cells.exchange(book, all, cells.currency(), currency);
    if !book.value(all).as_money().is_some_and(|all| all.is_positive()) {
        return months.into_iter().map(|(index, _)| (index, whole)).take(1).collect();
    }
    let inputs: Vec<NodeId> = std::iter::once(whole).chain(amounts).collect();
    let part = |(part, (index, _)): (usize, &(usize, NodeId))| {
        let operation = Operation::Apportion { part: u16::try_from(part).unwrap_or(u16::MAX) };
        (*index, book.compute(operation, &inputs))
    };
    months.iter().enumerate().map(part).collect()
}

/// The hedged share of a currency's pair with the deal's own, and how far its rate may move.
fn terms(inputs: &Inputs<'_>, currency: Currency, book: &mut Book) -> (NodeId, NodeId) {
    let (deal, cells) = (inputs.deal, inputs.cells);
    let quote = deal.quote_on(currency, deal.currency, deal.as_of);
    let path = |word: &str| {
        let id = quote.map_or_else(|| currency.code().to_lowercase(), |quote| quote.id.clone());
        format!("fx[{id}].{word}")
    };
    let share = match quote.and_then(|quote| quote.hedged_share) {
        Some(share) => cells.number(book, path("hedged_share"), Some(share)),
        None => cells.usual(book, path("hedged_share"), Decimal::ZERO, "nothing is hedged"),
    };
    (share, cells.number(book, path("uncertainty"), quote.and_then(|quote| quote.uncertainty)))
}
