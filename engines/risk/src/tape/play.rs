//! Running a tape in lanes.

use recoup_explain::Comparison;
use recoup_lanes::{Buffer, Kernel, LANES, Lanes, Mask, Row, dispatch};
use recoup_money::Rounding;

use super::Tape;
use super::op::{Op, Step};

/// Rows of eight paths that a step is done for in one go.
pub(crate) const ROWS: usize = 4;

/// Paths of one run.
pub(crate) const BLOCK: usize = ROWS * LANES;

/// Room for the slots of a tape.
#[derive(Debug)]
pub struct TapeRoom {
    pub(crate) slots: Buffer,
}

impl Tape {
    /// Room for one thread.
    pub fn room(&self) -> TapeRoom {
        let mut slots = Buffer::zeroed(self.start.len() * ROWS);
        for (rows, start) in slots.chunks_exact_mut(ROWS).zip(&self.start) {
            rows.fill(Row([*start; LANES]));
        }
        TapeRoom { slots }
    }

    /// Computes as many paths as `given` and `asked` have side by side, cell by cell: `given[cell * paths + path]`,
    /// `asked[figure * paths + path]`.
    pub fn run(&self, paths: usize, given: &[f64], asked: &mut [f64], room: &mut TapeRoom) {
        for first in (0..paths).step_by(BLOCK) {
            let count = BLOCK.min(paths - first);
            for (cell, slot) in self.given.iter().enumerate() {
                let Some(slot) = slot else { continue };
                let values = &given[cell * paths + first..cell * paths + first + count];
                let own = &mut room.slots.as_mut_flat()[*slot as usize * BLOCK..][..BLOCK];
                own[..count].copy_from_slice(values);
                // What stands beyond the last path is computed too and goes nowhere.
                own[count..].fill(values[0]);
            }
            dispatch(Play { tape: self, slots: &mut room.slots });
            for (figure, slot) in self.asked.iter().enumerate() {
                let own = &room.slots.as_flat()[*slot as usize * BLOCK..][..count];
                asked[figure * paths + first..figure * paths + first + count].copy_from_slice(own);
            }
        }
    }
}

struct Play<'a> {
    tape: &'a Tape,
    slots: &'a mut Buffer,
}

impl Kernel for Play<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        let Self { tape, slots } = self;
        let Some(solved) = &tape.solved else { return steps::<L>(tape, &tape.steps, slots) };
        steps::<L>(tape, &tape.steps[..solved.before], slots);
        let within = &tape.steps[solved.before..solved.before + solved.within];
        super::solve::solve::<L>(tape, solved, within, slots);
        steps::<L>(tape, &tape.steps[solved.before + solved.within..], slots);
    }
}

/// Does steps for all rows of a block.
#[inline(always)]
pub(super) fn steps<L: Lanes>(tape: &Tape, steps: &[Step], slots: &mut Buffer) {
    for step in steps {
        let reads = &tape.reads[step.first as usize..(step.first + step.count) as usize];
        let out = step.writes as usize * ROWS;
        let Some((first, rest)) = reads.split_first() else { continue };
        for row in 0..ROWS {
            let found = one::<L>(step.op, *first, rest, slots, row);
            found.store(&mut slots[out + row]);
        }
    }
}

/// What a slot holds in a row.
#[inline(always)]
fn at<L: Lanes>(slots: &Buffer, slot: u32, row: usize) -> L {
    L::load(&slots[slot as usize * ROWS + row])
}

/// Loops are written out: a closure handed to a fold is compiled on its own, and each of its operations is a call then.
#[inline(always)]
fn one<L: Lanes>(op: Op, first: u32, rest: &[u32], slots: &Buffer, row: usize) -> L {
    let mut found = at::<L>(slots, first, row);
    match op {
        Op::Sum => {
            for slot in rest {
                found = found + at::<L>(slots, *slot, row);
            }
            found
        }
        Op::Less => {
            for slot in rest {
                found = found - at::<L>(slots, *slot, row);
            }
            found
        }
        Op::Negate => -found,
        Op::Product => {
            for slot in rest {
                found = found * at::<L>(slots, *slot, row);
            }
            found
        }
        Op::Least => {
            for slot in rest {
                found = at::<L>(slots, *slot, row).min(found);
            }
            found
        }
        Op::Greatest => {
            for slot in rest {
                found = at::<L>(slots, *slot, row).max(found);
            }
            found
        }
        Op::Quotient => match rest {
            [by, ..] => found / at::<L>(slots, *by, row),
            [] => L::splat(f64::NAN),
        },
        Op::Tiered => tiered::<L>(found, rest, slots, row),
        Op::Banded => banded::<L>(found, rest, slots, row),
        Op::If => choose::<L>(found, rest, slots, row),
        Op::Not => L::splat(1.0) - found,
        Op::Compare(comparison, near) => match rest {
            [other, ..] => compare(comparison, found - at::<L>(slots, *other, row), near),
            [] => L::splat(f64::NAN),
        },
        Op::Round { unit, rounding } => round(found / L::splat(unit), rounding) * L::splat(unit),
    }
}

#[inline(always)]
fn choose<L: Lanes>(question: L, rest: &[u32], slots: &Buffer, row: usize) -> L {
    let [then, otherwise] = rest else { return L::splat(f64::NAN) };
    let (then, otherwise) = (at::<L>(slots, *then, row), at::<L>(slots, *otherwise, row));
    let unsure = L::select(question.lt(L::splat(0.25)), otherwise, L::splat(f64::NAN));
    L::select(question.gt(L::splat(0.75)), then, unsure)
}

#[inline(always)]
fn compare<L: Lanes>(comparison: Comparison, apart: L, near: f64) -> L {
    let near = L::splat(near);
    let holds = match comparison {
        Comparison::Less => apart.lt(-near),
        Comparison::AtMost => apart.lt(near),
        Comparison::Equal => apart.abs().lt(near),
        Comparison::Different => apart.abs().ge(near),
        Comparison::AtLeast => apart.gt(-near),
        Comparison::Greater => apart.gt(near),
    };
    L::select(holds, L::splat(1.0), L::splat(0.0))
}

#[inline(always)]
fn tiered<L: Lanes>(x: L, table: &[u32], slots: &Buffer, row: usize) -> L {
    let (nothing, mut sum) = (L::splat(0.0), L::splat(0.0));
    let (pairs, _) = table.as_chunks::<2>();
    for (place, [from, rate]) in pairs.iter().enumerate() {
        let to = match table.get(2 * place + 2) {
            Some(next) => at::<L>(slots, *next, row).min(x),
            None => x,
        };
        let slice = to - at::<L>(slots, *from, row);
        sum = sum + L::select(slice.gt(nothing), slice * at::<L>(slots, *rate, row), nothing);
    }
    sum
}

#[inline(always)]
fn banded<L: Lanes>(x: L, table: &[u32], slots: &Buffer, row: usize) -> L {
    let mut rate = L::splat(0.0);
    let (pairs, _) = table.as_chunks::<2>();
    for [from, then] in pairs {
        rate = L::select(at::<L>(slots, *from, row).le(x), at::<L>(slots, *then, row), rate);
    }
    x * rate
}

/// As in [`fold`](super::fold): what lies a billionth from a whole number, or from half of one, is meant to be it.
#[inline(always)]
fn round<L: Lanes>(x: L, rounding: Rounding) -> L {
    let slack = L::splat(1e-9);
    let (near, floor, one) = (x.round(), x.floor(), L::splat(1.0));
    let negative = x.lt(L::splat(0.0));
    let above = floor + one;
    let away = L::select(negative, floor, above);
    let found = match rounding {
        Rounding::HalfUp => {
            let tie = (x - floor - L::splat(0.5)).abs().lt(slack);
            L::select(tie, away, near)
        }
        Rounding::HalfEven => near,
        Rounding::Down => L::select(negative, above, floor),
        Rounding::Up => away,
        Rounding::Floor => floor,
        Rounding::Ceiling => above,
    };
    L::select((x - near).abs().lt(slack), near, found)
}

/// Whether every lane of a block is done.
#[inline(always)]
pub(super) fn all_done<M: Mask>(done: &[M; ROWS]) -> bool {
    let mut all = true;
    for mask in done {
        all &= mask.all();
    }
    all
}
