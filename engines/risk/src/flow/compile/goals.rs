//! Goals as rows, and what amendments do to them

use std::collections::HashMap;

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;
use recoup_waterfall::flat::{Goal as Flat, Origin};

use super::{
    super::{
        form::{At, Final, Goal, Growing, Mark, NONE, Span},
        rows::{minor, number},
    },
    Compiler, Result, unsupported,
};

impl Compiler<'_> {
    /// A threshold of the plan as it stands now.
    pub(super) fn mark(&mut self, index: u32, entry: Option<u32>) -> Result<Mark> {
        let threshold = &self.flat.thresholds[index as usize];
        let beyond = if threshold.beyond {
            let next = self.beyond.len() as u32;
            *self.beyond.entry(index).or_insert(next)
        } else {
            NONE
        };
        let have = self.counters.row(threshold.counter);
        let at_least = threshold.at_least;
        Ok(Mark { have, goal: self.goal(index, entry)?, at_least, beyond })
    }

    /// The row of a goal.
    pub(super) fn goal(&mut self, index: u32, entry: Option<u32>) -> Result<At> {
        let factor = |work: &mut Self, factor: Ratio| work.factor(index, factor);
        let goal = match self.goals[index as usize] {
            Flat::Fixed(exact) => return self.fixed(index, minor(exact)),
            Flat::PerReceipt => {
                return Ok(*self.earned.entry(index).or_insert_with(|| self.rows.row()));
            }
            Flat::Interest { account } => return Ok(self.accounts.rows(account as usize).interest),
            Flat::Units { series, amount, beyond } => {
                let path = self.written(index);
                if self.rows.varies(&path) {
                    return unsupported(&path, "an amount for each unit that varies");
                }
                let units = self.standing.units(series).saturating_sub(beyond).max(0);
                return Ok(self.rows.constant(amount as f64 * units as f64));
            }
            Flat::Invested { instrument, factor: times } => {
                let invested = self.invested[instrument as usize];
                let factor = factor(self, times);
                if factor == self.rows.constant(1.0) {
                    return Ok(invested);
                }
                Goal::Invested { invested, factor, goal: 0 }
            }
            Flat::Owed { account, factor: times } => {
                let rows = self.accounts.rows(account as usize);
                let factor = factor(self, times);
                Goal::Owed { invested: rows.invested, interest: rows.interest, factor, goal: 0 }
            }
            Flat::Expenses { of, factor: times } => {
                let (capped, uncapped) = self.expenses[of as usize];
                let growing = self.growing(of, entry);
                let (cap, factor) = (self.caps[of as usize], factor(self, times));
                Goal::Expenses { capped, uncapped, cap, growing, factor, goal: 0 }
            }
        };
        Ok(self.moving(goal))
    }

    fn growing(&mut self, of: u32, entry: Option<u32>) -> Option<Growing> {
        let row = &self.flat.expenses[of as usize];
        let (rate, set) = row.cap_of_receipts?;
        let path = format!("recoupment.expense_types[{}].cap_of_receipts.rate", row.id);
        Some(Growing {
            rate: self.rows.cell(&path, number(rate)),
            received: self.counters.row(self.flat.layout.received + set),
            counts: entry.is_some_and(|entry| self.flat.source_sets[set as usize].contains(&entry)),
        })
    }

    /// A goal that is worked out for each receipt has a row of its own, which all that ask for the same share.
    fn moving(&mut self, goal: Goal) -> At {
        // The same goal of a receipt that counts and of one that does not is one goal.
        let mut key = goal;
        if let Goal::Expenses { growing: Some(growing), .. } = &mut key {
            growing.counts = false;
        }
        let at = *self.goal_rows.entry(key).or_insert_with(|| self.rows.row());
        let placed = match goal {
            Goal::Invested { invested, factor, .. } => Goal::Invested { invested, factor, goal: at },
            Goal::Owed { invested, interest, factor, .. } => {
                Goal::Owed { invested, interest, factor, goal: at }
            }
            Goal::Expenses { capped, uncapped, cap, growing, factor, .. } => {
                Goal::Expenses { capped, uncapped, cap, growing, factor, goal: at }
            }
        };
        self.goal_of.insert(at, placed);
        at
    }

    fn written(&self, index: u32) -> String {
        match &self.flat.thresholds[index as usize].origin {
            Origin::Written(path) => path.to_string(),
            Origin::FilmCost { path, .. } => path.to_string(),
        }
    }

    fn fixed(&mut self, index: u32, value: f64) -> Result<At> {
        let path = self.written(index);
        if !self.rows.varies(&path) || self.amended[index as usize] {
            return Ok(self.rows.constant(value));
        }
        match self.flat.thresholds[index as usize].origin {
            Origin::Written(_) => Ok(self.rows.cell(&path, value)),
            Origin::FilmCost { .. } => unsupported(&path, "a cost of the film that varies"),
        }
    }

    fn factor(&mut self, index: u32, factor: Ratio) -> At {
        let path = self.written(index);
        // The cell of a hurdle is its rate; its factor is written nowhere.
        if self.amended[index as usize] || path.ends_with("rate_annual") {
            return self.rows.constant(number(factor));
        }
        self.rows.cell(&path, number(factor))
    }

    pub(super) fn amend_limit(
        &mut self,
        node: usize,
        date: Date,
        (amount, factor, rate): (Option<i64>, Option<Ratio>, Option<Ratio>),
    ) -> Result<()> {
        let mut grows = None;
        for (index, threshold) in self.flat.thresholds.iter().enumerate() {
            if threshold.limit_of != Some(node as u32) {
                continue;
            }
            let goal = &mut self.goals[index];
            let before = format!("{goal:?}");
            match goal {
                Flat::Fixed(exact) => {
                    *exact = amount.map_or(*exact, |amount| i128::from(amount) * 1_000_000_000_000);
                }
                Flat::Expenses { factor: of, .. } => *of = factor.unwrap_or(*of),
                Flat::Invested { factor: of, .. } => *of = factor.or(rate).unwrap_or(*of),
                Flat::Units { amount: of, .. } => *of = amount.unwrap_or(*of),
                Flat::Owed { account, factor: of } => {
                    *of = factor.unwrap_or(*of);
                    grows = Some(*account);
                }
                Flat::Interest { account } => grows = Some(*account),
                Flat::PerReceipt => {}
            }
            self.amended[index] |= before != format!("{:?}", self.goals[index]);
        }
        if let (Some(account), Some(rate)) = (grows, rate) {
            self.accounts.accrue(account as usize, date, false)?;
            self.push_accruals();
            self.accounts.reprice(account as usize, rate, &mut self.rows);
        }
        Ok(())
    }

    /// Time passes to the last day, and every claim with a limit stands at it.
    pub(super) fn standing_at_the_end(&mut self) -> Result<(Vec<Final>, Vec<Goal>, Span)> {
        let mut finals = Vec::new();
        let Some(last) = self.slots.last_day() else {
            return Ok((finals, Vec::new(), Span::default()));
        };
        for account in 0..self.flat.accounts.len() {
            self.accounts.accrue(account, last, false)?;
        }
        let finish = self.accounts.taken().unwrap_or_default();
        let mut goals: HashMap<At, Goal> = HashMap::new();
        for node in 0..self.flat.nodes.len() as u32 {
            if !self.flat.pays_out(node) {
                continue;
            }
            let Some(limit) = self.flat.share(node).and_then(|share| share.limit) else {
                continue;
            };
            let mark = self.mark(limit, None)?;
            finals.push(Final { node, have: mark.have, goal: mark.goal });
            goals.extend(self.goal_of.get(&mark.goal).map(|goal| (mark.goal, *goal)));
            self.held_by.extend(self.payees[node as usize].map(|party| (node, party)));
        }
        Ok((finals, goals.into_values().collect(), finish))
    }
}
