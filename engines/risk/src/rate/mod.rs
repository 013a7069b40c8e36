//! Internal rates of return of many series at once.
//!
//! What a rate is, and when there is none, is what [`recoup_returns`] says: the annual effective rate
//! `(1 + quarterly rate)^4 − 1` of flows on the quarterly grid ([`recoup_returns::grid::quarterly_irr`]), −1 for a total
//! loss, NaN where nothing was put in. Series in which all payments come before all receipts have exactly one rate,
//! which is found in lanes; every other goes to the exact solver, which finds all rates and takes the one nearest to
//! zero. So does what the lanes do not settle within their bounds.

mod solve;
#[cfg(test)]
mod tests;

use recoup_lanes::{Backend, Kernel, LANES, Lanes, Mask, Row, dispatch_on, prefetch};
use recoup_returns::grid::quarterly_irr;
use recoup_returns::irr;

pub(crate) use solve::{Settled, rates};

/// What the rate of a period becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compounding {
    /// It is given as it is.
    Period,
    /// Periods are quarters, and the annual effective rate is given.
    Quarterly,
}

/// How the flows of several series lie in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One series after the other: flow `t` of series `s` is at `s · periods + t`.
    SeriesBySeries,
    /// One period after the other: flow `t` of series `s` is at `t · series + s`.
    PeriodByPeriod,
}

/// The rates of `out.len()` series, which have equally many periods each.
///
/// A series gives the same bits whatever its neighbours are. Rates are exact to a few units in the last place of
/// `1 + rate`. Flows that are not finite give NaN, as do flows beyond the last whole period of a series.
///
/// ```
/// use recoup_risk::rate::{Compounding, Layout, irr_many};
///
/// let flows = [-100.0, 10.0, 110.0, /* nothing comes back */ -5.0, 0.0, 0.0];
/// let mut rates = [0.0; 2];
/// irr_many(&flows, Layout::SeriesBySeries, Compounding::Period, &mut rates);
/// assert!((rates[0] - 0.1).abs() < 1e-15);
/// assert_eq!(rates[1], -1.0);
/// ```
pub fn irr_many(flows: &[f64], layout: Layout, compounding: Compounding, out: &mut [f64]) {
    irr_many_on(Backend::best(), flows, layout, compounding, out);
}

/// The same with these registers: the same bits, in another time.
pub fn irr_many_on(
    backend: Backend,
    flows: &[f64],
    layout: Layout,
    compounding: Compounding,
    out: &mut [f64],
) {
    let periods = flows.len().checked_div(out.len()).unwrap_or(0);
    if periods == 0 {
        out.fill(f64::NAN);
        return;
    }
    dispatch_on(backend, Many { flows, layout, compounding, periods, out });
}

/// Vectors of eight series that are solved in lockstep: the latency of one is spent on the other.
const ABREAST: usize = 2;

struct Many<'a> {
    flows: &'a [f64],
    layout: Layout,
    compounding: Compounding,
    periods: usize,
    out: &'a mut [f64],
}

impl Many<'_> {
    fn series_at(&self, series: usize, period: usize) -> usize {
        match self.layout {
            Layout::SeriesBySeries => series * self.periods + period,
            Layout::PeriodByPeriod => period * self.out.len() + series,
        }
    }

    /// The exact solver, for one series.
    fn exactly(&self, series: usize) -> f64 {
        let flows: Vec<f64> =
            (0..self.periods).map(|period| self.flows[self.series_at(series, period)]).collect();
        let solution = match self.compounding {
            Compounding::Period => irr(&flows),
            Compounding::Quarterly => quarterly_irr(&flows),
        };
        solution.ok().and_then(|solution| solution.outcome().rate_or_total_loss()).unwrap_or(f64::NAN)
    }
}

impl Many<'_> {
    /// Puts the flows of eight series from `first` on side by side.
    #[inline(always)]
    fn gather<L: Lanes>(&self, first: usize, rows: &mut [[Row; ABREAST]], vector: usize) {
        let whole = first + LANES <= self.out.len();
        let mut done = 0;
        if whole && self.layout == Layout::PeriodByPeriod {
            for (row, flows) in rows.iter_mut().zip(self.flows.chunks_exact(self.out.len())) {
                row[vector].0.copy_from_slice(&flows[first..first + LANES]);
            }
            done = rows.len();
        }
        if whole && self.layout == Layout::SeriesBySeries {
            let own = &self.flows[first * self.periods..(first + LANES) * self.periods];
            // What the next turn reads: many series come from memory, which is slower than the arithmetic.
            let ahead = (first + ABREAST * LANES) * self.periods;
            prefetch(self.flows.get(ahead..ahead + LANES * self.periods).unwrap_or(&[]));
            while done + LANES <= rows.len() {
                let mut square = [L::splat(0.0); LANES];
                for (side, flows) in square.iter_mut().zip(own.chunks_exact(self.periods)) {
                    if let Some(flows) = flows[done..].first_chunk() {
                        *side = L::from_array(*flows);
                    }
                }
                for (row, values) in rows[done..].iter_mut().zip(L::transpose(square)) {
                    values.store(&mut row[vector]);
                }
                done += LANES;
            }
        }
        // What is left is read one by one; beyond the last series the last again, and its rate is thrown away.
        for (period, row) in rows.iter_mut().enumerate().skip(done) {
            for lane in 0..LANES {
                let series = (first + lane).min(self.out.len() - 1);
                row[vector].0[lane] = self.flows[self.series_at(series, period)];
            }
        }
    }
}

impl Kernel for Many<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        let count = self.out.len();
        let mut rows = vec![[Row::default(); ABREAST]; self.periods];
        for base in (0..count).step_by(ABREAST * LANES) {
            for vector in 0..ABREAST {
                self.gather::<L>(base + vector * LANES, &mut rows, vector);
            }
            let settled: [Settled<L>; ABREAST] = rates(&rows, self.compounding);
            for (vector, settled) in settled.iter().enumerate() {
                let (values, known) = (settled.rate.to_array(), settled.known.bits());
                for (lane, value) in values.into_iter().enumerate() {
                    let series = base + vector * LANES + lane;
                    if series < count {
                        let value = if known >> lane & 1 == 1 { value } else { self.exactly(series) };
                        self.out[series] = value;
                    }
                }
            }
        }
    }
}
