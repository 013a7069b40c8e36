//! What the sources bring in, quarter by quarter.

use recoup_lanes::{Lanes, Row};

use super::{
    plan::QuarterPlan,
    waterfall::{BLOCK, QUARTERS},
};

/// Quarters by which receipts can come late, at most: three bits.
pub(super) const MOST_DELAY: f64 = 7.0;

/// What comes in: for each source its receipts to the end of each quarter, and what they are multiplied by.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipts {
    /// By source: cumulative, in major units, one for each quarter; more are not read.
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
    let mut first = 0;
    while first + BLOCK <= plan.quarters {
        block::<L, BLOCK>(receipts, plan, drawn, rows, stride, first);
        first += BLOCK;
    }
    while first < plan.quarters {
        block::<L, QUARTERS>(receipts, plan, drawn, rows, stride, first);
        first += QUARTERS;
    }
    if let Some(late) = receipts.late {
        let late = Late::<L>::of(L::load(&drawn[late]));
        for row in 0..=plan.kept.len() {
            let quarters = plan.quarters.next_multiple_of(QUARTERS);
            late.shift(&mut rows[row * stride..row * stride + quarters]);
        }
    }
}

/// Some quarters of all sources, as if nothing were late.
#[inline(always)]
fn block<L: Lanes, const B: usize>(
    receipts: &Receipts,
    plan: &QuarterPlan,
    drawn: &[Row],
    rows: &mut [Row],
    stride: usize,
    first: usize,
) {
    let mut all = [L::splat(0.0); B];
    for (source, cumulative) in receipts.cumulative.iter().enumerate() {
        let times = match receipts.times[source] {
            Some(variate) => L::load(&drawn[variate]),
            None => L::splat(1.0),
        };
        let so_far = &cumulative[first..first + B];
        if let Some(place) = plan.places[source] {
            let row = &mut rows[place * stride + first..place * stride + first + B];
            for q in 0..B {
                let amount = times * L::splat(so_far[q]);
                amount.store(&mut row[q]);
                all[q] = all[q] + amount;
            }
        } else {
            for q in 0..B {
                all[q] = times.mul_add(L::splat(so_far[q]), all[q]);
            }
        }
    }
    let row = &mut rows[first..first + B];
    for q in 0..B {
        all[q].store(&mut row[q]);
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
        // Four at a time: all places are then known when this is compiled.
        let (fours, _) = row.as_chunks_mut::<QUARTERS>();
        for [one, two, three, four] in fours {
            step(one, 0);
            step(two, 1);
            step(three, 2);
            step(four, 3);
        }
    }
}
