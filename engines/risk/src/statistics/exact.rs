//! Exact quantiles of paths that were counted and not kept.
//!
//! The bins say in which of them an order statistic lies. The paths are computed once more, and only the values that
//! fall into these bins are gathered; equal values are gathered once, with their number, so that a million total
//! losses take the room of one. Memory depends on how many different values a bin holds, and a bin with too many is
//! cut into bins again.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::run::{Bins, Run, Threads, scan};
use crate::{CHUNK, PathModel};

use super::sample::{Figures, summed};
use super::select::{between, place};
use super::summary::Answer;

/// Different values that are gathered for one bin.
const MOST_GATHERED: usize = 1 << 17;

/// Times a bin may be cut again: 4096 parts each time, so that no two doubles share the last.
const MOST_CUTS: usize = 6;

/// The quantiles of columns at places of a run whose paths were counted, to the last digit: `quantiles[place][p]`.
/// Standard errors stay those of the bins. Of a run that kept its paths they are what
/// [`super::summary`] says.
pub fn exact_quantiles<M: PathModel>(
    run: &Run,
    model: &M,
    places: &[usize],
    wanted: &[f64],
    threads: &Threads,
) -> Vec<Vec<Answer>> {
    exact_within(run, model, places, wanted, threads, MOST_GATHERED)
}

pub(super) fn exact_within<M: PathModel>(
    run: &Run,
    model: &M,
    places: &[usize],
    wanted: &[f64],
    threads: &Threads,
    most: usize,
) -> Vec<Vec<Answer>> {
    let rough: Vec<Vec<Answer>> = places.iter().map(|place| run.sample(*place).quantiles(wanted)).collect();
    let mut sought = Vec::new();
    for (index, place_of) in places.iter().enumerate() {
        let sample = run.sample(*place_of);
        let Figures::Counted(counted) = sample.paths else { continue };
        let (all, sums) = (sample.tally(), summed(counted, None));
        for (answer, p) in rough[index].iter().zip(wanted) {
            let Answer::Known(_) = answer else { continue };
            let never = if sample.measure == crate::Measure::PaybackMonths { all.undefined } else { 0 };
            let (rank, part) = place(all.defined + never, *p);
            let ranks = if part > 0.0 { vec![rank, rank + 1] } else { vec![rank] };
            for rank in ranks.into_iter().filter(|rank| *rank < all.defined) {
                if let Some((within, before)) = found_in(&sums, rank) {
                    let cut = Cut { bins: counted.bins, within, least: all.least, most: all.most };
                    sought.push(Sought { place: index, rank, before, cuts: vec![cut], value: None });
                }
            }
        }
    }
    let columns: Vec<usize> = places.iter().map(|place| run.request().columns[*place]).collect();
    for _ in 0..MOST_CUTS {
        if sought.iter().all(|one| one.value.is_some()) {
            break;
        }
        pass(run, model, &columns, threads, &mut sought, most);
    }
    places
        .iter()
        .enumerate()
        .map(|(index, _)| told(run, places, index, wanted, &rough[index], &sought))
        .collect()
}

/// The bin of an order statistic, and how many values lie below the bin.
fn found_in(counts: &[u64], rank: u64) -> Option<(usize, u64)> {
    let mut before = 0;
    for (index, count) in counts.iter().enumerate() {
        if rank < before + count {
            return Some((index, before));
        }
        before += count;
    }
    None
}

/// One bin of a cut.
#[derive(Clone, Copy)]
struct Cut {
    bins: Bins,
    within: usize,
    least: f64,
    most: f64,
}

/// An order statistic that is looked for.
struct Sought {
    place: usize,
    rank: u64,
    /// Values below the bin.
    before: u64,
    /// The bins it lies in, each within the one before.
    cuts: Vec<Cut>,
    value: Option<f64>,
}

impl Sought {
    fn holds(&self, value: f64) -> bool {
        value.is_finite() && self.cuts.iter().all(|cut| cut.bins.index(value) == cut.within)
    }
}

/// What one pass gathers for one order statistic.
#[derive(Default)]
struct Gathered {
    /// Different values, as keys that order like them.
    values: BTreeMap<u64, u64>,
    overflown: bool,
}

/// A key that orders like the finite value it stands for.
fn key(value: f64) -> u64 {
    // Nought has two signs and is one value.
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn value_of(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

/// Computes all paths once more and looks into the bins.
fn pass<M: PathModel>(
    run: &Run,
    model: &M,
    columns: &[usize],
    threads: &Threads,
    sought: &mut [Sought],
    most: usize,
) {
    let open: Vec<usize> = (0..sought.len()).filter(|index| sought[*index].value.is_none()).collect();
    let mut gathered: Vec<Gathered> = open.iter().map(|_| Gathered::default()).collect();
    let finer: Vec<Bins> = open
        .iter()
        .map(|index| {
            let last = sought[*index].cuts[sought[*index].cuts.len() - 1];
            let (low, high) = last.bins.edges(last.within, last.least, last.most);
            Bins::between(low, high)
        })
        .collect();
    let mut counts: Vec<Vec<u64>> = open.iter().map(|_| vec![0; Bins::ALL]).collect();
    let look = |out: &[f64]| -> Vec<Vec<f64>> {
        let values = |index: &usize| {
            let (one, column) = (&sought[*index], columns[sought[*index].place]);
            let paths = &out[column * CHUNK..(column + 1) * CHUNK];
            paths.iter().copied().filter(|value| one.holds(*value)).collect()
        };
        open.iter().map(values).collect()
    };
    scan(
        model,
        threads,
        run.chunks(),
        |_| false,
        look,
        |_, found| {
            for (place, values) in found.into_iter().enumerate() {
                for value in values {
                    counts[place][finer[place].index(value)] += 1;
                    let gathered = &mut gathered[place];
                    if !gathered.overflown {
                        *gathered.values.entry(key(value)).or_default() += 1;
                        if gathered.values.len() > most {
                            *gathered = Gathered { values: BTreeMap::new(), overflown: true };
                        }
                    }
                }
            }
            ControlFlow::Continue(())
        },
    );
    for (place, index) in open.into_iter().enumerate() {
        let one = &mut sought[index];
        if gathered[place].overflown {
            let last = one.cuts[one.cuts.len() - 1];
            let (least, most) = last.bins.edges(last.within, last.least, last.most);
            if let Some((within, before)) = found_in(&counts[place], one.rank - one.before) {
                one.before += before;
                one.cuts.push(Cut { bins: finer[place], within, least, most });
            }
        } else {
            one.value = at_rank(&gathered[place].values, one.rank - one.before);
        }
    }
}

fn at_rank(values: &BTreeMap<u64, u64>, rank: u64) -> Option<f64> {
    let mut before = 0;
    for (key, count) in values {
        before += count;
        if rank < before {
            return Some(value_of(*key));
        }
    }
    None
}

fn told(
    run: &Run,
    places: &[usize],
    index: usize,
    wanted: &[f64],
    rough: &[Answer],
    sought: &[Sought],
) -> Vec<Answer> {
    let sample = run.sample(places[index]);
    let all = sample.tally();
    let never = if sample.measure == crate::Measure::PaybackMonths { all.undefined } else { 0 };
    let at = |rank: u64| {
        sought.iter().find(|one| one.place == index && one.rank == rank).and_then(|one| one.value)
    };
    let exact = |(answer, p): (&Answer, &f64)| match answer {
        Answer::Known(found) => {
            let (rank, part) = place(all.defined + never, *p);
            let value = at(rank).map(|below| between(below, at(rank + 1), part));
            Answer::Known(crate::run::Estimate { value: value.unwrap_or(found.value), error: found.error })
        }
        other => *other,
    };
    rough.iter().zip(wanted).map(exact).collect()
}
