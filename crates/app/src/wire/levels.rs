//! What reaches whom at other levels of worldwide gross.

use serde::{Deserialize, Serialize};

use super::{FigureDto, MoneyDto};

/// Asks who is paid what if the film grossed more or less.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct WeighLevels {
    /// The open deal.
    pub deal: String,
    /// Worldwide gross of each level, at most twelve, in the deal's currency; none means a half, three quarters,
    /// the whole and five quarters of the estimates.
    #[serde(default)]
    pub gross: Vec<MoneyDto>,
}

/// The levels in the order they were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedLevels {
    /// The revision they were computed on.
    pub revision: u32,
    /// The levels.
    pub levels: Vec<LevelDto>,
}

/// One level: every open estimate scaled alike, everything that is fixed as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LevelDto {
    /// The worldwide gross.
    pub gross: FigureDto,
    /// What of it reaches the collection account.
    pub account: FigureDto,
    /// Every party that the plan pays, in its order.
    pub parties: Vec<LevelPartyDto>,
}

/// What a party has at one level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LevelPartyDto {
    /// The party.
    pub party: String,
    /// What it is paid.
    pub paid: FigureDto,
    /// What is still owed to it: nothing where it is out.
    pub outstanding: FigureDto,
}
