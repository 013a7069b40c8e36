//! One claim for two parties

use recoup_deal::recoupment::{Limit, Ratio, Split, Takes, Tier, Together};
use recoup_money::{Money, Rounding};

use super::{Place, Refused, Result, Work, links, members, names, no_tier, users};

impl Work {
    /// Gives a part of a claim to another party, with that part of what it may take: both stand beside each other.
    pub(super) fn divided(&mut self, id: &str, with: &str, part: Ratio) -> Result<String> {
        let rest = Ratio::new(
            i128::from(part.denominator()) - i128::from(part.numerator()),
            part.denominator().into(),
        );
        let rest = rest
            .filter(|rest| rest.numerator() > 0 && part.numerator() > 0)
            .ok_or(Refused::PartOutOfRange)?;
        let tier = self.tier(id)?.clone();
        let Takes::Share(share) = &tier.takes else {
            return Err(Refused::Indivisible { tier: id.to_owned() });
        };
        // A condition on the whole claim would mean half of it afterwards.
        let users = users::users_of_id(&self.plan, id);
        if !users.is_empty() {
            return Err(Refused::InUse { tier: id.to_owned(), users });
        }
        let indivisible = || Refused::Indivisible { tier: id.to_owned() };
        let (kept_limit, given_limit) = match &share.limit {
            Some(limit) if share.limit_pool.is_none() => {
                let (kept, given) = cut(limit, rest, part).ok_or_else(indivisible)?;
                (Some(kept), Some(given))
            }
            other => (other.clone(), other.clone()),
        };
        let mut kept = share.clone();
        let mut given = share.clone();
        kept.rate = times(share.rate, rest).ok_or_else(indivisible)?;
        given.rate = times(share.rate, part).ok_or_else(indivisible)?;
        kept.limit = kept_limit;
        given.limit = given_limit;
        with.clone_into(&mut given.payee);
        given.assigned.clear();
        let second = Tier {
            id: names::free(&self.plan, &format!("{id}-{with}")),
            label: None,
            takes: Takes::Share(given),
            then: None,
            ..tier.clone()
        };
        if let Some(found) = members::find_mut(&mut self.plan.tiers, id) {
            found.takes = Takes::Share(kept);
        }
        self.beside_divided(&tier, second)
    }

    /// Within a group the second part joins it; in the order both make one.
    fn beside_divided(&mut self, tier: &Tier, second: Tier) -> Result<String> {
        let made = second.id.clone();
        if members::group_of(&self.plan.tiers, &tier.id).is_some() {
            self.set_down(second, &Place::After { tier: tier.id.clone() })?;
            return Ok(made);
        }
        let group = names::free(&self.plan, &format!("{}-together", tier.id));
        let at = self.plan.tiers.iter().position(|one| one.id == tier.id).ok_or_else(|| no_tier(&tier.id))?;
        links::lead(&mut self.plan, &tier.id, &group, |_| true);
        let first = Tier { then: None, ..self.plan.tiers[at].clone() };
        let takes = Takes::Together(Together {
            members: vec![first, second],
            base_rate: Ratio::ONE,
            split: Split::Fixed,
            shortfall_borne_by: None,
        });
        self.plan.tiers[at] = Tier { id: group, takes, ..tier.clone() };
        Ok(made)
    }
}

/// The two parts of what a claim may take; none for a return that grows by itself.
fn cut(limit: &Limit, rest: Ratio, part: Ratio) -> Option<(Limit, Limit)> {
    let (mut kept, mut given) = (limit.clone(), limit.clone());
    match (&mut kept, &mut given) {
        (Limit::Amount { amount: kept }, Limit::Amount { amount: given }) => {
            let cut = given.scale_ratio(part.numerator(), part.denominator(), Rounding::HalfUp).ok()?;
            *kept = Money::new(kept.minor().checked_sub(cut.minor())?, kept.currency());
            *given = cut;
        }
        (Limit::Expenses { factor: kept, .. }, Limit::Expenses { factor: given, .. })
        | (Limit::Invested { factor: kept, .. }, Limit::Invested { factor: given, .. })
        | (
            Limit::PrincipalAndInterest { factor: kept, .. },
            Limit::PrincipalAndInterest { factor: given, .. },
        )
        | (Limit::Premium { rate: kept, .. }, Limit::Premium { rate: given, .. }) => {
            *kept = times(*kept, rest)?;
            *given = times(*given, part)?;
        }
        _ => return None,
    }
    Some((kept, given))
}

/// The product of two ratios, where it can be written.
pub(super) fn times(a: Ratio, b: Ratio) -> Option<Ratio> {
    let top = i128::from(a.numerator()).checked_mul(i128::from(b.numerator()))?;
    Ratio::new(top, i128::from(a.denominator()).checked_mul(i128::from(b.denominator()))?)
}
