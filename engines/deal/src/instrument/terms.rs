//! The kinds of money in a film's stack.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::debt::{BridgeTerms, CreditLoanTerms, FacilityTerms, GapTerms, LoanTerms, MezzanineTerms};
use super::equity::{ContributionTerms, EquityTerms, TaxShelterTerms};
use super::licence::{CostPlusTerms, LicenceTerms, NegativePickupTerms, PresaleTerms};
use super::soft::{AgentAdvanceTerms, DeferralTerms, GrantTerms, InKindTerms, SoftLoanTerms};

/// What only one kind of money has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Terms {
    /// Money at risk for a share of the film.
    Equity(EquityTerms),
    /// The producer's own money, for a share of the film.
    ProducerInvestment(EquityTerms),
    /// A co-producer's part of the cost.
    CoProducerContribution(ContributionTerms),
    /// Money that buys a tax relief (sofica, tax shelter).
    TaxShelter(TaxShelterTerms),
    /// A bank loan with the first charge.
    SeniorLoan(LoanTerms),
    /// A loan that discounts signed contracts.
    ContractLoan(LoanTerms),
    /// A loan against incentive claims.
    CreditLoan(CreditLoanTerms),
    /// One line of credit over claims and contracts.
    InterimFacility(FacilityTerms),
    /// A loan against unsold territories.
    GapLoan(GapTerms),
    /// A loan behind the others, often with a share of profit.
    Mezzanine(MezzanineTerms),
    /// A short loan until something else pays.
    Bridge(BridgeTerms),
    /// A distributor's minimum guarantee for territories sold before the film is made.
    Presale(PresaleTerms),
    /// A price paid on delivery for the finished negative.
    NegativePickup(NegativePickupTerms),
    /// A flat licence of a streaming service.
    StreamerLicence(LicenceTerms),
    /// A streaming service pays the cost and a premium and owns the work.
    CostPlus(CostPlusTerms),
    /// A broadcaster's licence.
    BroadcasterLicence(LicenceTerms),
    /// An advance of the sales agent or world distributor.
    SalesAgentAdvance(AgentAdvanceTerms),
    /// Money that is not repaid.
    Grant(GrantTerms),
    /// Public money that is repaid out of receipts.
    SoftLoan(SoftLoanTerms),
    /// A fee that is paid later, out of receipts.
    Deferral(DeferralTerms),
    /// Work or goods instead of money.
    InKind(InKindTerms),
}

impl Terms {
    /// Whether the instrument must be repaid with interest: a loan of any kind.
    pub fn is_debt(&self) -> bool {
        matches!(
            self,
            Terms::SeniorLoan(_)
                | Terms::ContractLoan(_)
                | Terms::CreditLoan(_)
                | Terms::InterimFacility(_)
                | Terms::GapLoan(_)
                | Terms::Mezzanine(_)
                | Terms::Bridge(_)
        )
    }

    /// Whether the money is at risk for a share of the film.
    pub fn is_equity(&self) -> bool {
        matches!(
            self,
            Terms::Equity(_)
                | Terms::ProducerInvestment(_)
                | Terms::CoProducerContribution(_)
                | Terms::TaxShelter(_)
        )
    }

    /// The licence behind the money, where it is paid for rights.
    pub fn licence(&self) -> Option<&LicenceTerms> {
        match self {
            Terms::StreamerLicence(licence) | Terms::BroadcasterLicence(licence) => Some(licence),
            Terms::Presale(presale) => Some(&presale.licence),
            Terms::NegativePickup(pickup) => Some(&pickup.licence),
            _ => None,
        }
    }

    /// The share of a loan's principal that is set aside for its interest.
    pub fn interest_reserve(&self) -> Option<Decimal> {
        match self {
            Terms::SeniorLoan(terms) | Terms::ContractLoan(terms) => terms.interest_reserve,
            Terms::CreditLoan(terms) => terms.interest_reserve,
            Terms::InterimFacility(terms) => terms.interest_reserve,
            Terms::GapLoan(terms) => terms.interest_reserve,
            _ => None,
        }
    }

    /// The word used in files for this kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Terms::Equity(_) => "equity",
            Terms::ProducerInvestment(_) => "producer_investment",
            Terms::CoProducerContribution(_) => "co_producer_contribution",
            Terms::TaxShelter(_) => "tax_shelter",
            Terms::SeniorLoan(_) => "senior_loan",
            Terms::ContractLoan(_) => "contract_loan",
            Terms::CreditLoan(_) => "credit_loan",
            Terms::InterimFacility(_) => "interim_facility",
            Terms::GapLoan(_) => "gap_loan",
            Terms::Mezzanine(_) => "mezzanine",
            Terms::Bridge(_) => "bridge",
            Terms::Presale(_) => "presale",
            Terms::NegativePickup(_) => "negative_pickup",
            Terms::StreamerLicence(_) => "streamer_licence",
            Terms::CostPlus(_) => "cost_plus",
            Terms::BroadcasterLicence(_) => "broadcaster_licence",
            Terms::SalesAgentAdvance(_) => "sales_agent_advance",
            Terms::Grant(_) => "grant",
            Terms::SoftLoan(_) => "soft_loan",
            Terms::Deferral(_) => "deferral",
            Terms::InKind(_) => "in_kind",
        }
    }
}
