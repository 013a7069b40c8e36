//! What does not depend on amounts, decided once

mod accounts;
mod counters;
mod facts;
mod goals;
mod happen;
mod route;
mod shares;
mod told;

use std::{collections::HashMap, hash::Hash};

use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::Ratio;
use recoup_waterfall::{
    Plan, RunInputs, WaterfallError,
    flat::{self, Flat},
};

use super::{
    form::{At, Comes, Goal, Incoming, Member, Route, Share, Span, Step, Word},
    program::{Counts, FlowAsk, FlowError, FlowProgram, Places},
    rows::Rows,
};
use accounts::Accounts;
use counters::Counters;
use facts::Standing;
use told::Slots;

pub(super) type Result<T> = std::result::Result<T, FlowError>;

/// More than this many times money moves in no film; a plan whose reserves feed each other without end does.
const MOST_STEPS: usize = 100_000;

pub(super) fn unsupported<T>(path: &str, feature: &'static str) -> Result<T> {
    Err(FlowError::Unsupported { path: path.to_owned(), feature })
}

/// A list of which equal parts are kept once.
#[derive(Debug)]
struct Interned<T> {
    all: Vec<T>,
    known: HashMap<Vec<T>, Span>,
}

impl<T: Clone + Eq + Hash> Interned<T> {
    fn new() -> Self {
        Interned { all: Vec::new(), known: HashMap::new() }
    }

    fn span(&mut self, part: &[T]) -> Span {
        if part.is_empty() {
            return Span::default();
        }
        if let Some(span) = self.known.get(part) {
            return *span;
        }
        let first = self.all.len() as u32;
        self.all.extend_from_slice(part);
        let span = Span { first, end: self.all.len() as u32 };
        self.known.insert(part.to_vec(), span);
        span
    }
}

/// Money that a reserve holds until a day.
#[derive(Debug, Clone, Copy)]
struct Held {
    date: Date,
    to: u32,
    row: At,
}

struct Compiler<'a> {
    flat: Flat<'a>,
    rows: Rows,
    counters: Counters,
    accounts: Accounts,
    standing: Standing<'a>,
    slots: Slots,
    invested: Vec<At>,
    /// Capped and uncapped, by type of expense, and the cap as it stands.
    expenses: Vec<(At, At)>,
    caps: Vec<At>,
    /// What amendments move.
    goals: Vec<flat::Goal>,
    rates: Vec<At>,
    /// Rates as numbers, none where they vary.
    known_rates: Vec<Option<f64>>,
    payees: Vec<Option<u32>>,
    amended: Vec<bool>,
    goal_rows: HashMap<Goal, At>,
    goal_of: HashMap<At, Goal>,
    earned: HashMap<u32, At>,
    refunds: At,
    /// Claims against which nothing but their own payments counts, and of those the ones that stop by themselves.
    alone: Vec<bool>,
    stops: Vec<bool>,
    shares: Interned<Share>,
    members: Interned<Member>,
    words: Interned<Word>,
    lists: Interned<At>,
    passes: Interned<(u32, At)>,
    beyond: HashMap<u32, u32>,
    routes: Vec<Route>,
    known_routes: HashMap<Route, u32>,
    steps: Vec<Step>,
    incoming: Vec<Incoming>,
    releases: Vec<At>,
    held: Vec<Held>,
    held_by: Vec<(u32, u32)>,
    counts: Counts,
    /// The flow that the next may be poured together with: its day and its route.
    last: Option<(Date, u32)>,
}

pub(super) fn compile(
    plan: &Plan,
    inputs: &RunInputs,
    schedule: &[Period],
    ask: &FlowAsk,
) -> Result<FlowProgram> {
    let flat = plan.flat();
    let timeline = flat::timeline(inputs);
    let mut work = Compiler::new(flat, inputs, &ask.cells)?;
    work.slots = Slots::of(schedule, &timeline, &ask.told);
    for happening in &timeline {
        work.release_until(happening.date())?;
        work.happen(happening)?;
    }
    if let Some(last) = work.slots.last_day() {
        work.release_until(last)?;
    }
    work.finish(inputs, ask)
}

impl<'a> Compiler<'a> {
    fn new(flat: Flat<'a>, inputs: &RunInputs, cells: &[String]) -> Result<Self> {
        let mut rows = Rows::of(cells);
        let counters = Counters::of(flat, &mut rows);
        let accounts = Accounts::of(flat, inputs, &mut rows)?;
        let invested = flat.instruments.iter().map(|_| rows.row()).collect();
        let expenses = flat.expenses.iter().map(|_| (rows.row(), rows.row())).collect();
        let refunds = rows.block(flat.entries.len());
        let alone = counters::alone(flat);
        let mut work = Compiler {
            flat,
            counters,
            accounts,
            standing: Standing::of(flat),
            slots: Slots::default(),
            invested,
            expenses,
            caps: Vec::new(),
            goals: flat.thresholds.iter().map(|threshold| threshold.goal).collect(),
            rates: Vec::new(),
            known_rates: Vec::new(),
            payees: Vec::new(),
            amended: vec![false; flat.thresholds.len()],
            goal_rows: HashMap::new(),
            goal_of: HashMap::new(),
            earned: HashMap::new(),
            refunds,
            stops: counters::stops(flat, &alone),
            alone,
            shares: Interned::new(),
            members: Interned::new(),
            words: Interned::new(),
            lists: Interned::new(),
            passes: Interned::new(),
            beyond: HashMap::new(),
            routes: Vec::new(),
            known_routes: HashMap::new(),
            steps: Vec::new(),
            incoming: Vec::new(),
            releases: Vec::new(),
            held: Vec::new(),
            held_by: Vec::new(),
            counts: Counts { pools: flat.pools.len(), ..Counts::default() },
            last: None,
            rows,
        };
        work.begin_terms();
        Ok(work)
    }

    /// Rates, caps and holders as they are agreed at first.
    fn begin_terms(&mut self) {
        for (index, node) in self.flat.nodes.iter().enumerate() {
            let share = self.flat.share(index as u32);
            let rate = share.map_or(Ratio::ONE, |share| share.rate);
            let path = format!("{}.takes.rate", node.path);
            let value = super::rows::number(rate);
            self.known_rates.push((!self.rows.varies(&path)).then_some(value));
            let at = self.rows.cell(&path, value);
            self.rates.push(at);
            self.payees.push(share.and_then(|share| share.payee));
        }
        for row in self.flat.expenses {
            let cap = row.cap.map_or(f64::INFINITY, |cap| cap as f64);
            let at = self.rows.cell(&format!("recoupment.expense_types[{}].cap", row.id), cap);
            self.caps.push(at);
        }
    }

    fn push_accruals(&mut self) {
        if let Some(span) = self.accounts.taken() {
            self.steps.push(Step::Accrue(span));
        }
    }

    /// Reserves that fall due let go, the earliest first and equals in the order in which they were held.
    fn release_until(&mut self, date: Date) -> Result<()> {
        loop {
            let due = self.held.iter().enumerate().filter(|(_, held)| held.date <= date);
            let Some(index) = due.min_by_key(|(place, held)| (held.date, *place)).map(|(place, _)| place)
            else {
                return Ok(());
            };
            let held = self.held.remove(index);
            self.standing.settle_released(held.date);
            let route = self.route(held.to, None)?;
            self.releases.push(held.row);
            let end = self.releases.len() as u32;
            self.flow(held.date, route, Comes::Released(Span { first: end - 1, end }))?;
        }
    }

    /// Money comes down a route: together with the last, where nothing distinguishes them.
    fn flow(&mut self, date: Date, route: u32, comes: Comes) -> Result<()> {
        let joins = self.last == Some((date, route)) && self.routes[route as usize].joins;
        if let (true, Some(Step::Flow { comes: before, .. })) = (joins, self.steps.last_mut()) {
            match (before, comes) {
                (Comes::Receipts(before), Comes::Receipts(now)) if before.end == now.first => {
                    before.end = now.end;
                    return Ok(());
                }
                (Comes::Released(before), Comes::Released(now)) if before.end == now.first => {
                    before.end = now.end;
                    return Ok(());
                }
                _ => {}
            }
        }
        if self.steps.len() > MOST_STEPS {
            return unsupported("recoupment.tiers", "money that reserves let go again and again");
        }
        self.tell(date);
        for moved in [false, true] {
            // Months of 30 days do not add up: there time passes where money moves.
            for account in 0..self.flat.accounts.len() {
                if self.accounts.counts_months(account) == moved {
                    self.accounts.accrue(account, date, moved)?;
                }
            }
            if !moved {
                self.push_accruals();
            }
        }
        let accrue = self.accounts.taken().unwrap_or_default();
        self.slots.moved.extend_from_slice(&self.routes[route as usize].moved);
        let reserves = self.routes[route as usize].reserves.clone();
        let holds = self.rows.block(reserves.len());
        for (place, counter) in reserves.iter().enumerate() {
            self.hold(date, *counter, holds + place as At)?;
        }
        self.steps.push(Step::Flow { route, comes, holds, accrue });
        self.last = Some((date, route));
        Ok(())
    }

    fn hold(&mut self, date: Date, counter: At, row: At) -> Result<()> {
        let Some(node) = self.counters.reserve_of(counter) else {
            return Ok(());
        };
        let Some(release) = self.flat.share(node).and_then(|share| share.release) else {
            return Ok(());
        };
        let until = date.add_months(release.months).map_err(WaterfallError::from)?;
        self.held.push(Held { date: until, to: release.to, row });
        Ok(())
    }

    fn finish(mut self, inputs: &RunInputs, ask: &FlowAsk) -> Result<FlowProgram> {
        self.tell_now();
        let (finals, last_goals, finish) = self.standing_at_the_end()?;
        if let Some(path) = self.rows.unread() {
            return unsupported(
                path,
                "a number that the flow of this plan does not read, or not as it is typed",
            );
        }
        let slots = std::mem::take(&mut self.slots);
        let parties = self.flat.parties.len();
        let out = self.rows.block(slots.days.len() * parties);
        let places = Places {
            out,
            paid: self.counters.paid_out(self.flat),
            reserve: (0..self.flat.nodes.len() as u32).map(|node| self.counters.is_reserve(node)).collect(),
            rest: self.counters.rest,
            contributed: self.counters.contributed,
            held: self.counters.held,
            received: self.counters.received,
            refunds: self.refunds,
            entries: self.flat.entries.len(),
            shortfall: self.counters.shortfall.clone(),
            residual: self.flat.residual,
        };
        let mut counts = self.counts;
        counts.receipts = inputs.receipts.len();
        counts.drawings = inputs.drawings.len();
        counts.expenses = inputs.expenses.len();
        counts.beyond = self.beyond.len();
        Ok(FlowProgram {
            steps: self.steps,
            routes: self.routes,
            accruals: self.accounts.finish(),
            incoming: self.incoming,
            releases: self.releases,
            shares: self.shares.all,
            members: self.members.all,
            words: self.words.all,
            rows: self.lists.all,
            passes: self.passes.all,
            told: slots.told,
            parts: slots.parts,
            finals,
            last_goals,
            held_by: self.held_by,
            places,
            counts,
            cells: ask.cells.len(),
            days: slots.days,
            parties: self.flat.parties.to_vec(),
            claims: self.flat.nodes.iter().map(|node| node.id.clone()).collect(),
            finish,
            first: self.rows.finish(),
        })
    }
}

fn unknown(path: &str, kind: &'static str, id: &str) -> FlowError {
    WaterfallError::UnknownReference { path: path.to_owned(), kind, id: id.to_owned() }.into()
}
