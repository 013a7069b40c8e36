//! A film in quarters: receipts, recoupment and returns of eight paths at once.

use recoup_lanes::{Backend, Buffer, Kernel, LANES, Lanes, Row, dispatch_on};

use super::{
    plan::{QuarterPlan, Unfit},
    rates,
    receipts::{Receipts, receive},
    returns::{self, Party, Returns},
    waterfall::{QUARTERS, padded, pour},
};
use crate::model::{CHUNK, Column, Measure};

/// Batches of eight paths in a chunk.
const BATCHES: usize = CHUNK / LANES;
/// Batches whose results wait side by side. The columns of a chunk lie 2 KiB apart, so that a batch's results would all
/// fall on two sets of the first cache and push each other, and the rows, out of it.
const FLIGHT: usize = 4;

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
    /// By quarter: what each investor of a group is paid.
    paid: Buffer,
    /// By group and quarter of drawing: what each investor puts in.
    put_in: Buffer,
    /// By batch of a flight and column: what is computed, before it is put where it belongs.
    told: Buffer,
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
            row.resize(padded(plan.quarters), 0.0);
        }
        // An odd number of cache lines: rows do not fall on the same sets of the cache.
        let stride = padded(plan.quarters).max(plan.quarters.next_multiple_of(QUARTERS)) | 1;
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
        let before = self.returns.before;
        let mut put_in = Buffer::zeroed(investors.next_multiple_of(GROUP) * before);
        let groups = put_in.chunks_exact_mut((GROUP * before).max(1));
        for (rows, first) in groups.zip((0..investors).step_by(GROUP)) {
            for (at, row) in rows.iter_mut().enumerate() {
                let (quarter, seat) = (at / GROUP, at % GROUP);
                let investor = &self.returns.investors[(first + seat).min(investors - 1)];
                *row = Row([investor.drawn[quarter]; LANES]);
            }
        }
        Room {
            drawn: Buffer::zeroed(variates),
            rows: Buffer::zeroed(self.plan.rows() * self.stride),
            states: Buffer::zeroed(self.plan.states),
            paid: Buffer::zeroed(GROUP * self.plan.quarters),
            put_in,
            told: Buffer::zeroed(FLIGHT * self.columns.len()),
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

    /// Eight paths; their columns are left in the room, as those of the given batch of a flight.
    #[inline(always)]
    fn batch<L: Lanes>(&self, until: Stage, room: &mut Room, batch: usize) {
        let Room { drawn, rows, states, paid, put_in, told } = room;
        let columns = self.columns.len();
        let told = &mut told[batch * columns..(batch + 1) * columns];
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
        for four in self.returns.others.chunks(PAYEES) {
            let last = four.len() - 1;
            let mut of: [&[Row]; PAYEES] = [&[]; PAYEES];
            for n in 0..PAYEES {
                of[n] = &rows[row(four[n.min(last)])];
            }
            let values = returns::of_payees::<L>(&self.returns, of);
            for (payee, value) in four.iter().zip(values) {
                value.store(&mut told[2 * payee]);
                told[2 * payee + 1] = rows[row(*payee)][self.plan.quarters - 1];
            }
        }
        let mut place = 0;
        while place < investors {
            let before = GROUP * self.returns.before;
            let put_in = &mut put_in[place / GROUP * before..(place / GROUP + 1) * before];
            let mut group = Group { film: self, until, drawn, rows, paid, put_in, told };
            group.run::<L>(place);
            place += GROUP;
        }
    }
}

/// Investors whose rates are looked for at once: what they hold fits the registers, and hides that each step of a
/// polynomial waits for the one before.
pub(super) const GROUP: usize = 5;
/// Payees that put nothing in and are summed up side by side.
pub(super) const PAYEES: usize = 4;

/// The same for each of a group, written out: every place is known when it is compiled, and what is computed stays in
/// registers.
macro_rules! five {
    ($n:ident, $body:block) => {{
        {
            const $n: usize = 0;
            $body
        }
        {
            const $n: usize = 1;
            $body
        }
        {
            const $n: usize = 2;
            $body
        }
        {
            const $n: usize = 3;
            $body
        }
        {
            const $n: usize = 4;
            $body
        }
    }};
}
pub(super) use five;

struct Group<'a> {
    film: &'a Quarterly,
    until: Stage,
    drawn: &'a [Row],
    rows: &'a [Row],
    paid: &'a mut [Row],
    put_in: &'a mut [Row],
    told: &'a mut [Row],
}

impl Group<'_> {
    /// The investors from a place on; where fewer are left, the last is computed again.
    #[inline(always)]
    fn run<L: Lanes>(&mut self, place: usize) {
        let film = self.film;
        let quarters = film.plan.quarters;
        let last = film.returns.investors.len() - 1;
        let mut at = [last; GROUP];
        let mut paid_to: [&[Row]; GROUP] = [&[]; GROUP];
        for n in 0..GROUP {
            at[n] = at[n].min(place + n);
            let first = film.plan.payee_row(film.returns.investors[at[n]].payee) * film.stride;
            paid_to[n] = &self.rows[first..first + quarters];
        }
        let (paid, _) = self.paid.as_chunks_mut::<GROUP>();
        let parties = returns::of_investors::<L>(&film.returns, at, self.drawn, paid_to, paid);
        for n in 0..GROUP {
            self.tell(n, at[n], &parties[n]);
        }
        if self.until == Stage::Metrics {
            return;
        }
        let mut starts = [rates::Start::<L>::nowhere(); GROUP];
        five!(N, {
            starts[N] = rates::start(&film.returns.node, &parties[N]);
        });
        let factors = rates::solve::<L>(self.paid.as_chunks().0, self.put_in.as_chunks().0, starts);
        for n in 0..GROUP {
            let column = 2 * film.plan.payees + 3 * at[n];
            returns::annual(factors[n], &parties[n]).store(&mut self.told[column]);
        }
    }

    /// Stores what is known of an investor but for its rate, and in its seat of the group what it puts in.
    #[inline(always)]
    fn tell<L: Lanes>(&mut self, seat: usize, place: usize, party: &Party<L>) {
        let film = self.film;
        let investor = &film.returns.investors[place];
        if let Some((variate, amounts)) = &investor.also {
            let of = L::load(&self.drawn[*variate]);
            let (rows, _) = self.put_in.as_chunks_mut::<GROUP>();
            for ((row, amount), fixed) in rows.iter_mut().zip(amounts).zip(&investor.drawn) {
                of.mul_add(L::splat(*amount), L::splat(*fixed)).store(&mut row[seat]);
            }
        }
        let column = 2 * film.plan.payees + 3 * place;
        party.npv.store(&mut self.told[2 * investor.payee]);
        party.received.store(&mut self.told[2 * investor.payee + 1]);
        returns::multiple(party).store(&mut self.told[column + 1]);
        party.payback_months.store(&mut self.told[column + 2]);
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
        let Compute { film, until, drawn, out, room } = self;
        let columns = film.columns.len();
        for flight in (0..BATCHES).step_by(FLIGHT) {
            for batch in 0..FLIGHT {
                for (row, of) in room.drawn.iter_mut().zip(drawn.chunks_exact(BATCHES)) {
                    *row = of[flight + batch];
                }
                film.batch::<L>(until, room, batch);
            }
            if until < Stage::Metrics {
                continue;
            }
            for (column, to) in out.chunks_exact_mut(CHUNK).enumerate() {
                let to = &mut to[flight * LANES..(flight + FLIGHT) * LANES];
                for (to, batch) in to.chunks_exact_mut(LANES).zip(0..FLIGHT) {
                    to.copy_from_slice(&L::load(&room.told[batch * columns + column]).to_array());
                }
            }
        }
    }
}
