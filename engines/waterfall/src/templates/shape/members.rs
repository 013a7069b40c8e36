//! Members of groups and ladders

use recoup_deal::recoupment::{Ratio, RecoupmentPlan, Role, Split, Takes, Tier};
use serde_json::json;

use super::{Place, Refused, Result, Work, divide::times, links, names, no_tier};

/// A tier or member.
pub(super) fn find<'p>(tiers: &'p [Tier], id: &str) -> Option<&'p Tier> {
    tiers.iter().find_map(|tier| if tier.id == id { Some(tier) } else { find(tier.members(), id) })
}

pub(super) fn find_mut<'p>(tiers: &'p mut [Tier], id: &str) -> Option<&'p mut Tier> {
    for tier in tiers {
        if tier.id == id {
            return Some(tier);
        }
        if let Some(found) = members_mut(tier).and_then(|members| find_mut(members, id)) {
            return Some(found);
        }
    }
    None
}

/// The members of a tier, to be changed; none for a share or a reserve.
pub(super) fn members_mut(tier: &mut Tier) -> Option<&mut Vec<Tier>> {
    match &mut tier.takes {
        Takes::Together(group) => Some(&mut group.members),
        Takes::Steps(ladder) => Some(&mut ladder.members),
        Takes::Share(_) | Takes::Reserve(_) | Takes::Enters(_) => None,
    }
}

/// The group a member stands in.
pub(super) fn group_of<'p>(tiers: &'p [Tier], id: &str) -> Option<&'p Tier> {
    tiers.iter().find_map(|tier| {
        if tier.members().iter().any(|member| member.id == id) {
            Some(tier)
        } else {
            group_of(tier.members(), id)
        }
    })
}

pub(super) fn place_in_group(tiers: &[Tier], id: &str) -> Option<Place> {
    let group = group_of(tiers, id)?;
    let at = group.members().iter().position(|member| member.id == id)?;
    let next = group.members().get(at + 1).map(|member| Place::Before { tier: member.id.clone() });
    Some(next.unwrap_or_else(|| Place::Into { group: group.id.clone() }))
}

/// Takes a member out and says of which group.
pub(super) fn take_out(tiers: &mut [Tier], id: &str) -> Option<(String, Tier)> {
    let group = group_of(tiers, id)?.id.clone();
    let members = members_mut(find_mut(tiers, &group)?)?;
    let at = members.iter().position(|member| member.id == id)?;
    Some((group, members.remove(at)))
}

/// Puts a tier into a group, where the group can hold it.
pub(super) fn put(tiers: &mut [Tier], tier: Tier, to: &Place) -> Result<()> {
    let (group, place) = match to {
        Place::Into { group } => (group.clone(), None),
        Place::Before { tier: anchor } | Place::After { tier: anchor } => {
            let group = group_of(tiers, anchor).ok_or_else(|| no_tier(anchor))?;
            let at = group.members().iter().position(|member| member.id == *anchor);
            let after = usize::from(matches!(to, Place::After { .. }));
            (group.id.clone(), at.map(|at| at + after))
        }
        Place::Among { .. } | Place::Last => return Err(no_tier(&tier.id)),
    };
    let holder = find_mut(tiers, &group).ok_or_else(|| no_tier(&group))?;
    expect_fit(holder, &tier)?;
    let members = members_mut(holder).ok_or(Refused::NoGroup { tier: group })?;
    let at = place.unwrap_or(members.len()).min(members.len());
    members.insert(at, Tier { then: None, ..tier });
    Ok(())
}

fn expect_fit(holder: &Tier, tier: &Tier) -> Result<()> {
    if matches!(tier.takes, Takes::Reserve(_)) {
        return Err(Refused::ReserveInGroup { tier: tier.id.clone() });
    }
    let Takes::Together(group) = &holder.takes else { return Ok(()) };
    let measured = |split: Split| match &tier.takes {
        Takes::Share(share) => {
            share.limit.is_some() || (split == Split::Invested && share.in_proportion_to.is_some())
        }
        Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) | Takes::Enters(_) => false,
    };
    if group.split != Split::Fixed && !measured(group.split) {
        return Err(Refused::NoAmount { tier: tier.id.clone(), group: holder.id.clone() });
    }
    Ok(())
}

impl Work {
    /// Puts a tier beside another. Two claims with limits that both want everything are paid pari passu by what each is
    /// owed; where one has no limit, rates above the whole are scaled to make it up.
    pub(super) fn beside(&mut self, id: &str, with: &str) -> Result<String> {
        let stays = self.tier(with)?;
        if id == with || find(stays.members(), id).is_some() || find(self.tier(id)?.members(), with).is_some()
        {
            return Err(Refused::IntoItself { tier: id.to_owned() });
        }
        if matches!(stays.takes, Takes::Together(_) | Takes::Steps(_)) {
            return self.moved(id, &Place::Into { group: with.to_owned() });
        }
        if group_of(&self.plan.tiers, with).is_some() {
            return self.moved(id, &Place::After { tier: with.to_owned() });
        }
        for one in [id, with] {
            if matches!(self.tier(one)?.takes, Takes::Reserve(_)) {
                return Err(Refused::ReserveInGroup { tier: one.to_owned() });
            }
        }
        let tier = self.lifted(id)?;
        let at = self.plan.tiers.iter().position(|one| one.id == with).ok_or_else(|| no_tier(with))?;
        let stays = self.plan.tiers[at].clone();
        let group = self.new_group(stays, tier)?;
        let made = group.id.clone();
        links::lead(&mut self.plan, with, &made, |_| true);
        repoint_releases(&mut self.plan, with, &made);
        self.plan.tiers[at] = group;
        Ok(made)
    }

    fn new_group(&mut self, stays: Tier, joins: Tier) -> Result<Tier> {
        let id = names::free(&self.plan, &format!("{}-together", stays.id));
        let role = if stays.role == joins.role { stays.role } else { Role::Other };
        let then = stays.then.clone();
        let mut members = vec![Tier { then: None, ..stays }, Tier { then: None, ..joins }];
        let limited = |tier: &Tier| matches!(&tier.takes, Takes::Share(share) if share.limit.is_some());
        let mut split = "fixed";
        let sum = members.iter().map(rate).try_fold(Ratio::ZERO, |sum, rate| sum.checked_add(rate));
        if sum.is_none_or(|sum| sum.exceeds(Ratio::ONE)) {
            if members.iter().all(limited) {
                split = "outstanding";
            } else {
                self.scale(&mut members, sum);
            }
        }
        let group = json!({
            "id": id, "role": role, "takes": {"kind": "together", "members": members, "split": split}, "then": then,
        });
        serde_json::from_value(group).map_err(|_| no_tier(&id))
    }

    fn scale(&mut self, members: &mut [Tier], sum: Option<Ratio>) {
        let Some(part) = sum.and_then(|sum| Ratio::new(sum.denominator().into(), sum.numerator().into()))
        else {
            return;
        };
        for member in members {
            set_rate(member, part);
        }
        self.scaled = true;
    }

    /// Pays the members of a group one after the other, in its place. What the group as a whole took of the money, each
    /// member takes of what it was to take.
    pub(super) fn in_order(&mut self, id: &str) -> Result<String> {
        let group = self.tier(id)?.clone();
        let Takes::Together(held) = &group.takes else {
            return Err(Refused::NoGroup { tier: id.to_owned() });
        };
        let users = super::users::users_of_id(&self.plan, id);
        if !users.is_empty() {
            return Err(Refused::InUse { tier: id.to_owned(), users });
        }
        let mut members = held.members.clone();
        for member in &mut members {
            set_rate(member, held.base_rate);
        }
        let Some(first) = members.first().map(|member| member.id.clone()) else {
            self.lifted(id)?;
            return Ok(id.to_owned());
        };
        if let Some(outer) = group_of(&self.plan.tiers, id).map(|outer| outer.id.clone()) {
            let outer =
                find_mut(&mut self.plan.tiers, &outer).and_then(members_mut).ok_or_else(|| no_tier(id))?;
            let at = outer.iter().position(|member| member.id == id).unwrap_or(outer.len());
            outer.splice(at..=at, members);
            return Ok(first);
        }
        links::lead(&mut self.plan, id, &first, |_| true);
        let nexts: Vec<Option<String>> =
            members[1..].iter().map(|member| Some(member.id.clone())).chain([group.then.clone()]).collect();
        for (member, next) in members.iter_mut().zip(nexts) {
            member.then = next;
        }
        self.plan.tiers.retain(|tier| tier.id != id);
        self.plan.tiers.extend(members);
        Ok(first)
    }
}

fn rate(tier: &Tier) -> Ratio {
    match &tier.takes {
        Takes::Share(share) => share.rate,
        Takes::Together(group) => group.base_rate,
        Takes::Steps(ladder) => ladder.base_rate,
        Takes::Reserve(reserve) => reserve.rate,
        Takes::Enters(part) => part.rate,
    }
}

fn set_rate(tier: &mut Tier, part: Ratio) {
    let rate = match &mut tier.takes {
        Takes::Share(share) => &mut share.rate,
        Takes::Together(group) => &mut group.base_rate,
        Takes::Steps(ladder) => &mut ladder.base_rate,
        Takes::Reserve(reserve) => &mut reserve.rate,
        Takes::Enters(part) => &mut part.rate,
    };
    *rate = times(*rate, part).unwrap_or(*rate);
}

/// What was given back to a tier enters the group it stands in now.
fn repoint_releases(plan: &mut RecoupmentPlan, from: &str, to: &str) {
    for tier in &mut plan.tiers {
        if let Takes::Reserve(reserve) = &mut tier.takes
            && reserve.release_to == from
        {
            to.clone_into(&mut reserve.release_to);
        }
    }
}
