//! The ladder, told in the book

use std::sync::Arc;

use recoup_explain::{Absence, Book, NodeId, Operation, Quantity};
use recoup_money::Money;

use super::scribe::Scribe;
use crate::{ladder::Breakeven, plan::Op};

impl Scribe<'_> {
    /// Every rate, limit and cap of the plan as it stands at the end. A rung of the ladder rests on them
    /// all, because more money may reach what this forecast does not.
    pub(super) fn plan_terms(&mut self) -> Vec<NodeId> {
        let plan = self.plan;
        let mut found = Vec::new();
        for node in 0..plan.nodes.len() as u32 {
            match &plan.nodes[node as usize].op {
                Op::Share(share) | Op::Enters { share, .. } => {
                    found.push(self.rate(node));
                    found.extend(share.release.map(|release| self.release_months(node, release.months)));
                }
                Op::Together { base, .. } | Op::Steps { base, .. } => {
                    let path = format!("{}.takes.base_rate", plan.nodes[node as usize].path);
                    found.push(self.ratio(path, *base));
                }
            }
        }
        for index in 0..plan.thresholds.len() as u32 {
            found.extend(self.target(index, None));
        }
        let document = self.document;
        for kind in &document.expense_types {
            let at = format!("recoupment.expense_types[{}]", kind.id);
            found.extend(kind.cap.map(|cap| self.amount(format!("{at}.cap"), cap)));
            if let Some(cap) = &kind.cap_of_receipts {
                found.push(self.ratio(format!("{at}.cap_of_receipts.rate"), cap.rate));
            }
        }
        found.extend(self.balances.iter().filter_map(|balance| balance.rate));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// One of the figures of a rung: its word, what is told, and how.
struct Told<'a> {
    word: &'static str,
    amount: fn(&Breakeven) -> Option<Money>,
    source: &'static str,
    never: &'a str,
}

/// Records a ladder: `recoupment.claims.<tier>.breakeven_receipts` for every rung, and
/// `recoupment.<party>.breakeven_receipts`, the highest rung of a party.
///
/// A rung is solved for, not computed from its inputs in one pass. Its tree shows the solution and what it
/// was solved from: what the claim has and is owed in the forecast, and `grounds`, which are the forecast
/// itself, the drawings and the terms of the plan.
pub fn record_breakeven(ladder: &[Breakeven], grounds: &[NodeId], book: &mut Book) {
    let told = Told {
        word: "breakeven_receipts",
        amount: |rung| rung.receipts,
        source: "solved on the executor by scaling the forecast in proportion",
        never: "no receipts in the proportions of the forecast pay it out",
    };
    record(&told, ladder, grounds, book);
}

/// Records the same of worldwide gross, as `breakeven_gross`, with the reason where there is none. `grounds`
/// are then the revenue plan as well.
pub fn record_breakeven_gross(ladder: &[Breakeven], none: &str, grounds: &[NodeId], book: &mut Book) {
    let told = Told {
        word: "breakeven_gross",
        amount: |rung| rung.gross,
        source: "solved by scaling every estimate of the revenue plan alike and running it down to the claim",
        never: none,
    };
    record(&told, ladder, grounds, book);
}

fn record(told: &Told<'_>, ladder: &[Breakeven], grounds: &[NodeId], book: &mut Book) {
    let word = told.word;
    let mut parties: Vec<(Arc<str>, Vec<NodeId>)> = Vec::new();
    for rung in ladder {
        let at = format!("recoupment.claims.{}", rung.tier);
        let never = || Quantity::Absent(Absence::undefined(told.never));
        let value = (told.amount)(rung).map_or_else(never, Quantity::Money);
        let mut inputs = vec![book.assumption(format!("{at}.{word}"), value, told.source)];
        inputs.extend(book.find(&format!("{at}.outstanding")));
        inputs.extend(book.find(&format!("{at}.paid")));
        inputs.extend(grounds);
        let node = book.figure(format!("{at}.{word}"), Operation::Solved, &inputs);
        let Some(party) = &rung.payee else { continue };
        match parties.iter_mut().find(|(known, _)| known == party) {
            Some((_, rungs)) => rungs.push(node),
            None => parties.push((Arc::clone(party), vec![node])),
        }
    }
    for (party, rungs) in parties {
        book.figure(format!("recoupment.{party}.{word}"), Operation::Greatest, &rungs);
    }
}
