//! Adding points up: groups count once, parts are not added again, and what has no bound reaches every mark.

use rust_decimal::Decimal;

use super::{CriterionPoints, CriterionState, Rules, SectionPoints};
use crate::run::Verdict;

/// A number of points; none where it has no bound.
pub(super) type Sum = Option<Decimal>;

/// Criteria that must give points together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Need {
    /// The criteria, by their inputs.
    pub(super) of: Vec<String>,
    /// How many; any where none is stated.
    pub(super) at_least: Option<Decimal>,
    /// Whether it is the minimum of a section.
    pub(super) of_section: bool,
}

/// Whether a number of points reaches a mark; any point does where no mark is stated.
pub(super) fn meets(sum: Sum, at_least: Option<Decimal>) -> bool {
    match (sum, at_least) {
        (None, _) => true,
        (Some(sum), Some(least)) => sum >= least,
        (Some(sum), None) => sum > Decimal::ZERO,
    }
}

/// Adds criteria up. Of those that exclude each other the largest counts.
fn added<'c>(
    criteria: impl Iterator<Item = &'c CriterionPoints>,
    worth: impl Fn(&CriterionPoints) -> Sum,
) -> Sum {
    let mut sum = Decimal::ZERO;
    let mut groups: Vec<(&str, Decimal)> = Vec::new();
    for criterion in criteria {
        let worth = worth(criterion)?;
        match &criterion.group {
            None => sum = sum.saturating_add(worth),
            Some(group) => match groups.iter_mut().find(|(name, _)| name == group) {
                Some((_, best)) => *best = worth.max(*best),
                None => groups.push((group, worth)),
            },
        }
    }
    Some(groups.iter().fold(sum, |sum, (_, best)| sum.saturating_add(*best)))
}

/// The score of criteria: what is a part of another is not added again.
pub(super) fn tally(all: &[&CriterionPoints], worth: impl Fn(&CriterionPoints) -> Sum) -> Sum {
    added(all.iter().copied().filter(|criterion| criterion.part_of.is_none()), worth)
}

impl Need {
    pub(super) fn met(&self, all: &[&CriterionPoints], worth: impl Fn(&CriterionPoints) -> Sum) -> bool {
        let mine = all.iter().copied().filter(|criterion| self.of.contains(&criterion.input));
        meets(added(mine, worth), self.at_least)
    }

    pub(super) fn verdict(&self, all: &[&CriterionPoints]) -> Verdict {
        between(self.met(all, CriterionPoints::sure), self.met(all, CriterionPoints::possible))
    }
}

/// Passed with everything open lost, failed with everything open won, or undecided.
fn between(lost: bool, won: bool) -> Verdict {
    match (lost, won) {
        (true, _) => Verdict::Pass,
        (false, true) => Verdict::Unknown,
        (false, false) => Verdict::Fail,
    }
}

/// The verdict by the criteria alone.
pub(super) fn verdict(rules: &Rules, all: &[&CriterionPoints]) -> Verdict {
    between(rules.pass(all, &CriterionPoints::sure), rules.pass(all, &CriterionPoints::possible))
}

/// Marks the criteria that another of their group leaves nothing to: the largest counts, the first of equals.
pub(super) fn exclude(sections: &mut [SectionPoints]) {
    let mut best: Vec<(String, String, Decimal)> = Vec::new();
    for criterion in sections.iter().flat_map(|section| &section.criteria) {
        let Some(group) = &criterion.group else { continue };
        match best.iter_mut().find(|(name, _, _)| name == group) {
            Some((_, input, worth)) if criterion.worth > *worth => {
                *input = criterion.input.clone();
                *worth = criterion.worth;
            }
            Some(_) => {}
            None => best.push((group.clone(), criterion.input.clone(), criterion.worth)),
        }
    }
    for criterion in sections.iter_mut().flat_map(|section| &mut section.criteria) {
        let winner = best.iter().find(|(group, _, _)| criterion.group.as_ref() == Some(group));
        let Some((_, input, worth)) = winner.filter(|(_, input, _)| *input != criterion.input) else {
            continue;
        };
        let nothing_left =
            criterion.state == CriterionState::Open && criterion.most.is_some_and(|most| most <= *worth);
        if criterion.worth > Decimal::ZERO || nothing_left && *worth > Decimal::ZERO {
            criterion.counted = Decimal::ZERO;
            criterion.state = CriterionState::Excluded;
            criterion.excluded_by = Some(input.clone());
        }
    }
}
