//! Why a share takes, or why money passes it by, told in the book

use recoup_explain::{NodeId, Operation};

use super::{
    balance::{less, value},
    pour::Pour,
    scribe::Scribe,
};
use crate::{
    plan::{Fact, ShareOp, Test},
    run::ReceiptRow,
};

impl Scribe<'_> {
    /// What a counter lacks to its goal; where the goal is nothing, the cell that says how much of what.
    fn missing(&mut self, index: u32) -> Option<NodeId> {
        let target = self.target(index, None);
        let counter = self.counters.get(&self.plan.thresholds[index as usize].counter).copied();
        if let Some((from, taken, known)) = self.missing.get(&index)
            && (*from, *taken) == (target, counter)
        {
            return Some(*known);
        }
        let node = match target {
            Some(_) => less(self.book, target, counter)?,
            None => self.factor(index)?,
        };
        self.missing.insert(index, (target, counter, node));
        Some(node)
    }

    /// A share that takes nothing lets everything pass: it has had all it may, or its conditions do not hold.
    pub(super) fn closed(&mut self, share: &ShareOp, pour: &mut Pour) {
        for limit in share.limit.into_iter().chain(share.gross.map(|gross| gross.threshold)) {
            if let Some(missing) = self.missing(limit)
                && value(self.book, Some(missing)) <= self.trifle
            {
                pour.passed.push(missing);
            }
        }
        pour.passed.extend(self.conditions(share));
    }

    /// A share outside its contract is as if it were not there.
    pub(super) fn outside_contract(&mut self, share: &ShareOp, pour: &mut Pour) {
        pour.passed.extend(self.contract(share));
    }

    /// What a share takes while its conditions hold.
    pub(super) fn under_conditions(&mut self, share: &ShareOp, full: NodeId) -> NodeId {
        let grounds = self.conditions(share);
        if grounds.is_empty() {
            return full;
        }
        let inputs: Vec<NodeId> = std::iter::once(full).chain(grounds).collect();
        self.book.compute(Operation::Decided, &inputs)
    }

    /// What a claim took is the least of what came to it and what it still lacks to its limit.
    pub(super) fn within_limit(&mut self, row: (&ReceiptRow, NodeId), node: u32, take: NodeId) -> NodeId {
        let Some(limit) = self.plan.share(node).and_then(|share| share.limit) else { return take };
        let counter = self.counters.get(&self.plan.thresholds[limit as usize].counter).copied();
        let target = self.target(limit, Some(row));
        let missing = less(self.book, target, counter);
        match missing.filter(|missing| value(self.book, Some(take)) <= value(self.book, Some(*missing))) {
            Some(missing) => self.book.least(take, missing),
            None => take,
        }
    }

    fn conditions(&mut self, share: &ShareOp) -> Vec<NodeId> {
        let mut found = self.contract(share);
        self.tests(&share.tests, &mut found);
        found
    }

    pub(super) fn contract(&mut self, share: &ShareOp) -> Vec<NodeId> {
        let Some(contract) = share.contract else { return Vec::new() };
        let row = &self.plan.contracts[contract as usize];
        let amended = self.standing.contract_ends.get(&contract).copied();
        let at = format!("recoupment.contracts[{}]", row.id);
        let days = [("from", row.from), ("to", row.to.filter(|_| amended.is_none()))];
        let given = days.into_iter().filter(|(_, day)| day.is_some());
        let mut found: Vec<NodeId> =
            given.map(|(word, day)| self.cells.date(self.book, format!("{at}.{word}"), day)).collect();
        found.extend(amended);
        found
    }

    fn tests(&mut self, tests: &[Test], found: &mut Vec<NodeId>) {
        for test in tests {
            match test {
                Test::All(of) | Test::Any(of) => self.tests(of, found),
                Test::Threshold { index, .. } => found.extend(self.missing(*index)),
                Test::Fact(fact) => self.fact(*fact, found),
            }
        }
    }

    /// The typed amounts and days of a condition on the receipt. Its words are told by what is done.
    fn fact(&mut self, fact: u32, found: &mut Vec<NodeId>) {
        let (fact, path) = &self.plan.facts[fact as usize];
        match fact {
            Fact::Date { from, to } => {
                for (word, day) in [("from", from), ("to", to)].into_iter().filter(|(_, day)| day.is_some()) {
                    found.push(self.cells.date(self.book, format!("{path}.{word}"), *day));
                }
            }
            Fact::ContractValue { target, .. } => {
                let target = recoup_money::Money::new(*target, self.currency);
                found.push(self.cells.money(self.book, format!("{path}.target"), Some(target)));
                found.extend(self.standing.receipt_value);
            }
            Fact::Counted { series, target, .. } => {
                found.push(self.cells.number(self.book, format!("{path}.target"), Some((*target).into())));
                found.extend(self.standing.units.get(series).copied());
            }
            Fact::Event { event, target, .. } => {
                found.push(self.ratio(format!("{path}.target"), *target));
                found.extend(self.standing.events.get(event).copied());
            }
            Fact::Territory(..) | Fact::Media(..) | Fact::Source(..) => {}
        }
    }
}
