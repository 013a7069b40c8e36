//! Limits and other goals, told in the book

use recoup_deal::recoupment::Ratio;
use recoup_explain::{NodeId, Operation};
use recoup_money::Money;

use super::{
    balance::{sum, value},
    scribe::Scribe,
};
use crate::{
    exact::{Exact, UNIT, decimal, saturate},
    plan::{Goal, Origin},
    run::ReceiptRow,
};

impl Scribe<'_> {
    /// A number as a typed cell.
    pub(super) fn ratio(&mut self, path: String, ratio: Ratio) -> NodeId {
        self.cells.number(self.book, path, Some(decimal(ratio)))
    }

    pub(super) fn amount(&mut self, path: String, amount: Money) -> NodeId {
        let cell = self.cells.money(self.book, path, Some(amount));
        self.book.compute(Operation::ToNumber, &[cell])
    }

    fn times(&mut self, whole: Option<NodeId>, factor: Option<NodeId>) -> Option<NodeId> {
        Some(self.book.compute(Operation::Product, &[whole?, factor?]))
    }

    /// A goal as it stands, given the receipt in hand if there is one; none where it is nothing.
    pub(super) fn target(&mut self, index: u32, row: Option<(&ReceiptRow, NodeId)>) -> Option<NodeId> {
        let threshold = &self.plan.thresholds[index as usize];
        let from = match threshold.goal {
            Goal::Invested { instrument, .. } => [self.invested[instrument as usize], None],
            Goal::Owed { account, .. } => {
                let balance = &self.balances[account as usize];
                [balance.invested, balance.interest]
            }
            Goal::Fixed(_) => [None; 2],
            Goal::Units { .. } => {
                let Origin::Written(path) = &threshold.origin else { return None };
                return self.priced(index, path, threshold.goal);
            }
            Goal::Interest { account } => return self.balances[account as usize].interest,
            Goal::PerReceipt => return self.gross_targets.get(&index).copied(),
            Goal::Expenses { of, .. } => {
                let allowed = self.allowed_expenses(of, row)?;
                let factor = self.factor(index);
                return self.times(Some(allowed), factor);
            }
        };
        if let Some((_, node)) = self.targets.get(&index).filter(|(known, _)| *known == from) {
            return Some(*node);
        }
        let target = match threshold.goal {
            Goal::Fixed(amount) => self.fixed(index, amount)?,
            _ => {
                let whole = sum(self.book, from[0], from[1])?;
                match self.factor(index) {
                    Some(factor) => self.book.compute(Operation::Product, &[whole, factor]),
                    None => whole,
                }
            }
        };
        self.targets.insert(index, (from, target));
        Some(target)
    }

    /// A typed amount, or a cost of the film.
    fn fixed(&mut self, index: u32, amount: Exact) -> Option<NodeId> {
        match &self.plan.thresholds[index as usize].origin {
            Origin::Written(path) => {
                let amount = Money::new(saturate(amount / UNIT), self.currency);
                Some(self.amount(path.to_string(), amount))
            }
            Origin::FilmCost { cost, .. } => {
                let cost = &self.document.film_costs[*cost];
                let at = format!("recoupment.film_costs[{}]", cost.id);
                let whole = self.amount(format!("{at}.cost"), cost.cost);
                let covered = self.amount(format!("{at}.already_covered"), cost.already_covered);
                let factor = self.factor(index);
                let whole = self.times(Some(whole), factor)?;
                Some(self.book.compute(Operation::Difference, &[whole, covered]))
            }
        }
    }

    /// The cell that says how much of something a goal is.
    pub(super) fn factor(&mut self, index: u32) -> Option<NodeId> {
        if let Some(known) = self.factors.get(&index) {
            return Some(*known);
        }
        let threshold = &self.plan.thresholds[index as usize];
        let (path, factor) = match (&threshold.origin, threshold.goal) {
            (Origin::FilmCost { path, factor, .. }, _) => (path, *factor),
            // The hurdle of a rate is all that is owed at it.
            (Origin::Written(path), Goal::Owed { .. }) if path.ends_with(".rate_annual") => return None,
            (
                Origin::Written(path),
                Goal::Expenses { factor, .. } | Goal::Invested { factor, .. } | Goal::Owed { factor, .. },
            ) => (path, factor),
            (
                Origin::Written(_),
                Goal::Fixed(_) | Goal::Interest { .. } | Goal::Units { .. } | Goal::PerReceipt,
            ) => return None,
        };
        let node = self.ratio(path.to_string(), factor);
        self.factors.insert(index, node);
        Some(node)
    }

    fn allowed_expenses(&mut self, of: u32, row: Option<(&ReceiptRow, NodeId)>) -> Option<NodeId> {
        let (capped, uncapped) = self.expenses[of as usize];
        let kind = &self.document.expense_types[of as usize];
        let at = format!("recoupment.expense_types[{}]", kind.id);
        let mut allowed = capped;
        let amended = self.standing.caps.get(&of).copied();
        let written = kind.cap.filter(|_| amended.is_none());
        let cap = amended.or_else(|| written.map(|cap| self.amount(format!("{at}.cap"), cap)));
        if let (Some(cap), Some(declared)) = (cap, allowed) {
            allowed = Some(self.book.compute(Operation::Least, &[declared, cap]));
        }
        if let (Some(cap), Some(declared)) = (&kind.cap_of_receipts, allowed) {
            let set = self.plan.expenses[of as usize].cap_of_receipts.map(|(_, set)| set);
            let counter = set.map(|set| self.plan.layout.received + set);
            let mut received = counter.and_then(|counter| self.counters.get(&counter).copied());
            let mine = |row: &ReceiptRow| {
                let entry = row.entry?;
                set.filter(|set| self.plan.source_sets[*set as usize].contains(&entry))
            };
            if let Some((_, number)) = row.filter(|(row, _)| mine(row).is_some()) {
                received = sum(self.book, received, Some(number));
            }
            let rate = self.ratio(format!("{at}.cap_of_receipts.rate"), cap.rate);
            allowed = match self.times(received, Some(rate)) {
                Some(limit) => Some(self.book.compute(Operation::Least, &[declared, limit])),
                None => None,
            };
        }
        sum(self.book, allowed, uncapped)
    }

    /// What every share of the gross receipt may take of this one.
    pub(super) fn set_gross_targets(&mut self, row: &ReceiptRow, number: NodeId) {
        let Some(entry) = row.entry else { return };
        for node in &self.plan.entries[entry as usize].gross_nodes {
            let Some(gross) = self.plan.share(*node).and_then(|share| share.gross) else { continue };
            let paid = self.counters.get(&(self.plan.layout.paid + node)).copied();
            let mut target = sum(self.book, paid, self.carried.get(node).copied());
            if row.entitled.contains(node) {
                let rate = self.rate(*node);
                let earned = self.book.compute(Operation::Product, &[number, rate]);
                target = sum(self.book, target, Some(earned));
            }
            match target {
                Some(target) => self.gross_targets.insert(gross.threshold, target),
                None => self.gross_targets.remove(&gross.threshold),
            };
        }
    }

    /// What a share of the gross receipt could not be paid is carried, if that is agreed; what a reserve let go may have
    /// paid of it.
    pub(super) fn carry_gross(&mut self, row: &ReceiptRow) {
        let plan = self.plan;
        let nodes: Vec<u32> = match row.entry {
            Some(entry) => plan.entries[entry as usize].gross_nodes.clone(),
            None => {
                row.taken.iter().map(|(node, _)| *node).filter(|node| plan.share(*node).is_some()).collect()
            }
        };
        for node in nodes {
            let Some(gross) = plan.share(node).and_then(|share| share.gross) else { continue };
            let target = self.gross_targets.get(&gross.threshold).copied();
            let paid = self.counters.get(&(plan.layout.paid + node)).copied();
            let unpaid = super::balance::difference(self.book, target, paid);
            match unpaid.filter(|unpaid| gross.carries && value(self.book, Some(*unpaid)) > self.trifle) {
                Some(unpaid) => self.carried.insert(node, unpaid),
                None => self.carried.remove(&node),
            };
        }
    }
}
