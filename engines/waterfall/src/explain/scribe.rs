//! The flow of every receipt, told in the book

use std::collections::HashMap;

use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::{Ratio, RecoupmentPlan};
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_money::Currency;
use rust_decimal::Decimal;

use super::{
    InputNodes,
    balance::{BalanceNodes, difference, sum},
    by_number::ByNumber,
    periods::Periods,
    pour::Pour,
    standing::{Posted, Standing},
};
use crate::{
    error::WaterfallError,
    flow::Slice,
    inputs::{Given, Happening, RunInputs},
    plan::{AccountScope, Goal, Origin, PaysFor, Plan},
    run::ReceiptRow,
};

pub(super) struct Scribe<'a> {
    pub document: &'a RecoupmentPlan,
    pub plan: &'a Plan,
    pub inputs: &'a RunInputs,
    pub nodes: &'a InputNodes,
    /// How many of each kind the caller gave; later ones the plan declares itself.
    pub given: Given,
    pub cells: &'a Cells,
    pub book: &'a mut Book,
    pub currency: Currency,
    /// A thousandth of the tolerance, in major units.
    pub trifle: Decimal,
    pub rates: ByNumber<NodeId>,
    /// Parts of what arrives that groups work on, by tier.
    pub bases: ByNumber<NodeId>,
    /// What amendments and events made of the plan so far.
    pub standing: Standing,
    pub watched: Vec<bool>,
    pub counters: ByNumber<NodeId>,
    pub invested: Vec<Option<NodeId>>,
    pub expenses: Vec<(Option<NodeId>, Option<NodeId>)>,
    pub balances: Vec<BalanceNodes>,
    pub gross_targets: ByNumber<NodeId>,
    /// Goals as they were told last: out of which two nodes, and which node it was.
    pub targets: ByNumber<([Option<NodeId>; 2], NodeId)>,
    /// Factors of goals, by threshold.
    pub factors: ByNumber<NodeId>,
    /// What counters lack, as it was told last: the goal, the counter, the node.
    pub missing: ByNumber<(Option<NodeId>, Option<NodeId>, NodeId)>,
    pub carried: ByNumber<NodeId>,
    pub due: Vec<Option<NodeId>>,
    pub contributed: Option<(NodeId, NodeId)>,
    /// What statements need besides payments.
    pub periods: Periods,
    /// Payments: when, of which share, how much, to whom.
    pub postings: Vec<Posted>,
    pub held: Vec<(Date, u32, NodeId)>,
    /// What reserves gave back: when, which one, how much.
    pub released: Vec<(Date, u32, NodeId)>,
    /// Cash that those who bear shortfalls put in, receipt by receipt.
    pub put_in: Vec<(Date, NodeId)>,
}

impl<'a> Scribe<'a> {
    pub(super) fn new(
        document: &'a RecoupmentPlan,
        plan: &'a Plan,
        inputs: &'a RunInputs,
        nodes: &'a InputNodes,
        given: Given,
        cells: &'a Cells,
        book: &'a mut Book,
    ) -> Self {
        Scribe {
            document,
            plan,
            inputs,
            nodes,
            given,
            cells,
            book,
            currency: inputs.currency,
            trifle: Decimal::new(1, 9) / Decimal::from(inputs.currency.minor_per_major()),
            rates: ByNumber::default(),
            bases: ByNumber::default(),
            standing: Standing::of(plan),
            watched: watched(plan),
            counters: ByNumber::default(),
            invested: vec![None; plan.instruments.len()],
            expenses: vec![(None, None); plan.expenses.len()],
            balances: vec![BalanceNodes::default(); plan.accounts.len()],
            gross_targets: ByNumber::default(),
            targets: ByNumber::default(),
            factors: ByNumber::default(),
            missing: ByNumber::default(),
            carried: ByNumber::default(),
            due: vec![None; plan.nodes.len() + 1],
            contributed: None,
            periods: Periods::of(plan),
            postings: Vec::new(),
            held: Vec::new(),
            released: Vec::new(),
            put_in: Vec::new(),
        }
    }

    /// Tells everything that happens, in order.
    pub(super) fn tell(
        &mut self,
        timeline: &[Happening<'_>],
        rows: &[ReceiptRow],
        schedule: &[Period],
    ) -> Result<(), WaterfallError> {
        for account in 0..self.balances.len() {
            self.terms(account);
        }
        let mut rows = rows.iter().peekable();
        for happening in timeline {
            while let Some(row) = rows.next_if(|row| row.given.is_none() && row.date <= happening.date()) {
                self.close_before(row.date, schedule)?;
                self.row(row)?;
            }
            self.close_before(happening.date(), schedule)?;
            match happening {
                Happening::Draw(place, drawing) => self.draw(*place, drawing)?,
                Happening::Expense(place, expense) => self.declare(*place, expense),
                Happening::Event(place, event) => self.happen(*place, event),
                Happening::Count(place, counted) => self.count(*place, counted),
                Happening::Amend(place, amendment) => self.amend(*place, amendment)?,
                Happening::Receive(place, receipt) => {
                    self.bring(*place, receipt)?;
                    if let Some(row) = rows.next_if(|row| row.given == Some(*place)) {
                        self.row(row)?;
                    }
                }
            }
        }
        for row in rows {
            self.close_before(row.date, schedule)?;
            self.row(row)?;
        }
        self.close_all(schedule)?;
        if let Some(last) = schedule.last() {
            for account in 0..self.balances.len() {
                self.balances[account].accrue(self.book, last.end)?;
                self.balances[account].resume(self.book, last.end);
            }
        }
        Ok(())
    }

    fn terms(&mut self, account: usize) {
        let row = &self.plan.accounts[account];
        let instrument = self.plan.instruments[row.instrument as usize].as_ref();
        let terms = row.terms.clone().or_else(|| self.inputs.interest.get(instrument).cloned());
        let rate = terms.as_ref().map(|terms| terms.rate_annual);
        self.balances[account].rate = match (&row.terms, self.nodes.interest.get(instrument), rate) {
            (None, Some(node), _) => Some(*node),
            (None, None, Some(rate)) => Some(self.ratio(format!("instruments[{instrument}].rate"), rate)),
            // A multiple does not grow.
            (Some(terms), _, _) if row.scope == AccountScope::Hurdle && terms.rate_annual.is_zero() => None,
            (Some(_), _, Some(rate)) => {
                let path = self.terms_path(account as u32);
                Some(self.ratio(path, rate))
            }
            (_, _, None) => None,
        };
        self.balances[account].terms = terms;
    }

    fn terms_path(&self, account: u32) -> String {
        let goal_of = |goal: &Goal| matches!(goal, Goal::Owed { account: of, .. } | Goal::Interest { account: of } if *of == account);
        let written = self.plan.thresholds.iter().find(|threshold| goal_of(&threshold.goal));
        match written.map(|threshold| &threshold.origin) {
            Some(Origin::Written(path)) if path.ends_with(".rate_annual") => path.to_string(),
            Some(Origin::Written(path)) => {
                format!("{}.interest.rate_annual", path.trim_end_matches(".factor"))
            }
            Some(Origin::FilmCost { .. }) | None => "recoupment".to_owned(),
        }
    }

    fn draw(&mut self, place: usize, drawing: &crate::Drawing) -> Result<(), WaterfallError> {
        let Some(index) = self.plan.instruments.iter().position(|name| name.as_ref() == drawing.instrument)
        else {
            return Ok(());
        };
        let path = || format!("instruments[{}].amount[{}]", drawing.instrument, drawing.date);
        let amount = match self.nodes.drawings.get(place) {
            Some(node) => *node,
            None => self.book.assumption(path(), drawing.amount, "the drawings the plan was run with"),
        };
        let number = self.book.compute(Operation::ToNumber, &[amount]);
        self.invested[index] = sum(self.book, self.invested[index], Some(number));
        for account in 0..self.balances.len() {
            if self.plan.accounts[account].instrument as usize == index {
                self.balances[account].accrue(self.book, drawing.date)?;
                self.balances[account].draw(self.book, drawing.date, number);
            }
        }
        Ok(())
    }

    fn declare(&mut self, place: usize, expense: &crate::DeclaredExpense) {
        let Some(kind) = self.plan.expenses.iter().position(|row| row.id.as_ref() == expense.kind) else {
            return;
        };
        let amount = match self.nodes.expenses.get(place) {
            Some(node) if place < self.given.expenses => *node,
            _ => {
                let types = &self.document.expense_types;
                let declared = types.iter().flat_map(|kind| kind.declared.iter().map(move |own| (kind, own)));
                match place.checked_sub(self.given.expenses).and_then(|place| declared.into_iter().nth(place))
                {
                    Some((kind, own)) => {
                        let path =
                            format!("recoupment.expense_types[{}].declared[{}].amount", kind.id, own.id);
                        self.cells.money(self.book, path, Some(own.amount))
                    }
                    None => {
                        let path = format!("recoupment.expense_types[{}].declared[{place}]", expense.kind);
                        self.book.assumption(path, expense.amount, "the expenses the plan was run with")
                    }
                }
            }
        };
        let number = self.book.compute(Operation::ToNumber, &[amount]);
        let (capped, uncapped) = self.expenses[kind];
        self.expenses[kind] = if expense.counts_to_cap {
            (sum(self.book, capped, Some(number)), uncapped)
        } else {
            (capped, sum(self.book, uncapped, Some(number)))
        };
    }

    pub(super) fn rate(&mut self, node: u32) -> NodeId {
        if let Some(rate) = self.rates.get(&node) {
            return *rate;
        }
        let path = format!("{}.takes.rate", self.plan.nodes[node as usize].path);
        let rate = self.plan.share(node).map_or(Ratio::ONE, |share| share.rate);
        let cell = self.ratio(path, rate);
        self.rates.insert(node, cell);
        cell
    }

    fn row(&mut self, row: &ReceiptRow) -> Result<(), WaterfallError> {
        for account in 0..self.balances.len() {
            self.balances[account].accrue(self.book, row.date)?;
        }
        let amount = self.received(row);
        if let Some(place) = row.given {
            self.periods.brought.push((row.date, place, amount));
        }
        let number = self.book.compute(Operation::ToNumber, &[amount]);
        self.value_of_contract(row);
        self.set_gross_targets(row, number);
        let mut rest = number;
        for slice in &row.slices {
            rest = self.slice(row, slice, rest, number);
        }
        self.carry_gross(row);
        self.settle(row, amount);
        Ok(())
    }

    fn received(&mut self, row: &ReceiptRow) -> NodeId {
        if let Some(place) = row.given
            && let Some((_, net)) = self.standing.brought.filter(|(of, _)| *of == place)
        {
            return net;
        }
        let mut first = 0;
        for (index, (date, _, _)) in self.held.iter().enumerate() {
            if *date < self.held[first].0 {
                first = index;
            }
        }
        // A rate below nothing, which the findings stop, may hold what the book does not tell.
        if self.held.is_empty() {
            return self.cells.nothing(self.book);
        }
        let (_, reserve, amount) = self.held.remove(first);
        self.released.push((row.date, reserve, amount));
        amount
    }

    /// One slice: all of the rest, or as much of it as brings a counter to its target.
    fn slice(&mut self, row: &ReceiptRow, slice: &Slice, rest: NodeId, whole: NodeId) -> NodeId {
        let mut pour = self.pour(row, slice, rest);
        let mut remaining = rest;
        let mut cut_short = None;
        if let Some(index) = slice.cut_by {
            let counter = self.plan.thresholds[index as usize].counter;
            let target = self.target(index, Some((row, whole)));
            let missing = difference(self.book, target, self.counters.get(&counter).copied());
            let moved: Vec<NodeId> =
                pour.deltas.iter().filter(|(of, _)| *of == counter).map(|(_, delta)| *delta).collect();
            let moved = self.book.plus(&moved);
            if let Some(missing) = missing {
                let part = self.book.compute(Operation::Quotient, &[missing, moved]);
                let own = pour
                    .takes
                    .iter()
                    .find(|(node, _)| self.plan.layout.paid + node == counter)
                    .map(|(_, take)| *take);
                cut_short = own.map(|_| missing);
                let mut scaled: HashMap<NodeId, NodeId> = own.map(|own| (own, missing)).into_iter().collect();
                let mut scale = |book: &mut Book, node: NodeId| {
                    *scaled.entry(node).or_insert_with(|| book.compute(Operation::Product, &[node, part]))
                };
                for (_, node) in pour.takes.iter_mut().chain(&mut pour.deltas) {
                    *node = scale(self.book, *node);
                }
                for node in pour.contributions.iter_mut().chain(&mut pour.rest) {
                    *node = scale(self.book, *node);
                }
                for (_, node) in pour.arrivals.iter_mut().chain(&mut pour.outside) {
                    *node = scale(self.book, *node);
                }
                let now = scale(self.book, rest);
                remaining = self.book.compute(Operation::Difference, &[rest, now]);
            }
        }
        self.limit_takes(&mut pour, (row, whole), cut_short);
        self.keep(&pour, slice.passes);
        remaining
    }

    /// Claims below their limits say so; the one that reached its limit just now says it already.
    fn limit_takes(&mut self, pour: &mut Pour, row: (&ReceiptRow, NodeId), cut_short: Option<NodeId>) {
        for place in 0..pour.takes.len() {
            let (node, take) = pour.takes[place];
            if Some(take) == cut_short {
                continue;
            }
            let limited = self.within_limit(row, node, take);
            pour.takes[place].1 = limited;
            for (_, delta) in pour.deltas.iter_mut().filter(|(_, delta)| *delta == take) {
                *delta = limited;
            }
        }
    }

    fn keep(&mut self, pour: &Pour, passes: bool) {
        self.periods.arrive(&pour.arrivals, &pour.outside);
        for (node, take) in &pour.takes {
            let slot = *node as usize;
            if self.plan.pays_out(*node) {
                self.due[slot] = sum(self.book, self.due[slot], Some(*take));
            }
            match self.plan.share(*node).and_then(|share| share.pays) {
                Some((account, PaysFor::Principal)) => {
                    self.balances[account as usize].pay_principal(self.book, *take);
                }
                Some((account, PaysFor::Return)) => {
                    self.balances[account as usize].pay_return(self.book, *take)
                }
                Some((_, PaysFor::Whole)) | None => {}
            }
        }
        for (counter, delta) in &pour.deltas {
            let now = sum(self.book, self.counters.get(counter).copied(), Some(*delta));
            if let Some(now) = now {
                self.counters.insert(*counter, now);
            }
        }
        for (index, row) in self.plan.accounts.iter().enumerate() {
            let counter = match row.scope {
                AccountScope::Claims | AccountScope::Hurdle => self.plan.layout.account + index as u32,
                AccountScope::Party(party) => self.plan.layout.party + party,
                AccountScope::Return => continue,
            };
            for (_, delta) in pour.deltas.iter().filter(|(of, _)| *of == counter) {
                self.balances[index].pay(self.book, *delta);
            }
        }
        for contribution in &pour.contributions {
            let total = sum(self.book, self.contributed.map(|(total, _)| total), Some(*contribution));
            let rounded = self.contributed.map(|(_, rounded)| rounded);
            if let Some(total) = total {
                let rounded = rounded.unwrap_or_else(|| self.cells.nothing(self.book));
                self.contributed = Some((total, rounded));
            }
        }
        if let (true, Some(rest), Some(last)) = (passes, pour.rest, self.due.len().checked_sub(1)) {
            self.due[last] = sum(self.book, self.due[last], Some(rest));
        }
    }
}

/// The counters that something is asked about.
fn watched(plan: &Plan) -> Vec<bool> {
    let mut watched = vec![false; plan.layout.len as usize];
    let accounts = plan.accounts.iter().enumerate().filter_map(|(index, row)| match row.scope {
        AccountScope::Claims | AccountScope::Hurdle => Some(plan.layout.account + index as u32),
        AccountScope::Party(party) => Some(plan.layout.party + party),
        AccountScope::Return => None,
    });
    let capped = plan.expenses.iter().filter_map(|row| row.cap_of_receipts);
    let received = capped.map(|(_, set)| plan.layout.received + set);
    let goals = plan.thresholds.iter().map(|threshold| threshold.counter);
    for counter in accounts.chain(received).chain(goals) {
        watched[counter as usize] = true;
    }
    watched
}
