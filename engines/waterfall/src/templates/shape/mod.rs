//! One change to the order of recoupment

mod divide;
mod links;
mod members;
mod names;
mod refused;
mod users;

use recoup_deal::recoupment::{Ratio, RecoupmentPlan, Tier};
use serde::{Deserialize, Serialize};

pub(super) use names::free_among;
pub use refused::Refused;
pub use users::User;

/// What can be done to the order in one step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Operation {
    /// A tier or member stands elsewhere.
    Move {
        /// The tier or member.
        tier: String,
        /// Where.
        to: Place,
    },
    /// A tier shares the money with another: it joins its group, or both become one.
    Beside {
        /// The tier that moves.
        tier: String,
        /// The one that stays.
        with: String,
    },
    /// The members of a group are paid one after the other.
    InOrder {
        /// The group.
        group: String,
    },
    /// A tier comes in.
    Add {
        /// The tier, which gets another id where its own is in use.
        tier: Box<Tier>,
        /// Where.
        to: Place,
    },
    /// A tier or member goes.
    Remove {
        /// The tier or member.
        tier: String,
    },
    /// A copy stands behind the original.
    Duplicate {
        /// The tier or member.
        tier: String,
    },
    /// A part of a claim goes to another party.
    Divide {
        /// The claim.
        tier: String,
        /// Who gets the part.
        with: String,
        /// Which part.
        part: Ratio,
    },
    /// People call it something else.
    Rename {
        /// The tier or member.
        tier: String,
        /// The new name; none takes it away.
        label: Option<String>,
    },
    /// Money of a source comes in elsewhere.
    Enter {
        /// The source.
        source: String,
        /// The tier it enters.
        tier: String,
    },
}

/// Where a tier is put.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// Paid before another tier by all money that reaches that one, or before a member of a group.
    Before {
        /// The tier or member.
        tier: String,
    },
    /// Paid right after another tier, or after a member of a group.
    After {
        /// The tier or member.
        tier: String,
    },
    /// The last member of a group or ladder.
    Into {
        /// The group or ladder.
        group: String,
    },
    /// Paid by the money of some ways only: between these sources and tiers and the one they all lead to.
    Among {
        /// Sources and tiers.
        of: Vec<String>,
        /// What they lead to; none where they end.
        before: Option<String>,
    },
    /// Paid when everybody else has been.
    Last,
}

/// A changed plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Reshaped {
    /// The plan.
    pub plan: RecoupmentPlan,
    /// The tier that was moved, added or made.
    pub tier: Option<String>,
    /// Whether rates of a new group were scaled so that they make up the whole.
    pub scaled: bool,
    /// Reserves that had to be given back elsewhere, because their target no longer stands behind them.
    pub released_elsewhere: Vec<String>,
}

type Result<T> = std::result::Result<T, Refused>;

/// The plan after one change, its tiers in the order in which money meets them.
pub fn reshape(plan: &RecoupmentPlan, operation: &Operation) -> Result<Reshaped> {
    let reached = links::reached(plan);
    let mut work = Work { plan: plan.clone(), scaled: false };
    let tier = work.apply(operation)?;
    let mut plan = work.plan;
    links::expect_no_circle(&plan)?;
    let now = links::reached(&plan);
    let stands = |id: &&String| plan.tiers.iter().any(|tier| tier.id == **id);
    let tiers: Vec<String> = reached.iter().filter(stands).filter(|id| !now.contains(*id)).cloned().collect();
    if !tiers.is_empty() {
        return Err(Refused::CutOff { tiers });
    }
    let released_elsewhere = links::keep_releases_behind(&mut plan);
    links::in_reading_order(&mut plan);
    Ok(Reshaped { plan, tier, scaled: work.scaled, released_elsewhere })
}

/// The plan with a tier at a place, nothing looked at but whether it can stand there.
pub(super) fn add(plan: &RecoupmentPlan, tier: Tier, to: &Place) -> Result<RecoupmentPlan> {
    let mut work = Work { plan: plan.clone(), scaled: false };
    work.set_down(tier, to)?;
    Ok(work.plan)
}

/// Reserves given back behind themselves, tiers in the order in which money meets them.
pub(super) fn settled(plan: &mut RecoupmentPlan) {
    links::keep_releases_behind(plan);
    links::in_reading_order(plan);
}

/// Where a tier or member stands, so that it can be put back.
#[must_use]
pub fn place_of(plan: &RecoupmentPlan, id: &str) -> Option<Place> {
    if plan.tiers.iter().any(|tier| tier.id == id) {
        return Some(links::place_in_order(plan, id));
    }
    members::place_in_group(&plan.tiers, id)
}

/// A plan that is being changed.
struct Work {
    plan: RecoupmentPlan,
    scaled: bool,
}

impl Work {
    fn apply(&mut self, operation: &Operation) -> Result<Option<String>> {
        match operation {
            Operation::Move { tier, to } => self.moved(tier, to).map(Some),
            Operation::Beside { tier, with } => self.beside(tier, with).map(Some),
            Operation::InOrder { group } => self.in_order(group).map(Some),
            Operation::Add { tier, to } => {
                let tier = names::freshly_named(&self.plan, tier.as_ref().clone());
                let id = tier.id.clone();
                self.set_down(tier, to)?;
                Ok(Some(id))
            }
            Operation::Remove { tier } => self.removed(tier).map(|()| None),
            Operation::Duplicate { tier } => {
                let copy = names::freshly_named(&self.plan, self.tier(tier)?.clone());
                let id = copy.id.clone();
                self.set_down(Tier { then: None, ..copy }, &Place::After { tier: tier.clone() })?;
                Ok(Some(id))
            }
            Operation::Divide { tier, with, part } => self.divided(tier, with, *part).map(Some),
            Operation::Rename { tier, label } => {
                let found = members::find_mut(&mut self.plan.tiers, tier).ok_or_else(|| no_tier(tier))?;
                found.label =
                    label.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
                Ok(Some(tier.clone()))
            }
            Operation::Enter { source, tier } => self.entered(source, tier).map(|()| Some(tier.clone())),
        }
    }

    fn tier(&self, id: &str) -> Result<&Tier> {
        members::find(&self.plan.tiers, id).ok_or_else(|| no_tier(id))
    }

    fn moved(&mut self, id: &str, to: &Place) -> Result<String> {
        let tier = self.tier(id)?;
        let anchor = match to {
            Place::Before { tier } | Place::After { tier } => Some(tier),
            Place::Into { group } => Some(group),
            Place::Among { .. } | Place::Last => None,
        };
        if let Some(anchor) = anchor {
            self.tier(anchor)?;
            // Where it stands already is no move.
            if anchor == id && !matches!(to, Place::Into { .. }) {
                return Ok(id.to_owned());
            }
            if anchor == id || members::find(tier.members(), anchor).is_some() {
                return Err(Refused::IntoItself { tier: id.to_owned() });
            }
        }
        let group = members::group_of(&self.plan.tiers, id).map(|group| group.id.clone());
        let stays = |anchor: &String| match &group {
            Some(group) => {
                anchor == group
                    || members::group_of(&self.plan.tiers, anchor).is_some_and(|own| own.id == *group)
            }
            None => false,
        };
        let within =
            matches!(to, Place::Into { .. }) || anchor.is_some_and(|anchor| Some(anchor) != group.as_ref());
        if within && anchor.is_some_and(stays) {
            // Within its group: that one does not end because it is empty for a moment.
            let (_, tier) = members::take_out(&mut self.plan.tiers, id).ok_or_else(|| no_tier(id))?;
            members::put(&mut self.plan.tiers, tier, to)?;
            return Ok(id.to_owned());
        }
        let tier = self.lifted(id)?;
        self.set_down(tier, to)?;
        Ok(id.to_owned())
    }

    fn removed(&mut self, id: &str) -> Result<()> {
        let users = users::users_of(&self.plan, self.tier(id)?);
        if !users.is_empty() {
            return Err(Refused::InUse { tier: id.to_owned(), users });
        }
        if self.plan.tiers.len() == 1 && self.plan.tiers[0].id == id {
            self.plan.tiers.clear();
            self.plan.sources.clear();
            return Ok(());
        }
        self.lifted(id).map(drop)
    }

    fn entered(&mut self, source: &str, tier: &str) -> Result<()> {
        if !self.plan.tiers.iter().any(|one| one.id == tier) {
            return Err(no_tier(tier));
        }
        let found = self.plan.sources.iter_mut().find(|one| one.id == source);
        found.ok_or_else(|| Refused::Unknown { kind: "source", id: source.to_owned() })?.enters =
            tier.to_owned();
        Ok(())
    }

    /// Takes a tier out of the order, or a member out of its group. A group that is left empty goes with it.
    fn lifted(&mut self, id: &str) -> Result<Tier> {
        if self.plan.tiers.iter().any(|tier| tier.id == id) {
            return links::take_out(&mut self.plan, id);
        }
        let (group, tier) = members::take_out(&mut self.plan.tiers, id).ok_or_else(|| no_tier(id))?;
        let emptied = members::find(&self.plan.tiers, &group).filter(|group| group.members().is_empty());
        if let Some(emptied) = emptied {
            let users = users::users_of(&self.plan, emptied);
            if !users.is_empty() {
                return Err(Refused::InUse { tier: group, users });
            }
            self.lifted(&group)?;
        }
        Ok(tier)
    }

    fn set_down(&mut self, tier: Tier, to: &Place) -> Result<()> {
        let into_group = match to {
            Place::Into { .. } => true,
            Place::Before { tier } | Place::After { tier } => {
                self.tier(tier)?;
                !self.plan.tiers.iter().any(|one| one.id == *tier)
            }
            Place::Among { .. } | Place::Last => false,
        };
        if into_group {
            members::put(&mut self.plan.tiers, tier, to)
        } else {
            links::put(&mut self.plan, tier, to)
        }
    }
}

fn no_tier(id: &str) -> Refused {
    Refused::Unknown { kind: "tier", id: id.to_owned() }
}

#[cfg(test)]
mod tests;
