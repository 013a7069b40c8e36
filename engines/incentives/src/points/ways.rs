//! What is still missing: which open criteria nothing can replace, and the fewest that would pass together.

use serde::Serialize;

use super::count::{Sum, meets, tally};
use super::{CriterionPoints, CriterionState, PointsResult, Rules};
use crate::run::Verdict;

/// Most sets that are told; a producer wants an example, not the list.
const MOST_WAYS: usize = 6;
/// Most steps of the search. Criteria are few and of few weights, so that the first sets are met at once.
const MOST_STEPS: usize = 20_000;

/// How an undecided test would be passed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WayToPass {
    /// Open criteria without which the test cannot be passed any more.
    pub must: Vec<String>,
    /// The smallest sets of open criteria that would pass, each at its most, whatever becomes of the others.
    pub fewest: Vec<Vec<String>>,
    /// Whether there may be further sets of that size.
    pub more: bool,
}

impl PointsResult {
    /// What would pass the test; nothing where it is decided.
    #[must_use]
    pub fn way_to_pass(&self) -> WayToPass {
        if self.verdict != Verdict::Unknown {
            return WayToPass::default();
        }
        let all: Vec<&CriterionPoints> = self.criteria().collect();
        let mut open: Vec<&CriterionPoints> =
            all.iter().copied().filter(|criterion| criterion.state == CriterionState::Open).collect();
        // What has no bound comes first, then what is worth most; the order of the law among equals.
        open.sort_by_key(|criterion| (criterion.most.is_some(), std::cmp::Reverse(criterion.most)));
        let must = open
            .iter()
            .filter(|one| {
                !self.rules.pass(&all, &|c| if c.input == one.input { c.sure() } else { c.possible() })
            })
            .map(|one| one.input.clone())
            .collect();
        let mut search = Search { rules: &self.rules, all: &all, open: &open, found: Vec::new(), steps: 0 };
        for size in 1..=open.len() {
            search.from(0, size, &mut Vec::new());
            if !search.found.is_empty() || search.steps > MOST_STEPS {
                break;
            }
        }
        let more = search.found.len() > MOST_WAYS;
        let in_order = |set: &Vec<usize>| {
            let chosen = all.iter().filter(|c| set.iter().any(|at| open[*at].input == c.input));
            chosen.map(|criterion| criterion.input.clone()).collect()
        };
        WayToPass { must, fewest: search.found.iter().take(MOST_WAYS).map(in_order).collect(), more }
    }
}

struct Search<'a> {
    rules: &'a Rules,
    all: &'a [&'a CriterionPoints],
    open: &'a [&'a CriterionPoints],
    found: Vec<Vec<usize>>,
    steps: usize,
}

impl Search<'_> {
    /// Takes `left` more of the open criteria from a place on.
    fn from(&mut self, at: usize, left: usize, chosen: &mut Vec<usize>) {
        self.steps += 1;
        if self.found.len() > MOST_WAYS || self.steps > MOST_STEPS {
            return;
        }
        if left == 0 {
            if self.passes(chosen, &[]) {
                self.found.push(chosen.clone());
            }
            return;
        }
        if at + left > self.open.len() || !self.can(at, left, chosen) {
            return;
        }
        chosen.push(at);
        self.from(at + 1, left - 1, chosen);
        chosen.pop();
        self.from(at + 1, left, chosen);
    }

    /// Whether anything is left to be found: with the whole rest it must pass, and the largest of the rest must
    /// reach the mark even where nothing excludes anything.
    fn can(&self, at: usize, left: usize, chosen: &[usize]) -> bool {
        let rest: Vec<usize> = (at..self.open.len()).collect();
        let sum = tally(self.all, |criterion| self.worth(criterion, chosen, &[]));
        let counting = self.open[at..].iter().filter(|criterion| criterion.part_of.is_none());
        let mut largest = counting.take(left).map(|criterion| criterion.most);
        let bound = largest.try_fold(sum.unwrap_or_default(), |sum, most| Some(sum.saturating_add(most?)));
        let reaches = self.rules.sum.is_some() || meets(bound, Some(self.rules.needed));
        reaches && self.passes(chosen, &rest)
    }

    fn passes(&self, chosen: &[usize], rest: &[usize]) -> bool {
        self.rules.pass(self.all, &|criterion| self.worth(criterion, chosen, rest))
    }

    fn worth(&self, criterion: &CriterionPoints, chosen: &[usize], rest: &[usize]) -> Sum {
        let taken = chosen.iter().chain(rest).any(|at| self.open[*at].input == criterion.input);
        if taken { criterion.possible() } else { criterion.sure() }
    }
}
