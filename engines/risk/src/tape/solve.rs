//! The amount that closes the deal, on every path.
//!
//! Sources less uses rise with it, along a line that is straight between two limits: what it costs to finance depends
//! on what is drawn. The secant through the last two trials meets the answer once the piece is right; between a trial
//! that is short and one that leaves something over, a step that leads outside is replaced by the middle. A lane that
//! has its answer stays there, so that no lane depends on its neighbours.

use recoup_lanes::{Buffer, Lanes, Mask};

use super::op::Step;
use super::play::{ROWS, all_done, steps};
use super::{Solved, Tape};

/// As near to nought as is looked for, in major units: far below a minor unit.
const NEAR: f64 = 1e-6;

/// Trials after which the search stops. Three or four do it but where a limit lies close.
const MOST_TRIALS: usize = 64;

/// What is kept of a row while it is searched.
#[derive(Clone, Copy)]
struct Search<L: Lanes> {
    at: L,
    before: L,
    left_before: L,
    short: L,
    over: L,
    done: L::Mask,
}

#[inline(always)]
pub(super) fn solve<L: Lanes>(tape: &Tape, solved: &Solved, within: &[Step], slots: &mut Buffer) {
    let unknown = solved.unknown as usize * ROWS;
    let residual = solved.residual as usize * ROWS;
    let start = L::splat(tape.start[solved.unknown as usize].max(0.0).min(solved.most));
    let mut rows = [Search {
        at: start,
        before: start,
        left_before: L::splat(f64::NAN),
        short: L::splat(f64::NEG_INFINITY),
        over: L::splat(f64::INFINITY),
        done: L::Mask::from_bits(0),
    }; ROWS];
    for _ in 0..MOST_TRIALS {
        for (row, search) in rows.iter().enumerate() {
            search.at.store(&mut slots[unknown + row]);
        }
        steps::<L>(tape, within, slots);
        let mut done = [L::Mask::from_bits(0); ROWS];
        for (row, search) in rows.iter_mut().enumerate() {
            let left = L::load(&slots[residual + row]);
            *search = next(*search, left, solved.most);
            done[row] = search.done;
        }
        if all_done(&done) {
            break;
        }
    }
}

/// The next trial of every lane that is not done.
#[inline(always)]
fn next<L: Lanes>(search: Search<L>, left: L, most: f64) -> Search<L> {
    let Search { at, before, left_before, .. } = search;
    let nothing = L::splat(0.0);
    let is_short = left.lt(nothing);
    let short = L::select(is_short, at.max(search.short), search.short);
    let over = L::select(is_short, search.over, at.min(search.over));
    let (run, rise) = (at - before, left - left_before);
    // A line that does not rise, and the first trial, which has none: a step of the whole difference.
    let slope = rise / run;
    let rises = slope.gt(L::splat(1e-3)) & slope.lt(L::splat(1e3));
    let line = at - L::select(rises, left / slope, left);
    let astray = line.le(short) | line.ge(over);
    let middle = short + (over - short) * L::splat(0.5);
    let between = short.gt(L::splat(f64::NEG_INFINITY)) & over.lt(L::splat(f64::INFINITY));
    let wanted = L::select(astray & between, middle, line);
    let wanted = L::splat(most).min(L::splat(0.0).max(wanted));
    let stays = left.abs().lt(L::splat(NEAR)) | (wanted - at).abs().lt(L::splat(NEAR)) | !left.eq(left);
    let done = search.done | stays;
    Search { at: L::select(done, at, wanted), before: at, left_before: left, short, over, done }
}
