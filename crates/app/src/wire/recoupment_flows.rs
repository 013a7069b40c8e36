//! Where the money of a deal goes, period by period.

use serde::{Deserialize, Serialize};

use super::MoneyDto;

/// Asks where the money goes.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewFlows {
    /// The open deal.
    pub deal: String,
    /// How many stations of a column stand apart, as a number; ten where none is given.
    pub keep: Option<String>,
    /// Groups whose members stand apart and columns that are told in full, as `net-profits+others:tiers`.
    pub open: Option<String>,
}

/// Where the money goes; no periods where no plan runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FlowsView {
    /// The revision it follows from.
    pub revision: u32,
    /// What stands behind the month in addresses: `flow(2032-12<view>).<id>` is what a station, a stream or a total
    /// comes to by the end of the period, `flow(in=2032-12<view>).<id>` what it comes to in it.
    pub view: String,
    /// Statement periods.
    pub periods: Vec<FlowPeriodDto>,
    /// Stations, column by column from the left.
    pub stations: Vec<FlowStationDto>,
    /// Streams between them.
    pub streams: Vec<FlowStreamDto>,
    /// `gross`, `received`, `paid`, `held`, `left_over`, `shared`, which is what is paid as net profits, and `refunds` that
    /// nothing has made good yet.
    pub totals: Vec<FlowTotalDto>,
}

/// A statement period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FlowPeriodDto {
    /// The month in which it ends, as addresses name it.
    pub month: String,
    /// Its first day.
    pub start: String,
    /// Its last day.
    pub end: String,
    /// Claims with a limit that are still owed something at its end, in the order of the plan.
    pub open: Vec<String>,
}

/// A place that money passes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FlowStationDto {
    /// Stable id, such as `tier:gap-loan`.
    pub id: String,
    /// `sources`, `collectors`, `account`, `tiers` or `people`.
    pub column: String,
    /// The window, the word of what is kept, the role of the tier or party.
    pub word: String,
    /// What people call it, where the deal says so.
    pub label: Option<String>,
    /// Stations that are told together here, or the members of a group.
    pub members: Vec<String>,
    /// What passes it, period by period.
    pub amounts: Vec<FlowAmountDto>,
}

/// Money from one station to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FlowStreamDto {
    /// The station it leaves.
    pub from: String,
    /// The station it enters.
    pub to: String,
    /// What passes, period by period. Its id is `<from>><to>`.
    pub amounts: Vec<FlowAmountDto>,
}

/// What all of it comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FlowTotalDto {
    /// The word, which is its id.
    pub id: String,
    /// Period by period.
    pub amounts: Vec<FlowAmountDto>,
}

/// An amount in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FlowAmountDto {
    /// From the first period to the end of this one.
    pub through: MoneyDto,
    /// In this one.
    pub during: MoneyDto,
}
