//! The tiers, one after the other, over all quarters.
//!
//! Everything is cumulative: a row holds, for each quarter, what came in or was paid up to its end. In that form a
//! claim is `min(flow, amount)` and what it leaves is the rest: three operations for each quarter, none of which waits
//! for the quarter before. Only what depends on when money came (a growing debt, a switch) walks from quarter to
//! quarter. The flow stays in registers for a block of quarters while all tiers take from it; a tier reads and writes
//! the row of its payee alone.

use recoup_lanes::{Lanes, Row};

use super::plan::{Amount, QuarterPlan, Share, Side, Step};

/// Quarters whose flow is in registers at once: as many as leave room for the rest among the 32 of AVX-512, and two of
/// them make the usual seven years.
pub(super) const BLOCK: usize = 14;
/// Quarters that are computed together at the end: rows are that much longer than the plan, at most, and what is in
/// them beyond it is nothing.
pub(super) const QUARTERS: usize = 4;

/// The quarters that are computed for so many: whole blocks.
pub(super) fn padded(quarters: usize) -> usize {
    (quarters - quarters % BLOCK) + (quarters % BLOCK).next_multiple_of(QUARTERS)
}

/// Lets the receipts of one batch of paths down.
///
/// `rows[row * stride + quarter]` holds the receipts in the first rows ([`QuarterPlan::rows`]) and takes the payments
/// in the others; `drawn` are the batch's drawn numbers.
#[inline(always)]
pub(super) fn pour<L: Lanes>(
    plan: &QuarterPlan,
    drawn: &[Row],
    rows: &mut [Row],
    stride: usize,
    states: &mut [Row],
) {
    begin::<L>(plan, drawn, states);
    let mut first = 0;
    while first + BLOCK <= plan.quarters {
        block::<L, BLOCK>(plan, drawn, rows, stride, states, first);
        first += BLOCK;
    }
    while first < plan.quarters {
        block::<L, QUARTERS>(plan, drawn, rows, stride, states, first);
        first += QUARTERS;
    }
}

#[inline(always)]
fn amount<L: Lanes>(of: Amount, drawn: &[Row]) -> L {
    match of.times {
        Some(variate) => L::load(&drawn[variate]) * L::splat(of.fixed),
        None => L::splat(of.fixed),
    }
}

/// States before the first quarter: a debt's balance below zero, what it let by and what came to it; what went through a switch.
#[inline(always)]
fn begin<L: Lanes>(plan: &QuarterPlan, drawn: &[Row], states: &mut [Row]) {
    let mut at = 0;
    for step in &plan.steps {
        match step {
            Step::Debt { amount: of, .. } => {
                (L::splat(0.0) - amount::<L>(*of, drawn)).store(&mut states[at]);
                L::splat(0.0).store(&mut states[at + 1]);
                L::splat(0.0).store(&mut states[at + 2]);
                at += 3;
            }
            Step::Split { .. } => {
                L::splat(0.0).store(&mut states[at]);
                at += 1;
            }
            Step::Fee { .. } | Step::Recoup { .. } | Step::Group { .. } | Step::Corridor { .. } => {}
        }
    }
}

/// What a payee has had, and this besides. With `FRESH` it has had nothing, and its row is not read.
#[inline(always)]
fn plus<L: Lanes, const FRESH: bool>(row: &Row, paid: L) -> L {
    if FRESH { paid } else { L::load(row) + paid }
}

/// The same for a part of an amount.
#[inline(always)]
fn plus_part<L: Lanes, const FRESH: bool>(row: &Row, of: L, part: L) -> L {
    if FRESH { of * part } else { of.mul_add(part, L::load(row)) }
}

#[inline(always)]
fn pay_share<L: Lanes, const B: usize, const FRESH: bool>(row: &mut [Row], paid: [L; B], share: f64) {
    let share = L::splat(share);
    for q in 0..B {
        plus_part::<L, FRESH>(&row[q], paid[q], share).store(&mut row[q]);
    }
}

/// Calls a function for a payee who is paid for the first time, or for one who was paid before.
macro_rules! pay {
    ($fresh:expr, $function:ident::<L, B>($($argument:expr),*)) => {
        if $fresh { $function::<L, B, true>($($argument),*) } else { $function::<L, B, false>($($argument),*) }
    };
}

#[inline(always)]
fn block<L: Lanes, const B: usize>(
    plan: &QuarterPlan,
    drawn: &[Row],
    rows: &mut [Row],
    stride: usize,
    states: &mut [Row],
    first: usize,
) {
    let (receipts, paid) = rows.split_at_mut(plan.payee_row(0) * stride);
    let at = |row: usize| row * stride + first..row * stride + first + B;
    let zero = [L::splat(0.0); B];
    for payee in &plan.blank {
        paid[at(*payee)].fill(Row::default());
    }
    let mut flow = zero;
    let gross = &receipts[at(0)];
    for q in 0..B {
        flow[q] = L::load(&gross[q]);
    }
    let mut state = 0;
    for (step, reads) in plan.steps.iter().zip(&plan.reads) {
        let fresh = reads.fresh & 1 == 1;
        match step {
            Step::Fee { payee, rate, cap, .. } => {
                let (base, row) = (&receipts[at(reads.base)], &mut paid[at(*payee)]);
                flow = pay!(fresh, fee::<L, B>(flow, base, row, *rate, *cap));
            }
            Step::Recoup { payee, amount: of } => {
                let (of, row) = (amount::<L>(*of, drawn), &mut paid[at(*payee)]);
                flow = pay!(fresh, recoup::<L, B>(flow, row, of));
            }
            Step::Debt { payee, growth, .. } => {
                let (growth, row) = (&growth[first..first + B], &mut paid[at(*payee)]);
                let states = &mut states[state..state + 3];
                flow = pay!(fresh, debt::<L, B>(flow, row, growth, states));
                state += 3;
            }
            Step::Group { amount: of, members } => {
                let of = amount::<L>(*of, drawn);
                let mut part = zero;
                for q in 0..B {
                    part[q] = flow[q].min(of);
                    flow[q] = flow[q] - part[q];
                }
                for (place, member) in members.iter().enumerate() {
                    let row = &mut paid[at(member.payee)];
                    pay!(reads.is_fresh(place), pay_share::<L, B>(row, part, member.share));
                }
            }
            Step::Corridor { payee, rate, cap } => {
                flow = pay!(fresh, corridor::<L, B>(flow, &mut paid[at(*payee)], *rate, *cap));
            }
            Step::Split { payee, at: amount, below, .. } => {
                let before =
                    switch::<L, B>(flow, &paid[at(*payee)], *amount, below, *payee, &mut states[state]);
                state += 1;
                for q in 0..B {
                    flow[q] = flow[q] - before[q];
                }
                for (place, side) in reads.sides.iter().enumerate() {
                    let row = &mut paid[at(side.payee)];
                    pay!(reads.is_fresh(place), pay_sides::<L, B>(row, before, flow, side));
                }
                let [below, above] = reads.rest;
                let (below, above) = (L::splat(below), L::splat(above));
                for q in 0..B {
                    flow[q] = before[q].mul_add(below, flow[q] * above);
                }
            }
        }
    }
    let left = &mut paid[at(plan.payees)];
    for q in 0..B {
        flow[q].store(&mut left[q]);
    }
}

#[inline(always)]
fn recoup<L: Lanes, const B: usize, const FRESH: bool>(mut flow: [L; B], row: &mut [Row], of: L) -> [L; B] {
    for q in 0..B {
        let part = flow[q].min(of);
        flow[q] = flow[q] - part;
        plus::<L, FRESH>(&row[q], part).store(&mut row[q]);
    }
    flow
}

#[inline(always)]
fn pay_sides<L: Lanes, const B: usize, const FRESH: bool>(
    row: &mut [Row],
    before: [L; B],
    after: [L; B],
    side: &Side,
) {
    let (below, above) = (L::splat(side.below), L::splat(side.above));
    for q in 0..B {
        let paid = plus_part::<L, FRESH>(&row[q], before[q], below);
        after[q].mul_add(above, paid).store(&mut row[q]);
    }
}

#[inline(always)]
fn fee<L: Lanes, const B: usize, const FRESH: bool>(
    mut flow: [L; B],
    base: &[Row],
    row: &mut [Row],
    rate: f64,
    cap: Option<f64>,
) -> [L; B] {
    let (part, less) = (L::splat(rate), L::splat(-rate));
    if let Some(cap) = cap {
        let cap = L::splat(cap);
        for q in 0..B {
            let paid = (L::load(&base[q]) * part).min(cap);
            flow[q] = flow[q] - paid;
            plus::<L, FRESH>(&row[q], paid).store(&mut row[q]);
        }
    } else {
        for q in 0..B {
            let base = L::load(&base[q]);
            flow[q] = base.mul_add(less, flow[q]);
            plus_part::<L, FRESH>(&row[q], base, part).store(&mut row[q]);
        }
    }
    flow
}

#[inline(always)]
fn corridor<L: Lanes, const B: usize, const FRESH: bool>(
    mut flow: [L; B],
    row: &mut [Row],
    rate: f64,
    cap: Option<f64>,
) -> [L; B] {
    let part = L::splat(rate);
    if let Some(cap) = cap {
        let cap = L::splat(cap);
        for q in 0..B {
            let paid = (flow[q] * part).min(cap);
            flow[q] = flow[q] - paid;
            plus::<L, FRESH>(&row[q], paid).store(&mut row[q]);
        }
    } else {
        let rest = L::splat(1.0 - rate);
        for q in 0..B {
            plus_part::<L, FRESH>(&row[q], flow[q], part).store(&mut row[q]);
            flow[q] = flow[q] * rest;
        }
    }
    flow
}

/// A balance `b` that grows and is paid from what comes in a quarter, `p`: `b ← g b − p`, never held at zero. Below
/// zero it stands for all that came too late for it, so that a quarter lets by `max(0, min(p, −b))`: nothing while
/// money is owed, the surplus when it is paid off, everything afterwards. The state is `−b`.
#[inline(always)]
fn debt<L: Lanes, const B: usize, const FRESH: bool>(
    mut flow: [L; B],
    row: &mut [Row],
    growth: &[f64],
    states: &mut [Row],
) -> [L; B] {
    let [over_at, by_at, came_at] = states else { return flow };
    let (mut over, mut by, mut came) = (L::load(over_at), L::load(by_at), L::load(came_at));
    let zero = L::splat(0.0);
    for q in 0..B {
        let pool = flow[q] - came;
        came = flow[q];
        over = over.mul_add(L::splat(growth[q]), pool);
        by = by + pool.min(over).max(zero);
        flow[q] = by;
        plus::<L, FRESH>(&row[q], came - by).store(&mut row[q]);
    }
    over.store(over_at);
    by.store(by_at);
    came.store(came_at);
    flow
}

/// What of a flow goes by before a switch is thrown.
///
/// The claims of the payee above are paid before any of it comes (see `QuarterPlan::switches_alone`), so the switch is
/// thrown where the flow reaches what is missing, divided by the payee's own share of it; and never back.
#[inline(always)]
fn switch<L: Lanes, const B: usize>(
    flow: [L; B],
    had: &[Row],
    at: f64,
    below: &[Share],
    payee: usize,
    state: &mut Row,
) -> [L; B] {
    let own: f64 = below.iter().filter(|share| share.payee == payee).map(|share| share.share).sum();
    let (missing, less) = (L::splat(at / own), L::splat(-1.0 / own));
    let mut before = L::load(state);
    let mut out = flow;
    for q in 0..B {
        // As the flow grows and the point does not, the least of both grows up to the switch and never beyond.
        let point = L::load(&had[q]).mul_add(less, missing);
        before = before.max(point.min(flow[q]));
        out[q] = before;
    }
    before.store(state);
    out
}
