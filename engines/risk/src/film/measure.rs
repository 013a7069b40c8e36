//! What every path comes to for every party.
//!
//! The measures are those of the exact run (`recoup_model`): the return on the quarterly grid with flows inside a
//! quarter put on it at the deal's rate, the present value by whole months, the multiple, the payback on the true dates.

use recoup_lanes::{Kernel, LANES, Lanes, Row, dispatch};

use crate::numeric::{exp, ln};
use crate::rate::{Compounding, Layout, irr_many};
use crate::{Column, Measure};

use super::payer::Limited;
use super::shape::{From, PartyFlows, Shape};

/// Which columns a party has, and where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PartyColumns {
    pub party: String,
    pub puts_in: bool,
    pub first: usize,
    /// Whether more is told of it than whether it is paid out.
    pub whole: bool,
    /// Quarters told up to their end, for a fan; the first of them.
    pub fan: Option<(usize, usize)>,
    /// Its claims with a limit.
    pub claims: Vec<usize>,
}

/// The measures of a party, in order; those that rest on money put in come only where some is.
const INVESTOR: [Measure; 7] = [
    Measure::Irr,
    Measure::Multiple,
    Measure::Npv,
    Measure::Received,
    Measure::Invested,
    Measure::PaybackMonths,
    Measure::Recouped,
];
const PAYEE: [Measure; 3] = [Measure::Npv, Measure::Received, Measure::Recouped];

/// The columns of a film: party by party, then claim by claim.
pub(crate) fn columns(shape: &Shape, fans: &[String]) -> (Vec<Column>, Vec<PartyColumns>, usize) {
    let claims: Vec<&Limited> = shape.payer.iter().flat_map(|payer| payer.claims()).collect();
    let (mut columns, mut parties) = (Vec::new(), Vec::new());
    for flows in &shape.parties {
        let puts_in = flows.flows.iter().any(|flow| flow.put_in);
        let first = columns.len();
        let measures: &[Measure] = if puts_in { &INVESTOR } else { &PAYEE };
        let column = |measure: Measure| Column { of: flows.party.clone(), measure };
        columns.extend(measures.iter().copied().map(column));
        let fan = fans.contains(&flows.party).then_some((columns.len(), shape.quarters));
        if fan.is_some() {
            let quarters = u32::try_from(shape.quarters).unwrap_or(0);
            columns.extend((0..quarters).map(|quarter| column(Measure::ReceivedBy(quarter))));
        }
        let own = |(place, claim): (usize, &&Limited)| {
            (claim.party.as_deref() == Some(flows.party.as_str())).then_some(place)
        };
        let claims = claims.iter().enumerate().filter_map(own).collect();
        parties.push(PartyColumns { party: flows.party.clone(), puts_in, first, whole: true, fan, claims });
    }
    let first_claim = columns.len();
    columns.extend(
        claims.iter().map(|claim| Column { of: format!("tier:{}", claim.tier), measure: Measure::Recouped }),
    );
    (columns, parties, first_claim)
}

/// What the paths of one shape brought: `figures[figure * paths + path]`, and so on.
pub(crate) struct Brought<'a> {
    pub paths: usize,
    /// Half a minor unit: amounts that are nearer are the same.
    pub half: f64,
    pub figures: &'a [f64],
    pub paid: &'a [f64],
    pub recouped: &'a [f64],
    /// The deal's discount rate, where it moves.
    pub rate: Option<&'a [f64]>,
}

impl Brought<'_> {
    fn amounts(&self, from: From) -> &[f64] {
        match from {
            From::Figure(place) => &self.figures[place * self.paths..(place + 1) * self.paths],
            From::Paid(place) => &self.paid[place * self.paths..(place + 1) * self.paths],
        }
    }
}

/// Room to measure in.
#[derive(Debug, Default)]
pub(crate) struct MeasureRoom {
    grid: Vec<f64>,
    irr: Vec<f64>,
    invested: Vec<f64>,
    received: Vec<f64>,
    npv: Vec<f64>,
    balance: Vec<f64>,
    began: Vec<f64>,
    back: Vec<f64>,
    /// 1 where a balance has been below nothing.
    short: Vec<f64>,
    by_quarter: Vec<f64>,
    /// Logarithm of what a month grows by at the rate of the path, where the rate moves.
    growth: Vec<Row>,
    /// What a flow is on the grid, and worth, on each path at such a rate.
    factors: [Vec<Row>; 2],
}

/// Measures a party on all paths; `write(column, path, value)` takes the answers.
pub(crate) fn measure(
    own: &PartyColumns,
    flows: &PartyFlows,
    quarters: usize,
    lead: usize,
    brought: &Brought<'_>,
    room: &mut MeasureRoom,
    mut write: impl FnMut(usize, usize, f64),
) {
    let (paths, half) = (brought.paths, brought.half);
    if !own.whole {
        let place = own.first + if own.puts_in { INVESTOR.len() } else { PAYEE.len() } - 1;
        room.add_up(flows, own, brought);
        for path in 0..paths {
            write(place, path, room.recouped(own, brought, path));
        }
        return;
    }
    room.gather(flows, own.puts_in, quarters, brought);
    for path in 0..paths {
        let (invested, received) = (room.invested[path], room.received[path]);
        let mut put = |place: usize, value: f64| write(own.first + place, path, value);
        let recouped = room.recouped(own, brought, path);
        if own.puts_in {
            put(0, room.irr[path]);
            put(1, multiple(invested, received, half));
            put(2, room.npv[path]);
            put(3, received);
            put(4, invested);
            put(5, room.payback(path));
            put(6, recouped);
        } else {
            put(0, room.npv[path]);
            put(1, received);
            put(2, recouped);
        }
        let Some((first, count)) = own.fan else { continue };
        let mut so_far = 0.0;
        for quarter in 0..quarters.max(count) {
            if quarter < quarters {
                so_far += room.by_quarter[quarter * paths + path];
            }
            // A shape that begins later tells its quarters later; what lies beyond the last is told with it.
            let told = (quarter + lead).min(count.saturating_sub(1));
            write(first + told, path, so_far);
        }
        (0..lead.min(count)).for_each(|quarter| write(first + quarter, path, 0.0));
    }
}

/// Received over put in; exactly one where both are the same but for what doubles leave.
fn multiple(invested: f64, received: f64, half: f64) -> f64 {
    if invested <= half {
        f64::NAN
    } else if (received - invested).abs() <= half {
        1.0
    } else {
        received / invested
    }
}

impl MeasureRoom {
    /// 1 where all claims of a party are paid out; where it has none, where what it put in came back.
    fn recouped(&self, own: &PartyColumns, brought: &Brought<'_>, path: usize) -> f64 {
        match own.claims.as_slice() {
            [] => f64::from(u8::from(self.received[path] > self.invested[path] - brought.half)),
            claims => {
                let paid = claims.iter().map(|claim| brought.recouped[claim * brought.paths + path]);
                paid.fold(1.0, f64::min)
            }
        }
    }

    /// Adds up what a party without claims put in and received.
    fn add_up(&mut self, flows: &PartyFlows, own: &PartyColumns, brought: &Brought<'_>) {
        if !own.claims.is_empty() {
            return;
        }
        for sum in [&mut self.invested, &mut self.received] {
            sum.clear();
            sum.resize(brought.paths, 0.0);
        }
        for flow in &flows.flows {
            let sum = if flow.put_in { &mut self.invested } else { &mut self.received };
            sum.iter_mut().zip(brought.amounts(flow.from)).for_each(|(sum, amount)| *sum += amount);
        }
    }

    /// Adds a party's flows up on every path, and solves for its return.
    fn gather(&mut self, flows: &PartyFlows, puts_in: bool, quarters: usize, brought: &Brought<'_>) {
        let (paths, half) = (brought.paths, brought.half);
        for (sum, count) in [(&mut self.grid, quarters), (&mut self.by_quarter, quarters)] {
            sum.clear();
            sum.resize(count * paths, 0.0);
        }
        for sum in [&mut self.invested, &mut self.received, &mut self.npv, &mut self.balance, &mut self.short]
        {
            sum.clear();
            sum.resize(paths, 0.0);
        }
        for value in [&mut self.began, &mut self.back, &mut self.irr] {
            value.clear();
            value.resize(paths, f64::NAN);
        }
        if let Some(rate) = brought.rate {
            self.growth.resize(paths.div_ceil(LANES), Row::default());
            self.factors.iter_mut().for_each(|rows| rows.resize(paths.div_ceil(LANES), Row::default()));
            for (row, rates) in self.growth.iter_mut().zip(rate.chunks(LANES)) {
                row.0[..rates.len()].copy_from_slice(rates);
            }
        }
        dispatch(Gather { flows, brought, room: self });
        if !puts_in {
            return;
        }
        irr_many(&self.grid, Layout::PeriodByPeriod, Compounding::Quarterly, &mut self.irr);
        for path in 0..paths {
            // Less than half a minor unit is nothing, whatever doubles leave of it.
            if self.invested[path] <= half {
                self.irr[path] = f64::NAN;
            } else if self.received[path] <= half {
                self.irr[path] = -1.0;
            }
        }
    }

    /// Months from the first money in until it is back for good.
    fn payback(&self, path: usize) -> f64 {
        let began = self.began[path];
        // What was never short is back at once; where nothing was put in there is no beginning, and so no answer.
        match self.short[path] > 0.0 {
            true => self.back[path] - began,
            false if began.is_finite() => 0.0,
            false => f64::NAN,
        }
    }
}

/// Sums over flows, for all paths of a flow at once: plain loops that the compiler turns into lanes.
struct Gather<'a> {
    flows: &'a PartyFlows,
    brought: &'a Brought<'a>,
    room: &'a mut MeasureRoom,
}

impl Kernel for Gather<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        let Self { flows, brought, room } = self;
        let (paths, half) = (brought.paths, brought.half);
        let moves = brought.rate.is_some();
        if moves {
            for row in &mut room.growth {
                let month = ln(L::splat(1.0) + L::load(row)) * L::splat(1.0 / 12.0);
                month.store(row);
            }
        }
        let (npv, balance) = (&mut room.npv[..paths], &mut room.balance[..paths]);
        for (place, flow) in flows.flows.iter().enumerate() {
            let amounts = &brought.amounts(flow.from)[..paths];
            let sign = if flow.put_in { -1.0 } else { 1.0 };
            let (on_grid, discount) = (sign * flow.grid, sign * flow.discount);
            let row = flow.quarter * paths;
            let grid = &mut room.grid[row..row + paths];
            for path in 0..paths {
                balance[path] += amounts[path] * sign;
            }
            if moves {
                let (to_end, from_start) = flow.months;
                let [on_grid, discount] = &mut room.factors;
                for (row, month) in room.growth.iter().enumerate() {
                    let month = L::load(month);
                    (exp(month * L::splat(to_end)) * L::splat(sign)).store(&mut on_grid[row]);
                    (exp(month * L::splat(-from_start)) * L::splat(sign)).store(&mut discount[row]);
                }
                for path in 0..paths {
                    let (row, lane) = (path / LANES, path % LANES);
                    grid[path] += amounts[path] * on_grid[row].0[lane];
                    npv[path] += amounts[path] * discount[row].0[lane];
                }
            } else {
                for path in 0..paths {
                    grid[path] += amounts[path] * on_grid;
                    npv[path] += amounts[path] * discount;
                }
            }
            if flow.put_in {
                let (invested, began) = (&mut room.invested[..paths], &mut room.began[..paths]);
                for path in 0..paths {
                    invested[path] += amounts[path];
                    let begins = began[path].is_nan() & (amounts[path] > half);
                    began[path] = if begins { flow.month } else { began[path] };
                }
            } else {
                let received = &mut room.received[..paths];
                let by_quarter = &mut room.by_quarter[row..row + paths];
                for path in 0..paths {
                    received[path] += amounts[path];
                    by_quarter[path] += amounts[path];
                }
            }
            // What is short when a day ends is not back yet; what was short and is no more may be back for good.
            if flows.flows.get(place + 1).is_none_or(|next| next.day != flow.day) {
                let (short, back) = (&mut room.short[..paths], &mut room.back[..paths]);
                for path in 0..paths {
                    let is_short = balance[path] < -half;
                    let returns = (short[path] > 0.0) & back[path].is_nan();
                    let kept = if returns { flow.month } else { back[path] };
                    back[path] = if is_short { f64::NAN } else { kept };
                    short[path] = if is_short { 1.0 } else { short[path] };
                }
            }
        }
    }
}
