//! Tiers as the derivation writes them.

use recoup_deal::recoupment::{Limit, Ratio, Role, Share, Split, Takes, Tier, Together};

/// Something in a derived plan that is usual, not typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custom {
    /// The tier it stands in.
    pub tier: String,
    /// What it is.
    pub what: CustomKind,
}

/// What was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomKind {
    /// One per cent of collections for the collection account.
    CollectionFee,
    /// Half of the net profits for those who invested, by what they invested.
    InvestorsHalf,
    /// The rest of the net profits for the producer.
    ProducersRest,
    /// A payee that stands in because the instrument names nobody.
    PayeeUnknown,
    /// A deferral whose amount is not typed in the deal's currency; it has no tier.
    AmountUnknown,
}

/// A claim that takes everything that reaches it until its limit.
pub(super) fn claim(id: &str, label: &str, role: Role, payee: &str, limit: Option<Limit>) -> Tier {
    let takes = Takes::Share(Share { limit, ..share(payee) });
    Tier { id: id.to_owned(), label: Some(label.to_owned()), clause: None, role, takes, then: None }
}

/// A share of one payee without end.
pub(super) fn share(payee: &str) -> Share {
    Share {
        gross_of: Vec::new(),
        payee: payee.to_owned(),
        rate: Ratio::default(),
        rate_base: Default::default(),
        unpaid: Default::default(),
        limit: None,
        limit_pool: None,
        in_proportion_to: None,
        conditions: Vec::new(),
        pools: Vec::new(),
        contract: None,
        assigned: Vec::new(),
    }
}

/// Claims beside each other; a single one stands alone.
pub(super) fn beside(
    id: &str,
    label: &str,
    role: Role,
    mut members: Vec<Tier>,
    split: Split,
) -> Option<Tier> {
    if members.len() < 2 {
        return members.pop();
    }
    let takes =
        Takes::Together(Together { members, base_rate: Ratio::default(), split, shortfall_borne_by: None });
    Some(Tier { id: id.to_owned(), label: Some(label.to_owned()), clause: None, role, takes, then: None })
}
