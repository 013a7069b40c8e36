//! A film in quarters: receipts, recoupment and returns of eight paths at once.

use recoup_lanes::{Backend, Buffer, Kernel, LANES, Lanes, Row, dispatch_on};

use super::{
    plan::{QuarterPlan, Unfit},
    rates,
    receipts::{Receipts, receive},
    returns::{self, Party, Returns},
    waterfall::{QUARTERS, pour},
};
use crate::model::{CHUNK, Column, Measure};

/// Batches of eight paths in a chunk.
const BATCHES: usize = CHUNK / LANES;

/// What is computed, up to where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// What the sources bring in.
    Receipts,
    /// Who is paid.
    Waterfall,
    /// Values, totals, multiples and paybacks.
    Metrics,
    /// Rates of return: all of it.
    Rates,
}

/// A film in quarters, as a function of drawn numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarterly {
    pub(super) plan: QuarterPlan,
    pub(super) receipts: Receipts,
    pub(super) returns: Returns,
    columns: Vec<Column>,
    stride: usize,
}

/// Room for eight paths.
#[derive(Debug, Clone)]
pub struct Room {
    drawn: Buffer,
    /// By row and quarter: receipts, then payments, all cumulative.
    pub(super) rows: Buffer,
    states: Buffer,
    /// By investor: what it is paid in each quarter.
    paid: Buffer,
    /// By investor: what it puts in in each quarter of drawing.
    put_in: Buffer,
}

impl Quarterly {
    /// A film: who is paid in which order, what comes in, and who put money in before; ids of the payees in order.
    pub fn new(
        plan: QuarterPlan,
        mut receipts: Receipts,
        returns: Returns,
        ids: &[String],
    ) -> Result<Self, Unfit> {
        let fits = receipts.cumulative.len() == plan.sources
            && receipts.times.len() == plan.sources
            && receipts.cumulative.iter().all(|row| row.len() == plan.quarters)
            && returns::fits(&returns, &plan)
            && ids.len() == plan.payees;
        if !fits {
            return Err(Unfit::Unknown { step: plan.steps.len(), what: "source or party" });
        }
        let column = |payee: usize, measure| Column { of: ids[payee].clone(), measure };
        let of_payees = (0..plan.payees)
            .flat_map(|payee| [column(payee, Measure::Npv), column(payee, Measure::Received)]);
        let of_investors = returns.investors.iter().flat_map(|investor| {
            [Measure::Irr, Measure::Multiple, Measure::PaybackMonths]
                .map(|measure| column(investor.payee, measure))
        });
        let columns = of_payees.chain(of_investors).collect();
        for row in &mut receipts.cumulative {
            row.resize(plan.quarters.next_multiple_of(QUARTERS), 0.0);
        }
        // An odd number of cache lines: rows do not fall on the same sets of the cache.
        let stride = plan.quarters.next_multiple_of(QUARTERS) | 1;
        Ok(Self { plan, receipts, returns, columns, stride })
    }

    /// What every path gives, in order: value and total of every payee; rate, multiple and payback of every investor.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The order of payment.
    pub fn plan(&self) -> &QuarterPlan {
        &self.plan
    }

    /// Room for one thread, when so many numbers are drawn.
    pub fn room(&self, variates: usize) -> Room {
        let investors = self.returns.investors.len();
        let mut put_in = Buffer::zeroed(investors * self.returns.before);
        for (row, amount) in put_in.iter_mut().zip(self.returns.investors.iter().flat_map(|of| &of.drawn)) {
            *row = Row([*amount; LANES]);
        }
        Room {
            drawn: Buffer::zeroed(variates),
            rows: Buffer::zeroed(self.plan.rows() * self.stride),
            states: Buffer::zeroed(self.plan.states),
            paid: Buffer::zeroed(investors * self.plan.quarters),
            put_in,
        }
    }

    /// Computes a chunk from its drawn numbers, variate by variate, into `out`, column by column.
    pub fn compute_on(
        &self,
        backend: Backend,
        until: Stage,
        drawn: &[Row],
        out: &mut [f64],
        room: &mut Room,
    ) {
        dispatch_on(backend, self.chunk(until, drawn, out, room));
    }

    pub(super) fn chunk<'a>(
        &'a self,
        until: Stage,
        drawn: &'a [Row],
        out: &'a mut [f64],
        room: &'a mut Room,
    ) -> impl Kernel<Output = ()> {
        Compute { film: self, until, drawn, out, room }
    }

    /// What a payee has had by the end of each quarter on one of the eight paths that were computed last; one beyond
    /// the last payee is what was left over.
    pub fn paid(&self, room: &Room, payee: usize, lane: usize) -> Vec<f64> {
        let first = self.plan.payee_row(payee) * self.stride;
        room.rows[first..first + self.plan.quarters].iter().map(|row| row.0[lane]).collect()
    }

    /// Eight paths; their columns are stored at `path` of each column of `out`.
    #[inline(always)]
    pub(super) fn batch<L: Lanes>(&self, until: Stage, room: &mut Room, out: &mut [f64], path: usize) {
        let Room { drawn, rows, states, paid, put_in } = room;
        receive::<L>(&self.receipts, &self.plan, drawn, rows, self.stride);
        if until == Stage::Receipts {
            return;
        }
        pour::<L>(&self.plan, drawn, rows, self.stride, states);
        if until == Stage::Waterfall {
            return;
        }
        let investors = self.returns.investors.len();
        let row = |payee: usize| {
            let first = self.plan.payee_row(payee) * self.stride;
            first..first + self.plan.quarters
        };
        for payee in (0..self.plan.payees).filter(|payee| self.returns.place(*payee).is_none()) {
            let (npv, received) = returns::of_payee::<L>(&self.returns, &rows[row(payee)]);
            Self::store(out, 2 * payee, path, npv);
            Self::store(out, 2 * payee + 1, path, received);
        }
        let mut place = 0;
        while place < investors {
            let mut group = Group { film: self, until, drawn, rows, paid, put_in, path };
            group.run::<L>(place, out);
            place += GROUP;
        }
    }

    /// Stores a column of eight paths.
    #[inline(always)]
    fn store<L: Lanes>(out: &mut [f64], column: usize, path: usize, value: L) {
        let at = column * CHUNK + path;
        out[at..at + LANES].copy_from_slice(&value.to_array());
    }
}

/// Investors whose rates are looked for at once: what they hold fits the registers, and hides that each step of a
/// polynomial waits for the one before.
const GROUP: usize = 5;

struct Group<'a> {
    film: &'a Quarterly,
    until: Stage,
    drawn: &'a [Row],
    rows: &'a [Row],
    paid: &'a mut [Row],
    put_in: &'a mut [Row],
    path: usize,
}

impl Group<'_> {
    /// The investors from a place on; where fewer are left, the last is computed again.
    #[inline(always)]
    fn run<L: Lanes>(&mut self, place: usize, out: &mut [f64]) {
        let film = self.film;
        let (quarters, before) = (film.plan.quarters, film.returns.before);
        let last = film.returns.investors.len() - 1;
        let mut at = [last; GROUP];
        let mut paid_to: [&[Row]; GROUP] = [&[]; GROUP];
        for n in 0..GROUP {
            at[n] = at[n].min(place + n);
            let first = film.plan.payee_row(film.returns.investors[at[n]].payee) * film.stride;
            paid_to[n] = &self.rows[first..first + quarters];
        }
        let parties = returns::of_investors::<L, GROUP>(&film.returns, at, self.drawn, paid_to, self.paid);
        for n in 0..GROUP {
            self.tell(at[n], &parties[n], out);
        }
        if self.until == Stage::Metrics {
            return;
        }
        let mut paid: [&[Row]; GROUP] = [&[]; GROUP];
        let mut put_in: [&[Row]; GROUP] = [&[]; GROUP];
        for n in 0..GROUP {
            paid[n] = &self.paid[at[n] * quarters..(at[n] + 1) * quarters];
            put_in[n] = &self.put_in[at[n] * before..(at[n] + 1) * before];
        }
        let mut guesses = [(L::splat(0.0), L::splat(0.0)); GROUP];
        let mut asked = [L::splat(0.0).lt(L::splat(0.0)); GROUP];
        for n in 0..GROUP {
            guesses[n] = rates::guess(parties[n].paid_moments, parties[n].drawn_moments);
            asked[n] = returns::has_a_rate(&parties[n]);
        }
        let factors = rates::solve::<L, GROUP>(paid, put_in, guesses, asked);
        for n in 0..GROUP {
            let column = 2 * film.plan.payees + 3 * at[n];
            Quarterly::store(out, column, self.path, returns::annual(factors[n], &parties[n]));
        }
    }

    /// Stores what is known of an investor but for its rate, and what it puts in.
    #[inline(always)]
    fn tell<L: Lanes>(&mut self, place: usize, party: &Party<L>, out: &mut [f64]) {
        let (film, path) = (self.film, self.path);
        let investor = &film.returns.investors[place];
        if let Some((variate, amounts)) = &investor.also {
            let before = film.returns.before;
            let of = L::load(&self.drawn[*variate]);
            let rows = &mut self.put_in[place * before..(place + 1) * before];
            for ((row, amount), fixed) in rows.iter_mut().zip(amounts).zip(&investor.drawn) {
                of.mul_add(L::splat(*amount), L::splat(*fixed)).store(row);
            }
        }
        let column = 2 * film.plan.payees + 3 * place;
        Quarterly::store(out, 2 * investor.payee, path, party.npv);
        Quarterly::store(out, 2 * investor.payee + 1, path, party.received);
        Quarterly::store(out, column + 1, path, returns::multiple(party));
        Quarterly::store(out, column + 2, path, party.payback_months);
    }
}

struct Compute<'a> {
    film: &'a Quarterly,
    until: Stage,
    drawn: &'a [Row],
    out: &'a mut [f64],
    room: &'a mut Room,
}

impl Kernel for Compute<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        for batch in 0..BATCHES {
            let path = batch * LANES;
            for (row, of) in self.room.drawn.iter_mut().zip(self.drawn.chunks_exact(BATCHES)) {
                *row = of[batch];
            }
            self.film.batch::<L>(self.until, self.room, self.out, path);
        }
    }
}
