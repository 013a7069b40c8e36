//! The exact executor: everything that happens, in order, to the cent

use std::sync::Arc;

use recoup_calendar::{Date, Period};
use recoup_money::{Currency, Money};

use crate::{
    error::WaterfallError,
    exact::{Exact, from_minor, nearest_minor, saturate, share_of},
    flow::{Inflow, Slice, State},
    inputs::{Change, Happening, Receipt, RunInputs},
    plan::{Op, Plan, ShareOp, SplitOp},
    posting::{Cause, PeriodTotals, Posting},
    settle::settle,
};

type Result<T> = std::result::Result<T, WaterfallError>;

/// Money held back until a day.
#[derive(Debug, Clone)]
struct Release {
    date: Date,
    node: u32,
    to: u32,
    amount: i64,
}

/// What one receipt did, exactly, for those who look closer than postings.
#[derive(Debug, Clone)]
pub(crate) struct ReceiptRow {
    pub id: Arc<str>,
    pub amount: i64,
    pub date: Date,
    /// Its place among the receipts of the inputs; none for money released from a reserve.
    pub given: Option<usize>,
    pub entry: Option<u32>,
    pub node: u32,
    pub slices: Vec<Slice>,
    pub contributes: bool,
    pub entitled: Vec<u32>,
    pub paid: Vec<(u32, i64)>,
    pub taken: Vec<(u32, Exact)>,
}

pub(crate) struct Run<'p> {
    pub plan: &'p Plan,
    pub state: State<'p>,
    pub currency: Currency,
    schedule: Vec<Period>,
    pub postings: Vec<Posting>,
    pub periods: Vec<PeriodTotals>,
    pub rows: Vec<ReceiptRow>,
    keep_rows: bool,
    lean: bool,
    due: Vec<Exact>,
    paid_now: Vec<i64>,
    pub paid: Vec<i64>,
    assigned_paid: Vec<Vec<i64>>,
    pro_rata: Vec<bool>,
    alone: Vec<bool>,
    releases: Vec<Release>,
    pub held: i64,
    pub left_over: i64,
    pub left_over_exact: Exact,
    contributed: i64,
    released: u32,
    opening: Totals,
    now: Totals,
    pub reached_on: Vec<Option<Date>>,
    /// Where every claim stood when each period closed.
    pub closed: Vec<Closing>,
}

/// Where every claim stands when a period closes.
#[derive(Debug, Clone)]
pub(crate) struct Closing {
    pub date: Date,
    pub paid: Vec<i64>,
    pub assigned: Vec<Vec<i64>>,
    pub limits: Vec<Option<i64>>,
    pub outstanding: Vec<i64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    receipts: i128,
    contributions: i128,
    paid: i128,
    held: i128,
    left_over: i128,
}

impl<'p> Run<'p> {
    pub(crate) fn new(plan: &'p Plan, inputs: &RunInputs, schedule: &[Period], lean: bool) -> Self {
        let nodes = plan.nodes.len();
        let terms =
            |instrument: u32| inputs.interest.get(plan.instruments[instrument as usize].as_ref()).cloned();
        Run {
            plan,
            state: State::new(plan, terms),
            currency: inputs.currency,
            schedule: schedule.to_vec(),
            postings: Vec::new(),
            periods: Vec::new(),
            rows: Vec::new(),
            keep_rows: false,
            lean,
            due: vec![0; nodes + 1],
            paid_now: vec![0; nodes + 1],
            paid: vec![0; nodes + 1],
            assigned_paid: plan
                .nodes
                .iter()
                .map(|node| match &node.op {
                    Op::Share(share) => vec![0; share.assigned.len()],
                    Op::Together { .. } | Op::Steps { .. } => Vec::new(),
                })
                .collect(),
            pro_rata: pro_rata(plan),
            alone: (0..nodes as u32).map(|node| plan.counts_alone(node)).collect(),
            releases: Vec::new(),
            held: 0,
            left_over: 0,
            left_over_exact: 0,
            contributed: 0,
            released: 0,
            opening: Totals::default(),
            now: Totals::default(),
            reached_on: vec![None; nodes],
            closed: Vec::new(),
        }
    }

    /// Keeps what every receipt did exactly.
    pub(crate) fn keep_rows(&mut self) {
        self.keep_rows = true;
        self.state.trace = Some(Vec::new());
    }

    fn keep_row(&mut self, inflow: &Inflow<'_>, id: &Arc<str>, given: Option<usize>, contributes: bool) {
        let taken = self.state.taken.iter().enumerate().filter(|(_, taken)| **taken != 0);
        let paid = self.paid_now.iter().enumerate().filter(|(_, paid)| **paid != 0);
        self.rows.push(ReceiptRow {
            id: Arc::clone(id),
            amount: inflow.amount,
            date: inflow.date,
            given,
            entry: inflow.entry,
            node: inflow.node,
            slices: self.state.trace.as_mut().map(std::mem::take).unwrap_or_default(),
            contributes,
            entitled: self.state.entitled.clone(),
            paid: paid.map(|(node, paid)| (node as u32, *paid)).collect(),
            taken: taken.map(|(node, taken)| (node as u32, *taken)).collect(),
        });
    }

    pub(crate) fn play(&mut self, timeline: &[Happening<'_>]) -> Result<()> {
        for happening in timeline {
            self.release_until(happening.date())?;
            self.close_before(happening.date())?;
            match happening {
                Happening::Draw(_, drawing) => {
                    self.draw(drawing.date, &drawing.instrument, drawing.amount)?
                }
                Happening::Expense(_, expense) => {
                    let path = format!("expenses of {}", expense.date);
                    let amount = self.minor(&path, expense.amount)?;
                    self.declare(&expense.kind, amount, expense.counts_to_cap)?;
                }
                Happening::Event(event) => {
                    let known = self.plan.events.iter().position(|name| name.as_ref() == event.event);
                    if let Some(index) = known {
                        self.state.events[index] = Some(event.value);
                    }
                }
                Happening::Amend(amendment) => self.amend(&amendment.change)?,
                Happening::Receive(place, receipt) => self.receive(*place, receipt)?,
            }
        }
        if let Some(last) = self.schedule.last().map(|period| period.end) {
            self.release_until(last)?;
            while self.periods.len() < self.schedule.len() {
                self.close_period()?;
            }
        }
        Ok(())
    }

    fn minor(&self, path: &str, money: Money) -> Result<i64> {
        if money.currency() == self.currency {
            return Ok(money.minor());
        }
        Err(WaterfallError::Currency {
            path: path.to_owned(),
            expected: self.currency,
            found: money.currency(),
        })
    }

    fn draw(&mut self, date: Date, instrument: &str, amount: Money) -> Result<()> {
        let amount = from_minor(self.minor(instrument, amount)?);
        let Some(index) = self.plan.instruments.iter().position(|name| name.as_ref() == instrument) else {
            return Ok(());
        };
        self.state.invested[index] += amount;
        for (row, balance) in self.plan.accounts.iter().zip(self.state.balances.iter_mut()) {
            if row.instrument as usize == index {
                balance.accrue(date)?;
                balance.draw(amount);
            }
        }
        Ok(())
    }

    fn declare(&mut self, kind: &str, amount: i64, counts_to_cap: bool) -> Result<()> {
        let Some(index) = self.plan.expenses.iter().position(|row| row.id.as_ref() == kind) else {
            let path = "expenses".to_owned();
            return Err(WaterfallError::UnknownReference { path, kind: "expense type", id: kind.to_owned() });
        };
        let (capped, uncapped) = &mut self.state.expenses[index];
        *(if counts_to_cap { capped } else { uncapped }) += amount;
        Ok(())
    }

    fn amend(&mut self, change: &Change) -> Result<()> {
        let unknown = |kind, id: &str| WaterfallError::UnknownReference {
            path: "amendments".to_owned(),
            kind,
            id: id.to_owned(),
        };
        match change {
            Change::Rate { tier, rate } => {
                let index = self.plan.nodes.iter().position(|node| node.id.as_ref() == tier);
                self.state.rates[index.ok_or_else(|| unknown("tier", tier))?] = *rate;
            }
            Change::Contract { contract, to, value } => {
                let index = self.state.contracts.iter().position(|row| row.id.as_ref() == contract);
                let index = index.ok_or_else(|| unknown("contract", contract))?;
                let value = value.map(|value| self.minor("amendments", value)).transpose()?;
                let row = &mut self.state.contracts[index];
                row.to = to.or(row.to);
                row.value = value.or(row.value);
            }
        }
        Ok(())
    }

    fn receive(&mut self, place: usize, receipt: &Receipt) -> Result<()> {
        let amount = self.minor(&format!("receipts[{}].amount", receipt.id), receipt.amount)?;
        if amount < 0 {
            return Err(WaterfallError::NegativeReceipt { receipt: receipt.id.clone() });
        }
        let named = self.plan.entries.iter().position(|entry| {
            entry.id.as_ref() == receipt.source
                || entry.receives.iter().any(|id| id.as_ref() == receipt.source)
        });
        let any = || self.plan.entries.iter().position(|entry| entry.receives_others);
        let Some(index) = named.or_else(any) else {
            let (receipt, source_id) = (receipt.id.clone(), receipt.source.clone());
            return Err(WaterfallError::NoEntry { receipt, source_id });
        };
        let entry = &self.plan.entries[index];
        let territories: &[String] =
            if receipt.territories.is_empty() { &entry.territories } else { &receipt.territories };
        let media: &[String] = if receipt.media.is_empty() { &entry.media } else { &receipt.media };
        let inflow = Inflow {
            id: &receipt.id,
            date: receipt.date,
            entry: Some(index as u32),
            node: entry.node,
            amount,
            territories,
            media,
            contract: receipt.contract.as_deref(),
        };
        if self.schedule.last().is_some_and(|last| last.end < receipt.date) {
            return Err(WaterfallError::OutsideSchedule { receipt: receipt.id.clone(), date: receipt.date });
        }
        self.now.receipts += i128::from(amount);
        let id = if self.lean { Arc::clone(&entry.id) } else { receipt.id.as_str().into() };
        self.distribute(inflow, Some(place), id, Arc::clone(&entry.id))
    }

    fn release_until(&mut self, date: Date) -> Result<()> {
        while let Some(index) = earliest(&self.releases).filter(|index| self.releases[*index].date <= date) {
            let release = self.releases.remove(index);
            self.close_before(release.date)?;
            self.released += 1;
            let reserve = Arc::clone(&self.plan.nodes[release.node as usize].id);
            let id: Arc<str> = format!("{reserve}#{}", self.released).into();
            self.held -= release.amount;
            let inflow = Inflow {
                id: &id,
                date: release.date,
                entry: None,
                node: release.to,
                amount: release.amount,
                territories: &[],
                media: &[],
                contract: None,
            };
            self.distribute(inflow, None, Arc::clone(&id), reserve)?;
        }
        Ok(())
    }

    fn distribute(
        &mut self,
        inflow: Inflow<'_>,
        given: Option<usize>,
        id: Arc<str>,
        source: Arc<str>,
    ) -> Result<()> {
        let rest = self.state.distribute(inflow)?;
        self.left_over_exact += rest;
        for (due, taken) in self.due.iter_mut().zip(&self.state.taken) {
            *due += *taken;
        }
        if let Some(due) = self.due.last_mut() {
            *due += rest;
        }
        let contributed = nearest_minor(self.state.contributed);
        let contribution = contributed - std::mem::replace(&mut self.contributed, contributed);
        self.now.contributions += i128::from(contribution);
        settle(inflow.amount + contribution, &mut self.due, &mut self.paid_now);
        if self.keep_rows {
            self.keep_row(&inflow, &id, given, contribution != 0);
        }
        for node in 0..self.paid_now.len() {
            let amount = self.paid_now[node];
            if amount != 0 {
                self.post(node as u32, amount, &inflow, &id, &source)?;
            }
        }
        Ok(())
    }

    fn post(
        &mut self,
        node: u32,
        amount: i64,
        inflow: &Inflow<'_>,
        id: &Arc<str>,
        source: &Arc<str>,
    ) -> Result<()> {
        self.paid[node as usize] += amount;
        let plan = self.plan;
        let Some(row) = plan.nodes.get(node as usize) else {
            return self.post_rest(amount, inflow, id, source);
        };
        let Op::Share(share) = &row.op else { return Ok(()) };
        let mut until = inflow.date;
        if let Some(release) = share.release {
            until = inflow.date.add_months(release.months)?;
            self.releases.push(Release { date: until, node, to: release.to, amount });
            self.held += amount;
        } else {
            self.now.paid += i128::from(amount);
        }
        if self.lean {
            return Ok(());
        }
        let cause = self.cause(node, share, inflow, until);
        if matches!(cause, Cause::LimitReached { .. }) {
            self.reached_on[node as usize] = Some(inflow.date);
        }
        let posting = Posting {
            date: inflow.date,
            period: self.periods.len() as u32,
            receipt: Arc::clone(id),
            source: Arc::clone(source),
            tier: Some(Arc::clone(&row.id)),
            payee: share.payee.map(|party| Arc::clone(&plan.parties[party as usize])),
            credited_to: None,
            amount: Money::new(amount, self.currency),
            cause,
            clause: row.clause.clone(),
        };
        self.post_with_assignments(node, share, posting, amount);
        Ok(())
    }

    /// What is assigned is a part of all the claim has been paid, so its rounding does not drift.
    fn post_with_assignments(&mut self, node: u32, share: &ShareOp, posting: Posting, amount: i64) {
        let total = from_minor(self.paid[node as usize]);
        let mut own = amount;
        for (index, (party, part)) in share.assigned.iter().enumerate() {
            let entitled = crate::exact::whole_minor(share_of(total, *part));
            let paid = &mut self.assigned_paid[node as usize][index];
            let now = (entitled - *paid).clamp(0, own);
            *paid += now;
            own -= now;
            if now > 0 {
                self.postings.push(Posting {
                    payee: Some(Arc::clone(&self.plan.parties[*party as usize])),
                    credited_to: posting.payee.clone(),
                    amount: Money::new(now, self.currency),
                    cause: Cause::Assigned { part: *part },
                    ..posting.clone()
                });
            }
        }
        if own > 0 {
            self.postings.push(Posting { amount: Money::new(own, self.currency), ..posting });
        }
    }

    fn post_rest(
        &mut self,
        amount: i64,
        inflow: &Inflow<'_>,
        id: &Arc<str>,
        source: &Arc<str>,
    ) -> Result<()> {
        let residual = self.plan.residual;
        if residual.is_some() {
            self.now.paid += i128::from(amount);
        } else {
            self.left_over += amount;
            self.now.left_over += i128::from(amount);
        }
        if self.lean {
            return Ok(());
        }
        self.postings.push(Posting {
            date: inflow.date,
            period: self.periods.len() as u32,
            receipt: Arc::clone(id),
            source: Arc::clone(source),
            tier: None,
            payee: residual.map(|party| Arc::clone(&self.plan.parties[party as usize])),
            credited_to: None,
            amount: Money::new(amount, self.currency),
            cause: if residual.is_some() { Cause::Residual } else { Cause::LeftOver },
            clause: None,
        });
        Ok(())
    }

    fn cause(&self, node: u32, share: &ShareOp, inflow: &Inflow<'_>, until: Date) -> Cause {
        let money = |minor: i64| Money::new(minor, self.currency);
        let arrived = money(nearest_minor(self.state.arrived[node as usize]));
        let rate = self.state.rates[node as usize];
        if share.release.is_some() {
            return Cause::Held { arrived, rate, until };
        }
        if share.gross.is_some() {
            return Cause::GrossShare { gross: money(inflow.amount), rate, arrived };
        }
        let Some(limit) = self.limit(share) else {
            return Cause::Share { arrived, rate };
        };
        let had = self.counted(node, share) - self.paid_now[node as usize];
        let outstanding = money((limit - had).max(0));
        let open = share.limit.is_some_and(|index| self.state.is_below(index));
        match (open, self.pro_rata[node as usize]) {
            (false, _) => Cause::LimitReached { arrived, outstanding, limit: money(limit) },
            (true, true) => Cause::ProRata { arrived, outstanding },
            (true, false) => Cause::Recoupment { arrived, rate, outstanding },
        }
    }

    /// The limit of a claim as it stands, in whole minor units.
    fn limit(&self, share: &ShareOp) -> Option<i64> {
        share.limit.map(|index| nearest_minor(self.state.targets[index as usize]))
    }

    /// What counts against the limit: the claim's own payments, or a counter it shares with others.
    fn counted(&self, node: u32, share: &ShareOp) -> i64 {
        match share.limit.map(|index| self.plan.thresholds[index as usize].counter) {
            Some(counter) if !self.alone[node as usize] => nearest_minor(self.state.have[counter as usize]),
            _ => self.paid[node as usize],
        }
    }

    /// Whether nothing is owed to a limited claim any more, as of the last thing that happened.
    pub(crate) fn is_paid_out(&self, node: u32) -> bool {
        let Some(index) = self.plan.share(node).and_then(|share| share.limit) else { return false };
        let threshold = &self.plan.thresholds[index as usize];
        let target = self.state.target(threshold.goal, None, 0).unwrap_or(0);
        self.state.have[threshold.counter as usize] + crate::exact::TOLERANCE >= target
    }

    /// What has arrived at a claim in all.
    pub(crate) fn arrived(&self, node: u32) -> i64 {
        nearest_minor(self.state.have[(self.plan.layout.reached + node) as usize])
    }

    fn close_before(&mut self, date: Date) -> Result<()> {
        while let Some(period) = self.schedule.get(self.periods.len()) {
            if date <= period.end {
                return Ok(());
            }
            let end = period.end;
            self.release_at_close(end)?;
            self.close_period()?;
        }
        Ok(())
    }

    /// Reserves that fall due before the period ends are released in it, though nothing else happens.
    fn release_at_close(&mut self, end: Date) -> Result<()> {
        match earliest(&self.releases) {
            Some(index) if self.releases[index].date <= end => self.release_until(end),
            _ => Ok(()),
        }
    }

    fn close_period(&mut self) -> Result<()> {
        let Some(period) = self.schedule.get(self.periods.len()) else { return Ok(()) };
        self.now.held = i128::from(self.held);
        let (opening, now) = (self.opening, self.now);
        let difference =
            opening.held + now.receipts + now.contributions - now.paid - now.held - now.left_over;
        if difference != 0 {
            let tier =
                self.postings.last().and_then(|posting| posting.tier.as_deref()).unwrap_or("").to_owned();
            let period = format!("{}–{}", period.start, period.end);
            return Err(WaterfallError::Conservation { period, tier, difference });
        }
        let money = |minor: i128| Money::new(saturate(minor), self.currency);
        self.periods.push(PeriodTotals {
            period: self.periods.len() as u32,
            start: period.start,
            end: period.end,
            opening_held: money(opening.held),
            receipts: money(now.receipts),
            contributions: money(now.contributions),
            paid: money(now.paid),
            held: money(now.held),
            left_over: money(now.left_over),
        });
        if !self.lean {
            self.close_claims(period.end)?;
        }
        self.opening = Totals { held: now.held, ..Totals::default() };
        self.now = Totals::default();
        Ok(())
    }

    /// Limits that grow stand at the last day of the period.
    fn close_claims(&mut self, end: Date) -> Result<()> {
        let mut limits = Vec::with_capacity(self.plan.nodes.len());
        let mut outstanding = Vec::with_capacity(self.plan.nodes.len());
        let as_they_stand = self.state.balances.clone();
        for balance in &mut self.state.balances {
            balance.accrue(end)?;
        }
        for node in 0..self.plan.nodes.len() as u32 {
            let index = self.plan.share(node).and_then(|share| share.limit);
            let target = index.and_then(|index| {
                let threshold = &self.plan.thresholds[index as usize];
                let target = self.state.target(threshold.goal, None, 0)?;
                Some((target, target - self.state.have[threshold.counter as usize]))
            });
            let limit = target.map(|(target, _)| nearest_minor(target));
            outstanding.push(match (limit, target) {
                (Some(limit), _) if self.alone[node as usize] => (limit - self.paid[node as usize]).max(0),
                (_, Some((_, owed))) => nearest_minor(owed).max(0),
                (_, None) => 0,
            });
            limits.push(limit);
        }
        self.state.balances = as_they_stand;
        self.closed.push(Closing {
            date: end,
            paid: self.paid.clone(),
            assigned: self.assigned_paid.clone(),
            limits,
            outstanding,
        });
        Ok(())
    }
}

/// Which claims stand in a group that divides by an amount.
fn pro_rata(plan: &Plan) -> Vec<bool> {
    let mut out = vec![false; plan.nodes.len()];
    for node in &plan.nodes {
        if let Op::Together { members, split: SplitOp::Outstanding | SplitOp::Invested, .. } = &node.op {
            members.iter().for_each(|member| out[*member as usize] = true);
        }
    }
    out
}

fn earliest(releases: &[Release]) -> Option<usize> {
    let mut first: Option<usize> = None;
    for (index, release) in releases.iter().enumerate() {
        if first.is_none_or(|best| release.date < releases[best].date) {
            first = Some(index);
        }
    }
    first
}
