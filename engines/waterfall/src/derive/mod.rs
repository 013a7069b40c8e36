//! The order of recoupment that a stack usually leads to.
//!
//! What a financing agreement would say if nobody had asked for anything else: the collection account first, then
//! what loans are still owed in the order of their risk, soft money and equity, premiums, deferrals, and what is left
//! as net profits. It is where an editor begins, not what was agreed: every position that is taken from custom rather
//! than from the deal says so in its label's note.

mod claims;
mod profits;
mod tiers;

use recoup_deal::recoupment::{PlanSource, RecoupmentPlan, Tier};
use recoup_deal::{Deal, PartyRole};

use claims::Positions;
pub use tiers::{Custom, CustomKind};

/// A plan, and what in it is custom rather than the deal's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// The plan.
    pub plan: RecoupmentPlan,
    /// What was filled in because nobody has typed it; in the order of the tiers.
    pub customs: Vec<Custom>,
}

/// The plan that follows from the deal's instruments, parties and agencies. A deal without instruments gives one in
/// which the producer receives everything.
#[must_use]
pub fn derive_plan(deal: &Deal) -> Derived {
    let mut positions = Positions::of(deal);
    positions.collection_account();
    positions.advances();
    positions.loans();
    positions.soft_money_before_equity();
    positions.equity();
    positions.returns_on_equity();
    positions.soft_money_after_equity();
    positions.deferrals();
    let residual = deal
        .parties
        .iter()
        .find(|party| party.role == PartyRole::Producer)
        .or_else(|| deal.parties.iter().find(|party| party.role == PartyRole::ProductionCompany))
        .or(deal.parties.first())
        .map(|party| party.id.clone());
    positions.net_profits(residual.as_deref());
    let (tiers, customs) = positions.joined();
    Derived { plan: plan(tiers, residual), customs }
}

fn plan(mut tiers: Vec<Tier>, residual: Option<String>) -> RecoupmentPlan {
    for place in 1..tiers.len() {
        tiers[place - 1].then = Some(tiers[place].id.clone());
    }
    let enters = tiers.first().map(|tier| tier.id.clone());
    let source =
        |enters| PlanSource { id: "collections".to_owned(), enters, receives_others: true, ..empty_source() };
    RecoupmentPlan {
        sources: enters.map(source).into_iter().collect(),
        tiers,
        residual,
        ..RecoupmentPlan::default()
    }
}

fn empty_source() -> PlanSource {
    PlanSource {
        id: String::new(),
        enters: String::new(),
        receives: Vec::new(),
        receives_others: false,
        contract: None,
        territories: Vec::new(),
        media: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
