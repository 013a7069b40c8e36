//! What shares would have had, were their contracts alive, told in the book

use recoup_explain::{NodeId, Operation};
use recoup_money::Money;

use super::scribe::Scribe;
use crate::run::Lapsed;

impl Scribe<'_> {
    /// Records `recoupment.lapsed.<tier>` for every share that lapsed. It comes out of a second run of the receipts
    /// it speaks of, so its tree shows the answer and what it was solved from: those receipts, the days of the
    /// contract, what was put in, and the terms of the plan.
    pub(super) fn lapsed(&mut self, lapsed: &[Lapsed], terms: &[NodeId]) {
        let mut told: Vec<&str> = Vec::new();
        for one in lapsed {
            if told.contains(&one.tier.as_ref()) {
                continue;
            }
            told.push(&one.tier);
            let own = || lapsed.iter().filter(|other| other.tier == one.tier);
            let minor: i64 = own().map(|other| other.would_have.minor()).sum();
            let address = format!("recoupment.lapsed.{}", one.tier);
            let source = "the same receipts distributed once more with the contract alive";
            let mut inputs =
                vec![self.book.assumption(address.clone(), Money::new(minor, self.currency), source)];
            let receipts = self.inputs.receipts.iter().enumerate();
            let touched = receipts.filter(|(_, receipt)| own().any(|of| *of.receipt == *receipt.id));
            inputs.extend(touched.filter_map(|(place, _)| self.nodes.receipts.get(place).copied()));
            inputs.extend(self.days_of_contract(&one.tier));
            inputs.extend(&self.nodes.drawings);
            inputs.extend(terms);
            self.book.figure(address, Operation::Solved, &inputs);
        }
    }

    fn days_of_contract(&mut self, tier: &str) -> Vec<NodeId> {
        let plan = self.plan;
        let node = plan.nodes.iter().position(|node| node.id.as_ref() == tier);
        let share = node.and_then(|node| plan.share(node as u32));
        share.map(|share| self.contract(share)).unwrap_or_default()
    }
}
