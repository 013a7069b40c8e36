//! Terms of control that a contract may hold.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What somebody else has to agree to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// The final cut.
    FinalCut,
    /// The script.
    Script,
    /// Who directs.
    Director,
    /// The cast.
    Cast,
    /// The budget.
    Budget,
    /// Marketing.
    Marketing,
    /// The day of release.
    ReleaseDate,
    /// Sales to territories.
    TerritorySales,
}

/// Who holds a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RightsHolder {
    /// The producer.
    Producer,
    /// Both together.
    Shared,
    /// The other side.
    Counterparty,
}

/// Terms of control of one instrument, beside those that it has by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ControlTerms {
    /// Who holds the copyright; none means the producer, unless the kind of money says otherwise.
    pub copyright: Option<RightsHolder>,
    /// What has to be approved.
    pub approvals: Vec<Approval>,
    /// A seat on the board of the production company.
    pub board_seat: bool,
    /// A veto on business matters.
    pub veto: bool,
    /// No later deal may have better terms.
    pub most_favoured: bool,
    /// Receipts of other works are tied to this one.
    pub cross_collateralised: bool,
    /// Years after which rights come back.
    pub reversion_years: Option<Decimal>,
    /// Who may make the sequel; none means the producer.
    pub sequel: Option<RightsHolder>,
    /// Days for which rights that were not sold are held back.
    pub holdback_days: Option<u32>,
}
