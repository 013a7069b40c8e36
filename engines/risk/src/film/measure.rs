//! What every path comes to for every party.
//!
//! The measures are those of the exact run (`recoup_model`): the return on the quarterly grid with flows inside a
//! quarter put on it at the deal's rate, the present value by whole months, the multiple, the payback on the true dates.

use recoup_returns::Outcome;
use recoup_returns::grid::quarterly_irr;

use crate::{Column, Measure};

use super::payer::Limited;
use super::shape::{From, PartyFlows, Shape};

/// Which columns a party has, and where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PartyColumns {
    pub party: String,
    pub puts_in: bool,
    pub first: usize,
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
        let fan = fans.contains(&flows.party).then(|| (columns.len(), shape.quarters));
        if fan.is_some() {
            let quarters = u32::try_from(shape.quarters).unwrap_or(0);
            columns.extend((0..quarters).map(|quarter| column(Measure::ReceivedBy(quarter))));
        }
        let own = |(place, claim): (usize, &&Limited)| {
            (claim.party.as_deref() == Some(flows.party.as_str())).then_some(place)
        };
        let claims = claims.iter().enumerate().filter_map(own).collect();
        parties.push(PartyColumns { party: flows.party.clone(), puts_in, first, fan, claims });
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
    series: Vec<f64>,
    invested: Vec<f64>,
    received: Vec<f64>,
    npv: Vec<f64>,
    balance: Vec<f64>,
    began: Vec<f64>,
    back: Vec<f64>,
    short: Vec<bool>,
    by_quarter: Vec<f64>,
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
    room.gather(flows, quarters, brought);
    for path in 0..paths {
        let (invested, received) = (room.invested[path], room.received[path]);
        let mut put = |place: usize, value: f64| write(own.first + place, path, value);
        let recouped = match own.claims.as_slice() {
            [] => f64::from(u8::from(received > invested - half)),
            claims => claims.iter().map(|claim| brought.recouped[claim * paths + path]).fold(1.0, f64::min),
        };
        if own.puts_in {
            put(0, room.irr(path, (paths, quarters), half));
            put(1, if invested > half { received / invested } else { f64::NAN });
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

impl MeasureRoom {
    /// Adds a party's flows up on every path.
    fn gather(&mut self, flows: &PartyFlows, quarters: usize, brought: &Brought<'_>) {
        let (paths, half) = (brought.paths, brought.half);
        for (sum, count) in [(&mut self.grid, quarters), (&mut self.by_quarter, quarters)] {
            sum.clear();
            sum.resize(count * paths, 0.0);
        }
        for sum in [&mut self.invested, &mut self.received, &mut self.npv, &mut self.balance] {
            sum.clear();
            sum.resize(paths, 0.0);
        }
        for month in [&mut self.began, &mut self.back] {
            month.clear();
            month.resize(paths, f64::NAN);
        }
        self.short.clear();
        self.short.resize(paths, false);
        for (place, flow) in flows.flows.iter().enumerate() {
            let amounts = brought.amounts(flow.from);
            let sign = if flow.put_in { -1.0 } else { 1.0 };
            let (grid, discount, month) = (sign * flow.grid, sign * flow.discount, flow.month);
            let row = flow.quarter * paths;
            for (path, amount) in amounts.iter().enumerate() {
                self.grid[row + path] += amount * grid;
                self.npv[path] += amount * discount;
                self.balance[path] += amount * sign;
            }
            if flow.put_in {
                for (path, amount) in amounts.iter().enumerate() {
                    self.invested[path] += amount;
                    let begins = self.began[path].is_nan() && *amount > half;
                    self.began[path] = if begins { month } else { self.began[path] };
                }
            } else {
                for (path, amount) in amounts.iter().enumerate() {
                    self.received[path] += amount;
                    self.by_quarter[row + path] += amount;
                }
            }
            let ends_day = flows.flows.get(place + 1).is_none_or(|next| next.day != flow.day);
            if ends_day {
                self.end_of_day(month, half);
            }
        }
    }

    fn end_of_day(&mut self, month: f64, half: f64) {
        for path in 0..self.balance.len() {
            if self.balance[path] < -half {
                (self.short[path], self.back[path]) = (true, f64::NAN);
            } else if self.short[path] && self.back[path].is_nan() {
                self.back[path] = month;
            }
        }
    }

    /// Months from the first money in until it is back for good.
    fn payback(&self, path: usize) -> f64 {
        let began = self.began[path];
        if self.short[path] { self.back[path] - began } else { began - began }
    }

    /// The return on the grid: −1 where money was put in and none came back.
    fn irr(&mut self, path: usize, (paths, quarters): (usize, usize), half: f64) -> f64 {
        if self.invested[path] <= half {
            return f64::NAN;
        }
        if self.received[path] <= half {
            return -1.0;
        }
        self.series.clear();
        self.series.extend((0..quarters).map(|quarter| self.grid[quarter * paths + path]));
        match quarterly_irr(&self.series).map(|found| found.outcome()) {
            Ok(Outcome::Rate { root, .. }) => root.rate,
            _ => f64::NAN,
        }
    }
}
