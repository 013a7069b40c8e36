//! What is known of a run so far: folded in the order of its chunks.

use std::collections::BTreeMap;

use crate::statistics::{Answer, Figures, Sample};
use crate::{CHUNK, Column};

use super::bins::Bins;
use super::codec::{Reader, Writer};
use super::request::Asked;
use super::result::{Ended, Mark};
use super::tally::Tally;
use super::{Keep, Request, RunRefused, Sampling, Target};

/// The first words of a checkpoint, with the version of its form.
const MAGIC: u64 = u64::from_le_bytes(*b"rcpRun\x00\x01");

/// Paths below which no standard error is trusted to end a run.
const LEAST_FOR_PRECISION: u64 = 4096;

/// What one chunk came to, for the asked columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) tallies: Vec<Tally>,
    pub(super) paths: Paths,
}

/// The paths of a chunk, column by column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Paths {
    Kept(Vec<f64>),
    /// The bin of each value; `u16::MAX` where it is not defined.
    Counted(Vec<u16>),
}

/// How often each bin was met, for one column: for each scramble, or for all paths where there are none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Counts {
    pub(crate) bins: Bins,
    pub(crate) counts: Vec<u32>,
}

impl Counts {
    pub(crate) fn of(&self, group: usize) -> &[u32] {
        &self.counts[group * Bins::ALL..(group + 1) * Bins::ALL]
    }

    pub(crate) fn groups(&self) -> usize {
        self.counts.len() / Bins::ALL
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    pub(super) request: Request,
    pub(super) asked: Asked,
    pub(super) columns: Vec<Column>,
    /// Chunks that are folded: all before this one.
    pub(super) folded: u64,
    /// `[column][group]`.
    pub(super) tallies: Vec<Tally>,
    /// Kept values by column; empty where they are counted.
    pub(super) kept: Vec<Vec<f64>>,
    /// Histograms by column; empty where values are kept.
    pub(super) counted: Vec<Counts>,
    pub(super) marks: Vec<Mark>,
    pub(super) ended: Option<Ended>,
    /// Chunks that are done ahead of their turn.
    pub(super) waiting: BTreeMap<u64, Found>,
}

impl State {
    pub(super) fn new(request: Request, asked: Asked, all: &[Column], bins: &[Bins]) -> Self {
        let columns: Vec<Column> = request.columns.iter().map(|column| all[*column].clone()).collect();
        let groups = request.sampling.groups() as usize;
        let counts = Bins::ALL * request.sampling.round() as usize;
        let kept = if request.keep == Keep::Columns {
            // The room is asked for at once: growing it would hold every column twice for a moment.
            columns.iter().map(|_| Vec::with_capacity(asked.paths as usize)).collect()
        } else {
            Vec::new()
        };
        Self {
            folded: 0,
            tallies: vec![Tally::default(); columns.len() * groups],
            kept,
            counted: bins.iter().map(|bins| Counts { bins: *bins, counts: vec![0; counts] }).collect(),
            marks: Vec::new(),
            ended: None,
            waiting: BTreeMap::new(),
            request,
            asked,
            columns,
        }
    }

    pub(super) fn done_paths(&self) -> u64 {
        (self.folded + self.waiting.len() as u64) * CHUNK as u64
    }

    /// Takes a chunk in, and folds it and those that waited for it as far as there is no gap.
    pub(super) fn take(&mut self, chunk: u64, found: Found) {
        // What was in hand when a precision was reached is no part of the run.
        if self.ended.is_some() {
            return;
        }
        self.waiting.insert(chunk, found);
        while self.ended.is_none()
            && let Some(found) = self.waiting.remove(&self.folded)
        {
            self.fold(&found);
        }
    }

    fn fold(&mut self, found: &Found) {
        let sampling = self.request.sampling;
        let (groups, group) = (sampling.groups() as usize, sampling.group(self.folded));
        for (column, tally) in found.tallies.iter().enumerate() {
            self.tallies[column * groups + group].merge(tally);
        }
        match &found.paths {
            Paths::Kept(values) => {
                for (kept, values) in self.kept.iter_mut().zip(values.chunks(CHUNK)) {
                    kept.extend_from_slice(values);
                }
            }
            Paths::Counted(places) => {
                let scramble = if let Sampling::Independent = sampling { 0 } else { group };
                for (counted, places) in self.counted.iter_mut().zip(places.chunks(CHUNK)) {
                    let counts = &mut counted.counts[scramble * Bins::ALL..(scramble + 1) * Bins::ALL];
                    for place in places {
                        if let Some(count) = counts.get_mut(usize::from(*place)) {
                            *count += 1;
                        }
                    }
                }
            }
        }
        self.folded += 1;
        if self.is_marked() {
            self.mark();
        }
        if self.ended.is_none() && self.folded == self.asked.chunks() {
            self.ended = Some(Ended::Count);
        }
        if self.ended.is_some() {
            self.waiting.clear();
        }
    }

    /// Where the run is looked at: four times for each doubling, after whole rounds of scrambles, and at its end.
    fn is_marked(&self) -> bool {
        let round = self.request.sampling.round();
        let rounds = self.folded / round;
        let small = rounds.checked_ilog2().unwrap_or_default().saturating_sub(2);
        self.folded.is_multiple_of(round)
            && ((rounds >> small) << small == rounds || self.folded == self.asked.chunks())
    }

    fn mark(&mut self) {
        let means = (0..self.columns.len()).map(|place| self.sample(place).mean()).collect();
        self.marks.push(Mark { paths: self.folded * CHUNK as u64, means });
        if self.is_precise() {
            self.ended = Some(Ended::Precision);
        }
    }

    pub(super) fn sample(&self, place: usize) -> Sample<'_> {
        Sample {
            measure: self.columns[place].measure,
            sampling: self.request.sampling,
            tallies: self.tallies_of(place),
            paths: match (self.kept.get(place), self.counted.get(place)) {
                (Some(kept), _) => Figures::Kept(kept),
                (None, Some(counted)) => Figures::Counted(counted),
                (None, None) => Figures::Kept(&[]),
            },
        }
    }

    /// Whether the figure that was asked for is known well enough.
    fn is_precise(&self) -> bool {
        let Some(wanted) = &self.request.precision else { return false };
        let Some(place) = self.request.columns.iter().position(|column| *column == wanted.column) else {
            return false;
        };
        if self.folded * (CHUNK as u64) < LEAST_FOR_PRECISION {
            return false;
        }
        let found = match wanted.target {
            Target::Mean => self.sample(place).mean(),
            Target::Quantile(p) => self.sample(place).quantiles(&[p]).pop().and_then(Answer::known),
        };
        found.and_then(|found| found.error).is_some_and(|error| error <= wanted.error)
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.number(MAGIC);
        self.write_request(&mut out);
        out.number(self.folded);
        out.number(match self.ended {
            None => 0,
            Some(Ended::Count) => 1,
            Some(Ended::Precision) => 2,
        });
        self.tallies.iter().for_each(|tally| tally.write(&mut out));
        self.kept.iter().for_each(|column| out.reals(column));
        for counted in &self.counted {
            counted.bins.parts().iter().for_each(|part| out.real(*part));
            out.counts(&counted.counts);
        }
        out.number(self.marks.len() as u64);
        self.marks.iter().for_each(|mark| mark.write(&mut out));
        out.number(self.waiting.len() as u64);
        for (chunk, found) in &self.waiting {
            out.number(*chunk);
            found.tallies.iter().for_each(|tally| tally.write(&mut out));
            match &found.paths {
                Paths::Kept(values) => out.reals(values),
                Paths::Counted(places) => places.iter().for_each(|place| out.number(u64::from(*place))),
            }
        }
        out.finish()
    }

    fn write_request(&self, out: &mut Writer) {
        let Request { identity, sampling, columns, keep, precision, .. } = &self.request;
        out.text(&identity.plan);
        out.text(&identity.kernel);
        out.number(identity.seed);
        out.text(&identity.generator);
        out.number(match sampling {
            Sampling::Independent => 0,
            Sampling::Scrambled { scrambles } => u64::from(*scrambles),
        });
        out.number(self.asked.paths);
        out.number(columns.len() as u64);
        columns.iter().for_each(|column| out.number(*column as u64));
        out.number(u64::from(*keep == Keep::Histograms));
        out.text(&format!("{precision:?}"));
    }

    /// Reads a checkpoint of the run that this one, still empty, would be.
    pub(super) fn read(mut self, bytes: &[u8]) -> Result<Self, RunRefused> {
        let from = &mut Reader::new(bytes)?;
        self.read_request(from)?;
        self.folded = from.number()?;
        self.ended = match from.number()? {
            0 => None,
            1 => Some(Ended::Count),
            2 => Some(Ended::Precision),
            _ => return Err(RunRefused::Unreadable),
        };
        for tally in &mut self.tallies {
            *tally = Tally::read(from)?;
        }
        for column in &mut self.kept {
            *column = from.reals()?;
            if column.len() as u64 != self.folded * CHUNK as u64 {
                return Err(RunRefused::Unreadable);
            }
        }
        for counted in &mut self.counted {
            counted.bins = Bins::from_parts([from.real()?, from.real()?, from.real()?]);
            counted.counts = from.counts(counted.counts.len())?;
        }
        let columns = self.columns.len();
        for _ in 0..from.length()? {
            self.marks.push(Mark::read(from, columns)?);
        }
        for _ in 0..from.length()? {
            let chunk = from.number()?;
            let tallies = (0..columns).map(|_| Tally::read(from)).collect::<Result<_, _>>()?;
            let paths = match self.request.keep {
                Keep::Columns => Paths::Kept(from.reals()?),
                Keep::Histograms => {
                    let places = (0..columns * CHUNK).map(|_| from.number().map(|place| place as u16));
                    Paths::Counted(places.collect::<Result<_, _>>()?)
                }
            };
            self.waiting.insert(chunk, Found { tallies, paths });
        }
        from.end()?;
        Ok(self)
    }

    fn read_request(&self, from: &mut Reader<'_>) -> Result<(), RunRefused> {
        let Request { identity, sampling, columns, keep, precision, .. } = &self.request;
        let same = |same: bool, what| if same { Ok(()) } else { Err(RunRefused::AnotherRun(what)) };
        if from.number()? != MAGIC {
            return Err(RunRefused::Unreadable);
        }
        same(from.text()? == identity.plan, "plan")?;
        same(from.text()? == identity.kernel, "kernel version")?;
        same(from.number()? == identity.seed, "seed")?;
        same(from.text()? == identity.generator, "generator")?;
        let scrambles = match sampling {
            Sampling::Independent => 0,
            Sampling::Scrambled { scrambles } => u64::from(*scrambles),
        };
        same(from.number()? == scrambles, "number of scrambles")?;
        same(from.number()? == self.asked.paths, "number of paths")?;
        let length = from.length()?;
        let read = (0..length).map(|_| from.number()).collect::<Result<Vec<_>, _>>()?;
        let wanted = columns.iter().map(|column| *column as u64);
        same(read.into_iter().eq(wanted), "set of columns")?;
        same(from.number()? == u64::from(*keep == Keep::Histograms), "way of keeping paths")?;
        same(from.text()? == format!("{precision:?}"), "precision")
    }
}
