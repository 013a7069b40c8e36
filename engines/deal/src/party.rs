//! Everybody who pays, is paid or makes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a party is to the deal. Colours and statements follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyRole {
    /// The production company that controls the deal.
    Producer,
    /// A producer of another country or company.
    CoProducer,
    /// A company founded for this one film.
    ProductionCompany,
    /// A studio that makes pictures for a fee.
    Studio,
    /// A private equity investor.
    Equity,
    /// A public fund or agency.
    PublicFund,
    /// A bank that lends against contracts or credits.
    SeniorLender,
    /// A lender against unsold territories.
    GapLender,
    /// A lender behind the others.
    MezzanineLender,
    /// A distributor of one or more territories.
    Distributor,
    /// The agent who sells the world.
    SalesAgent,
    /// A broadcaster.
    Broadcaster,
    /// A streaming service.
    Streamer,
    /// The manager of the collection account.
    CollectionAgent,
    /// The completion guarantor.
    Guarantor,
    /// Actors, writers, directors and their participations.
    Talent,
    /// A guild or union with residuals.
    Guild,
    /// A supplier.
    Vendor,
    /// A tax authority or ministry.
    Authority,
    /// A restricted account into which a share is paid.
    RestrictedAccount,
    /// Anybody else.
    Other,
}

/// How good a payer's name is, as lenders sort the payers of contracts they lend against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CounterpartyGrade {
    /// Rated investment grade, or owned and backed by somebody who is.
    InvestmentGrade,
    /// Not rated, with a long record of paying on delivery.
    Strong,
    /// Pays, sometimes late.
    Fair,
    /// Nothing is known that a lender would rely on.
    Unrated,
}

impl CounterpartyGrade {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::InvestmentGrade => "investment_grade",
            Self::Strong => "strong",
            Self::Fair => "fair",
            Self::Unrated => "unrated",
        }
    }
}

/// A party to the deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Stable id, used in addresses of figures.
    pub id: String,
    /// Name in full.
    pub name: String,
    /// What it is to the deal.
    pub role: PartyRole,
    /// Where it is resident, such as `CA-QC`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
    /// Party id of who controls it; absent means independent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controlled_by: Option<String>,
    /// How good its name is as the payer of a contract; absent means that nobody has said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<CounterpartyGrade>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}
