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
