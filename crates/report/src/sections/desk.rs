//! The results a pack is written from, and how a figure gets onto a page.

use recoup_deal::{Deal, PartyRole, Terms};
use recoup_explain::{NodeId, Quantity};
use recoup_money::Money;

use crate::document::{Cell, ColumnKind, RowFormula, RowStyle, Table};
use crate::format;
use crate::pack::Results;
use crate::references::Tags;

/// A writing desk: the results and the tags given out so far.
pub(crate) struct Desk<'a> {
    pub results: Results<'a>,
    pub tags: Tags<'a>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(results: Results<'a>) -> Self {
        Self { results, tags: Tags::new(results.book) }
    }

    pub(crate) fn deal(&self) -> &'a Deal {
        self.results.deal
    }

    /// The amount at an address in prose, or why there is none.
    pub(crate) fn prose(&self, address: &str) -> String {
        match self.results.book.at(address) {
            Some(Quantity::Money(amount)) => format::prose(*amount),
            Some(other) => format::figure(other, ColumnKind::Number),
            None => "n/a".to_owned(),
        }
    }

    pub(crate) fn money(&self, address: &str) -> Option<Money> {
        self.results.book.money(address)
    }

    /// The figure at an address with its tag: two cells. A figure that does not exist leaves both blank.
    pub(crate) fn figure(&mut self, letter: char, address: &str, label: &str, kind: ColumnKind) -> [Cell; 2] {
        match (self.results.book.at(address), self.tags.tag(letter, address, label, kind)) {
            (Some(value), Some(tag)) => [Cell::Figure(value.clone()), Cell::Tag(tag)],
            _ => [Cell::Blank, Cell::Blank],
        }
    }

    /// A row `label, figure, tag`.
    pub(crate) fn line(
        &mut self,
        table: &mut Table,
        style: RowStyle,
        letter: char,
        (label, address): (&str, &str),
        formula: Option<RowFormula>,
    ) -> usize {
        let kind = table.columns.get(1).map_or(ColumnKind::Money, |column| column.kind);
        let [value, tag] = self.figure(letter, address, label, kind);
        table.push(style, vec![label.into(), value, tag], formula)
    }

    /// The address under which a node is known.
    pub(crate) fn address(&self, node: NodeId) -> Option<String> {
        self.results.book.address(node).map(|address| address.to_string())
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
