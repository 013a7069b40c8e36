//! What the sources bring in, quarter by quarter.

use recoup_lanes::{Lanes, Row};

use super::plan::QuarterPlan;

/// Quarters by which receipts can come late, at most: three bits.
pub(super) const MOST_DELAY: f64 = 7.0;

/// What comes in: for each source its receipts to the end of each quarter, and what they are multiplied by.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipts {
    /// By source: cumulative, in major units, one for each quarter.
    pub cumulative: Vec<Vec<f64>>,
    /// By source: the drawn number that multiplies it.
    pub times: Vec<Option<usize>>,
    /// The drawn number of quarters, 0 to 7, by which all of it is late.
    pub late: Option<usize>,
}

/// Fills the rows of receipts of one batch of paths.
#[inline(always)]
pub(super) fn receive<L: Lanes>(
    receipts: &Receipts,
    plan: &QuarterPlan,
    drawn: &[Row],
    rows: &mut [Row],
    stride: usize,
) {
    let (all, kept) = rows.split_at_mut(stride);
    let all = &mut all[..plan.quarters];
    all.fill(Row::default());
    for (source, cumulative) in receipts.cumulative.iter().enumerate() {
        let times = receipts.times[source].map_or(L::splat(1.0), |variate| L::load(&drawn[variate]));
        if let Some(at) = plan.kept.iter().position(|kept| *kept == source) {
            let own = &mut kept[at * stride..at * stride + plan.quarters];
            for ((all, own), so_far) in all.iter_mut().zip(own).zip(cumulative) {
                let amount = times * L::splat(*so_far);
                amount.store(own);
                (L::load(all) + amount).store(all);
            }
        } else {
            for (all, so_far) in all.iter_mut().zip(cumulative) {
                times.mul_add(L::splat(*so_far), L::load(all)).store(all);
            }
        }
    }
    if let Some(late) = receipts.late {
        let late = Late::<L>::of(L::load(&drawn[late]));
        for row in 0..=plan.kept.len() {
            late.shift(&mut rows[row * stride..row * stride + plan.quarters]);
        }
    }
}

/// A delay of 0 to 7 quarters in each lane, as its bits.
struct Late<L: Lanes> {
    four: L::Mask,
    two: L::Mask,
    one: L::Mask,
}

impl<L: Lanes> Late<L> {
    #[inline(always)]
    fn of(quarters: L) -> Self {
        let zero = L::splat(0.0);
        let part = |rest: L, of: f64| {
            let mask = rest.ge(L::splat(of));
            (mask, rest - L::select(mask, L::splat(of), zero))
        };
        let (four, rest) = part(quarters, 4.0);
        let (two, rest) = part(rest, 2.0);
        Self { four, two, one: rest.ge(L::splat(1.0)) }
    }

    /// Moves a row in each lane by its own delay: by one, by two, by four, where the bit is set.
    #[inline(always)]
    fn shift(&self, row: &mut [Row]) {
        let zero = L::splat(0.0);
        // What each bit looks back on, at the quarter's place modulo how far it looks.
        let (mut by_one, mut by_two, mut by_four) = (zero, [zero; 2], [zero; 4]);
        let mut step = |cell: &mut Row, q: usize| {
            let now = L::load(cell);
            let first = L::select(self.one, by_one, now);
            by_one = now;
            let second = L::select(self.two, by_two[q % 2], first);
            by_two[q % 2] = first;
            L::select(self.four, by_four[q], second).store(cell);
            by_four[q] = second;
        };
        let mut fours = row.chunks_exact_mut(4);
        for four in &mut fours {
            for (q, cell) in four.iter_mut().enumerate() {
                step(cell, q);
            }
        }
        for (q, cell) in fours.into_remainder().iter_mut().enumerate() {
            step(cell, q);
        }
    }
}
