//! The flow of every receipt, told in the book

use std::collections::{HashMap, HashSet};

use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::{Ratio, RecoupmentPlan};
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;

use super::{
    InputNodes, PartyFigures,
    balance::{BalanceNodes, difference, sum, value},
    targets::decimal,
};
use crate::{
    error::WaterfallError,
    flow::{Decision, Slice},
    inputs::{Change, Happening, RunInputs},
    plan::{AccountScope, Goal, Op, Origin, PaysFor, Plan, ShareOp, SplitOp, Weight},
    run::ReceiptRow,
};

pub(super) struct Scribe<'a> {
    pub document: &'a RecoupmentPlan,
    pub plan: &'a Plan,
    inputs: &'a RunInputs,
    nodes: &'a InputNodes,
    /// How many expenses the caller gave; later ones the plan declares itself.
    given_expenses: usize,
    pub cells: &'a Cells,
    pub book: &'a mut Book,
    pub currency: Currency,
    /// A thousandth of the tolerance, in major units.
    pub trifle: Decimal,
    rates: HashMap<u32, NodeId>,
    watched: HashSet<u32>,
    pub counters: HashMap<u32, NodeId>,
    pub invested: Vec<Option<NodeId>>,
    pub expenses: Vec<(Option<NodeId>, Option<NodeId>)>,
    pub balances: Vec<BalanceNodes>,
    pub gross_targets: HashMap<u32, NodeId>,
    pub carried: HashMap<u32, NodeId>,
    due: Vec<Option<NodeId>>,
    contributed: Option<(NodeId, NodeId)>,
    postings: Vec<(Date, u32, NodeId)>,
    held: Vec<(Date, u32, NodeId)>,
}

/// What a flow did under the decisions of one slice.
#[derive(Default)]
struct Pour {
    takes: Vec<(u32, NodeId)>,
    deltas: Vec<(u32, NodeId)>,
    contributions: Vec<NodeId>,
    rest: Option<NodeId>,
    pools_seen: HashSet<u32>,
}

impl<'a> Scribe<'a> {
    pub(super) fn new(
        document: &'a RecoupmentPlan,
        plan: &'a Plan,
        inputs: &'a RunInputs,
        nodes: &'a InputNodes,
        given_expenses: usize,
        cells: &'a Cells,
        book: &'a mut Book,
    ) -> Self {
        let mut watched: HashSet<u32> = plan.thresholds.iter().map(|threshold| threshold.counter).collect();
        for (index, row) in plan.accounts.iter().enumerate() {
            match row.scope {
                AccountScope::Claims => watched.insert(plan.layout.account + index as u32),
                AccountScope::Party(party) => watched.insert(plan.layout.party + party),
                AccountScope::Return => false,
            };
        }
        watched.extend(
            plan.expenses
                .iter()
                .filter_map(|row| row.cap_of_receipts)
                .map(|(_, set)| plan.layout.received + set),
        );
        Scribe {
            document,
            plan,
            inputs,
            nodes,
            given_expenses,
            cells,
            book,
            currency: inputs.currency,
            trifle: Decimal::new(1, 9) / Decimal::from(inputs.currency.minor_per_major()),
            rates: HashMap::new(),
            watched,
            counters: HashMap::new(),
            invested: vec![None; plan.instruments.len()],
            expenses: vec![(None, None); plan.expenses.len()],
            balances: vec![BalanceNodes::default(); plan.accounts.len()],
            gross_targets: HashMap::new(),
            carried: HashMap::new(),
            due: vec![None; plan.nodes.len() + 1],
            contributed: None,
            postings: Vec::new(),
            held: Vec::new(),
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
                self.row(row)?;
            }
            match happening {
                Happening::Draw(place, drawing) => self.draw(*place, drawing)?,
                Happening::Expense(place, expense) => self.declare(*place, expense),
                Happening::Event(_) => {}
                Happening::Amend(amendment) => self.amend(amendment.date, &amendment.change),
                Happening::Receive(..) => {
                    if let Some(row) = rows.next() {
                        self.row(row)?;
                    }
                }
            }
        }
        for row in rows {
            self.row(row)?;
        }
        if let Some(last) = schedule.last() {
            for account in 0..self.balances.len() {
                self.balances[account].accrue(self.book, last.end)?;
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
                self.balances[account].draw(self.book, number);
            }
        }
        Ok(())
    }

    fn declare(&mut self, place: usize, expense: &crate::DeclaredExpense) {
        let Some(kind) = self.plan.expenses.iter().position(|row| row.id.as_ref() == expense.kind) else {
            return;
        };
        let amount = match self.nodes.expenses.get(place) {
            Some(node) if place < self.given_expenses => *node,
            _ => {
                let types = &self.document.expense_types;
                let declared = types.iter().flat_map(|kind| kind.declared.iter().map(move |own| (kind, own)));
                match place.checked_sub(self.given_expenses).and_then(|place| declared.into_iter().nth(place))
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

    fn amend(&mut self, date: Date, change: &Change) {
        let Change::Rate { tier, rate } = change else { return };
        if let Some(node) = self.plan.nodes.iter().position(|node| node.id.as_ref() == tier) {
            let path = format!("{}.takes.rate[{date}]", self.plan.nodes[node].path);
            let amended = self.book.assumption(path, decimal(*rate), "an amendment of the agreement");
            self.rates.insert(node as u32, amended);
        }
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
        let number = self.book.compute(Operation::ToNumber, &[amount]);
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
        if let Some(place) = row.given {
            if let Some(node) = self.nodes.receipts.get(place) {
                return *node;
            }
            let path = format!("recoupment.receipts[{}].amount", row.id);
            return self.book.assumption(
                path,
                Money::new(row.amount, self.currency),
                "the receipts the plan was run with",
            );
        }
        let mut first = 0;
        for (index, (date, _, _)) in self.held.iter().enumerate() {
            if *date < self.held[first].0 {
                first = index;
            }
        }
        self.held.remove(first).2
    }

    /// One slice: all of the rest, or as much of it as brings a counter to its target.
    fn slice(&mut self, row: &ReceiptRow, slice: &Slice, rest: NodeId, whole: NodeId) -> NodeId {
        let mut pour = self.pour(row, slice, rest);
        let mut remaining = rest;
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
                let now = scale(self.book, rest);
                remaining = self.book.compute(Operation::Difference, &[rest, now]);
            }
        }
        self.keep(&pour, slice.passes);
        remaining
    }

    fn keep(&mut self, pour: &Pour, passes: bool) {
        for (node, take) in &pour.takes {
            let slot = *node as usize;
            self.due[slot] = sum(self.book, self.due[slot], Some(*take));
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
            self.counters.extend(now.map(|now| (*counter, now)));
        }
        for (index, row) in self.plan.accounts.iter().enumerate() {
            let counter = match row.scope {
                AccountScope::Claims => self.plan.layout.account + index as u32,
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

    fn pour(&mut self, row: &ReceiptRow, slice: &Slice, amount: NodeId) -> Pour {
        let mut pour = Pour::default();
        if let Some(entry) = row.entry {
            for (set, members) in self.plan.source_sets.iter().enumerate() {
                if members.contains(&entry) {
                    self.add(&mut pour, self.plan.layout.received + set as u32, amount);
                }
            }
        }
        let (mut flow, mut at) = (Some(amount), Some(row.node));
        while let (Some(node), Some(arriving)) = (at, flow) {
            if let Some(taken) = self.visit(node, arriving, &slice.decided, &mut pour) {
                flow = difference(self.book, flow, Some(taken)).filter(|_| taken != arriving);
                let left = value(self.book, flow);
                if left < -self.trifle {
                    pour.contributions.extend(difference(self.book, None, flow));
                }
                flow = flow.filter(|_| left > self.trifle);
            }
            at = self.plan.nodes[node as usize].then;
        }
        pour.rest = flow;
        pour
    }

    fn add(&self, pour: &mut Pour, counter: u32, amount: NodeId) {
        if self.watched.contains(&counter) {
            pour.deltas.push((counter, amount));
        }
    }

    fn base(&mut self, node: u32, base: Ratio, arriving: NodeId) -> NodeId {
        if base == Ratio::ONE {
            return arriving;
        }
        let path = format!("{}.takes.base_rate", self.plan.nodes[node as usize].path);
        let rate = self.ratio(path, base);
        self.book.compute(Operation::Product, &[arriving, rate])
    }

    fn visit(
        &mut self,
        node: u32,
        arriving: NodeId,
        decided: &[Decision],
        pour: &mut Pour,
    ) -> Option<NodeId> {
        let plan = self.plan;
        match &plan.nodes[node as usize].op {
            Op::Share(share) => {
                let decision = self.open(node, share, arriving, decided, pour)?;
                let rate = if share.gross.is_some() { None } else { Some(self.rate(node)) };
                let rate = rate.filter(|rate| value(self.book, Some(*rate)) != Decimal::ONE);
                let full = match rate {
                    Some(rate) if value(self.book, Some(rate)).is_zero() => return None,
                    Some(rate) => self.book.compute(Operation::Product, &[arriving, rate]),
                    None => arriving,
                };
                let notional = decision.notional.then_some(full);
                self.credit(node, share, decision.takes.then_some(full), notional, pour)
            }
            Op::Together { members, base, split, .. } => {
                let base = self.base(node, *base, arriving);
                self.add(pour, plan.layout.reached + node, base);
                let taken = match split {
                    SplitOp::Fixed => self.beside(members, base, decided, pour),
                    SplitOp::Outstanding | SplitOp::Invested => {
                        self.by_weight(members, base, *split, decided, pour)
                    }
                };
                if let Some(taken) = taken {
                    self.add(pour, plan.layout.paid + node, taken);
                }
                taken
            }
            Op::Steps { members, base } => {
                let base = self.base(node, *base, arriving);
                self.add(pour, plan.layout.reached + node, base);
                let taken = members.iter().find_map(|member| self.visit(*member, base, decided, pour))?;
                self.add(pour, plan.layout.paid + node, taken);
                Some(taken)
            }
        }
    }

    fn beside(
        &mut self,
        members: &[u32],
        base: NodeId,
        decided: &[Decision],
        pour: &mut Pour,
    ) -> Option<NodeId> {
        let on_gross = |member: &&u32| self.plan.share(**member).is_some_and(|share| share.gross.is_some());
        let gross: Vec<u32> = members.iter().filter(on_gross).copied().collect();
        let mut taken: Vec<NodeId> = Vec::new();
        for member in members.iter().filter(|member| !gross.contains(member)) {
            taken.extend(self.visit(*member, base, decided, pour));
        }
        let fixed = if taken.is_empty() { None } else { Some(self.book.plus(&taken)) };
        let left = difference(self.book, Some(base), fixed);
        let by_gross =
            left.and_then(|left| self.by_weight(&gross, left, SplitOp::Outstanding, decided, pour));
        sum(self.book, fixed, by_gross)
    }

    fn by_weight(
        &mut self,
        members: &[u32],
        base: NodeId,
        split: SplitOp,
        decided: &[Decision],
        pour: &mut Pour,
    ) -> Option<NodeId> {
        let mut weights = Vec::new();
        for member in members {
            let Some(share) = self.plan.share(*member) else { continue };
            let takes = self.open(*member, share, base, decided, pour).is_some_and(|decision| decision.takes);
            let weight = if takes { self.weight(share, split) } else { None };
            if let Some(weight) = weight.filter(|weight| value(self.book, Some(*weight)) > Decimal::ZERO) {
                weights.push((*member, share, weight));
            }
        }
        let parts: Vec<NodeId> = weights.iter().map(|(_, _, weight)| *weight).collect();
        if parts.is_empty() {
            return None;
        }
        let whole = self.book.plus(&parts);
        for (member, share, weight) in weights {
            let part = if parts.len() == 1 {
                base
            } else {
                let share = self.book.compute(Operation::Quotient, &[weight, whole]);
                self.book.compute(Operation::Product, &[base, share])
            };
            self.credit(member, share, Some(part), Some(part), pour);
        }
        Some(base)
    }

    fn weight(&mut self, share: &ShareOp, split: SplitOp) -> Option<NodeId> {
        let limit = share.gross.map(|gross| gross.threshold).or(share.limit);
        match (split, share.weight) {
            (SplitOp::Invested, Weight::Instrument(instrument)) => self.invested[instrument as usize],
            (SplitOp::Invested, _) => limit.and_then(|limit| self.target(limit, None)),
            (SplitOp::Fixed | SplitOp::Outstanding, _) => {
                let limit = limit?;
                let counter = self.plan.thresholds[limit as usize].counter;
                let target = self.target(limit, None);
                difference(self.book, target, self.counters.get(&counter).copied())
            }
        }
    }

    fn open(
        &mut self,
        node: u32,
        share: &ShareOp,
        arriving: NodeId,
        decided: &[Decision],
        pour: &mut Pour,
    ) -> Option<Decision> {
        let decision = *decided.iter().find(|decision| decision.node == node)?;
        self.add(pour, self.plan.layout.reached + node, arriving);
        for pool in &share.pools {
            if pour.pools_seen.insert(*pool) {
                self.add(pour, self.plan.layout.pool_passed + pool, arriving);
            }
        }
        Some(decision)
    }

    fn credit(
        &mut self,
        node: u32,
        share: &ShareOp,
        taken: Option<NodeId>,
        notional: Option<NodeId>,
        pour: &mut Pour,
    ) -> Option<NodeId> {
        let layout = self.plan.layout;
        for pool in &share.pools {
            if let Some(notional) = notional {
                self.add(pour, layout.pool_notional + pool, notional);
            }
        }
        let taken = taken?;
        pour.takes.push((node, taken));
        self.add(pour, layout.paid + node, taken);
        if let Some(party) = share.payee {
            self.add(pour, layout.party + party, taken);
        }
        for pool in &share.pools {
            self.add(pour, layout.pool_paid + pool, taken);
        }
        if let Some((account, PaysFor::Whole)) = share.pays {
            self.add(pour, layout.account + account, taken);
        }
        Some(taken)
    }

    /// Dues become payments of whole minor units.
    fn settle(&mut self, row: &ReceiptRow, amount: NodeId) {
        let total = self.with_contribution(row, amount);
        let owed: Vec<(usize, NodeId)> = self
            .due
            .iter()
            .enumerate()
            .filter_map(|(sink, due)| due.map(|due| (sink, due)))
            .filter(|(_, due)| value(self.book, Some(*due)) > self.trifle)
            .collect();
        let to_minor = Decimal::from(self.currency.minor_per_major());
        let whole = |book: &Book, due: NodeId| {
            let minor = value(book, Some(due)) * to_minor;
            (minor - minor.round()).abs() < Decimal::new(1, 6)
        };
        let all_whole = owed.iter().all(|(_, due)| whole(self.book, *due));
        let mut inputs = vec![total];
        inputs.extend(owed.iter().map(|(_, due)| *due));
        for (part, (sink, due)) in owed.iter().enumerate() {
            if !row.paid.iter().any(|(node, _)| *node as usize == *sink) {
                continue;
            }
            let paid = if all_whole {
                let rounding = Rounding::HalfUp;
                self.book.compute(Operation::ToMoney { currency: self.currency, rounding }, &[*due])
            } else {
                self.book.compute(Operation::Settle { part: part as u16 }, &inputs)
            };
            let number = self.book.compute(Operation::ToNumber, &[paid]);
            let left = difference(self.book, Some(*due), Some(number));
            self.due[*sink] = left.filter(|left| value(self.book, Some(*left)).abs() > self.trifle);
            self.post(row, *sink as u32, paid);
        }
    }

    fn with_contribution(&mut self, row: &ReceiptRow, amount: NodeId) -> NodeId {
        let (true, Some((total, before))) = (row.contributes, self.contributed) else { return amount };
        let rounding = Rounding::HalfUp;
        let now = self.book.compute(Operation::ToMoney { currency: self.currency, rounding }, &[total]);
        self.contributed = Some((total, now));
        let part = self.book.less(now, before);
        self.book.plus(&[amount, part])
    }

    fn post(&mut self, row: &ReceiptRow, sink: u32, paid: NodeId) {
        let release = self
            .plan
            .nodes
            .get(sink as usize)
            .and_then(|_| self.plan.share(sink))
            .and_then(|share| share.release);
        if let Some(release) = release {
            let until = row.date.add_months(release.months).unwrap_or(row.date);
            self.held.push((until, sink, paid));
        }
        self.postings.push((row.date, sink, paid));
    }

    /// The figures of every claim and party.
    pub(super) fn figures(mut self, schedule: &[Period]) -> Result<Vec<PartyFigures>, WaterfallError> {
        let mut sinks: Vec<Vec<(u32, NodeId)>> = vec![Vec::new(); self.plan.nodes.len() + 1];
        for (date, sink, paid) in &self.postings {
            let period = schedule.iter().position(|period| *date <= period.end).unwrap_or(0) as u32;
            sinks[*sink as usize].push((period, *paid));
        }
        let mut out = Vec::new();
        let outstanding = self.claims(&sinks, schedule);
        for party in 0..self.plan.parties.len() as u32 {
            out.extend(self.party(party, &sinks, &outstanding, schedule));
        }
        Ok(out)
    }

    fn total(&mut self, address: String, parts: &[NodeId]) -> NodeId {
        let parts = if parts.is_empty() { vec![self.cells.nothing(self.book)] } else { parts.to_vec() };
        let total = if parts.len() == 1 { parts[0] } else { self.book.plus(&parts) };
        self.book.name(total, address)
    }

    fn claims(&mut self, sinks: &[Vec<(u32, NodeId)>], schedule: &[Period]) -> Vec<NodeId> {
        let mut out = Vec::with_capacity(self.plan.nodes.len());
        for (node, payments) in sinks.iter().enumerate().take(self.plan.nodes.len()) {
            let Some(share) = self.plan.share(node as u32) else {
                out.push(self.cells.nothing(self.book));
                continue;
            };
            let at = format!("recoupment.claims.{}", self.plan.nodes[node].id);
            for (period, parts) in by_period(payments) {
                let month = schedule.get(period as usize).map(|period| period.end.year_month());
                let month = month.map_or_else(String::new, |month| month.to_string());
                self.total(format!("{at}.paid[{month}]"), &parts);
            }
            let parts: Vec<NodeId> = payments.iter().map(|(_, paid)| *paid).collect();
            let paid = self.total(format!("{at}.paid"), &parts);
            let owed = share.limit.and_then(|limit| self.owed(node as u32, limit, paid));
            let parts: Vec<NodeId> = owed.into_iter().collect();
            out.push(self.total(format!("{at}.outstanding"), &parts));
        }
        out
    }

    /// What a claim is still owed, in whole minor units: its limit less what it was paid, where
    /// nothing else counts against the limit.
    fn owed(&mut self, node: u32, limit: u32, paid: NodeId) -> Option<NodeId> {
        let target = self.target(limit, None);
        if !self.plan.counts_alone(node) {
            let counter = self.plan.thresholds[limit as usize].counter;
            let owed = difference(self.book, target, self.counters.get(&counter).copied())?;
            return (value(self.book, Some(owed)) > self.trifle).then(|| self.whole_minor(owed));
        }
        let whole = self.whole_minor(target?);
        let owed = self.book.less(whole, paid);
        self.book.value(owed).as_money().filter(Money::is_positive).map(|_| owed)
    }

    /// The nearest whole minor units, where a millionth of one below a half counts as the half.
    fn whole_minor(&mut self, number: NodeId) -> NodeId {
        let (currency, rounding) = (self.currency, Rounding::HalfUp);
        let places = u8::try_from(currency.exponent()).unwrap_or(2) + 6;
        let near = self.book.compute(Operation::Round { places, rounding }, &[number]);
        self.book.compute(Operation::ToMoney { currency, rounding }, &[near])
    }

    fn party(
        &mut self,
        party: u32,
        sinks: &[Vec<(u32, NodeId)>],
        outstanding: &[NodeId],
        schedule: &[Period],
    ) -> Option<PartyFigures> {
        let name = std::sync::Arc::clone(&self.plan.parties[party as usize]);
        let (mut cash, mut assigned, mut owed) = (Vec::new(), Vec::new(), Vec::new());
        let (mut counted, mut has_claim) = (HashSet::new(), false);
        for (node, paid) in sinks.iter().enumerate().take(self.plan.nodes.len()) {
            let Some(share) = self.plan.share(node as u32) else { continue };
            let own = share.payee == Some(party);
            for (index, (to, part)) in
                share.assigned.iter().enumerate().filter(|(_, (to, _))| own || *to == party)
            {
                let parts = self.assigned(node, index, *part, paid);
                has_claim = true;
                if *to == party {
                    cash.extend(parts);
                } else {
                    for (period, amount) in parts {
                        assigned.push(amount);
                        let minus = self.book.compute(Operation::Negate, &[amount]);
                        cash.push((period, minus));
                    }
                }
            }
            if own {
                has_claim = true;
                cash.extend(paid.iter().copied());
                let counter = share.limit.map(|limit| self.plan.thresholds[limit as usize].counter);
                if counter.is_some_and(|counter| counted.insert(counter)) {
                    owed.push(outstanding[node]);
                }
            }
        }
        if self.plan.residual == Some(party) {
            has_claim = true;
            cash.extend(sinks.last().into_iter().flatten().copied());
        }
        has_claim.then(|| self.party_figures(name, cash, &assigned, &owed, schedule))
    }

    fn party_figures(
        &mut self,
        party: std::sync::Arc<str>,
        mut cash: Vec<(u32, NodeId)>,
        assigned: &[NodeId],
        owed: &[NodeId],
        schedule: &[Period],
    ) -> PartyFigures {
        cash.sort_by_key(|(period, _)| *period);
        let mut flows = Vec::new();
        for (period, parts) in by_period(&cash) {
            let Some(end) = schedule.get(period as usize).map(|period| period.end) else { continue };
            let node = self.total(format!("recoupment.{party}.paid[{}]", end.year_month()), &parts);
            flows.push((period, end, node));
        }
        let parts: Vec<NodeId> = flows.iter().map(|(_, _, node)| *node).collect();
        let paid = self.total(format!("recoupment.{party}.paid"), &parts);
        let outstanding = self.total(format!("recoupment.{party}.outstanding"), owed);
        let all: Vec<NodeId> = [paid, outstanding].into_iter().chain(assigned.iter().copied()).collect();
        let entitlement = self.total(format!("recoupment.{party}.entitlement"), &all);
        PartyFigures { party, entitlement, paid, outstanding, flows }
    }

    /// A part of all that was paid so far, less what was assigned before, payment by payment.
    fn assigned(
        &mut self,
        node: usize,
        index: usize,
        part: Ratio,
        paid: &[(u32, NodeId)],
    ) -> Vec<(u32, NodeId)> {
        let path = format!("{}.takes.assigned[{index}].part", self.plan.nodes[node].path);
        let part = self.ratio(path, part);
        let (mut total, mut before): (Option<NodeId>, Option<NodeId>) = (None, None);
        let mut out = Vec::new();
        for (period, amount) in paid {
            let so_far = sum(self.book, total, Some(*amount));
            total = so_far;
            let Some(so_far) = so_far else { continue };
            let now = self.book.compute(Operation::Scale { rounding: Rounding::Down }, &[so_far, part]);
            out.push((*period, before.map_or(now, |before| self.book.less(now, before))));
            before = Some(now);
        }
        out
    }
}

fn by_period(parts: &[(u32, NodeId)]) -> Vec<(u32, Vec<NodeId>)> {
    let mut out: Vec<(u32, Vec<NodeId>)> = Vec::new();
    for (period, node) in parts {
        match out.last_mut() {
            Some((last, nodes)) if last == period => nodes.push(*node),
            _ => out.push((*period, vec![*node])),
        }
    }
    out
}
