//! What stands while money flows, and where claims stand when all is over

use recoup_lanes::{Lanes, Mask};

use super::{
    super::form::{Goal, Growing, Mark, NONE, Route, Span, Word},
    machine::Machine,
};

/// Owed less than this is owed nothing: it would not be paid.
const HALF_A_UNIT: f64 = 0.5;

impl<L: Lanes> Machine<'_, L> {
    /// Goals that move stand anew, and the gross earns.
    #[inline(always)]
    pub(super) fn begin(&mut self, route: &Route, amount: L) {
        for goal in &route.goals {
            self.settle(goal, amount);
        }
        if !self.notes.passed.is_empty() {
            self.forget_passed(route);
        }
        for earns in &route.earns {
            let paid = self.get(earns.paid);
            let mut goal = self.get(earns.goal).max(paid);
            if earns.entitled {
                let earned = amount * self.get(earns.rate);
                let earned = match earns.tests.is_empty() {
                    true => earned,
                    false => L::select(self.holds(earns.tests), earned, L::splat(0.0)),
                };
                goal = goal + earned;
            }
            self.set(earns.goal, goal);
        }
    }

    #[inline(always)]
    fn settle(&mut self, goal: &Goal, amount: L) {
        match *goal {
            Goal::Invested { invested, factor, goal } => {
                let value = self.get(invested) * self.get(factor);
                self.set(goal, value);
            }
            Goal::Owed { invested, interest, factor, goal } => {
                let value = (self.get(invested) + self.get(interest)) * self.get(factor);
                self.set(goal, value);
            }
            Goal::Expenses { capped, uncapped, cap, growing, factor, goal } => {
                let mut allowed = self.get(capped).min(self.get(cap));
                if let Some(Growing { rate, received, counts }) = growing {
                    let received = self.get(received);
                    let received = if counts { received + amount } else { received };
                    allowed = allowed.min(received * self.get(rate));
                }
                let value = (allowed + self.get(uncapped)) * self.get(factor);
                self.set(goal, value);
            }
        }
    }

    /// Where a threshold holds.
    #[inline(always)]
    pub(super) fn stands(&self, mark: &Mark) -> L::Mask {
        let (have, goal) = (self.get(mark.have), self.get(mark.goal));
        let mut reached = (have + self.close).ge(goal);
        if mark.beyond != NONE {
            let passed = L::Mask::from_bits(self.notes.passed[mark.beyond as usize]);
            reached = reached & (passed | have.gt(goal + self.close));
        }
        if mark.at_least { reached } else { !reached }
    }

    /// Where everything that is asked holds.
    #[inline(always)]
    pub(super) fn holds(&mut self, tests: Span) -> L::Mask {
        let program = self.program;
        let mut depth = 0;
        for word in &program.words[tests.range()] {
            match word {
                Word::Is(is) => {
                    self.notes.words[depth] = if *is { u8::MAX } else { 0 };
                    depth += 1;
                }
                Word::Mark(mark) => {
                    self.notes.words[depth] = self.stands(mark).bits();
                    depth += 1;
                }
                Word::And => {
                    depth -= 1;
                    self.notes.words[depth - 1] &= self.notes.words[depth];
                }
                Word::Or => {
                    depth -= 1;
                    self.notes.words[depth - 1] |= self.notes.words[depth];
                }
            }
        }
        L::Mask::from_bits(self.notes.words[0])
    }

    /// A goal that rose again has to be passed again.
    #[inline(always)]
    fn forget_passed(&mut self, route: &Route) {
        for mark in route.cuts.iter().filter(|mark| mark.beyond != NONE) {
            let still = (self.get(mark.have) + self.close).ge(self.get(mark.goal));
            self.notes.passed[mark.beyond as usize] &= still.bits();
        }
    }

    /// Time passes to the last day, and limits are held against what claims had.
    #[inline(always)]
    pub(super) fn stand_at_the_end(&mut self, recouped: &mut [u8], recouped_by: &mut [Option<u8>]) {
        let program = self.program;
        self.accrue(&program.accruals[program.finish.range()], L::Mask::from_bits(u8::MAX));
        for goal in &program.last_goals {
            self.settle(goal, L::splat(0.0));
        }
        recouped.fill(0);
        recouped_by.fill(None);
        for last in &program.finals {
            let owed = self.get(last.goal) - self.get(last.have);
            recouped[last.node as usize] = owed.lt(L::splat(HALF_A_UNIT)).bits();
        }
        for (node, party) in &program.held_by {
            let all = recouped_by[*party as usize].unwrap_or(u8::MAX);
            recouped_by[*party as usize] = Some(all & recouped[*node as usize]);
        }
    }
}
