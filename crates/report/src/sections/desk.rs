//! The results a pack is written from, and how a figure gets onto a page.

use recoup_deal::revenue::RevenueCase;
use recoup_deal::{Deal, PartyRole, Terms};
use recoup_explain::{NodeId, Quantity};
use recoup_money::Money;

use crate::edition::Edition;
use crate::exhibits::KeyFigure;
use crate::format::Figures;
use crate::pack::Results;
use crate::references::Tags;
use crate::table::{Cell, ColumnKind, Figure};
use crate::words::Words;

/// A writing desk: the results, the words, and the tags given out so far.
pub(crate) struct Desk<'a> {
    pub results: Results<'a>,
    pub tags: Tags<'a>,
    pub words: &'static Words,
    pub figures: Figures,
    pub edition: Edition,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(results: Results<'a>, edition: Edition) -> Self {
        let mut tags = Tags::new(results.book, edition.language);
        for level in results.levels {
            tags.suppose(level.prefix(), &level.book);
        }
        if let Some(risk) = results.risk {
            tags.simulate(risk);
        }
        Self {
            results,
            tags,
            words: Words::of(edition.language),
            figures: Figures::of(edition.language),
            edition,
        }
    }

    pub(crate) fn deal(&self) -> &'a Deal {
        self.results.deal
    }

    /// Words of the pack, owned.
    pub(crate) fn say(&self, key: &str) -> String {
        self.words.own(key)
    }

    /// The case that is computed, in words.
    pub(crate) fn case(&self) -> &'static str {
        self.words.say(match self.deal().revenue.computed_case() {
            RevenueCase::Low => "case.low",
            RevenueCase::Base => "case.base",
            RevenueCase::High => "case.high",
        })
    }

    /// Words that name the case that is computed.
    pub(crate) fn in_case(&self, key: &str) -> String {
        self.words.with(key, &[("case", self.case())])
    }

    /// A heading with the deal's currency: `Principal, USD`.
    pub(crate) fn in_currency(&self, key: &str) -> String {
        format!("{}, {}", self.words.say(key), self.deal().currency.code())
    }

    /// The amount at an address in prose, or why there is none.
    pub(crate) fn prose(&self, address: &str) -> String {
        match self.results.book.at(address) {
            Some(value) => self.figures.prose(value, ColumnKind::Number),
            None => self.say("figure.none"),
        }
    }

    pub(crate) fn money(&self, address: &str) -> Option<Money> {
        self.results.book.money(address)
    }

    /// The figure at an address, with its tag registered.
    pub(crate) fn figure(
        &mut self,
        letter: char,
        address: &str,
        label: &str,
        kind: ColumnKind,
    ) -> Option<(Figure, String)> {
        if let Some(simulated) = self.tags.simulated(address) {
            let (value, address) = (simulated.value.clone(), address.to_owned());
            let tag = self.tags.tag(letter, &address, label, kind)?;
            return Some((Figure { value, address, kind, typed: false }, tag));
        }
        let (book, node, before) = self.tags.locate(address)?;
        let mut figure = Figure::of(book, node, kind)?;
        if !before.is_empty() {
            // A cell of a supposed deal is not the deal's own.
            figure.address = address.to_owned();
            figure.typed = false;
        }
        let tag = self.tags.tag(letter, address, label, kind)?;
        Some((figure, tag))
    }

    /// The figure of a node, with its tag where it has an address.
    pub(crate) fn node(
        &mut self,
        letter: char,
        node: NodeId,
        label: &str,
        kind: ColumnKind,
    ) -> (Cell, Option<String>) {
        let figure = Figure::of(self.results.book, node, kind);
        let address = self.results.book.address(node).map(|address| address.to_string());
        let tag = address.and_then(|address| self.tags.tag(letter, &address, label, kind));
        (figure.into(), tag)
    }

    /// Figures side by side and the one cell of their tags. What does not exist stays blank.
    pub(crate) fn figures_of(&mut self, letter: char, wanted: &[(&str, &str, ColumnKind)]) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(wanted.len() + 1);
        let mut tags = Vec::new();
        for (address, label, kind) in wanted {
            match self.figure(letter, address, label, *kind) {
                Some((figure, tag)) => {
                    cells.push(Cell::Figure(figure));
                    tags.push(tag);
                }
                None => cells.push(Cell::Blank),
            }
        }
        cells.push(Cell::Tags(tags));
        cells
    }

    /// A main figure, if the deal has it.
    pub(crate) fn key(
        &mut self,
        letter: char,
        address: &str,
        label: String,
        kind: ColumnKind,
    ) -> Option<KeyFigure> {
        let value = self.results.book.at(address)?;
        if value.absence().is_some() {
            return None;
        }
        let unit = match (value, kind) {
            (Quantity::Money(amount), _) => amount.currency().code().to_owned(),
            (Quantity::Date(_), _) => String::new(),
            (_, ColumnKind::Percent | ColumnKind::Rate) => self.say("unit.percent"),
            (_, ColumnKind::Multiple) => self.say("unit.multiple"),
            (_, ColumnKind::Number) => self.say("unit.months"),
            (_, ColumnKind::Money | ColumnKind::Text | ColumnKind::Tag) => String::new(),
        };
        let (figure, tag) = self.figure(letter, address, &label, kind)?;
        Some(KeyFigure { label, figure, unit, tag })
    }

    /// The name of a party, or its id where the deal does not name it.
    pub(crate) fn party(&self, id: &str) -> String {
        self.deal()
            .parties
            .iter()
            .find(|party| party.id == id)
            .map_or_else(|| id.to_owned(), |p| p.name.clone())
    }

    /// The stakeholder class of a party, the key of its colour.
    pub(crate) fn party_class(&self, id: &str) -> &'static str {
        let role = self.deal().parties.iter().find(|party| party.id == id).map(|party| party.role);
        match role {
            Some(PartyRole::SeniorLender) => "senior",
            Some(PartyRole::GapLender) => "gap",
            Some(PartyRole::MezzanineLender) => "mezz",
            Some(PartyRole::PublicFund | PartyRole::Authority) => "soft",
            Some(PartyRole::Broadcaster | PartyRole::Streamer) => "presale",
            Some(PartyRole::Equity) => "equity",
            Some(PartyRole::Talent | PartyRole::Guild) => "talent",
            Some(
                PartyRole::Producer
                | PartyRole::CoProducer
                | PartyRole::ProductionCompany
                | PartyRole::Studio
                | PartyRole::RestrictedAccount,
            ) => "producer",
            Some(
                PartyRole::Distributor
                | PartyRole::SalesAgent
                | PartyRole::CollectionAgent
                | PartyRole::Guarantor
                | PartyRole::Vendor
                | PartyRole::Other,
            )
            | None => "cost",
        }
    }
}

/// The stakeholder class of an instrument.
pub(crate) fn class(terms: &Terms) -> &'static str {
    use Terms as T;
    match terms {
        T::SeniorLoan(_) | T::ContractLoan(_) | T::CreditLoan(_) | T::InterimFacility(_) | T::Bridge(_) => {
            "senior"
        }
        T::GapLoan(_) => "gap",
        T::Mezzanine(_) => "mezz",
        T::Grant(_) | T::SoftLoan(_) => "soft",
        T::Presale(_)
        | T::NegativePickup(_)
        | T::StreamerLicence(_)
        | T::BroadcasterLicence(_)
        | T::CostPlus(_)
        | T::SalesAgentAdvance(_) => "presale",
        T::Equity(_) | T::TaxShelter(_) => "equity",
        T::ProducerInvestment(_) | T::CoProducerContribution(_) | T::Deferral(_) | T::InKind(_) => "producer",
    }
}
