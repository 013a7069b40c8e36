//! The order of recoupment that follows from the stack.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Asks for the plan that a deal's instruments lead to.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct DerivePlan {
    /// The open deal.
    pub deal: String,
}

/// A plan that nobody has taken over yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DerivedPlan {
    /// The revision it was derived from.
    pub revision: u32,
    /// The plan, as the cell `recoupment` holds it.
    #[specta(type = specta_typescript::Unknown)]
    pub plan: Value,
    /// What in it is custom rather than typed.
    pub customs: Vec<CustomDto>,
}

/// Something in a derived plan that is custom rather than typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CustomDto {
    /// The tier, or the instrument that has none.
    pub tier: String,
    /// `collection_fee`, `investors_half`, `producers_rest`, `payee_unknown` or `amount_unknown`.
    pub what: String,
}
