//! Windows of exploitation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A way in which a work is exploited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// All media of a territory together, as territories are sold.
    AllRights,
    /// Cinemas.
    Theatrical,
    /// Premium rental at home soon after cinemas.
    Pvod,
    /// Rental.
    Tvod,
    /// Electronic sell-through.
    Est,
    /// Subscription streaming.
    Svod,
    /// Pay television.
    PayTv,
    /// Free television.
    FreeTv,
    /// Advertising-funded streaming.
    Avod,
    /// Free ad-supported channels.
    Fast,
    /// Discs.
    Physical,
    /// Airlines and ships.
    Airline,
    /// Schools, libraries, clubs.
    NonTheatrical,
    /// Toys, books, clothes.
    Merchandising,
    /// Music and soundtrack.
    Music,
    /// Anything else.
    Other,
}

impl Window {
    /// Every window, the earlier ones first.
    pub const ALL: [Self; 16] = [
        Self::AllRights,
        Self::Theatrical,
        Self::Pvod,
        Self::Tvod,
        Self::Est,
        Self::Svod,
        Self::PayTv,
        Self::FreeTv,
        Self::Avod,
        Self::Fast,
        Self::Physical,
        Self::Airline,
        Self::NonTheatrical,
        Self::Merchandising,
        Self::Music,
        Self::Other,
    ];

    /// The word used in documents and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::AllRights => "all_rights",
            Self::Theatrical => "theatrical",
            Self::Pvod => "pvod",
            Self::Tvod => "tvod",
            Self::Est => "est",
            Self::Svod => "svod",
            Self::PayTv => "pay_tv",
            Self::FreeTv => "free_tv",
            Self::Avod => "avod",
            Self::Fast => "fast",
            Self::Physical => "physical",
            Self::Airline => "airline",
            Self::NonTheatrical => "non_theatrical",
            Self::Merchandising => "merchandising",
            Self::Music => "music",
            Self::Other => "other",
        }
    }

    /// Whether two grants of rights meet: the same window, or one of them is all media of a territory. Toys and
    /// music are no media: whoever licenses all rights of a film for a territory does not license them.
    pub fn shares_rights(self, other: Self) -> bool {
        let beside = |window: Self| matches!(window, Self::Merchandising | Self::Music | Self::Other);
        let all = |one: Self, two: Self| one == Self::AllRights && !beside(two);
        self == other || all(self, other) || all(other, self)
    }
}
