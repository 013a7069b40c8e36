//! The arithmetic limit: the operations that are in a chunk, at the speed at which this machine does nothing else.

use std::{hint::black_box, time::Instant};

use recoup_lanes::{Backend, Bits, Buffer, Counts, Kernel, LANES, Lanes, dispatch};
use recoup_risk::{CHUNK, kernel::Reference};
use serde_json::{Value, json};

use crate::{STAGES, stages};

/// What a loop does over and over.
#[derive(Clone, Copy)]
enum Work {
    Sums,
    MulAdds,
    Divisions,
    Roots,
    Bits,
    Loads,
    Stores,
    Gathers,
}

const WORK: [(&str, Work); 8] = [
    ("sum", Work::Sums),
    ("mul_add", Work::MulAdds),
    ("division", Work::Divisions),
    ("root", Work::Roots),
    ("bits", Work::Bits),
    ("load", Work::Loads),
    ("store", Work::Stores),
    ("gather", Work::Gathers),
];

/// Values that do not wait for each other: more than latency times ports.
const ABREAST: usize = 16;
const ROUNDS: usize = 400;

struct Peak<'a> {
    work: Work,
    rows: &'a mut Buffer,
}

impl Kernel for Peak<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<L: Lanes>(self) -> f64 {
        let rows = self.rows;
        let factor = L::load(&rows[0]);
        let mut values = [factor; ABREAST];
        match self.work {
            Work::Sums => over(&mut values, |value| value + factor),
            Work::MulAdds => over(&mut values, |value| value.mul_add(factor, factor)),
            Work::Divisions => over(&mut values, |value| value / factor),
            Work::Roots => over(&mut values, L::sqrt),
            Work::Bits => {
                let mut bits = values.map(L::to_bits);
                let with = factor.to_bits();
                for _ in 0..ROUNDS / 2 {
                    for value in &mut bits {
                        *value = (*value + with) ^ with;
                    }
                }
                values = bits.map(L::from_bits);
            }
            Work::Loads => {
                // Each is read by the sum that takes it in: no other operation stands in the way.
                for _ in 0..ROUNDS / 2 {
                    let (both, _) = black_box(&*rows).as_chunks::<ABREAST>();
                    for rows in both {
                        for (value, row) in values.iter_mut().zip(rows) {
                            *value = *value + L::load(row);
                        }
                    }
                }
            }
            Work::Stores => {
                for _ in 0..ROUNDS {
                    for (value, row) in values.iter().zip(black_box(&mut *rows).iter_mut()) {
                        value.store(row);
                    }
                }
            }
            Work::Gathers => {
                let index = L::Bits::from_array(std::array::from_fn(|lane| (lane * 9 % 64) as u64));
                for _ in 0..ROUNDS {
                    let table = black_box(rows.as_flat());
                    for value in &mut values {
                        *value = *value + L::gather(table, index);
                    }
                }
            }
        }
        values.iter().map(|value| value.to_array()[0]).sum()
    }
}

#[inline(always)]
fn over<L: Lanes>(values: &mut [L; ABREAST], work: impl Fn(L) -> L) {
    for _ in 0..ROUNDS {
        for value in values.iter_mut() {
            *value = work(*value);
        }
    }
}

/// Operations on eight lanes for a nanosecond, in the order of [`WORK`]; the best of some runs.
pub(crate) fn peaks(runs: usize) -> [f64; WORK.len()] {
    let mut rows = Buffer::zeroed(2 * ABREAST);
    rows.as_mut_flat().fill(black_box(1.0));
    let mut peaks = [0.0; WORK.len()];
    for _ in 0..runs {
        for ((_, work), peak) in WORK.iter().zip(&mut peaks) {
            let start = Instant::now();
            black_box(dispatch(Peak { work: *work, rows: &mut rows }));
            let taken = start.elapsed().as_secs_f64() * 1e9;
            *peak = f64::max(*peak, (ROUNDS * ABREAST) as f64 / taken);
        }
    }
    peaks
}

/// Nanoseconds for a path below which no order of these operations comes: what the arithmetic takes, or what reading or
/// writing takes, whichever is longer.
///
/// A division keeps one of two ports busy, so that half its time is left for others.
fn bound(counts: &Counts, peaks: &[f64; WORK.len()]) -> f64 {
    let [sum, mul_add, division, root, bits, load, store, gather] = *peaks;
    let at = |count: u64, peak: f64| count as f64 / peak;
    let others = counts.mul_adds + counts.others + counts.compares + counts.selects + counts.bit_products;
    let arithmetic = at(counts.sums_and_products, sum)
        + at(others, mul_add)
        + at(counts.bits, bits)
        + at(counts.divisions, 2.0 * division)
        + at(counts.roots, 2.0 * root);
    let reading = at(counts.loads, load) + at(counts.gathers, gather);
    arithmetic.max(reading).max(at(counts.stores, store)) / CHUNK as f64
}

fn less(all: &Counts, before: &Counts) -> Counts {
    Counts {
        sums_and_products: all.sums_and_products - before.sums_and_products,
        mul_adds: all.mul_adds - before.mul_adds,
        others: all.others - before.others,
        compares: all.compares - before.compares,
        selects: all.selects - before.selects,
        divisions: all.divisions - before.divisions,
        roots: all.roots - before.roots,
        bits: all.bits - before.bits,
        bit_products: all.bit_products - before.bit_products,
        loads: all.loads - before.loads,
        stores: all.stores - before.stores,
        gathers: all.gathers - before.gathers,
    }
}

/// What each stage takes by itself.
pub(crate) fn counts(model: &Reference) -> Vec<Counts> {
    let all = model.counts();
    // The draws are counted alone, and the film without them.
    let mut out = vec![all[0].1];
    let mut before = Counts::default();
    for (_, counts) in &all[1..] {
        out.push(less(counts, &before));
        before = *counts;
    }
    out
}

/// The limit stage by stage, what was measured, and with which peaks.
pub(crate) fn measured(model: &Reference, runs: usize) -> Value {
    let counts = counts(model);
    let (mut peaks_seen, mut times) = ([0.0; WORK.len()], [f64::INFINITY; STAGES.len()]);
    // In turns: both see the same machine.
    for _ in 0..runs {
        for (best, peak) in peaks_seen.iter_mut().zip(peaks(5)) {
            *best = f64::max(*best, peak);
        }
        for (best, time) in times.iter_mut().zip(stages(model, Backend::best(), 5)) {
            *best = best.min(time);
        }
    }
    let mut before = 0.0;
    let mut rows = Vec::new();
    for (((name, _), counts), time) in STAGES.iter().zip(&counts).zip(times) {
        let bound = bound(counts, &peaks_seen);
        rows.push(json!({
            "stage": name, "bound_ns": bound, "ns": time - before,
            "port_operations": counts.port_operations() + counts.bits + counts.bit_products,
            "divisions": counts.divisions, "roots": counts.roots,
            "loads": counts.loads, "stores": counts.stores, "gathers": counts.gathers,
        }));
        before = time;
    }
    let limit: f64 = counts.iter().map(|counts| bound(counts, &peaks_seen)).sum();
    let named: serde_json::Map<String, Value> =
        WORK.iter().zip(peaks_seen).map(|((name, _), peak)| ((*name).to_owned(), json!(peak))).collect();
    json!({
        "backend": Backend::best().to_string(), "peaks_per_ns": named, "stages": rows,
        "limit_ns": limit, "ns": before, "fraction": limit / before, "lanes": LANES,
    })
}

pub(crate) fn told(model: &Reference) {
    let all = measured(model, 40);
    println!("operations on {LANES} lanes for a nanosecond: {}", all["peaks_per_ns"]);
    println!("stage        limit ns   taken ns   part   operations  loads  stores  divisions (a chunk)");
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    for row in all["stages"].as_array().into_iter().flatten() {
        let (bound, taken) = (number(&row["bound_ns"]), number(&row["ns"]));
        println!(
            "{:<12} {bound:8.1} {taken:10.1} {:6.2} {:>12} {:>6} {:>7} {:>10}",
            row["stage"].as_str().unwrap_or_default(),
            bound / taken,
            row["port_operations"],
            row["loads"],
            row["stores"],
            row["divisions"],
        );
    }
    let (limit, taken) = (number(&all["limit_ns"]), number(&all["ns"]));
    println!("all          {limit:8.1} {taken:10.1} {:6.2}", limit / taken);
}
