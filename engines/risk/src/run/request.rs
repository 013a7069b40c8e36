//! What is asked of a run.

use crate::CHUNK;

use super::RunRefused;

/// The version of the arithmetic that computes paths: another one may give other bits, and does not go on from a
/// checkpoint. It is raised with every change of what a path comes to, whatever the version of the program.
pub const KERNEL: &str = "2";

/// What this processor computes with; every one gives the same bits.
pub fn processor() -> String {
    recoup_lanes::Backend::best().to_string()
}

/// The most paths of one run.
pub const MOST_PATHS: u64 = 1_000_000_000;

/// The most bytes that kept columns may take.
pub const MOST_KEPT_BYTES: u64 = 1 << 30;

/// The most scrambles of one sequence.
const MOST_SCRAMBLES: u32 = 64;

/// Batches that independent paths are told apart in.
const BATCHES: u32 = 32;

/// How paths depend on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampling {
    /// Every path is drawn by itself.
    Independent,
    /// Independent scrambles of a low-discrepancy sequence. Chunk `c` belongs to scramble `c % scrambles`: a path
    /// does not depend on how many there are, and whole rounds of chunks give every scramble as many.
    Scrambled {
        /// How many.
        scrambles: u32,
    },
}

impl Sampling {
    /// Groups of chunks whose results are independent of each other: scrambles, or batches.
    pub fn groups(self) -> u32 {
        match self {
            Self::Independent => BATCHES,
            Self::Scrambled { scrambles } => scrambles.max(1),
        }
    }

    /// The group of a chunk.
    pub fn group(self, chunk: u64) -> usize {
        (chunk % u64::from(self.groups())) as usize
    }

    /// Chunks that a whole round takes: one of each scramble, or just one.
    pub fn round(self) -> u64 {
        match self {
            Self::Independent => 1,
            Self::Scrambled { scrambles } => u64::from(scrambles.max(1)),
        }
    }
}

/// What makes two runs the same: their results have the same bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Fingerprint of what is computed.
    pub plan: String,
    /// Version of what computes it.
    pub kernel: String,
    /// The seed.
    pub seed: u64,
    /// The generator's name.
    pub generator: String,
}

/// How many paths were asked for, and how many that makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// As asked.
    pub given: u64,
    /// Rounded up to whole chunks, of every scramble where there are some.
    pub paths: u64,
}

impl Asked {
    /// Rounds up to whole rounds of chunks.
    ///
    /// # Errors
    /// [`RunRefused`] for no paths, or more than [`MOST_PATHS`].
    pub fn new(given: u64, sampling: Sampling) -> Result<Self, RunRefused> {
        if let Sampling::Scrambled { scrambles } = sampling
            && !(2..=MOST_SCRAMBLES).contains(&scrambles)
        {
            return Err(RunRefused::NoScrambles { given: scrambles, most: MOST_SCRAMBLES });
        }
        match given {
            0 => Err(RunRefused::NoPaths),
            given if given > MOST_PATHS => Err(RunRefused::TooManyPaths { given, most: MOST_PATHS }),
            given => {
                let round = CHUNK as u64 * sampling.round();
                Ok(Self { given, paths: given.div_ceil(round) * round })
            }
        }
    }

    pub(crate) fn chunks(self) -> u64 {
        self.paths / CHUNK as u64
    }
}

/// What becomes of the numbers of each path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// They are kept.
    Columns,
    /// They are counted in histograms and forgotten: memory does not grow with the number of paths.
    Histograms,
}

/// A figure whose standard error can end a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// The mean; of a recouped flag, the probability.
    Mean,
    /// A quantile.
    Quantile(f64),
}

/// When a run has seen enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// The model's column.
    pub column: usize,
    /// Which figure of it.
    pub target: Target,
    /// The standard error that is small enough, in the column's own unit.
    pub error: f64,
}

/// What is asked of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What makes it the run that it is.
    pub identity: Identity,
    /// How its paths depend on each other.
    pub sampling: Sampling,
    /// How many paths; at most, where a precision ends it.
    pub paths: u64,
    /// The model's columns that are measured.
    pub columns: Vec<usize>,
    /// Whether their values are kept.
    pub keep: Keep,
    /// The figure whose standard error ends the run before the count does.
    pub precision: Option<Precision>,
    /// Chunks between two checkpoints; none are made without.
    pub checkpoint_every: Option<u64>,
}

impl Request {
    pub(crate) fn check(&self, columns: usize) -> Result<Asked, RunRefused> {
        let asked = Asked::new(self.paths, self.sampling)?;
        if self.columns.is_empty() {
            return Err(RunRefused::NoColumns);
        }
        let wanted = self.columns.iter().chain(self.precision.iter().map(|wanted| &wanted.column));
        if let Some(given) = wanted.copied().find(|column| *column >= columns) {
            return Err(RunRefused::UnknownColumn { given, columns });
        }
        if let Some(wanted) = &self.precision {
            if !wanted.error.is_finite() || wanted.error <= 0.0 {
                return Err(RunRefused::NoPrecision);
            }
            if !self.columns.contains(&wanted.column) {
                return Err(RunRefused::UnknownColumn { given: wanted.column, columns });
            }
            if let Target::Quantile(p) = wanted.target
                && !(p > 0.0 && p < 1.0)
            {
                return Err(RunRefused::NoQuantile(p));
            }
        }
        let bytes = asked.paths.saturating_mul(8 * self.columns.len() as u64);
        if self.keep == Keep::Columns && bytes > MOST_KEPT_BYTES {
            return Err(RunRefused::TooMuchToKeep { bytes, most: MOST_KEPT_BYTES });
        }
        Ok(asked)
    }
}
