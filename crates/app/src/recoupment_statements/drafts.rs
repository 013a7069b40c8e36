//! Plans that somebody compared with, so that the figures under them can still be asked why

use std::collections::VecDeque;

use recoup_deal::recoupment::RecoupmentPlan;

/// How many are remembered; who looks at an older one compares again.
const MOST: usize = 16;

/// The last plans that were compared, each by the name that addresses give it.
#[derive(Debug, Default)]
pub(crate) struct Drafts(VecDeque<(String, RecoupmentPlan)>);

impl Drafts {
    pub(crate) fn keep(&mut self, name: String, plan: RecoupmentPlan) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push_back((name, plan));
        if self.0.len() > MOST {
            self.0.pop_front();
        }
    }

    pub(crate) fn of(&self, name: &str) -> Option<&RecoupmentPlan> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, plan)| plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten() {
        let mut drafts = Drafts::default();
        for number in 0..=MOST {
            drafts.keep(number.to_string(), RecoupmentPlan::default());
        }
        assert!(drafts.of("0").is_none());
        assert!(drafts.of("1").is_some());
    }
}
