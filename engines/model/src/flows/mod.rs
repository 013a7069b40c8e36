//! Where the money goes, statement period by statement period: from windows and territories, through whoever
//! collects it, to the collection account, down the tiers to people.
//!
//! Every amount is a signed sum of nodes of the book, so that each can be asked why. Nothing is computed here that
//! the book does not say: the account takes in what the revenue plan sends it, and what a tier hands to somebody is
//! what the executor paid. Per period and at the account: received = paid + held + left over, to the cent.

mod fold;
mod money_in;
mod paid_out;
mod standing;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use recoup_calendar::Date;
use recoup_deal::Deal;
use recoup_explain::{Book, NodeId};
use recoup_money::{Currency, Money};
use recoup_waterfall::Recoupment;

use crate::outcome::Outcome;
use standing::standings;

/// What is drawn apart, and what together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowView {
    /// How many stations of a column stand apart; the smaller ones are told together.
    pub keep: usize,
    /// Groups whose members stand apart, by tier, and columns that are told in full, as `others:tiers`.
    pub open: BTreeSet<String>,
}

impl Default for FlowView {
    fn default() -> Self {
        Self { keep: 10, open: BTreeSet::new() }
    }
}

/// Stages of the money, from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowColumn {
    /// Windows and territories, and what comes from the production side.
    Sources,
    /// Who collects it.
    Collectors,
    /// What is taken on the way, and the collection account.
    Account,
    /// Tiers of the plan.
    Tiers,
    /// Who is paid, what is held, what is left over.
    People,
}

impl FlowColumn {
    /// The word used in ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Collectors => "collectors",
            Self::Account => "account",
            Self::Tiers => "tiers",
            Self::People => "people",
        }
    }
}

/// A node of the book, added or taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowTerm {
    /// The node.
    pub node: NodeId,
    /// Whether it is taken off.
    pub minus: bool,
}

/// What an amount is in every period: the nodes it is added up from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowSeries(Vec<Vec<FlowTerm>>);

impl FlowSeries {
    fn empty(periods: usize) -> Self {
        Self(vec![Vec::new(); periods])
    }

    fn add(&mut self, period: usize, term: FlowTerm) {
        if let Some(terms) = self.0.get_mut(period) {
            terms.push(term);
        }
    }

    fn extend(&mut self, other: &Self) {
        for (terms, more) in self.0.iter_mut().zip(&other.0) {
            terms.extend(more);
        }
    }

    /// The nodes of a period.
    pub fn terms(&self, period: usize) -> &[FlowTerm] {
        self.0.get(period).map_or(&[], Vec::as_slice)
    }

    /// What it comes to in a period.
    pub fn during(&self, period: usize, book: &Book, currency: Currency) -> Money {
        let minor = self.terms(period).iter().map(|term| {
            let minor = book.value(term.node).as_money().map_or(0, |amount| amount.minor());
            if term.minus { -minor } else { minor }
        });
        Money::new(minor.sum(), currency)
    }

    /// What it comes to in each period, and from the first to the end of each.
    pub fn amounts(&self, book: &Book, currency: Currency) -> Vec<(Money, Money)> {
        let mut through = 0_i64;
        (0..self.0.len())
            .map(|period| {
                let during = self.during(period, book, currency);
                through = through.saturating_add(during.minor());
                (during, Money::new(through, currency))
            })
            .collect()
    }
}

/// A place that money passes.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Stable id, such as `tier:gap-loan`.
    pub id: String,
    /// The stage it stands in.
    pub column: FlowColumn,
    /// The window, the word of what is kept, the role of the tier or party.
    pub word: String,
    /// What people call it, where the deal says so.
    pub label: Option<String>,
    /// The stations that are told together here, and the members of a group.
    pub members: Vec<String>,
    /// What passes it.
    pub series: FlowSeries,
}

/// Money from one station to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// The station it leaves.
    pub from: String,
    /// The station it enters.
    pub to: String,
    /// What passes.
    pub series: FlowSeries,
}

impl Stream {
    /// Stable id: the two stations.
    pub fn id(&self) -> String {
        format!("{}>{}", self.from, self.to)
    }
}

/// A statement period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowPeriod {
    /// Its first day.
    pub start: Date,
    /// Its last day.
    pub end: Date,
}

/// How far the claims with a limit have come at the end of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowStanding {
    /// Claims with a limit that are still owed something, in the order of the plan.
    pub open: Vec<String>,
}

/// Everything that moves, period by period.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// Statement periods.
    pub periods: Vec<FlowPeriod>,
    /// Stations, column by column from the left, each in the order of the deal.
    pub stations: Vec<Station>,
    /// Streams, in the order of their stations.
    pub streams: Vec<Stream>,
    /// `gross`, `received`, `paid`, `held`, `left_over`, `shared`, which is what is paid as net profits, and `refunds`
    /// that nothing has made good yet.
    pub totals: Vec<(&'static str, FlowSeries)>,
    /// Where the claims stand at the end of every period.
    pub standings: Vec<FlowStanding>,
}

impl Flows {
    /// What a stream, a station or a total is made from.
    pub fn series(&self, id: &str) -> Option<&FlowSeries> {
        let station = self.stations.iter().find(|station| station.id == id).map(|station| &station.series);
        let total = || self.totals.iter().find(|(word, _)| *word == id).map(|(_, series)| series);
        let stream = || self.streams.iter().find(|stream| stream.id() == id).map(|stream| &stream.series);
        station.or_else(total).or_else(stream)
    }
}

/// Where the money of a deal goes; nothing moves where no plan runs.
pub fn flows(deal: &Deal, outcome: &Outcome, view: &FlowView) -> Option<Flows> {
    let recoupment = outcome.recoupment.as_ref()?;
    let mut net = Net::new(recoupment, &outcome.book);
    net.money_in(deal, outcome);
    net.paid_out(deal, view);
    if recoupment.periods.iter().any(|period| !period.refunds_open.is_zero()) {
        net.refunds();
    }
    let totals = net.totals(deal, outcome);
    let (stations, streams) = net.folded(deal.currency, view);
    Some(Flows {
        periods: recoupment
            .periods
            .iter()
            .map(|period| FlowPeriod { start: period.start, end: period.end })
            .collect(),
        standings: standings(deal, recoupment),
        stations,
        streams,
        totals,
    })
}

/// Stations and streams while they are gathered, each once.
struct Net<'a> {
    book: &'a Book,
    ends: Vec<Date>,
    stations: Vec<Station>,
    places: HashMap<String, usize>,
    streams: BTreeMap<(usize, usize), FlowSeries>,
}

impl<'a> Net<'a> {
    fn new(recoupment: &Recoupment, book: &'a Book) -> Self {
        Self {
            book,
            ends: recoupment.periods.iter().map(|period| period.end).collect(),
            stations: Vec::new(),
            places: HashMap::new(),
            streams: BTreeMap::new(),
        }
    }

    fn station(&mut self, column: FlowColumn, id: String, word: &str, label: Option<&str>) -> usize {
        if let Some(place) = self.places.get(&id) {
            return *place;
        }
        let place = self.stations.len();
        self.places.insert(id.clone(), place);
        self.stations.push(Station {
            id,
            column,
            word: word.to_owned(),
            label: label.map(str::to_owned),
            members: Vec::new(),
            series: FlowSeries::empty(self.ends.len()),
        });
        place
    }

    fn account(&mut self) -> usize {
        self.station(FlowColumn::Account, "account".to_owned(), "account", None)
    }

    /// The period a day falls into, as the executor places it.
    fn period(&self, date: Date) -> usize {
        self.ends.iter().position(|end| date <= *end).unwrap_or_else(|| self.ends.len().saturating_sub(1))
    }

    fn add(&mut self, (from, to): (usize, usize), period: usize, node: NodeId, minus: bool) {
        let empty = || FlowSeries::empty(self.ends.len());
        self.streams.entry((from, to)).or_insert_with(empty).add(period, FlowTerm { node, minus });
    }

    /// Adds what stands at `stem[<month>]` in every period that has it.
    fn add_family(&mut self, between: (usize, usize), stem: &str, minus: bool) {
        for (period, node) in self.family(stem) {
            self.add(between, period, node, minus);
        }
    }

    fn family(&self, stem: &str) -> Vec<(usize, NodeId)> {
        let at = |(period, end): (usize, &Date)| {
            let node = self.book.find(&format!("{stem}[{}]", end.year_month()))?;
            Some((period, node))
        };
        self.ends.iter().enumerate().filter_map(at).collect()
    }
}

#[cfg(test)]
mod tests;
