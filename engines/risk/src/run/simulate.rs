//! Runs a model.

use std::ops::ControlFlow;

use crate::{CHUNK, Measure, PathModel};

use super::bins::Bins;
use super::observer::{Observer, Progress};
use super::request::Asked;
use super::state::{Found, Paths, State};
use super::tally::Tally;
use super::threads::{Threads, scan};
use super::{Keep, Request, Run, RunRefused};

/// Chunks that are looked at for the bounds of histograms.
const PILOT: u64 = 16;

/// Runs a model over the paths that are asked for.
///
/// # Errors
/// [`RunRefused`] where the request cannot be met; nothing is computed then.
pub fn simulate<M: PathModel>(
    model: &M,
    request: Request,
    threads: &Threads,
    observer: &mut dyn Observer,
) -> Result<Run, RunRefused> {
    let asked = request.check(model.columns().len())?;
    let bins = match request.keep {
        Keep::Columns => Vec::new(),
        Keep::Histograms => pilot(model, &request, asked, threads),
    };
    Ok(run(model, State::new(request, asked, model.columns(), &bins), threads, observer))
}

/// Goes on with a run from a checkpoint, on any number of threads: it ends in the same bytes.
///
/// # Errors
/// [`RunRefused`] where the bytes are no checkpoint of this run.
pub fn resume<M: PathModel>(
    model: &M,
    request: Request,
    checkpoint: &[u8],
    threads: &Threads,
    observer: &mut dyn Observer,
) -> Result<Run, RunRefused> {
    let asked = request.check(model.columns().len())?;
    let bins = match request.keep {
        Keep::Columns => Vec::new(),
        // What they are stands in the checkpoint.
        Keep::Histograms => vec![Bins::between(0.0, 1.0); request.columns.len()],
    };
    let state = State::new(request, asked, model.columns(), &bins).read(checkpoint)?;
    Ok(run(model, state, threads, observer))
}

/// Bounds of the histograms, from the first paths.
fn pilot<M: PathModel>(model: &M, request: &Request, asked: Asked, threads: &Threads) -> Vec<Bins> {
    let mut seen = vec![Tally::default(); request.columns.len()];
    let measures = measures(model, request);
    scan(
        model,
        threads,
        asked.chunks().min(PILOT),
        |_| false,
        |out| tallies(out, &request.columns, &measures),
        |_, found| {
            // Only the least and the most are read: these do not depend on the order.
            seen.iter_mut().zip(&found).for_each(|(seen, found)| seen.merge(found));
            ControlFlow::Continue(())
        },
    );
    seen.iter().map(Bins::around).collect()
}

fn run<M: PathModel>(model: &M, state: State, threads: &Threads, observer: &mut dyn Observer) -> Run {
    let request = state.request.clone();
    let measures = measures(model, &request);
    let bins: Vec<Bins> = state.counted.iter().map(|counted| counted.bins).collect();
    let (chunks, total) = (state.asked.chunks(), state.asked.paths);
    let every = request.checkpoint_every.filter(|every| *every > 0).unwrap_or(u64::MAX);
    let known = Known::of(&state);
    let mut state = state;
    let (mut stopped, mut since) = (false, 0);
    if state.ended.is_none() {
        scan(
            model,
            threads,
            chunks,
            |chunk| known.has(chunk),
            |out| found(out, &request.columns, &measures, &bins),
            |chunk, found| {
                state.take(chunk, found);
                since += 1;
                if !stopped && since >= every && state.ended.is_none() {
                    since = 0;
                    observer.checkpoint(&state.write());
                }
                let progress = Progress { done: state.done_paths(), total };
                if !stopped && observer.advance(progress).is_break() {
                    stopped = true;
                }
                if stopped || state.ended.is_some() {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            },
        );
    }
    Run { state }
}

/// Chunks that a checkpoint brought along.
struct Known {
    before: u64,
    ahead: Vec<u64>,
}

impl Known {
    fn of(state: &State) -> Self {
        Self { before: state.folded, ahead: state.waiting.keys().copied().collect() }
    }

    fn has(&self, chunk: u64) -> bool {
        chunk < self.before || self.ahead.binary_search(&chunk).is_ok()
    }
}

fn measures<M: PathModel>(model: &M, request: &Request) -> Vec<Measure> {
    request.columns.iter().map(|column| model.columns()[*column].measure).collect()
}

fn column(out: &[f64], column: usize) -> &[f64] {
    &out[column * CHUNK..(column + 1) * CHUNK]
}

fn tallies(out: &[f64], columns: &[usize], measures: &[Measure]) -> Vec<Tally> {
    let one = |(place, measure): (&usize, &Measure)| Tally::of(*measure, column(out, *place));
    columns.iter().zip(measures).map(one).collect()
}

fn found(out: &[f64], columns: &[usize], measures: &[Measure], bins: &[Bins]) -> Found {
    let tallies = tallies(out, columns, measures);
    if bins.is_empty() {
        let values = columns.iter().flat_map(|place| column(out, *place)).copied();
        return Found { tallies, paths: Paths::Kept(values.collect()) };
    }
    let place = |bins: &Bins, value: f64| {
        if value.is_finite() { bins.index(value) as u16 } else { u16::MAX }
    };
    let places = columns.iter().zip(bins).flat_map(|(column_place, bins)| {
        column(out, *column_place).iter().map(move |value| place(bins, *value))
    });
    Found { tallies, paths: Paths::Counted(places.collect()) }
}

#[cfg(test)]
mod tests;
