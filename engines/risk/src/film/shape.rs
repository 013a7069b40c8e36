//! A deal whose days stand: a tape to its plan, the plan, and where every flow falls.

use std::collections::BTreeMap;

use recoup_calendar::{Date, Quarter, YearMonth};
use recoup_deal::Deal;
use recoup_deal::instrument::AmountRule;
use recoup_explain::{Book, How, Leaf, NodeId, Quantity};
use recoup_incentives::Catalog;
use recoup_model::{Bare, run_bare};
use recoup_returns::grid::accumulation;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::tape::{Closing, NotTaped, Tape, TapeRoom};

use super::PayRoom;
use super::cells::{Cell, Written};
use super::payer::{Inlets, Payer, PayerRoom, Varied};

/// Where an amount of a flow stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum From {
    /// Among the figures of the tape.
    Figure(usize),
    /// Among what the plan tells.
    Paid(usize),
}

/// One flow of a party.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FlowAt {
    pub from: From,
    pub put_in: bool,
    pub day: Date,
    /// Its month, counted from the year nought.
    pub month: f64,
    /// The quarter, counted from the first of the shape.
    pub quarter: usize,
    /// Months to the end of its quarter, and from the start of the time axis.
    pub months: (f64, f64),
    /// What it grows by to the end of its quarter, at the deal's rate.
    pub grid: f64,
    /// What it is worth at the start of the time axis.
    pub discount: f64,
}

/// A party's flows, by date.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PartyFlows {
    pub party: String,
    pub flows: Vec<FlowAt>,
}

/// A deal whose days stand.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub tape: Tape,
    pub figures: usize,
    pub payer: Option<Payer>,
    /// Why the plan is run path by path, where it is.
    pub exactly: Option<String>,
    pub parties: Vec<PartyFlows>,
    pub first: Quarter,
    pub quarters: usize,
    /// Whether the deal's discount rate, the last of the figures, is one of the numbers that move.
    pub moves_discount: bool,
    /// Half a minor unit, in major units.
    pub half: f64,
}

/// Why a deal cannot be simulated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NotFilmed {
    /// A figure that no tape gives.
    #[error(transparent)]
    Tape(#[from] NotTaped),
    /// The plan cannot be run.
    #[error("the recoupment plan cannot be run: {0}")]
    Plan(String),
    /// Nobody has a flow.
    #[error("nobody puts money in or is paid in this deal")]
    NoFlows,
    /// The discount rate is −100 % or less.
    #[error("the discount rate {0} has no value")]
    Rate(Decimal),
    /// What is uncertain cannot be drawn.
    #[error("{0}")]
    Draws(String),
    /// Nobody waits for it any more.
    #[error("it was stopped")]
    Stopped,
    /// The document refuses an edit.
    #[error("{0}")]
    Edit(String),
}

impl Shape {
    /// Compiles a deal with the cells that move.
    pub(crate) fn of(deal: &Deal, catalog: &Catalog, cells: &[Cell]) -> Result<Self, NotFilmed> {
        let bare = run_bare(deal, catalog);
        let given: Vec<Vec<NodeId>> = leaves(&bare.book, cells);
        Self::compiled(deal, &bare, &given)?.quickened(cells)
    }

    /// A deal in which nothing moves, for one path.
    pub(crate) fn still(deal: &Deal, catalog: &Catalog) -> Result<Self, NotFilmed> {
        Self::compiled(deal, &run_bare(deal, catalog), &[])
    }

    /// The same with its plan in lanes. Where the plan has to be run exactly it still is, unless its own numbers move.
    pub(crate) fn quickened(mut self, cells: &[Cell]) -> Result<Self, NotFilmed> {
        let Some(payer) = &mut self.payer else { return Ok(self) };
        let first = payer.inlets().before_rates();
        let rates = (0..payer.inlets().rates.len()).filter(|rate| self.tape.moves(first + rate)).collect();
        let own = |(place, cell): (usize, &Cell)| {
            let units = match cell.written {
                Written::Money(currency) => currency.minor_per_major() as f64,
                Written::Number | Written::Whole => 1.0,
            };
            is_of_plan(&cell.path).then(|| (place, cell.path.clone(), units))
        };
        let varied = Varied { rates, cells: cells.iter().enumerate().filter_map(own).collect() };
        let plan_moves = !varied.cells.is_empty();
        match payer.quicken(varied) {
            Ok(()) => {}
            Err(reason) if plan_moves => return Err(NotFilmed::Plan(reason)),
            Err(reason) => self.exactly = Some(reason),
        }
        Ok(self)
    }

    pub(crate) fn compiled(deal: &Deal, bare: &Bare, given: &[Vec<NodeId>]) -> Result<Self, NotFilmed> {
        let mut asked = Vec::new();
        let mut payer = None;
        if let (Some(feed), Some(plan)) = (&bare.feed, &deal.recoupment) {
            asked.extend(&feed.nodes.receipts);
            asked.extend(&feed.nodes.drawings);
            asked.extend(&feed.nodes.expenses);
            asked.extend(feed.nodes.interest.values());
            let inlets = Inlets {
                receipts: feed.nodes.receipts.len(),
                drawings: feed.nodes.drawings.len(),
                expenses: feed.nodes.expenses.len(),
                rates: feed.nodes.interest.keys().cloned().collect(),
            };
            let found = Payer::new(plan, &feed.inputs, &feed.schedule, inlets);
            payer = Some(found.map_err(|error| NotFilmed::Plan(error.to_string()))?);
        }
        let flows = flows(bare, payer.as_ref(), &mut asked);
        let discount = asked.len();
        asked.push(bare.npv_rate);
        let tape = Tape::compile(&bare.book, given, &asked, closing(deal, bare))?;
        let moves_discount = tape.moves(discount);
        let rate = bare.book.value(bare.npv_rate).as_number().unwrap_or_default();
        let days = flows.iter().flat_map(|(_, flows)| flows.iter().map(|flow| flow.day));
        let (Some(first), Some(last)) = (days.clone().min(), days.max()) else {
            return Err(NotFilmed::NoFlows);
        };
        let start = bare.timeline.start().unwrap_or(first);
        let axis = Axis { start: start.year_month(), first: first.quarter(), rate };
        let mut parties = Vec::with_capacity(flows.len());
        for (party, raw) in flows {
            let mut placed = Vec::with_capacity(raw.len());
            for flow in raw {
                placed.push(axis.place(flow)?);
            }
            placed.sort_by_key(|flow| flow.day);
            parties.push(PartyFlows { party, flows: placed });
        }
        let quarters = usize::try_from(last.quarter().quarters_since(axis.first)).unwrap_or(0) + 1;
        let (figures, half) = (asked.len(), 0.5 / deal.currency.minor_per_major() as f64);
        Ok(Self {
            tape,
            figures,
            payer,
            exactly: None,
            parties,
            first: axis.first,
            quarters,
            moves_discount,
            half,
        })
    }

    /// Room for one thread: for the tape, and for the plan in lanes.
    pub(crate) fn room(&self) -> (TapeRoom, Option<PayerRoom>) {
        (self.tape.room(), self.payer.as_ref().and_then(Payer::room))
    }

    /// Runs the plan on some paths: in lanes where there is room for them, else exactly.
    pub(crate) fn pay(
        &self,
        (paths, given, figures): (usize, &[f64], &[f64]),
        room: &mut PayRoom,
        lanes: Option<&mut PayerRoom>,
    ) {
        let PayRoom { paid, recouped, broken, .. } = room;
        paid.resize(self.told() * paths, 0.0);
        recouped.resize(self.claims() * paths, 0.0);
        broken.clear();
        let Some(payer) = &self.payer else { return };
        match lanes {
            Some(lanes) => payer.pay_quick(paths, (given, figures), (paid, recouped), lanes, broken),
            None => match payer.room() {
                Some(mut lanes) => {
                    payer.pay_quick(paths, (given, figures), (paid, recouped), &mut lanes, broken)
                }
                None => payer.pay(paths, figures, paid, recouped),
            },
        }
    }

    pub(crate) fn told(&self) -> usize {
        self.payer.as_ref().map_or(0, Payer::told)
    }

    pub(crate) fn claims(&self) -> usize {
        self.payer.as_ref().map_or(0, |payer| payer.claims().len())
    }
}

/// Whether a cell is a number of the recoupment plan itself, which its lanes read and no tape does.
pub(crate) fn is_of_plan(path: &str) -> bool {
    path.starts_with("recoupment.")
}

struct RawFlow {
    from: From,
    put_in: bool,
    day: Date,
}

struct Axis {
    start: YearMonth,
    first: Quarter,
    rate: Decimal,
}

impl Axis {
    fn place(&self, flow: RawFlow) -> Result<FlowAt, NotFilmed> {
        let RawFlow { from, put_in, day } = flow;
        let (month, quarter) = (day.year_month(), day.quarter());
        let to_end = i64::from(quarter.last_month().months_since(month));
        let grown = |months: i64| accumulation(self.rate, months).map_err(|_| NotFilmed::Rate(self.rate));
        Ok(FlowAt {
            from,
            put_in,
            day,
            month: f64::from(12 * month.year() + month.month()),
            quarter: usize::try_from(quarter.quarters_since(self.first)).unwrap_or(0),
            months: (to_end as f64, f64::from(month.months_since(self.start))),
            grid: grown(to_end)?,
            discount: grown(-i64::from(month.months_since(self.start)))?,
        })
    }
}

/// The flows of everybody: outside of the plan, whose amounts are asked for, and inside of it.
fn flows(bare: &Bare, payer: Option<&Payer>, asked: &mut Vec<NodeId>) -> Vec<(String, Vec<RawFlow>)> {
    let mut found: Vec<(String, Vec<RawFlow>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for party in &bare.outside {
        let mut own = Vec::new();
        for (parts, put_in) in [(&party.put_in, true), (&party.came_back, false)] {
            for (day, node) in parts {
                own.push(RawFlow { from: From::Figure(asked.len()), put_in, day: *day });
                asked.push(*node);
            }
        }
        places.insert(party.party.clone(), found.len());
        found.push((party.party.clone(), own));
    }
    for party in payer.iter().flat_map(|payer| payer.parties()) {
        let Some((payer, base)) = payer.and_then(|payer| Some((payer, payer.of_party(party)?))) else {
            continue;
        };
        let place = *places.entry(party.to_owned()).or_insert_with(|| {
            found.push((party.to_owned(), Vec::new()));
            found.len() - 1
        });
        let paid = payer.periods().iter().enumerate();
        found[place].1.extend(paid.map(|(period, slot)| RawFlow {
            from: From::Paid(base + period),
            put_in: false,
            day: slot.end,
        }));
    }
    found
}

/// The leaves that hold each cell, wherever they are read.
pub(crate) fn leaves(book: &Book, cells: &[Cell]) -> Vec<Vec<NodeId>> {
    let mut found = vec![Vec::new(); cells.len()];
    let places: BTreeMap<&str, usize> =
        cells.iter().enumerate().map(|(place, cell)| (cell.path.as_str(), place)).collect();
    for node in book.nodes() {
        let How::Leaf(leaf @ (Leaf::Cell { .. } | Leaf::Assumption { .. } | Leaf::DatedRate { .. })) =
            book.how(node)
        else {
            continue;
        };
        let place = leaf.path().and_then(|path| places.get(path.as_ref()));
        let Some(place) = place.copied() else { continue };
        let held = match book.value(node) {
            Quantity::Money(amount) => amount.to_f64(),
            Quantity::Number(number) => number.to_f64().unwrap_or(f64::NAN),
            _ => continue,
        };
        // An assumption beside an empty cell has its path and another value.
        if held == cells[place].typed {
            found[place].push(node);
        }
    }
    found
}

fn closing(deal: &Deal, bare: &Bare) -> Option<Closing> {
    let solved = bare.book.find("closing.solution")?;
    let amount = *bare.book.inputs(solved).first()?;
    let difference = bare.capital.as_ref()?.closing.difference;
    let most = deal.instruments.iter().filter_map(|instrument| match &instrument.amount {
        Some(AmountRule::Remainder(rest)) => Some(
            rest.at_most
                .and_then(|most| deal.in_deal_currency(most))
                .map_or(f64::INFINITY, |most| most.to_f64()),
        ),
        _ => None,
    });
    Some(Closing { amount, difference, most: most.sum() })
}
