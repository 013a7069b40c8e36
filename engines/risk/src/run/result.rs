//! What a run came to.

use crate::statistics::Sample;
use crate::{CHUNK, Column};

use super::codec::{Reader, Writer};
use super::request::Asked;
use super::state::State;
use super::tally::{Estimate, Tally};
use super::{Request, RunRefused};

/// Why a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// All paths are computed.
    Count,
    /// The standard error is small enough.
    Precision,
}

/// What the means were after some paths.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// After how many.
    pub paths: u64,
    /// The mean of each asked column.
    pub means: Vec<Option<Estimate>>,
}

/// What a run came to, or has come to so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub(super) state: State,
}

impl Run {
    /// What was asked.
    pub fn request(&self) -> &Request {
        &self.state.request
    }

    /// How many paths were asked for, and how many that makes in whole chunks.
    pub fn asked(&self) -> Asked {
        self.state.asked
    }

    /// The columns that were measured, in the order in which they were asked for.
    pub fn columns(&self) -> &[Column] {
        &self.state.columns
    }

    /// The place of a column among those measured.
    pub fn place(&self, column: &Column) -> Option<usize> {
        self.state.columns.iter().position(|one| one == column)
    }

    /// The paths that every figure is about: all from the first one on, without a gap.
    pub fn paths(&self) -> u64 {
        self.state.folded * CHUNK as u64
    }

    /// Why it ended; none where it was stopped.
    pub fn ended(&self) -> Option<Ended> {
        self.state.ended
    }

    /// What a column was on each path; none where paths are not kept.
    pub fn values(&self, place: usize) -> Option<&[f64]> {
        self.state.kept.get(place).map(Vec::as_slice)
    }

    /// Sums of a column over all paths.
    pub fn tally(&self, place: usize) -> Tally {
        Tally::merged(self.state.tallies_of(place))
    }

    /// What the means were on the way.
    pub fn marks(&self) -> &[Mark] {
        &self.state.marks
    }

    /// Everything that is known, to go on from with [`super::resume`]. Of a run that has ended the bytes are the
    /// same for any number of threads, and for any number of stops on the way.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.state.write()
    }

    pub(crate) fn sample(&self, place: usize) -> Sample<'_> {
        self.state.sample(place)
    }

    pub(crate) fn chunks(&self) -> u64 {
        self.state.folded
    }
}

impl State {
    pub(super) fn tallies_of(&self, place: usize) -> &[Tally] {
        let groups = self.request.sampling.groups() as usize;
        &self.tallies[place * groups..(place + 1) * groups]
    }
}

impl Mark {
    pub(super) fn write(&self, out: &mut Writer) {
        out.number(self.paths);
        for mean in &self.means {
            out.real(mean.map_or(f64::NAN, |mean| mean.value));
            out.real(mean.and_then(|mean| mean.error).unwrap_or(f64::INFINITY));
        }
    }

    pub(super) fn read(from: &mut Reader<'_>, columns: usize) -> Result<Self, RunRefused> {
        let paths = from.number()?;
        let mean = |_| {
            let (value, error) = (from.real()?, from.real()?);
            let error = Some(error).filter(|error| error.is_finite());
            Ok(Some(Estimate { value, error }).filter(|mean| !mean.value.is_nan()))
        };
        Ok(Self { paths, means: (0..columns).map(mean).collect::<Result<_, _>>()? })
    }
}

impl Tally {
    pub(super) fn write(&self, out: &mut Writer) {
        [self.defined, self.undefined, self.lost, self.short].into_iter().for_each(|count| out.number(count));
        [self.mean, self.squares, self.least, self.most].into_iter().for_each(|value| out.real(value));
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, RunRefused> {
        Ok(Self {
            defined: from.number()?,
            undefined: from.number()?,
            lost: from.number()?,
            short: from.number()?,
            mean: from.real()?,
            squares: from.real()?,
            least: from.real()?,
            most: from.real()?,
        })
    }
}
